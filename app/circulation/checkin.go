package circulation

import (
	"context"
	"fmt"

	"shuting/app/library"
	"shuting/app/records"
)

type returnResult struct {
	Item     string
	Outcomes []string
	DaysLate int
}

// CheckIn takes an item back. It is anonymous: nothing in the answer says
// whose loan it was.
func (s *Service) CheckIn(ctx context.Context, cmd library.Command, barcode string) (library.ReturnAnswer, error) {
	chargeID := records.NewID(s.o.Records.Kiosk(), cmd.At)
	done, err := s.o.Records.Do(ctx, cmd, "check_in", func(t *records.Tx) (records.Outcome, error) {
		th, err := findThing(t, barcode)
		if err != nil {
			return records.Outcome{}, err
		}
		f, patron, err := s.checkInFacts(t, cmd, th)
		if err != nil {
			return records.Outcome{}, err
		}
		d := library.DecideCheckIn(f)
		out := records.Outcome{Code: d.Outcomes[0], Subjects: subjects(th.item.ID), Facets: s.facets(patron, library.Date{}, th, cmd.At),
			Result: returnResult{Item: th.item.ID, Outcomes: d.Outcomes, DaysLate: d.DaysLate}}
		if f.Loan != nil {
			out.Subjects = subjects(f.Loan.Patron, th.item.ID, f.Loan.ID)
		}
		return out, s.takeBack(t, cmd, f, d, chargeID)
	})
	if err != nil {
		return library.ReturnAnswer{}, err
	}
	var res returnResult
	if err := done.Result(&res); err != nil {
		return library.ReturnAnswer{}, err
	}
	a := library.ReturnAnswer{Known: res.Item != "", Outcomes: res.Outcomes, DaysLate: res.DaysLate}
	if a.Known {
		err = s.o.Records.View(ctx, func(t *records.Tx) error { return describe(t, res.Item, &a.Item, &a.Title) })
	}
	return a, err
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
	if f.Queue, err = t.Queue(th.item.TitleID); err != nil {
		return f, nil, err
	}
	for _, h := range f.Queue {
		if h.Item != "" && h.Item != th.item.ID {
			continue // another copy is on its way to this one
		}
		next, err := t.Patron(h.Patron)
		if err != nil {
			return f, nil, fmt.Errorf("patron of the next hold: %w", err)
		}
		pol, _ := policies.For(next.Category, th.item.Type, s.o.Branch)
		f.ShelfDays = pol.ShelfDays
		break
	}
	if f.Loan == nil {
		return f, nil, nil
	}
	p, err := t.Patron(f.Loan.Patron)
	if err != nil {
		return f, nil, fmt.Errorf("patron of the loan: %w", err)
	}
	f.Policy, _ = policies.For(p.Category, th.item.Type, s.o.Branch)
	return f, &p, nil
}

// takeBack writes what a check-in decided.
func (s *Service) takeBack(t *records.Tx, cmd library.Command, f library.CheckInFacts, d library.CheckInDecision, chargeID string) error {
	if d.CloseLoan {
		if err := closeLoan(t, *f.Loan, cmd.At); err != nil {
			return err
		}
		if err := charge(t, *f.Loan, d.ChargeFen, chargeID); err != nil {
			return err
		}
	}
	if d.State == "" {
		return nil
	}
	it := *f.Item
	it.State, it.LoanID, it.HoldID, it.At = d.State, "", d.Hold, s.o.Branch
	it.ReturnedAt = cmd.At.UTC()
	if err := t.PutItem(it); err != nil {
		return err
	}
	if d.Hold == "" {
		return nil
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

func charge(t *records.Tx, l library.Loan, fen int64, id string) error {
	if fen == 0 {
		return nil
	}
	standing, err := t.Standing(l.Patron)
	if err != nil {
		return err
	}
	standing.ChargesFen += fen
	if err := t.PutStanding(l.Patron, standing); err != nil {
		return err
	}
	return t.PutCharge(records.Charge{ID: id, Patron: l.Patron, Loan: l.ID, Kind: "overdue", Fen: fen})
}
