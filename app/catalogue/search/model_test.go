package search

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"shuting/app/hanzi"
)

// modelSearch says what Search must find, without an index: every title is
// looked at with hanzi.Pattern.
func modelSearch(docs []Doc, text string, f Filter) []Hit {
	m := newModelQuery(text)
	var found []hit
	try := func(judge func(Doc) Tier) {
		found = found[:0]
		for _, d := range docs {
			if tier := judge(d); tier != 0 && lets(d, f) {
				found = append(found, hit{d.ID, d.Popularity, tier})
			}
		}
	}
	try(m.tier)
	if len(found) < fewHits {
		words := map[string]bool{}
		for _, d := range docs {
			for _, s := range append(titlesOf(d), valuesOf(d)...) {
				for w := range latinWords([]byte(s)) {
					words[string(w)] = true
				}
			}
		}
		try(func(d Doc) Tier {
			if tier := m.tier(d); tier != 0 {
				return tier
			}
			return m.nearTier(d, words)
		})
	}
	slices.SortFunc(found, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.tier, b.tier), cmp.Compare(b.votes, a.votes),
			cmp.Compare(away(f, a.id), away(f, b.id)), strings.Compare(a.id, b.id))
	})
	var hits []Hit
	for _, h := range found {
		hits = append(hits, Hit{h.id, h.tier})
	}
	return hits
}

func away(f Filter, id string) int {
	if f.Available != nil && f.Available(id) {
		return 0
	}
	return 1
}

func lets(d Doc, f Filter) bool {
	return (!f.Children || d.Children) && d.Added >= f.Since && (f.Language == "" || d.Language == f.Language) &&
		strings.HasPrefix(strings.ToLower(d.Class), strings.ToLower(f.Class)) && (!f.OnShelf || away(f, d.ID) == 0)
}

type modelQuery struct {
	whole modelTerm
	terms []modelTerm
}

type modelTerm struct {
	text, folded string
	pattern      *hanzi.Pattern
}

func newModelQuery(text string) (m modelQuery) {
	m.whole = newModelTerm(text)
	pieces := strings.FieldsFunc(text, divides)
	if _, _, ok := isbnRange(text); ok {
		pieces = []string{text}
	}
	for _, piece := range pieces {
		if t := newModelTerm(piece); t.folded != "" {
			m.terms = append(m.terms, t)
		}
	}
	return m
}

func newModelTerm(text string) modelTerm {
	return modelTerm{text, hanzi.Fold(text), hanzi.NewPattern(text)}
}

func titlesOf(d Doc) []string {
	all := []string{hanzi.Fold(d.Title)}
	for _, s := range append(slices.Clone(d.AltTitles), d.Subtitle) {
		all = append(all, hanzi.Fold(s))
	}
	return all
}

func authorsOf(d Doc) (all []string) {
	for _, s := range d.Authors {
		all = append(all, hanzi.Fold(s))
	}
	return all
}

func valuesOf(d Doc) []string {
	all := authorsOf(d)
	for _, s := range append(slices.Clone(d.Subjects), d.Series, d.Publisher) {
		all = append(all, hanzi.Fold(s))
	}
	if d.Year != 0 {
		all = append(all, fmt.Sprint(d.Year))
	}
	return all
}

func (t modelTerm) signed() bool { return strings.ContainsAny(t.folded, "+#") }

func (t modelTerm) in(texts []string) bool {
	return slices.ContainsFunc(texts, func(s string) bool {
		if t.signed() {
			for i := range s {
				if strings.HasPrefix(s[i:], t.folded) && (i == 0 || !isLatin(s[i-1]) || !isLatin(t.folded[0])) {
					return true
				}
			}
			return false
		}
		_, _, ok := t.pattern.Match([]byte(s))
		return ok
	})
}

func (t modelTerm) rest(d Doc) bool {
	texts := append(titlesOf(d), valuesOf(d)...)
	if t.in(texts) {
		return true
	}
	letters := strings.ReplaceAll(t.folded, " ", "")
	isWord := len(letters) >= shortestPart
	for i := range letters {
		isWord = isWord && isLatin(letters[i])
	}
	return isWord && slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, t.folded) }) || t.numbers(d)
}

func (t modelTerm) numbers(d Doc) bool {
	if from, to, ok := isbnRange(t.text); ok {
		for _, s := range d.ISBNs {
			if isbn, ok := parseISBN(s); ok && isbn >= from && isbn < to {
				return true
			}
		}
	}
	return isCode(code(t.text)) && strings.HasPrefix(code(d.CallNumber), code(t.text))
}

