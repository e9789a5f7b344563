package circulation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

func withCharges(t *testing.T) *house {
	h := newHouse(t)
	h.policy(func(p *library.Policy) {
		p.OverdueFen, p.LostFen, p.DamagedFen, p.FoundDays, p.ChargeBlockFen = 10, 3000, 500, 30, 1000
	})
	for i := range 3 {
		h.addTitle(fmt.Sprint("t", i), fmt.Sprint("B", i))
	}
	h.addPatrons("p1", "p2")
	return h
}

func (h *house) lose(barcode string) int64 {
	h.Helper()
	fen, err := h.MarkLost(context.Background(), h.command(), barcode)
	if err != nil {
		h.Fatal(err)
	}
	h.wantClean()
	return fen
}

func (h *house) damage(barcode, loan string) int64 {
	h.Helper()
	fen, err := h.MarkDamaged(context.Background(), h.command(), barcode, loan)
	if err != nil {
		h.Fatal(err)
	}
	h.wantClean()
	return fen
}

// pay pays the patron's oldest charge.
func (h *house) pay(patron string) int64 {
	h.Helper()
	all, err := h.Charges(context.Background(), patron)
	if err != nil || len(all) == 0 {
		h.Fatalf("%+v (%v)", all, err)
	}
	fen, err := h.Pay(context.Background(), h.command(), patron, all[0].Charge)
	if err != nil {
		h.Fatal(err)
	}
	h.wantClean()
	return fen
}

func TestAccept_L44_nothing_is_charged_by_default(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	h.out("p1", "B1")
	h.days(50)
	h.want("lost", fmt.Sprint(h.lose("B1")), "0")
	h.want("found", h.in("B1"), library.ReturnedWasLost)
	h.want("damaged", fmt.Sprint(h.damage("B1", "")), "0")
	h.want("owed", h.owes("p1"), "")
}

func TestAccept_L44_late_returns_are_charged_shown_and_paid(t *testing.T) {
	h := withCharges(t)
	h.out("p1", "B0")
	h.out("p1", "B1")
	h.days(34)
	a, err := h.CheckIn(context.Background(), h.command(), "B0")
	if err != nil || a.DaysLate != 4 || a.Fen != 40 {
		t.Errorf("got %+v (%v)", a, err)
	}
	first := h.today()
	h.days(100)
	h.want("the other", h.in("B1"), library.Returned)
	h.want("what is owed, oldest first", h.owes("p1"), fmt.Sprintf("overdue t0 40 %s; overdue t1 1040 %s", first, h.today()))
	refusal, err := h.CheckOut(context.Background(), h.command(), "p1", "B2", nil)
	if err != nil || codes(refusal.Reasons) != library.PatronCharges || refusal.Reasons[0].Params["amount"] != "1080" || refusal.Reasons[0].Params["threshold"] != "1000" {
		t.Errorf("the refusal hides the charge: %+v (%v)", refusal, err)
	}

	all, err := h.Charges(context.Background(), "p1")
	if err != nil {
		t.Fatal(err)
	}
	cmd := h.command()
	for range 2 { // paid once, however often the desk presses
		if fen, err := h.Pay(context.Background(), cmd, "p1", all[1].Charge); fen != 1040 || err != nil {
			t.Errorf("paid %d (%v)", fen, err)
		}
	}
	h.wantClean()
	if fen, err := h.Pay(context.Background(), h.command(), "p1", all[1].Charge); fen != 0 || err != nil {
		t.Errorf("paid %d more (%v)", fen, err)
	}
	h.want("what is left", h.owes("p1"), fmt.Sprintf("overdue t0 40 %s", first))
	entry := func(e records.Entry) bool { return e.Operation == "pay" && e.Outcome == "done" }
	if all := h.ledger(); !slices.ContainsFunc(all, entry) || all[slices.IndexFunc(all, entry)].Facets["category"] != "adult" {
		t.Errorf("the ledger does not tell of the payment")
	}
	h.want("then it is lent", h.out("p1", "B2"), "")
	for _, id := range []string{"none", all[0].Charge} {
		if _, err := h.Pay(context.Background(), h.command(), "p2", id); !errors.Is(err, records.ErrNotFound) {
			t.Errorf("another reader's charge: %v", err)
		}
	}
}

