package records

import (
	"errors"
	"slices"
	"testing"

	"shuting/app/library"
)

func TestAccept_L47_one_unreadable_record_hides_no_other_of_an_account(t *testing.T) {
	r, s := mustNew(t)
	mustDo(t, r, "open", func(tx *Tx) (err error) {
		for i, id := range []string{"h1", "h2", "h3"} {
			err = errors.Join(err, tx.PutHold(library.Hold{ID: id, Title: "t", Patron: "p", State: library.HoldWaiting, Seq: uint64(firstPlace + i)}))
		}
		for _, c := range []Charge{{ID: "c1", Fen: 10}, {ID: "c2", Fen: 20, Paid: true}, {ID: "c3", Fen: 30}} {
			c.Patron = "p"
			err = errors.Join(err, tx.PutCharge(c))
		}
		return err
	})
	account := func() (holds, charges, others []string) {
		t.Helper()
		mustView(t, r, func(tx *Tx) error {
			hs, unread, err1 := tx.ReadableHolds("p")
			cs, more, err2 := tx.ReadableCharges("p")
			holds, charges, others = nil, nil, append(unread, more...)
			for _, h := range hs {
				holds = append(holds, h.ID)
			}
			for _, c := range cs {
				charges = append(charges, c.ID)
			}
			return errors.Join(err1, err2)
		})
		return holds, charges, others
	}
	if h, c, o := account(); !slices.Equal(h, []string{"h1", "h2", "h3"}) || !slices.Equal(c, []string{"c1", "c3"}) || len(o) > 0 {
		t.Errorf("holds %v, charges %v, others %v", h, c, o)
	}
	damaged(t, s, set(key(spaceHold, "h1"), "\x01\xff"))
	damaged(t, s, set(key(spaceCharge, "p", "c3"), "\x01\xff"))
	if h, c, o := account(); !slices.Equal(h, []string{"h2", "h3"}) || !slices.Equal(c, []string{"c1"}) || !slices.Equal(o, []string{"h1", "c3"}) {
		t.Errorf("holds %v, charges %v, others %v", h, c, o)
	}
	mustView(t, r, func(tx *Tx) error {
		if place, of, err := tx.Place("t", "h2"); place != 2 || of != 3 || err != nil {
			t.Errorf("h2 is number %d of %d (%v)", place, of, err)
		}
		place, of, err := tx.Place("t", "h9")
		if place != 0 || of != 3 {
			t.Errorf("one that does not wait is number %d of %d", place, of)
		}
		return err
	})
}

func TestAccept_L45_an_unreadable_entry_hides_no_other_of_the_ledger(t *testing.T) {
	r, s := mustNew(t)
	for _, name := range []string{"a", "b", "c"} {
		mustDo(t, r, name, func(*Tx) error { return nil })
	}
	damaged(t, s, set(seqKey(spaceLedger, kiosk, 2), "\x01\xff"))
	said := ""
	mustView(t, r, func(tx *Tx) error {
		said = ""
		return tx.LastEntries(kiosk, 9, func(e Entry, unread error) error {
			if Unusable(unread) {
				said += "? "
				return nil
			}
			said += e.Command + " "
			return unread
		})
	})
	if said != "k1-c ? k1-a " {
		t.Errorf("told %q", said)
	}
}
