package circulation

import (
	"context"
	"fmt"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// charge records what a patron owes for a loan; nothing when it is nothing.
func charge(t *records.Tx, l library.Loan, kind string, fen int64, id string, at time.Time) error {
	if fen == 0 {
		return nil
	}
	if err := owe(t, l.Patron, fen); err != nil {
		return err
	}
	return t.PutCharge(records.Charge{ID: id, Patron: l.Patron, Loan: l.ID, Kind: kind, Fen: fen, At: at.UTC()})
}

// owe changes the sum of a patron's unpaid charges.
func owe(t *records.Tx, patron string, fen int64) error {
	standing, err := t.Standing(patron)
	if err != nil {
		return err
	}
	standing.ChargesFen += fen
	return t.PutStanding(patron, standing)
}

// lostCharge is the unpaid charge for the loss of a loan's item; zero when there
// is none.
func lostCharge(t *records.Tx, l library.Loan) (records.Charge, error) {
	open, err := t.OpenCharges(l.Patron)
	if err != nil {
		return records.Charge{}, err
	}
	for _, c := range open {
		if c.Loan == l.ID && c.Kind == library.ChargeLost {
			return c, nil
		}
	}
	return records.Charge{}, nil
}

func cancelLost(t *records.Tx, l library.Loan) (int64, error) {
	c, err := lostCharge(t, l)
	if err != nil || c.ID == "" {
		return 0, err
	}
	c.Cancelled = true
	if err := t.PutCharge(c); err != nil {
		return 0, err
	}
	return c.Fen, owe(t, c.Patron, -c.Fen)
}

// chargeResult is what the ledger keeps of a charge that staff made or took.
type chargeResult struct {
	Charge string
	Kind   string
	Item   string
	Loan   string
	Fen    int64
}

// MarkLost is for staff: an item cannot be found. The patron who has it, if any,
// is charged what the terms say; the loan stays open until the item is found or
// the charge is paid. A hold whose copy it was goes back to the front of its
// queue. fen is what was charged; an item that is lost already is left alone.
//
// Errors: records.ErrNotFound for a barcode that no item carries.
func (s *Service) MarkLost(ctx context.Context, cmd library.Command, barcode string) (fen int64, err error) {
	return s.mark(ctx, cmd, opMarkLost, barcode, "", library.ItemLost)
}

// MarkDamaged is for staff: an item cannot be lent until it is mended. Charged is
// the patron who has it or, when it was taken back already, the one of the loan
// named; loan may be "" for nobody.
//
// Errors: records.ErrNotFound for a barcode that no item carries, or a loan that
// is not of this item.
func (s *Service) MarkDamaged(ctx context.Context, cmd library.Command, barcode, loan string) (fen int64, err error) {
	return s.mark(ctx, cmd, opMarkDamaged, barcode, loan, library.ItemDamaged)
}

func (s *Service) mark(ctx context.Context, cmd library.Command, op, barcode, loan string, state library.ItemState) (int64, error) {
	chargeID := records.NewID(s.o.Records.Kiosk(), cmd.At)
	done, err := s.o.Records.Do(ctx, cmd, op, func(t *records.Tx) (records.Outcome, error) {
		th, err := findThing(t, barcode)
		if err == nil && !th.known {
			err = fmt.Errorf("item: %w", records.ErrNotFound)
		}
		if err != nil {
			return records.Outcome{}, err
		}
		l, err := loanToBlame(t, th.item, loan)
		if err != nil {
			return records.Outcome{}, err
		}
		out := records.Outcome{Code: "unchanged", Subjects: subjects(th.item.ID), Result: chargeResult{Item: th.item.ID}}
		var patron *library.Patron
		if l != nil {
			p, err := t.Patron(l.Patron)
			if err != nil {
				return records.Outcome{}, fmt.Errorf("patron of the loan: %w", err)
			}
			patron, out.Subjects = &p, subjects(p.ID, th.item.ID, l.ID)
		}
		if out.Facets, err = s.facets(t, patron, th, cmd.At); err != nil || th.item.State == state {
			return out, err
		}
		out.Code = "done"
		out.Result, err = s.markAs(t, cmd, th.item, state, l, patron, chargeID)
		return out, err
	})
	if err != nil {
		return 0, err
	}
	var res chargeResult
	err = done.Result(&res)
	return res.Fen, err
}

// markAs writes the item's new state, frees the hold it was for and charges the
// patron of the loan.
func (s *Service) markAs(t *records.Tx, cmd library.Command, it library.Item, state library.ItemState, l *library.Loan, p *library.Patron, chargeID string) (chargeResult, error) {
	res := chargeResult{Item: it.ID}
	if err := backToQueue(t, it); err != nil {
		return res, err
	}
	it.State, it.HoldID = state, ""
	if err := t.PutItem(it); err != nil || l == nil {
		return res, err
	}
	policies, _, err := t.Terms()
	if err != nil {
		return res, err
	}
	terms, _ := policies.For(p.Category, it.Type, s.o.Branch)
	res.Kind, res.Fen = library.ChargeDamaged, terms.DamagedFen
	if state == library.ItemLost {
		res.Kind, res.Fen = library.ChargeLost, terms.LostFen
		l.LostOn = s.today(cmd)
		if err := t.PutLoan(*l); err != nil {
			return res, err
		}
	}
	if res.Loan = l.ID; res.Fen > 0 {
		res.Charge = chargeID
	}
	return res, charge(t, *l, res.Kind, res.Fen, chargeID, cmd.At)
}

// loanToBlame is the loan named or else the open one; nil for none.
func loanToBlame(t *records.Tx, it library.Item, loan string) (*library.Loan, error) {
	if loan == "" {
		return openLoan(t, it)
	}
	l, err := t.Loan(loan)
	if err == nil && l.Item != it.ID {
		err = records.ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("loan: %w", err)
	}
	return &l, nil
}

// Pay records at the desk that a charge was paid; fen is how much. A charge that
// is settled already costs nothing more. Paying for a lost item ends its loan:
// the item stays lost, and when it is found later it is nobody's.
//
// Errors: records.ErrNotFound for a charge that is not this patron's.
func (s *Service) Pay(ctx context.Context, cmd library.Command, patron, id string) (fen int64, err error) {
	done, err := s.o.Records.Do(ctx, cmd, opPay, func(t *records.Tx) (records.Outcome, error) {
		c, err := t.Charge(patron, id)
		if err != nil {
			return records.Outcome{}, fmt.Errorf("charge: %w", err)
		}
		p, err := t.Patron(patron)
		if err != nil {
			return records.Outcome{}, fmt.Errorf("patron: %w", err)
		}
		out := records.Outcome{Code: "unchanged", Subjects: subjects(patron, c.Loan, id), Result: chargeResult{Charge: id, Kind: c.Kind, Loan: c.Loan}}
		if out.Facets, err = s.facets(t, &p, thing{}, cmd.At); err != nil || !c.Open() {
			return out, err
		}
		out.Code, out.Result = "done", chargeResult{Charge: id, Kind: c.Kind, Loan: c.Loan, Fen: c.Fen}
		c.Paid = true
		if err := t.PutCharge(c); err != nil {
			return out, err
		}
		if err := owe(t, patron, -c.Fen); err != nil || c.Kind != library.ChargeLost {
			return out, err
		}
		return out, settleLost(t, c, cmd.At)
	})
	if err != nil {
		return 0, err
	}
	var res chargeResult
	err = done.Result(&res)
	return res.Fen, err
}

// settleLost ends the loan of a lost item that was paid for.
func settleLost(t *records.Tx, c records.Charge, at time.Time) error {
	l, err := t.Loan(c.Loan)
	if err != nil || !l.Open() {
		return err
	}
	it, err := t.Item(l.Item)
	if err != nil {
		return fmt.Errorf("item: %w", err)
	}
	it.LoanID = ""
	if err := t.PutItem(it); err != nil {
		return err
	}
	return closeLoan(t, l, at)
}
