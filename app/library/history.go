package library

import "time"

// ReadingHistory is what a reader who has switched it on may see of the loans
// that have ended since. Off is how every card begins, and then no such list is
// kept at all.
type ReadingHistory struct {
	On    bool
	Since Date       // the day it was switched on; zero when it is off
	Loans []PastLoan // newest first
	More  bool       // there are older ones than those asked for
}

// MayKeepHistory tells whether readers of a category may switch their history on
// by themselves. A child under 14 may not: that needs a guardian's consent (PIPL,
// art. 31), which the kiosk does not take yet.
func MayKeepHistory(c Category) bool { return c != Child }

// PastLoan is a loan that has ended.
type PastLoan struct {
	Title     Title
	Out, Back Date
}

// LastVisit is what the ledger tells of the visit that acted last at a kiosk, for
// a kiosk that was cut off in it. The zero value: nothing was done.
type LastVisit struct {
	Visit  string
	Patron string    // "" where no act told who it was: returns need no card
	At     time.Time // of the newest act
	Acts   []Told    // what was done, in order; never a refusal
}
