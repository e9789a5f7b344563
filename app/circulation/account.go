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
// may be renewed now and, if not, every reason.
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
	if err := describe(t, l.Item, &a.Item, &a.Title); err != nil {
		return a, err
	}
	a.Lost = a.Item.State == library.ItemLost
	d, _, err := s.decideRenew(t, library.Command{At: now}, a.Item, l)
	a.RenewTo, a.Why = d.Due, d.Reasons
	return a, err
}

// Holds are a patron's open holds: those that are ready first, the one whose
// shelf time ends first before the others; then those that wait, oldest first.
func (s *Service) Holds(ctx context.Context, patron string, now time.Time) ([]library.AccountHold, error) {
	today := library.DateOf(now, s.o.Zone)
	var out []library.AccountHold
	err := s.o.Records.View(ctx, func(t *records.Tx) error {
		out = nil
		open, err := t.OpenHolds(patron)
		if err != nil {
			return err
		}
		for _, h := range open {
			a := library.AccountHold{Hold: h.ID, State: h.State, PickUp: h.PickUp, Placed: h.Placed,
				OnItsWay: h.State == library.HoldWaiting && h.Item != ""}
			if h.State == library.HoldReady {
				a.Deadline, a.DaysLeft = h.Deadline, today.DaysUntil(h.Deadline)
			}
			if a.Position, a.Waiting, err = position(t, h); err != nil {
				return err
			}
			if a.Title, err = t.Title(h.Title); err != nil {
				return fmt.Errorf("title of hold: %w", err)
			}
			out = append(out, a)
		}
		return nil
	})
	slices.SortStableFunc(out, func(a, b library.AccountHold) int {
		return cmp.Or(cmp.Compare(a.State, b.State), // "ready" before "waiting"
			cmp.Compare(a.Deadline.String(), b.Deadline.String()), a.Placed.Compare(b.Placed))
	})
	return out, err
}

// Charges are what a patron owes for lending, oldest first. Their sum is
// Standing.ChargesFen.
func (s *Service) Charges(ctx context.Context, patron string) ([]library.AccountCharge, error) {
	var out []library.AccountCharge
	err := s.o.Records.View(ctx, func(t *records.Tx) error {
		out = nil
		open, err := t.OpenCharges(patron)
		if err != nil {
			return err
		}
		for _, c := range open {
			a := library.AccountCharge{Charge: c.ID, Kind: c.Kind, Fen: c.Fen, On: library.DateOf(c.At, s.o.Zone)}
			if c.Loan != "" {
				l, err := t.Loan(c.Loan)
				if err != nil {
					return fmt.Errorf("loan of charge: %w", err)
				}
				if a.Title, err = t.Title(l.Title); err != nil {
					return fmt.Errorf("title of charge: %w", err)
				}
			}
			out = append(out, a)
		}
		return nil
	})
	return out, err
}
