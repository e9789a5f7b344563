package search

import (
	_ "embed"
	"strconv"
	"strings"
	"testing"
)

var (
	//go:embed testdata/titles.tsv
	realTitles string
	//go:embed testdata/queries.tsv
	realQueries string
)

// rowsOf gives the fields of the lines of a table that are no comments.
func rowsOf(table string) (rows [][]string) {
	for line := range strings.Lines(table) {
		if line = strings.TrimRight(line, "\n"); !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

// realDocs are the titles of testdata; a title is its own id.
func realDocs(tb testing.TB) (docs []Doc) {
	tb.Helper()
	for _, row := range rowsOf(realTitles) {
		row = append(row, make([]string, 8)...)
		loans, err := strconv.ParseUint(row[2], 10, 32)
		if err != nil {
			tb.Fatalf("%s: loans: %v", row[0], err)
		}
		d := Doc{ID: row[0], Title: row[0], Authors: strings.Split(row[1], ";"), Popularity: uint32(loans),
			Subtitle: row[3], Publisher: row[4], CallNumber: row[5]}
		d.Class, _, _ = strings.Cut(d.CallNumber, "/")
		if row[6] != "" {
			d.ISBNs = []string{row[6]}
		}
		d.Year, _ = strconv.Atoi(row[7])
		docs = append(docs, d)
	}
	return docs
}

func TestAccept_L29_first_hits_of_a_kept_list_of_queries(t *testing.T) {
	docs := realDocs(t)
	queries := rowsOf(realQueries)
	if len(docs) < 300 || len(queries) < 150 {
		t.Fatalf("%d titles and %d queries: at least 300 and 150", len(docs), len(queries))
	}
	known := map[string]bool{}
	for _, d := range docs {
		known[d.Title] = true
	}
	ix := indexOf(docs)
	missed := 0
	for _, row := range queries {
		query, want := row[0], row[1]
		if !known[want] {
			t.Errorf("%q asks for %q, which is not in the list", query, want)
		}
		first := "nothing"
		if found := ix.Search(query, Filter{}, 1, 0); len(found.Hits) > 0 {
			first = found.Hits[0].ID
		}
		if first != want {
			missed++
			t.Logf("%q: first is %s, not %s", query, first, want)
		}
	}
	t.Logf("%d of %d first hits as expected", len(queries)-missed, len(queries))
	if missed*50 > len(queries) {
		t.Errorf("%d of %d first hits are not the expected ones: over 2 %%", missed, len(queries))
	}
}
