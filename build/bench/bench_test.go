package main

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shuting/app/store"
	"shuting/app/store/badgerstore"
)

func TestQuantile(t *testing.T) {
	for _, c := range []struct {
		values []float64
		q      float64
		want   float64
	}{
		{[]float64{7}, .5, 7},
		{[]float64{3, 1, 2}, .5, 2},
		{[]float64{4, 1, 3, 2}, .5, 2.5},
		{[]float64{1, 2, 3, 4, 5}, .25, 2},
		{[]float64{1, 2}, .99, 1.99},
		{[]float64{5, 9, 1}, 0, 1},
		{[]float64{5, 9, 1}, 1, 9},
	} {
		if got := quantileOf(c.values, c.q); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("quantile %v of %v: %v, want %v", c.q, c.values, got, c.want)
		}
	}
	if got := quantileOf(nil, .5); !math.IsNaN(got) {
		t.Errorf("of nothing: %v", got)
	}
	unsorted := []time.Duration{30, 10, 20}
	if got := quantile(unsorted, .5); got != 20 || unsorted[0] != 30 {
		t.Errorf("median %v, and the series became %v", got, unsorted)
	}
}

func TestAccept_L18_a_ratio_compares_medians_and_shows_how_far_stretches_wander(t *testing.T) {
	a := []time.Duration{20, 20, 20, 20, 40, 40}
	b := []time.Duration{10, 10, 10, 10, 10, 10}
	if got, want := ratio(a, b, 3), (spread{Value: 2, Low: 2, High: 4}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := ratio(a[:1], b[:1], 5); got != (spread{2, 2, 2}) {
		t.Errorf("of one pair: %+v", got)
	}
}

func TestCountingStore_keeps_what_the_last_commit_wrote_and_nothing_else(t *testing.T) {
	engine, err := badgerstore.Open(badgerstore.Options{Dir: filepath.Join(t.TempDir(), "library")})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	c := &countingStore{Store: engine}
	ctx := context.Background()
	update := func(fn func(store.Tx) error) error { return c.Update(ctx, fn) }
	err = update(func(tx store.Tx) error {
		return errors.Join(tx.Set([]byte("ab"), []byte("12345")), tx.Set([]byte("c"), nil), tx.Delete([]byte("gone")))
	})
	if err != nil {
		t.Fatal(err)
	}
	check := func(when string, commits int) {
		t.Helper()
		ws, size := c.Last()
		if len(ws) != 3 || size != 2+5+1+4 || c.Commits() != commits {
			t.Fatalf("%s: %d writes, %d bytes, %d commits", when, len(ws), size, c.Commits())
		}
		if !bytes.Equal(ws[0].Key, []byte("ab")) || !bytes.Equal(ws[0].Value, []byte("12345")) || !ws[2].Delete {
			t.Fatalf("%s: %+v", when, ws)
		}
	}
	check("after a commit", 1)
	refused := errors.New("no")
	if err := update(func(tx store.Tx) error { return errors.Join(tx.Set([]byte("x"), nil), refused) }); !errors.Is(err, refused) {
		t.Fatal(err)
	}
	check("after a refused one", 1)
	if err := update(func(tx store.Tx) error { _, err := tx.Get([]byte("ab")); return err }); err != nil {
		t.Fatal(err)
	}
	check("after one that only read", 1)
	err = c.View(ctx, func(tx store.Tx) error {
		v, err := tx.Get([]byte("ab"))
		if string(v) != "12345" {
			t.Errorf("the store holds %q", v)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestReadTrace_counts_syncs_between_the_marks_by_file(t *testing.T) {
	trace := strings.Join([]string{
		`10 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 7</d/00001.mem>, 0) = 0x7f00`,
		`10 mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_SHARED, 8</d/000001.vlog>, 0 <unfinished ...>`,
		`11 fsync(9</d/before>) = 0`,
		`10 <... mmap resumed>) = 0x8f00`,
		`10 unlinkat(AT_FDCWD</>, "/d/` + markBegin + `", 0) = -1 ENOENT (No such file or directory)`,
		`11 msync(0x8f00, 4096, MS_SYNC) = 0`,
		`11 msync(0x7f00, 4096, MS_SYNC <unfinished ...>`,
		`12 fdatasync(9</d/watermark> <unfinished ...>`,
		`11 <... msync resumed>) = 0`,
		`12 <... fdatasync resumed>) = 0`,
		`12 mremap(0x7f00, 4096, 8192, MREMAP_MAYMOVE) = 0x9f00`,
		`11 msync(0x9f00, 8192, MS_SYNC) = 0`,
		`10 unlinkat(AT_FDCWD</>, "/d/` + markEnd + `", 0) = -1 ENOENT (No such file or directory)`,
		`11 fsync(9</d/after>) = 0`,
	}, "\n")
	got, err := readTrace(strings.NewReader(trace))
	if err != nil {
		t.Fatal(err)
	}
	want := syncCalls{"msync 00001.mem": 2, "msync 000001.vlog": 1, "fdatasync watermark": 1}
	if got.total() != want.total() || len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for name, n := range want {
		if got[name] != n {
			t.Errorf("%s: %d, want %d", name, got[name], n)
		}
	}
	if _, err := readTrace(strings.NewReader(trace[:strings.Index(trace, markEnd)])); err == nil {
		t.Error("half a trace was taken for a whole one")
	}
}

func TestFootprint_counts_a_page_of_a_file_once_in_the_tree(t *testing.T) {
	first := `00400000-00500000 r-xp 00000000 fe:00 77 /lib/engine.so
Rss:                 100 kB
Pss:                  25 kB
Anonymous:             0 kB
VmFlags: rd ex
00600000-00700000 rw-p 00000000 00:00 0
Rss:                  40 kB
Pss:                  40 kB
Anonymous:            40 kB
`
	second := `7f400000-7f500000 r-xp 00000000 fe:00 77 /lib/engine.so
Rss:                 120 kB
Pss:                  30 kB
Anonymous:            20 kB
7f600000-7f700000 r--p 00100000 fe:00 77 /lib/engine.so
Rss:                   8 kB
Pss:                   8 kB
Anonymous:             0 kB
`
	f := footprint{files: map[string]int{}}
	for _, text := range []string{first, second} {
		if err := readMappings(strings.NewReader(text), f.take); err != nil {
			t.Fatal(err)
		}
	}
	shared := 0
	for _, bytes := range f.files {
		shared += bytes
	}
	if f.RSS != 268<<10 || f.PSS != 103<<10 || f.Alone != 60<<10 || shared != 108<<10 {
		t.Errorf("RSS %d, PSS %d, anonymous %d, files %d kB", f.RSS>>10, f.PSS>>10, f.Alone>>10, shared>>10)
	}
}

func TestAccept_L18_the_report_replaces_only_what_lies_between_its_lines(t *testing.T) {
	path := filepath.Join(t.TempDir(), "performance.md")
	if err := os.WriteFile(path, []byte("before\n"+pageBegin+"\nold numbers\n"+pageEnd+"\nafter\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := report{rows: []row{
		{What: "slow", Yardstick: "quick", Ratio: spread{2, 1.9, 2.1}, Aim: atMost(1.5), Why: "because"},
		{What: "many", Yardstick: "one", Ratio: spread{3.5, 3.5, 3.5}, Aim: atLeast(3), Why: "never told"},
		{What: "for information", Yardstick: "x", Ratio: spread{9, 9, 9}, Why: "never told"},
	}}
	if err := r.writeInto(path); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	for _, want := range []string{"before\n" + pageBegin, "| slow | quick |  | 2.00 (1.90–2.10) | ≤ 1.5 | **missed** |", "| ≥ 3 | met |", "because", pageEnd + "\nafter\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	for _, not := range []string{"old numbers", "never told"} {
		if strings.Contains(page, not) {
			t.Errorf("the page holds %q", not)
		}
	}
	if err := os.WriteFile(path, []byte("no lines"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := r.writeInto(path); err == nil {
		t.Error("a page without the lines was overwritten")
	}
}
