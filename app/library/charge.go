package library

// Kinds of charges for lending.
const (
	ChargeOverdue = "overdue" // returned late
	ChargeLost    = "lost"    // staff marked the item lost
	ChargeDamaged = "damaged" // staff marked the item damaged
)

// LoanEnd is what the end of a loan brings about beside the end itself.
type LoanEnd struct {
	DaysLate   int   // civil days after the due day
	ChargeFen  int64 // for them; 0 = nothing is charged
	CancelLost bool  // an unpaid charge for the loss is taken back
}

// EndLoan decides what is owed when a loan ends with the item in hand. terms
// are those of the loan's patron. The days of an item marked lost count up to
// the day it was marked, because from then on its loss is what is charged; that
// charge is taken back when the item is found within terms.FoundDays.
func EndLoan(l Loan, terms Policy, today Date) LoanEnd {
	last := today
	lost := !l.LostOn.IsZero()
	if lost && l.LostOn.Before(today) {
		last = l.LostOn
	}
	days := max(0, l.Due.DaysUntil(last))
	return LoanEnd{
		DaysLate:   days,
		ChargeFen:  int64(days) * terms.OverdueFen,
		CancelLost: lost && terms.FoundDays > 0 && l.LostOn.DaysUntil(today) <= terms.FoundDays,
	}
}