func (m modelQuery) all(holds func(modelTerm) bool) bool {
	return !slices.ContainsFunc(m.terms, func(t modelTerm) bool { return !holds(t) })
}

func (t modelTerm) isCallNumber(d Doc) bool {
	c := code(t.text)
	return isCode(c) && strings.Contains(c, "/") && code(d.CallNumber) == c
}

func (m modelQuery) tier(d Doc) Tier {
	if len(m.terms) == 0 {
		return Rest
	}
	if m.whole.isCallNumber(d) {
		return TitleExact
	}
	best := Tier(0)
	for _, title := range append([]string{d.Title}, d.AltTitles...) {
		title = hanzi.Fold(title)
		end, ok := m.whole.pattern.MatchPrefix([]byte(title))
		if m.whole.signed() {
			end, ok = len(m.whole.folded), strings.HasPrefix(title, m.whole.folded)
		}
		if ok && end == len(title) {
			return TitleExact
		}
		if ok {
			best = TitleStart
		}
	}
	titles := titlesOf(d)
	switch {
	case best != 0:
		return best
	case m.all(func(t modelTerm) bool { return t.in(titles) }):
		return TitleWords
	case m.all(func(t modelTerm) bool { return t.in(append(titles, authorsOf(d)...)) }):
		return Author
	case m.all(func(t modelTerm) bool { return t.rest(d) || m.whole.numbers(d) }):
		return Rest
	}
	return 0
}

func (m modelQuery) nearTier(d Doc, words map[string]bool) Tier {
	texts := append(titlesOf(d), valuesOf(d)...)
	holds := func(t modelTerm) bool {
		if t.rest(d) || m.whole.numbers(d) {
			return true
		}
		if len(t.folded) < shortestNear {
			return false
		}
		for w := range words {
			if nearWord(t.folded, w) && slices.ContainsFunc(texts, func(s string) bool { return slices.Contains(strings.Fields(" "+s), w) }) {
				return true
			}
		}
		return false
	}
	if len(m.terms) > 0 && m.all(holds) {
		return Near
	}
	return 0
}

// A tester makes titles and queries by chance of few characters, so that
// queries find.
type tester struct{ *rand.Rand }

var (
	fewHan   = []rune("红楼梦重庆长中国人女还单行乐石是十事儿安西先方案了不一书传说学家〇㐂𠮷")
	fewWords = []string{"pride", "prejudice", "alice", "wonder", "wonderland", "zhang", "xi'an", "java", "javascript", "c++", "c#", "the", "of", "house", "horse", "shi", "hong", "a", "1984", "100", "café", "Война", "の", "don't"}
)

func (r tester) pick(words []string) string { return words[r.IntN(len(words))] }

func (r tester) text(most int) string {
	var b strings.Builder
	for range 1 + r.IntN(most) {
		switch r.IntN(8) {
		case 0:
			b.WriteString(" " + r.pick(fewWords) + " ")
		case 1:
			b.WriteString(r.pick([]string{" ", "·", "：", "-", "", "、"}))
		default:
			b.WriteRune(fewHan[r.IntN(len(fewHan))])
		}
	}
	return b.String()
}

func (r tester) doc(id string) Doc {
	d := Doc{ID: id, Title: r.text(6), Popularity: uint32(r.IntN(5)), Children: r.IntN(3) == 0, Added: 20_000*r.IntN(2) + r.IntN(9),
		Language: r.pick([]string{"chi", "eng", ""}), Class: r.pick([]string{"I247.5", "I242", "TP312", "K8", ""})}
	for range r.IntN(3) {
		d.Authors = append(d.Authors, r.text(3))
	}
	for range r.IntN(3) {
		d.Subjects = append(d.Subjects, r.text(3))
	}
	if r.IntN(4) == 0 {
		d.Subtitle, d.Series, d.Publisher = r.text(3), r.text(2), r.text(3)
	}
	if r.IntN(6) == 0 {
		d.AltTitles = []string{r.text(3), ""}
	}
	if r.IntN(2) == 0 {
		d.CallNumber = d.Class + "/" + r.pick([]string{"12", "9", "A", "B/2"})
		d.ISBNs = []string{fmt.Sprintf("978%010d", r.IntN(50)), r.pick([]string{"", "7-02-000220-X", "0-306-40615-2"})}
		d.Year = 1980 + r.IntN(8)
	}
	return d
}

