package catalogue_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"shuting/app/catalogue"
	"shuting/app/library"
	"shuting/app/store"
)

func TestPut_joins_by_ISBN_only_the_same_edition_of_the_same_title(t *testing.T) {
	there := library.Title{Control: "7", Title: "样本诗选", Subtitle: "上编", Edition: "第2版", Year: "2001", ISBNs: []string{isbn(1)}, Author: "甲"}
	with := func(change func(*library.Title)) library.Title {
		v := there
		v.Control = "900"
		change(&v)
		return v
	}
	for name, c := range map[string]struct {
		source string
		title  library.Title
		joins  bool
	}{
		"the same from another source":        {"marc21", with(func(*library.Title) {}), true},
		"other punctuation, width and case":   {"marc21", with(func(v *library.Title) { v.Title = "样本　诗选。" }), true},
		"another year: a reprint":             {"marc21", with(func(v *library.Title) { v.Year = "2003" }), true},
		"the edition written another way":     {"marc21", with(func(v *library.Title) { v.Edition = "2nd ed." }), true},
		"no subtitle":                         {"marc21", with(func(v *library.Title) { v.Subtitle = "" }), true},
		"no control number, the same source":  {"cnmarc", with(func(v *library.Title) { v.Control = "" }), true},
		"the ISBN as ten digits is not there": {"marc21", with(func(v *library.Title) { v.ISBNs = []string{isbn(2)} }), false},
		"another title text":                  {"marc21", with(func(v *library.Title) { v.Title = "样本诗选注" }), false},
		"another subtitle":                    {"marc21", with(func(v *library.Title) { v.Subtitle = "下编" }), false},
		"another edition":                     {"marc21", with(func(v *library.Title) { v.Edition = "第3版" }), false},
		"the first edition":                   {"marc21", with(func(v *library.Title) { v.Edition = "" }), false},
		"its own source says they are two":    {"cnmarc", with(func(*library.Title) {}), false},
	} {
		t.Run(name, func(t *testing.T) {
			h := mustHouse(t)
			first := h.mustPut("cnmarc", catalogue.Holding{Title: there})
			got := h.mustPut(c.source, catalogue.Holding{Title: c.title, Items: []library.Item{{Barcode: "100001"}}})
			if c.joins {
				if got.Title != first.Title || got.Outcome != catalogue.Unchanged || !got.Joined || got.ItemsNew != 1 {
					t.Errorf("did not join: %+v", got)
				}
				if kept := h.mustTitle("cnmarc:7"); kept.Year != there.Year || kept.Edition != there.Edition || kept.Subtitle != there.Subtitle {
					t.Errorf("another source rewrote the title: %+v", kept)
				}
				return
			}
			if got.Title == first.Title || got.Outcome != catalogue.Added || got.Joined {
				t.Errorf("joined: %+v", got)
			}
			if shares := slices.Equal(c.title.ISBNs, there.ISBNs); shares != (got.Apart == first.Title) {
				t.Errorf("kept apart from %q, want to be told of %q: %v", got.Apart, first.Title, shares)
			}
		})
	}
}

func TestPut_describes_a_title_without_control_number_anew(t *testing.T) {
	h := mustHouse(t)
	first := h.mustPut("demo", catalogue.Holding{Title: library.Title{Title: "样本", ISBNs: []string{isbn(4)}, MinAge: 12}})
	second := h.mustPut("cnmarc", catalogue.Holding{Title: library.Title{Control: "4", Title: "样本", ISBNs: []string{isbn(4)}, Class: "I2"}})
	if second.Title != first.Title || second.Outcome != catalogue.Updated || second.Joined {
		t.Fatalf("second: %+v, first: %+v", second, first)
	}
	if title := h.mustTitle("cnmarc:4"); title.Class != "I2" || title.MinAge != 12 {
		t.Errorf("title: %+v", title)
	}
}

func TestPut_is_made_once_per_command(t *testing.T) {
	for _, items := range []int{2, 300} {
		t.Run(fmt.Sprintf("%d items", items), func(t *testing.T) {
			h := mustHouse(t)
			holding := catalogue.Holding{Title: library.Title{Title: "样本"}}
			for n := range items {
				holding.Items = append(holding.Items, library.Item{Barcode: barcode(n)})
			}
			cmd := h.command()
			first, err := h.service.Put(context.Background(), cmd, "demo", holding)
			if err != nil || first.Outcome != catalogue.Added || first.ItemsNew != items {
				t.Fatalf("first: %+v, %v", first, err)
			}
			ledger := len(h.entries())
			if items == 300 && (ledger < 7 || ledger > 9) {
				t.Errorf("300 items took %d changes", ledger)
			}
			again, err := h.service.Put(context.Background(), cmd, "demo", holding)
			if err != nil || !reflect.DeepEqual(again, first) {
				t.Errorf("the repeat answers %+v, %v; first was %+v", again, err, first)
			}
			other := h.mustPut("demo", holding)
			if other.Outcome != catalogue.Unchanged || other.ItemsUnchanged != items || other.Title != first.Title {
				t.Errorf("a new command: %+v", other)
			}
			if n := len(h.entries()); n != ledger {
				t.Errorf("the repeats made %d ledger entries", n-ledger)
			}
			if in := h.mustBeClean(); in["items"] != items || in["titles"] != 1 {
				t.Errorf("in the store: %v", in)
			}
		})
	}
}

