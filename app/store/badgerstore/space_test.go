package badgerstore

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"shuting/app/store"
)

// disk is a place for a library that can be filled up to the last byte.
type disk struct {
	dir   string
	fill  func(tb testing.TB)
	clear func(tb testing.TB)
	free  func(string) (uint64, error)
}

// pretended is a disk of which only the free space is made up.
func pretended(tb testing.TB) disk {
	var free atomic.Uint64
	free.Store(1 << 40)
	return disk{
		dir:   tb.TempDir(),
		fill:  func(testing.TB) { free.Store(0) },
		clear: func(testing.TB) { free.Store(1 << 40) },
		free:  func(string) (uint64, error) { return free.Load(), nil },
	}
}

func (d disk) options() Options {
	return Options{Dir: filepath.Join(d.dir, "data"), MinFreeBytes: LeastFreeBytes, FreeSpace: d.free}
}

// fillFile writes a file until nothing is free.
func fillFile(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	block := []byte(strings.Repeat("x", 1<<20))
	for len(block) > 0 {
		if _, err := f.Write(block); err != nil {
			block = block[:len(block)/2] // down to the last bytes
		}
	}
	return errors.Join(f.Sync(), f.Close())
}

// lendUntilRefused shows the whole life of a store on a disk that fills up while
// it is written: refusal instead of death, reading goes on, what was
// acknowledged is there, and work resumes when there is room again.
func lendUntilRefused(t *testing.T, d disk) {
	s := mustOpen(t, d.options())
	var done atomic.Int64
	var refusal error
	var writer sync.WaitGroup
	writer.Go(func() {
		for n := 1; ; n++ {
			if refusal = set(s, fmt.Sprintf("loan/%05d", n), strings.Repeat("v", 2000)); refusal != nil {
				return
			}
			done.Store(int64(n))
		}
	})
	waitFor(t, func() bool { return done.Load() >= 20 })
	d.fill(t)
	writer.Wait()
	if !errors.Is(refusal, store.ErrNoSpace) {
		t.Fatalf("on a full disk Update answers %v, want ErrNoSpace", refusal)
	}
	if h := s.Health(); !h.NoSpace || h.Err != nil || h.MinFreeBytes != LeastFreeBytes {
		t.Errorf("health does not say it: %+v", h)
	}
	acknowledged := int(done.Load())
	all := func(s *Store) {
		t.Helper()
		for n := 1; n <= acknowledged; n++ {
			mustHave(t, s, fmt.Sprintf("loan/%05d", n), strings.Repeat("v", 2000))
		}
		if _, err := get(s, fmt.Sprintf("loan/%05d", acknowledged+1)); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("the refused commit is there (%v)", err)
		}
	}
	all(s)
	// An Update that only reads needs no room.
	if err := s.Update(ctx, func(tx store.Tx) error { _, err := tx.Get([]byte("loan/00001")); return err }); err != nil {
		t.Errorf("reading in an Update: %v", err)
	}
	d.clear(t)
	if s.Health().NoSpace {
		t.Error("health still complains")
	}
	mustSet(t, s, "after", "x")
	mustClose(t, s)
	s = mustOpen(t, d.options())
	all(s)
	mustHave(t, s, "after", "x")
	mustClose(t, s)
	t.Logf("%d commits acknowledged before the disk was full, all there", acknowledged)
}

// closeOnFull ends a process on a full disk, which must neither die nor lose
// anything, and a start there is refused until there is room.
func closeOnFull(t *testing.T, d disk, arg string) {
	lines, killed := startChild(t, "fulldisk", arg).rest(t)
	if killed || len(lines) == 0 || lines[len(lines)-1] != "closed" {
		t.Fatalf("the child did not survive the full disk: %q", lines)
	}
	d.fill(t)
	before := fingerprints(t, d.options())
	_, err := Open(d.options())
	refusedWith(t, err, CodeNoSpace)
	mustBeUnchanged(t, d.options(), before)
	d.clear(t)
	s := mustOpen(t, d.options())
	for n := range 50 {
		mustHave(t, s, fmt.Sprintf("loan/%05d", n), "v")
	}
	mustClose(t, s)
}

// childFillsDisk writes, fills the disk and closes. arg is the folder of the
// disk, with "pretend " before it when only the free space is to be made up.
func childFillsDisk(arg string) error {
	dir, pretend := strings.CutPrefix(arg, "pretend ")
	o := disk{dir: dir}.options()
	free := freeSpace
	o.FreeSpace = func(dir string) (uint64, error) { return free(dir) }
	if pretend {
		free = plenty
	}
	s, err := Open(o)
	if err != nil {
		return err
	}
	for n := range 50 {
		if err := set(s, fmt.Sprintf("loan/%05d", n), "v"); err != nil {
			return err
		}
	}
	if pretend {
		free = func(string) (uint64, error) { return 0, nil }
	} else if err := fillFile(filepath.Join(dir, "filler")); err != nil {
		return err
	}
	if err := set(s, "one/more", "v"); !errors.Is(err, store.ErrNoSpace) {
		return fmt.Errorf("on a full disk Update answers %w", err)
	}
	if err := s.Close(); err != nil {
		return err
	}
	say("closed")
	return nil
}

func TestAccept_L11_a_floor_of_free_space_stops_writing_and_not_reading(t *testing.T) {
	lendUntilRefused(t, pretended(t))
	d := pretended(t)
	closeOnFull(t, d, "pretend "+d.dir)
}

func TestAccept_L11_a_floor_too_low_to_be_safe_is_refused(t *testing.T) {
	o := newOptions(t)
	o.MinFreeBytes = LeastFreeBytes - 1
	if s, err := Open(o); err == nil {
		mustClose(t, s)
		t.Error("a floor under the least is accepted")
	}
	if LeastFreeBytes < 2*(memTableSize+valueLogFileSize) || DefaultMinFreeBytes < LeastFreeBytes {
		t.Error("the floors do not cover the engine's files")
	}
}

func TestFreeSpaceUnknownStopsWriting(t *testing.T) {
	o := newOptions(t)
	var broken atomic.Bool
	o.FreeSpace = func(string) (uint64, error) {
		if broken.Load() {
			return 0, errors.New("no answer")
		}
		return 1 << 40, nil
	}
	s := mustOpen(t, o)
	broken.Store(true)
	if err := set(s, "k", "v"); !errors.Is(err, store.ErrNoSpace) {
		t.Errorf("got %v, want ErrNoSpace", err)
	}
	if h := s.Health(); !h.NoSpace || h.Err == nil {
		t.Errorf("health: %+v", h)
	}
	broken.Store(false)
	mustSet(t, s, "k", "v")
	mustClose(t, s)
}
