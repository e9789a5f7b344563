package searchbench

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"

	"shuting/app/catalogue/search"
	"shuting/app/hanzi"
)

// A Scan is the yardstick: all text in one slice, gone through with bytes.Index
// for every query.
type Scan struct {
	text  []byte   // fields, each after fieldMark, better ones first
	begin []uint32 // of each title in text; one more for the end
	votes []uint32
	ids   string
	id    []uint32

	pinyin int // bytes of text that are pinyin or initials
}

const (
	fieldMark    = '\n'
	titleFields  = 3 // title, pinyin, initials
	authorFields = 3
)

// NewScan makes a Scan of titles, which lie in the order they are shown in.
func NewScan(titles []search.Doc) *Scan {
	order := make([]int, len(titles))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(titles[b].Popularity, titles[a].Popularity), strings.Compare(titles[a].ID, titles[b].ID))
	})
	s := &Scan{begin: []uint32{0}, id: []uint32{0}}
	var ids strings.Builder
	for _, i := range order {
		d := &titles[i]
		s.add(d)
		s.begin = append(s.begin, uint32(len(s.text)))
		s.votes = append(s.votes, d.Popularity)
		ids.WriteString(d.ID)
		s.id = append(s.id, uint32(ids.Len()))
	}
	s.text, s.begin, s.votes, s.id = slices.Clip(s.text), slices.Clip(s.begin), slices.Clip(s.votes), slices.Clip(s.id)
	s.ids = ids.String()
	return s
}

func (s *Scan) add(d *search.Doc) {
	title := strings.TrimSpace(hanzi.Fold(d.Title) + " " + hanzi.Fold(d.Subtitle))
	s.spoken(title)
	s.spoken(hanzi.Fold(strings.Join(d.Authors, " ")))
	rest := append(slices.Clone(d.Subjects), d.Series, d.Publisher, strconv.Itoa(d.Year))
	s.field(hanzi.Fold(strings.Join(rest, " ")))
	s.field(strings.ToLower(d.CallNumber))
	s.field(strings.Join(d.ISBNs, " "))
}

func (s *Scan) field(text string) { s.text = append(append(s.text, fieldMark), text...) }

// spoken adds a field, its pinyin and its initials.
func (s *Scan) spoken(text string) {
	s.field(text)
	from := len(s.text)
	s.field("")
	for _, syllables := range hanzi.Syllables(text) {
		if len(syllables) > 0 {
			s.text = append(s.text, syllables[0]...)
		}
	}
	s.field(hanzi.Initials(text))
	s.pinyin += len(s.text) - from
}

// Bytes is the memory of s, and what it would be without pinyin.
func (s *Scan) Bytes() (all, plain int) {
	all = cap(s.text) + 4*(cap(s.begin)+cap(s.votes)+cap(s.id)) + len(s.ids)
	return all, all - s.pinyin
}

// Search gives the first limit titles that have every term of query, best tier
// first, each tier in the order the titles lie in.
func (s *Scan) Search(query string, limit int) []string {
	terms := scanTerms(query)
	if len(terms) == 0 {
		return nil
	}
	longest := slices.MaxFunc(terms, func(a, b []byte) int { return len(a) - len(b) })
	var tiers [search.Near + 1][]int
	for at := 0; at < len(s.text); {
		hit := bytes.Index(s.text[at:], longest)
		if hit < 0 {
			break
		}
		doc := sort.Search(len(s.votes), func(i int) bool { return int(s.begin[i+1]) > at+hit })
		if tier := s.tier(doc, terms); tier != 0 && len(tiers[tier]) < limit {
			tiers[tier] = append(tiers[tier], doc)
		}
		at = int(s.begin[doc+1])
	}
	var found []string
	for _, tier := range tiers {
		for _, doc := range tier[:min(len(tier), limit-len(found))] {
			found = append(found, s.ids[s.id[doc]:s.id[doc+1]])
		}
	}
	return found
}

// scanTerms divides a query at spaces and where characters and letters meet,
// without the hyphens of an ISBN.
func scanTerms(query string) (terms [][]byte) {
	if query != "" && !strings.ContainsFunc(query, func(r rune) bool { return r != '-' && (r < '0' || r > '9') }) {
		return [][]byte{[]byte(strings.ReplaceAll(query, "-", ""))}
	}
	if strings.Contains(query, "/") {
		return [][]byte{[]byte(strings.ToLower(query))}
	}
	var last rune
	apart := hanzi.Fold(query)
	from := 0
	for i, r := range apart {
		if r == ' ' || i > 0 && hanzi.IsHan(r) != hanzi.IsHan(last) {
			terms = append(terms, bytes.TrimSpace([]byte(apart[from:i])))
			from = i
		}
		last = r
	}
	terms = append(terms, bytes.TrimSpace([]byte(apart[from:])))
	return slices.DeleteFunc(terms, func(t []byte) bool { return len(t) == 0 })
}

// tier is that of the term which stands in the worst field, 0 when one is
// missing.
func (s *Scan) tier(doc int, terms [][]byte) search.Tier {
	text := s.text[s.begin[doc]:s.begin[doc+1]]
	worst := search.Tier(0)
	for _, term := range terms {
		at := bytes.Index(text, term)
		if at < 0 {
			return 0
		}
		tier := search.Rest
		switch field := bytes.Count(text[:at], []byte{fieldMark}) - 1; {
		case field < titleFields && text[at-1] == fieldMark && len(terms) == 1:
			tier = search.TitleStart
			if text[at+len(term)] == fieldMark {
				tier = search.TitleExact
			}
		case field < titleFields:
			tier = search.TitleWords
		case field < titleFields+authorFields:
			tier = search.Author
		}
		worst = max(worst, tier)
	}
	return worst
}
