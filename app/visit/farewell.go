package visit

import (
	"slices"
	"time"
)

// Finish ends the flow: a farewell if anything was done, else idle.
func (v *Visit) Finish() (Snapshot, error) {
	return v.act("", func(now time.Time) error {
		switch v.turn.screen {
		case ScreenBorrow, ScreenReturn:
			v.finish(now)
		case ScreenRecovery:
		default:
			v.end()
		}
		return nil
	})
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

func (v *Visit) finish(now time.Time) {
	t := &v.turn
	sums := Goodbye{Borrowed: t.count(tallyBorrowed), Renewed: t.count(tallyRenewed), Returned: t.count(tallyReturned),
		Refused: t.count(tallyRefused), Unknown: t.count(tallyUnknown), Due: t.due.String()}
	if sums.Borrowed+sums.Renewed+sums.Returned+sums.Refused+sums.Unknown == 0 {
		v.end()
		return
	}
	sums.Left = t.left()
	// The farewell carries sums only: the person is gone already.
	v.newTurn(ScreenGoodbye)
	v.turn.sums = &sums
	v.turn.goodbye = now.Add(v.goodbyeTime())
	v.turn.cue = "ended"
}
