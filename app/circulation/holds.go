package circulation

import (
	"context"
	"errors"
	"fmt"

	"shuting/app/library"
	"shuting/app/records"
)

type holdResult struct {
	Hold    string
	Title   string
	Reasons []library.Reason
}

// PlaceHold puts a patron at the end of the queue for a title, or says every
// reason why not. pickUp is the branch where the copy will wait; t's item type
// is what the policy row is found by.
func (s *Service) PlaceHold(ctx context.Context, cmd library.Command, patron, title string, itemType library.ItemType, pickUp string) ([]library.Reason, error) {
	id := records.NewID(s.o.Records.Kiosk(), cmd.At)
	done, err := s.o.Records.Do(ctx, cmd, opPlaceHold, func(t *records.Tx) (records.Outcome, error) {
		about, err := t.Title(title)
		if err != nil {
			return records.Outcome{}, fmt.Errorf("title: %w", err)
		}
		f, err := s.holdFacts(t, cmd, patron, title, itemType)
		if err != nil {
			return records.Outcome{}, err
		}
		reasons := library.DecideHold(f)
		out := records.Outcome{Code: "refused", Subjects: subjects(patron, title), Result: holdResult{Title: title, Reasons: reasons}}
		if out.Facets, err = s.facets(t, f.Who.Patron, thing{title: about}, cmd.At); err != nil || len(reasons) > 0 {
			return out, err
		}
		seq, err := t.NextHoldSeq(title)
		if err != nil {
			return records.Outcome{}, err
		}
		f.Who.Standing.Holds++
		if err := t.PutStanding(patron, f.Who.Standing); err != nil {
			return records.Outcome{}, err
		}
		out.Code, out.Subjects, out.Result = "done", subjects(patron, title, id), holdResult{Hold: id, Title: title}
		return out, t.PutHold(library.Hold{ID: id, Title: title, Patron: patron, Seq: seq, State: library.HoldWaiting, PickUp: pickUp, Placed: cmd.At.UTC()})
	})
	if err != nil {
		return nil, err
	}
	var res holdResult
	err = done.Result(&res)
	return res.Reasons, err
}

// holdFacts gathers what DecideHold asks for.
func (s *Service) holdFacts(t *records.Tx, cmd library.Command, patron, title string, itemType library.ItemType) (library.HoldFacts, error) {
	f := library.HoldFacts{Now: cmd.At, Zone: s.o.Zone, Branch: s.o.Branch}
	var err error
	if f.Who, err = s.patronFacts(t, patron, s.today(cmd)); err != nil {
		return f, err
	}
	policies, _, err := t.Terms()
	if err != nil {
		return f, err
	}
	f.Policy, _ = policies.For(f.Who.Patron.Category, itemType, s.o.Branch)
	holds, err := t.OpenHolds(patron)
	if err != nil {
		return f, err
	}
	for _, h := range holds {
		if h.Title == title {
			f.Open = &h
			if f.Position, _, err = position(t, h); err != nil {
				return f, err
			}
			break
		}
	}
	for _, l := range f.Who.Loans {
		if l.Title == title {
			f.Loan = &l
			break
		}
	}
	f.Lendable, err = s.lendable(t, policies, f.Who.Patron.Category, title, f.Policy)
	return f, err
}

// lendable tells whether any copy of a title may one day be lent to a category.
// Until the copies of every title are listed, the row for its type decides.
func (s *Service) lendable(t *records.Tx, policies library.Policies, c library.Category, title string, terms library.Policy) (bool, error) {
	listed, err := t.Derived()
	if err != nil {
		return false, err
	}
	copies, err := t.Copies(title)
	if err != nil {
		return false, err
	}
	for _, it := range copies {
		own, _ := policies.For(c, it.Type, s.o.Branch)
		if library.CopyHoldable(it, own) {
			return true, nil
		}
	}
	return !listed && len(copies) == 0 && terms.LoanDays > 0, nil
}

// position is a hold's place in the queue of its title, from 1, and how many
// wait in it; the place of a ready hold is 0.
func position(t *records.Tx, h library.Hold) (place, of int, err error) {
	queue, err := t.Queue(h.Title)
	for i, q := range queue {
		if q.ID == h.ID {
			place = i + 1
		}
	}
	return place, len(queue), err
}

