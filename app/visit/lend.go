package visit

import (
	"context"
	"errors"
	"slices"
	"time"

	"shuting/app/library"
)

// retries of a command whose outcome is not known. The command id stays the
// same, so a repeat finds what was committed instead of doing it twice.
const retries = 2

// checkOut lends one item to the patron of this turn and lists the outcome.
func (v *Visit) checkOut(barcode string, confirmed []string) {
	cmd := v.command(v.o.Clock())
	if e := v.find(barcode); e != nil {
		switch e.Outcome {
		case OutcomeBorrowed, OutcomeRenewed, OutcomeAlreadyBorrowed:
			again := *e
			again.Outcome = OutcomeAlreadyBorrowed
			v.replace(barcode, again)
			v.turn.cue = "accepted"
			return
		case OutcomeAsk:
			if confirmed == nil {
				v.turn.cue = "refused"
				return // the question still stands
			}
		case OutcomeUnknown:
			if e.renewing {
				v.renewAs(e.cmd, barcode)
				return
			}
			// Whatever became of the first try, this is the same act.
			cmd, confirmed = e.cmd, e.confirmed
		}
	}
	patron := v.turn.patron
	a, err := surely(v, func(ctx context.Context) (library.LoanAnswer, error) {
		return v.o.Lending.CheckOut(ctx, cmd, patron, barcode, confirmed)
	})
	if err != nil {
		v.itemFailed(entry{cmd: cmd, confirmed: confirmed}, barcode, err)
		return
	}
	v.lent(barcode, confirmed, a)
}

// lent lists the answer to a check-out.
func (v *Visit) lent(barcode string, confirmed []string, a library.LoanAnswer) {
	e := entry{Entry: Entry{Item: shown(barcode, a.Item, a.Title), Parts: a.Item.Parts}, confirmed: confirmed}
	if a.Done() {
		e.Outcome, e.Due = OutcomeBorrowed, a.Due.String()
		v.turn.view.Loans++
		v.turn.cue = "accepted"
	} else {
		e.Reasons = a.Reasons
		if !a.Known {
			e.Reasons = replaceUnknown(a.Reasons, barcode)
		}
		v.refuse(&e)
	}
	v.replace(barcode, e)
}

func replaceUnknown(reasons []library.Reason, barcode string) []library.Reason {
	out := append([]library.Reason{}, reasons...)
	for i, r := range out {
		if r.Code == library.ItemUnknown {
			out[i] = unknownItem(barcode)
		}
	}
	return out
}

// refuse marks an entry as refused, or as a question when the reader alone can
// lift every reason.
func (v *Visit) refuse(e *entry) {
	e.Outcome = OutcomeRefused
	v.turn.cue = "refused"
	if !library.OnlyAsks(e.Reasons) {
		return
	}
	e.Outcome = OutcomeAsk
	e.asked = nil
	for _, r := range e.Reasons {
		e.asked = append(e.asked, r.Code)
	}
}

// Answer is the reader's yes or no to a question of an entry.
func (v *Visit) Answer(id string, yes bool, nonce string) (Snapshot, error) {
	return v.act(nonce, func(now time.Time) error {
		e := v.findID(id)
		if e == nil || e.Outcome != OutcomeAsk || v.turn.screen != ScreenBorrow {
			return nil // answered already, or gone
		}
		if !yes {
			declined := *e
			declined.Outcome = OutcomeDeclined
			v.replace(e.Item.Barcode, declined)
			return nil
		}
		for _, code := range e.asked {
			if code == library.ItemOnLoanToYou {
				v.renewAs(v.command(now), e.Item.Barcode)
				return nil
			}
		}
		v.checkOut(e.Item.Barcode, append(append([]string{}, e.confirmed...), e.asked...))
		return nil
	})
}

func (v *Visit) renewAs(cmd library.Command, barcode string) {
	patron := v.turn.patron
	a, err := surely(v, func(ctx context.Context) (library.LoanAnswer, error) {
		return v.o.Lending.Renew(ctx, cmd, patron, barcode)
	})
	if err != nil {
		v.itemFailed(entry{cmd: cmd, renewing: true}, barcode, err)
		return
	}
	v.renewed(barcode, a)
}

// renewed lists the answer to a renewal of a book that was scanned.
func (v *Visit) renewed(barcode string, a library.LoanAnswer) {
	e := entry{Entry: Entry{Item: shown(barcode, a.Item, a.Title), Parts: a.Item.Parts, Outcome: OutcomeRenewed, Due: a.Due.String()}, renewing: true}
	v.turn.cue = "accepted"
	if !a.Done() {
		e.Outcome, e.Due, e.Reasons = OutcomeRefused, "", a.Reasons
		v.turn.cue = "refused"
	}
	v.replace(barcode, e)
}

// checkIn takes one item back and lists the outcome.
func (v *Visit) checkIn(barcode string) {
	cmd := v.command(v.o.Clock())
	old := v.find(barcode)
	if old != nil && old.Outcome == OutcomeUnknown {
		cmd = old.cmd
	}
	v.checkInAs(cmd, barcode)
}

