package search

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzSearchLosesNothing: whatever a title and a query hold, Search finds what
// reading the titles finds, and marks whole characters within the title.
func FuzzSearchLosesNothing(f *testing.F) {
	for i, row := range rowsOf(realQueries) {
		if i%10 == 0 { // enough of each kind
			f.Add(row[1], "鲁迅", row[0])
		}
	}
	f.Fuzz(func(t *testing.T, title, author, query string) {
		if len([]rune(query)) > longestQuery/4 || len(strings.FieldsFunc(query, divides)) > mostTerms {
			return // the model takes them whole
		}
		docs := []Doc{
			{ID: "a", Title: title, Authors: []string{author}, Added: 20_000},
			{ID: "b", Title: author, Subjects: []string{title}, CallNumber: query, Children: true},
			{ID: "c", Title: title + author, Subtitle: query, Class: author, Language: "chi"},
		}
		ix := indexOf(docs)
		for _, filter := range []Filter{{}, {Since: 1}, {Children: true}, {Language: "chi"}, {OnShelf: true, Available: func(id string) bool { return id > "a" }}} {
			checkSearch(t, ix, docs, query, filter)
		}
		found := ix.Search(query, Filter{}, 3, 0)
		checkSpans(t, &found, title)
	})
}

// checkSpans holds that spans are in order, apart, and of whole characters.
func checkSpans(t *testing.T, found *Result, title string) {
	t.Helper()
	border := map[int]bool{len(title): true}
	for i := range title {
		border[i] = true
	}
	end := 0
	for _, s := range found.Spans(title) {
		if s.From < end || s.To <= s.From || !border[s.From] || !border[s.To] {
			t.Fatalf("in %q: %v", title, found.Spans(title))
		}
		end = s.To
	}
}

// FuzzQuery: whatever is typed, however long, a search of real titles ends, is
// sorted, and keeps to its filter and its page.
func FuzzQuery(f *testing.F) {
	for i, row := range rowsOf(realQueries) {
		if i%8 == 0 {
			f.Add(row[0], "I", uint16(20), uint16(0))
		}
	}
	ix := indexOf(realDocs(f))
	classes := map[string]string{}
	for _, d := range realDocs(f) {
		classes[d.ID] = strings.ToLower(d.Class)
	}
	f.Fuzz(func(t *testing.T, query, class string, limit, offset uint16) {
		found := ix.Search(query, Filter{Class: class}, int(limit), int(offset))
		if len(found.Hits) > int(limit) || int(offset)+len(found.Hits) > found.Total && len(found.Hits) > 0 {
			t.Fatalf("%q: %d hits of %d after %d, total %d", query, len(found.Hits), limit, offset, found.Total)
		}
		seen := map[string]bool{}
		for i, h := range found.Hits {
			if seen[h.ID] || i > 0 && h.Tier < found.Hits[i-1].Tier || h.Tier < TitleExact || h.Tier > Near {
				t.Fatalf("%q: %v", query, found.Hits)
			}
			if !strings.HasPrefix(classes[h.ID], code(class)) {
				t.Fatalf("%q: %s is not of class %q", query, h.ID, class)
			}
			seen[h.ID] = true
			checkSpans(t, &found, h.ID)
		}
	})
}

// FuzzChanges: whatever is put and removed, the Index holds what is left of it.
// Every step is a letter, the number of a title, and what becomes of it: "=" and
// its new text, or "-".
func FuzzChanges(f *testing.F) {
	f.Add("a=红楼梦\nb=红楼\na-\nc=hong lou\nb=三体\nb-\nb=红")
	f.Add("a=x\na=x\na-\na-")
	f.Fuzz(func(t *testing.T, steps string) {
		ix, now := new(Builder).Index(), map[string]Doc{}
		for i, step := range strings.SplitN(steps, "\n", 64) {
			if len(step) < 2 {
				continue
			}
			id, text := step[:1], step[2:]
			if step[1] == '-' {
				ix.Remove(id)
				delete(now, id)
			} else {
				d := Doc{ID: id, Title: text, Authors: []string{text}, CallNumber: text, ISBNs: []string{text}, Class: "I", Popularity: uint32(i % 3)}
				ix.Put(d)
				now[id] = d
			}
			checkSegments(t, ix)
		}
		var docs []Doc
		for _, d := range now {
			docs = append(docs, d)
		}
		if ix.Len() != len(docs) || ix.Classes()["I"] != len(docs) {
			t.Fatalf("%d titles, %d of class I, want %d", ix.Len(), ix.Classes()["I"], len(docs))
		}
		for _, d := range docs {
			first, size := utf8.DecodeRuneInString(d.Title)
			for _, query := range []string{"", d.Title[:size], fmt.Sprintf("%c楼", first)} {
				checkSearch(t, ix, docs, query, Filter{})
			}
		}
	})
}
