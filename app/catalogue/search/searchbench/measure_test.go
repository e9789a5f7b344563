package searchbench

import (
	"slices"
	"testing"

	"shuting/app/catalogue/search"
)

// The gate of a million titles is in make bench; this one, of few titles and
// queries, catches what makes a class of queries read the catalogue. It compares
// medians and leaves room, because the worst of few queries on a busy machine is
// chance.
func TestAccept_L31_no_class_of_queries_is_slower_than_a_plain_scan(t *testing.T) {
	r := Measure(titles, 15, 31)
	for _, c := range r.Classes {
		t.Logf("%-42s found %2d (scan %2d)  p50 %7v : %7v  p99 %7v : %7v", c.Name, c.Found, c.ScanFound, c.Index.P50, c.Scan.P50, c.Index.P99, c.Scan.P99)
		if c.Index.P50 > slack*c.Scan.P50 {
			t.Errorf("%s: median %v, a plain scan takes %v", c.Name, c.Index.P50, c.Scan.P50)
		}
		if c.Found < c.ScanFound {
			t.Errorf("%s: %d of %d queries found something, a plain scan %d", c.Name, c.Found, c.Queries, c.ScanFound)
		}
	}
	t.Logf("%d titles: ready in %v; %d bytes a title, scan %d, without pinyin %d",
		r.Titles, r.Build, r.IndexBytes/r.Titles, r.ScanBytes/r.Titles, r.PlainScanBytes/r.Titles)
	if 10*r.IndexBytes > 15*r.ScanBytes {
		t.Errorf("%d bytes a title: over 1.5 times the scan's %d", r.IndexBytes/r.Titles, r.ScanBytes/r.Titles)
	}
}

func TestTheSameSeedMakesTheSameTitles(t *testing.T) {
	same := func(a, b search.Doc) bool {
		return a.ID == b.ID && a.Title == b.Title && slices.Equal(a.Authors, b.Authors)
	}
	first := slices.Collect(Titles(500, 7))
	if !slices.EqualFunc(first, slices.Collect(Titles(500, 7)), same) {
		t.Error("the same seed made other titles")
	}
	if slices.EqualFunc(first, slices.Collect(Titles(500, 8)), same) {
		t.Error("another seed made the same titles")
	}
}

// A scan that finds nothing would be fast.
func TestTheScanFindsWhatIsThere(t *testing.T) {
	docs := []search.Doc{
		{ID: "1", Title: "走近红楼梦", Authors: []string{"王红"}, Subjects: []string{"文学"}, Popularity: 9},
		{ID: "2", Title: "红楼梦", Authors: []string{"曹雪芹"}, ISBNs: []string{"9787020002207"}, CallNumber: "I242.4/CXQ"},
		{ID: "3", Title: "红楼梦研究", Authors: []string{"俞平伯"}},
		{ID: "4", Title: "Pride and Prejudice", Authors: []string{"Jane Austen"}, Popularity: 3},
	}
	scan := NewScan(docs)
	for query, want := range map[string][]string{
		"红楼梦": {"2", "3", "1"}, "hongloumeng": {"2", "3", "1"}, "hlm": {"2", "3", "1"}, "hong楼": {"1", "2", "3"}, "caoxueqin": {"2"},
		"红": {"2", "3", "1"}, "978-7-02-000220-7": {"2"}, "I242.4/CXQ": {"2"}, "红楼 俞平伯": {"3"}, "prej": {"4"}, "austen": {"4"},
		"文学": {"1"}, "三体": nil, "": nil,
	} {
		if got := scan.Search(query, 20); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", query, got, want)
		}
	}
	if got := scan.Search("红", 2); len(got) != 2 {
		t.Errorf("%d hits of 2", len(got))
	}
}
