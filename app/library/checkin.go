package library

import "time"

// Outcomes of check-in (domain, check in). None says whose loan it was.
const (
	Returned            = "returned"
	NotOnLoan           = "not_on_loan"
	ReturnedReserved    = "returned_reserved"
	ReturnedOtherBranch = "returned_other_branch"
	ReturnedWasLost     = "returned_was_lost"
	ReturnedHasParts    = "returned_has_parts"
	AlreadyReturnedNow  = "already_returned_now"
)

// CheckInFacts is everything a check-in depends on.
type CheckInFacts struct {
	Now        time.Time
	Zone       *time.Location
	Branch     string // where the kiosk stands
	Calendar   Calendar
	Policy     Policy // of the loan's patron, item type and branch
	Item       *Item  // nil = unknown barcode
	Loan       *Loan  // open loan of the item, if any
	Queue      []Hold // waiting holds of the title, first come first
	ShelfDays  int    // days a hold waits on the shelf
	SecondScan time.Duration
}

// CheckInDecision says what to tell and what to record.
type CheckInDecision struct {
	Outcomes  []string // first the one that matters most; others also hold
	CloseLoan bool
	LoanEnd
	State     ItemState // the item's new state; "" = leave it
	Hold      string    // the hold that is now ready (or on its way)
	Deadline  Date      // last day on the hold shelf
	TransitTo string    // branch the item must go to
}

// DecideCheckIn applies the rules of check-in. An item is always taken: no
// outcome sends the reader away with a book in hand.
func DecideCheckIn(f CheckInFacts) CheckInDecision {
	it := f.Item
	if it == nil {
		return CheckInDecision{Outcomes: []string{ItemUnknown}}
	}
	if f.Loan == nil && it.State != ItemLost && !it.ReturnedAt.IsZero() && f.Now.Sub(it.ReturnedAt).Abs() < f.SecondScan {
		// Either way: the clock may have been set back a little in between.
		return CheckInDecision{Outcomes: []string{AlreadyReturnedNow}}
	}
	today := DateOf(f.Now, f.Zone)
	var d CheckInDecision
	wasLost := it.State == ItemLost
	if f.Loan != nil {
		d.CloseLoan = true
		d.LoanEnd = EndLoan(*f.Loan, f.Policy, today)
	}
	if f.Loan == nil && !wasLost {
		return notOnLoan(f, today)
	}
	if it.State == ItemWithdrawn || it.State == ItemDamaged {
		d.State = it.State // a return does not undo what staff decided
	} else {
		d.State = ItemAvailable
		placeReturned(&d, f, today)
	}
	if wasLost {
		d.Outcomes = append(d.Outcomes, ReturnedWasLost)
	}
	if it.Parts != "" {
		d.Outcomes = append(d.Outcomes, ReturnedHasParts)
	}
	if len(d.Outcomes) == 0 {
		d.Outcomes = []string{Returned}
	}
	return d
}

// notOnLoan answers for an item nobody has. On the hold shelf, withdrawn or
// damaged, scanning it changes nothing; one in transit has arrived when it is
// at home or where its hold is picked up.
func notOnLoan(f CheckInFacts, today Date) CheckInDecision {
	still := CheckInDecision{Outcomes: []string{NotOnLoan}}
	if f.Item.State != ItemInTransit {
		return still
	}
	arrived := CheckInDecision{State: ItemAvailable}
	placeReturned(&arrived, f, today)
	switch {
	case arrived.Hold != "":
		return arrived
	case f.Item.Branch != f.Branch:
		return still
	}
	arrived.Outcomes = still.Outcomes
	return arrived
}

// placeReturned decides where the item goes: to the hold shelf here, to
// another branch, or back to its place.
func placeReturned(d *CheckInDecision, f CheckInFacts, today Date) {
	if h, ok := nextHold(f.Queue, f.Item.ID); ok {
		d.Hold = h.ID
		d.Outcomes = append(d.Outcomes, ReturnedReserved)
		if h.PickUp != "" && h.PickUp != f.Branch {
			d.State, d.TransitTo = ItemInTransit, h.PickUp
			return
		}
		d.State = ItemOnShelf
		d.Deadline = f.Calendar.NextOpen(today.AddDays(max(1, f.ShelfDays)))
		return
	}
	if f.Item.Branch != f.Branch {
		d.State, d.TransitTo = ItemInTransit, f.Item.Branch
		d.Outcomes = append(d.Outcomes, ReturnedOtherBranch)
	}
}

// DecideFreed decides where a copy goes whose hold ended while it lay on the
// hold shelf: to the next in the queue, home, or back to its place. Branch is
// where the copy is; no loan is involved. Only State, Hold, Deadline and
// TransitTo are filled.
func DecideFreed(f CheckInFacts) CheckInDecision {
	d := CheckInDecision{State: ItemAvailable}
	placeReturned(&d, f, DateOf(f.Now, f.Zone))
	d.Outcomes = nil
	return d
}
