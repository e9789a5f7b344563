package records

import (
	"context"
	"errors"
	"fmt"

	"shuting/app/library"
	"shuting/app/store"
)

// Report is what Check found. Findings name records by id, never by name or
// number of a reader.
type Report struct {
	Counts   map[string]int // records walked, by kind
	Findings []string
	More     int // findings beyond the first maxFindings
}

// Clean tells whether every invariant holds.
func (r Report) Clean() bool { return len(r.Findings) == 0 }

const maxFindings = 1000

// Check walks the whole store on one snapshot and proves: every item has its
// title, every loan, open or closed, its item and patron; the item of an open
// loan names that loan (so none is lent twice); guard records equal what they
// count; lists, queues and indexes agree with the records, both ways; a reading
// history names ended loans of its patron, and none is left of one that is
// switched off; personal fields open; each ledger chain is unbroken up to its
// head. It cannot know of entries that were cut off together with the head and
// the command index; only a copy kept elsewhere can. progress may be nil; it is
// called with the kind being walked and the number so far.
func (r *Records) Check(ctx context.Context, progress func(kind string, n int)) (Report, error) {
	rep := Report{Counts: map[string]int{}}
	err := r.View(ctx, func(t *Tx) error { return rep.walk(ctx, t, progress) })
	return rep, err
}

func (r *Report) walk(ctx context.Context, t *Tx, progress func(kind string, n int)) error {
	c := &checker{t: t, rep: r, ctx: ctx, progress: progress, want: map[string]*library.Standing{}, ends: map[string]head{}}
	var err error
	if c.derived, err = derived(t.s); err != nil {
		return err
	}
	for _, walk := range []func() error{
		c.settings, c.titles, c.controls, c.isbns, c.items, c.copies, c.barcodes,
		c.loans, c.openLoans, c.holds, c.holdLists, c.queues, c.charges,
		c.patrons, c.counters, c.belongings, c.attempts, c.histories,
		c.entries, c.heads, c.commands,
	} {
		if err := walk(); err != nil {
			return err
		}
	}
	return nil
}

type checker struct {
	t        *Tx
	rep      *Report
	ctx      context.Context
	progress func(string, int)
	want     map[string]*library.Standing // patron → what is open, counted from the records
	ends     map[string]head              // kiosk → where its chain ends
	derived  bool                         // the copies of titles are listed
}

func (c *checker) report(format string, args ...any) {
	if len(c.rep.Findings) >= maxFindings {
		c.rep.More++
		return
	}
	c.rep.Findings = append(c.rep.Findings, fmt.Sprintf(format, args...))
}

// each walks a key space and counts it under a name.
func (c *checker) each(space, kind string, fn func(id string, v []byte) error) error {
	return c.t.s.Scan(store.Range{Prefix: []byte(space)}, func(k, v []byte) error {
		c.rep.Counts[kind]++
		if n := c.rep.Counts[kind]; n%1024 == 0 {
			if err := c.ctx.Err(); err != nil {
				return err
			}
			if c.progress != nil {
				c.progress(kind, n)
			}
		}
		return fn(tail(k, len(space)), v)
	})
}

// read decodes a value or reports it; ok is false when it was reported.
func read[T any](c *checker, what, id string, v []byte) (T, bool) {
	var out T
	if err := decode(v, &out); err != nil {
		c.report("%s %s: cannot be read: %v", what, id, err)
		return out, false
	}
	return out, true
}

// missing reports a record that must be there; any other error is passed on.
func (c *checker) missing(err error, format string, args ...any) (bool, error) {
	if err == nil {
		return false, nil
	}
	if errors.Is(err, ErrNotFound) || errors.Is(err, store.ErrNotFound) || unreadable(err) {
		c.report(format, args...)
		return true, nil
	}
	return true, err
}

func unreadable(err error) bool { return errors.Is(err, ErrBroken) || errors.Is(err, ErrNewer) }

// pointsTo reports a look-up entry that is not there or names another record.
func (c *checker) pointsTo(k []byte, id string, format string, args ...any) error {
	v, err := c.t.s.Get(k)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	if err != nil || string(v) != id {
		c.report(format, args...)
	}
	return nil
}

// exists reports a key that must be there.
func (c *checker) exists(k []byte, format string, args ...any) error {
	_, err := c.t.s.Get(k)
	_, err = c.missing(err, format, args...)
	return err
}
