package records

import (
	"context"
	"errors"
	"fmt"
	"strings"

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
// title and barcode entry; every open loan has its item and patron, and the
// item says so too (so none is lent twice); guard records equal what they
// count; queues and indexes agree with the records; personal fields open; each
// ledger chain is unbroken. progress may be nil; it is called with the kind
// being walked and the number so far.
func (r *Records) Check(ctx context.Context, progress func(kind string, n int)) (Report, error) {
	rep := Report{Counts: map[string]int{}}
	err := r.View(ctx, func(t *Tx) error {
		c := &checker{t: t, rep: &rep, ctx: ctx, progress: progress}
		for _, walk := range []func() error{c.titles, c.items, c.barcodes, c.loans, c.openLoans, c.patrons, c.holds, c.queues, c.ledgers, c.commands} {
			if err := walk(); err != nil {
				return err
			}
		}
		return nil
	})
	return rep, err
}

type checker struct {
	t        *Tx
	rep      *Report
	ctx      context.Context
	progress func(string, int)
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
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrBroken) {
		c.report(format, args...)
		return true, nil
	}
	return true, err
}

func (c *checker) titles() error {
	return c.each(spaceTitle, "titles", func(id string, v []byte) error {
		if t, ok := read[library.Title](c, "title", id, v); ok && t.ID != id {
			c.report("title %s: stored under another id", id)
		}
		return nil
	})
}

func (c *checker) items() error {
	return c.each(spaceItem, "items", func(id string, v []byte) error {
		it, ok := read[library.Item](c, "item", id, v)
		if !ok {
			return nil
		}
		_, err := c.t.s.Get(key(spaceTitle, it.TitleID))
		if errors.Is(err, store.ErrNotFound) {
			c.report("item %s: its title %s is missing", id, it.TitleID)
		} else if err != nil {
			return err
		}
		back, err := c.t.s.Get(key(spaceBarcode, it.Barcode))
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if string(back) != id {
			c.report("item %s: its barcode leads elsewhere", id)
		}
		if it.State == library.ItemOnLoan && it.LoanID == "" {
			c.report("item %s: on loan without a loan", id)
		}
		if it.LoanID == "" {
			return nil
		}
		l, err := c.t.Loan(it.LoanID)
		if miss, err := c.missing(err, "item %s: its loan %s is missing", id, it.LoanID); miss || err != nil {
			return err
		}
		if !l.Open() || l.Item != id {
			c.report("item %s: its loan %s is closed or of another item", id, it.LoanID)
		}
		if it.State != library.ItemOnLoan && it.State != library.ItemLost {
			c.report("item %s: has an open loan but is %s", id, it.State)
		}
		return nil
	})
}

func (c *checker) barcodes() error {
	return c.each(spaceBarcode, "barcodes", func(barcode string, v []byte) error {
		it, err := c.t.Item(string(v))
		if miss, err := c.missing(err, "barcode entry: item %s is missing", string(v)); miss || err != nil {
			return err
		}
		if it.Barcode != barcode {
			c.report("barcode entry of item %s: the item carries another", it.ID)
		}
		return nil
	})
}

func (c *checker) loans() error {
	return c.each(spaceLoan, "loans", func(id string, v []byte) error {
		l, ok := read[library.Loan](c, "loan", id, v)
		if !ok || !l.Open() {
			return nil
		}
		c.rep.Counts["open loans"]++
		it, err := c.t.Item(l.Item)
		if miss, err := c.missing(err, "loan %s: its item %s is missing", id, l.Item); err != nil {
			return err
		} else if !miss && it.LoanID != id {
			c.report("loan %s: item %s is lent twice or not marked as lent (it names loan %q)", id, l.Item, it.LoanID)
		}
		_, err = c.t.Patron(l.Patron)
		if _, err := c.missing(err, "loan %s: its patron %s is missing", id, l.Patron); err != nil {
			return err
		}
		_, err = c.t.s.Get(key(spaceOpenLoan, l.Patron, id))
		if errors.Is(err, store.ErrNotFound) {
			c.report("loan %s: not in its patron's list", id)
			return nil
		}
		return err
	})
}

func (c *checker) openLoans() error {
	return c.each(spaceOpenLoan, "open-loan entries", func(id string, _ []byte) error {
		patron, loan, _ := strings.Cut(id, "/")
		l, err := c.t.Loan(loan)
		if miss, err := c.missing(err, "open-loan entry: loan %s is missing", loan); miss || err != nil {
			return err
		}
		if !l.Open() || l.Patron != patron {
			c.report("open-loan entry of loan %s: the loan is closed or another patron's", loan)
		}
		return nil
	})
}

