package records

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"shuting/app/store"
)

func TestAccept_L08_waiting_changes_share_one_durable_commit(t *testing.T) {
	w := &watched{Store: mustOpenStore(t, t.TempDir())}
	r := mustOpen(t, w)
	var changes []change
	for i := range 50 {
		changes = append(changes, change{name: fmt.Sprint("c", i), fn: addOne("n")})
	}
	before := w.commits.Load()
	for i, a := range together(t, r, changes...) {
		if a.err != nil {
			t.Errorf("change %d: %v", i, a.err)
		}
		if want := uint64(i + 2); a.done.Seq != want { // 1 kept the writer busy
			t.Errorf("change %d has sequence %d, want %d: they run in the order of arrival", i, a.done.Seq, want)
		}
	}
	// 1 for the change that kept the writer busy; 50 changes of three keys each
	// need two commits of at most store.MaxWrites.
	if got := w.commits.Load() - before; got != 3 {
		t.Errorf("%d commits, want 3", got)
	}
	wantCount(t, r, "n", 50)
	wantClean(t, r)
}

func TestRepeatsAndRefusalsCommitNothing(t *testing.T) {
	w := &watched{Store: mustOpenStore(t, t.TempDir())}
	r := mustOpen(t, w)
	mustDo(t, r, "a", addOne("n"))
	before := w.commits.Load()
	mustDo(t, r, "a", addOne("n"))
	if _, err := r.Do(context.Background(), command("b"), "test", func(*Tx) (Outcome, error) { return Outcome{}, errors.New("no") }); err == nil {
		t.Error("the error is lost")
	}
	if got := w.commits.Load() - before; got != 0 {
		t.Errorf("%d commits, want none", got)
	}
}

func TestOneFailingChangeHurtsNoOther(t *testing.T) {
	r, _ := mustNew(t)
	no := errors.New("no")
	fails := map[string]func(*Tx) error{
		"error": func(t *Tx) error { return errors.Join(addOne("bad")(t), no) },
		"panic": func(t *Tx) error {
			if err := addOne("bad")(t); err != nil {
				return err
			}
			var counts []int
			return errors.New(fmt.Sprint("张三", counts[len("张三")]))
		},
		"panic with words": func(*Tx) error { panic("card 130203 of 张三") },
		"reserved key":     func(t *Tx) error { return errors.Join(addOne("bad")(t), t.s.Set([]byte{0, 1}, nil)) },
		"refusal that is ignored": func(t *Tx) error {
			for _, refused := range []error{t.s.Set(nil, nil), t.s.Set([]byte("se1:x"), make([]byte, store.MaxValueBytes+1)),
				t.s.Delete(nil), t.s.Delete([]byte(strings.Repeat("k", store.MaxKeyBytes+1)))} {
				if refused == nil {
					return errors.New("it was not refused")
				}
			}
			return addOne("bad")(t)
		},
		"reserved read that is ignored": func(t *Tx) error {
			if _, err := t.s.Get(nil); !errors.Is(err, store.ErrReserved) {
				return err
			}
			return addOne("bad")(t)
		},
		"reserved scan that is ignored": func(t *Tx) error {
			if err := t.s.Scan(store.Range{Prefix: []byte{0}}, nil); !errors.Is(err, store.ErrReserved) {
				return err
			}
			return addOne("bad")(t)
		},
	}
	n := 0
	for name, fn := range fails {
		t.Run(name, func(t *testing.T) {
			got := together(t, r, change{name: name + "1", fn: addOne("good")}, change{name: name, fn: fn}, change{name: name + "2", fn: addOne("good")})
			n += 2
			if got[0].err != nil || got[2].err != nil {
				t.Errorf("its neighbours: %v, %v", got[0].err, got[2].err)
			}
			if got[1].err == nil {
				t.Error("it came back without an error")
			} else if strings.Contains(got[1].err.Error(), "张三") {
				t.Errorf("the error tells personal data: %v", got[1].err)
			}
			wantCount(t, r, "good", n)
			wantCount(t, r, "bad", 0)
			wantClean(t, r)
		})
	}
}

func putMany(n int) func(*Tx) error {
	return func(t *Tx) error {
		for i := range n {
			if err := t.PutSetting(fmt.Sprintf("many-%03d", i), i); err != nil {
				return err
			}
		}
		return nil
	}
}

