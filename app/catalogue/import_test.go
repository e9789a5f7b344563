package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"shuting/app/catalogue"
	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
)

func TestAccept_L12_titles_and_items_come_in_with_what_lending_needs(t *testing.T) {
	h := mustHouse(t)
	sum := h.mustImport(joined(book(1, barcode(1), barcode(2)), book(2)))
	if sum.New != 2 || sum.ItemsNew != 2 || sum.Skipped != 0 {
		t.Fatalf("summary: %+v", sum)
	}
	title := h.mustTitle("cnmarc:000001")
	want := library.Title{ID: title.ID, Control: "cnmarc:000001", Title: "测试图书第1号", Subtitle: "导入程序的样本", AltTitles: []string{}, Author: "编写组",
		Authors: []string{"编写组"}, Publisher: "样本出版社", Year: "2026", ISBNs: []string{isbn(1)}, Class: "G254",
		CallNumber: "G254/1", Subjects: []string{"图书馆-目录"}, Language: "chi",
		Added: library.Date{Year: 2026, Month: time.March, Day: 2}}
	if !reflect.DeepEqual(title, want) {
		t.Errorf("title\n got %+v\nwant %+v", title, want)
	}
	item := h.mustItem(barcode(2))
	if want := (library.Item{ID: item.ID, Barcode: barcode(2), TitleID: title.ID, Branch: "main", At: "main", Type: library.Book,
		State: library.ItemAvailable, CallNumber: "G254/1", Place: "二楼"}); item != want {
		t.Errorf("item\n got %+v\nwant %+v", item, want)
	}
	if !strings.HasPrefix(item.ID, "k1-") || !strings.HasPrefix(title.ID, "k1-") {
		t.Errorf("ids %s, %s do not begin with the kiosk's", title.ID, item.ID)
	}
}

// anonymous records have no control number, and all but the first no ISBN either.
func anonymous() []byte {
	return joined(
		record("nam ", false, field{"020", "  $a" + isbn(71)}, field{"245", "10$aA sample with an ISBN /$cby nobody."}, field{"949", "  $iB0000071"}),
		record("nam ", false, field{"245", "10$aA sample without any number."}, field{"260", "  $bNowhere,$c1999."}, field{"949", "  $iB0000072"}),
		record("nam ", false, field{"245", "10$aAnother without any number."}, field{"260", "  $bNowhere,$c1999."}, field{"949", "  $iB0000073"}),
	)
}

func TestAccept_L12_the_same_file_again_doubles_nothing_and_writes_nothing(t *testing.T) {
	h := mustHouse(t)
	file := anonymous()
	for n := range 60 {
		file = append(file, book(n, barcode(2*n+100), barcode(2*n+101))...)
	}
	first := h.mustImport(file)
	before, ledger := h.mustBeClean(), len(h.entries())
	if first.New != 63 || first.ItemsNew != 123 || before["titles"] != 63 || before["items"] != 123 {
		t.Fatalf("first import: %+v, in the store %v", first, before)
	}
	second := h.mustImport(file)
	if second.Unchanged != 63 || second.ItemsUnchanged != 123 || second.New+second.Updated+second.ItemsNew+second.ItemsUpdated != 0 {
		t.Errorf("second import: %+v", second)
	}
	if after := h.mustBeClean(); !reflect.DeepEqual(after, before) {
		t.Errorf("store after the second import: %v, before: %v", after, before)
	}
	if n := len(h.entries()); n != ledger {
		t.Errorf("the second import made %d ledger entries", n-ledger)
	}
}

func TestAccept_L12_gb18030_and_utf8_bring_in_identical_titles(t *testing.T) {
	var utf8File, gbFile []byte
	for n := range 20 {
		utf8File = append(utf8File, bookIn(false, n, barcode(n))...)
		gbFile = append(gbFile, bookIn(true, n, barcode(n))...)
	}
	if bytes.Equal(utf8File, gbFile) {
		t.Fatal("the files are the same")
	}
	a, b := mustHouse(t), mustHouse(t)
	a.mustImport(utf8File)
	b.mustImport(gbFile)
	for n := range 20 {
		control := fmt.Sprintf("cnmarc:%06d", n)
		x, y := a.mustTitle(control), b.mustTitle(control)
		x.ID, y.ID = "", ""
		if !reflect.DeepEqual(x, y) {
			t.Errorf("%s\nUTF-8   %+v\nGB18030 %+v", control, x, y)
		}
	}
	if sum := a.mustImport(gbFile); sum.Unchanged != 20 || sum.ItemsUnchanged != 20 {
		t.Errorf("GB18030 over UTF-8: %+v", sum)
	}
}

