package circulation

import (
	"context"
	"fmt"

	"shuting/app/library"
	"shuting/app/records"
)

type holdResult struct {
	Hold    string
	Reasons []library.Reason
}

// PlaceHold puts a patron at the end of the queue for a title, or says every
// reason why not. pickUp is the branch where the copy will wait; t's item type
// is what the policy row is found by.
func (s *Service) PlaceHold(ctx context.Context, cmd library.Command, patron, title string, itemType library.ItemType, pickUp string) ([]library.Reason, error) {
	id := records.NewID(s.o.Records.Kiosk(), cmd.At)
	done, err := s.o.Records.Do(ctx, cmd, "place_hold", func(t *records.Tx) (records.Outcome, error) {
		f, err := s.holdFacts(t, patron, title, itemType)
		if err != nil {
			return records.Outcome{}, err
		}
		reasons := library.DecideHold(f)
		out := records.Outcome{Code: "refused", Subjects: subjects(patron, title), Result: holdResult{Reasons: reasons}}
		if len(reasons) > 0 {
			return out, nil
		}
		seq, err := t.NextHoldSeq(title)
		if err != nil {
			return records.Outcome{}, err
		}
		f.Standing.Holds++
		if err := t.PutStanding(patron, f.Standing); err != nil {
			return records.Outcome{}, err
		}
		out.Code, out.Subjects, out.Result = "done", subjects(patron, title, id), holdResult{Hold: id}
		return out, t.PutHold(library.Hold{ID: id, Title: title, Patron: patron, Seq: seq, State: library.HoldWaiting, PickUp: pickUp, Placed: cmd.At.UTC()})
	})
	if err != nil {
		return nil, err
	}
	var res holdResult
	return res.Reasons, done.Result(&res)
}

func (s *Service) holdFacts(t *records.Tx, patron, title string, itemType library.ItemType) (library.HoldFacts, error) {
	f := library.HoldFacts{}
	var err error
	if f.Patron, err = t.Patron(patron); err != nil {
		return f, fmt.Errorf("patron: %w", err)
	}
	if f.Standing, err = t.Standing(patron); err != nil {
		return f, err
	}
	policies, _, err := t.Terms()
	if err != nil {
		return f, err
	}
	pol, ok := policies.For(f.Patron.Category, itemType, s.o.Branch)
	f.Policy, f.Lendable = pol, ok && pol.LoanDays > 0
	holds, err := t.OpenHolds(patron)
	if err != nil {
		return f, err
	}
	for _, h := range holds {
		f.Exists = f.Exists || h.Title == title
	}
	loans, err := t.OpenLoans(patron)
	if err != nil {
		return f, err
	}
	for _, l := range loans {
		f.OnLoan = f.OnLoan || l.Title == title
	}
	if _, err := t.Title(title); err != nil {
		return f, fmt.Errorf("title: %w", err)
	}
	return f, nil
}
