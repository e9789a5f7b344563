package storetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"shuting/app/store"
)

func closing(t *testing.T, b Backend) {
	s := b.Open(t)
	mustSet(t, s, "k", "v")
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatalf("Close: %v", err)
		}
	}
	never := func(store.Tx) error { t.Error("fn ran on a closed store"); return nil }
	wantErr(t, "Update", s.Update(ctx, never), store.ErrClosed)
	wantErr(t, "View", s.View(ctx, never), store.ErrClosed)
}

func closeWaits(t *testing.T, b Backend) {
	s := b.Open(t)
	inside, goOn := newMeeting(3), make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		err := s.Update(ctx, func(tx store.Tx) error {
			if err := inside.wait(); err != nil {
				return err
			}
			<-goOn
			return tx.Set([]byte("k"), []byte("v"))
		})
		if err != nil {
			t.Errorf("Update during Close: %v", err)
		}
	})
	group.Go(func() {
		err := s.View(ctx, func(tx store.Tx) error {
			if err := inside.wait(); err != nil {
				return err
			}
			<-goOn
			_, err := tx.Get([]byte("none"))
			return err
		})
		wantErr(t, "View during Close", err, store.ErrNotFound)
	})
	if err := inside.wait(); err != nil {
		t.Fatal(err)
	}
	closed := make(chan error, 1)
	go func() { closed <- s.Close() }()
	// Close has begun when new transactions are refused.
	for deadline := time.Now().Add(patience); !errors.Is(s.View(ctx, func(store.Tx) error { return nil }), store.ErrClosed); {
		if time.Now().After(deadline) {
			t.Fatal("Close does not refuse new transactions")
		}
	}
	select {
	case err := <-closed:
		t.Fatalf("Close returned (%v) while transactions were running", err)
	default:
	}
	close(goOn)
	group.Wait()
	if err := <-closed; err != nil {
		t.Fatalf("Close: %v", err)
	}
	s = b.Reopen(t, s)
	defer s.Close()
	want(t, s, "k", "v")
}

func reopening(t *testing.T, b Backend) {
	s := b.Open(t)
	all := fillNumbers(t, s, 300)
	for round := range 3 {
		s = b.Reopen(t, s)
		same(t, "after reopening", scan(t, s, store.Range{Prefix: []byte("n/")}), all)
		key := number(round)
		mustUpdate(t, s, func(tx store.Tx) error { return tx.Delete([]byte(key)) })
		all = all[1:]
	}
	s = b.Reopen(t, s)
	defer s.Close()
	same(t, "deleted stays deleted", scan(t, s, store.Range{Prefix: []byte("n/")}), all)
}
