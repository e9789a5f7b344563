package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"shuting/app/store"
)

var ctx = context.Background()

func readYourWrites(t *testing.T, b Backend) {
	s := open(t, b)
	mustUpdate(t, s, func(tx store.Tx) error {
		if _, err := tx.Get([]byte("k")); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("before the write: %v", err)
		}
		if err := tx.Set([]byte("k"), []byte("1")); err != nil {
			return err
		}
		if err := tx.Set([]byte("k"), []byte("2")); err != nil {
			return err
		}
		v, err := tx.Get([]byte("k"))
		if string(v) != "2" {
			t.Errorf("own write reads %q (%v)", v, err)
		}
		wantMissing(t, s, "k")
		return nil
	})
	want(t, s, "k", "2")
}

func snapshot(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "a", "old", "b", "old")
	err := s.View(ctx, func(tx store.Tx) error {
		mustSet(t, s, "a", "new", "b", "new", "c", "new")
		for _, k := range []string{"a", "b"} {
			if v, err := tx.Get([]byte(k)); string(v) != "old" {
				t.Errorf("%s reads %q (%v) in an older view", k, v, err)
			}
		}
		if _, err := tx.Get([]byte("c")); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("c: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want(t, s, "a", "new")
}

func atomicity(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "left", "0", "right", "0")
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			err := s.View(ctx, func(tx store.Tx) error {
				l, errL := tx.Get([]byte("left"))
				r, errR := tx.Get([]byte("right"))
				if string(l) != string(r) {
					return fmt.Errorf("half a transaction seen: %q and %q (%v %v)", l, r, errL, errR)
				}
				return nil
			})
			if err != nil {
				done <- err
				return
			}
		}
	}()
	for i := range 50 {
		n := fmt.Sprint(i)
		mustSet(t, s, "left", n, "right", n)
	}
	close(stop)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func errorDiscards(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "kept", "old")
	mine := errors.New("mine")
	err := s.Update(ctx, func(tx store.Tx) error {
		_ = tx.Set([]byte("new"), []byte("x"))
		_ = tx.Set([]byte("kept"), []byte("x"))
		_ = tx.Delete([]byte("kept"))
		return mine
	})
	if err != mine { //nolint:errorlint // "as it is" is the promise
		t.Errorf("got %v, want the very error", err)
	}
	wantMissing(t, s, "new")
	want(t, s, "kept", "old")
	if err := s.View(ctx, func(store.Tx) error { return mine }); err != mine { //nolint:errorlint // as above
		t.Errorf("View: got %v, want the very error", err)
	}
}

func panicDiscards(t *testing.T, b Backend) {
	s := open(t, b)
	func() {
		defer func() {
			if recover() != "mine" {
				t.Error("the panic of fn did not come through")
			}
		}()
		_ = s.Update(ctx, func(tx store.Tx) error {
			_ = tx.Set([]byte("k"), []byte("v"))
			panic("mine")
		})
	}()
	wantMissing(t, s, "k")
	mustSet(t, s, "k", "v")
	want(t, s, "k", "v")
}

func readOnly(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "k", "v")
	_ = s.View(ctx, func(tx store.Tx) error {
		wantErr(t, "Set in View", tx.Set([]byte("k"), []byte("x")), store.ErrReadOnly)
		wantErr(t, "Delete in View", tx.Delete([]byte("k")), store.ErrReadOnly)
		return nil
	})
	want(t, s, "k", "v")
}

func reservedKeys(t *testing.T, b Backend) {
	s := open(t, b)
	for _, key := range []string{"", "\x00", "\x00commit", "\x00\xff"} {
		uses := map[string]func(store.Tx) error{
			"Get":    func(tx store.Tx) error { _, err := tx.Get([]byte(key)); return err },
			"Set":    func(tx store.Tx) error { return tx.Set([]byte(key), []byte("x")) },
			"Delete": func(tx store.Tx) error { return tx.Delete([]byte(key)) },
			"Scan": func(tx store.Tx) error {
				return tx.Scan(store.Range{Prefix: []byte(key)}, func(_, _ []byte) error {
					t.Errorf("Scan of prefix %q delivered something", key)
					return nil
				})
			},
		}
		for name, use := range uses {
			wantErr(t, fmt.Sprintf("%s of %q", name, key), s.Update(ctx, use), store.ErrReserved)
		}
	}
}

