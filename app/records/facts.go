package records

import (
	"errors"
	"fmt"

	"shuting/app/library"
)

// PatronFacts gathers what the rules ask of a patron: the guardian of a child,
// the counted limits, and how many open loans are past due on a day.
func (t *Tx) PatronFacts(patron string, card library.Card, today library.Date) (library.PatronFacts, error) {
	p, err := t.Patron(patron)
	if err != nil {
		return library.PatronFacts{}, fmt.Errorf("patron: %w", err)
	}
	f := library.PatronFacts{Card: &card, Patron: &p}
	if p.Guardian != "" {
		g, err := t.Patron(p.Guardian)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return f, fmt.Errorf("guardian: %w", err)
		}
		if err == nil {
			f.Guardian = &g
		}
	}
	if f.Standing, err = t.Standing(patron); err != nil {
		return f, fmt.Errorf("counters: %w", err)
	}
	if f.Loans, err = t.OpenLoans(patron); err != nil {
		return f, err
	}
	for _, l := range f.Loans {
		if l.Overdue(today) {
			f.Overdue++
		}
	}
	return f, nil
}

// Names of the library-wide settings.
const (
	SettingPolicies = "policies"
	SettingCalendar = "calendar"
)

// Terms are the library's policies and calendar; what was never set has its
// published default.
func (t *Tx) Terms() (library.Policies, library.Calendar, error) {
	pol := library.DefaultPolicies()
	var cal library.Calendar
	var stored library.Policies
	switch err := t.Setting(SettingPolicies, &stored); {
	case err == nil:
		pol = stored
	case !errors.Is(err, ErrNotFound):
		return nil, cal, fmt.Errorf("policies: %w", err)
	}
	if err := t.Setting(SettingCalendar, &cal); err != nil && !errors.Is(err, ErrNotFound) {
		return nil, cal, fmt.Errorf("calendar: %w", err)
	}
	return pol, cal, nil
}
