package badgerstore

import (
	"context"
	"errors"
	"testing"
	"time"

	"shuting/app/store"
)

func TestVerifyFindsDamageInAnOpenStore(t *testing.T) {
	o := sample(t)
	s := mustOpen(t, o)
	steps := 0
	progress := func(done, total int) {
		steps++
		if done != steps || done > total {
			t.Errorf("progress says %d of %d at step %d", done, total, steps)
		}
	}
	if err := s.Verify(ctx, progress); err != nil || steps < 2 {
		t.Fatalf("undamaged: %v after %d tables", err, steps)
	}
	done, cancel := context.WithCancel(ctx)
	cancel()
	if err := s.Verify(done, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("under a done context: %v", err)
	}
	flip(t, filesOf(t, o, "*.sst")[0], 3000)
	refusedWith(t, s.Verify(ctx, nil), CodeTableDamaged)
	mustSet(t, s, "still", "works")
	mustClose(t, s)
	if err := s.Verify(ctx, nil); !errors.Is(err, store.ErrClosed) {
		t.Errorf("on a closed store: %v", err)
	}
}

func TestTablesBeyondTheBudgetAreCheckedInTheBackground(t *testing.T) {
	o := sample(t)
	o.VerifyAtOpen = 1
	s := mustOpen(t, o)
	waitFor(t, func() bool { return s.Health().Unverified == 0 })
	if err := s.Health().Err; err != nil {
		t.Errorf("an undamaged store stopped: %v", err)
	}
	mustBeWhole(t, s)
	mustClose(t, s)

	table := filesOf(t, o, "*.sst")[0]
	flip(t, table, used(t, table)/2) // Open itself reads the first block and the index
	s = mustOpen(t, o)
	waitFor(t, func() bool { return s.Health().Err != nil })
	err := set(s, "k", "v")
	if !errors.Is(err, store.ErrFailed) {
		t.Errorf("Update on the damaged store: %v", err)
	}
	refusedWith(t, err, CodeTableDamaged)
	mustClose(t, s)
}

func TestAStoreWhoseEngineBreaksStopsForGood(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	mustSet(t, s, "k", "v")
	err := s.Update(ctx, func(tx store.Tx) error {
		if err := tx.Set([]byte("lost"), []byte("x")); err != nil {
			return err
		}
		return s.db.Close() // the engine goes away under the transaction
	})
	if !errors.Is(err, store.ErrFailed) {
		t.Errorf("Update: %v", err)
	}
	if _, err := get(s, "k"); !errors.Is(err, store.ErrFailed) {
		t.Errorf("View afterwards: %v", err)
	}
	if !errors.Is(s.Health().Err, store.ErrFailed) {
		t.Errorf("health: %v", s.Health().Err)
	}
	mustClose(t, s)
	s = mustOpen(t, o)
	mustHave(t, s, "k", "v")
	if _, err := get(s, "lost"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the failed write: %v", err)
	}
	if s.LibraryID() == "" || s.Health().Commits != 2 {
		t.Errorf("library %q at commit %d", s.LibraryID(), s.Health().Commits)
	}
	mustClose(t, s)
}

func waitFor(tb testing.TB, condition func() bool) {
	tb.Helper()
	for deadline := time.Now().Add(30 * time.Second); !condition(); {
		if time.Now().After(deadline) {
			tb.Fatal("waited too long")
		}
		time.Sleep(time.Millisecond)
	}
}
