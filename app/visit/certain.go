package visit

import (
	"context"
	"errors"
	"slices"
	"time"

	"shuting/app/library"
)

// NotRecorded: nothing was recorded of an act and nothing will be; it may be
// tried again.
const NotRecorded = "not_recorded"

// unsure is an act whose answer was lost: the disk hung, or the store failed in
// the middle. The kiosk finds out by itself and replaces what it showed; settle
// does that on the screen of the act, settleSums on the farewell.
type unsure struct {
	cmd    library.Command
	item   Title // what it was about; empty when it was about several
	settle func(library.Told)
	loans  []ReceiptLine // of a renewal: what it was about, as it stands if nothing was renewed
}

// askEvery is the pause between two questions about lost answers.
const askEvery = time.Second

// findOut keeps an act in mind until it is known what became of it.
func (v *Visit) findOut(u unsure) {
	known := func(other unsure) bool { return other.cmd.ID == u.cmd.ID }
	if !slices.ContainsFunc(v.turn.unsure, known) {
		v.turn.unsure = append(v.turn.unsure, u)
	}
}

// askOutcome asks what became of the act that waits longest. The answer comes
// back through the queue; a visit that has ended by then drops it, for the
// ledger has it.
func (v *Visit) askOutcome(now time.Time) {
	if len(v.turn.unsure) == 0 || v.turn.asking || now.Sub(v.turn.asked) < askEvery {
		return
	}
	turn, u := v.turn.id, v.turn.unsure[0]
	v.turn.asking, v.turn.asked = true, now
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), v.o.Patience)
		defer cancel()
		told, err := caughtOutcome(ctx, v.o.Lending, u.cmd.ID)
		v.later(turn, func() {
			v.turn.asking = false
			v.turn.unsure = v.turn.unsure[1:]
			if err != nil {
				v.turn.unsure = append(v.turn.unsure, u) // asked again, after the others
				return
			}
			v.o.Log.Info("outcome found", "command", u.cmd.ID, "what", told.What)
			if v.turn.sums != nil {
				v.settleSums(u, told)
			} else {
				u.settle(told)
			}
		})
	}()
}

// later runs fn in the turn it belongs to, if that still stands, and publishes.
func (v *Visit) later(turn string, fn func()) {
	// Nobody waits for this: a visit that was closed has dropped it.
	_ = v.inTurn(func() {
		if v.turn.id != turn {
			return
		}
		v.turn.cue = ""
		defer v.newBudget()()
		var fault *Fault
		if err := caught(func() error { fn(); return nil }); errors.As(err, &fault) {
			v.o.Log.Error("visit ended", "error", err)
			v.cutOff()
		}
		v.publish()
	})
}

func caughtOutcome(ctx context.Context, l Lending, command string) (told library.Told, err error) {
	err = caught(func() (err error) { told, err = l.Outcome(ctx, command); return err })
	return told, err
}

// settleItem lists what became of a scanned item.
func (v *Visit) settleItem(cmd library.Command, barcode string, told library.Told) {
	e := v.find(barcode)
	if e == nil || e.Outcome != OutcomeUnknown {
		return // scanned again in the meantime
	}
	loan := library.LoanAnswer{Title: told.Title, Item: told.Item, Known: told.Item.ID != "", Due: told.Due, Reasons: told.Reasons}
	switch told.What {
	case library.ToldLent:
		v.lent(barcode, e.confirmed, loan)
	case library.ToldRenewed:
		v.renewed(barcode, loan)
	case library.ToldReturned:
		v.checkInAs(cmd, barcode) // answers from the ledger, with all there is for the slip
	case library.ToldRefused:
		if e.renewing {
			v.renewed(barcode, loan)
		} else {
			v.lent(barcode, e.confirmed, loan)
		}
	default:
		anew := *e
		anew.Outcome, anew.Reasons = OutcomeRefused, notRecorded()
		v.turn.cue = "refused"
		v.replace(barcode, anew)
	}
}

func notRecorded() []library.Reason {
	return []library.Reason{{Code: NotRecorded, Mark: library.Block}}
}

// settleSums corrects the farewell.
func (v *Visit) settleSums(u unsure, told library.Told) {
	defer v.turn.sum(v.turn.sums)
	if u.loans != nil {
		v.settleLoans(u.loans, told)
		return
	}
	line := ReceiptLine{Item: u.item, Due: told.Due.String()}
	if told.Item.ID != "" {
		line.Item = shown(told.Item.Barcode, told.Item, told.Title)
	}
	switch told.What {
	case library.ToldLent:
		line.What = library.ReceiptBorrowed
	case library.ToldHeld:
		line.What = library.ReceiptHeld
	case library.ToldCancelled:
		line.What = wordCancelled
	case library.ToldReturned:
		v.settleReturn(u.cmd, line.Item, told.Outcomes)
		return
	default:
		if u.item.Barcode == "" {
			return // a hold or its end: nothing was done
		}
		line.What = library.ReceiptRefused
	}
	v.turn.say(line)
}

