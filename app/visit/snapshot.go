package visit

import "shuting/app/library"

// Screen names what stands on the glass.
type Screen string

// The screens. Recovery comes at the first start, until somebody says that the
// code is written down. A kiosk that cannot lend shows idle with Lending false.
const (
	ScreenIdle     Screen = "idle"
	ScreenItem     Screen = "item"    // an item was scanned at idle: return it or borrow it
	ScreenSignIn   Screen = "signin"  // waiting for a card
	ScreenPIN      Screen = "pin"     // a card was scanned, its PIN is asked
	ScreenBorrow   Screen = "borrow"  // a patron stands here
	ScreenReturn   Screen = "return"  // anonymous
	ScreenSearch   Screen = "search"  // anonymous, or with the patron who came from one of the next two; what is typed stays in the page
	ScreenAccount  Screen = "account" // the patron's own page, after the PIN
	ScreenHeld     Screen = "held"    // what became of a wish for a title
	ScreenGoodbye  Screen = "goodbye"
	ScreenRecovery Screen = "recovery"
)

// Snapshot is everything the page may know of the visit at one moment. It is
// replaced whole: nothing of an earlier visit is in it. Revision only grows; a
// page that missed one simply shows the newest.
type Snapshot struct {
	Revision uint64     `json:"revision"`
	Screen   Screen     `json:"screen"`
	Language string     `json:"language"` // zh-Hans, zh-Hant or en
	Modes    Modes      `json:"modes"`
	Cue      string     `json:"cue"`               // sound that belongs to this revision: "", accepted, refused, ended, key
	Warning  *Countdown `json:"warning,omitempty"` // idle warning: "still there?"
	Ends     *Countdown `json:"ends,omitempty"`    // when the visit ends by itself if nothing happens
	Goal     Goal       `json:"goal"`              // on the sign-in and PIN screens: what the card is asked for
	Patron   *Patron    `json:"patron,omitempty"`
	PIN      *PIN       `json:"pin,omitempty"`
	Item     *Title     `json:"item,omitempty"` // the newest of Carried
	Carried  []Title    `json:"carried"`        // books scanned before the card, newest first; nothing is lent or taken back yet
	Entries  []Entry    `json:"entries"`        // newest first
	Borrowed int        `json:"borrowed"`       // items lent in this visit
	Returned int        `json:"returned"`       // items taken back in this visit
	Find     *Find      `json:"find,omitempty"` // on the search screen
	Wish     *Title     `json:"wish,omitempty"` // the title to be held, until a card says for whom
	Held     *Held      `json:"held,omitempty"` // on the held screen
	Account  *OwnPage   `json:"account,omitempty"`
	Today    *Today     `json:"today,omitempty"` // on the idle screen, where opening hours are known
	Notice   *Notice    `json:"notice,omitempty"`
	Goodbye  *Goodbye   `json:"goodbye,omitempty"`
	Recovery []string   `json:"recovery,omitempty"` // groups of the recovery code
	Health   []string   `json:"health"`             // codes of what is out of order, worst first: lending_stopped_space, store_failed
	Lending  bool       `json:"lending"`            // false: the kiosk cannot lend or take back now
}

// Modes are the reader's own settings; they end with the visit.
type Modes struct {
	LargeText    bool `json:"largeText"`
	HighContrast bool `json:"highContrast"`
	LowPosition  bool `json:"lowPosition"`
}

// Countdown is whole seconds left when the snapshot was made, and of how many.
type Countdown struct {
	Seconds int `json:"seconds"`
	Of      int `json:"of"`
}

// Patron is what the kiosk shows of the reader: a masked name and numbers that
// are needed to borrow, nothing else.
type Patron struct {
	Name      string           `json:"name"` // masked: 张*, J***
	Loans     int              `json:"loans"`
	LoanLimit int              `json:"loanLimit"`
	LoanDays  int              `json:"loanDays"`
	Standing  []library.Reason `json:"standing"` // why this card cannot borrow now; empty is well
}

// PIN is the state of the PIN screen. The digits typed so far live in the page
// only and are wiped when they are sent.
type PIN struct {
	Length int  `json:"length"`
	Wrong  bool `json:"wrong"` // the last try failed: wrong PIN or no such card, never told apart
	Wait   int  `json:"wait"`  // seconds until the next try is taken; 0 = now
}

// Title is what is shown of an item, or of a title as a whole.
type Title struct {
	Barcode    string `json:"barcode"` // "" of a title as a whole
	TitleID    string `json:"titleId"` // "" when nothing is known of it
	Title      string `json:"title"`
	Author     string `json:"author"`
	Class      string `json:"class"` // Chinese Library Classification, or what the record has
	CallNumber string `json:"callNumber"`
}

// Outcome of one scanned item.
type Outcome string

// What can become of a scanned item. Every item ends as one of these; none is
// left out of the list.
const (
	OutcomeBorrowed        Outcome = "borrowed"
	OutcomeRenewed         Outcome = "renewed"
	OutcomeAlreadyBorrowed Outcome = "already_borrowed_now"
	OutcomeRefused         Outcome = "refused"  // Reasons say why
	OutcomeAsk             Outcome = "ask"      // the reader must confirm Reasons
	OutcomeDeclined        Outcome = "declined" // the reader said no
	OutcomeReturned        Outcome = "returned" // Result says more
	OutcomeUnknown         Outcome = "unknown"  // the kiosk could not find out: show staff
)

// Entry is one item of the list, newest first.
type Entry struct {
	ID      string           `json:"id"`
	Outcome Outcome          `json:"outcome"`
	Result  string           `json:"result"` // of a return: returned, not_on_loan, item_unknown, returned_reserved, returned_other_branch, returned_was_lost, returned_has_parts, already_returned_now
	Also    []string         `json:"also"`   // of a return: what else is true of it, same codes, in order
	Item    Title            `json:"item"`
	Due     string           `json:"due,omitempty"` // civil date 2026-12-22
	Late    int              `json:"late"`          // days late, of a return
	ToStaff bool             `json:"toStaff"`       // of a return: it goes to our staff, not into the box
	Parts   string           `json:"parts"`         // what must be with the item, as catalogued
	Reasons []library.Reason `json:"reasons"`
}

// Notice is a message that belongs to no item: a card refused, a scan that
// cannot be read.
type Notice struct {
	ID      string           `json:"id"`
	Kind    string           `json:"kind"` // card_refused, item_refused, scan_unreadable, enter_pin_first, not_done, not_certain, interrupted
	Reasons []library.Reason `json:"reasons"`
}

// Find is what a scan on the search screen asks for. Serial grows with each such
// scan; the other two are empty before the first.
type Find struct {
	Serial int    `json:"serial"`
	Text   string `json:"text"`  // an ISBN to look for, or
	Title  string `json:"title"` // the id of the title whose copy was scanned
}
