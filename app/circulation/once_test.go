package circulation

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
)

// outcome is what a command itself says, without how the item is now.
func outcome(a library.LoanAnswer) library.LoanAnswer {
	a.Item, a.Title = library.Item{ID: a.Item.ID}, library.Title{ID: a.Title.ID}
	return a
}

func TestAccept_L08_a_repeated_command_gets_the_recorded_answer(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addTitle("t2", "B2")
	h.addPatrons("p1", "p2")
	ctx := context.Background()
	h.out("p2", "B2")

	lend, refuse, unknown, again, renew, back, backUnknown, place, placeRefused := h.command(), h.command(), h.command(), h.command(), h.command(), h.command(), h.command(), h.command(), h.command()
	type said struct {
		loans   []library.LoanAnswer
		returns []library.ReturnAnswer
		holds   []library.HoldAnswer
	}
	all := func() (s said) {
		t.Helper()
		loan := func(a library.LoanAnswer, err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			s.loans = append(s.loans, outcome(a))
		}
		loan(h.CheckOut(ctx, lend, "p1", "B1", nil))
		loan(h.CheckOut(ctx, refuse, "p1", "B2", nil))
		loan(h.CheckOut(ctx, unknown, "p1", "B9", nil))
		loan(h.CheckOut(ctx, again, "p1", "B1", nil))
		loan(h.Renew(ctx, renew, "p1", "B1"))
		for _, c := range []struct {
			cmd     library.Command
			barcode string
		}{{back, "B2"}, {backUnknown, "B9"}} {
			a, err := h.CheckIn(ctx, c.cmd, c.barcode)
			if err != nil {
				t.Fatal(err)
			}
			a.Item, a.Title = library.Item{ID: a.Item.ID}, library.Title{ID: a.Title.ID}
			s.returns = append(s.returns, a)
		}
		for _, cmd := range []library.Command{place, placeRefused} {
			a, err := h.PlaceHold(ctx, cmd, "p2", "t1", library.Book, "")
			if err != nil {
				t.Fatal(err)
			}
			s.holds = append(s.holds, a)
		}
		h.wantClean()
		return s
	}
	first := all()
	if !first.loans[0].Done() || codes(first.loans[1].Reasons) != library.ItemOnLoanToOther || codes(first.loans[2].Reasons) != library.ItemUnknown ||
		codes(first.loans[3].Reasons) != library.ItemOnLoanToYou || !first.loans[4].Done() || first.returns[0].Outcomes[0] != library.Returned ||
		!first.holds[0].Done() || first.holds[0].Position != 1 || first.holds[1].Done() {
		t.Fatalf("got %+v", first)
	}
	entries, loan := len(h.ledger()), h.loanOf("B1")
	same := func(when string) {
		t.Helper()
		if got := all(); !reflect.DeepEqual(got, first) {
			t.Errorf("%s:\n%+v\nwant\n%+v", when, got, first)
		}
		if n := len(h.ledger()); n != entries {
			t.Errorf("%s: %d entries were written", when, n-entries)
		}
	}
	same("at once")
	if got := h.loanOf("B1"); !reflect.DeepEqual(got, loan) {
		t.Errorf("the loan is %+v now, was %+v", got, loan)
	}
	// The refused item has become free, and the lent one has come back: the
	// answers stay what they were.
	h.pass(2 * time.Minute)
	h.want("return", h.in("B1"), library.ReturnedReserved)
	entries = len(h.ledger())
	same("after things changed")
	h.reopen()
	same("after a restart")
	if it := h.item("B1"); it.State != library.ItemOnShelf {
		t.Errorf("a repeat lent the item again: %+v", it)
	}
}

// doubled runs every closure twice, as a store does after a conflict: the first
// run is thrown away.
type doubled struct{ store.Store }

func (d doubled) Update(ctx context.Context, fn func(store.Tx) error) error {
	again := errors.New("again")
	err := d.Store.Update(ctx, func(tx store.Tx) error {
		if err := fn(tx); err != nil {
			return err
		}
		return again
	})
	if !errors.Is(err, again) {
		return err
	}
	return d.Store.Update(ctx, fn)
}

func TestAccept_L09_every_use_case_may_run_twice_and_does_nothing_twice(t *testing.T) {
	h := newHouse(t)
	h.records.Close()
	h.store = doubled{h.store}
	h.serve(kiosk, "main")
	h.policy(func(p *library.Policy) { p.OverdueFen = 10 })
	h.addTitle("t1", "B1")
	h.addPatrons("p1", "p2")
	h.want("check out", h.out("p1", "B1"), "")
	h.want("renew", h.renew("p1", "B1"), "")
	h.want("hold", h.hold("p2", "t1", ""), "")
	h.want("refusal", h.out("p2", "B1"), library.ItemOnLoanToOther)
	if l, s := h.loanOf("B1"), h.standing("p1"); l.Renewals != 1 || l.Due != h.today().AddDays(60) || s.Loans != 1 {
		t.Errorf("loan %+v, standing %+v", l, s)
	}
	h.days(62)
	h.want("check in", h.in("B1"), library.ReturnedReserved)
	if s := h.standing("p1"); s.Loans != 0 || s.ChargesFen != 20 {
		t.Errorf("standing %+v, want two days charged once", s)
	}
	h.want("pick up", h.out("p2", "B1"), "")
	if n := len(h.ledger()); n != 3+6 {
		t.Errorf("the ledger has %d entries, want 9", n)
	}
}

func TestWhatTheLedgerKeepsOfAVisitNamesNobody(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	sealed, err := h.records.SealPersonal("p1", library.Personal{Name: "欧阳书亭", CardNumber: "LB0000417", Born: library.Date{Year: 1988, Month: 1, Day: 1}})
	if err != nil {
		t.Fatal(err)
	}
	h.write(func(tx *records.Tx) error { return tx.PutPersonal("p1", sealed) })
	h.out("p1", "B1")
	h.in("B1")
	values := 0
	err = h.store.View(context.Background(), func(tx store.Tx) error {
		for first := 1; first <= 0xff; first++ {
			err := tx.Scan(store.Range{Prefix: []byte{byte(first)}}, func(k, v []byte) error {
				values++
				for _, canary := range []string{"欧阳", "LB0000417", "1988"} {
					if bytes.Contains(k, []byte(canary)) || bytes.Contains(v, []byte(canary)) {
						t.Errorf("%q is in plain under %.4s", canary, k)
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || values < 15 {
		t.Errorf("%d values (%v)", values, err)
	}
}
