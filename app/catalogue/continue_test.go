package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"testing"

	"shuting/app/catalogue"
	"shuting/app/library"
	"shuting/app/records"
)

// breaking is a file whose reading fails once it has been read so far for the
// importing itself; going back in it mends it.
type breaking struct {
	*bytes.Reader
	after int64
}

var errPulled = errors.New("card pulled out")

func (b *breaking) Read(p []byte) (int, error) {
	if at := b.Size() - int64(b.Len()); at >= b.after {
		return 0, errPulled
	}
	return b.Reader.Read(p[:min(len(p), 4096)])
}

// breakOff imports a part of the file and returns how many records are in.
func (h *house) breakOff(file []byte, name string, after int64, o catalogue.ImportOptions) int {
	h.Helper()
	sum, err := h.service.Import(context.Background(), &breaking{bytes.NewReader(file), after}, name, o, nil)
	if !errors.Is(err, errPulled) {
		h.Fatalf("error: %v", err)
	}
	if sum.Read == 0 || sum.Before != 0 {
		h.Fatalf("broken off with %+v", sum)
	}
	return sum.Read
}

func manyBooks(from, to int) []byte {
	var file []byte
	for n := from; n < to; n++ {
		file = append(file, book(n, barcode(n))...)
	}
	return file
}

func TestAccept_L25_an_import_that_was_broken_off_continues_where_it_was(t *testing.T) {
	h := mustHouse(t)
	file := joined(book(1), []byte("junk\x1d"), manyBooks(2, 1500))
	in := h.breakOff(file, "a.mrc", int64(len(file)/2), catalogue.ImportOptions{})
	var told []catalogue.Progress
	var listed []catalogue.Listed
	began := h.now
	sum, err := h.service.Import(context.Background(), bytes.NewReader(file), "a.mrc",
		catalogue.ImportOptions{Listed: func(l catalogue.Listed) { listed = append(listed, l) }}, func(p catalogue.Progress) { told = append(told, p) })
	if err != nil {
		t.Fatal(err)
	}
	if sum.Read != 1500 || sum.Before+sum.Skipped < in-200 || sum.Before == 0 || sum.New != 1499-in+1 || sum.Unchanged > 200 || sum.Skipped != 1 {
		t.Errorf("broken off after %d, then %+v", in, sum)
	}
	if len(listed) != 1 || listed[0].Number != 2 {
		t.Errorf("the report of the second run misses what the first could not read: %+v", listed)
	}
	last := told[len(told)-1]
	if last.Records != 1500 || last.Before != sum.Before+sum.Skipped || last.Elapsed >= h.now.Sub(began) || last.Skipped == 0 {
		t.Errorf("progress %+v", last)
	}
	if counts := h.mustBeClean(); counts["titles"] != 1499 || counts["items"] != 1498 {
		t.Errorf("in the end %v", counts)
	}
	if sum := h.mustImport(file); sum.Before != 0 || sum.Unchanged != 1499 {
		t.Errorf("a finished import is compared as a whole: %+v", sum)
	}
}

func TestAccept_L25_continuing_is_right_when_something_changed(t *testing.T) {
	file := manyBooks(0, 1000)
	fixed := bytes.Replace(file, []byte("样本出版社"), []byte("例子出版社"), 1) // of the same length, near the beginning
	for name, c := range map[string]struct {
		again []byte
		name  string
		how   catalogue.ImportOptions
		skips bool
	}{
		"the same":          {file, "a.mrc", catalogue.ImportOptions{}, true},
		"the file":          {fixed, "a.mrc", catalogue.ImportOptions{}, false},
		"its length":        {joined(file, book(1000)), "a.mrc", catalogue.ImportOptions{}, false},
		"its name":          {file, "b.mrc", catalogue.ImportOptions{}, false},
		"how it is read":    {file, "a.mrc", catalogue.ImportOptions{Branches: map[string]string{"LIB": "east"}}, false},
		"its source's name": {file, "a.mrc", catalogue.ImportOptions{Source: "cnmarc"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			h := mustHouse(t)
			in := h.breakOff(file, "a.mrc", int64(len(file)/2), catalogue.ImportOptions{})
			sum, err := h.service.Import(context.Background(), bytes.NewReader(c.again), c.name, c.how, nil)
			if err != nil {
				t.Fatal(err)
			}
			if (sum.Before > 0) != c.skips || sum.Before > in {
				t.Errorf("after %d: %+v", in, sum)
			}
			if name == "the file" && sum.Updated != 1 {
				t.Errorf("the change did not come in: %+v", sum)
			}
			if counts := h.mustBeClean(); counts["titles"] != bytes.Count(c.again, []byte{0x1D}) {
				t.Errorf("in the end %v", counts)
			}
		})
	}
}

