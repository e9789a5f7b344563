package records

import (
	"context"
	"errors"
	"slices"
	"testing"

	"shuting/app/library"
)

// queueUp puts holds into the queue of t1, each at the place that at gives it.
func queueUp(t *testing.T, r *Records, name string, at func(*Tx, string) (uint64, error), ids ...string) {
	t.Helper()
	mustDo(t, r, name, func(tx *Tx) error {
		for _, id := range ids {
			seq, err := at(tx, "t1")
			if err != nil {
				return err
			}
			if err := tx.PutHold(library.Hold{ID: id, Title: "t1", Patron: "p1", Seq: seq, State: library.HoldWaiting}); err != nil {
				return err
			}
		}
		return nil
	})
}

func TestAccept_L42_a_hold_that_comes_back_stands_before_all_others(t *testing.T) {
	r, _ := mustNew(t)
	queueUp(t, r, "first", (*Tx).FrontHoldSeq, "h3")
	queueUp(t, r, "end", (*Tx).NextHoldSeq, "h4", "h5")
	queueUp(t, r, "front", (*Tx).FrontHoldSeq, "h2", "h1")
	mustView(t, r, func(tx *Tx) error {
		var ids []string
		queue, err := tx.Queue("t1")
		for _, h := range queue {
			ids = append(ids, h.ID)
		}
		if !slices.Equal(ids, []string{"h1", "h2", "h3", "h4", "h5"}) {
			t.Errorf("the queue is %v", ids)
		}
		return err
	})
	// A queue of an older library may begin at its very first place.
	mustDo(t, r, "old", func(tx *Tx) error {
		return tx.PutHold(library.Hold{ID: "h0", Title: "t1", Patron: "p1", Seq: 0, State: library.HoldWaiting})
	})
	_, err := r.Do(context.Background(), command("none left"), "test", func(tx *Tx) (Outcome, error) {
		_, err := tx.FrontHoldSeq("t1")
		return Outcome{Code: "done"}, err
	})
	if !errors.Is(err, ErrBroken) {
		t.Errorf("no place is left: %v", err)
	}
}

func TestAccept_L42_open_holds_are_walked_without_those_that_ended(t *testing.T) {
	r, s := goodLibrary(t)
	walk := func() (ids []string) {
		t.Helper()
		mustView(t, r, func(tx *Tx) error {
			return tx.EachOpenHold(func(h library.Hold) error { ids = append(ids, h.ID); return nil })
		})
		return ids
	}
	if got := walk(); !slices.Equal(got, []string{"h2", "h1"}) { // of p1, of p2
		t.Errorf("got %v", got)
	}
	stop := errors.New("stop")
	if err := r.View(context.Background(), func(tx *Tx) error { return tx.EachOpenHold(func(library.Hold) error { return stop }) }); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	damaged(t, s, func(tx *Tx) error {
		return errors.Join(tx.s.Set(key(spaceHold, "h2"), []byte{1, 0xff}), tx.s.Set(key(spaceHoldBy, "p1", "h9"), nil))
	})
	if got := walk(); !slices.Equal(got, []string{"h1"}) {
		t.Errorf("with a broken one: %v", got)
	}
}

func TestAccept_L44_only_what_is_still_owed_is_a_charge(t *testing.T) {
	r, _ := mustNew(t)
	mustDo(t, r, "charges", func(tx *Tx) error {
		err := errors.Join(tx.PutPatron(library.Patron{ID: "p1"}), tx.PutStanding("p1", library.Standing{ChargesFen: 7}))
		for _, c := range []Charge{{ID: "c1", Fen: 5}, {ID: "c2", Fen: 10, Paid: true}, {ID: "c3", Fen: 20, Cancelled: true}, {ID: "c4", Fen: 2}} {
			c.Patron, c.Kind = "p1", library.ChargeOverdue
			err = errors.Join(err, tx.PutCharge(c))
		}
		return err
	})
	wantClean(t, r)
	mustView(t, r, func(tx *Tx) error {
		open, err := tx.OpenCharges("p1")
		if len(open) != 2 || open[0].ID != "c1" || open[1].ID != "c4" {
			t.Errorf("open: %+v", open)
		}
		one, err2 := tx.Charge("p1", "c3")
		if !one.Cancelled || one.Fen != 20 {
			t.Errorf("got %+v", one)
		}
		if _, err := tx.Charge("p2", "c1"); !errors.Is(err, ErrNotFound) {
			t.Errorf("another patron's charge: %v", err)
		}
		return errors.Join(err, err2)
	})
}

func TestAccept_L45_the_ledger_is_asked_by_command(t *testing.T) {
	r, _ := mustNew(t)
	mustDo(t, r, "a", func(*Tx) error { return nil })
	want := mustDo(t, r, "b", func(*Tx) error { return nil })
	mustView(t, r, func(tx *Tx) error {
		e, err := tx.Recorded(kiosk + "-b")
		var result string
		if err == nil {
			err = e.ReadResult(&result)
		}
		if e.Seq != want.Seq || e.Command != kiosk+"-b" || result != "b" {
			t.Errorf("got %+v, result %q", e, result)
		}
		if _, err := tx.Recorded(kiosk + "-c"); !errors.Is(err, ErrNotFound) {
			t.Errorf("a command that was never done: %v", err)
		}
		return err
	})
}
