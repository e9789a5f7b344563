package library

import "time"

// What a patron may see of their own account. Nothing here names another
// reader.

// AccountLoan is one open loan.
type AccountLoan struct {
	Loan         string
	Title        Title
	Item         Item
	Due          Date
	DaysLeft     int  // civil days until the due day; negative = days late
	Lost         bool // staff marked it lost
	Renewals     int  // so far
	RenewalsLeft int  // by the limit alone
	RenewTo      Date // the due date a renewal now would give; zero when Why says why not
	Why          []Reason
}

// AccountHold is one open hold. One that waits is never shown as ready, also
// when its copy is on its way.
type AccountHold struct {
	Hold     string
	Title    Title     // empty when it cannot be read
	Barcode  string    // then that of a copy, "" when none is known
	State    HoldState // waiting or ready; "" when nothing of the hold can be read
	Position int       // in the queue, from 1; 0 when ready
	Waiting  int       // how many wait for the title
	OnItsWay bool      // a copy travels to the branch of pick-up
	PickUp   string    // branch
	Placed   time.Time
	Deadline Date // last day on the shelf, when ready
	DaysLeft int  // until it, when ready
}

// AccountCharge is one unpaid charge.
type AccountCharge struct {
	Charge string
	Kind   string // overdue, lost, damaged; "" for what is owed and cannot be read
	Title  Title
	Fen    int64
	On     Date // zero when it is not known
}

// RenewAnswer is the answer for one item of a renewal of all.
type RenewAnswer struct {
	Barcode string
	LoanAnswer
}

// Told is what the ledger knows of a command.
type Told struct {
	Command  string
	What     string // one of the words below
	Title    Title  // as far as the command found one
	Item     Item
	Due      Date
	Position int      // in the queue, of a hold that was placed
	Waiting  int      // how many waited for its title then, this one too
	Outcomes []string // of a check-in
	Reasons  []Reason // of a refusal
	Parts    []Told   // of a renewal of all: each loan it was about
}

// What became of a command.
const (
	ToldNotDone    = "not_done" // nothing was recorded, and nothing will be
	ToldRefused    = "refused"
	ToldLent       = "lent"
	ToldRenewed    = "renewed"
	ToldRenewedAll = "renewed_all" // begun; see Parts for each, which the same command again completes
	ToldReturned   = "returned"    // see Outcomes for what the return was
	ToldHeld       = "held"
	ToldCancelled  = "cancelled"
	ToldOther      = "other" // recorded, but no act of a reader's lending
)
