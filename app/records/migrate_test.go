package records

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"shuting/app/library"
	"shuting/app/store"
)

const (
	spaceItem2 = "it2:" // the layout that version 2 of these tests moves items to
	batch      = 40     // items moved per commit: two keys each
)

// moveItems is a real migration: items take a new key layout, and a field gets
// a value. after is called behind each batch, with the marker that it began at,
// and may stop the work.
func moveItems(after func(marker []byte, moved int) error) migration {
	return migration{to: 2, what: "items by branch", step: func(tx store.Tx, marker []byte) ([]byte, error) {
		moved := 0
		var last []byte
		err := tx.Scan(store.Range{Prefix: []byte(spaceItem), After: marker, Limit: batch}, func(k, v []byte) error {
			var it library.Item
			if err := decode(v, &it); err != nil {
				return err
			}
			it.Place = "moved " + it.Place
			b, err := encode(it)
			if err != nil {
				return err
			}
			if err := tx.Set(key(spaceItem2, it.Branch, it.ID), b); err != nil {
				return err
			}
			moved, last = moved+1, k
			return tx.Delete(k)
		})
		if err != nil {
			return nil, err
		}
		if moved < batch {
			last = nil
		}
		return last, after(marker, moved)
	}}
}

func TestAccept_L08_a_migration_killed_half_way_goes_on_where_it_stood(t *testing.T) {
	const items = 530
	dir := t.TempDir()
	s := mustOpenStore(t, dir)
	r := mustOpen(t, s)
	for from := 0; from < items; from += 50 {
		mustDo(t, r, fmt.Sprint("fill", from), func(tx *Tx) error {
			for i := from; i < min(from+50, items); i++ {
				if err := tx.PutItem(library.Item{ID: fmt.Sprintf("i%04d", i), Branch: "main", Place: "B2", TitleID: "t"}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	r.Close()

	reopen := func() {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = mustOpenStore(t, dir)
	}
	state := func() (version int, old, moved int) {
		t.Helper()
		err := s.View(context.Background(), func(tx store.Tx) error {
			now, err := readSchema(tx)
			version = now.Version
			return errors.Join(err,
				tx.Scan(store.Range{Prefix: []byte(spaceItem)}, func(_, _ []byte) error { old++; return nil }),
				tx.Scan(store.Range{Prefix: []byte(spaceItem2)}, func(k, v []byte) error {
					moved++
					var it library.Item
					if err := decode(v, &it); err != nil {
						return err
					}
					if it.Place != "moved B2" || !bytes.Equal(k, key(spaceItem2, "main", it.ID)) {
						return fmt.Errorf("%s was moved more than once or wrongly: %q", k, it.Place)
					}
					return nil
				}))
		})
		if err != nil {
			t.Fatal(err)
		}
		return version, old, moved
	}
	want := func(when string, version, old, moved int) {
		t.Helper()
		if v, o, m := state(); v != version || o != old || m != moved {
			t.Errorf("%s: schema %d, %d old, %d moved; want %d, %d, %d", when, v, o, m, version, old, moved)
		}
	}
	steps := func(after func([]byte, int) error) []migration {
		return append(append([]migration{}, migrations...), moveItems(after))
	}
	options := Options{Store: s, SealKey: sealKey, Kiosk: kiosk}
	want("before", 1, items, 0)

	wantMarker := func(marker []byte, moved int) {
		t.Helper()
		if want := key(spaceItem, fmt.Sprintf("i%04d", moved-1)); !bytes.Equal(marker, want) {
			t.Errorf("a batch begins behind %q, want %q", marker, want)
		}
	}

	died := errors.New("died")
	batches := 0
	_, err := open(context.Background(), options, steps(func([]byte, int) error {
		if batches++; batches == 5 {
			return died
		}
		return nil
	}))
	if !errors.Is(err, died) {
		t.Fatalf("got %v, want the migration's own error", err)
	}
	want("after an error in the fifth batch", 1, items-4*batch, 4*batch)

	reopen()
	options.Store = s
	ctx, cancel := context.WithCancel(context.Background())
	batches = 0
	_, err = open(ctx, options, steps(func(marker []byte, _ int) error {
		wantMarker(marker, (4+batches)*batch)
		if batches++; batches == 4 {
			cancel()
		}
		return nil
	}))
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want context.Canceled", err)
	}
	want("after the context ended in the fourth batch", 1, items-7*batch, 7*batch)

	reopen()
	options.Store = s
	left := 0
	r, err = open(context.Background(), options, steps(func(marker []byte, moved int) error {
		wantMarker(marker, 7*batch+left)
		left += moved
		return nil
	}))
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	want("at the end", 2, 0, items)
	if left != items-7*batch {
		t.Errorf("the last run moved %d, want the %d that were left", left, items-7*batch)
	}

	r, err = open(context.Background(), options, steps(func([]byte, int) error { t.Error("it ran again"); return nil }))
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	if _, err := Open(context.Background(), options); !errors.Is(err, ErrNewer) {
		t.Errorf("a program that knows version 1 only: got %v, want ErrNewer", err)
	}
	want("after all", 2, 0, items)
}

func TestANewLibraryHasTheSchemaOfTheProgram(t *testing.T) {
	_, s := mustNew(t)
	err := s.View(context.Background(), func(tx store.Tx) error {
		now, err := readSchema(tx)
		if err == nil && (now.Version != migrations[len(migrations)-1].to || len(now.Marker) != 0) {
			t.Errorf("schema %+v", now)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestAGapInTheMigrationsStopsTheStart(t *testing.T) {
	_, s := mustNew(t)
	nothing := func(store.Tx, []byte) ([]byte, error) { return nil, nil }
	_, err := open(context.Background(), Options{Store: s, SealKey: sealKey, Kiosk: kiosk}, []migration{{to: 1, step: nothing}, {to: 3, step: nothing}})
	if err == nil {
		t.Error("it started")
	}
}

func TestOpenRefusesWhatItCannotWorkWith(t *testing.T) {
	s := mustOpenStore(t, t.TempDir())
	for name, o := range map[string]Options{
		"no kiosk id":         {Store: s, SealKey: sealKey},
		"a short sealing key": {Store: s, SealKey: sealKey[:16], Kiosk: kiosk},
		"no sealing key":      {Store: s, Kiosk: kiosk},
	} {
		if _, err := Open(context.Background(), o); err == nil {
			t.Errorf("%s: it opened", name)
		}
	}
}