// CancelHold ends a hold of the patron's; a copy that lay on the shelf for it is
// freed for the next. cancelled is false when the patron has no such open hold:
// it was picked up, expired or cancelled already.
func (s *Service) CancelHold(ctx context.Context, cmd library.Command, patron, hold string) (cancelled bool, err error) {
	done, err := s.o.Records.Do(ctx, cmd, opCancelHold, func(t *records.Tx) (records.Outcome, error) {
		p, err := t.Patron(patron)
		if err != nil {
			return records.Outcome{}, fmt.Errorf("patron: %w", err)
		}
		h, err := t.Hold(hold)
		if err != nil && !errors.Is(err, records.ErrNotFound) {
			return records.Outcome{}, err
		}
		if err != nil || h.Patron != patron || !h.Open() {
			out := records.Outcome{Code: "unchanged", Subjects: subjects(patron), Result: holdResult{}}
			out.Facets, err = s.facets(t, &p, thing{}, cmd.At)
			return out, err
		}
		return s.endHold(t, cmd, p, h, library.HoldCancelled)
	})
	if err != nil {
		return false, err
	}
	var res holdResult
	err = done.Result(&res)
	return res.Hold != "", err
}

// endHold ends an open hold unfulfilled and frees its copy.
func (s *Service) endHold(t *records.Tx, cmd library.Command, p library.Patron, h library.Hold, state library.HoldState) (records.Outcome, error) {
	title, err := t.Title(h.Title)
	if err != nil {
		return records.Outcome{}, fmt.Errorf("title: %w", err)
	}
	out := records.Outcome{Code: "done", Subjects: subjects(h.Patron, h.Title, h.ID), Result: holdResult{Hold: h.ID, Title: h.Title}}
	if out.Facets, err = s.facets(t, &p, thing{title: title}, cmd.At); err != nil {
		return out, err
	}
	standing, err := t.Standing(h.Patron)
	if err != nil {
		return out, err
	}
	standing.Holds--
	if err := t.PutStanding(h.Patron, standing); err != nil {
		return out, err
	}
	ready := h.State == library.HoldReady
	h.State = state
	if err := t.PutHold(h); err != nil || !ready {
		// A copy on its way to a hold that only waited is sorted when it is
		// taken in hand at the branch it goes to.
		return out, err
	}
	next, err := s.freeCopy(t, cmd, h.Item)
	out.Subjects = append(out.Subjects, subjects(h.Item, next)...)
	return out, err
}

// freeCopy gives the copy that lay on the shelf for a hold that has ended to the
// next in the queue, which it returns, or sends it back.
func (s *Service) freeCopy(t *records.Tx, cmd library.Command, item string) (next string, err error) {
	it, err := t.Item(item)
	if err != nil {
		return "", fmt.Errorf("copy on the hold shelf: %w", err)
	}
	policies, calendar, err := t.Terms()
	if err != nil {
		return "", err
	}
	f := library.CheckInFacts{Now: cmd.At, Zone: s.o.Zone, Branch: it.At, Calendar: calendar, Item: &it}
	if f.Queue, f.ShelfDays, err = waiting(t, it, policies, it.At); err != nil {
		return "", err
	}
	d := library.DecideFreed(f)
	return d.Hold, placeCopy(t, it, d)
}

// backToQueue puts the hold whose copy is lost or damaged at the front of its
// queue again, where it was.
func backToQueue(t *records.Tx, it library.Item) error {
	if it.HoldID == "" {
		return nil
	}
	h, err := t.Hold(it.HoldID)
	if err != nil {
		return fmt.Errorf("hold of the copy: %w", err)
	}
	switch {
	case !h.Open() || h.Item != it.ID:
		return nil
	case h.State == library.HoldReady:
		if h.Seq, err = t.FrontHoldSeq(h.Title); err != nil {
			return err
		}
	}
	h.State, h.Item, h.Deadline = library.HoldWaiting, "", library.Date{}
	return t.PutHold(h)
}
