package circulation

import (
	"context"
	"errors"
	"fmt"

	"shuting/app/library"
	"shuting/app/records"
)

type holdResult struct {
	Hold     string
	Title    string
	Reasons  []library.Reason
	Position int // when it was placed
	Waiting  int
}

// PlaceHold puts a patron at the end of the queue for a title, or says every
// reason why not. pickUp is the branch where the copy will wait. itemType finds
// the policy row; "" is the type of the copy that the patron is most likely to
// get: the first that may be lent to them, else the first, else a book.
//
// Errors: records.ErrNotFound for an unknown patron or title.
func (s *Service) PlaceHold(ctx context.Context, cmd library.Command, patron, title string, itemType library.ItemType, pickUp string) (library.HoldAnswer, error) {
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
		h := library.Hold{ID: id, Title: title, Patron: patron, State: library.HoldWaiting, PickUp: pickUp, Placed: cmd.At.UTC()}
		if h.Seq, err = t.NextHoldSeq(title); err != nil {
			return records.Outcome{}, err
		}
		f.Who.Standing.Holds++
		if err := errors.Join(t.PutStanding(patron, f.Who.Standing), t.PutHold(h)); err != nil {
			return records.Outcome{}, err
		}
		res := holdResult{Hold: id, Title: title}
		if res.Position, res.Waiting, err = t.Place(title, id); err != nil {
			return records.Outcome{}, err
		}
		out.Code, out.Subjects, out.Result = "done", subjects(patron, title, id), res
		return out, nil
	})
	if err != nil {
		return library.HoldAnswer{}, err
	}
	var res holdResult
	if err := done.Result(&res); err != nil {
		return library.HoldAnswer{}, err
	}
	a := library.HoldAnswer{Hold: res.Hold, Position: res.Position, Waiting: res.Waiting, Reasons: res.Reasons}
	err = s.o.Records.View(ctx, func(t *records.Tx) (err error) {
		a.Title, err = t.Title(res.Title)
		return s.passOver("title", err)
	})
	return a, err
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
	holds, err := t.OpenHolds(patron)
	if err != nil {
		return f, err
	}
	for _, h := range holds {
		if h.Title == title {
			f.Open = &h
			if f.Position, _, err = t.Place(title, h.ID); err != nil {
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
	err = s.copyFacts(t, policies, title, itemType, &f)
	return f, err
}

// copyFacts are the policy row of the title's item type, and whether any copy of
// it may one day be lent to the patron. Until the copies of every title are
// listed, the row decides that too.
func (s *Service) copyFacts(t *records.Tx, policies library.Policies, title string, itemType library.ItemType, f *library.HoldFacts) error {
	listed, err := t.Derived()
	if err != nil {
		return err
	}
	copies, err := t.Copies(title)
	if err != nil {
		return err
	}
	chosen := library.Book
	if len(copies) > 0 {
		chosen = copies[0].Type
	}
	category := f.Who.Patron.Category
	for _, it := range copies {
		if own, _ := policies.For(category, it.Type, s.o.Branch); library.CopyHoldable(it, own) {
			f.Lendable, chosen = true, it.Type
			break
		}
	}
	if itemType == "" {
		itemType = chosen
	}
	f.Policy, _ = policies.For(category, itemType, s.o.Branch)
	f.Lendable = f.Lendable || !listed && len(copies) == 0 && f.Policy.LoanDays > 0
	return nil
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
