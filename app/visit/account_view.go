package visit

import "shuting/app/library"

// Goal is what a card is asked for.
type Goal string

// The goals of signing in.
const (
	GoalBorrow  Goal = "borrow"
	GoalAccount Goal = "account" // asks for the PIN, whatever the setting says
	GoalHold    Goal = "hold"    // of the title in Wish
)

// OwnPage is what a reader may see of their own account. Ids belong to this
// visit and mean nothing outside it.
type OwnPage struct {
	Loans     []OwnLoan   `json:"loans"` // the one due first first, so overdue ones lead
	Holds     []OwnHold   `json:"holds"` // ready ones first
	Charges   []OwnCharge `json:"charges"`
	OwedFen   int64       `json:"owedFen"`   // their sum
	Renewable int         `json:"renewable"` // loans that would be renewed now
	Asked     bool        `json:"asked"`     // "renew all" was answered: see the loans
	History   History     `json:"history"`
}

// OwnLoan is one open loan.
type OwnLoan struct {
	ID       string           `json:"id"`
	Item     Title            `json:"item"`
	Due      string           `json:"due"`      // civil date
	DaysLeft int              `json:"daysLeft"` // civil days until it; negative = days late
	Lost     bool             `json:"lost"`     // staff marked it lost
	RenewTo  string           `json:"renewTo"`  // due date after a renewal now; "" when Why says why not
	Why      []library.Reason `json:"why"`      // why it cannot be renewed
	Answer   Outcome          `json:"answer"`   // of this visit: "", renewed, refused or unknown
}

// OwnHold is one open hold, or one cancelled in this visit. Of one whose record
// cannot be read nothing is known: neither ready nor a place in a queue.
type OwnHold struct {
	ID        string `json:"id"`
	Item      Title  `json:"item"`      // when the title cannot be read, the barcode of a copy at most
	Ready     bool   `json:"ready"`     // on the hold shelf
	Position  int    `json:"position"`  // in the queue, from 1; 0 when ready
	Waiting   int    `json:"waiting"`   // how many wait for the title
	OnItsWay  bool   `json:"onItsWay"`  // a copy travels here; not ready yet
	Until     string `json:"until"`     // last day on the shelf, when ready
	DaysLeft  int    `json:"daysLeft"`  // civil days until it
	Cancelled bool   `json:"cancelled"` // in this visit
}

// OwnCharge is one unpaid charge; it is paid at the desk.
type OwnCharge struct {
	Kind string `json:"kind"` // overdue, lost, damaged; "" when it cannot be read
	Item Title  `json:"item"` // empty when it belongs to no title
	Fen  int64  `json:"fen"`
	On   string `json:"on"`
}

// History is the reading history, which is off until the reader switches it on.
type History struct {
	Offered bool       `json:"offered"` // the reader may switch it on; a child may not
	On      bool       `json:"on"`
	Since   string     `json:"since"` // civil date it was switched on
	Loans   []PastLoan `json:"loans"` // newest first
	More    bool       `json:"more"`  // there are older ones
}

// PastLoan is a loan that has ended.
type PastLoan struct {
	Item Title  `json:"item"`
	Out  string `json:"out"`
	Back string `json:"back"`
}

// Held is what became of a wish for a title.
type Held struct {
	Item     Title            `json:"item"`
	Outcome  Outcome          `json:"outcome"` // held, refused or unknown
	Position int              `json:"position"`
	Waiting  int              `json:"waiting"`
	Reasons  []library.Reason `json:"reasons"`
}

// OutcomeHeld: the patron stands in the queue now.
const OutcomeHeld Outcome = "held"

// Today is when the library is open on this day.
type Today struct {
	Spans []Span `json:"spans"` // empty: closed all day
	Open  bool   `json:"open"`  // at this moment
	Next  string `json:"next"`  // the next opening as 2026-11-24T09:00 in the library's zone, when it is closed now; "" = not known
}

// Span is from one time of day to another: 09:00 to 20:30.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}
