package library

import "time"

// ActorPatron is the actor of what a reader does at the kiosk.
const ActorPatron = "patron"

// Command is one act at the kiosk, exactly once: a repeat with the same ID
// gets the recorded answer and changes nothing.
type Command struct {
	ID    string    // begins with the kiosk's id, sorts by time
	Visit string    // the visit it belongs to
	Actor string    // ActorPatron, "staff:<name>" or "system"
	At    time.Time // when the kiosk took it
}

// LoanAnswer is the answer to a check-out or a renewal.
type LoanAnswer struct {
	Title   Title
	Item    Item
	Known   bool // the barcode belongs to an item
	Loan    string
	Due     Date
	Reasons []Reason // empty: lent (or renewed)
	// Found: a lost item was found with this loan. OwnFen is what the old loan's
	// days late cost, when it was this reader's own.
	Found  bool
	OwnFen int64
}

// Done tells whether the item was lent or renewed.
func (a LoanAnswer) Done() bool { return len(a.Reasons) == 0 }

// ReturnAnswer is the answer to a check-in. It never says whose loan it was.
type ReturnAnswer struct {
	Title    Title
	Item     Item
	Known    bool
	Outcomes []string // first the one that matters most
	DaysLate int
	Fen      int64 // the charge for them
	// For the slip of an item that does not go back to its place.
	Hold      string // the hold it is for
	HoldCard  string // the masked card number of the reader who waits
	HoldUntil Date   // last day on the hold shelf, when it stays here
	TransitTo string // branch it must go to
}

// HoldAnswer is the answer to a hold.
type HoldAnswer struct {
	Hold     string // its id; "" when it was refused
	Title    Title
	Position int      // its place in the queue when it was placed, from 1
	Waiting  int      // how many waited then, this one too
	Reasons  []Reason // empty: placed
}

// Done tells whether the hold was placed.
func (a HoldAnswer) Done() bool { return len(a.Reasons) == 0 }

// Visitor is what a visit may know of the patron who stands at the kiosk.
type Visitor struct {
	PatronID   string
	MaskedName string
	Category   Category
	Loans      int
	LoanLimit  int
	LoanDays   int
	Standing   []Reason // why the card cannot borrow now
}

// SignInAnswer is the answer to a card (and its PIN).
type SignInAnswer struct {
	Visitor *Visitor      // set when the patron may go on
	NeedPIN bool          // ask for the PIN
	Wrong   bool          // wrong PIN or no such card: never told apart
	Wait    time.Duration // how long until the next try is taken
	Reasons []Reason      // why the card is refused
}