func (c *checker) patrons() error {
	return c.each(spacePatron, "patrons", func(id string, v []byte) error {
		if _, ok := read[library.Patron](c, "patron", id, v); !ok {
			return nil
		}
		if _, err := c.t.Personal(id); err != nil && !errors.Is(err, ErrNotFound) {
			if !errors.Is(err, ErrBroken) {
				return err
			}
			c.report("patron %s: personal fields cannot be opened", id)
		}
		loans, err := c.t.OpenLoans(id)
		if err != nil {
			if !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrBroken) {
				return err
			}
			return nil // told by the loans
		}
		want := library.Standing{ByType: map[library.ItemType]int{}}
		for _, l := range loans {
			want.Loans++
			want.ByType[l.ItemType]++
		}
		holds, err := c.t.OpenHolds(id)
		if miss, err := c.missing(err, "patron %s: a hold in the list is missing", id); miss || err != nil {
			return err
		}
		want.Holds = len(holds)
		if err := c.charges(id, &want); err != nil {
			return err
		}
		return c.compareStanding(id, want)
	})
}

func (c *checker) charges(patron string, want *library.Standing) error {
	return c.t.s.Scan(store.Range{Prefix: append(key(spaceCharge, patron), '/')}, func(_, v []byte) error {
		if ch, ok := read[Charge](c, "charge of patron", patron, v); ok && !ch.Paid {
			want.ChargesFen += ch.Fen
		}
		return nil
	})
}

func (c *checker) compareStanding(patron string, want library.Standing) error {
	got, err := c.t.Standing(patron)
	if miss, err := c.missing(err, "patron %s: counters cannot be read", patron); miss || err != nil {
		return err
	}
	if got.Loans != want.Loans {
		c.report("patron %s: counter says %d loans, there are %d", patron, got.Loans, want.Loans)
	}
	if got.Holds != want.Holds {
		c.report("patron %s: counter says %d holds, there are %d", patron, got.Holds, want.Holds)
	}
	if got.ChargesFen != want.ChargesFen {
		c.report("patron %s: counter says %d fen of charges, there are %d", patron, got.ChargesFen, want.ChargesFen)
	}
	for _, m := range []map[library.ItemType]int{got.ByType, want.ByType} {
		for t := range m {
			if got.ByType[t] != want.ByType[t] {
				c.report("patron %s: counter says %d of type %s, there are %d", patron, got.ByType[t], t, want.ByType[t])
				return nil
			}
		}
	}
	return nil
}

func (c *checker) holds() error {
	return c.each(spaceHold, "holds", func(id string, v []byte) error {
		h, ok := read[library.Hold](c, "hold", id, v)
		if !ok {
			return nil
		}
		if h.State == library.HoldWaiting {
			back, err := c.t.s.Get(seqKey(spaceQueue, h.Title, h.Seq))
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			if string(back) != id {
				c.report("hold %s: waits but is not in the queue", id)
			}
		}
		if h.State == library.HoldReady {
			it, err := c.t.Item(h.Item)
			if miss, err := c.missing(err, "hold %s: its item %s is missing", id, h.Item); miss || err != nil {
				return err
			}
			if it.HoldID != id {
				c.report("hold %s: ready, but item %s does not wait for it", id, h.Item)
			}
		}
		return nil
	})
}

func (c *checker) queues() error {
	return c.each(spaceQueue, "queue entries", func(_ string, v []byte) error {
		h, err := c.t.Hold(string(v))
		if miss, err := c.missing(err, "queue entry: hold %s is missing", string(v)); miss || err != nil {
			return err
		}
		if h.State != library.HoldWaiting {
			c.report("queue entry of hold %s: the hold is %s", h.ID, h.State)
		}
		return nil
	})
}

func (c *checker) ledgers() error {
	var kiosks []string
	err := c.each(spaceHead, "ledgers", func(kiosk string, _ []byte) error {
		kiosks = append(kiosks, kiosk)
		return nil
	})
	if err != nil {
		return err
	}
	for _, k := range kiosks {
		if err := checkChain(c.t.s, k, c.report); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) commands() error {
	return c.each(spaceCommand, "commands", func(id string, v []byte) error {
		seq, ok, err := commandSeq(c.t.s, id)
		if err != nil || !ok {
			c.report("command entry: cannot be read")
			return nil
		}
		kiosk := id[:max(0, strings.LastIndex(id, "-"))]
		raw, err := c.t.s.Get(seqKey(spaceLedger, kiosk, seq))
		if errors.Is(err, store.ErrNotFound) {
			c.report("command entry: ledger %s/%d is missing", kiosk, seq)
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := read[Entry](c, "ledger", fmt.Sprint(seq), raw); ok && e.Command != id {
			c.report("command entry: ledger %s/%d belongs to another command", kiosk, seq)
		}
		return nil
	})
}
