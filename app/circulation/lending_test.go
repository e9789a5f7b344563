package circulation

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

func TestAccept_L13_check_out_and_check_in(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	a, err := h.CheckOut(context.Background(), h.command(), "p1", "B1", nil)
	if err != nil {
		t.Fatal(err)
	}
	due := h.today().AddDays(30)
	if !a.Done() || !a.Known || a.Due != due || a.Item.ID != "B1" || a.Title.ID != "t1" || a.Loan == "" {
		t.Errorf("got %+v", a)
	}
	if it, l := h.item("B1"), h.loanOf("B1"); it.State != library.ItemOnLoan || it.LoanID != a.Loan || l.Patron != "p1" || l.Due != due ||
		!l.Out.Equal(noon) || l.Origin != "own" || l.Branch != "main" || l.ItemType != library.Book {
		t.Errorf("item %+v, loan %+v", it, l)
	}
	if s := h.standing("p1"); s.Loans != 1 || s.ByType[library.Book] != 1 {
		t.Errorf("standing %+v", s)
	}
	h.wantClean()

	h.days(31)
	back, err := h.CheckIn(context.Background(), h.command(), "B1")
	if err != nil || !back.Known || back.DaysLate != 1 || !slices.Equal(back.Outcomes, []string{library.Returned}) || back.Title.ID != "t1" {
		t.Errorf("got %+v (%v)", back, err)
	}
	if it := h.item("B1"); it.State != library.ItemAvailable || it.LoanID != "" || !it.ReturnedAt.Equal(*h.now) {
		t.Errorf("item %+v", it)
	}
	if s := h.standing("p1"); s.Loans != 0 || len(s.ByType) != 0 || s.ChargesFen != 0 {
		t.Errorf("standing %+v", s)
	}
	h.view(func(tx *records.Tx) error {
		l, err := tx.Loan(a.Loan)
		if l.Open() || !l.ReturnedAt.Equal(*h.now) {
			t.Errorf("loan %+v", l)
		}
		return err
	})
	h.wantClean()

	lent, returned := h.ledger()[2], h.ledger()[3]
	if lent.Operation != "check_out" || lent.Outcome != "done" || !slices.Equal(lent.Subjects, []string{"p1", "B1", a.Loan}) ||
		lent.Facets["class"] != "I" || lent.Facets["category"] != "adult" || lent.Facets["branch"] != "main" || lent.Facets["type"] != "book" {
		t.Errorf("ledger: %+v", lent)
	}
	if returned.Operation != "check_in" || returned.Outcome != library.Returned || !slices.Equal(returned.Subjects, []string{"p1", "B1", a.Loan}) {
		t.Errorf("ledger: %+v", returned)
	}
}

