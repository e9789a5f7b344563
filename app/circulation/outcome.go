package circulation

import (
	"context"
	"errors"

	"shuting/app/library"
	"shuting/app/records"
)

// The operations as the ledger names them.
const (
	opCheckOut    = "check_out"
	opCheckIn     = "check_in"
	opRenew       = "renew"
	opRenewAll    = "renew_all"
	opPlaceHold   = "place_hold"
	opCancelHold  = "cancel_hold"
	opExpireHold  = "expire_hold"
	opMarkLost    = "mark_lost"
	opMarkDamaged = "mark_damaged"
	opPay         = "pay"
	opSetTerms    = "set_terms"
)

// Outcome tells what became of a command whose answer was lost: in a crash
// between commit and answer, or on a disk that hung. It writes nothing.
//
// The answer is final when nobody tries the command any more: after a restart,
// or when the context of the last try has ended. Outcome waits for its turn
// behind whatever was to be written before it, so a command that still waits is
// not called "not done".
func (s *Service) Outcome(ctx context.Context, command string) (told library.Told, err error) {
	var e records.Entry
	look := library.Command{ID: command + ".outcome", Actor: "system"}
	_, err = s.o.Records.Do(ctx, look, "outcome", func(t *records.Tx) (records.Outcome, error) {
		var err error
		e, err = t.Recorded(command)
		return records.Outcome{}, errors.Join(errUnchanged, err)
	})
	switch {
	case errors.Is(err, records.ErrNotFound):
		return library.Told{What: library.ToldNotDone}, nil
	case !errors.Is(err, errUnchanged):
		return library.Told{}, err
	}
	var item string
	if told, item, err = tell(e); err != nil || item == "" {
		return told, err
	}
	err = s.o.Records.View(ctx, func(t *records.Tx) error { return describe(t, item, &told.Item, &told.Title) })
	return told, err
}

// tell reads an entry of the ledger.
func tell(e records.Entry) (told library.Told, item string, err error) {
	switch e.Operation {
	case opCheckOut, opRenew:
		var res loanResult
		err = e.ReadResult(&res)
		told = library.Told{What: library.ToldLent, Due: res.Due, Reasons: res.Reasons}
		if e.Operation == opRenew {
			told.What = library.ToldRenewed
		}
		item = res.Item
	case opCheckIn:
		var res returnResult
		err = e.ReadResult(&res)
		told, item = library.Told{What: library.ToldReturned, Outcomes: res.Outcomes}, res.Item
	case opPlaceHold, opCancelHold:
		var res holdResult
		err = e.ReadResult(&res)
		told = library.Told{What: library.ToldHeld, Reasons: res.Reasons}
		if e.Operation == opCancelHold {
			told.What = library.ToldCancelled
		}
	default:
		return library.Told{What: library.ToldOther}, "", nil
	}
	if len(told.Reasons) > 0 {
		told.What = library.ToldRefused
	}
	return told, item, err
}
