package records

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"shuting/app/library"
)

func TestExactlyOnce(t *testing.T) {
	dir := t.TempDir()
	s := mustOpenStore(t, dir)
	r := mustOpen(t, s)

	wantReplay := func(t *testing.T, r *Records, first Done) {
		t.Helper()
		again, err := r.Do(context.Background(), command("a"), "test", func(*Tx) (Outcome, error) {
			t.Error("a known command was run")
			return Outcome{}, nil
		})
		if err != nil || !again.Replayed || again.Seq != first.Seq || again.Outcome != "done" {
			t.Errorf("repeat: %+v, %v; want the recorded %d", again, err, first.Seq)
		}
		var result string
		if err := again.Result(&result); err != nil || result != "a" {
			t.Errorf("repeat: result %q (%v), want the recorded one", result, err)
		}
	}

	first := mustDo(t, r, "a", addOne("n"))
	if first.Replayed {
		t.Error("the first run says that it is a repeat")
	}
	t.Run("a repeat gets the recorded result and writes nothing", func(t *testing.T) {
		wantReplay(t, r, first)
		wantCount(t, r, "n", 1)
		if got := len(entries(t, r)); got != 1 {
			t.Errorf("the ledger has %d entries, want 1", got)
		}
	})
	t.Run("a repeat for another operation is refused", func(t *testing.T) {
		_, err := r.Do(context.Background(), command("a"), "another", func(*Tx) (Outcome, error) { return Outcome{}, nil })
		if !errors.Is(err, ErrReused) {
			t.Errorf("got %v, want ErrReused", err)
		}
	})
	t.Run("a command that failed may be tried again", func(t *testing.T) {
		broken := errors.New("broken")
		_, err := r.Do(context.Background(), command("f"), "test", func(t *Tx) (Outcome, error) {
			if err := addOne("f")(t); err != nil {
				return Outcome{}, err
			}
			return Outcome{}, broken
		})
		if !errors.Is(err, broken) || !errors.Is(err, ErrNotDone) {
			t.Errorf("got %v, want the closure's own error, marked as not done", err)
		}
		wantCount(t, r, "f", 0)
		mustDo(t, r, "f", addOne("f"))
		wantCount(t, r, "f", 1)
	})
	t.Run("of many at once one runs", func(t *testing.T) {
		var all sync.WaitGroup
		var mu sync.Mutex
		fresh := 0
		for range 40 {
			all.Go(func() {
				d := mustDo(t, r, "c", addOne("c"))
				mu.Lock()
				defer mu.Unlock()
				if !d.Replayed {
					fresh++
				}
			})
		}
		all.Wait()
		if fresh != 1 {
			t.Errorf("%d ran, want 1", fresh)
		}
		wantCount(t, r, "c", 1)
	})
	t.Run("twice in one commit one runs", func(t *testing.T) {
		got := together(t, r, change{name: "m", fn: addOne("m")}, change{name: "other", fn: addOne("o")}, change{name: "m", fn: addOne("m")})
		if got[0].err != nil || got[2].err != nil || got[0].done.Replayed || !got[2].done.Replayed || got[0].done.Seq != got[2].done.Seq {
			t.Errorf("got %+v", got)
		}
		wantCount(t, r, "m", 1)
	})
	t.Run("a refusal is a result too", func(t *testing.T) {
		refuse := func(*Tx) (Outcome, error) {
			return Outcome{Code: "refused", Result: []string{"loan_limit"}}, nil
		}
		if _, err := r.Do(context.Background(), command("r"), "test", refuse); err != nil {
			t.Fatal(err)
		}
		d, err := r.Do(context.Background(), command("r"), "test", refuse)
		var codes []string
		if err != nil || !d.Replayed || d.Outcome != "refused" || d.Result(&codes) != nil || len(codes) != 1 || codes[0] != "loan_limit" {
			t.Errorf("got %+v %v (%v)", d, codes, err)
		}
	})
	t.Run("after a restart it is still known", func(t *testing.T) {
		r.Close()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		r := mustOpen(t, mustOpenStore(t, dir))
		wantReplay(t, r, first)
		wantCount(t, r, "n", 1)
		wantClean(t, r)
	})
}

