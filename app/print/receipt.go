package print

import (
	"fmt"
	"strconv"

	"shuting/app/library"
)

// order is how a receipt groups its lines: first what the reader carries home.
var order = []string{library.ReceiptBorrowed, library.ReceiptRenewed, library.ReceiptNotRenewed, library.ReceiptHeld, library.ReceiptReturned, library.ReceiptRefused}

// titleLines is the most lines of paper a title may take.
const titleLines = 3

// Receipt makes the ESC/POS bytes of a reader's receipt. It fails on a card
// that is not masked (ErrCardShown), on nothing to print (ErrNothing), and on a
// layout, language or line code that is not known. Any text is safe to print:
// what is no character of a text never reaches the printer.
func Receipt(r library.Receipt, l Layout) ([]byte, error) {
	doc, w, err := begin(l, r.Language, r.Card)
	if err != nil {
		return nil, err
	}
	if len(r.Lines) == 0 {
		return nil, ErrNothing
	}
	groups := map[string][]library.ReceiptLine{}
	for _, line := range r.Lines {
		if w.sections[line.What] == "" {
			return nil, fmt.Errorf("print: a receipt has no lines %q", clean(line.What))
		}
		groups[line.What] = append(groups[line.What], line)
	}
	doc.centred(l.Library.in(r.Language), bold)
	doc.centred(w.receipt, plain)
	doc.feed(1)
	doc.left(w.moment(w, r.At.In(l.Zone)), 0)
	if r.Card != "" {
		doc.left(w.card+" "+r.Card, 0)
	}
	doc.rule()
	dated := false
	for _, what := range order {
		lines := groups[what]
		if len(lines) == 0 {
			continue
		}
		doc.styled(fmt.Sprintf(w.sections[what], len(lines)), bold)
		for i, line := range lines {
			doc.entry(w, i+1, line)
			dated = dated || !line.Due.IsZero()
		}
		if what == library.ReceiptRefused {
			doc.left(w.askStaff, 0)
		}
		doc.rule()
	}
	if dated {
		doc.left(w.bringBy, 0)
	}
	return doc.end(), nil
}

// entry prints one line of a receipt: its number and title, and below them the
// barcode and the day that counts.
func (d *document) entry(w words, number int, line library.ReceiptLine) {
	head := strconv.Itoa(number) + " "
	indent := len(head)
	title, below := clean(line.Title), clean(line.Barcode)
	if title == "" {
		title, below = w.barcode+" "+below, ""
	}
	d.hanging(head, title, titleLines)
	day := ""
	switch {
	case !line.Due.IsZero():
		day = w.due + " " + w.day(w, line.Due)
	case line.What == library.ReceiptHeld:
		day = w.waiting
	}
	// A barcode is short; what is not one may cost a line of paper and no more.
	d.pair(cut(below, d.columns-indent), day, indent)
}
