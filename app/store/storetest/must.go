package storetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"shuting/app/store"
)

// patience is how long a test waits for something that must happen.
const patience = 30 * time.Second

// open returns a new store that is closed at the end of the test.
func open(t *testing.T, b Backend) store.Store {
	t.Helper()
	s := b.Open(t)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

func mustUpdate(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.Update(context.Background(), fn); err != nil {
		t.Fatalf("Update: %v", err)
	}
}

func mustSet(t *testing.T, s store.Store, pairs ...string) {
	t.Helper()
	mustUpdate(t, s, func(tx store.Tx) error {
		for i := 0; i < len(pairs); i += 2 {
			if err := tx.Set([]byte(pairs[i]), []byte(pairs[i+1])); err != nil {
				return err
			}
		}
		return nil
	})
}

// want fails unless key has exactly this value.
func want(t *testing.T, s store.Store, key, value string) {
	t.Helper()
	got, err := get(s, key)
	if err != nil || got != value {
		t.Errorf("%q is %q (%v), want %q", key, short(got), err, short(value))
	}
}

func wantMissing(t *testing.T, s store.Store, key string) {
	t.Helper()
	if got, err := get(s, key); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("%q is %q (%v), want it missing", short(key), short(got), err)
	}
}

func get(s store.Store, key string) (value string, err error) {
	err = s.View(context.Background(), func(tx store.Tx) error {
		v, err := tx.Get([]byte(key))
		value = string(v)
		return err
	})
	return value, err
}

func short(s string) string {
	if len(s) > 40 {
		return fmt.Sprintf("%s… (%d bytes)", s[:40], len(s))
	}
	return s
}

func wantErr(t *testing.T, what string, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("%s: got %v, want %v", what, err, target)
	}
}

// keys lists what a scan in tx delivers.
func keys(t *testing.T, tx store.Tx, r store.Range) []string {
	t.Helper()
	out := []string{}
	err := tx.Scan(r, func(key, _ []byte) error {
		out = append(out, string(key))
		return nil
	})
	if err != nil {
		t.Errorf("Scan: %v", err)
	}
	return out
}

func scan(t *testing.T, s store.Store, r store.Range) []string {
	t.Helper()
	var out []string
	if err := s.View(context.Background(), func(tx store.Tx) error {
		out = keys(t, tx, r)
		return nil
	}); err != nil {
		t.Errorf("View: %v", err)
	}
	return out
}

// meeting is a place where n goroutines wait for each other once.
type meeting struct {
	arrive chan struct{}
	open   chan struct{}
}

func newMeeting(n int) *meeting {
	m := &meeting{arrive: make(chan struct{}, n), open: make(chan struct{})}
	go func() {
		for range n {
			<-m.arrive
		}
		close(m.open)
	}()
	return m
}

func (m *meeting) wait() error {
	m.arrive <- struct{}{}
	select {
	case <-m.open:
		return nil
	case <-time.After(patience):
		return errors.New("storetest: the transactions did not run at the same time")
	}
}
