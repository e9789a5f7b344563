package circulation

import (
	"context"
	"errors"
	"fmt"

	"shuting/app/library"
	"shuting/app/records"
)

type returnResult struct {
	Item      string
	Outcomes  []string
	DaysLate  int
	Fen       int64 // charged for them
	TakenBack int64 // the charge for a loss, cancelled
	Hold      string
	HoldUntil library.Date
	TransitTo string
}

// CheckIn takes an item back. It is anonymous: nothing in the answer says
// whose loan it was.
func (s *Service) CheckIn(ctx context.Context, cmd library.Command, barcode string) (library.ReturnAnswer, error) {
	chargeID := records.NewID(s.o.Records.Kiosk(), cmd.At)
	done, err := s.o.Records.Do(ctx, cmd, opCheckIn, func(t *records.Tx) (records.Outcome, error) {
		th, err := findThing(t, barcode)
		if err != nil {
			return records.Outcome{}, err
		}
		f, patron, err := s.checkInFacts(t, cmd, th)
		if err != nil {
			return records.Outcome{}, err
		}
		d := library.DecideCheckIn(f)
		res := returnResult{Item: th.item.ID, Outcomes: d.Outcomes, DaysLate: d.DaysLate, Fen: d.ChargeFen,
			Hold: d.Hold, HoldUntil: d.Deadline, TransitTo: d.TransitTo}
		out := records.Outcome{Code: d.Outcomes[0], Subjects: subjects(th.item.ID)}
		if f.Loan != nil {
			out.Subjects = subjects(f.Loan.Patron, th.item.ID, f.Loan.ID)
		}
		if out.Facets, err = s.facets(t, patron, th, cmd.At); err != nil {
			return out, err
		}
		if d.CloseLoan {
			if res.TakenBack, err = s.endLoan(t, *f.Loan, d.LoanEnd, cmd.At, chargeID); err != nil {
				return out, err
			}
		}
		out.Result = res
		return out, s.putAway(t, cmd, f, d)
	})
	if err != nil {
		return library.ReturnAnswer{}, err
	}
	var res returnResult
	if err := done.Result(&res); err != nil {
		return library.ReturnAnswer{}, err
	}
	a := library.ReturnAnswer{Known: res.Item != "", Outcomes: res.Outcomes, DaysLate: res.DaysLate, Fen: res.Fen,
		Hold: res.Hold, HoldUntil: res.HoldUntil, TransitTo: res.TransitTo}
	if a.Known {
		err = s.o.Records.View(ctx, func(t *records.Tx) (err error) {
			a.HoldCard, err = holdCard(t, res.Hold)
			if err = s.passOver("hold", err); err != nil {
				return err
			}
			th, _, err := s.describe(t, res.Item, "")
			a.Item, a.Title = th.item, th.title
			return err
		})
	}
	return a, err
}

// holdCard is the masked card number of whoever waits for a copy: what staff
// write on its slip. It is read for the slip and kept nowhere.
func holdCard(t *records.Tx, hold string) (string, error) {
	if hold == "" {
		return "", nil
	}
	h, err := t.Hold(hold)
	if err != nil {
		return "", fmt.Errorf("hold: %w", err)
	}
	p, err := t.Personal(h.Patron)
	if errors.Is(err, records.ErrNotFound) {
		return "", nil // erased
	}
	return library.MaskCard(p.CardNumber), err
}

func (s *Service) checkInFacts(t *records.Tx, cmd library.Command, th thing) (library.CheckInFacts, *library.Patron, error) {
	policies, calendar, err := t.Terms()
	if err != nil {
		return library.CheckInFacts{}, nil, err
	}
	f := library.CheckInFacts{Now: cmd.At, Zone: s.o.Zone, Branch: s.o.Branch, Calendar: calendar, SecondScan: s.o.SecondScan}
	if !th.known {
		return f, nil, nil
	}
	f.Item = &th.item
	if f.Loan, err = openLoan(t, th.item); err != nil {
		return f, nil, err
	}
	if f.Queue, f.ShelfDays, err = waiting(t, th.item, policies, s.o.Branch); err != nil || f.Loan == nil {
		return f, nil, err
	}
	p, err := t.Patron(f.Loan.Patron)
	if err != nil {
		return f, nil, fmt.Errorf("patron of the loan: %w", err)
	}
	f.Policy, _ = policies.For(p.Category, th.item.Type, s.o.Branch)
	return f, &p, nil
}

// waiting is the queue for an item's title, and how long the copy would wait on
// the shelf of a branch for the first of the queue that it is for.
func waiting(t *records.Tx, it library.Item, policies library.Policies, branch string) (queue []library.Hold, shelfDays int, err error) {
	if queue, err = t.Queue(it.TitleID); err != nil {
		return nil, 0, err
	}
	for _, h := range queue {
		if h.Item != "" && h.Item != it.ID {
			continue // another copy is on its way to this one
		}
		next, err := t.Patron(h.Patron)
		if err != nil {
			return nil, 0, fmt.Errorf("patron of the next hold: %w", err)
		}
		terms, _ := policies.For(next.Category, it.Type, branch)
		return queue, terms.ShelfDays, nil
	}
	return queue, 0, nil
}

// putAway writes where a check-in decided that the item goes.
func (s *Service) putAway(t *records.Tx, cmd library.Command, f library.CheckInFacts, d library.CheckInDecision) error {
	if d.State == "" {
		return nil
	}
	it := *f.Item
	it.LoanID, it.At, it.ReturnedAt = "", s.o.Branch, cmd.At.UTC()
	return placeCopy(t, it, d)
}

// placeCopy writes a copy's new place and the hold that is now its own, if any.
func placeCopy(t *records.Tx, it library.Item, d library.CheckInDecision) error {
	it.State, it.HoldID = d.State, d.Hold
	if err := t.PutItem(it); err != nil || d.Hold == "" {
		return err
	}
	h, err := t.Hold(d.Hold)
	if err != nil {
		return fmt.Errorf("next hold: %w", err)
	}
	h.Item = it.ID
	// On its way to another branch it is not ready: pending is never shown as
	// ready. It leaves the queue only when it lies on the shelf.
	if d.State == library.ItemOnShelf {
		h.State, h.Deadline = library.HoldReady, d.Deadline
	}
	return t.PutHold(h)
}
