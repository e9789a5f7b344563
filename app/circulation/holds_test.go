package circulation

import (
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

func withHolds(t *testing.T) *house {
	h := newHouse(t)
	h.addTitle("t1", "B1", "B2")
	h.addTitle("t2", "B3")
	h.addPatrons("p1", "p2", "p3")
	return h
}

func TestAReturnedItemGoesToTheHoldShelfForTheFirstWhoWaits(t *testing.T) {
	h := withHolds(t)
	// The library is closed from Thursday to Saturday: three days on the shelf
	// end on the Sunday after.
	closed := []library.Date{h.today().AddDays(3), h.today().AddDays(4), h.today().AddDays(5)}
	h.write(func(tx *records.Tx) error {
		return tx.PutSetting(records.SettingCalendar, library.Calendar{ClosedDates: closed})
	})
	h.out("p1", "B1")
	h.want("hold", h.hold("p2", "t1", "main"), "")
	h.want("hold", h.hold("p3", "t1", "main"), "")
	h.want("return", h.in("B1"), library.ReturnedReserved)
	first := h.holdOf("p2")
	if first.State != library.HoldReady || first.Item != "B1" || first.Deadline != h.today().AddDays(6) {
		t.Errorf("the first hold is %+v, want it ready until %s", first, h.today().AddDays(6))
	}
	if second := h.holdOf("p3"); second.State != library.HoldWaiting {
		t.Errorf("the second hold is %+v, want it waiting", second)
	}
	if it := h.item("B1"); it.State != library.ItemOnShelf || it.HoldID != first.ID {
		t.Errorf("item %+v", it)
	}
	h.want("another reader", h.out("p1", "B1"), library.ItemReserved)
	h.want("the second in the queue", h.out("p3", "B1"), library.ItemReserved)
	h.pass(2 * time.Minute)
	h.want("scanned on the shelf", h.in("B1"), library.NotOnLoan)
	h.want("the one it waits for", h.out("p2", "B1"), "")
	if s := h.standing("p2"); s.Holds != 0 || s.Loans != 1 {
		t.Errorf("standing %+v", s)
	}
	h.view(func(tx *records.Tx) error {
		done, err := tx.Hold(first.ID)
		if done.State != library.HoldFulfilled {
			t.Errorf("the hold is %s, want fulfilled", done.State)
		}
		return err
	})
	h.want("the second copy is now the third reader's", h.out("p1", "B2"), library.ItemReserved)
	h.want("who takes it", h.out("p3", "B2"), "")
	if s := h.standing("p3"); s.Holds != 0 {
		t.Errorf("standing %+v", s)
	}
}

func TestAHoldIsFulfilledFromTheQueueWhenItsReaderTakesACopy(t *testing.T) {
	h := withHolds(t)
	h.hold("p2", "t1", "")
	h.want("another reader", h.out("p1", "B1"), library.ItemReserved)
	h.want("the one who waits", h.out("p2", "B1"), "")
	if s := h.standing("p2"); s.Holds != 0 || s.Loans != 1 {
		t.Errorf("standing %+v", s)
	}
	h.want("nobody waits any more", h.out("p1", "B2"), "")
}

// The place of a hold that became ready is given to the next one; taking the
// copy from the shelf must leave that next one in the queue.
func TestPickingUpAHoldKeepsTheOthersInTheQueue(t *testing.T) {
	h := withHolds(t)
	h.out("p1", "B1")
	h.hold("p2", "t1", "")
	h.want("return", h.in("B1"), library.ReturnedReserved)
	h.want("a later hold", h.hold("p3", "t1", ""), "")
	h.want("pick up", h.out("p2", "B1"), "")
	h.want("the later hold is next", h.in("B1"), library.ReturnedReserved)
	if next := h.holdOf("p3"); next.State != library.HoldReady || next.Item != "B1" {
		t.Errorf("got %+v", next)
	}
}

func TestAHoldPickedUpElsewhereWaitsUntilTheCopyIsThere(t *testing.T) {
	h := withHolds(t)
	west := h.at("west")
	h.editPatron("p3", func(p *library.Patron) { p.Category = library.StaffMember })
	h.write(func(tx *records.Tx) error {
		row := library.Policy{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 10, LoanDays: 30, Holds: 5, ShelfDays: 3}
		staff := row
		staff.Category, staff.ShelfDays = string(library.StaffMember), 7
		return tx.PutSetting(records.SettingPolicies, library.Policies{row, staff})
	})
	h.out("p1", "B1")
	h.want("hold", h.hold("p2", "t1", "west"), "")
	h.want("return", h.in("B1"), library.ReturnedReserved)
	waiting := h.holdOf("p2")
	if waiting.State != library.HoldWaiting || waiting.Item != "B1" || !waiting.Deadline.IsZero() {
		t.Errorf("the hold is %+v, want it waiting for B1", waiting)
	}
	if it := h.item("B1"); it.State != library.ItemInTransit || it.HoldID != waiting.ID {
		t.Errorf("item %+v, want it in transit", it)
	}
	h.want("nobody takes it on its way", h.out("p1", "B1"), library.ItemReserved+" "+library.ItemIsInTransit)

	// The other copy is not for the hold that has one on its way: the next one
	// gets it, with the days of the next reader.
	h.want("the other copy", h.out("p1", "B2"), "")
	h.want("hold", h.hold("p3", "t1", "main"), "")
	h.want("return of the other copy", h.in("B2"), library.ReturnedReserved)
	if next := h.holdOf("p3"); next.State != library.HoldReady || next.Item != "B2" || next.Deadline != h.today().AddDays(7) {
		t.Errorf("the next hold is %+v, want it ready with B2 until %s", next, h.today().AddDays(7))
	}

	h.days(1)
	h.want("scanned where it left", h.in("B1"), library.ReturnedReserved)
	if got := h.holdOf("p2"); got.State != library.HoldWaiting {
		t.Errorf("the hold is %s, want waiting", got.State)
	}
	h.pass(2 * time.Minute)
	h.want("scanned where it is picked up", west.in("B1"), library.ReturnedReserved)
	ready := h.holdOf("p2")
	if ready.State != library.HoldReady || ready.Deadline != h.today().AddDays(3) {
		t.Errorf("the hold is %+v, want it ready", ready)
	}
	if it := h.item("B1"); it.State != library.ItemOnShelf || it.At != "west" {
		t.Errorf("item %+v", it)
	}
	h.want("pick-up", west.out("p2", "B1"), "")
}

func TestAReaderWhoTakesAnotherCopyFreesTheOneOnItsWay(t *testing.T) {
	h := withHolds(t)
	west := h.at("west")
	h.out("p1", "B1")
	h.hold("p2", "t1", "west")
	h.in("B1")
	h.want("the other copy", h.out("p2", "B2"), "")
	if s := h.standing("p2"); s.Holds != 0 || s.Loans != 1 {
		t.Errorf("standing %+v", s)
	}
	h.pass(2 * time.Minute)
	h.want("at the branch it was sent to", west.in("B1"), library.NotOnLoan)
	h.want("back home", h.in("B1"), library.NotOnLoan)
	if it := h.item("B1"); it.State != library.ItemAvailable || it.HoldID != "" {
		t.Errorf("item %+v, want it available", it)
	}
}

func TestAnItemOfAnotherBranchIsSentHome(t *testing.T) {
	h := withHolds(t)
	west := h.at("west")
	h.out("p1", "B3")
	h.want("return elsewhere", west.in("B3"), library.ReturnedOtherBranch)
	if it := h.item("B3"); it.State != library.ItemInTransit || it.At != "west" {
		t.Errorf("item %+v", it)
	}
	h.want("nobody takes it on its way", west.out("p2", "B3"), library.ItemIsInTransit)
	h.pass(2 * time.Minute)
	h.want("at home", h.in("B3"), library.NotOnLoan)
	h.want("then it is lent", h.out("p2", "B3"), "")
}

func TestHoldRefusals(t *testing.T) {
	h := withHolds(t)
	h.addTitle("t3", "B4")
	h.policy(func(p *library.Policy) { p.Holds = 1 })
	h.out("p1", "B1")
	h.want("what one has", h.hold("p1", "t1", ""), library.HoldYoursOnLoan)
	h.want("a first", h.hold("p2", "t1", ""), "")
	h.want("the same again", h.hold("p2", "t1", ""), library.HoldLimit+" "+library.HoldExists)
	h.want("one too many", h.hold("p2", "t2", ""), library.HoldLimit)
	h.in("B1")
	h.want("a ready one counts too", h.hold("p2", "t2", ""), library.HoldLimit)
	h.policy(func(p *library.Policy) { p.Holds = 0 })
	h.want("where none are allowed", h.hold("p3", "t2", ""), library.HoldNotAllowed)
	h.policy(func(p *library.Policy) { p.LoanDays = 0 })
	h.want("what is not lent", h.hold("p3", "t2", ""), library.HoldNotAllowed)
}
