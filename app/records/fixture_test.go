package records

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/store"
	"shuting/app/store/badgerstore"
)

// patience is how long a test waits for something that must happen.
const patience = 30 * time.Second

const kiosk = "k1"

var (
	noon    = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	sealKey = bytes.Repeat([]byte{7}, 32)
)

func mustOpenStore(tb testing.TB, dir string) *badgerstore.Store {
	tb.Helper()
	s, err := badgerstore.Open(badgerstore.Options{Dir: filepath.Join(dir, "data"),
		FreeSpace: func(string) (uint64, error) { return 1 << 40, nil }})
	if err != nil {
		tb.Fatalf("open the store: %v", err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("close the store: %v", err)
		}
	})
	return s
}

func mustOpen(tb testing.TB, s store.Store) *Records {
	tb.Helper()
	return mustOpenAs(tb, s, kiosk)
}

func mustOpenAs(tb testing.TB, s store.Store, kiosk string) *Records {
	tb.Helper()
	r, err := Open(context.Background(), Options{Store: s, SealKey: sealKey, Kiosk: kiosk})
	if err != nil {
		tb.Fatalf("open the records: %v", err)
	}
	tb.Cleanup(r.Close)
	return r
}

func mustNew(tb testing.TB) (*Records, *badgerstore.Store) {
	tb.Helper()
	s := mustOpenStore(tb, tb.TempDir())
	return mustOpen(tb, s), s
}

// command makes ids that are easy to tell apart: k1-a, k1-b, …
func command(name string) library.Command {
	return library.Command{ID: kiosk + "-" + name, Visit: "v1", Actor: "patron", At: noon}
}

func mustDo(tb testing.TB, r *Records, name string, fn func(*Tx) error) Done {
	tb.Helper()
	d, err := r.Do(context.Background(), command(name), "test", func(t *Tx) (Outcome, error) {
		return Outcome{Code: "done", Result: name}, fn(t)
	})
	if err != nil {
		tb.Fatalf("%s: %v", name, err)
	}
	return d
}

func mustView(tb testing.TB, r *Records, fn func(*Tx) error) {
	tb.Helper()
	if err := r.View(context.Background(), fn); err != nil {
		tb.Fatal(err)
	}
}

func mustUpdate(tb testing.TB, s store.Store, fn func(store.Tx) error) {
	tb.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		tb.Fatal(err)
	}
}

// wantClean proves every invariant.
func wantClean(tb testing.TB, r *Records) Report {
	tb.Helper()
	rep, err := r.Check(context.Background(), nil)
	if err != nil {
		tb.Fatalf("check: %v", err)
	}
	if !rep.Clean() {
		tb.Fatalf("check found:\n%s", strings.Join(rep.Findings, "\n"))
	}
	return rep
}

func entries(tb testing.TB, r *Records) []Entry {
	tb.Helper()
	var all []Entry
	if err := r.Ledger(context.Background(), 0, 0, func(e Entry) error { all = append(all, e); return nil }); err != nil {
		tb.Fatal(err)
	}
	return all
}

// addOne raises a counter that a test keeps as a setting.
func addOne(name string) func(*Tx) error {
	return func(t *Tx) error {
		n := 0
		if err := t.Setting(name, &n); err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		return t.PutSetting(name, n+1)
	}
}

func wantCount(tb testing.TB, r *Records, name string, want int) {
	tb.Helper()
	n := 0
	mustView(tb, r, func(t *Tx) error {
		if err := t.Setting(name, &n); !errors.Is(err, ErrNotFound) {
			return err
		}
		return nil
	})
	if n != want {
		tb.Errorf("%s counts %d, want %d", name, n, want)
	}
}

// watched counts what reaches the store.
type watched struct {
	store.Store
	commits atomic.Int64 // Updates that wrote something and came back without an error
	runs    atomic.Int64 // runs of their closures
}

func (w *watched) Update(ctx context.Context, fn func(store.Tx) error) error {
	wrote := false
	err := w.Store.Update(ctx, func(tx store.Tx) error {
		w.runs.Add(1)
		wrote = false
		return fn(writeSpy{tx, &wrote})
	})
	if err == nil && wrote {
		w.commits.Add(1)
	}
	return err
}

type writeSpy struct {
	store.Tx
	wrote *bool
}

func (s writeSpy) Set(k, v []byte) error { *s.wrote = true; return s.Tx.Set(k, v) }
func (s writeSpy) Delete(k []byte) error { *s.wrote = true; return s.Tx.Delete(k) }

// change is one request for together.
type change struct {
	name string
	ctx  context.Context // nil = Background
	fn   func(*Tx) error
}

type answer struct {
	done Done
	err  error
}

// busy tells the changes that keep the writer busy apart.
var busy atomic.Int64

// queue keeps the writer busy until release is called and lets the changes wait
// behind it in this order, so that they are gathered into one batch.
func queue(t *testing.T, r *Records, changes ...change) (release func(), wait func() []answer) {
	t.Helper()
	begun, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	var all sync.WaitGroup
	all.Go(func() {
		_, err := r.Do(context.Background(), command(fmt.Sprint("busy", busy.Add(1))), "test", func(*Tx) (Outcome, error) {
			once.Do(func() { close(begun) })
			<-goOn
			return Outcome{Code: "done"}, nil
		})
		if err != nil {
			t.Errorf("the change that keeps the writer busy: %v", err)
		}
	})
	select {
	case <-begun:
	case <-time.After(patience):
		t.Fatal("the change that keeps the writer busy did not begin")
	}
	answers := make([]answer, len(changes))
	for i, c := range changes {
		if c.ctx == nil {
			c.ctx = context.Background()
		}
		all.Go(func() {
			answers[i].done, answers[i].err = r.Do(c.ctx, command(c.name), "test", func(t *Tx) (Outcome, error) {
				return Outcome{Code: "done", Result: c.name}, c.fn(t)
			})
		})
		until(t, fmt.Sprintf("change %d waits", i), func() bool { return len(r.queue) == i+1 })
	}
	return sync.OnceFunc(func() { close(goOn) }), func() []answer { all.Wait(); return answers }
}

// together runs changes as one batch.
func together(t *testing.T, r *Records, changes ...change) []answer {
	t.Helper()
	release, wait := queue(t, r, changes...)
	release()
	return wait()
}

func until(tb testing.TB, what string, holds func() bool) {
	tb.Helper()
	for end := time.Now().Add(patience); !holds(); runtime.Gosched() {
		if time.Now().After(end) {
			tb.Fatalf("in vain: %s", what)
		}
	}
}
