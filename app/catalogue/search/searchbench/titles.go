package searchbench

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"shuting/app/catalogue/search"
)

// maker makes titles by chance.
type maker struct{ *rand.Rand }

// often picks an index below n, small ones far more often.
func (m maker) often(n int) int {
	x := m.Float64()
	return int(x * x * x * float64(n))
}

func (m maker) word(words []string) string { return words[m.often(len(words))] }

func (m maker) rune(runes []rune) rune { return runes[m.often(len(runes))] }

// Titles gives n titles, the same for the same seed.
func Titles(n int, seed uint64) iter.Seq[search.Doc] {
	return func(use func(search.Doc) bool) {
		m := maker{rand.New(rand.NewPCG(seed, 31))}
		for i := range n {
			if !use(m.title(i)) {
				return
			}
		}
	}
}

func (m maker) title(i int) search.Doc {
	d := search.Doc{
		ID: fmt.Sprintf("K1-%08d", i), Language: "chi", Year: 1950 + m.IntN(75),
		Popularity: m.popularity(), Children: m.IntN(9) == 0, Added: 18_000 + m.IntN(2_600),
		Class: fmt.Sprintf("%c%d%d", "IIIKTFGHJBDQRSXZ"[m.IntN(16)], 1+m.often(9), m.IntN(10)),
	}
	if m.IntN(3) == 0 {
		d.Class += fmt.Sprintf(".%d", m.IntN(60))
	}
	d.ISBNs = []string{fmt.Sprintf("9787%09d", i*7)}
	if m.IntN(8) == 0 {
		m.english(&d)
	} else {
		m.chinese(&d)
	}
	for range 1 + m.IntN(2) {
		d.Subjects = append(d.Subjects, m.word(topics)+m.word(topics))
	}
	if m.IntN(5) == 0 {
		d.Series = m.word(topics) + m.word(topics) + "丛书"
	}
	d.Publisher = m.word(places) + m.word(houses)
	first, _ := utf8.DecodeRuneInString(d.Authors[0])
	d.CallNumber = fmt.Sprintf("%s/%c%d", d.Class, 'A'+first%26, m.IntN(900))
	return d
}

// popularity is nothing for half of the titles, and very large for few.
func (m maker) popularity() uint32 {
	if m.IntN(2) == 0 {
		return 0
	}
	x := m.Float64()
	return uint32(1 / (x + 0.0005))
}

func (m maker) chinese(d *search.Doc) {
	var b strings.Builder
	for range 1 + m.IntN(3) {
		switch m.IntN(3) {
		case 0:
			b.WriteString(m.word(topics))
		default:
			for range 2 + m.IntN(2) {
				b.WriteRune(m.rune(common))
			}
		}
		if m.IntN(4) == 0 {
			b.WriteString(between[m.IntN(len(between))])
		}
		if m.IntN(80) == 0 {
			b.WriteRune(rare[m.IntN(len(rare))])
		}
	}
	b.WriteString(m.word(endings))
	d.Title = b.String()
	if m.IntN(6) == 0 {
		d.Subtitle = m.word(topics) + m.word(topics) + m.word(endings)
	}
	for range 1 + m.IntN(2) {
		name := string(m.rune(surnames)) + string(given[m.IntN(len(given))])
		if m.IntN(4) > 0 {
			name += string(given[m.IntN(len(given))])
		}
		d.Authors = append(d.Authors, name)
	}
}

func (m maker) english(d *search.Doc) {
	d.Language = "eng"
	var words []string
	for range 2 + m.IntN(5) {
		words = append(words, m.word(english))
	}
	if m.IntN(6) == 0 {
		words = append(words, m.word(englishNames))
	}
	d.Title = strings.Join(words, " ")
	d.Authors = []string{string(rune('A'+m.IntN(26))) + ". " + m.word(englishNames)}
}
