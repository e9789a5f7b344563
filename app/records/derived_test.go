package records

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shuting/app/library"
	"shuting/app/store"
)

func copyIDs(t *testing.T, r *Records, title string) []string {
	t.Helper()
	var ids []string
	err := r.View(context.Background(), func(tx *Tx) error {
		copies, err := tx.Copies(title)
		for _, c := range copies {
			ids = append(ids, c.ID)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// dropDerived makes the library one of before the copies were listed.
func dropDerived(t *testing.T, s store.Store) {
	t.Helper()
	var old [][]byte
	everything(t, s, func(k, _ []byte) {
		if strings.HasPrefix(string(k), spaceCopies) || slices.Equal(k, derivedKey) {
			old = append(old, slices.Clone(k))
		}
	})
	for part := range slices.Chunk(old, 100) {
		err := s.Update(context.Background(), func(tx store.Tx) error {
			for _, k := range part {
				if err := tx.Delete(k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestAccept_L32_copies_of_an_older_library_are_listed(t *testing.T) {
	r, s := goodLibrary(t)
	dropDerived(t, s)
	if got := copyIDs(t, r, "t1"); len(got) != 0 {
		t.Fatalf("the list was not dropped: %v", got)
	}
	if err := r.Derive(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string][]string{"t1": {"i1", "i2", "i3"}, "t2": {"i4", "i5"}, "none": nil} {
		if got := copyIDs(t, r, title); !slices.Equal(got, want) {
			t.Errorf("copies of %s: %v, want %v", title, got, want)
		}
	}
	if rep, err := r.Check(context.Background(), nil); err != nil || !rep.Clean() || rep.Counts["copies"] != 5 {
		t.Errorf("check: %+v, %v", rep, err)
	}
}

func TestAccept_L32_listing_copies_goes_on_where_it_was_stopped(t *testing.T) {
	r, s := mustNew(t)
	const items = 3*deriveBatch + 7
	for from := 0; from < items; from += 30 {
		mustDo(t, r, fmt.Sprintf("from %d", from), func(tx *Tx) error {
			if err := tx.PutTitle(library.Title{ID: "t1", Title: "书亭记"}); err != nil {
				return err
			}
			for i := from; i < min(from+30, items); i++ {
				if err := tx.PutItem(library.Item{ID: fmt.Sprintf("i%04d", i), TitleID: "t1", Barcode: fmt.Sprintf("B%04d", i)}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	dropDerived(t, s)
	ctx, stop := context.WithCancel(context.Background())
	err := r.Derive(ctx, func(int) { stop() })
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped: %v", err)
	}
	if n := len(copyIDs(t, r, "t1")); n != deriveBatch {
		t.Fatalf("%d listed before the stop, want %d", n, deriveBatch)
	}
	var looked int
	if err := r.Derive(context.Background(), func(n int) { looked = n }); err != nil {
		t.Fatal(err)
	}
	if n := len(copyIDs(t, r, "t1")); n != items {
		t.Errorf("%d listed, want %d", n, items)
	}
	// The rest of the items and then all entries, but for the last batch, which
	// is not told.
	if want := items - deriveBatch + items/deriveBatch*deriveBatch; looked != want {
		t.Errorf("looked at %d, want %d: it did not go on where it was", looked, want)
	}
}

func TestCheck_tells_of_a_copy_that_is_not_listed_and_of_an_entry_for_nothing(t *testing.T) {
	r, s := goodLibrary(t)
	if err := r.Derive(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	err := s.Update(context.Background(), func(tx store.Tx) error {
		return errors.Join(tx.Delete(key(spaceCopies, "t1", "i1")), tx.Set(key(spaceCopies, "t2", "i1"), nil), tx.Set(key(spaceCopies, "t2", "gone"), nil))
	})
	if err != nil {
		t.Fatal(err)
	}
	rep, err := r.Check(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"item i1: not among the copies of its title", "copies of title t2: item i1 is of another title",
		"copies of title t2: item gone is missing"} {
		if !slices.Contains(rep.Findings, want) {
			t.Errorf("not found: %s\n%v", want, rep.Findings)
		}
	}
	if err := errors.Join(r.Underive(context.Background()), r.Derive(context.Background(), nil)); err != nil {
		t.Fatal(err)
	}
	if rep, err = r.Check(context.Background(), nil); err != nil || !rep.Clean() {
		t.Errorf("made anew: %v, %v", rep.Findings, err)
	}
}

func TestPutItem_moves_a_copy_from_one_title_to_another(t *testing.T) {
	r, _ := goodLibrary(t)
	mustDo(t, r, "move", func(tx *Tx) error {
		it, err := tx.Item("i5")
		if err != nil {
			return err
		}
		it.TitleID = "t1"
		return tx.PutItem(it)
	})
	if got := copyIDs(t, r, "t2"); !slices.Equal(got, []string{"i4"}) {
		t.Errorf("copies it left: %v", got)
	}
	if got := copyIDs(t, r, "t1"); !slices.Contains(got, "i5") {
		t.Errorf("copies it joined: %v", got)
	}
}

func TestWatch_is_told_what_durable_changes_touched(t *testing.T) {
	r, _ := goodLibrary(t)
	var told []Touched
	r.Watch(func(x Touched) { told = append(told, x) })
	lend := func(tx *Tx) error {
		it, err := tx.Item("i5")
		if err != nil {
			return err
		}
		it.ReturnedAt = noon
		return tx.PutItem(it)
	}
	mustDo(t, r, "lend once", lend)
	_, err := r.Do(context.Background(), command("refused"), "lending", func(tx *Tx) (Outcome, error) {
		return Outcome{}, errors.Join(lend(tx), errors.New("no"))
	})
	if err == nil {
		t.Fatal("the failing change was made")
	}
	mustDo(t, r, "a title", func(tx *Tx) error {
		return errors.Join(tx.PutTitle(library.Title{ID: "t3", Title: "新"}), tx.PutItem(library.Item{ID: "i6", TitleID: "t3"}))
	})
	mustDo(t, r, "a patron", func(tx *Tx) error { return tx.PutPatron(library.Patron{ID: "p9"}) })
	r.Watch(nil)
	mustDo(t, r, "lend again", lend)
	want := []Touched{{Copies: []string{"t2"}}, {Titles: []string{"t3", "t3"}, Copies: []string{"t3"}}}
	if len(told) != len(want) {
		t.Fatalf("told %+v", told)
	}
	for i := range want {
		if !slices.Equal(told[i].Titles, want[i].Titles) || !slices.Equal(told[i].Copies, want[i].Copies) {
			t.Errorf("change %d: told %+v, want %+v", i, told[i], want[i])
		}
	}
}