func anyKey(t *testing.T, b Backend) {
	s := open(t, b)
	all := []string{"\x01", "\x01\x00", "a\x00b", "\xff", "\xff\xff\xff", "!badger!txn", "!badger!banned",
		"/registry/x", "书亭", strings.Repeat("\xff", store.MaxKeyBytes)}
	for i, key := range all {
		mustSet(t, s, key, fmt.Sprint(i))
	}
	for i, key := range all {
		want(t, s, key, fmt.Sprint(i))
		if got := scan(t, s, store.Range{Prefix: []byte(key), Limit: 1}); len(got) != 1 || got[0] != key {
			t.Errorf("scan of %q finds %q", short(key), got)
		}
		if got := scan(t, s, store.Range{Prefix: []byte(key), Reverse: true}); len(got) == 0 || got[len(got)-1] != key {
			t.Errorf("reverse scan of %q finds %q", short(key), got)
		}
	}
}

func emptyValue(t *testing.T, b Backend) {
	s := open(t, b)
	mustUpdate(t, s, func(tx store.Tx) error {
		if err := tx.Set([]byte("nil"), nil); err != nil {
			return err
		}
		return tx.Set([]byte("empty"), []byte{})
	})
	check := func() {
		t.Helper()
		for _, k := range []string{"nil", "empty"} {
			err := s.View(ctx, func(tx store.Tx) error {
				v, err := tx.Get([]byte(k))
				if err != nil || v == nil || len(v) != 0 {
					t.Errorf("%s reads %#v (%v), want an empty slice", k, v, err)
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		}
		if got := scan(t, s, store.Range{Prefix: []byte("e")}); len(got) != 1 {
			t.Errorf("scan finds %q", got)
		}
	}
	check()
	s = b.Reopen(t, s)
	defer s.Close()
	check()
}

func independentSlices(t *testing.T, b Backend) {
	s := open(t, b)
	key, value := []byte("key"), []byte("value")
	mustUpdate(t, s, func(tx store.Tx) error {
		if err := tx.Set(key, value); err != nil {
			return err
		}
		key[0], value[0] = 'X', 'X'
		got, err := tx.Get([]byte("key"))
		if string(got) != "value" {
			t.Errorf("after changing the slice given: %q (%v)", got, err)
		}
		got[0] = 'Y'
		return nil
	})
	want(t, s, "key", "value")
	wantMissing(t, s, "Xey")
	var held, scanned []byte
	_ = s.View(ctx, func(tx store.Tx) error {
		held, _ = tx.Get([]byte("key"))
		return tx.Scan(store.Range{Prefix: []byte("k")}, func(k, v []byte) error {
			scanned = v
			k[0] = 'Z'
			return nil
		})
	})
	mustSet(t, s, "key", "other")
	if string(held) != "value" || string(scanned) != "value" {
		t.Errorf("slices handed out changed to %q and %q", held, scanned)
	}
	held[0], scanned[0] = 'Z', 'Z'
	want(t, s, "key", "other")
}

func deletes(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "a", "1", "b", "2")
	mustUpdate(t, s, func(tx store.Tx) error {
		if err := errors.Join(tx.Delete([]byte("a")), tx.Delete([]byte("never"))); err != nil {
			return err
		}
		if _, err := tx.Get([]byte("a")); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("own delete: %v", err)
		}
		return nil
	})
	wantMissing(t, s, "a")
	want(t, s, "b", "2")
	mustSet(t, s, "a", "again")
	want(t, s, "a", "again")
}

func ignoredError(t *testing.T, b Backend) {
	s := open(t, b)
	err := s.Update(ctx, func(tx store.Tx) error {
		_ = tx.Set([]byte("good"), []byte("x"))
		_ = tx.Set([]byte{0}, []byte("x"))
		return nil
	})
	wantErr(t, "an ignored ErrReserved", err, store.ErrReserved)
	wantMissing(t, s, "good")
	// ErrNotFound is an answer, not a failure.
	mustUpdate(t, s, func(tx store.Tx) error {
		_, _ = tx.Get([]byte("good"))
		return tx.Set([]byte("good"), []byte("x"))
	})
	want(t, s, "good", "x")
}

func deadTx(t *testing.T, b Backend) {
	s := open(t, b)
	var kept []store.Tx
	mustUpdate(t, s, func(tx store.Tx) error { kept = append(kept, tx); return tx.Set([]byte("k"), []byte("v")) })
	_ = s.View(ctx, func(tx store.Tx) error { kept = append(kept, tx); return nil })
	for _, tx := range kept {
		_, err := tx.Get([]byte("k"))
		wantErr(t, "Get", err, store.ErrClosed)
		wantErr(t, "Set", tx.Set([]byte("k"), []byte("x")), store.ErrClosed)
		wantErr(t, "Delete", tx.Delete([]byte("k")), store.ErrClosed)
		wantErr(t, "Scan", tx.Scan(store.Range{Prefix: []byte("k")}, func(_, _ []byte) error { return nil }), store.ErrClosed)
	}
	want(t, s, "k", "v")
}
