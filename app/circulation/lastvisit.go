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
// not told, also when the last visit did nothing or came to its end: then the
// answer is zero. What cannot be read is left out.
func (s *Service) LastVisit(ctx context.Context, since time.Time) (last library.LastVisit, err error) {
	err = s.o.Records.View(ctx, func(t *records.Tx) error {
		last = library.LastVisit{}
		over := map[string]bool{} // visits that came to their end
		return t.LastEntries(s.o.Records.Kiosk(), lookBack, func(e records.Entry, unread error) error {
			if unread != nil {
				return s.passOver("ledger entry", unread)
			}
			if e.Actor != library.ActorPatron || e.Visit == "" {
				return nil
			}
			if e.Operation == opEndVisit {
				over[e.Visit] = true // recorded behind the visit: the next may have begun before
				return nil
			}
			if last.Visit == "" {
				if last.Visit = e.Visit; over[e.Visit] {
					return store.ErrStop
				}
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
			told, err := s.tell(t, e)
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

// EndVisit records that the visit of a command came to its end: LastVisit does not
// tell it any more.
func (s *Service) EndVisit(ctx context.Context, cmd library.Command) error {
	_, err := s.o.Records.Do(ctx, cmd, opEndVisit, func(t *records.Tx) (records.Outcome, error) {
		facets, err := s.facets(t, nil, thing{}, cmd.At)
		return records.Outcome{Code: "done", Facets: facets}, err
	})
	return err
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
