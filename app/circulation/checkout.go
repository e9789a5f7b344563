package circulation

import (
	"context"
	"fmt"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// loanResult is what the ledger keeps of a check-out or renewal.
type loanResult struct {
	Item      string
	Title     string
	Loan      string
	Due       library.Date
	Reasons   []library.Reason
	Confirmed []string
	Found     string // the loan that ended because its lost item was found
	FoundFen  int64  // charged to that loan's patron for its days late
	OwnFen    int64  // the same, when that patron is this one
	TakenBack int64  // the charge for the loss, cancelled
}

// CheckOut lends an item to a patron, or says every reason why not. confirmed
// are the codes the reader has confirmed for this item in this visit.
func (s *Service) CheckOut(ctx context.Context, cmd library.Command, patron, barcode string, confirmed []string) (library.LoanAnswer, error) {
	loanID, chargeID := records.NewID(s.o.Records.Kiosk(), cmd.At), records.NewID(s.o.Records.Kiosk(), cmd.At)
	done, err := s.o.Records.Do(ctx, cmd, opCheckOut, func(t *records.Tx) (records.Outcome, error) {
		th, err := findThing(t, barcode)
		if err != nil {
			return records.Outcome{}, err
		}
		f, err := s.checkOutFacts(t, cmd, patron, th, confirmed)
		if err != nil {
			return records.Outcome{}, err
		}
		d := library.DecideCheckOut(f)
		res := loanResult{Item: th.item.ID, Title: th.item.TitleID, Due: d.Due, Reasons: d.Reasons, Confirmed: confirmed}
		out := records.Outcome{Code: "refused", Subjects: subjects(patron, th.item.ID)}
		if out.Facets, err = s.facets(t, f.Who.Patron, th, cmd.At); err != nil {
			return records.Outcome{}, err
		}
		if d.Allowed() {
			out.Code, res.Loan = "done", loanID
			out.Subjects = append(out.Subjects, loanID)
			if d.Recovered && f.Loan != nil {
				out.Subjects = append(out.Subjects, f.Loan.Patron, f.Loan.ID)
				if err := s.found(t, cmd, f, d.Ended, chargeID, &res); err != nil {
					return records.Outcome{}, err
				}
			}
			freed, err := s.lend(t, cmd, f, d, loanID)
			if err != nil {
				return records.Outcome{}, err
			}
			out.Subjects = append(out.Subjects, freed...)
		}
		out.Result = res
		return out, nil
	})
	return s.loanAnswer(ctx, done, err)
}

// checkOutFacts gathers what DecideCheckOut asks for.
func (s *Service) checkOutFacts(t *records.Tx, cmd library.Command, patron string, th thing, confirmed []string) (library.CheckOutFacts, error) {
	policies, calendar, err := t.Terms()
	if err != nil {
		return library.CheckOutFacts{}, err
	}
	who, err := s.patronFacts(t, patron, s.today(cmd))
	if err != nil {
		return library.CheckOutFacts{}, err
	}
	f := library.CheckOutFacts{Now: cmd.At, Zone: s.o.Zone, Branch: s.o.Branch, Calendar: calendar, Policies: policies, Who: who, Confirmed: confirmed}
	if f.Born, err = born(t, patron); err != nil {
		return f, err
	}
	if !th.known {
		return f, nil
	}
	f.Item, f.TitleAge = &th.item, th.title.MinAge
	if f.Loan, err = openLoan(t, th.item); err != nil {
		return f, err
	}
	if f.Loan != nil && th.item.State == library.ItemLost {
		if err := s.lostFacts(t, policies, th.item, &f); err != nil {
			return f, err
		}
	}
	for _, l := range who.Loans {
		if l.Title == th.item.TitleID && l.Item != th.item.ID {
			f.TitleLoan = &l
			break
		}
	}
	if f.Queue, err = t.Queue(th.item.TitleID); err != nil {
		return f, err
	}
	if who.Standing.Holds > 0 {
		if f.Elsewhere, err = readyElsewhere(t, patron, th.item); err != nil {
			return f, err
		}
	}
	if th.item.HoldID != "" {
		h, err := t.Hold(th.item.HoldID)
		if err != nil {
			return f, fmt.Errorf("hold the item waits for: %w", err)
		}
		f.Ready = &h
	}
	return f, nil
}

// readyElsewhere is the patron's hold of an item's title for which another copy
// lies on the shelf.
func readyElsewhere(t *records.Tx, patron string, it library.Item) (*library.Hold, error) {
	open, err := t.OpenHolds(patron)
	if err != nil {
		return nil, err
	}
	for _, h := range open {
		if h.Title == it.TitleID && h.State == library.HoldReady && h.Item != it.ID {
			return &h, nil
		}
	}
	return nil, nil
}

// lostFacts are those of the loan under which a lost item was lost.
func (s *Service) lostFacts(t *records.Tx, policies library.Policies, it library.Item, f *library.CheckOutFacts) error {
	loser, err := t.Patron(f.Loan.Patron)
	if err != nil {
		return fmt.Errorf("patron of the loan: %w", err)
	}
	f.LoanTerms, _ = policies.For(loser.Category, it.Type, s.o.Branch)
	lost, err := lostCharge(t, *f.Loan)
	f.LostFen = lost.Fen
	return err
}

// found ends the loan of a lost item that came back in somebody's hand.
func (s *Service) found(t *records.Tx, cmd library.Command, f library.CheckOutFacts, end library.LoanEnd, chargeID string, res *loanResult) error {
	res.Found, res.FoundFen = f.Loan.ID, end.ChargeFen
	if f.Loan.Patron == f.Who.Patron.ID {
		res.OwnFen = end.ChargeFen
	}
	var err error
	res.TakenBack, err = s.endLoan(t, *f.Loan, end, cmd.At, chargeID)
	return err
}

// lend writes the loan and everything that must agree with it. freed are the
// copy that had waited for the hold which this loan fulfils, and the hold it now
// waits for.
func (s *Service) lend(t *records.Tx, cmd library.Command, f library.CheckOutFacts, d library.CheckOutDecision, loanID string) (freed []string, err error) {
	patron := f.Who.Patron.ID
	it := *f.Item
	it.State, it.LoanID, it.HoldID, it.At = library.ItemOnLoan, loanID, "", s.o.Branch
	it.Loans++
	if err := t.PutItem(it); err != nil {
		return nil, err
	}
	err = t.PutLoan(library.Loan{ID: loanID, Patron: patron, Item: it.ID, Title: it.TitleID, ItemType: it.Type,
		Out: cmd.At.UTC(), Due: d.Due, Branch: s.o.Branch, Origin: "own"})
	if err != nil {
		return nil, err
	}
	// Read again: ending the old loan of a lost item may have changed this very
	// record.
	standing, err := t.Standing(patron)
	if err != nil {
		return nil, err
	}
	standing.Loans++
	standing.ByType[it.Type]++
	if d.Fulfils != "" {
		standing.Holds--
		if freed, err = s.fulfil(t, cmd, d.Fulfils, it.ID); err != nil {
			return nil, err
		}
	}
	return freed, t.PutStanding(patron, standing)
}

// fulfil ends a hold with the copy its reader took. A copy that lay on the shelf
// for it goes to the next.
func (s *Service) fulfil(t *records.Tx, cmd library.Command, hold, item string) (freed []string, err error) {
	h, err := t.Hold(hold)
	if err != nil {
		return nil, fmt.Errorf("hold to fulfil: %w", err)
	}
	other := ""
	if h.State == library.HoldReady && h.Item != item {
		other = h.Item
	}
	h.State, h.Item = library.HoldFulfilled, item
	if err := t.PutHold(h); err != nil || other == "" {
		return nil, err
	}
	next, err := s.freeCopy(t, cmd, other)
	return subjects(other, next), err
}

// endLoan closes a loan, records what its days late cost and takes the charge
// for its loss back where the decision says so; takenBack is that charge.
func (s *Service) endLoan(t *records.Tx, l library.Loan, end library.LoanEnd, at time.Time, chargeID string) (takenBack int64, err error) {
	if err := closeLoan(t, l, at); err != nil {
		return 0, err
	}
	if end.CancelLost {
		if takenBack, err = cancelLost(t, l); err != nil {
			return 0, err
		}
	}
	return takenBack, charge(t, l, library.ChargeOverdue, end.ChargeFen, chargeID, at)
}

// closeLoan ends a loan and counts it off its patron, who finds it in their
// reading history if they keep one. Every loan ends here.
func closeLoan(t *records.Tx, l library.Loan, at time.Time) error {
	l.ReturnedAt = at.UTC()
	if err := t.PutLoan(l); err != nil {
		return err
	}
	if err := t.ListPastLoan(l); err != nil {
		return err
	}
	standing, err := t.Standing(l.Patron)
	if err != nil {
		return err
	}
	standing.Loans--
	if standing.ByType[l.ItemType]--; standing.ByType[l.ItemType] == 0 {
		delete(standing.ByType, l.ItemType)
	}
	return t.PutStanding(l.Patron, standing)
}

func (s *Service) loanAnswer(ctx context.Context, done records.Done, err error) (library.LoanAnswer, error) {
	if err != nil {
		return library.LoanAnswer{}, err
	}
	var res loanResult
	if err := done.Result(&res); err != nil {
		return library.LoanAnswer{}, err
	}
	a := library.LoanAnswer{Known: res.Item != "", Loan: res.Loan, Due: res.Due, Reasons: res.Reasons, Found: res.Found != "", OwnFen: res.OwnFen}
	if a.Known {
		err = s.o.Records.View(ctx, func(t *records.Tx) error {
			th, _, err := s.describe(t, res.Item, res.Title)
			a.Item, a.Title = th.item, th.title
			return err
		})
	}
	return a, err
}