func TestAccept_L12_a_corrected_record_updates_its_title(t *testing.T) {
	h := mustHouse(t)
	old := record("nam0", false, field{"001", "9"}, field{"200", "1 $a样本书$f张甲著"}, field{"690", "  $aI247"}, field{"905", "  $b9000001$dI247$e1$c一楼"})
	corrected := record("nam0", false, field{"001", "9"}, field{"010", "  $a" + isbn(9)}, field{"200", "1 $a样本书大全$f张甲著"},
		field{"905", "  $b9000001$dI24$e2$c二楼"}, field{"905", "  $b9000002$dI24$e2$c二楼"})
	h.mustImport(old)
	before := h.mustTitle("cnmarc:9")
	sum := h.mustImport(corrected)
	if sum.Updated != 1 || sum.ItemsUpdated != 1 || sum.ItemsNew != 1 {
		t.Fatalf("summary: %+v", sum)
	}
	after := h.mustTitle("cnmarc:9")
	if after.ID != before.ID || after.Title != "样本书大全" || after.Class != "" || len(after.ISBNs) != 1 {
		t.Errorf("title: %+v", after)
	}
	if item := h.mustItem("9000001"); item.Place != "二楼" || item.CallNumber != "I24/2" {
		t.Errorf("item: %+v", item)
	}
}

func TestAccept_L12_skipped_records_are_listed_with_number_offset_reason_and_title(t *testing.T) {
	h := mustHouse(t)
	good, nameless := book(1, barcode(1)), record("nam0", false, field{"001", "2"}, field{"690", "  $aG2"})
	reused := record("nam ", false, field{"001", "x1"}, field{"245", "10$aEverything else /$cA. Nother."}, field{"260", "  $c1950."}, field{"949", "  $iB0000077"})
	first := record("nam ", false, field{"001", "x1"}, field{"245", "10$aA beginning /$cO. Ne."}, field{"260", "  $c1999."})
	broken := []byte("00026nam0 22      \x1d")
	file := joined(good, nameless, broken, first, reused, book(3, barcode(1), barcode(3)))
	var listed []catalogue.Listed
	sum, err := h.service.Import(context.Background(), bytes.NewReader(file), "a.mrc",
		catalogue.ImportOptions{Listed: func(l catalogue.Listed) { listed = append(listed, l) }}, nil)
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		Number int
		Offset int64
		What   catalogue.What
		Reason catalogue.Reason
		Title  string
	}
	var got []line
	for _, l := range listed {
		got = append(got, line{l.Number, l.Offset, l.What, l.Reason, l.Title})
		if l.Detail == "" || l.File != "a.mrc" {
			t.Errorf("says too little: %+v", l)
		}
	}
	at := func(parts ...[]byte) int64 { return int64(len(joined(parts...))) }
	want := []line{
		{2, at(good), "record", "title_missing", ""},
		{3, at(good, nameless), "record", "record_too_short", ""},
		{5, at(good, nameless, broken, first), "record", catalogue.ControlReused, "Everything else"},
		{6, at(good, nameless, broken, first, reused), "item", catalogue.BarcodeElsewhere, "测试图书第3号"},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("listed\n got %v\nwant %v", got, want)
	}
	if sum.Read != 6 || sum.New != 3 || sum.Skipped != 3 || sum.ItemsNew != 2 || sum.ItemsRefused != 1 {
		t.Errorf("summary: %+v", sum)
	}
	if title := h.mustTitle("marc21:x1"); title.Title != "A beginning" {
		t.Errorf("a reused control number rewrote the title: %q", title.Title)
	}
	if item := h.mustItem(barcode(1)); item.TitleID != h.mustTitle("cnmarc:000001").ID {
		t.Error("a barcode was moved to another title")
	}
}

