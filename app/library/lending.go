package library

import "time"

// Command is one act at the kiosk, exactly once: a repeat with the same ID
// gets the recorded answer and changes nothing.
type Command struct {
	ID    string    // begins with the kiosk's id, sorts by time
	Visit string    // the visit it belongs to
	Actor string    // "patron", "staff:<name>" or "system"
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
}

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
