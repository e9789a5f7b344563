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
	opEndVisit    = "end_visit"
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
	var unread error
	_, err = s.o.Records.Do(ctx, look, "outcome", func(t *records.Tx) (records.Outcome, error) {
		e, unread = t.Recorded(command)
		return records.Outcome{}, errUnchanged
	})
	switch {
	case !errors.Is(err, errUnchanged):
		return library.Told{}, err
	case errors.Is(unread, records.ErrNotFound):
		return library.Told{Command: command, What: library.ToldNotDone}, nil
	case unread != nil: // recorded, but who knows what: not certain
		return library.Told{}, unread
	}
	err = s.o.Records.View(ctx, func(t *records.Tx) (err error) { told, err = s.tell(t, e); return err })
	return told, err
}

// recordUnreadable is the reason of a refusal whose own reasons cannot be read.
const recordUnreadable = "record_unreadable"

// tell reads an entry of the ledger, and what it is about. What cannot be read of
// it is left out.
func (s *Service) tell(t *records.Tx, e records.Entry) (told library.Told, err error) {
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
		item, title = res.Item, res.Title
	case opRenewAll:
		told.What = library.ToldRenewedAll
		told.Parts, err = s.tellParts(t, e)
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
	if records.Unusable(err) {
		item = itemOf(e)
		if e.Outcome == "refused" {
			told.Reasons = []library.Reason{{Code: recordUnreadable, Mark: library.Block}}
		}
	}
	if len(told.Reasons) > 0 {
		told.What = library.ToldRefused
	}
	if err = s.passOver("ledger result", err); err != nil {
		return told, err
	}
	switch {
	case item != "":
		var th thing
		th, _, err = s.describe(t, item, title)
		told.Item, told.Title = th.item, th.title
	case title != "":
		told.Title, err = t.Title(title)
		err = s.passOver("title", err)
	}
	return told, err
}

// itemOf is the item an entry says it touched, where its result cannot be read.
func itemOf(e records.Entry) string {
	n := len(e.Subjects)
	switch e.Operation {
	case opCheckIn:
		if n == 1 { // nobody's
			return e.Subjects[0]
		}
	case opCheckOut, opRenew:
	default:
		return ""
	}
	if n < 2 {
		return ""
	}
	return e.Subjects[1] // behind the patron
}

// tellParts tells what became of each loan of a renewal of all.
func (s *Service) tellParts(t *records.Tx, all records.Entry) (parts []library.Told, err error) {
	var res renewAllResult
	if err := all.ReadResult(&res); err != nil {
		return nil, err
	}
	for _, loan := range res.Loans {
		part := library.Told{Command: partOf(all.Command, loan), What: library.ToldNotDone}
		e, err := t.Recorded(part.Command)
		switch {
		case err == nil:
			part, err = s.tell(t, e)
		case errors.Is(err, records.ErrNotFound):
			part.Item, part.Title, err = s.itemOfLoan(t, loan)
		default:
			part.What = library.ToldOther // recorded, but not to be read
			if err = s.passOver("ledger entry", err); err == nil {
				part.Item, part.Title, err = s.itemOfLoan(t, loan)
			}
		}
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// itemOfLoan is what a loan is about, as far as it can be read.
func (s *Service) itemOfLoan(t *records.Tx, loan string) (library.Item, library.Title, error) {
	l, err := t.Loan(loan)
	if err != nil {
		return library.Item{}, library.Title{}, s.passOver("loan", err)
	}
	th, _, err := s.describe(t, l.Item, l.Title)
	return th.item, th.title, err
}