func TestAccept_L25_every_kind_of_file_continues(t *testing.T) {
	rows := table()[:1]
	asXML := "<c>"
	for n := range 800 {
		rows = append(rows, []string{fmt.Sprint(n), fmt.Sprintf("测试图书第%d号", n), "", isbn(n), "", "", "", "", barcode(n), ""})
		asXML += xmlRecord(n, barcode(n))
	}
	for name, file := range map[string][]byte{"csv": []byte(csvFile(rows, ",")), "xml": []byte(asXML + "</c>"), "xlsx": xlsxFile(t, rows)} {
		t.Run(name, func(t *testing.T) {
			h := mustHouse(t)
			ctx, stop := context.WithCancel(context.Background())
			first, err := h.service.Import(ctx, bytes.NewReader(file), name, catalogue.ImportOptions{}, func(p catalogue.Progress) {
				if p.Records > 100 {
					stop()
				}
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("%+v, %v", first, err)
			}
			second, err := h.service.Import(context.Background(), bytes.NewReader(file), name, catalogue.ImportOptions{}, nil)
			if err != nil || second.Before != first.Read || second.New != 800-first.Read || second.Unchanged+second.Updated != 0 {
				t.Errorf("first %+v\nsecond %+v, %v", first, second, err)
			}
		})
	}
}

func TestImport_keeps_bookmarks_of_the_last_imports_only(t *testing.T) {
	h := mustHouse(t)
	file := manyBooks(0, 400)
	for n := range 10 {
		more := append(slices.Clone(file), manyBooks(1000+400*n, 1400+400*n)...)
		h.breakOff(more, fmt.Sprintf("%d.mrc", n), int64(len(more)-2000), catalogue.ImportOptions{})
	}
	var kept []map[string]any
	h.view(func(tx *records.Tx) error { return tx.Setting("imports", &kept) })
	if len(kept) != 8 {
		t.Errorf("%d bookmarks", len(kept))
	}
}

func TestAccept_L24_two_records_of_one_title_in_a_file_do_not_rewrite_each_other(t *testing.T) {
	one := record("nam0", false, field{"001", "7"}, field{"010", "  $a" + isbn(7)}, field{"200", "1 $a样本书$f张甲著"}, field{"905", "  $b1000001$c一楼"})
	two := record("nam0", false, field{"001", "7"}, field{"010", "  $a" + isbn(7)}, field{"200", "1 $a样本书$e修订$f李乙著"}, field{"905", "  $b1000002$c二楼"})
	rows := "title,isbn,author,barcode\nBridge," + isbn(8) + ",Ann,B1000003\nRiver," + isbn(9) + ",Otto,B1000004\nBridge," + isbn(8) + ",,B1000005\n"
	for name, c := range map[string]struct {
		file    []byte
		control string
		author  string
		items   []string
	}{
		"control number, in one change":   {joined(one, two), "cnmarc:7", "张甲", []string{"1000001", "1000002"}},
		"control number, far apart":       {joined(one, manyBooks(100, 900), two), "cnmarc:7", "张甲", []string{"1000001", "1000002"}},
		"control number, the other first": {joined(two, manyBooks(100, 900), one), "cnmarc:7", "李乙", []string{"1000001", "1000002"}},
		"isbn and title in a table":       {[]byte(rows), "", "Ann", []string{"B1000003", "B1000005"}},
	} {
		t.Run(name, func(t *testing.T) {
			h := mustHouse(t)
			first := h.mustImport(c.file)
			if first.Reasons[catalogue.DescribedBefore] != 1 || first.Updated != 0 {
				t.Fatalf("first: %+v", first)
			}
			ledger := len(h.entries())
			for range 2 {
				if again := h.mustImport(c.file); again.Updated+again.New+again.ItemsUpdated+again.ItemsNew != 0 || again.Reasons[catalogue.DescribedBefore] != 1 {
					t.Errorf("again: %+v", again)
				}
			}
			if n := len(h.entries()); n != ledger {
				t.Errorf("%d more changes", n-ledger)
			}
			var title library.Title
			h.view(func(tx *records.Tx) (err error) { title, err = tx.Title(h.mustItem(c.items[0]).TitleID); return err })
			if title.Author != c.author || h.mustItem(c.items[1]).TitleID != title.ID {
				t.Errorf("title %+v", title)
			}
		})
	}
}

func TestAccept_L24_a_corrected_file_describes_a_title_anew(t *testing.T) {
	h := mustHouse(t)
	h.mustImport([]byte("title,isbn,author\nBridge," + isbn(8) + ",Ann\n"))
	if sum := h.mustImport([]byte("title,isbn,author\nBridge," + isbn(8) + ",Ann Ferry\n")); sum.Updated != 1 || sum.New != 0 {
		t.Errorf("corrected: %+v", sum)
	}
	marc21 := record("nam ", false, field{"001", "x8"}, field{"020", "  $a" + isbn(8)}, field{"100", "1 $aFerry, Ann."}, field{"245", "10$aBridge."})
	if sum := h.mustImport(marc21); sum.Updated != 1 || sum.New != 0 {
		t.Errorf("by a catalogue with control numbers: %+v", sum)
	}
	if sum := h.mustImport([]byte("title,isbn,author,barcode\nBridge," + isbn(8) + ",A.,B1000001\n")); sum.Joined != 1 || sum.ItemsNew != 1 || sum.Updated != 0 {
		t.Errorf("the table again: %+v", sum)
	}
	if title := h.mustTitle("marc21:x8"); title.Author != "Ferry, Ann." {
		t.Errorf("title %+v", title)
	}
}

// allocated is what has been allocated since the program began, which tells how
// much was read on a machine that is busy with other things too.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// A filler number on every title: each new one must not read all before it.
func TestAccept_L24_an_isbn_on_thousands_of_titles_merges_nothing_and_slows_nothing(t *testing.T) {
	h := mustHouse(t)
	const titles = 3000
	filler := []byte("title,isbn,barcode\n")
	plain := bytes.Clone(filler)
	for n := range titles {
		filler = fmt.Appendf(filler, "Book number %d,%s,%s\n", n, isbn(9999), barcode(n))
		plain = fmt.Appendf(plain, "Other book %d,%s,%s\n", n, isbn(n), barcode(n+10_000))
	}
	use := func(file []byte, what func(catalogue.Summary) int) uint64 {
		t.Helper()
		before := allocated()
		if sum := h.mustImport(file); what(sum) != titles || sum.Joined != 0 {
			t.Fatalf("%+v", sum)
		}
		return allocated() - before
	}
	added := func(s catalogue.Summary) int { return s.New }
	usual := use(plain, added)
	first := use(filler, added)
	again := use(filler, func(s catalogue.Summary) int { return min(s.Unchanged, s.ItemsUnchanged) })
	// Reading all titles before it would take 20 times as much.
	if first > 4*usual || again > 4*usual {
		t.Errorf("%d and %d MiB were read and written; for titles with numbers of their own it is %d", first>>20, again>>20, usual>>20)
	}
}

// endless makes books without end and notes the heap on the way.
type endless struct {
	left, next int
	rest       []byte
	every      int
	peaks      []uint64
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		if e.left == 0 {
			return 0, io.EOF
		}
		if e.next%e.every == e.every-1 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			e.peaks = append(e.peaks, m.HeapAlloc)
		}
		e.left, e.next = e.left-1, e.next+1
		e.rest = book(e.next)
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func TestAccept_L25_a_dry_run_of_a_file_20_times_larger_holds_no_more(t *testing.T) {
	service := catalogue.New(catalogue.Options{})
	most := func(records int) uint64 {
		file := &endless{left: records, every: records / 20}
		n := 0
		err := service.Preview(context.Background(), file, catalogue.ImportOptions{}, records+1, func(catalogue.Sample) { n++ })
		if err != nil || n != records {
			t.Fatalf("%d samples, %v", n, err)
		}
		return slices.Max(file.peaks)
	}
	if small, large := most(2000), most(40_000); large > small+2<<20 {
		t.Errorf("%d KiB for 2,000 records, %d KiB for 40,000", small>>10, large>>10)
	}
}