// checkInAs is checkIn under a command that may have been tried before.
func (v *Visit) checkInAs(cmd library.Command, barcode string) {
	a, err := surely(v, func(ctx context.Context) (library.ReturnAnswer, error) {
		return v.o.Lending.CheckIn(ctx, cmd, barcode)
	})
	if err != nil {
		v.itemFailed(entry{cmd: cmd}, barcode, err)
		return
	}
	v.takenBack(barcode, a)
	v.slip(a)
}

// forStaff are the outcomes of a return whose book does not go into the box.
var forStaff = []string{library.ReturnedReserved, library.ReturnedWasLost, library.ItemUnknown}

// takenBack lists the answer to a check-in.
func (v *Visit) takenBack(barcode string, a library.ReturnAnswer) {
	first := a.Outcomes[0]
	if first == library.NotOnLoan && v.returnedBefore(barcode) {
		first = library.AlreadyReturnedNow
	}
	again := first == library.AlreadyReturnedNow || first == library.NotOnLoan
	taken := func(l ReceiptLine) bool { return l.What == library.ReceiptReturned && l.Item.Barcode == barcode }
	if again && slices.ContainsFunc(v.turn.words, taken) {
		v.turn.cue = "accepted"
		return // it is in the list already, as taken back
	}
	e := entry{Entry: Entry{Item: shown(barcode, a.Item, a.Title), Outcome: OutcomeReturned, Result: first, Also: a.Outcomes[1:], Late: a.DaysLate, Parts: a.Item.Parts,
		ToStaff: slices.Contains(forStaff, first)}}
	v.turn.cue = "accepted"
	switch first {
	case library.ItemUnknown:
		e.Reasons = []library.Reason{unknownItem(barcode)}
		v.turn.cue = "refused"
	case library.NotOnLoan:
		v.turn.cue = "refused"
	}
	v.replace(barcode, e)
}

type answered[T any] struct {
	value T
	err   error
}

// errNotBegun: the time of the command was over before this act of it began.
var errNotBegun = errors.New("visit: not begun in time")

// surely runs an act until its outcome is known, or gives up when the time of
// the whole command ends: a disk that hangs must not hold the screen. What is
// given up goes on behind and is found again under its command id; fn must not
// touch the visit.
func surely[T any](v *Visit, fn func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithCancel(v.budget)
	defer cancel()
	var last answered[T]
	if ctx.Err() != nil {
		return last.value, errNotBegun
	}
	for try := range 1 + retries {
		done := make(chan answered[T], 1)
		go func() {
			var r answered[T]
			r.err = caught(func() (err error) { r.value, err = fn(ctx); return err })
			done <- r
		}()
		before := last
		select {
		case last = <-done:
		case <-ctx.Done():
			return last.value, ctx.Err()
		}
		switch {
		case last.err == nil:
			return last.value, nil
		case v.fault(last.err) == "":
			v.o.Log.Error("command failed, outcome not known", "error", last.err)
		case try > 0:
			return before.value, before.err // that this try did nothing says nothing of the first
		default:
			return last.value, last.err
		}
	}
	return last.value, last.err
}

// newBudget gives the running job time anew, until spent is called: no page waits
// for it, so its wait for the turn does not count.
func (v *Visit) newBudget() (spent func()) {
	v.budget, spent = context.WithTimeout(context.Background(), v.o.Patience)
	return spent
}

// fault is the code of an error that surely changed nothing; "" when that is not
// known.
func (v *Visit) fault(err error) string {
	if errors.Is(err, errNotBegun) {
		return NotRecorded
	}
	return v.o.Fault(err)
}

// failed tells that nothing was done.
func (v *Visit) failed(err error) {
	code := v.faultCode(err)
	v.o.Log.Error("command failed", "code", code, "error", err)
	v.notify("not_done", []library.Reason{{Code: code, Mark: library.Block}})
}

func (v *Visit) faultCode(err error) string {
	if code := v.fault(err); code != "" {
		return code
	}
	return "store_failed"
}

// itemFailed lists an item that was not done because of a fault, or whose
// outcome is unknown: then the kiosk finds out by itself, and says so. The log
// names the command, by which the ledger can be searched.
func (v *Visit) itemFailed(e entry, barcode string, err error) {
	e.Item = Title{Barcode: barcode}
	e.Outcome = OutcomeUnknown
	old := v.find(barcode)
	again := old != nil && old.Outcome == OutcomeUnknown && old.cmd.ID == e.cmd.ID // its first try may have been done
	if code := v.fault(err); code != "" && !again {
		e.Outcome, e.Reasons = OutcomeRefused, []library.Reason{{Code: code, Mark: library.Block}}
	}
	v.o.Log.Error("item not done", "outcome", string(e.Outcome), "command", e.cmd.ID, "error", err)
	v.turn.cue = "refused"
	v.replace(barcode, e)
	if e.Outcome == OutcomeUnknown {
		cmd := e.cmd
		u := unsure{cmd: cmd, item: e.Item, settle: func(told library.Told) { v.settleItem(cmd, barcode, told) }}
		if e.renewing {
			u.loans = []ReceiptLine{{What: library.ReceiptNotRenewed, Item: e.Item}}
		}
		v.findOut(u)
	}
}