func TestAccept_L12_several_titles_share_a_change_and_each_is_whole(t *testing.T) {
	h := mustHouse(t)
	var file []byte
	for n := range 300 {
		file = append(file, book(n, barcode(3*n), barcode(3*n+1), barcode(3*n+2))...)
	}
	h.mustImport(file)
	entries := h.entries()
	if len(entries) > 300/7 {
		t.Errorf("300 titles took %d changes", len(entries))
	}
	seen := map[string]bool{}
	for _, e := range entries {
		for _, id := range e.Subjects {
			if seen[id] {
				t.Errorf("title %s is spread over several changes", id)
			}
			seen[id] = true
		}
		if e.Operation != "catalogue" || e.Actor != "system" || e.Outcome != "done" {
			t.Errorf("ledger entry: %+v", e)
		}
	}
	if len(seen) != 300 {
		t.Errorf("the ledger names %d titles", len(seen))
	}
}

// stopping ends ctx when so many bytes have been read.
type stopping struct {
	in    io.Reader
	after int
	stop  func()
}

func (s *stopping) Read(p []byte) (int, error) {
	n, err := s.in.Read(p[:min(len(p), 4096)])
	if s.after -= n; s.after < 0 {
		s.stop()
	}
	return n, err
}

func TestAccept_L12_a_cancelled_import_is_consistent_and_continues(t *testing.T) {
	h := mustHouse(t)
	var file []byte
	for n := range 2000 {
		file = append(file, book(n, barcode(n))...)
	}
	ctx, cancel := context.WithCancel(context.Background())
	sum, err := h.service.Import(ctx, &stopping{bytes.NewReader(file), len(file) / 2, cancel}, "big.mrc", catalogue.ImportOptions{}, nil)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error: %v", err)
	}
	in := h.mustBeClean()["titles"]
	if sum.Read != in || in == 0 || in >= 2000 {
		t.Fatalf("%d told as read, %d in the store", sum.Read, in)
	}
	if again := h.mustImport(file); again.Unchanged != in || again.New != 2000-in {
		t.Errorf("continued after %d: %+v", in, again)
	}
}

func TestAccept_L12_a_full_disk_stops_the_import_and_keeps_what_is_in(t *testing.T) {
	h := mustHouse(t)
	var file []byte
	for n := range 1000 {
		file = append(file, book(n, barcode(n))...)
	}
	full := &stopping{bytes.NewReader(file), len(file) / 2, func() { h.commits = 0 }}
	sum, err := h.service.Import(context.Background(), full, "big.mrc", catalogue.ImportOptions{}, nil)
	if !errors.Is(err, store.ErrNoSpace) {
		t.Fatalf("error: %v", err)
	}
	if in := h.mustBeClean()["titles"]; in != sum.Read || in == 0 {
		t.Errorf("%d told as read, %d in the store", sum.Read, in)
	}
	h.commits = 1 << 20
	h.mustImport(file)
	if in := h.mustBeClean()["titles"]; in != 1000 {
		t.Errorf("%d titles after there was room again", in)
	}
}

func TestImport_progress_ends_with_everything(t *testing.T) {
	h := mustHouse(t)
	var file []byte
	for n := range 1500 {
		file = append(file, book(n)...)
	}
	var told []catalogue.Progress
	_, err := h.service.Import(context.Background(), bytes.NewReader(file), "p.mrc",
		catalogue.ImportOptions{Size: int64(len(file))}, func(p catalogue.Progress) { told = append(told, p) })
	if err != nil {
		t.Fatal(err)
	}
	if len(told) < 3 {
		t.Fatalf("told %d times", len(told))
	}
	if !slices.IsSortedFunc(told, func(a, b catalogue.Progress) int { return int(a.Reached - b.Reached) }) {
		t.Error("progress went back")
	}
	last := told[len(told)-1]
	if last.Records != 1500 || last.Reached != int64(len(file)) || last.Rate() <= 0 || last.Left() != 0 {
		t.Errorf("last progress: %+v", last)
	}
	half := catalogue.Progress{Records: 100, Reached: 50, Total: 200, Elapsed: 10 * time.Second}
	if half.Rate() != 10 || half.Left() != 30*time.Second || half.String() != "100 records, 25 %, 10 per second, 30s left" {
		t.Errorf("%v: rate %v, left %v", half, half.Rate(), half.Left())
	}
}

