package hanzi

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// typing makes a query a reader could type for part of title: for every
// character by chance itself, a reading, its first letter, or zh, ch, sh; the
// last one may be cut short.
func typing(rng *rand.Rand, title string) string {
	syllables := Syllables(title)
	runes := []rune(title)
	from := rng.IntN(len(runes))
	for from > 0 && isLatin(runes[from]) && isLatin(runes[from-1]) {
		from-- // a Pattern promises nothing within a Latin word
	}
	to := from + 1 + rng.IntN(min(12, len(runes)-from))
	var q strings.Builder
	for i := from; i < to; i++ {
		readings := syllables[i]
		if len(readings) == 0 || rng.IntN(6) == 0 {
			q.WriteRune(runes[i])
			continue
		}
		s := readings[rng.IntN(len(readings))]
		switch rng.IntN(4) {
		case 0:
			s = s[:1]
		case 1:
			if len(s) > 1 && s[1] == 'h' {
				s = s[:2]
			}
		case 2:
			if i == to-1 {
				s = s[:1+rng.IntN(len(s))]
			}
		}
		q.WriteString(s)
		if rng.IntN(8) == 0 {
			q.WriteString([]string{" ", "'"}[rng.IntN(2)])
		}
	}
	return q.String()
}

func isLatin(r rune) bool {
	folded := Fold(string(r))
	return folded != "" && isWord(folded[0])
}

// chance makes a title of characters, letters, signs and other scripts, with
// many polyphones.
func chance(rng *rand.Rand, ordinary []rune) string {
	const polyphones = "重行长乐还单会女大夫传藏曾朝参差便宜了着都和好为中数调角强得地的尉迟万俟单于龟兹可汗石色"
	var b strings.Builder
	for range 1 + rng.IntN(16) {
		switch rng.IntN(12) {
		case 0:
			b.WriteByte("abcXYZ0189 ·-"[rng.IntN(11)])
		case 1:
			b.WriteRune([]rune("の가é、㐂𠮷著乾藉")[rng.IntN(9)])
		case 2, 3, 4:
			b.WriteRune([]rune(polyphones)[rng.IntN(40)])
		default:
			b.WriteRune(ordinary[rng.IntN(len(ordinary))])
		}
	}
	return b.String()
}

// What is typed for a title finds it, folded or not, and neither summary of
// the title ever turns away what matches.
func TestAccept_L28_every_way_of_typing_finds_and_no_summary_loses(t *testing.T) {
	rng := rand.New(rand.NewPCG(28, 29))
	ordinary := gb2312(t)
	for range 25_000 {
		title := chance(rng, ordinary)
		if rng.IntN(4) == 0 {
			title = found[rng.IntN(len(found))].title
		}
		query := typing(rng, title)
		text := []byte(Fold(title))
		p := NewPattern(query)
		if _, _, ok := p.Match(text); !ok && len(p.tokens) > 0 {
			t.Fatalf("%q does not find %q", query, title)
		}
		checkSummaries(t, p, text)

		other := []byte(Fold(chance(rng, ordinary)))
		checkSummaries(t, p, other)
	}
}

// checkSummaries holds what is promised of a title's summaries: no match is
// lost, and by sound nothing is found beside, if the query is Latin.
func checkSummaries(t *testing.T, p *Pattern, text []byte) {
	t.Helper()
	_, _, matches := p.Match(text)
	heard := p.IndexSounds(AppendSounds(nil, text)) >= 0
	if matches && !heard {
		t.Fatalf("%q is not heard in %q", string(p.tokens), text)
	}
	if heard && !matches && len(p.tokens) <= maxHeard && isASCII(p.tokens) {
		t.Fatalf("%q is heard in %q, which it does not match", string(p.tokens), text)
	}
	if matches && Signature(text)&p.Signature() != p.Signature() {
		t.Fatalf("signature turns %q away from %q", string(p.tokens), text)
	}
}

func isASCII(tokens []rune) bool {
	return !slices.ContainsFunc(tokens, func(r rune) bool { return r >= 0x80 })
}

func FuzzSummariesLoseNothing(f *testing.F) {
	for _, c := range found {
		f.Add(c.title, c.query)
	}
	f.Fuzz(func(t *testing.T, title, query string) {
		p := NewPattern(query)
		checkSummaries(t, p, []byte(Fold(title)))
		start, end, ok := MatchPinyin(title, query)
		if ok && (start < 0 || start >= end || end > len(title)) {
			t.Errorf("%q in %q: found [%d:%d]", query, title, start, end)
		}
		if _, _, whole := p.Match([]byte(Fold(title))); whole != ok {
			t.Errorf("%q in %q: %v folded, %v as it is", query, title, whole, ok)
		}
	})
}

func TestSignaturesTurnMostTitlesAway(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	ordinary := gb2312(t)
	p := NewPattern("hongloumeng")
	passed := 0
	const titles = 20_000
	for range titles {
		text := []byte(Fold(chance(rng, ordinary)))
		if Signature(text)&p.Signature() == p.Signature() {
			passed++
		}
	}
	if passed > titles/20 {
		t.Errorf("of %d titles %d pass the signature", titles, passed)
	}
}

func TestNoMatchGoesFromOneTitleToTheNext(t *testing.T) {
	sounds := AppendSounds(nil, []byte("走近红"))
	sounds = append(sounds, NoSound)
	second := len(sounds)
	sounds = AppendSounds(sounds, []byte("楼梦"))
	for query, want := range map[string]int{"hl": -1, "hong": 2, "jinhong": 2, "lm": second + 1, "loumeng": second + 1, "jl": -1, "": -1} {
		if got := NewPattern(query).IndexSounds(sounds); got != want {
			t.Errorf("%q is heard at %d, want %d", query, got, want)
		}
	}
	if got := NewPattern("hong").IndexSounds(nil); got != -1 {
		t.Errorf("heard at %d in nothing", got)
	}
}
