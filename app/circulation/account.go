package circulation

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// Loans are a patron's open loans, the one due first first, each with whether it
// may be renewed now and, if not, every reason. An item or title that cannot be
// read is left empty, and its loan cannot be renewed here. A loan that cannot be
// read itself fails them all, as it fails the rules: nobody may be told less than
// what they have.
func (s *Service) Loans(ctx context.Context, patron string, now time.Time) ([]library.AccountLoan, error) {
	var out []library.AccountLoan
	err := s.o.Records.View(ctx, func(t *records.Tx) error {
		out = nil
		policies, _, err := t.Terms()
		if err != nil {
			return err
		}
		p, err := t.Patron(patron)
		if err != nil {
			return fmt.Errorf("patron: %w", err)
		}
		loans, err := t.OpenLoans(patron)
		if err != nil {
			return err
		}
		slices.SortStableFunc(loans, byDue)
		for _, l := range loans {
			terms, _ := policies.For(p.Category, l.ItemType, s.o.Branch)
			a, err := s.accountLoan(t, l, terms, now)
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		return nil
	})
	return out, err
}

func (s *Service) accountLoan(t *records.Tx, l library.Loan, terms library.Policy, now time.Time) (library.AccountLoan, error) {
	a := library.AccountLoan{Loan: l.ID, Due: l.Due, DaysLeft: library.DateOf(now, s.o.Zone).DaysUntil(l.Due),
		Renewals: l.Renewals, RenewalsLeft: max(0, terms.Renewals-l.Renewals)}
	th, whole, err := s.describe(t, l.Item, l.Title)
	a.Item, a.Title, a.Lost = th.item, th.title, th.item.State == library.ItemLost
	if err != nil {
		return a, err
	}
	if whole {
		d, _, err := s.decideRenew(t, library.Command{At: now}, a.Item, l)
		if err == nil {
			a.RenewTo, a.Why = d.Due, d.Reasons
			return a, nil
		}
		if err := s.passOver("hold", err); err != nil {
			return a, err
		}
	}
	a.Why = unreadable()
	return a, nil
}

// Holds are a patron's open holds: those that are ready first, the one whose
// shelf time ends first before the others; then those that wait, oldest first;
// at the end those that cannot be read.
func (s *Service) Holds(ctx context.Context, patron string, now time.Time) ([]library.AccountHold, error) {
	var out []library.AccountHold
	err := s.o.Records.View(ctx, func(t *records.Tx) error {
		out = nil
		open, others, err := t.ReadableHolds(patron)
		if err != nil {
			return err
		}
		for _, h := range open {
			a, err := s.accountHold(t, h, library.DateOf(now, s.o.Zone))
			if err != nil {
				return err
			}
			out = append(out, a)
		}
		slices.SortStableFunc(out, func(a, b library.AccountHold) int {
			return cmp.Or(cmp.Compare(a.State, b.State), // "ready" before "waiting"
				cmp.Compare(a.Deadline.String(), b.Deadline.String()), a.Placed.Compare(b.Placed))
		})
		for _, id := range others {
			s.notReadable("hold")
			out = append(out, library.AccountHold{Hold: id})
		}
		return nil
	})
	return out, err
}

func (s *Service) accountHold(t *records.Tx, h library.Hold, today library.Date) (a library.AccountHold, err error) {
	a = library.AccountHold{Hold: h.ID, State: h.State, PickUp: h.PickUp, Placed: h.Placed,
		OnItsWay: h.State == library.HoldWaiting && h.Item != ""}
	if h.State == library.HoldReady {
		a.Deadline, a.DaysLeft = h.Deadline, today.DaysUntil(h.Deadline)
	}
	if a.Position, a.Waiting, err = t.Place(h.Title, h.ID); err != nil {
		return a, err
	}
	a.Title, err = t.Title(h.Title)
	if !records.Unusable(err) {
		return a, err
	}
	s.notReadable("title")
	copies, err := t.Copies(h.Title)
	for _, c := range copies {
		if a.Barcode == "" || c.ID == h.Item {
			a.Barcode = c.Barcode
		}
	}
	return a, err
}

// Charges are what a patron owes for lending, oldest first. Their sum is
// Standing.ChargesFen: what is owed and cannot be read stands in one line at the
// end.
func (s *Service) Charges(ctx context.Context, patron string) ([]library.AccountCharge, error) {
	var out []library.AccountCharge
	err := s.o.Records.View(ctx, func(t *records.Tx) error {
		out = nil
		open, others, err := t.ReadableCharges(patron)
		if err != nil {
			return err
		}
		told := int64(0)
		for _, c := range open {
			told += c.Fen
			a := library.AccountCharge{Charge: c.ID, Kind: c.Kind, Fen: c.Fen, On: library.DateOf(c.At, s.o.Zone)}
			if c.Loan != "" {
				if _, a.Title, err = s.itemOfLoan(t, c.Loan); err != nil {
					return fmt.Errorf("title of charge: %w", err)
				}
			}
			out = append(out, a)
		}
		if len(others) == 0 {
			return nil
		}
		s.notReadable("charge")
		standing, err := t.Standing(patron)
		if rest := standing.ChargesFen - told; err == nil && rest > 0 {
			out = append(out, library.AccountCharge{Charge: others[0], Fen: rest})
		}
		return err
	})
	return out, err
}
