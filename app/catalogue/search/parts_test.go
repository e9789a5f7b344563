package search

import (
	"slices"
	"strings"
	"testing"
)

func TestISBNs(t *testing.T) {
	for s, want := range map[string]uint64{
		"9787020002207": 9787020002207, "978-7-02-000220-7": 9787020002207, "702000220X": 9787020002207, "7-02-000220-x": 9787020002207,
		"９７８７０２００02207": 9787020002207, "0-306-40615-2": 9780306406157, "9787020002200": 9787020002200,
		"7020002203": 0, "123456789": 0, "": 0, "97870200022071": 0, "X702000220": 0, "10019·1781": 0, "978702000220X": 0,
	} {
		if got, ok := parseISBN(s); got != want || ok != (want != 0) {
			t.Errorf("%q: %d %v, want %d", s, got, ok, want)
		}
	}
	for _, c := range []struct {
		typed    string
		from, to uint64
	}{
		{"9787020", 9787020000000, 9787021000000}, {"978-7-02-000220", 9787020002200, 9787020002210},
		{"7020002", 9787020002000, 9787020003000}, {"702000220", 9787020002200, 9787020002210},
		{"978702", 0, 0}, {"97870200022x", 0, 0}, {"1234567890", 0, 0}, {"红楼梦", 0, 0},
	} {
		if from, to, ok := isbnRange(c.typed); from != c.from || to != c.to || ok != (c.to != 0) {
			t.Errorf("%q: %d to %d, %v", c.typed, from, to, ok)
		}
	}
}

func TestOneLetterApart(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"prejudice", "prejudise", true}, {"prejudice", "predjudice", true}, {"prejudice", "prejudic", true}, {"prejudice", "rejudice", true},
		{"frankenstein", "frankenstien", true}, {"abcde", "bacde", true}, {"abcde", "abced", true}, {"abcde", "xbcde", true}, {"abcde", "abcdx", true},
		{"abcde", "abcde", false}, {"abcde", "abxye", false}, {"abcde", "acbed", false}, {"abcde", "cbade", false}, {"abcde", "abc", false}, {"abcde", "abcdefg", false},
		{"abcde", "bcdea", false}, {"abcde", "xabcd", false},
	} {
		if oneApart(c.a, c.b) != c.want || oneApart(c.b, c.a) != c.want {
			t.Errorf("%s and %s: want %v", c.a, c.b, c.want)
		}
	}
}

func TestBooksStandInTheOrderOfTheShelf(t *testing.T) {
	sorted := []string{"E892.25/SW", "I242", "I242/3", "I242/20", "I242/100", "I242-1/A", "I242.4/CXQ", "I242.4/CXQ/F", "I242.4/LGZ", "I247.5/9", "I247.5/10", "I247.57/1", "TP312/C/2", "TP312/C/10"}
	var b Builder
	for i, call := range sorted {
		b.Add(Doc{ID: call, Title: "书", CallNumber: call, Popularity: uint32(i * 7 % 5)})
	}
	b.Add(Doc{ID: "none", Title: "书"})
	ix := b.Index()
	ix.Put(Doc{ID: "I242.4/LGZ", Title: "书", CallNumber: "i242.4 lgz"})
	for i, call := range sorted {
		before, after := ix.Neighbours(call, 3)
		slices.Reverse(before)
		if want := sorted[max(0, i-3):i]; !slices.Equal(before, want) {
			t.Errorf("before %s: %v, want %v", call, before, want)
		}
		if want := sorted[i+1 : min(len(sorted), i+4)]; !slices.Equal(after, want) {
			t.Errorf("after %s: %v, want %v", call, after, want)
		}
	}
	for _, id := range []string{"none", "absent"} {
		if before, after := ix.Neighbours(id, 3); before != nil || after != nil {
			t.Errorf("%s: %v %v", id, before, after)
		}
	}
	for query, want := range map[string]int{"I242": 9 - 1, "i242.4": 3, "I242.4/C": 2, "I242/": 3, "I242/1": 1, "I242/2": 1, "TP312": 2, "tp312/c/1": 1, "Z1": 0} {
		if found := ix.Search(query, Filter{}, 50, 0); found.Total != want {
			t.Errorf("%s: %d, want %d", query, found.Total, want)
		}
	}
}