func TestAccept_L44_a_lost_item_is_charged_until_it_is_found_in_time(t *testing.T) {
	for _, c := range []struct {
		name  string
		after int // days from the loss to the finding
		owed  string
	}{
		{"found in time: the charge is taken back", 30, ""},
		{"found too late: it stays", 31, "lost t0 3000"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := withCharges(t)
			h.out("p1", "B0")
			h.days(10)
			cmd := h.command()
			for range 2 {
				if fen, err := h.MarkLost(context.Background(), cmd, "B0"); fen != 3000 || err != nil {
					t.Fatalf("charged %d (%v)", fen, err)
				}
			}
			h.wantClean()
			if e := h.last(); e.Operation != "mark_lost" || e.Outcome != "done" || e.Facets["class"] != "I" || e.Facets["category"] != "adult" ||
				!slices.Equal(e.Subjects, []string{"p1", "B0", h.loanOf("B0").ID}) {
				t.Errorf("ledger: %+v", e)
			}
			h.want("lost already", fmt.Sprint(h.lose("B0")), "0")
			on := h.today()
			h.want("owed", h.owes("p1"), fmt.Sprintf("lost t0 3000 %s", on))
			h.want("it blocks", h.out("p1", "B1"), library.PatronCharges)
			h.days(c.after)
			a, err := h.CheckIn(context.Background(), h.command(), "B0")
			// Due twenty days after the loss: the days after it cost nothing.
			if err != nil || a.Outcomes[0] != library.ReturnedWasLost || a.DaysLate != 0 || a.Fen != 0 {
				t.Errorf("got %+v (%v)", a, err)
			}
			h.wantClean()
			want := ""
			if c.owed != "" {
				want = c.owed + " " + on.String()
			}
			h.want("owed", h.owes("p1"), want)
			if s := h.standing("p1"); s.Loans != 0 {
				t.Errorf("standing %+v", s)
			}
		})
	}
}

func TestAccept_L43_who_finds_a_lost_item_may_borrow_it_and_the_old_loan_ends_with_its_charge(t *testing.T) {
	lost := func(t *testing.T) (*house, string) {
		h := withCharges(t)
		h.out("p1", "B0")
		h.days(34)
		h.lose("B0")
		return h, h.loanOf("B0").ID
	}
	t.Run("by another reader, who learns nothing of it", func(t *testing.T) {
		h, old := lost(t)
		h.days(5)
		a, err := h.CheckOut(context.Background(), h.command(), "p2", "B0", nil)
		if err != nil || !a.Done() || !a.Found || a.OwnFen != 0 {
			t.Fatalf("got %+v (%v)", a, err)
		}
		h.wantClean()
		h.want("who lost it owes the days up to the loss", h.owes("p1"), "overdue t0 40 "+h.today().String())
		h.want("and the finder nothing", h.owes("p2"), "")
		if e := h.last(); !slices.Equal(e.Subjects, []string{"p2", "B0", a.Loan, "p1", old}) {
			t.Errorf("ledger: %+v", e)
		}
		var res loanResult
		if err := h.last().ReadResult(&res); err != nil || res.Found != old || res.FoundFen != 40 || res.OwnFen != 0 || res.TakenBack != 3000 {
			t.Errorf("ledger: %+v (%v)", res, err)
		}
		if one, two := h.standing("p1"), h.standing("p2"); one.Loans != 0 || two.Loans != 1 {
			t.Errorf("standings %+v and %+v", one, two)
		}
	})
	t.Run("by its own reader, who is told what it cost", func(t *testing.T) {
		h, _ := lost(t)
		a, err := h.CheckOut(context.Background(), h.command(), "p1", "B0", nil)
		if err != nil || !a.Done() || !a.Found || a.OwnFen != 40 {
			t.Fatalf("got %+v (%s, %v)", a, codes(a.Reasons), err)
		}
		h.wantClean()
		h.want("owed", h.owes("p1"), "overdue t0 40 "+h.today().String())
		if s := h.standing("p1"); s.Loans != 1 {
			t.Errorf("standing %+v", s)
		}
	})
	t.Run("an ordinary loan finds nothing", func(t *testing.T) {
		h, _ := lost(t)
		if a, err := h.CheckOut(context.Background(), h.command(), "p2", "B1", nil); err != nil || !a.Done() || a.Found {
			t.Errorf("got %+v (%v)", a, err)
		}
	})
	t.Run("a refusal leaves it lost", func(t *testing.T) {
		h, old := lost(t)
		h.editItem("B0", func(it *library.Item) { it.NotForLoan = true })
		h.want("refused", h.out("p2", "B0"), library.ItemNotForLoan)
		if it := h.item("B0"); it.State != library.ItemLost || it.LoanID != old {
			t.Errorf("item %+v", it)
		}
	})
}

func TestAccept_L44_paying_for_a_lost_item_settles_its_loan(t *testing.T) {
	h := withCharges(t)
	h.out("p1", "B0")
	h.lose("B0")
	h.days(40)
	h.want("while it is lost it is overdue", h.out("p1", "B1"), library.PatronOverdue+" "+library.PatronCharges)
	h.want("paid", fmt.Sprint(h.pay("p1")), "3000")
	if it, s := h.item("B0"), h.standing("p1"); it.State != library.ItemLost || it.LoanID != "" || s.Loans != 0 {
		t.Errorf("item %+v, standing %+v", it, s)
	}
	h.want("then the reader borrows again", h.out("p1", "B1"), "")
	h.want("found later, it is nobody's", h.in("B0"), library.ReturnedWasLost)
	h.want("and nothing is owed", h.owes("p1"), "")
}

