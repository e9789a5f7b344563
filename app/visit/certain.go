package visit

import (
	"context"
	"time"

	"shuting/app/library"
)

// NotRecorded: nothing was recorded of an act and nothing will be; it may be
// tried again.
const NotRecorded = "not_recorded"

// unsure is an act whose answer was lost: the disk hung, or the store failed in
// the middle. The kiosk finds out by itself and replaces what it showed.
type unsure struct {
	command string
	settle  func(library.Told)
}

// askEvery is the pause between two questions about lost answers.
const askEvery = time.Second

// findOut keeps an act in mind until it is known what became of it.
func (v *Visit) findOut(command string, settle func(library.Told)) {
	for _, u := range v.turn.unsure {
		if u.command == command {
			return
		}
	}
	v.turn.unsure = append(v.turn.unsure, unsure{command, settle})
}

// askOutcome asks what became of the oldest act that is not certain. The answer
// comes back through the queue; a visit that has ended by then drops it, for the
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
		told, err := caughtOutcome(ctx, v.o.Lending, u.command)
		// Nobody waits for this: a visit that was closed has dropped it.
		_ = v.inTurn(func() {
			if v.turn.id != turn {
				return
			}
			v.turn.asking = false
			if err != nil {
				return // asked again
			}
			v.turn.unsure = v.turn.unsure[1:]
			v.turn.cue = ""
			v.o.Log.Info("outcome found", "command", u.command, "what", told.What)
			u.settle(told)
			v.publish()
		})
	}()
}

func caughtOutcome(ctx context.Context, l Lending, command string) (told library.Told, err error) {
	err = caught(func() (err error) { told, err = l.Outcome(ctx, command); return err })
	return told, err
}

// settleItem lists what became of a scanned item.
func (v *Visit) settleItem(barcode string, told library.Told) {
	if v.turn.screen == ScreenGoodbye {
		v.settleSums(barcode, told)
		return
	}
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
		v.takenBack(barcode, library.ReturnAnswer{Title: told.Title, Item: told.Item, Known: loan.Known, Outcomes: told.Outcomes})
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
func (v *Visit) settleSums(barcode string, told library.Told) {
	s := v.turn.sums
	var line ReceiptLine
	s.Unknown = max(0, s.Unknown-1)
	item := shown(barcode, told.Item, told.Title)
	switch told.What {
	case library.ToldLent:
		s.Borrowed++
		line = ReceiptLine{What: "borrowed", Item: item, Due: told.Due.String()}
	case library.ToldRenewed:
		s.Renewed++
		line = ReceiptLine{What: "renewed", Item: item, Due: told.Due.String()}
	case library.ToldReturned:
		s.Returned++
		line = ReceiptLine{What: "returned", Item: item}
	default:
		s.Refused++
		return // it is named among those left
	}
	v.wrote(line)
	s.Receipt = append(s.Receipt, line)
	s.Left = without(s.Left, barcode)
}

func without(books []Title, barcode string) []Title {
	out := []Title{}
	for _, b := range books {
		if b.Barcode != barcode {
			out = append(out, b)
		}
	}
	return out
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
	v.readOwn(v.o.Clock())
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
	v.readOwn(v.o.Clock())
}

func (v *Visit) settleCancelled(id string, told library.Told) {
	o := v.turn.own
	if o == nil {
		return
	}
	if v.turn.notice != nil && v.turn.notice.Kind == "not_certain" {
		v.turn.notice = nil
	}
	if told.What == library.ToldCancelled {
		v.ownCancelled(o, id)
	} else {
		v.notify("not_done", notRecorded())
	}
	v.readOwn(v.o.Clock())
}

// settleHold shows what became of a wish.
func (v *Visit) settleHold(about Title, told library.Told) {
	if v.turn.held == nil || v.turn.held.Outcome != OutcomeUnknown {
		return
	}
	a := library.HoldAnswer{Reasons: told.Reasons, Position: told.Position, Waiting: told.Waiting}
	if told.What != library.ToldHeld && len(told.Reasons) == 0 {
		a.Reasons = notRecorded()
	}
	v.holdAnswered(about, a)
}