func TestAccept_L30_filters_and_browsing(t *testing.T) {
	ix := indexOf([]Doc{
		{ID: "a", Title: "红楼梦", Authors: []string{"曹雪芹"}, Class: "I242.4", Language: "chi", Popularity: 9},
		{ID: "b", Title: "红与黑", Class: "I565.44", Language: "chi", Added: 20_600, Popularity: 8},
		{ID: "c", Title: "小红帽", Class: "I287", Language: "chi", Children: true, Popularity: 7},
		{ID: "d", Title: "Red", Subjects: []string{"红"}, Class: "J06", Language: "eng", Children: true, Added: 20_610},
	})
	onShelf := func(id string) bool { return id == "b" || id == "d" }
	for _, c := range []struct {
		query string
		Filter
		want string
	}{
		{"红", Filter{}, "abcd"}, {"红", Filter{Children: true}, "cd"}, {"红", Filter{Since: 20_600}, "bd"}, {"红", Filter{Since: 20_601}, "d"}, {"红", Filter{Language: "eng"}, "d"},
		{"红", Filter{Class: "i"}, "abc"}, {"红", Filter{Class: "I24"}, "a"}, {"红", Filter{OnShelf: true, Available: onShelf}, "bd"},
		{"红", Filter{OnShelf: true}, ""}, {"红", Filter{Children: true, Since: 20_600, Language: "eng", Class: "J", OnShelf: true, Available: onShelf}, "d"},
		{"", Filter{}, "abcd"}, {"", Filter{Class: "I"}, "abc"}, {"", Filter{Since: 1}, "bd"}, {"", Filter{Since: 20_611}, ""}, {" ，", Filter{Children: true}, "cd"}, {"蓝", Filter{}, ""},
		{"红", Filter{Language: "fre"}, ""}, {"红", Filter{Class: "Z"}, ""},
	} {
		got := ""
		for _, h := range ix.Search(c.query, c.Filter, 10, 0).Hits {
			got += h.ID
		}
		if got != c.want {
			t.Errorf("%q %+v: %q, want %q", c.query, c.Filter, got, c.want)
		}
	}
	if by := ix.ByAuthor("曹雪芹", 5); !slices.Equal(by, []string{"a"}) {
		t.Errorf("by the author: %v", by)
	}
	if by := ix.ByAuthor("曹雪", 5); by != nil {
		t.Errorf("by half an author: %v", by)
	}
}

func TestAccept_L29_the_order_of_hits(t *testing.T) {
	docs := []Doc{
		{ID: "exact", Title: "红楼"},
		{ID: "start", Title: "红楼梦", Popularity: 1},
		{ID: "words", Title: "走近红楼", Popularity: 2},
		{ID: "words, more popular", Title: "梦回红楼", Popularity: 5},
		{ID: "words, as popular, on the shelf", Title: "话红楼", Popularity: 2},
		{ID: "author", Title: "一", Authors: []string{"红楼主人"}, Popularity: 3},
		{ID: "rest", Title: "二", Subjects: []string{"红楼梦研究"}, Popularity: 9},
	}
	ix := indexOf(docs)
	f := Filter{Available: func(id string) bool { return strings.HasSuffix(id, "on the shelf") }}
	want := []string{"exact", "start", "words, more popular", "words, as popular, on the shelf", "words", "author", "rest"}
	for _, query := range []string{"红楼", "紅樓", "honglou", "hl"} {
		var got []string
		for _, h := range ix.Search(query, f, 10, 0).Hits {
			got = append(got, h.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

func TestSpans(t *testing.T) {
	var b Builder
	b.Add(Doc{ID: "a", Title: "红楼梦"})
	ix := b.Index()
	for _, c := range []struct{ query, title, marked string }{
		{"红楼", "《红楼梦》研究", "《[红楼]梦》研究"}, {"hlm", "紅樓夢", "[紅樓夢]"}, {"hongl", "走近红楼梦", "走近[红楼]梦"},
		{"红楼 研究", "红楼梦研究", "[红楼]梦[研究]"}, {"研究 红楼梦", "红楼梦研究", "[红楼梦][研究]"}, {"楼梦 红楼", "红楼梦", "[红楼梦]"},
		{"pride", "Pride and Prejudice", "[Pride] and Prejudice"}, {"c++", "C++ Primer", "[C]++ Primer"}, {"c++", "C# 入门", "C# 入门"},
		{"三体", "红楼梦", "红楼梦"}, {"", "红楼梦", "红楼梦"},
	} {
		r := ix.Search(c.query, Filter{}, 1, 0)
		got, at := "", 0
		for _, s := range r.Spans(c.title) {
			got += c.title[at:s.From] + "[" + c.title[s.From:s.To] + "]"
			at = s.To
		}
		if got += c.title[at:]; got != c.marked {
			t.Errorf("%q: %s, want %s", c.query, got, c.marked)
		}
	}
	if spans := new(Result).Spans("红楼梦"); spans != nil {
		t.Errorf("no search marks %v", spans)
	}
}

func TestHowManyThereAreIsExactOrSaysMore(t *testing.T) {
	var b Builder
	for i := range 1000 {
		b.Add(Doc{ID: string(rune('a'+i%26)) + strings.Repeat("x", i/26), Title: "红楼梦", Popularity: uint32(i / 2)})
	}
	ix := b.Index()
	if found := ix.Search("红楼", Filter{}, 20, 0); !found.More || found.Total < counted || len(found.Hits) != 20 {
		t.Errorf("%d hits, total %d, more %v", len(found.Hits), found.Total, found.More)
	}
	if found := ix.Search("红楼", Filter{}, 20, 990); found.More || found.Total != 1000 || len(found.Hits) != 10 {
		t.Errorf("at the end: %d hits, total %d, more %v", len(found.Hits), found.Total, found.More)
	}
	if found := ix.Search("红楼", Filter{}, -1, -1); len(found.Hits) != 0 {
		t.Errorf("%d hits of none", len(found.Hits))
	}
}
