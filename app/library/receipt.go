package library

import (
	"strings"
	"time"
)

// What became of an item, as a line of a receipt tells it.
const (
	ReceiptBorrowed   = "borrowed"
	ReceiptRenewed    = "renewed"
	ReceiptReturned   = "returned"
	ReceiptHeld       = "held"
	ReceiptNotRenewed = "not_renewed" // still lent until the day it was due
	ReceiptRefused    = "refused"
)

// Receipt is what a reader takes home of a visit. It carries no name, and a card
// number only as MaskCard leaves it, because receipts are left lying about.
type Receipt struct {
	At       time.Time // the end of the visit
	Language string    // "zh-Hans", "zh-Hant" or "en"
	Card     string    // masked; "" when items were returned without a card
	Lines    []ReceiptLine
}

// ReceiptLine is one item or title of a receipt.
type ReceiptLine struct {
	What    string // one of the Receipt… codes above
	Title   string // as catalogued; may be empty, then the barcode stands for it
	Barcode string // of the item; "" for a hold on a title
	Due     Date   // borrowed, renewed, not renewed: the last day
}

// Where a slip sends an item.
const (
	SlipHoldShelf = "hold_shelf"
	SlipTransit   = "transit"
)

// Slip goes into an item that staff must take elsewhere than to its shelf. It
// says for whom only by a masked number.
type Slip struct {
	Kind       string // SlipHoldShelf or SlipTransit
	At         time.Time
	Language   string // of the staff: "zh-Hans", "zh-Hant" or "en"
	Title      string
	Barcode    string
	CallNumber string
	Card       string // masked, of the reader who waits; "" when nobody does
	Until      Date   // last day on the hold shelf
	To         string // branch it must go to, for SlipTransit
}

const (
	// cardShown is how many characters of a masked number stay.
	cardShown = 4
	// cardHidden is how many must be hidden beside them: with fewer, the rest
	// could be guessed by trying.
	cardHidden = 4
)

// MaskCard shows the last four characters of a card number, enough for its
// holder to know it again, and a star for each one before. A number too short
// to hide four is all stars.
func MaskCard(number string) string {
	runes := []rune(strings.TrimSpace(number))
	if len(runes) < cardShown+cardHidden {
		return strings.Repeat("*", len(runes))
	}
	hidden := len(runes) - cardShown
	return strings.Repeat("*", hidden) + string(runes[hidden:])
}

// CardMasked tells whether a text may stand for a card on paper: nothing, or
// stars with at most four other characters behind them.
func CardMasked(card string) bool {
	if card == "" {
		return true
	}
	shown := strings.TrimLeft(card, "*")
	return len(shown) < len(card) && len([]rune(shown)) <= cardShown
}