func TestWhatIsNotThere(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	h.want("unknown item, check out", h.out("p1", "B9"), library.ItemUnknown)
	h.want("unknown item, check in", h.in("B9"), library.ItemUnknown)
	h.want("unknown item, renew", h.renew("p1", "B9"), library.RenewItemBlocked)
	a, err := h.Look(context.Background(), "B9")
	if err != nil || a.Known {
		t.Errorf("look: %+v (%v)", a, err)
	}
	entries := len(h.ledger())
	if a, err = h.Look(context.Background(), "B1"); err != nil || !a.Known || a.Title.ID != "t1" || a.Item.ID != "B1" {
		t.Errorf("look: %+v (%v)", a, err)
	}
	_, err1 := h.CheckOut(context.Background(), h.command(), "p9", "B1", nil)
	_, err2 := h.PlaceHold(context.Background(), h.command(), "p9", "t1", library.Book, "")
	_, err3 := h.PlaceHold(context.Background(), h.command(), "p1", "t9", library.Book, "")
	for _, err := range []error{err1, err2, err3} {
		if !errors.Is(err, records.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	}
	if n := len(h.ledger()); n != entries {
		t.Errorf("%d entries were written", n-entries)
	}
	h.wantClean()
}

func TestTheReaderConfirmsWhatCanBeConfirmed(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1", "B2")
	h.addPatrons("p1")
	h.editItem("B2", func(it *library.Item) { it.Parts = "1 CD" })
	h.want("first copy", h.out("p1", "B1"), "")
	both := library.ItemHasParts + " " + library.TitleAlreadyYours
	h.want("nothing confirmed", h.out("p1", "B2"), both)
	h.want("parts confirmed", h.out("p1", "B2", library.ItemHasParts), library.TitleAlreadyYours)
	h.want("second copy confirmed", h.out("p1", "B2", library.TitleAlreadyYours), library.ItemHasParts)
	h.want("both confirmed", h.out("p1", "B2", library.TitleAlreadyYours, library.ItemHasParts), "")
	h.want("the same item again", h.out("p1", "B1", library.ItemOnLoanToYou), library.ItemOnLoanToYou)
	h.want("parts are checked at return", h.in("B2"), library.ReturnedHasParts)
}

func TestRenew(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addTitle("t2", "B2")
	h.addPatrons("p1", "p2")
	h.out("p1", "B1")
	h.out("p2", "B2")
	due := h.loanOf("B1").Due
	h.want("another's loan", h.renew("p2", "B1"), library.RenewItemBlocked)
	h.days(5)
	h.want("the own one", h.renew("p1", "B1"), "")
	if l := h.loanOf("B1"); l.Due != due.AddDays(30) || l.Renewals != 1 {
		t.Errorf("loan %+v, want it due on %s", l, due.AddDays(30))
	}
	h.want("once more", h.renew("p1", "B1"), library.RenewLimit)
	h.want("somebody waits", h.hold("p1", "t2", ""), "")
	h.want("what somebody waits for", h.renew("p2", "B2"), library.RenewReserved)
	h.in("B1")
	h.want("what was returned", h.renew("p1", "B1"), library.RenewItemBlocked)
	h.days(30)
	h.want("overdue", h.renew("p2", "B2"), library.RenewReserved+" "+library.RenewOverdue)
}

func TestALostItemIsFound(t *testing.T) {
	lost := func(t *testing.T) *house {
		h := newHouse(t)
		h.addTitle("t1", "B1")
		h.addTitle("t2", "B2")
		h.addPatrons("p1", "p2")
		h.out("p1", "B1")
		h.out("p1", "B2")
		h.editItem("B1", func(it *library.Item) { it.State = library.ItemLost })
		h.wantClean()
		return h
	}
	t.Run("in another reader's hand: the old loan ends and both counts are right", func(t *testing.T) {
		h := lost(t)
		old := h.loanOf("B1").ID
		h.want("check out", h.out("p2", "B1"), "")
		if one, two := h.standing("p1"), h.standing("p2"); one.Loans != 1 || two.Loans != 1 || one.ByType[library.Book] != 1 || two.ByType[library.Book] != 1 {
			t.Errorf("standings %+v and %+v, want one loan each", one, two)
		}
		h.view(func(tx *records.Tx) error {
			l, err := tx.Loan(old)
			if l.Open() {
				t.Errorf("the old loan is open: %+v", l)
			}
			return err
		})
	})
	t.Run("in the own hand: it is lent anew and counted once", func(t *testing.T) {
		h := lost(t)
		h.want("check out", h.out("p1", "B1"), "")
		if s := h.standing("p1"); s.Loans != 2 {
			t.Errorf("standing %+v, want two loans", s)
		}
	})
	t.Run("even when it is what makes the limit full", func(t *testing.T) {
		h := lost(t)
		h.policy(func(p *library.Policy) { p.LoanLimit = 2 })
		h.want("check out", h.out("p1", "B1"), "")
	})
	t.Run("in the return slot", func(t *testing.T) {
		h := lost(t)
		h.want("check in", h.in("B1"), library.ReturnedWasLost)
		if s := h.standing("p1"); s.Loans != 1 {
			t.Errorf("standing %+v, want one loan", s)
		}
	})
	t.Run("with nobody's loan", func(t *testing.T) {
		h := newHouse(t)
		h.addTitle("t1", "B1")
		h.editItem("B1", func(it *library.Item) { it.State = library.ItemLost })
		h.want("check in", h.in("B1"), library.ReturnedWasLost)
		if it := h.item("B1"); it.State != library.ItemAvailable {
			t.Errorf("item %+v", it)
		}
	})
}

func TestASecondScanAtReturnIsHarmless(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	h.want("never lent", h.in("B1"), library.NotOnLoan)
	h.out("p1", "B1")
	h.want("first", h.in("B1"), library.Returned)
	h.pass(59 * time.Second)
	h.want("within a minute", h.in("B1"), library.AlreadyReturnedNow)
	h.pass(time.Second)
	h.want("after it", h.in("B1"), library.NotOnLoan)
	h.want("lent again", h.out("p1", "B1"), "")
	h.want("returned at once", h.in("B1"), library.Returned)
}

func TestADueDateMovesOverClosedDays(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	due := h.today().AddDays(30)
	h.write(func(tx *records.Tx) error {
		return tx.PutSetting(records.SettingCalendar, library.Calendar{ClosedDates: []library.Date{due, due.AddDays(1)}})
	})
	h.out("p1", "B1")
	if got := h.loanOf("B1").Due; got != due.AddDays(2) {
		t.Errorf("due %s, want %s", got, due.AddDays(2))
	}
}

func TestLateReturnsAreChargedWhereAPolicySaysSo(t *testing.T) {
	h := newHouse(t)
	h.policy(func(p *library.Policy) { p.OverdueFen, p.ChargeBlockFen = 20, 200 })
	h.addTitle("t1", "B1")
	h.addTitle("t2", "B2")
	h.addTitle("t3", "B3")
	h.addPatrons("p1")
	h.out("p1", "B1")
	h.out("p1", "B2")
	h.days(34)
	h.want("while overdue", h.out("p1", "B3"), library.PatronOverdue)
	h.want("returned late", h.in("B1"), library.Returned)
	if s := h.standing("p1"); s.ChargesFen != 4*20 {
		t.Errorf("%d fen, want 80", s.ChargesFen)
	}
	h.days(2)
	h.want("returned later", h.in("B2"), library.Returned)
	if s := h.standing("p1"); s.ChargesFen != (4+6)*20 {
		t.Errorf("%d fen, want 200", s.ChargesFen)
	}
	h.want("at the threshold", h.out("p1", "B3"), library.PatronCharges)
}

func TestEveryReasonIsToldAtOnceInOrder(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addTitle("t2", "B2")
	h.addPatrons("p1", "p2")
	h.policy(func(p *library.Policy) { p.LoanLimit = 1 })
	h.out("p1", "B1")
	h.out("p2", "B2")
	h.days(31)
	h.editPatron("p1", func(p *library.Patron) { p.SuspendedUntil = h.today(); p.SuspendedWhy = "staff" })
	h.editItem("B2", func(it *library.Item) { it.NotForLoan, it.Parts = true, "map" })
	h.want("check out", h.out("p1", "B2"), "patron_suspended patron_overdue loan_limit item_on_loan_to_other item_not_for_loan item_has_parts")
	if it := h.item("B2"); h.loanOf("B2").Patron != "p2" || it.State != library.ItemOnLoan {
		t.Errorf("a refusal changed the item: %+v", it)
	}
}

func TestAnItemsAgeLimitAsksTheSealedBirthDate(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("young", "old")
	h.editItem("B1", func(it *library.Item) { it.MinAge = 18 })
	for id, years := range map[string]int{"young": 12, "old": 60} {
		sealed, err := h.records.SealPersonal(id, library.Personal{Born: library.Date{Year: h.today().Year - years, Month: 1, Day: 1}})
		if err != nil {
			t.Fatal(err)
		}
		h.write(func(tx *records.Tx) error { return tx.PutPersonal(id, sealed) })
	}
	h.want("too young", h.out("young", "B1"), library.ItemAge)
	h.want("old enough", h.out("old", "B1"), "")
	all := h.ledger()
	if got := all[len(all)-1].Facets["age"]; got != "60+" {
		t.Errorf("the ledger counts age band %q, want 60+", got)
	}
}

func TestAgeBandsAndClassesOfTheStatistics(t *testing.T) {
	for age, want := range map[int]string{0: "0-6", 6: "0-6", 7: "7-13", 13: "7-13", 14: "14-17", 17: "14-17", 18: "18-59", 59: "18-59", 60: "60+", 99: "60+"} {
		if got := ageBand(age); got != want {
			t.Errorf("age %d is in band %s, want %s", age, got, want)
		}
	}
	for class, want := range map[string]string{"I247.5": "I", "tp3": "T", "类1": "类", "": "?"} {
		if got := classLetter(class); got != want {
			t.Errorf("class %q counts as %s, want %s", class, got, want)
		}
	}
}
