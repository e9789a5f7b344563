package catalogue

import (
	"strings"
	"testing"

	"shuting/app/catalogue/marc"
	"shuting/app/library"
)

func TestEditionKey_knows_the_ways_to_write_an_edition(t *testing.T) {
	for _, same := range [][]string{
		{"", "第1版", "第一版", "初版", "1st ed.", "First edition", "１版"},
		{"第2版", "2版", "第二版", "2nd ed.", "Second edition.", "2nd edn"},
		{"修订版", "修订"},
		{"第2版 修订版", "第二版（修订版）"},
	} {
		for _, s := range same {
			if editionKey(s) != editionKey(same[0]) {
				t.Errorf("%q and %q differ: %q, %q", s, same[0], editionKey(s), editionKey(same[0]))
			}
		}
	}
	different := []string{"", "第2版", "第3版", "第11版", "修订版", "第2版 修订版", "影印版", "Large print ed."}
	for i, a := range different {
		for _, b := range different[i+1:] {
			if editionKey(a) == editionKey(b) {
				t.Errorf("%q and %q are one: %q", a, b, editionKey(a))
			}
		}
	}
}

func TestUnrelated_needs_everything_to_differ(t *testing.T) {
	a := library.Title{Title: "样本诗选", Author: "甲", Year: "2001", ISBNs: []string{"1"}, ISSN: "i"}
	b := library.Title{Title: "另一本书", Author: "乙", Year: "1980", ISBNs: []string{"2"}, ISSN: "j"}
	if !unrelated(a, b) {
		t.Error("two different books are related")
	}
	for name, change := range map[string]func(*library.Title){
		"title grown":  func(v *library.Title) { v.Title = "样本诗选（增补）" },
		"same author":  func(v *library.Title) { v.Author = "甲" },
		"same year":    func(v *library.Title) { v.Year = "2001" },
		"common ISBN":  func(v *library.Title) { v.ISBNs = []string{"3", "1"} },
		"common ISSN":  func(v *library.Title) { v.ISSN = "i" },
		"punctuation":  func(v *library.Title) { v.Title = "《样本诗选》" },
		"cut at a dot": func(v *library.Title) { v.Title = "样本" },
	} {
		v := b
		change(&v)
		if unrelated(a, v) {
			t.Errorf("%s: unrelated", name)
		}
	}
	bare := library.Title{Title: "甲"}
	if !unrelated(bare, library.Title{Title: "乙"}) {
		t.Error("what both do not say makes them related")
	}
}

func TestItem_type_follows_the_record(t *testing.T) {
	tagged := func(flavour marc.Flavour, tags ...string) *marc.Record {
		r := &marc.Record{Flavour: flavour}
		for _, tag := range tags {
			r.Fields = append(r.Fields, marc.Field{Tag: tag})
		}
		return r
	}
	item := func(call, place string) []marc.Item {
		return []marc.Item{{Barcode: "1", CallNumber: call, Location: place}}
	}
	for name, c := range map[string]struct {
		record *marc.Record
		bib    marc.Bib
		want   library.ItemType
	}{
		"a book":                              {tagged(marc.CNMARC), marc.Bib{Kind: marc.KindBook, Items: item("I247/1", "二楼")}, library.Book},
		"an unknown leader":                   {tagged(marc.CNMARC), marc.Bib{Items: item("", "")}, library.Book},
		"a serial by its leader":              {tagged(marc.CNMARC), marc.Bib{Kind: marc.KindSerial, Items: item("", "")}, library.Periodical},
		"a serial by its tags":                {tagged(marc.CNMARC, "110"), marc.Bib{Kind: marc.KindBook, Items: item("", "")}, library.Periodical},
		"a serial of MARC21 by its frequency": {tagged(marc.MARC21, "310"), marc.Bib{Items: item("", "")}, library.Periodical},
		"a tag of the other flavour":          {tagged(marc.MARC21, "110"), marc.Bib{Items: item("", "")}, library.Book},
		"a book in a series":                  {tagged(marc.CNMARC, "110"), marc.Bib{ISBNs: []string{"9787000000001"}, Items: item("", "")}, library.Book},
		"a film":                              {tagged(marc.MARC21), marc.Bib{Kind: marc.KindVideo, Items: item("", "")}, library.Audiovisual},
		"reference by call number":            {tagged(marc.CNMARC), marc.Bib{Items: item("参Z32/5", "")}, library.Reference},
		"reference by MARC21 call number":     {tagged(marc.MARC21), marc.Bib{Items: item("REF AG5 .W9", "")}, library.Reference},
		"reference by place":                  {tagged(marc.CNMARC), marc.Bib{Items: item("Z32/5", "工具书阅览室")}, library.Reference},
		"reference by a code of the place":    {tagged(marc.MARC21), marc.Bib{Items: item("AG5", "MAIN-REF")}, library.Reference},
		"a book on referees":                  {tagged(marc.MARC21), marc.Bib{Items: item("Referee 5", "Preferred")}, library.Book},
	} {
		if got := holding(c.record, c.bib, nil).Items[0].Type; got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTitle_text_tells_the_parts_of_a_set_apart(t *testing.T) {
	for want, bib := range map[string]marc.Bib{
		"样本全集":                   {Title: "样本全集"},
		"样本全集 第2卷 诗":             {Title: "样本全集", PartNumber: "第2卷", PartName: "诗"},
		"Sample works. Vol. 2":   {Title: "Sample works", PartNumber: "Vol. 2"},
		"Sample works. The poem": {Title: "Sample works", PartName: "The poem"},
	} {
		if got := titleText(bib); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestBound_cuts_between_characters(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"书亭", 6, "书亭"}, {"书亭", 5, "书"}, {"书亭", 2, ""}, {" a b ", 2, "a"}, {"a\xffb", 9, "ab"},
		{strings.Repeat("x", 10), 4, "xxxx"},
	} {
		if got := bound(c.in, c.n); got != c.want {
			t.Errorf("bound(%q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
}
