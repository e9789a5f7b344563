package visit

import (
	"context"
	"time"

	"shuting/app/library"
)

// interruptedFor is how long a visit that a stop cut short is kept in mind.
const interruptedFor = 15 * time.Minute

// interrupted is a visit that may not have come to its end: the program stopped
// or the page was lost. Whoever scans the same card again, or the same books, is
// told what was recorded; nobody else is told anything. It is in memory only, and
// dropped when it was told or its time is over.
type interrupted struct {
	patron   string
	acts     []library.Told
	returned map[string]bool // barcodes
	until    time.Time
}

// lookBack finds out what the newest visit did, where it was just now.
func (v *Visit) lookBack(now time.Time) {
	v.before = nil
	if v.o.Interrupted == nil {
		return
	}
	defer v.newBudget()()
	last, err := surely(v, func(ctx context.Context) (library.LastVisit, error) {
		return v.o.Interrupted(ctx, now.Add(-interruptedFor))
	})
	if err != nil {
		v.o.Log.Error("the visit before was not found", "error", err)
		return
	}
	if len(last.Acts) == 0 {
		return
	}
	v.before = &interrupted{patron: last.Patron, acts: last.Acts, returned: map[string]bool{}, until: now.Add(interruptedFor)}
	for _, a := range last.Acts {
		if a.What == library.ToldReturned {
			v.before.returned[a.Item.Barcode] = true
		}
	}
}

// recordEnd records that the visit came to its end, if it did anything. What its
// reader has not been told yet keeps it open: after a stop that is told.
func (v *Visit) recordEnd() {
	t := &v.turn
	if v.o.Ended == nil || !t.achieved() || len(t.unsure) > 0 || t.screen == ScreenGoodbye {
		return
	}
	cmd := v.command(v.o.Clock())
	v.behind.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), v.o.Patience)
		defer cancel()
		if err := caught(func() error { return v.o.Ended(ctx, cmd) }); err != nil {
			v.o.Log.Warn("end of a visit not recorded", "command", cmd.ID, "error", err)
		}
	})
}

// tellInterrupted lists what was recorded of this reader's visit before the
// stop. What is not listed was not done.
func (v *Visit) tellInterrupted(now time.Time) {
	b := v.before
	if b == nil || b.patron == "" || b.patron != v.turn.patron || now.After(b.until) {
		return
	}
	v.before = nil
	// What was returned since, here or elsewhere, is the reader's no longer.
	patron := v.turn.patron
	open, err := surely(v, func(ctx context.Context) ([]library.AccountLoan, error) { return v.o.Own.Loans(ctx, patron, now) })
	if err != nil {
		v.o.Log.Error("the visit before was not told", "error", err)
		return
	}
	theirs := map[string]bool{}
	for _, l := range open {
		theirs[l.Item.Barcode] = true
	}
	for _, a := range b.acts {
		barcode := a.Item.Barcode
		if a.What == library.ToldHeld {
			e := entry{Entry: Entry{ID: v.nextID("e"), Item: shownTitle(a.Title), Outcome: OutcomeHeld}}
			v.turn.entries = append([]entry{e}, v.turn.entries...)
			v.turn.say(ReceiptLine{What: library.ReceiptHeld, Item: e.Item})
			continue
		}
		if !theirs[barcode] {
			continue
		}
		e := entry{Entry: Entry{Item: shown(barcode, a.Item, a.Title), Parts: a.Item.Parts, Due: a.Due.String()}}
		switch a.What {
		case library.ToldLent:
			e.Outcome = OutcomeBorrowed
		case library.ToldRenewed:
			e.Outcome = OutcomeRenewed
		default:
			continue
		}
		v.replace(barcode, e)
	}
	if len(v.turn.entries) > 0 {
		v.turn.notice = &Notice{ID: v.nextID("n"), Kind: "interrupted", Reasons: []library.Reason{}}
	}
}

// returnedBefore tells whether an item was taken back in the visit that a stop
// cut short: scanned again, it has come back already.
func (v *Visit) returnedBefore(barcode string) bool {
	return v.before != nil && v.before.returned[barcode] && !v.o.Clock().After(v.before.until)
}
