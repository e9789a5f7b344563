package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"shuting/app/catalogue"
	"shuting/app/library"
	"shuting/app/records"
)

// shelf is a few books; ISBNs are of the range for use inside a shop.
var shelf = []catalogue.Holding{
	{Title: library.Title{Title: "红楼梦", Author: "曹雪芹", Authors: []string{"曹雪芹"}, Class: "I242.4", CallNumber: "I242.4/CXQ",
		Language: "chi", ISBNs: []string{isbn(1)}, Summary: "一块顽石的来历。"},
		Items: []library.Item{{Barcode: "B00001", Place: "二层 文学区"}, {Barcode: "B00002"}}},
	{Title: library.Title{Title: "红楼梦魇", Author: "张爱玲", Authors: []string{"张爱玲"}, Class: "I207.411", CallNumber: "I207.411/ZAL", Language: "chi"},
		Items: []library.Item{{Barcode: "B00003", State: library.ItemLost}}},
	{Title: library.Title{Title: "西游记", Author: "吴承恩", Class: "I242.4", CallNumber: "I242.4/WCE", Language: "chi"},
		Items: []library.Item{{Barcode: "B00004", Type: library.Reference}, {Barcode: "B00005", At: "west"}}},
	{Title: library.Title{Title: "Treasure Island", Author: "Robert Louis Stevenson", Class: "I561.84", CallNumber: "I561.84/STE", Language: "eng"},
		Items: []library.Item{{Barcode: "B00006", Place: "一层 少儿区"}}},
	{Title: library.Title{Title: "去年的书", CallNumber: "Z1/1"}, Items: []library.Item{{Barcode: "B00007", State: library.ItemWithdrawn}}},
	{Title: library.Title{Title: "没有馆藏的书", Language: "chi"}},
}

type finder struct {
	*catalogue.Finder
	testing.TB
	log *bytes.Buffer
}

func mustFinder(h *house) *finder {
	h.Helper()
	f := &finder{TB: h.TB, log: &bytes.Buffer{}}
	f.Finder = catalogue.NewFinder(catalogue.FinderOptions{Records: h.records, Branch: "main", Clock: func() time.Time { return start },
		Cover: func(t library.Title) string { return map[string]string{"红楼梦": "covers/1.jpg"}[t.Title] },
		Log:   slog.New(slog.NewTextHandler(f.log, nil))})
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() { defer close(over); f.Run(ctx) }()
	h.Cleanup(func() { stop(); <-over })
	f.until("the index is whole", func() bool { return f.Filling() == nil })
	return f
}

// until waits for what must come.
func (f *finder) until(what string, ok func() bool) {
	f.Helper()
	for deadline := time.Now().Add(30 * time.Second); !ok(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			f.Fatalf("did not come: %s\n%s", what, f.log)
		}
	}
}

func (f *finder) find(q catalogue.Query) catalogue.Page {
	f.Helper()
	q.Limit = max(q.Limit, 10)
	p, err := f.Find(context.Background(), q)
	if err != nil {
		f.Fatal(err)
	}
	return p
}

func (f *finder) titles(q catalogue.Query) (all []string) {
	for _, h := range f.find(q).Hits {
		all = append(all, h.Title)
	}
	return all
}

func mustPut(h *house, holdings ...catalogue.Holding) {
	h.Helper()
	for _, one := range holdings {
		if _, err := h.service.Put(context.Background(), h.command(), "test", one); err != nil {
			h.Fatal(err)
		}
	}
}

func TestAccept_L28_a_title_is_found_as_readers_type_it(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	f := mustFinder(h)
	for typed, want := range map[string][]string{
		"红楼梦":           {"红楼梦", "红楼梦魇"},
		"紅樓夢":           {"红楼梦", "红楼梦魇"},
		"hlm":           {"红楼梦", "红楼梦魇"},
		"hongloumeng":   {"红楼梦", "红楼梦魇"},
		"hong楼":         {"红楼梦", "红楼梦魇"},
		isbn(1):         {"红楼梦"},
		"zhangailing":   {"红楼梦魇"},
		"I242.4":        {"红楼梦", "西游记"},
		"tresure islnd": {"Treasure Island"},
		"treasue":       {"Treasure Island"},
		"stevenson isl": {"Treasure Island"},
		"去年的书":          nil,
		"没有馆藏":          {"没有馆藏的书"},
		"xyz":           nil,
	} {
		got := f.titles(catalogue.Query{Text: typed})
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", typed, got, want)
		}
	}
}

