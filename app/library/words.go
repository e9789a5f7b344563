package library

import "time"

// Category of patron; each has its rows in the policies.
type Category string

// The categories of the house (domain: cards, who).
const (
	Adult       Category = "adult"
	Child       Category = "child"
	Teen        Category = "teen"
	Senior      Category = "senior"
	StaffMember Category = "staff"
	Provisional Category = "provisional"
)

// ItemType decides which policy rows an item falls under.
type ItemType string

// The item types with rules of their own.
const (
	Book        ItemType = "book"
	Periodical  ItemType = "periodical"
	Reference   ItemType = "reference"
	Audiovisual ItemType = "audiovisual"
)

// Patron is what the rules need to know of a reader. Name and birth date are
// sealed in the store; Born is filled only inside a transaction that needs it.
type Patron struct {
	ID               string
	Category         Category
	Branch           string // home branch
	OnlyHomeBranch   bool   // the card is good at the home branch only
	ExpiresOn        Date   // last day the card is good; zero = no end
	SuspendedUntil   Date   // last day of a suspension; zero = not suspended
	SuspendedWhy     string // a code: behaviour, damage, no_show, staff
	ProvisionalUntil Date   // last day a provisional card lends; zero = none
	Guardian         string // patron id of a child's guardian; "" = none
	Joined           Date
}

// Personal is what is sealed under the patron's own key.
type Personal struct {
	Name       string
	Born       Date
	CardNumber string
	Document   string
	Phone      string
	Address    string
}

// CardState of one card number.
type CardState string

// A patron may have had several cards; one is active.
const (
	CardActive   CardState = "active"
	CardLost     CardState = "lost"
	CardReplaced CardState = "replaced"
)

// Card ties a number to a patron.
type Card struct {
	Patron string // patron id
	State  CardState
}

// Title is a bibliographic record as lending and the screen need it.
type Title struct {
	ID         string
	Control    string // control number of the source record
	Title      string
	Subtitle   string
	AltTitles  []string // parallel titles and those in the original script
	Author     string
	Authors    []string
	Publisher  string
	Year       string
	ISBNs      []string // ISBN-13, digits only
	ISSN       string
	Class      string // Chinese Library Classification or what the source has
	CallNumber string
	Subjects   []string
	Series     string
	Language   string
	Summary    string
	Edition    string
	Extent     string
	MinAge     int
	Children   bool // belongs to the children's collection
	Added      Date // the civil day it came to the library; zero = not known
}

// ItemState is where an item stands in its life.
type ItemState string

// The states of an item.
const (
	ItemAvailable ItemState = "available"
	ItemOnLoan    ItemState = "on_loan"
	ItemOnShelf   ItemState = "on_hold_shelf" // waiting for the patron of HoldID
	ItemInTransit ItemState = "in_transit"
	ItemLost      ItemState = "lost"
	ItemWithdrawn ItemState = "withdrawn"
	ItemDamaged   ItemState = "damaged"
)

// Item is one copy that can be held in the hand.
type Item struct {
	ID           string
	Barcode      string
	TitleID      string
	Branch       string // the branch that owns it
	At           string // the branch where it is now
	Type         ItemType
	State        ItemState
	CallNumber   string
	Place        string // room or shelf, as the library calls it
	Parts        string // what must be with it; "" = nothing
	MinAge       int
	OnSite       bool
	NotForLoan   bool
	OnlyAtBranch bool      // lent at the owning branch only
	LoanID       string    // open loan, also of an item marked lost
	HoldID       string    // hold it waits for on the shelf
	ReturnedAt   time.Time // last check-in, for the harmless second scan
	Loans        int       // how often it was lent; search shows first what is read most
}

// Loan of one item to one patron.
type Loan struct {
	ID         string
	Patron     string
	Item       string
	Title      string
	ItemType   ItemType
	Out        time.Time
	Due        Date // until the end of this civil day
	Renewals   int
	LostOn     Date // staff marked the item lost; days late end there
	Branch     string
	Origin     string // "own" or the ILS it came from
	ReturnedAt time.Time
}

// Open tells whether the item is still with the patron.
func (l Loan) Open() bool { return l.ReturnedAt.IsZero() }

// Overdue tells whether the due day is over; on the due day itself it is not.
func (l Loan) Overdue(today Date) bool { return today.After(l.Due) }

// HoldState of a hold.
type HoldState string

// A hold waits in the queue, is ready on the shelf, and then ends.
const (
	HoldWaiting   HoldState = "waiting"
	HoldReady     HoldState = "ready"
	HoldFulfilled HoldState = "fulfilled"
	HoldCancelled HoldState = "cancelled"
	HoldExpired   HoldState = "expired"
)

// Hold of a title for a patron. The queue is ordered by Seq.
type Hold struct {
	ID       string
	Title    string
	Patron   string
	Seq      uint64
	State    HoldState
	Item     string // the copy on the shelf when ready, or on its way there
	PickUp   string // branch
	Placed   time.Time
	Deadline Date // last day on the shelf, when ready
}

// Open tells whether the hold still counts: waiting or ready.
func (h Hold) Open() bool { return h.State == HoldWaiting || h.State == HoldReady }

// Standing is what a patron has open: the counted limits.
type Standing struct {
	Loans      int
	ByType     map[ItemType]int
	Holds      int   // waiting or ready
	ChargesFen int64 // unpaid lending charges; event fees never count here
}
