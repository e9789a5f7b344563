package circulation

import (
	"context"
	"fmt"

	"shuting/app/library"
	"shuting/app/records"
)

// historyResult is what the ledger keeps of a reading history that was switched.
type historyResult struct{ On bool }

// SetHistory switches a patron's reading history on, or off. On, it begins empty:
// what was returned before is not in it. Off, it is gone for everybody at once,
// and its entries are erased right after; what is left of them when that is cut
// off is erased by records.Forget. As it is already: nothing changes.
//
// Errors: records.ErrNotFound for an unknown patron.
func (s *Service) SetHistory(ctx context.Context, cmd library.Command, patron string, on bool) error {
	list := records.NewID(s.o.Records.Kiosk(), cmd.At)
	_, err := s.o.Records.Do(ctx, cmd, opSetHistory, func(t *records.Tx) (records.Outcome, error) {
		p, err := t.Patron(patron)
		if err != nil {
			return records.Outcome{}, fmt.Errorf("patron: %w", err)
		}
		out := records.Outcome{Code: "unchanged", Subjects: subjects(patron), Result: historyResult{On: on}}
		if out.Facets, err = s.facets(t, &p, thing{}, cmd.At); err != nil {
			return out, err
		}
		now, err := t.History(patron)
		if err != nil || on == (now.List != "") {
			return out, err
		}
		out.Code = "done"
		if on {
			return out, t.KeepHistory(patron, list, cmd.At)
		}
		return out, t.DropHistory(patron)
	})
	for n := 1; err == nil && !on && n > 0; {
		// An error here is none of the reader's: the list is gone, and Forget
		// goes on with erasing it.
		var failed error
		if n, failed = s.o.Records.EraseHistories(ctx); failed != nil {
			break
		}
	}
	return err
}

// History is a patron's reading history, at most so many of its loans. A title
// that cannot be read is left empty.
//
// Errors: records.ErrNotFound for an unknown patron.
func (s *Service) History(ctx context.Context, patron string, most int) (library.ReadingHistory, error) {
	var out library.ReadingHistory
	err := s.o.Records.View(ctx, func(t *records.Tx) error {
		out = library.ReadingHistory{}
		if _, err := t.Patron(patron); err != nil {
			return fmt.Errorf("patron: %w", err)
		}
		h, err := t.History(patron)
		if err != nil || h.List == "" {
			return err
		}
		out.On, out.Since = true, library.DateOf(h.Since, s.o.Zone)
		loans, more, err := t.PastLoans(patron, most)
		if err != nil {
			return err
		}
		out.More = more
		for _, l := range loans {
			past := library.PastLoan{Out: library.DateOf(l.Out, s.o.Zone), Back: library.DateOf(l.ReturnedAt, s.o.Zone)}
			if past.Title, err = t.Title(l.Title); err != nil && !records.Unusable(err) {
				return fmt.Errorf("title of a past loan: %w", err)
			}
			out.Loans = append(out.Loans, past)
		}
		return nil
	})
	return out, err
}
