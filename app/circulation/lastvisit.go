package circulation

import (
	"context"
	"slices"
	"time"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
)

// lookBack is how many entries of the ledger LastVisit reads at most: more than
// any visit makes, and quickly read.
const lookBack = 400

// LastVisit tells what a reader did in the visit that acted last at this kiosk,
// when it last did something at or after since; for a kiosk that was cut off
// before it could tell itself. Each loan of a renewal of all is an act of its own.
// What was done at another time, by another visit or by nobody at the glass is
// not told, also when the last visit did nothing: then the answer is zero.
func (s *Service) LastVisit(ctx context.Context, since time.Time) (last library.LastVisit, err error) {
	err = s.o.Records.View(ctx, func(t *records.Tx) error {
		last = library.LastVisit{}
		return t.LastEntries(s.o.Records.Kiosk(), lookBack, func(e records.Entry) error {
			if e.Actor != library.ActorPatron || e.Visit == "" {
				return nil
			}
			if last.Visit == "" {
				last.Visit = e.Visit
			}
			if e.Visit != last.Visit {
				return nil // goes on: an earlier visit may still have written after it began
			}
			if who := actor(e); who != "" {
				last.Patron = who
			}
			if !acted(e) {
				return nil
			}
			if last.At.IsZero() {
				if last.At = e.Time; e.Time.Before(since) {
					return store.ErrStop
				}
			}
			told, err := tell(t, e)
			if records.Unusable(err) {
				err = nil // told without what cannot be read of it
			}
			last.Acts = append(last.Acts, told)
			return err
		})
	})
	if err != nil || len(last.Acts) == 0 {
		return library.LastVisit{}, err
	}
	slices.Reverse(last.Acts)
	return last, nil
}

// actor is the patron who stood at the kiosk, as far as an entry says so: a
// return names the patron of the loan, who may be somebody else.
func actor(e records.Entry) string {
	switch e.Operation {
	case opCheckOut, opRenew, opRenewAll, opPlaceHold, opCancelHold, opSetHistory:
		if len(e.Subjects) > 0 {
			return e.Subjects[0]
		}
	}
	return ""
}

// acted tells whether an entry is an act of lending that changed something.
func acted(e records.Entry) bool {
	switch e.Operation {
	case opCheckOut, opRenew, opPlaceHold, opCancelHold:
		return e.Outcome == "done"
	case opCheckIn:
		return !slices.Contains([]string{library.ItemUnknown, library.NotOnLoan, library.AlreadyReturnedNow}, e.Outcome)
	}
	return false
}
