package circulation

import (
	"context"
	"errors"
	"fmt"

	"shuting/app/library"
	"shuting/app/records"
)

// ErrTerms: the terms have problems that library.Terms.Check tells.
var ErrTerms = errors.New("circulation: terms that cannot come into force")

// Terms are the policies and the calendar in force.
func (s *Service) Terms(ctx context.Context) (now library.Terms, err error) {
	err = s.o.Records.View(ctx, func(t *records.Tx) (err error) { now, err = terms(t); return err })
	return now, err
}

func terms(t *records.Tx) (now library.Terms, err error) {
	now.Policies, now.Calendar, err = t.Terms()
	return now, err
}

// SetTerms puts policies and calendar into force, both in one change, for the
// next transaction. It returns what changed; where nothing does, nothing is
// written.
//
// Errors: ErrTerms.
func (s *Service) SetTerms(ctx context.Context, cmd library.Command, want library.Terms) ([]library.TermsChange, error) {
	if wrong := want.Check(); len(wrong) > 0 {
		return nil, fmt.Errorf("%w: %s", ErrTerms, wrong[0].Message)
	}
	done, err := s.o.Records.Do(ctx, cmd, opSetTerms, func(t *records.Tx) (records.Outcome, error) {
		old, err := terms(t)
		if err != nil {
			return records.Outcome{}, err
		}
		changes := old.Changes(want)
		if len(changes) == 0 {
			return records.Outcome{}, errUnchanged
		}
		if err := t.PutSetting(records.SettingPolicies, want.Policies); err != nil {
			return records.Outcome{}, err
		}
		return records.Outcome{Code: "done", Facets: map[string]string{"branch": s.o.Branch}, Result: changes},
			t.PutSetting(records.SettingCalendar, want.Calendar)
	})
	if errors.Is(err, errUnchanged) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var changes []library.TermsChange
	err = done.Result(&changes)
	return changes, err
}