// settleReturn tells on the farewell what became of a return, and prints its slip.
func (v *Visit) settleReturn(cmd library.Command, item Title, outcomes []string) {
	v.turn.unsay(item)
	if tookBack(outcomes) {
		v.turn.say(ReceiptLine{What: library.ReceiptReturned, Item: item})
	}
	if len(outcomes) > 0 && slices.Contains(forStaff, outcomes[0]) {
		v.turn.handOver(item)
	}
	// The same command answers from the ledger, with all there is for the slip.
	a, err := surely(v, func(ctx context.Context) (library.ReturnAnswer, error) {
		return v.o.Lending.CheckIn(ctx, cmd, item.Barcode)
	})
	if err != nil {
		v.o.Log.Error("no slip for a return", "command", cmd.ID, "error", err)
		return
	}
	v.slip(a)
}

// settleLoans tells on the farewell which loans were renewed and which not.
func (v *Visit) settleLoans(loans []ReceiptLine, told library.Told) {
	parts := told.Parts
	if told.What != library.ToldRenewedAll {
		parts = []library.Told{told}
	}
	for _, l := range loans {
		what := told.What // of one that no part tells of
		at := slices.IndexFunc(parts, func(p library.Told) bool { return p.Item.Barcode == l.Item.Barcode })
		if at >= 0 {
			what = parts[at].What
			l.Item = shown(l.Item.Barcode, parts[at].Item, parts[at].Title)
		}
		switch what {
		case library.ToldRenewed:
			v.turn.say(ReceiptLine{What: library.ReceiptRenewed, Item: l.Item, Due: parts[at].Due.String()})
		case library.ToldRefused, library.ToldNotDone:
			v.turn.say(l)
		default:
			v.turn.say(ReceiptLine{What: unknownYet, Item: l.Item})
		}
	}
}

// tookBack tells whether a check-in took something back.
func tookBack(outcomes []string) bool {
	return len(outcomes) > 0 && !slices.Contains([]string{library.ItemUnknown, library.NotOnLoan, library.AlreadyReturnedNow}, outcomes[0])
}

// settleRenewal keeps what became of one renewal of the account screen.
func (v *Visit) settleRenewal(l ownLoan, told library.Told) {
	o := v.turn.own
	if o == nil {
		return
	}
	switch told.What {
	case library.ToldRenewed, library.ToldRefused:
		v.ownRenewed(o, l, library.LoanAnswer{Title: told.Title, Item: told.Item, Due: told.Due, Reasons: told.Reasons})
	default:
		o.answers[l.loan] = answer{outcome: OutcomeRefused, reasons: notRecorded()}
		v.turn.cue = "refused"
	}
	v.refreshOwn(v.o.Clock())
}

// settleRenewAll goes on with what was begun, or says that nothing was.
func (v *Visit) settleRenewAll(cmd library.Command, told library.Told) {
	o := v.turn.own
	if o == nil {
		return
	}
	for loan, a := range o.answers {
		if a.outcome == OutcomeUnknown {
			delete(o.answers, loan)
		}
	}
	if told.What == library.ToldNotDone {
		v.notify("not_done", notRecorded())
	} else {
		v.renewAllAs(cmd, o)
	}
	v.refreshOwn(v.o.Clock())
}

// settleCancelled tells what became of the end of a hold.
func (v *Visit) settleCancelled(h OwnHold, told library.Told) {
	o := v.turn.own
	if o == nil {
		return
	}
	v.nowCertain()
	if told.What == library.ToldCancelled {
		v.ownCancelled(o, h)
	} else {
		v.notify("not_done", notRecorded())
	}
	v.refreshOwn(v.o.Clock())
}

// settleHistory shows which of the two it is.
func (v *Visit) settleHistory(told library.Told) {
	v.nowCertain()
	if told.What == library.ToldNotDone {
		v.notify("not_done", notRecorded())
	}
	if v.turn.own != nil {
		v.refreshOwn(v.o.Clock())
	}
}

// nowCertain takes the notice away that something was not.
func (v *Visit) nowCertain() {
	if v.turn.notice != nil && v.turn.notice.Kind == "not_certain" {
		v.turn.notice = nil
	}
}

// settleHold shows what became of a wish, also when its reader has gone on to
// another screen: then it stands on the farewell.
func (v *Visit) settleHold(cmd library.Command, about Title, told library.Told) {
	a := library.HoldAnswer{Reasons: told.Reasons, Position: told.Position, Waiting: told.Waiting}
	if told.What != library.ToldHeld && len(told.Reasons) == 0 {
		a.Reasons = notRecorded()
	}
	switch {
	case v.turn.held != nil && v.turn.held.command == cmd.ID:
		v.holdAnswered(about, a)
	case a.Done():
		v.turn.say(ReceiptLine{What: library.ReceiptHeld, Item: about})
	}
}
