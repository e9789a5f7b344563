package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"shuting/app/catalogue"
	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
	"shuting/app/store/badgerstore"
)

var start = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// house is a real library in a temporary folder.
type house struct {
	testing.TB
	store   store.Store
	records *records.Records
	service *catalogue.Service
	commits int // how often the disk will still have room
	now     time.Time
}

// mustHouse opens a library and proves at the end of the test that it is
// consistent.
func mustHouse(tb testing.TB, change ...func(*catalogue.Options)) *house {
	tb.Helper()
	return mustHouseIn(tb, tb.TempDir(), change...)
}

func mustHouseIn(tb testing.TB, dir string, change ...func(*catalogue.Options)) *house {
	tb.Helper()
	h := &house{TB: tb, commits: 1 << 20, now: start}
	s, rec, err := openLibrary(dir, h.free)
	if err != nil {
		tb.Fatal(err)
	}
	h.store, h.records = s, rec
	o := catalogue.Options{Records: h.records, Branch: "main", Clock: h.clock}
	for _, c := range change {
		c(&o)
	}
	h.service = catalogue.New(o)
	tb.Cleanup(func() {
		h.mustBeClean()
		h.records.Close()
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return h
}

func (h *house) free(string) (uint64, error) {
	if h.commits--; h.commits < 0 {
		return 0, nil
	}
	return 1 << 40, nil
}

func openLibrary(dir string, free func(string) (uint64, error)) (*badgerstore.Store, *records.Records, error) {
	s, err := badgerstore.Open(badgerstore.Options{Dir: filepath.Join(dir, "data"), KeysDir: filepath.Join(dir, "keys"), FreeSpace: free})
	if err != nil {
		return nil, nil, err
	}
	rec, err := records.Open(context.Background(), records.Options{Store: s, SealKey: s.SealKey(), Kiosk: "k1"})
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return s, rec, nil
}

// clock moves a little with every look, so that ids and rates differ.
func (h *house) clock() time.Time {
	h.now = h.now.Add(time.Millisecond)
	return h.now
}

func (h *house) command() library.Command {
	at := h.clock()
	return library.Command{ID: records.NewID("k1", at), Actor: "system", At: at}
}

// loseKeys removes every key with a prefix, past all rules.
func (h *house) loseKeys(prefix string) {
	h.Helper()
	err := h.store.Update(context.Background(), func(tx store.Tx) error {
		return tx.Scan(store.Range{Prefix: []byte(prefix)}, func(k, _ []byte) error { return tx.Delete(k) })
	})
	if err != nil {
		h.Fatal(err)
	}
}

// breakKey makes a record unreadable and gives the way to mend it.
func (h *house) breakKey(key string) (mend func()) {
	h.Helper()
	put := func(v []byte) (old []byte) {
		err := h.store.Update(context.Background(), func(tx store.Tx) (err error) {
			if old, err = tx.Get([]byte(key)); err != nil {
				return err
			}
			return tx.Set([]byte(key), v)
		})
		if err != nil {
			h.Fatal(err)
		}
		return old
	}
	whole := put([]byte{1, 0xff})
	return func() { put(whole) }
}

func (h *house) mustBeClean() map[string]int {
	h.Helper()
	rep, err := h.records.Check(context.Background(), nil)
	if err != nil {
		h.Fatal(err)
	}
	if !rep.Clean() {
		h.Fatalf("library not consistent: %v", rep.Findings)
	}
	return rep.Counts
}

func (h *house) mustImport(file []byte) catalogue.Summary {
	h.Helper()
	sum, err := h.service.Import(context.Background(), bytes.NewReader(file), "test.mrc", catalogue.ImportOptions{}, nil)
	if err != nil {
		h.Fatal(err)
	}
	if sum.Read != sum.New+sum.Updated+sum.Unchanged+sum.Skipped {
		h.Fatalf("the summary does not add up: %+v", sum)
	}
	return sum
}

func (h *house) mustPut(source string, holding catalogue.Holding) catalogue.Change {
	h.Helper()
	c, err := h.service.Put(context.Background(), h.command(), source, holding)
	if err != nil {
		h.Fatal(err)
	}
	return c
}

func (h *house) mustTitle(control string) library.Title {
	h.Helper()
	var title library.Title
	h.view(func(t *records.Tx) (err error) { title, err = t.TitleByControl(control); return err })
	return title
}

func (h *house) mustItem(barcode string) library.Item {
	h.Helper()
	var item library.Item
	h.view(func(t *records.Tx) (err error) { item, err = t.ItemByBarcode(barcode); return err })
	return item
}

func (h *house) view(fn func(*records.Tx) error) {
	h.Helper()
	if err := h.records.View(context.Background(), fn); err != nil {
		h.Fatal(err)
	}
}

// entries are the ledger so far.
func (h *house) entries() (entries []records.Entry) {
	h.Helper()
	err := h.records.Ledger(context.Background(), 0, 0, func(e records.Entry) error { entries = append(entries, e); return nil })
	if err != nil {
		h.Fatal(err)
	}
	return entries
}

// isbn makes the nth number of a registrant that publishes nothing.
func isbn(n int) string {
	body := fmt.Sprintf("97979999%04d", n)
	sum := 0
	for i := range 12 {
		sum += int(body[i]-'0') * (1 + 2*(i%2))
	}
	return body + string(rune('0'+(10-sum%10)%10))
}

// field is a tag with its content: plain for control fields, else two
// indicators and subfields written with '$' before each code.
type field struct{ tag, content string }

// record writes one ISO 2709 record. leader holds positions 5 to 8.
func record(leader string, gb bool, fields ...field) []byte {
	var directory, data bytes.Buffer
	for _, f := range fields {
		content := strings.ReplaceAll(f.content, "$", "\x1f")
		if gb {
			encoded, err := simplifiedchinese.GB18030.NewEncoder().String(content)
			if err != nil {
				panic(err)
			}
			content = encoded
		}
		fmt.Fprintf(&directory, "%s%04d%05d", f.tag, len(content)+1, data.Len())
		data.WriteString(content + "\x1e")
	}
	base := 24 + directory.Len() + 1
	whole := base + data.Len() + 1
	out := fmt.Appendf(nil, "%05d%s 22%05d   450 ", whole, leader, base)
	out = append(out, directory.Bytes()...)
	out = append(out, 0x1e)
	out = append(out, data.Bytes()...)
	return append(out, 0x1d)
}

// book is a CNMARC record of a book that nobody wrote.
func book(n int, barcodes ...string) []byte { return bookIn(false, n, barcodes...) }

func bookIn(gb bool, n int, barcodes ...string) []byte {
	fields := []field{
		{"001", fmt.Sprintf("%06d", n)},
		{"010", "  $a" + isbn(n) + "$dCNY20.00"},
		{"100", "  $a20260101d2026    em y0chiy50      ea"},
		{"101", "0 $achi"},
		{"200", fmt.Sprintf("1 $a测试图书第%d号$e导入程序的样本$f编写组著", n)},
		{"210", "  $a唐山$c样本出版社$d2026"},
		{"606", "0 $a图书馆$x目录"},
		{"690", "  $aG254$v5"},
	}
	for _, b := range barcodes {
		fields = append(fields, field{"905", fmt.Sprintf("  $aLIB$b%s$dG254$e%d$c二楼", b, n)})
	}
	return record("nam0", gb, fields...)
}

func barcode(n int) string { return fmt.Sprintf("B%07d", n) }

func joined(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