func TestAccept_L09_too_large_a_change_is_refused_whole(t *testing.T) {
	const own = 3 // head, ledger entry, command index
	blob := func(parts int) func(*Tx) error {
		return func(t *Tx) error {
			for i := range parts {
				if err := t.PutSetting(fmt.Sprint("many-blob", i), make([]byte, 250<<10)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	for _, c := range []struct {
		name string
		fn   func(*Tx) error
		fits bool
	}{
		{"as many keys as fit", putMany(store.MaxWrites - own), true},
		{"one key too many", putMany(store.MaxWrites - own + 1), false},
		{"as many bytes as fit", blob(4), true},
		{"too many bytes", blob(5), false},
		{"one value too large", func(t *Tx) error { return t.PutSetting("many-value", make([]byte, store.MaxValueBytes)) }, false},
	} {
		for _, at := range []string{"alone", "first", "amid others"} {
			t.Run(c.name+"/"+at, func(t *testing.T) {
				r, s := mustNew(t)
				neighbours := map[string][]change{"alone": nil,
					"first":       {{name: "y", fn: addOne("n")}, {name: "z", fn: addOne("n")}},
					"amid others": {{name: "x", fn: addOne("n")}, {name: "y", fn: addOne("n")}}}[at]
				large := change{name: "large", fn: c.fn}
				changes := append([]change{large}, neighbours...)
				if at == "amid others" {
					changes = append(append([]change{}, neighbours[0], large), neighbours[1])
				}
				for i, a := range together(t, r, changes...) {
					switch {
					case changes[i].name != "large" && a.err != nil:
						t.Errorf("its neighbour %s: %v", changes[i].name, a.err)
					case changes[i].name == "large" && c.fits && a.err != nil:
						t.Errorf("it fits, but: %v", a.err)
					case changes[i].name == "large" && !c.fits && !errors.Is(a.err, store.ErrTooLarge):
						t.Errorf("it does not fit: got %v, want ErrTooLarge", a.err)
					}
				}
				wantCount(t, r, "n", len(neighbours))
				some := false
				err := s.View(context.Background(), func(tx store.Tx) error {
					return tx.Scan(store.Range{Prefix: key(spaceSetting, "many-"), Limit: 1}, func(_, _ []byte) error { some = true; return nil })
				})
				if err != nil || some != c.fits {
					t.Errorf("some of it is there: %v (%v), want %v", some, err, c.fits)
				}
				wantClean(t, r)
			})
		}
	}
}

func TestChangesThatDoNotFitTogetherGoIntoSeveralCommits(t *testing.T) {
	w := &watched{Store: mustOpenStore(t, t.TempDir())}
	r := mustOpen(t, w)
	before := w.commits.Load()
	got := together(t, r, change{name: "a", fn: putMany(60)}, change{name: "b", fn: putMany(60)}, change{name: "c", fn: putMany(100)},
		change{name: "d", fn: addOne("n")}, change{name: "e", fn: addOne("n")})
	for i, a := range got {
		if a.err != nil || a.done.Seq != uint64(i+2) {
			t.Errorf("change %d: sequence %d (%v)", i, a.done.Seq, a.err)
		}
	}
	if got := w.commits.Load() - before; got != 4 { // busy, a, b, c+d+e
		t.Errorf("%d commits, want 4", got)
	}
	wantClean(t, r)
}

func TestAccept_L09_a_change_runs_again_when_another_writer_came_between(t *testing.T) {
	s := mustOpenStore(t, t.TempDir())
	w := &watched{Store: s}
	r := mustOpen(t, w)
	mustDo(t, r, "a", addOne("n"))
	before := w.runs.Load()
	interfered := false
	d := mustDo(t, r, "b", func(t *Tx) error {
		if err := addOne("n")(t); err != nil {
			return err
		}
		if interfered {
			return nil
		}
		interfered = true
		return s.Update(context.Background(), func(tx store.Tx) error {
			return (&Tx{s: tx}).PutSetting("n", 41)
		})
	})
	if runs := w.runs.Load() - before; runs != 2 {
		t.Errorf("it ran %d times, want 2", runs)
	}
	wantCount(t, r, "n", 42)
	if all := entries(t, r); len(all) != 2 || all[1].Seq != d.Seq {
		t.Errorf("the ledger has %d entries, want 2", len(all))
	}
	wantClean(t, r)
}

// doubled runs every closure twice, as a store does after a conflict: the first
// run is thrown away.
type doubled struct{ store.Store }

func (d doubled) Update(ctx context.Context, fn func(store.Tx) error) error {
	again := errors.New("again")
	err := d.Store.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return again
	})
	if !errors.Is(err, again) {
		return err
	}
	return d.Store.Update(ctx, fn)
}

func TestAccept_L09_a_closure_run_twice_does_nothing_twice(t *testing.T) {
	r := mustOpen(t, doubled{mustOpenStore(t, t.TempDir())})
	var runs atomic.Int64
	counted := func(t *Tx) error { runs.Add(1); return addOne("n")(t) }
	mustDo(t, r, "a", counted)
	got := together(t, r, change{name: "b", fn: counted}, change{name: "large", fn: putMany(200)}, change{name: "c", fn: counted}, change{name: "b", fn: counted})
	if got[0].err != nil || got[2].err != nil || got[3].err != nil || !got[3].done.Replayed || !errors.Is(got[1].err, store.ErrTooLarge) {
		t.Errorf("got %+v", got)
	}
	if runs.Load() != 6 {
		t.Errorf("the closures ran %d times, want 6: the test shows nothing", runs.Load())
	}
	wantCount(t, r, "n", 3)
	if n := len(entries(t, r)); n != 4 { // a, busy, b, c
		t.Errorf("the ledger has %d entries, want 4", n)
	}
	wantClean(t, r)
}

func TestAFailingStoreFailsEveryWaitingChangeAndRecordsNone(t *testing.T) {
	s := mustOpenStore(t, t.TempDir())
	f := &failing{Store: s}
	r := mustOpen(t, f)
	f.err.Store(&store.ErrNoSpace)
	var all sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		all.Go(func() {
			_, err := r.Do(context.Background(), command(name), "test", func(t *Tx) (Outcome, error) {
				return Outcome{Code: "done"}, addOne("n")(t)
			})
			if !errors.Is(err, store.ErrNoSpace) {
				t.Errorf("change %s: %v, want ErrNoSpace", name, err)
			}
		})
	}
	all.Wait()
	f.err.Store(nil)
	wantCount(t, r, "n", 0)
	mustDo(t, r, "a", addOne("n"))
	wantCount(t, r, "n", 1)
	wantClean(t, r)
}

// failing refuses commits with err after the closure ran.
type failing struct {
	store.Store
	err atomic.Pointer[error]
}

func (f *failing) Update(ctx context.Context, fn func(store.Tx) error) error {
	return f.Store.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		if err := f.err.Load(); err != nil {
			return *err
		}
		return nil
	})
}
