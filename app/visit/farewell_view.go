package visit

// Goodbye sums the visit up. It names books, never the person.
type Goodbye struct {
	Borrowed  int           `json:"borrowed"`
	Renewed   int           `json:"renewed"`
	Returned  int           `json:"returned"`
	Held      int           `json:"held"`
	Cancelled int           `json:"cancelled"` // holds
	Refused   int           `json:"refused"`
	Unrenewed int           `json:"unrenewed"`         // loans whose renewal was asked for and refused
	KeptDue   string        `json:"keptDue,omitempty"` // the earliest due date of those
	Unknown   int           `json:"unknown"`           // items the kiosk could not find out about: show staff
	Left      []Title       `json:"left"`              // books in hand that were neither lent nor taken back
	Back      bool          `json:"back"`              // what is left was to be given back, not lent
	ToStaff   []Title       `json:"toStaff"`           // books in hand that do not go into the box
	Due       string        `json:"due,omitempty"`     // the earliest due date of what was lent now
	Receipt   []ReceiptLine `json:"receipt"`           // what was done, in order, and then what was not
	Print     PrintState    `json:"print"`
	Ends      Countdown     `json:"ends"`
}

// ReceiptLine is what became of one item.
type ReceiptLine struct {
	What string `json:"what"` // borrowed, renewed, returned, held, cancelled; not_renewed, refused
	Item Title  `json:"item"`
	Due  string `json:"due,omitempty"` // of what was borrowed, renewed or not renewed
}

// PrintState is where the paper receipt stands. Paper never holds up a visit.
type PrintState string

// The states of printing.
const (
	PrintNone    PrintState = "none"    // no printer, nothing to print, or it is not ready: not offered
	PrintOffered PrintState = "offered" // a touch prints
	PrintSent    PrintState = "sent"    // under way
	PrintDone    PrintState = "done"
	PrintFailed  PrintState = "failed" // nothing is lost: the list is on the screen
)
