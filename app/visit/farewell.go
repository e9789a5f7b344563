package visit

import (
	"slices"
	"time"

	"shuting/app/library"
)

// Finish ends the flow: a farewell if anything was done, else idle.
func (v *Visit) Finish() (Snapshot, error) {
	return v.act("", func(now time.Time) error {
		switch v.turn.screen {
		case ScreenBorrow, ScreenReturn, ScreenAccount, ScreenHeld:
			v.finish(now)
		case ScreenRecovery:
		default:
			if v.turn.patron != "" {
				v.finish(now)
			} else {
				v.end()
			}
		}
		return nil
	})
}

// wrote keeps a line for the receipt: the last word on an item counts.
func (v *Visit) wrote(line ReceiptLine) {
	same := func(l ReceiptLine) bool {
		return l.Item.Barcode == line.Item.Barcode && l.Item.TitleID == line.Item.TitleID
	}
	v.turn.did = append(slices.DeleteFunc(v.turn.did, same), line)
}

func (t *turn) lines(what string) (n int) {
	for _, l := range t.did {
		if l.What == what {
			n++
		}
	}
	return n
}

// uncertain is how many acts the kiosk is still finding out about.
func (t *turn) uncertain() int {
	n := t.count(tallyUnknown)
	for _, u := range t.unsure {
		if u.item.Barcode == "" || t.tally[u.item.Barcode] != tallyUnknown {
			n++
		}
	}
	return n
}

// left names the books of the list that the reader still holds and did not get.
func (t *turn) left() []Title {
	books := []Title{}
	for _, e := range t.entries {
		switch e.Outcome {
		case OutcomeRefused, OutcomeAsk, OutcomeDeclined, OutcomeUnknown:
			if !slices.ContainsFunc(books, func(b Title) bool { return b.Barcode == e.Item.Barcode }) {
				books = append(books, e.Item)
			}
		}
	}
	return books
}

// toStaff names the books given back that staff should have.
func (t *turn) toStaff() []Title {
	books := []Title{}
	for _, e := range t.entries {
		if e.ToStaff {
			books = append(books, e.Item)
		}
	}
	return books
}

// unrenewed are the loans whose renewal was refused and that were not scanned
// since: then the later word counts.
func (t *turn) unrenewed() (lines []ReceiptLine) {
	if t.own == nil {
		return nil
	}
	for _, l := range t.own.page.Loans {
		if l.Answer == OutcomeRefused && t.tally[l.Item.Barcode] == tallyNothing {
			lines = append(lines, notRenewed(l))
		}
	}
	return lines
}

func notRenewed(l OwnLoan) ReceiptLine {
	return ReceiptLine{What: library.ReceiptNotRenewed, Item: l.Item, Due: l.Due}
}

func (v *Visit) finish(now time.Time) {
	t := &v.turn
	sums := Goodbye{Borrowed: t.count(tallyBorrowed), Renewed: t.count(tallyRenewed), Returned: t.count(tallyReturned),
		Held: t.lines("held"), Cancelled: t.lines("cancelled"),
		Refused: t.count(tallyRefused), Unknown: t.uncertain(), Due: t.due.String(), Print: PrintNone}
	kept := t.unrenewed()
	sums.keep(kept)
	sums.ToStaff = t.toStaff()
	if sums.Borrowed+sums.Renewed+sums.Returned+sums.Held+sums.Cancelled+sums.Refused+sums.Unrenewed+sums.Unknown+len(sums.ToStaff) == 0 {
		v.end()
		return
	}
	sums.Left = t.left()
	did, unsettled, number := t.did, t.unsure, t.card
	// The farewell names books only: the person is gone already.
	v.newTurn(ScreenGoodbye)
	v.turn.sums, v.turn.did, v.turn.kept, v.turn.unsure = &sums, did, kept, unsettled
	sums.Receipt = v.turn.receipt()
	v.turn.paper = library.Receipt{Card: library.MaskCard(number)}
	if slices.ContainsFunc(did, onPaper) && v.o.Printer.Ready() {
		v.turn.sums.Print = PrintOffered
	}
	v.turn.goodbye = now.Add(v.goodbyeTime())
	v.turn.cue = "ended"
}

// onPaper tells whether a line is worth taking home.
func onPaper(l ReceiptLine) bool { return l.What != "cancelled" }

// reading is how long the farewell stands when its list is being read.
const reading = 45 * time.Second

// ShowReceipt: the reader looks at the list, so the farewell stands longer.
func (v *Visit) ShowReceipt() (Snapshot, error) {
	return v.act("", func(now time.Time) error {
		if v.turn.screen == ScreenGoodbye {
			v.standLonger(now)
		}
		return nil
	})
}

func (v *Visit) standLonger(now time.Time) {
	stay := reading
	if v.modes.LargeText {
		stay *= 2
	}
	v.turn.goodbye, v.turn.stands = now.Add(stay), stay
}

// PrintReceipt prints the list once. The farewell does not wait for it.
func (v *Visit) PrintReceipt(nonce string) (Snapshot, error) {
	return v.act(nonce, func(now time.Time) error {
		if v.turn.screen != ScreenGoodbye || v.turn.sums.Print != PrintOffered {
			return nil
		}
		v.turn.sums.Print = PrintSent
		v.standLonger(now)
		r := v.turn.paper
		r.At, r.Language = now, v.language
		for _, l := range v.turn.receipt() {
			if onPaper(l) {
				r.Lines = append(r.Lines, library.ReceiptLine{What: l.What, Title: l.Item.Title, Barcode: l.Item.Barcode, Due: date(l.Due)})
			}
		}
		turn := v.turn.id
		v.o.Printer.Receipt(r, func(err error) { go v.printed(turn, err) })
		return nil
	})
}

// receipt is what the farewell lists: what was done, what was not renewed, and
// the books left over of which it is certain that nothing was done.
func (t *turn) receipt() []ReceiptLine {
	lines := append([]ReceiptLine{}, t.did...)
	lines = append(lines, t.kept...)
	for _, book := range t.sums.Left {
		if !slices.ContainsFunc(t.unsure, func(u unsure) bool { return u.item.Barcode == book.Barcode }) {
			lines = append(lines, ReceiptLine{What: library.ReceiptRefused, Item: book})
		}
	}
	return lines
}

// printed tells the reader, if they are still there.
func (v *Visit) printed(turn string, err error) {
	if err != nil {
		v.o.Log.Warn("receipt not printed", "error", err)
	}
	v.later(turn, func() {
		if v.turn.sums == nil {
			return
		}
		v.turn.sums.Print = PrintDone
		if err != nil {
			v.turn.sums.Print = PrintFailed
		}
	})
}

// date reads what was made from a date; "" is none.
func date(text string) (d library.Date) {
	if err := d.UnmarshalText([]byte(text)); err != nil {
		return library.Date{}
	}
	return d
}

// slip prints where a returned item must go, for staff.
func (v *Visit) slip(a library.ReturnAnswer) {
	s := library.Slip{At: v.o.Clock(), Title: a.Title.Title, Barcode: a.Item.Barcode, CallNumber: shown("", a.Item, a.Title).CallNumber}
	switch {
	case a.TransitTo != "":
		s.Kind, s.To = library.SlipTransit, a.TransitTo
	case a.Hold != "":
		s.Kind, s.Card, s.Until = library.SlipHoldShelf, a.HoldCard, a.HoldUntil
	default:
		return
	}
	v.o.Printer.Slip(s)
}
