package visit

import (
	"slices"

	"shuting/app/library"
)

// unknownYet is the word on a book of which the kiosk is still finding out. It
// stands on no receipt.
const unknownYet = "unknown"

// done are the words that stay whatever is refused afterwards.
var done = []string{library.ReceiptBorrowed, library.ReceiptRenewed, library.ReceiptReturned, library.ReceiptHeld, wordCancelled}

// wordCancelled is a hold that was ended: told on the screen, not on paper.
const wordCancelled = "cancelled"

// say keeps the visit's last word on a book or title, in order. That something
// more was refused takes nothing back that was done before.
func (t *turn) say(line ReceiptLine) {
	at := slices.IndexFunc(t.words, func(l ReceiptLine) bool { return sameThing(l.Item, line.Item) })
	if at >= 0 {
		if slices.Contains(done, t.words[at].What) && !slices.Contains(done, line.What) {
			return
		}
		if line.Due == "" && t.words[at].What == line.What {
			line.Due = t.words[at].Due // known from before
		}
		t.words = slices.Delete(t.words, at, at+1)
	}
	t.words = append(t.words, line)
}

// unsay takes back that something was not lent or not known; what was not
// renewed stays so.
func (t *turn) unsay(item Title) {
	t.words = slices.DeleteFunc(t.words, func(l ReceiptLine) bool {
		return sameThing(l.Item, item) && (l.What == library.ReceiptRefused || l.What == unknownYet)
	})
}

func sameThing(a, b Title) bool {
	if a.Barcode != "" || b.Barcode != "" {
		return a.Barcode == b.Barcode
	}
	return a.TitleID == b.TitleID
}

// said is how often the visit has this word.
func (t *turn) said(what string) (n int) {
	for _, l := range t.words {
		if l.What == what {
			n++
		}
	}
	return n
}

// achieved tells whether the visit changed anything.
func (t *turn) achieved() bool {
	return slices.ContainsFunc(t.words, func(l ReceiptLine) bool { return slices.Contains(done, l.What) })
}

// uncertain is how many acts the kiosk is still finding out about.
func (t *turn) uncertain() int {
	n := t.said(unknownYet)
	for _, u := range t.unsure {
		counted := func(l ReceiptLine) bool { return l.What == unknownYet && l.Item.Barcode == u.item.Barcode }
		if u.item.Barcode == "" || !slices.ContainsFunc(t.words, counted) {
			n++
		}
	}
	return n
}

// receipt is what the farewell lists: what was done, then what was not renewed,
// then the books of which it is certain that nothing was done.
func (t *turn) receipt() []ReceiptLine {
	lines := []ReceiptLine{}
	for _, whats := range [][]string{done, {library.ReceiptNotRenewed}, {library.ReceiptRefused}} {
		for _, l := range t.words {
			if slices.Contains(whats, l.What) {
				lines = append(lines, l)
			}
		}
	}
	return lines
}

// handOver keeps a book in mind that does not go into the box.
func (t *turn) handOver(item Title) {
	if !slices.ContainsFunc(t.staff, func(b Title) bool { return sameThing(b, item) }) {
		t.staff = append(t.staff, item)
	}
}

// sum counts the words for the farewell.
func (t *turn) sum(g *Goodbye) {
	g.Borrowed, g.Renewed, g.Returned = t.said(library.ReceiptBorrowed), t.said(library.ReceiptRenewed), t.said(library.ReceiptReturned)
	g.Held, g.Cancelled = t.said(library.ReceiptHeld), t.said(wordCancelled)
	g.Refused, g.Unrenewed, g.Unknown = t.said(library.ReceiptRefused), t.said(library.ReceiptNotRenewed), t.uncertain()
	g.Left, g.Due, g.KeptDue = []Title{}, "", ""
	for _, l := range t.words {
		switch l.What {
		case library.ReceiptRefused, unknownYet:
			g.Left = append(g.Left, l.Item)
		case library.ReceiptBorrowed, library.ReceiptRenewed:
			g.Due = earlier(g.Due, l.Due)
		case library.ReceiptNotRenewed:
			g.KeptDue = earlier(g.KeptDue, l.Due)
		}
	}
	g.ToStaff = append([]Title{}, t.staff...)
	g.Receipt = t.receipt()
}

// earlier is the earlier of two civil dates; "" is none.
func earlier(a, b string) string {
	if a == "" || b != "" && b < a {
		return b
	}
	return a
}
