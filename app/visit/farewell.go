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

// finish shows the farewell, or goes home where there is nothing to tell.
func (v *Visit) finish(now time.Time) {
	t := &v.turn
	if len(t.words) == 0 && len(t.staff) == 0 && len(t.unsure) == 0 {
		v.end()
		return
	}
	words, staff, unsettled, number := t.words, t.staff, t.unsure, t.card
	sums := Goodbye{Back: t.screen == ScreenReturn, Print: PrintNone}
	// The farewell names books only: the person is gone already.
	v.newTurn(ScreenGoodbye)
	v.turn.sums, v.turn.words, v.turn.staff, v.turn.unsure = &sums, words, staff, unsettled
	v.turn.sum(&sums)
	v.turn.paper = library.Receipt{Card: library.MaskCard(number)}
	if v.turn.achieved() && slices.ContainsFunc(sums.Receipt, onPaper) && v.o.Printer.Ready() {
		v.turn.sums.Print = PrintOffered
	}
	if len(sums.Left)+len(sums.ToStaff)+sums.Unrenewed+sums.Unknown > 0 {
		v.turn.stands = 2 * v.goodbyeTime() // there is more to read
	}
	v.turn.goodbye = now.Add(v.goodbyeTime())
	v.turn.cue = "ended"
}

// onPaper tells whether a line is worth taking home.
func onPaper(l ReceiptLine) bool { return l.What != wordCancelled }

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
