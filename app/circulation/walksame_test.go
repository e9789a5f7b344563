package circulation

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"shuting/app/library"
	"shuting/app/records"
)

// sameItem holds one copy of the store against the model.
func (m *shelf) sameItem(tx *records.Tx, id string) error {
	c := m.items[id]
	it, err := tx.Item(id)
	if err != nil {
		return err
	}
	var l library.Loan
	if it.LoanID != "" {
		if l, err = tx.Loan(it.LoanID); err != nil {
			return err
		}
	}
	var ready library.Hold
	if it.HoldID != "" {
		if ready, err = tx.Hold(it.HoldID); err != nil {
			return err
		}
	}
	got := copyOf{title: it.TitleID, state: it.State, patron: l.Patron, number: c.number, due: l.Due, lostOn: l.LostOn, renewed: l.Renewals,
		waitsFor: ready.Patron, until: ready.Deadline, returned: c.returned}
	if got != *c || !it.ReturnedAt.Equal(c.returned) {
		return fmt.Errorf("item %s is %+v (returned %s), the model says %+v", id, got, it.ReturnedAt, *c)
	}
	return nil
}

// samePatron holds the counted limits of a patron against the model.
func (m *shelf) samePatron(tx *records.Tx, p string) error {
	s, err := tx.Standing(p)
	if err == nil && (s.Loans != m.loans(p) || s.Holds != len(m.holds(p)) || s.ChargesFen != m.sum(p)) {
		err = fmt.Errorf("%s has %+v, the model says %d loans, %d holds, %d fen", p, s, m.loans(p), len(m.holds(p)), m.sum(p))
	}
	return err
}

// sameQueue holds the queue of a title against the model.
func (m *shelf) sameQueue(tx *records.Tx, title string) error {
	queue, err := tx.Queue(title)
	var got []string
	for _, h := range queue {
		got = append(got, h.Patron)
	}
	if err == nil && !slices.Equal(got, m.queue[title]) {
		err = fmt.Errorf("for %s wait %v, the model says %v", title, got, m.queue[title])
	}
	return err
}

// sameHistories: of the patrons one keeps a reading history, and all their loans
// that have ended are in it.
func (c *corner) sameHistories() error {
	var wrong error
	for i, p := range c.patrons {
		got, err := c.h.History(context.Background(), p, math.MaxInt)
		want := 0
		if i == 0 {
			want = c.ended[p]
		}
		if err != nil || len(got.Loans) != want || got.On != (i == 0) {
			wrong = errors.Join(wrong, fmt.Errorf("the history of %s has %d loans (%v), the model says %d", p, len(got.Loans), err, want))
		}
	}
	return wrong
}
