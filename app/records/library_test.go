package records

import (
	"context"
	"testing"

	"shuting/app/library"
	"shuting/app/store"
)

func mustViewStore(t *testing.T, s store.Store, fn func(store.Tx) error) {
	t.Helper()
	if err := s.View(context.Background(), fn); err != nil {
		t.Fatal(err)
	}
}

// person holds words that must never be found in the store.
var person = library.Personal{Name: "欧阳书亭", Born: library.Date{Year: 1988, Month: 1, Day: 1}, CardNumber: "LB0000417",
	Document: "13999919880101001X", Phone: "13800007788", Address: "路北区书亭胡同9号"}

// goodLibrary is a small library in which every kind of record occurs and every
// invariant holds.
func goodLibrary(t *testing.T) (*Records, store.Store) {
	t.Helper()
	r, s := mustNew(t)
	sealed, err := r.SealPersonal("p1", person)
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, r, "catalogue", func(t *Tx) error {
		for _, v := range []library.Title{
			{ID: "t1", Control: "nlc/001", Title: "书亭记", ISBNs: []string{"9787000000018", "9787000000025"}},
			{ID: "t2", Title: "Without numbers"},
		} {
			if err := t.PutTitle(v); err != nil {
				return err
			}
		}
		for _, v := range []library.Item{
			{ID: "i1", Barcode: "B1", TitleID: "t1", Type: library.Book, State: library.ItemOnLoan, LoanID: "l1"},
			{ID: "i2", Barcode: "B2", TitleID: "t1", Type: library.Book, State: library.ItemOnShelf, HoldID: "h1"},
			{ID: "i3", Barcode: "B3", TitleID: "t1", Type: library.Book, State: library.ItemInTransit, HoldID: "h2"},
			{ID: "i4", Barcode: "B4", TitleID: "t2", Type: library.Periodical, State: library.ItemLost, LoanID: "l2"},
			{ID: "i5", TitleID: "t2", Type: library.Book, State: library.ItemAvailable},
		} {
			if err := t.PutItem(v); err != nil {
				return err
			}
		}
		return nil
	})
	mustDo(t, r, "people", func(t *Tx) error {
		for _, id := range []string{"p1", "p2"} {
			if err := t.PutPatron(library.Patron{ID: id, Category: library.Adult}); err != nil {
				return err
			}
			if err := t.PutCard(r.CardKey("card of "+id), library.Card{Patron: id, State: library.CardActive}); err != nil {
				return err
			}
		}
		if err := t.PutPersonal("p1", sealed); err != nil {
			return err
		}
		if err := t.PutPINHash("p1", "hash"); err != nil {
			return err
		}
		return t.PutAttempts("kiosk", Attempts{Failed: 1, Last: noon.UnixMilli()})
	})
	mustDo(t, r, "lending", func(t *Tx) error {
		for _, l := range []library.Loan{
			{ID: "l0", Patron: "p2", Item: "i1", Title: "t1", ItemType: library.Book, Out: noon, ReturnedAt: noon},
			{ID: "l1", Patron: "p1", Item: "i1", Title: "t1", ItemType: library.Book, Out: noon, Due: day},
			{ID: "l2", Patron: "p1", Item: "i4", Title: "t2", ItemType: library.Periodical, Out: noon, Due: day},
		} {
			if err := t.PutLoan(l); err != nil {
				return err
			}
		}
		for _, h := range []library.Hold{
			{ID: "h0", Title: "t1", Patron: "p1", Seq: 1, State: library.HoldFulfilled, Item: "i1"},
			{ID: "h1", Title: "t1", Patron: "p2", Seq: 1, State: library.HoldReady, Item: "i2", Deadline: day},
			{ID: "h2", Title: "t1", Patron: "p1", Seq: 2, State: library.HoldWaiting, Item: "i3"},
		} {
			if err := t.PutHold(h); err != nil {
				return err
			}
		}
		for _, c := range []Charge{{ID: "c1", Patron: "p2", Loan: "l0", Kind: "overdue", Fen: 30}, {ID: "c2", Patron: "p2", Kind: "damaged", Fen: 500, Paid: true}} {
			if err := t.PutCharge(c); err != nil {
				return err
			}
		}
		if err := t.PutStanding("p1", library.Standing{Loans: 2, ByType: map[library.ItemType]int{library.Book: 1, library.Periodical: 1}, Holds: 1}); err != nil {
			return err
		}
		if err := t.PutStanding("p2", library.Standing{Holds: 1, ChargesFen: 30}); err != nil {
			return err
		}
		// p1 switched their reading history off and on again, which left a list to
		// erase; p2 has returned something since they switched it on.
		for _, err := range []error{t.KeepHistory("p1", "r1", noon), t.DropHistory("p1"), t.KeepHistory("p1", "r2", noon), t.KeepHistory("p2", "r3", noon)} {
			if err != nil {
				return err
			}
		}
		if err := t.ListPastLoan(library.Loan{ID: "l0", Patron: "p2", ReturnedAt: noon}); err != nil {
			return err
		}
		return t.PutSetting(SettingPolicies, library.DefaultPolicies())
	})
	return r, s
}
