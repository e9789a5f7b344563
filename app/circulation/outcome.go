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
	opSetHistory  = "set_history"
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
		return library.Told{Command: command, What: library.ToldNotDone}, nil
	case !errors.Is(err, errUnchanged):
		return library.Told{}, err
	}
	err = s.o.Records.View(ctx, func(t *records.Tx) (err error) { told, err = tell(t, e); return err })
	return told, err
}

// tell reads an entry of the ledger, and what it is about.
func tell(t *records.Tx, e records.Entry) (told library.Told, err error) {
	told = library.Told{Command: e.Command, What: library.ToldOther}
	item, title := "", ""
	switch e.Operation {
	case opCheckOut, opRenew:
		var res loanResult
		err = e.ReadResult(&res)
		told.What, told.Due, told.Reasons = library.ToldLent, res.Due, res.Reasons
		if e.Operation == opRenew {
			told.What = library.ToldRenewed
		}
		item = res.Item
	case opRenewAll:
		told.What = library.ToldRenewedAll
		told.Parts, err = tellParts(t, e)
	case opCheckIn:
		var res returnResult
		err = e.ReadResult(&res)
		told.What, told.Outcomes, item = library.ToldReturned, res.Outcomes, res.Item
	case opPlaceHold, opCancelHold:
		var res holdResult
		err = e.ReadResult(&res)
		told.What, told.Position, told.Waiting, told.Reasons = library.ToldHeld, res.Position, res.Waiting, res.Reasons
		if e.Operation == opCancelHold {
			told.What = library.ToldCancelled
		}
		title = res.Title
	}
	if len(told.Reasons) > 0 {
		told.What = library.ToldRefused
	}
	switch {
	case err != nil:
		return told, err
	case item != "":
		err = describe(t, item, &told.Item, &told.Title)
	case title != "":
		told.Title, err = t.Title(title)
	}
	return told, err
}

// tellParts tells what became of each loan of a renewal of all.
func tellParts(t *records.Tx, all records.Entry) (parts []library.Told, err error) {
	var res renewAllResult
	if err := all.ReadResult(&res); err != nil {
		return nil, err
	}
	for _, loan := range res.Loans {
		part := library.Told{Command: partOf(all.Command, loan), What: library.ToldNotDone}
		e, err := t.Recorded(part.Command)
		switch {
		case err == nil:
			part, err = tell(t, e)
		case errors.Is(err, records.ErrNotFound):
			var l library.Loan
			if l, err = t.Loan(loan); err == nil {
				err = describe(t, l.Item, &part.Item, &part.Title)
			}
		}
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}
