package print

import (
	"fmt"

	"shuting/app/library"
)

// callNumberLines is the most lines of paper a call number may take.
const callNumberLines = 2

// Slip makes the ESC/POS bytes of a slip that goes into an item: where to, in
// large letters, and the item's barcode to be scanned there. It fails like
// Receipt; a slip for transit must say where to.
func Slip(s library.Slip, l Layout) ([]byte, error) {
	doc, w, err := begin(l, s.Language, s.Card)
	if err != nil {
		return nil, err
	}
	switch {
	case s.Kind == library.SlipHoldShelf:
		doc.centred(w.holdShelf, large)
	case s.Kind == library.SlipTransit && clean(s.To) != "":
		doc.centred(w.transit, large)
		doc.centred(w.to+" "+clean(s.To), large)
	case s.Kind == library.SlipTransit:
		return nil, fmt.Errorf("print: a slip for transit to nowhere")
	default:
		return nil, fmt.Errorf("print: there is no slip %q", clean(s.Kind))
	}
	doc.feed(1)
	if title := clean(s.Title); title != "" {
		doc.hanging("", title, titleLines)
	}
	if n := clean(s.CallNumber); n != "" {
		doc.hanging("", w.callNumber+" "+n, callNumberLines)
	}
	if s.Card != "" {
		doc.styled(w.reader+" "+s.Card, bold)
	}
	if !s.Until.IsZero() {
		doc.styled(w.until+" "+w.day(w, s.Until), bold)
	}
	doc.left(w.moment(w, s.At.In(l.Zone)), 0)
	if code := clean(s.Barcode); code != "" {
		doc.code(code)
		doc.centred(cut(code, l.Columns), plain)
	}
	return doc.end(), nil
}