func TestAccept_L44_a_damaged_item_is_charged_to_who_had_it(t *testing.T) {
	t.Run("while it is on loan", func(t *testing.T) {
		h := withCharges(t)
		h.out("p1", "B0")
		h.want("charged", fmt.Sprint(h.damage("B0", "")), "500")
		h.want("owed", h.owes("p1"), "damaged t0 500 "+h.today().String())
		h.want("again", fmt.Sprint(h.damage("B0", "")), "0")
		h.want("it comes back and is not lent", h.in("B0")+" "+h.out("p2", "B0"), library.Returned+" "+library.ItemIsDamaged)
	})
	t.Run("after it was taken back, by its loan", func(t *testing.T) {
		h := withCharges(t)
		h.out("p1", "B0")
		loan := h.loanOf("B0").ID
		h.in("B0")
		h.want("charged", fmt.Sprint(h.damage("B0", loan)), "500")
		h.want("owed", h.owes("p1"), "damaged t0 500 "+h.today().String())
		h.want("paid", fmt.Sprint(h.pay("p1")), "500")
	})
	t.Run("by nobody", func(t *testing.T) {
		h := withCharges(t)
		h.want("charged", fmt.Sprint(h.damage("B0", "")), "0")
		if it := h.item("B0"); it.State != library.ItemDamaged {
			t.Errorf("item %+v", it)
		}
	})
	t.Run("found in somebody's hand the loss is taken back and the damage stays", func(t *testing.T) {
		h := withCharges(t)
		h.out("p1", "B0")
		h.lose("B0")
		h.damage("B0", "")
		h.want("return", h.in("B0"), library.Returned)
		h.want("owed", h.owes("p1"), "damaged t0 500 "+h.today().String())
	})
	t.Run("never under a loan of another item, nor an item that is not there", func(t *testing.T) {
		h := withCharges(t)
		h.out("p1", "B0")
		loan := h.loanOf("B0").ID
		_, err1 := h.MarkDamaged(context.Background(), h.command(), "B1", loan)
		_, err2 := h.MarkDamaged(context.Background(), h.command(), "B1", "none")
		_, err3 := h.MarkLost(context.Background(), h.command(), "B9")
		for _, err := range []error{err1, err2, err3} {
			if !errors.Is(err, records.ErrNotFound) {
				t.Errorf("got %v, want ErrNotFound", err)
			}
		}
		h.wantClean()
	})
}

func TestAccept_L43_a_return_says_what_the_slip_needs(t *testing.T) {
	h := withHolds(t)
	west := h.at("west")
	in := func(h *house, barcode string) library.ReturnAnswer {
		t.Helper()
		a, err := h.CheckIn(context.Background(), h.command(), barcode)
		if err != nil {
			t.Fatal(err)
		}
		h.wantClean()
		return a
	}
	h.out("p1", "B3")
	if a := in(west, "B3"); a.Outcomes[0] != library.ReturnedOtherBranch || a.TransitTo != "main" || a.Hold != "" {
		t.Errorf("of another branch: %+v", a)
	}
	h.out("p1", "B1")
	h.hold("p2", "t1", "west")
	if a := in(h, "B1"); a.Outcomes[0] != library.ReturnedReserved || a.TransitTo != "west" || a.Hold != h.holdOf("p2").ID || !a.HoldUntil.IsZero() {
		t.Errorf("to the hold shelf of another branch: %+v", a)
	}
	h.pass(2 * time.Minute)
	if a := in(west, "B1"); a.Outcomes[0] != library.ReturnedReserved || a.TransitTo != "" || a.Hold != h.holdOf("p2").ID || a.HoldUntil != h.today().AddDays(3) {
		t.Errorf("to the hold shelf: %+v", a)
	}
	if a := in(west, "B1"); a.Outcomes[0] != library.AlreadyReturnedNow || a.Hold != "" {
		t.Errorf("a second scan: %+v", a)
	}
}

func TestAccept_L43_returns_and_renewals_are_counted_by_age_too(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	sealed, err := h.records.SealPersonal("p1", library.Personal{Born: library.Date{Year: h.today().Year - 10, Month: 1, Day: 1}})
	if err != nil {
		t.Fatal(err)
	}
	h.write(func(tx *records.Tx) error { return tx.PutPersonal("p1", sealed) })
	h.out("p1", "B1")
	h.renew("p1", "B1")
	h.hold("p1", "t1", "main")
	h.in("B1")
	want := map[string]string{"branch": "main", "category": "adult", "age": "7-13", "class": "I"}
	for _, e := range h.ledger()[3:] {
		for name, value := range want {
			if e.Facets[name] != value {
				t.Errorf("%s: %s is %q, want %q", e.Operation, name, e.Facets[name], value)
			}
		}
	}
	h.in("B9")
	if e := h.last(); e.Facets["branch"] != "main" || e.Facets["category"] != "" {
		t.Errorf("an unknown item: %+v", e)
	}
}