func TestImport_takes_barcodes_by_the_pattern_of_the_library(t *testing.T) {
	h := mustHouse(t, func(o *catalogue.Options) { o.ItemPattern = regexp.MustCompile(`^LB\d{3}$`) })
	sum := h.mustImport(book(1, "LB001", "B0000001"))
	if sum.ItemsNew != 1 || sum.Reasons["barcode_rejected"] != 1 {
		t.Errorf("summary: %+v", sum)
	}
	h.mustItem("LB001")
}

func TestImport_gives_items_the_branch_that_their_code_stands_for(t *testing.T) {
	h := mustHouse(t)
	file := joined(
		record("nam0", false, field{"001", "1"}, field{"200", "1 $a甲"}, field{"905", "  $aBUS$b1000001"}, field{"905", "  $aXX$b1000002"}))
	_, err := h.service.Import(context.Background(), bytes.NewReader(file), "b.mrc",
		catalogue.ImportOptions{Branches: map[string]string{"BUS": "bus"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := h.mustItem("1000001"), h.mustItem("1000002"); a.Branch != "bus" || a.At != "bus" || b.Branch != "main" {
		t.Errorf("branches %q at %q, %q", a.Branch, a.At, b.Branch)
	}
}

func TestImport_keeps_apart_what_two_catalogues_number_alike(t *testing.T) {
	h := mustHouse(t)
	one := func(agency, title string) []byte {
		return record("nam ", false, field{"001", "5"}, field{"003", agency}, field{"245", "10$a" + title}, field{"260", "  $c19" + fmt.Sprint(50+len(title))})
	}
	if sum := h.mustImport(joined(one("OCoLC", "One book"), one("(DLC)", "Quite another"))); sum.New != 2 {
		t.Fatalf("summary: %+v", sum)
	}
	if a, b := h.mustTitle("marc21.OCoLC:5"), h.mustTitle("marc21.DLC:5"); a.Title != "One book" || b.Title != "Quite another" {
		t.Errorf("titles %q, %q", a.Title, b.Title)
	}
	sum, err := h.service.Import(context.Background(), bytes.NewReader(one("OCoLC", "A third")), "c.mrc", catalogue.ImportOptions{Source: "donation"}, nil)
	if err != nil || sum.New != 1 || h.mustTitle("donation:5").Title != "A third" {
		t.Errorf("under a name of its own: %+v, %v", sum, err)
	}
}

func TestImport_reports_a_broken_input_and_keeps_what_was_read(t *testing.T) {
	h := mustHouse(t)
	failed := errors.New("card pulled out")
	in := io.MultiReader(bytes.NewReader(joined(book(1), book(2))), &failing{failed})
	sum, err := h.service.Import(context.Background(), in, "usb.mrc", catalogue.ImportOptions{}, nil)
	if !errors.Is(err, failed) {
		t.Fatalf("error: %v", err)
	}
	if in := h.mustBeClean()["titles"]; in != 2 || sum.New != 2 {
		t.Errorf("%d titles, summary %+v", in, sum)
	}
}

type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func TestImport_splits_a_title_with_300_items(t *testing.T) {
	h := mustHouse(t)
	var codes []string
	for n := range 300 {
		codes = append(codes, barcode(1000+n))
	}
	file := joined(book(1, barcode(1)), book(2, codes...), book(3, barcode(3)))
	if sum := h.mustImport(file); sum.New != 3 || sum.ItemsNew != 302 {
		t.Fatalf("summary: %+v", sum)
	}
	title := h.mustTitle("cnmarc:000002")
	var about int
	for _, e := range h.entries() {
		if slices.Contains(e.Subjects, title.ID) {
			about++
		}
	}
	if about < 7 || about > 9 {
		t.Errorf("the big title took %d changes", about)
	}
	if sum := h.mustImport(file); sum.Unchanged != 3 || sum.ItemsUnchanged != 302 {
		t.Errorf("again: %+v", sum)
	}
	h.view(func(tx *records.Tx) error {
		for _, c := range codes {
			if it, err := tx.ItemByBarcode(c); err != nil || it.TitleID != title.ID {
				t.Errorf("item %s: title %s, %v", c, it.TitleID, err)
			}
		}
		return nil
	})
}
