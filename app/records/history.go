package records

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"shuting/app/library"
	"shuting/app/store"
)

// History says that a patron keeps a reading history. Without the record none is
// kept, and no list of their ended loans exists. List names the present list:
// switching off takes the record away, so that nothing of the list is seen any
// more, and switching on again begins another list.
type History struct {
	List  string
	Since time.Time
}

// History of a patron; the zero value when none is kept.
func (t *Tx) History(patron string) (History, error) {
	h, err := get[History](t, key(spaceHistory, patron))
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return h, err
}

// KeepHistory begins a reading history with an empty list, also where one was
// kept before. list is an id that was never used for another one.
func (t *Tx) KeepHistory(patron, list string, since time.Time) error {
	if err := t.DropHistory(patron); err != nil {
		return err
	}
	return put(t, key(spaceHistory, patron), History{List: list, Since: since.UTC()})
}

// DropHistory ends a patron's reading history: it is gone for every reader of it
// at once. Its entries are erased by EraseHistories.
func (t *Tx) DropHistory(patron string) error {
	h, err := t.History(patron)
	if err != nil || h.List == "" {
		return err
	}
	if err := t.s.Set(key(spaceErase, patron, h.List), []byte{}); err != nil {
		return err
	}
	return t.s.Delete(key(spaceHistory, patron))
}

// ListPastLoan enters an ended loan into the reading history of its patron, if
// they keep one.
func (t *Tx) ListPastLoan(l library.Loan) error {
	h, err := t.History(l.Patron)
	if err != nil || h.List == "" {
		return err
	}
	return t.s.Set(pastKey(l, h.List), []byte{})
}

// pastKey sorts by the time of return, to the millisecond.
func pastKey(l library.Loan, list string) []byte {
	return append(seqKey(spacePast, l.Patron+"/"+list, uint64(max(0, l.ReturnedAt.UnixMilli()))), l.ID...)
}

// pastEntry takes apart what follows spacePast in a key.
func pastEntry(id string) (patron, list, loan string, ok bool) {
	patron, rest, _ := strings.Cut(id, "/")
	list, place, _ := strings.Cut(rest, "/")
	if len(place) <= 8 {
		return patron, list, "", false
	}
	return patron, list, place[8:], true
}

// PastLoans are the ended loans of a patron's reading history, the one that ended
// last first, at most so many; more tells that there are others. One that cannot
// be read is passed over; Check tells of it.
func (t *Tx) PastLoans(patron string, most int) (loans []library.Loan, more bool, err error) {
	h, err := t.History(patron)
	if err != nil || h.List == "" {
		return nil, false, err
	}
	prefix := append(key(spacePast, patron, h.List), '/')
	err = t.s.Scan(store.Range{Prefix: prefix, Reverse: true}, func(k, _ []byte) error {
		_, _, id, ok := pastEntry(tail(k, len(spacePast)))
		if !ok {
			return nil
		}
		l, err := t.Loan(id)
		switch {
		case Unusable(err):
			return nil
		case err != nil:
			return fmt.Errorf("past loan %s: %w", id, err)
		case len(loans) >= most:
			more = true
			return store.ErrStop
		}
		loans = append(loans, l)
		return nil
	})
	return loans, more, err
}

// eraseBatch is how many entries EraseHistories erases in one transaction.
const eraseBatch = 60

// EraseHistories erases entries of reading histories that were switched off, a
// batch of them, and returns how many keys that were; 0 = there are none left.
// It may be interrupted at any time: what is left is erased by the next call.
func (r *Records) EraseHistories(ctx context.Context) (n int, err error) {
	err = r.store.Update(ctx, func(s store.Tx) error {
		n = 0
		list := ""
		err := s.Scan(store.Range{Prefix: []byte(spaceErase), Limit: 1}, func(k, _ []byte) error {
			list = tail(k, len(spaceErase))
			return nil
		})
		if err != nil || list == "" {
			return err
		}
		var old [][]byte
		prefix := append(key(spacePast, list), '/')
		err = s.Scan(store.Range{Prefix: prefix, Limit: eraseBatch}, func(k, _ []byte) error {
			old = append(old, k)
			return nil
		})
		if len(old) < eraseBatch {
			old = append(old, key(spaceErase, list)) // with its last entries
		}
		for _, k := range old {
			err = errors.Join(err, s.Delete(k))
		}
		n = len(old)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("erase reading histories: %w", err)
	}
	return n, nil
}
