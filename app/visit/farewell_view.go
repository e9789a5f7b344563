package visit

// Goodbye sums the visit up. It names books, never the person.
type Goodbye struct {
	Borrowed  int           `json:"borrowed"`
	Renewed   int           `json:"renewed"`
	Returned  int           `json:"returned"`
	Held      int           `json:"held"`
	Cancelled int           `json:"cancelled"` // holds
	Refused   int           `json:"refused"`
	Unknown   int           `json:"unknown"`       // items the kiosk could not find out about: show staff
	Left      []Title       `json:"left"`          // books in hand that were neither lent nor taken back
	Due       string        `json:"due,omitempty"` // the earliest due date of what was lent now
	Receipt   []ReceiptLine `json:"receipt"`       // what was done, in order
	Print     PrintState    `json:"print"`
	Ends      Countdown     `json:"ends"`
}

// ReceiptLine is one act of the visit.
type ReceiptLine struct {
	What string `json:"what"` // borrowed, renewed, returned, held, cancelled
	Item Title  `json:"item"`
	Due  string `json:"due,omitempty"` // of what was borrowed or renewed
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