func TestAccept_L30_filters_narrow_what_is_found(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	f := mustFinder(h)
	for name, c := range map[string]struct {
		q    catalogue.Query
		want []string
	}{
		"on the shelf here":     {catalogue.Query{OnShelf: true}, []string{"Treasure Island", "红楼梦", "西游记"}},
		"children":              {catalogue.Query{Children: true}, []string{"Treasure Island"}},
		"language":              {catalogue.Query{Language: "eng"}, []string{"Treasure Island"}},
		"class":                 {catalogue.Query{Class: "I2"}, []string{"红楼梦", "红楼梦魇", "西游记"}},
		"new":                   {catalogue.Query{Fresh: true}, []string{"Treasure Island", "没有馆藏的书", "红楼梦", "红楼梦魇", "西游记"}},
		"two at once":           {catalogue.Query{OnShelf: true, Class: "I2"}, []string{"红楼梦", "西游记"}},
		"two at once and words": {catalogue.Query{Text: "hlm", OnShelf: true}, []string{"红楼梦"}},
	} {
		got := f.titles(c.q)
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestAccept_L30_availability_is_true_when_it_is_shown(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	f := mustFinder(h)
	first := f.find(catalogue.Query{Text: "红楼梦"}).Hits[0]
	if first.Copies != 2 || first.OnShelf != 2 || first.Place != "二层 文学区" || first.Cover != "covers/1.jpg" || !first.Fresh {
		t.Fatalf("shown: %+v", first)
	}
	lend := func(barcode string, state library.ItemState) {
		cmd := h.command()
		_, err := h.records.Do(context.Background(), cmd, "test", func(tx *records.Tx) (records.Outcome, error) {
			it, err := tx.ItemByBarcode(barcode)
			if err != nil {
				return records.Outcome{}, err
			}
			it.State = state
			return records.Outcome{Code: "done"}, tx.PutItem(it)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	lend("B00001", library.ItemDamaged)
	if got := f.find(catalogue.Query{Text: "红楼梦"}).Hits[0]; got.OnShelf != 1 {
		t.Errorf("after one copy went: %d on the shelf", got.OnShelf)
	}
	lend("B00002", library.ItemLost)
	if got := f.find(catalogue.Query{Text: "红楼梦"}).Hits[0]; got.OnShelf != 0 {
		t.Errorf("after both went: %d on the shelf", got.OnShelf)
	}
	shelved := func() []string { return f.titles(catalogue.Query{Text: "红楼梦", OnShelf: true}) }
	f.until("the filter leaves it out", func() bool { return len(shelved()) == 0 })
	lend("B00002", library.ItemAvailable)
	f.until("the filter has it again", func() bool { return slices.Equal(shelved(), []string{"红楼梦"}) })
}

func TestAccept_L30_a_title_s_page_tells_everything(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	f := mustFinder(h)
	id := f.find(catalogue.Query{Text: "xiyouji"}).Hits[0].ID
	v, err := f.Title(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	want := []catalogue.Copy{{State: catalogue.CopyOnSite}, {Branch: "west", State: catalogue.CopyOnShelf}}
	if !slices.Equal(v.Copies, want) {
		t.Errorf("copies %+v", v.Copies)
	}
	var around []string
	for _, n := range slices.Concat(v.Before, v.After) {
		around = append(around, n.Title)
	}
	if !slices.Equal(around, []string{"红楼梦", "红楼梦魇", "Treasure Island"}) {
		t.Errorf("neighbours %v", around)
	}
	if _, err := f.Title(context.Background(), "k1-none"); !errors.Is(err, catalogue.ErrTitleUnknown) {
		t.Errorf("no such title: %v", err)
	}
	if title, err := f.TitleOf(context.Background(), "B00005"); err != nil || title != id {
		t.Errorf("title of a copy: %q, %v", title, err)
	}
}

func TestAccept_L30_shelves_tell_what_can_be_browsed(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	f := mustFinder(h)
	s := f.Shelves()
	classes := map[string]int{}
	for _, c := range s.Classes {
		classes[c.Class] = c.Titles
	}
	if s.Titles != 5 || s.Fresh != 5 || classes["I"] != 4 || classes["I2"] != 3 || classes["I5"] != 1 {
		t.Errorf("shelves %+v", s)
	}
	if want := []catalogue.LanguageCount{{Code: "chi", Titles: 4}, {Code: "eng", Titles: 1}}; !slices.Equal(s.Languages, want) {
		t.Errorf("languages %v", s.Languages)
	}
}

func TestAccept_L32_the_index_follows_every_change(t *testing.T) {
	h := mustHouse(t)
	f := mustFinder(h)
	mustPut(h, shelf[0])
	f.until("a new title", func() bool { return slices.Equal(f.titles(catalogue.Query{Text: "hlm"}), []string{"红楼梦"}) })
	renamed := shelf[0]
	renamed.Title.ID = f.find(catalogue.Query{Text: "hlm"}).Hits[0].ID
	renamed.Title.Subtitle = "脂砚斋重评石头记"
	mustPut(h, renamed)
	f.until("its new subtitle", func() bool { return slices.Equal(f.titles(catalogue.Query{Text: "shitouji"}), []string{"红楼梦"}) })
}

func TestAccept_L32_lists_of_copies_that_are_lost_are_made_again_at_the_next_start(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	h.loseKeys("ic1:")
	f := mustFinder(h) // as after a start
	v, err := f.Title(context.Background(), f.find(catalogue.Query{Text: "hlm"}).Hits[0].ID)
	if err != nil || len(v.Copies) != 2 {
		t.Errorf("copies %+v, %v", v.Copies, err)
	}
	if !strings.Contains(f.log.String(), "made anew") {
		t.Errorf("the log does not tell: %s", f.log)
	}
	if counts := h.mustBeClean(); counts["copies"] != 7 {
		t.Errorf("%d copies are listed, want 7", counts["copies"])
	}
}

func TestAccept_L32_a_library_of_before_the_lists_is_searched_when_they_are_made(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	h.loseKeys("ic1:")
	h.loseKeys("me1:derived")
	f := mustFinder(h)
	if hit := f.find(catalogue.Query{Text: "hlm"}).Hits[0]; hit.Copies != 2 || hit.OnShelf != 2 {
		t.Errorf("shown %+v", hit)
	}
}

func TestAccept_L32_a_copy_that_cannot_be_read_spoils_nothing_else(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	broken := h.mustItem("B00001")
	whole := h.breakKey("it1:" + broken.ID)
	f := mustFinder(h)
	if hit := f.find(catalogue.Query{Text: "hlm"}).Hits[0]; hit.Copies != 1 {
		t.Errorf("shown %+v", hit)
	}
	if strings.Contains(f.log.String(), "made anew") {
		t.Errorf("the lists were made anew for nothing: %s", f.log)
	}
	mustPut(h, catalogue.Holding{Title: library.Title{Title: "后来的书"}})
	f.until("what comes later is found", func() bool { return len(f.titles(catalogue.Query{Text: "houlai"})) == 1 })
	whole()
}

func TestAccept_L32_while_the_index_is_filled_an_isbn_is_found_and_the_rest_says_so(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, shelf...)
	f := catalogue.NewFinder(catalogue.FinderOptions{Records: h.records})
	p, err := f.Find(context.Background(), catalogue.Query{Text: isbn(1), Limit: 5})
	if err != nil || len(p.Hits) != 1 || p.Hits[0].Title != "红楼梦" || p.Filling == nil {
		t.Errorf("by ISBN: %+v, %v", p, err)
	}
	p, err = f.Find(context.Background(), catalogue.Query{Text: "红楼梦", Limit: 5})
	if err != nil || len(p.Hits) != 0 || p.Filling == nil {
		t.Errorf("by title: %+v, %v", p, err)
	}
}

func TestFind_marks_count_as_the_page_does(t *testing.T) {
	h := mustHouse(t)
	mustPut(h, catalogue.Holding{Title: library.Title{Title: "𠮷野家的红楼梦"}})
	f := mustFinder(h)
	hit := f.find(catalogue.Query{Text: "hongloumeng"}).Hits[0]
	if want := []catalogue.Mark{{From: 5, To: 8}}; !slices.Equal(hit.Marks, want) {
		t.Errorf("marks %v, want %v", hit.Marks, want)
	}
}

func TestAccept_L30_a_collection_that_moved_in_is_not_new(t *testing.T) {
	h := mustHouse(t)
	var file []byte
	for n := range 520 {
		file = append(file, book(n, barcode(n))...)
	}
	h.mustImport(file)
	f := mustFinder(h)
	if s := f.Shelves(); s.Fresh != 0 || s.Titles != 520 {
		t.Errorf("shelves: %d new of %d", s.Fresh, s.Titles)
	}
	if got := f.find(catalogue.Query{Fresh: true}); got.Total != 0 {
		t.Errorf("new: %d", got.Total)
	}
}