// query makes what a reader could type, for one of docs as a rule.
func (r tester) query(docs []Doc) string {
	d := docs[r.IntN(len(docs))]
	switch r.IntN(10) {
	case 0:
		return r.text(3)
	case 1:
		return r.pick([]string{d.CallNumber, d.Class, "9780000000", "978-0-306-40615-7", "0306406152", "7020002", "1984", "I24", "tp312/"})
	case 2:
		word := []byte(hanzi.Fold(r.pick(fewWords)))
		word[r.IntN(len(word))] = "abcdefgh"[r.IntN(8)]
		return string(word)
	}
	var q strings.Builder
	for range 1 + r.IntN(2) {
		texts := append(append([]string{d.Title, d.Subtitle}, d.Authors...), d.Subjects...)
		q.WriteString(r.typed(texts[r.IntN(len(texts))]) + r.pick([]string{" ", "", " ", "，"}))
	}
	return q.String()
}

// typed is a part of s as it may be typed.
func (r tester) typed(s string) string {
	runes, syllables := []rune(s), hanzi.Syllables(s)
	if len(runes) == 0 {
		return ""
	}
	from := r.IntN(len(runes))
	to := from + 1 + r.IntN(min(4, len(runes)-from))
	way := r.IntN(4)
	var q strings.Builder
	for i := from; i < to; i++ {
		switch {
		case len(syllables[i]) == 0 || way == 0 || way == 3 && r.IntN(2) == 0:
			q.WriteRune(runes[i])
		case way == 1:
			q.WriteByte(syllables[i][0][0])
		default:
			syllable := syllables[i][r.IntN(len(syllables[i]))]
			if i == to-1 {
				syllable = syllable[:1+r.IntN(len(syllable))]
			} else if r.IntN(4) == 0 {
				syllable = syllable[:min(len(syllable), 1+r.IntN(2))]
			}
			q.WriteString(syllable)
		}
		if r.IntN(10) == 0 {
			q.WriteString(r.pick([]string{"'", " ", "-"}))
		}
	}
	return q.String()
}

func (r tester) filter() (f Filter) {
	f.Available = func(id string) bool { return id[len(id)-1]%2 == 0 }
	switch r.IntN(12) {
	case 0:
		f.OnShelf = true
	case 1:
		f.Children = true
	case 2:
		f.Since = 20_000 + r.IntN(10)
	case 3:
		f.Language = r.pick([]string{"chi", "eng", "fre"})
	case 4:
		f.Class = r.pick([]string{"I", "i247", "TP", "Z"})
	case 5:
		f.Available = nil
		f.OnShelf = r.IntN(2) == 0
	}
	return f
}

func (r tester) docs(n int) []Doc {
	docs := make([]Doc, n)
	for i := range docs {
		docs[i] = r.doc(fmt.Sprintf("T%05d", i))
	}
	return docs
}

func indexOf(docs []Doc) *Index {
	var b Builder
	for _, d := range docs {
		b.Add(d)
	}
	return b.Index()
}

// checkSearch holds Search against the model, page by page.
func checkSearch(t *testing.T, ix *Index, docs []Doc, text string, f Filter) {
	t.Helper()
	want := modelSearch(docs, text, f)
	for _, page := range [][2]int{{20, 0}, {7, 13}, {1000, 0}} {
		limit, offset := page[0], page[1]
		got := ix.Search(text, f, limit, offset)
		expect := want[min(offset, len(want)):min(offset+limit, len(want))]
		if !slices.Equal(got.Hits, expect) {
			t.Fatalf("%q %+v, %d after %d:\n got %v\nwant %v\n%s", text, f, limit, offset, got.Hits, expect, explain(docs, got.Hits, expect))
		}
		if !got.More && got.Total != len(want) || got.More && got.Total > len(want) || got.Total < min(len(want), counted) {
			t.Fatalf("%q: total %d (more %v), there are %d", text, got.Total, got.More, len(want))
		}
	}
}

// explain prints the first document of which the lists tell differently.
func explain(docs []Doc, got, want []Hit) string {
	for i := range max(len(got), len(want)) {
		if i >= len(want) || i < len(got) && got[i] != want[i] {
			return fmt.Sprintf("got %+v", docs[slices.IndexFunc(docs, func(d Doc) bool { return d.ID == got[i].ID })])
		}
		if i >= len(got) {
			return fmt.Sprintf("missing %+v", docs[slices.IndexFunc(docs, func(d Doc) bool { return d.ID == want[i].ID })])
		}
	}
	return ""
}