func TestPut_goes_on_where_a_split_title_was_interrupted(t *testing.T) {
	h := mustHouse(t)
	holding := catalogue.Holding{Title: library.Title{Title: "样本"}}
	for n := range 300 {
		holding.Items = append(holding.Items, library.Item{Barcode: barcode(n)})
	}
	cmd := h.command()
	h.commits = 2 // and then the disk is full
	if _, err := h.service.Put(context.Background(), cmd, "demo", holding); !errors.Is(err, store.ErrNoSpace) {
		t.Fatalf("error: %v", err)
	}
	if in, ledger := h.mustBeClean(), len(h.entries()); ledger == 0 || in["items"] == 0 || in["items"] >= 300 {
		t.Fatalf("not what the test needs: %d entries, %v", ledger, in)
	}
	h.commits = 1000
	got, err := h.service.Put(context.Background(), cmd, "demo", holding)
	if err != nil || got.Outcome != catalogue.Added || got.ItemsNew != 300 {
		t.Errorf("the whole: %+v, %v", got, err)
	}
	if in := h.mustBeClean(); in["items"] != 300 || in["titles"] != 1 {
		t.Errorf("in the store: %v", in)
	}
}

func TestPut_takes_ids_and_states_that_are_given(t *testing.T) {
	h := mustHouse(t)
	c := h.mustPut("demo", catalogue.Holding{Title: library.Title{ID: "k1-title", Title: "样本"}, Items: []library.Item{
		{ID: "k1-item", Barcode: "100001", State: library.ItemDamaged, Type: library.Periodical, Branch: "bus", Place: "车上", Parts: "光盘", LoanID: "x"},
	}})
	item := h.mustItem("100001")
	if want := (library.Item{ID: "k1-item", Barcode: "100001", TitleID: "k1-title", Branch: "bus", At: "bus", Type: library.Periodical,
		State: library.ItemDamaged, Place: "车上", Parts: "光盘"}); c.Title != "k1-title" || item != want {
		t.Errorf("title %s, item %+v", c.Title, item)
	}
	// The same title under its id, although its text changed.
	c = h.mustPut("demo", catalogue.Holding{Title: library.Title{ID: "k1-title", Title: "新的样本"}, Items: []library.Item{{ID: "k1-item", Barcode: "100002"}}})
	if c.Title != "k1-title" || c.Outcome != catalogue.Updated || len(c.Refused) != 1 || c.Refused[0].Reason != catalogue.ItemIDTaken {
		t.Errorf("by id: %+v", c)
	}
}

func TestPut_refuses_what_cannot_be(t *testing.T) {
	h := mustHouse(t)
	title := library.Title{Title: "样本"}
	for name, c := range map[string]struct {
		source  string
		holding catalogue.Holding
	}{
		"no title":            {"demo", catalogue.Holding{Title: library.Title{Title: " \t"}}},
		"no source":           {"", catalogue.Holding{Title: title}},
		"a source with colon": {"a:b", catalogue.Holding{Title: title}},
		"an item on loan":     {"demo", catalogue.Holding{Title: title, Items: []library.Item{{Barcode: "1", State: library.ItemOnLoan}}}},
		"an item on hold":     {"demo", catalogue.Holding{Title: title, Items: []library.Item{{Barcode: "1", State: library.ItemOnShelf}}}},
	} {
		if _, err := h.service.Put(context.Background(), h.command(), c.source, c.holding); !errors.Is(err, catalogue.ErrHolding) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.mustPut("demo", catalogue.Holding{Title: library.Title{Control: "1", Title: "甲书", Year: "1990"}})
	_, err := h.service.Put(context.Background(), h.command(), "demo", catalogue.Holding{Title: library.Title{Control: "1", Title: "乙报", Year: "2020"}})
	if !errors.Is(err, catalogue.ErrOtherTitle) {
		t.Errorf("reused control number: %v", err)
	}
	c := h.mustPut("demo", catalogue.Holding{Title: title, Items: []library.Item{{Barcode: ""}, {Barcode: strings.Repeat("9", 65)}, {Barcode: "100001"}}})
	if c.ItemsNew != 1 || len(c.Refused) != 2 || c.Refused[0].Reason != catalogue.BarcodeMissing || c.Refused[1].Reason != catalogue.BarcodePattern {
		t.Errorf("barcodes: %+v", c)
	}
}

func TestPut_cuts_what_no_screen_could_show(t *testing.T) {
	h := mustHouse(t)
	many := make([]string, 500)
	for i := range many {
		many[i] = fmt.Sprintf("主题%d", i)
	}
	isbns := make([]string, 200)
	for i := range isbns {
		isbns[i] = isbn(i)
	}
	huge := strings.Repeat("书", 400<<10)
	holding := catalogue.Holding{Title: library.Title{Control: strings.Repeat("7", 5000), Title: huge, Summary: huge, Author: "坏\xff字节", Subjects: many, ISBNs: isbns}}
	if c := h.mustPut("demo", holding); c.Outcome != catalogue.Added {
		t.Fatalf("first: %+v", c)
	}
	if c := h.mustPut("demo", holding); c.Outcome != catalogue.Unchanged {
		t.Errorf("again: %+v", c)
	}
	for i := range isbns {
		isbns[i] = isbn(200 + i)
	}
	if c := h.mustPut("demo", holding); c.Outcome != catalogue.Updated {
		t.Errorf("all ISBNs changed: %+v", c)
	}
}
