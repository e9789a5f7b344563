package demo

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"shuting/app/catalogue/search"
)

// query is one line of queries.tsv.
type query struct {
	text, kind string
	first      []string // keys, any of which may be the first hit
}

func mustQueries(tb testing.TB) []query {
	tb.Helper()
	var all []query
	err := eachLine(os.DirFS("."), "queries.tsv", "query kind first", func(f fields) error {
		all = append(all, query{f["query"], f["kind"], f.list("first")})
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

// mustIndex has every title of the demo, under its key. Nobody has borrowed
// anything yet: what is popular cannot hide a fault of the order.
func mustIndex(tb testing.TB) *search.Index {
	tb.Helper()
	var b search.Builder
	for _, t := range mustLoad(tb).titles {
		year, _ := strconv.Atoi(t.Year) // "" is 0: not known
		b.Add(search.Doc{ID: t.key, Title: t.Title.Title, AltTitles: t.AltTitles, Authors: t.Authors, Subjects: t.Subjects,
			Series: t.Series, Publisher: t.Publisher, CallNumber: t.CallNumber, Class: t.Class, ISBNs: t.ISBNs,
			Language: t.Language, Year: year, Children: t.Children})
	}
	return b.Index()
}

func TestAccept_L29_the_expected_title_is_first(t *testing.T) {
	ix, all, missed := mustIndex(t), mustQueries(t), 0
	for _, q := range all {
		var got []string
		for _, h := range ix.Search(q.text, search.Filter{}, 5, 0).Hits {
			got = append(got, h.ID)
		}
		if len(got) == 0 || !slices.Contains(q.first, got[0]) {
			missed++
			t.Logf("missed: %s %q gave %s, not %s", q.kind, q.text, strings.Join(got, " "), strings.Join(q.first, " or "))
		}
	}
	t.Logf("%d of %d queries have the expected title first", len(all)-missed, len(all))
	if missed*100 > len(all)*2 {
		t.Errorf("%d of %d queries missed; 98 of 100 must have the expected title first", missed, len(all))
	}
}

func TestAccept_L29_queries_are_of_every_kind(t *testing.T) {
	all, kinds, seen := mustQueries(t), map[string]int{}, map[string]bool{}
	d := mustLoad(t)
	for _, q := range all {
		if seen[q.text] || q.text == "" || len(q.first) == 0 {
			t.Errorf("%q: twice in the list, empty or without an answer", q.text)
		}
		seen[q.text] = true
		kinds[q.kind]++
		for _, key := range q.first {
			if _, ok := d.title(key); !ok {
				t.Errorf("%q: no title has the key %q", q.text, key)
			}
		}
	}
	if len(all) < 170 {
		t.Errorf("%d queries, 170 are promised", len(all))
	}
	for _, kind := range []string{"title", "title part", "pinyin", "initials", "mixed", "polyphone", "author", "author pinyin",
		"author initials", "author in English", "ISBN", "call number", "subject", "English word", "English prefix",
		"one wrong letter", "traditional", "full width", "series", "publisher", "two terms"} {
		if kinds[kind] < 3 {
			t.Errorf("%d queries of the kind %q", kinds[kind], kind)
		}
		delete(kinds, kind)
	}
	if len(kinds) > 0 {
		t.Errorf("kinds without a promise: %v", kinds)
	}
}

func TestDocs_tell_true_figures_and_examples(t *testing.T) {
	page, err := os.ReadFile("../../docs/demo.md")
	if err != nil {
		t.Fatal(err)
	}
	d, queries := mustLoad(t), mustQueries(t)
	for _, figure := range []string{
		fmt.Sprintf("has %d titles with %d copies", len(d.titles), len(d.items)),
		fmt.Sprintf("has %d queries", len(queries)),
	} {
		if !strings.Contains(string(page), figure) {
			t.Errorf("the page does not say that it %s", figure)
		}
	}
	_, section, ok := strings.Cut(string(page), "| kind | queries |\n")
	if !ok {
		t.Fatal("no table of queries")
	}
	examples := 0
	for line := range strings.Lines(section) {
		cells := strings.Split(strings.TrimSpace(line), " | ")
		if len(cells) != 2 {
			continue // what stands below the table
		}
		for _, example := range regexp.MustCompile("`[^`]+`").FindAllString(cells[1], -1) {
			examples++
			is := query{text: strings.Trim(example, "`"), kind: strings.TrimPrefix(cells[0], "| ")}
			if !slices.ContainsFunc(queries, func(q query) bool { return q.text == is.text && q.kind == is.kind }) {
				t.Errorf("%s is not in the list as %q", example, is.kind)
			}
		}
	}
	if examples < 200 {
		t.Errorf("%d examples", examples)
	}
}