func TestARepeatAfterTheKioskGotAnotherIDFindsItsEntry(t *testing.T) {
	s := mustOpenStore(t, t.TempDir())
	r := mustOpen(t, s)
	mustDo(t, r, "a", addOne("n"))
	r.Close()
	renamed := mustOpenAs(t, s, "k2")
	mustDo(t, renamed, "b", addOne("n")) // takes sequence 1 of the other chain
	d := mustDo(t, renamed, "a", addOne("n"))
	var result string
	if err := d.Result(&result); err != nil || !d.Replayed || result != "a" {
		t.Errorf("got %+v, result %q (%v)", d, result, err)
	}
	wantCount(t, renamed, "n", 2)
	wantClean(t, renamed)
}

func TestACommandWithoutAnIDIsRefused(t *testing.T) {
	r, _ := mustNew(t)
	_, err := r.Do(context.Background(), library.Command{At: noon}, "test", func(t *Tx) (Outcome, error) {
		return Outcome{Code: "done"}, addOne("n")(t)
	})
	if err == nil {
		t.Error("it was taken")
	}
	wantCount(t, r, "n", 0)
}

func TestTheLedgerKeepsWhatTheCommandSaid(t *testing.T) {
	r, _ := mustNew(t)
	shanghai := time.FixedZone("CST", 8*3600)
	cmd := library.Command{ID: NewID(kiosk, noon), Visit: "v7", Actor: "staff:li", At: noon.In(shanghai)}
	_, err := r.Do(context.Background(), cmd, "check_out", func(*Tx) (Outcome, error) {
		return Outcome{Code: "refused", Subjects: []string{"p", "i"}, Facets: map[string]string{"class": "I"}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, r, "b", addOne("n"))
	mustDo(t, r, "c", addOne("n"))
	e := entries(t, r)[0]
	if e.Seq != 1 || !e.Time.Equal(noon) || e.Time.Location() != time.UTC || e.Kiosk != kiosk || e.Actor != "staff:li" || e.Visit != "v7" ||
		e.Operation != "check_out" || e.Command != cmd.ID || len(e.Subjects) != 2 || e.Outcome != "refused" || e.Facets["class"] != "I" {
		t.Errorf("got %+v", e)
	}
	var part []uint64
	if err := r.Ledger(context.Background(), 1, 1, func(e Entry) error { part = append(part, e.Seq); return nil }); err != nil || len(part) != 1 || part[0] != 2 {
		t.Errorf("after 1, one of them: %v (%v), want [2]", part, err)
	}
}

func TestClose(t *testing.T) {
	t.Run("lets the running change finish and refuses the waiting ones", func(t *testing.T) {
		r, s := mustNew(t)
		release, wait := queue(t, r, change{name: "a", fn: addOne("n")}, change{name: "b", fn: addOne("n")})
		closed := make(chan struct{})
		go func() { r.Close(); close(closed) }()
		<-r.stop
		release()
		for i, a := range wait() {
			if !errors.Is(a.err, ErrClosed) {
				t.Errorf("waiting change %d: %v, want ErrClosed", i, a.err)
			}
		}
		<-closed
		r.Close() // a second time does nothing
		if _, err := r.Do(context.Background(), command("z"), "test", nil); !errors.Is(err, ErrClosed) {
			t.Errorf("after Close: %v, want ErrClosed", err)
		}
		r = mustOpen(t, s)
		wantCount(t, r, "n", 0)
		if got := entries(t, r); len(got) != 1 || !strings.HasPrefix(got[0].Command, kiosk+"-busy") {
			t.Errorf("the ledger has %+v, want the running change alone", got)
		}
	})
	t.Run("may be called by several at once", func(t *testing.T) {
		r, _ := mustNew(t)
		var all sync.WaitGroup
		for range 8 {
			all.Go(r.Close)
		}
		all.Wait()
	})
}

func TestAChangeWhoseContextEndsWhileItWaitsIsNotMade(t *testing.T) {
	r, _ := mustNew(t)
	ctx, cancel := context.WithCancel(context.Background())
	release, wait := queue(t, r, change{name: "a", ctx: ctx, fn: addOne("n")}, change{name: "b", fn: addOne("n")})
	cancel()
	release()
	got := wait()
	if !errors.Is(got[0].err, context.Canceled) || got[1].err != nil {
		t.Errorf("got %v and %v", got[0].err, got[1].err)
	}
	wantCount(t, r, "n", 1)
	if d := mustDo(t, r, "a", addOne("n")); d.Replayed {
		t.Error("the change that was not made counts as known")
	}
	wantClean(t, r)
}
