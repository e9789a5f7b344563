package catalogue

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
)

// What one change may take of the store's limits. The ledger writes its entry,
// the command and its head too, and an import its bookmark. A change also looks at no more than mostLooks
// records, because a reader's check-out may be waiting behind it.
const (
	mostWrites = store.MaxWrites - 4
	mostBytes  = store.MaxBytes - 128<<10
	mostLooks  = 400
	itemWrites = 3 // of a new item: itself, its barcode, its place among the copies
)

// cursor says where a change begins when the one before ended inside a title.
type cursor struct {
	title string // id of that title; "" = at its beginning
	item  int    // first item not yet handled
}

// step is what one change did with the intakes it was given: it finished the
// first Whole of them and, when Title is set, Items items of the next.
type step struct {
	Whole   int
	Title   string
	Items   int
	Wrote   bool
	Changes []Change // one for each intake it touched, in order
}

func (s step) next() cursor { return cursor{title: s.Title, item: s.Items} }

// idle carries a step that wrote nothing out of a transaction, so that no ledger
// entry is made for it.
type idle struct{ step step }

func (*idle) Error() string { return "catalogue: nothing to write" }

// change takes in as much of the work as one ledgered change may hold. file is
// nil outside an import.
func (s *Service) change(ctx context.Context, cmd library.Command, work []*intake, from cursor, file *importing) (step, error) {
	done, err := s.o.Records.Do(ctx, cmd, "catalogue", func(t *records.Tx) (records.Outcome, error) {
		b := &batch{t: t, branch: s.o.Branch, file: file, fresh: map[string]bool{}}
		if err := b.take(work, from); err != nil {
			return records.Outcome{}, err
		}
		if b.writes == 0 {
			return records.Outcome{}, &idle{b.step}
		}
		b.step.Wrote = true
		if err := file.keep(t, work[:b.step.Whole], len(work)); err != nil {
			return records.Outcome{}, err
		}
		return records.Outcome{Code: "done", Subjects: b.subjects, Result: b.step,
			Facets: map[string]string{"branch": s.o.Branch}}, nil
	})
	var none *idle
	if errors.As(err, &none) {
		return none.step, nil
	}
	if err != nil {
		return step{}, err
	}
	var st step
	return st, done.Result(&st)
}

// batch is one change being made.
type batch struct {
	t      *records.Tx
	branch string
	file   *importing
	fresh  map[string]bool // control numbers described in this change

	writes, bytes, looks int
	subjects             []string
	step                 step
}

func (b *batch) take(work []*intake, from cursor) error {
	for _, in := range work {
		whole, err := b.takeOne(in, from)
		if err != nil || !whole {
			return err
		}
		b.step.Whole++
		if in.title.Control != "" {
			b.fresh[in.title.Control] = true
		}
		from = cursor{}
	}
	return nil
}

// takeOne handles one intake; whole is false when it is left, or left in the
// middle, for the next change.
func (b *batch) takeOne(in *intake, from cursor) (whole bool, err error) {
	if b.looks >= mostLooks || b.bytes >= mostBytes {
		return false, nil
	}
	b.looks++
	if in.skipped != nil {
		b.step.Changes = append(b.step.Changes, Change{Outcome: Refused})
		return true, nil
	}
	c := Change{Title: from.title, Outcome: Unchanged}
	if from.title == "" {
		m, err := in.meet(b.t)
		if err != nil {
			return false, fmt.Errorf("record %d: find its title: %w", in.number, err)
		}
		if m.clash {
			b.step.Changes = append(b.step.Changes, Change{Title: m.title.ID, Outcome: Refused})
			return true, nil
		}
		next := in.described(m)
		held := b.holds(m, next)
		if held {
			next = m.title
		}
		cost := b.titleWrites(m, next)
		// A title that could be whole in a change of its own is not begun at the
		// end of this one; nor is one that must be split anyway.
		if b.writes > 0 && (b.writes+cost+itemWrites*len(in.items) > mostWrites || b.bytes+titleBytes(next) > mostBytes) {
			return false, nil
		}
		c = Change{Title: next.ID, Outcome: Unchanged, Joined: m.joined, Held: held}
		if cost > 0 {
			c.Outcome = Updated
			if !m.known {
				c.Outcome, c.Apart = Added, m.apart
			}
			if err := b.t.PutTitle(next); err != nil {
				return false, fmt.Errorf("record %d: write title: %w", in.number, err)
			}
			b.spend(next.ID, cost, titleBytes(next))
		}
	}
	for i := from.item; i < len(in.items); i++ {
		if b.writes+itemWrites > mostWrites || b.bytes >= mostBytes || b.looks >= mostLooks {
			b.step.Title, b.step.Items = c.Title, i
			b.step.Changes = append(b.step.Changes, c)
			return false, nil
		}
		if err := b.takeItem(in, i, &c); err != nil {
			return false, fmt.Errorf("record %d: item: %w", in.number, err)
		}
	}
	b.step.Changes = append(b.step.Changes, c)
	return true, nil
}

// described is the title as it will stand: what the record says, under the id
// and the lending rules it already has. A title another source describes stays.
func (in *intake) described(m meeting) library.Title {
	if !m.known {
		next := in.title
		if next.ID == "" {
			next.ID = in.ids[0]
		}
		if next.Added.IsZero() {
			next.Added = in.today
		}
		return next
	}
	if m.joined {
		return m.title
	}
	next := in.title
	next.ID = m.title.ID
	if next.Control == "" {
		next.Control = m.title.Control
	}
	if next.MinAge == 0 {
		next.MinAge = m.title.MinAge
	}
	next.Added = m.title.Added
	return next
}

// holds tells that the record may not describe the title anew, because an earlier
// one of the same file has: the two would rewrite each other whenever the file
// comes. A record with a control number goes before one without.
func (b *batch) holds(m meeting, next library.Title) bool {
	if !m.known || m.joined || weak(m.title.Control) && !weak(next.Control) {
		return false
	}
	if !b.fresh[m.title.Control] && !b.file.described(m.title.Control) {
		return false
	}
	return !equalTitles(m.title, next)
}

func equalTitles(a, b library.Title) bool {
	return reflect.DeepEqual(boundTitle(a), boundTitle(b))
}

// titleWrites is how many keys writing the title may touch at most; 0 when it
// stands already as it should.
func (b *batch) titleWrites(m meeting, next library.Title) int {
	if m.known && equalTitles(m.title, next) {
		return 0
	}
	return 1 + 2 + len(m.title.ISBNs) + len(next.ISBNs)
}

func (b *batch) spend(subject string, writes, bytes int) {
	b.writes += writes
	b.bytes += bytes
	if n := len(b.subjects); n == 0 || b.subjects[n-1] != subject {
		b.subjects = append(b.subjects, subject)
	}
}

func (b *batch) takeItem(in *intake, i int, c *Change) error {
	b.looks++
	it := in.items[i]
	if reason, barred := in.barred[i]; barred {
		b.refuse(c, Refusal{Barcode: bound(it.Barcode, maxBarcode), Reason: reason})
		return nil
	}
	old, err := b.t.ItemByBarcode(it.Barcode)
	switch {
	case errors.Is(err, records.ErrNotFound):
		return b.newItem(it, in.ids[1+i], c)
	case err != nil:
		return err
	case old.TitleID != c.Title:
		b.refuse(c, Refusal{Barcode: it.Barcode, Reason: BarcodeElsewhere, Title: old.TitleID})
		return nil
	}
	next := old
	if it.CallNumber != "" {
		next.CallNumber = it.CallNumber
	}
	if it.Place != "" {
		next.Place = it.Place
	}
	if it.Type != "" {
		next.Type = it.Type
	}
	if next == old {
		c.ItemsUnchanged++
		return nil
	}
	c.ItemsUpdated++
	b.spend(c.Title, 1, itemBytes(next))
	return b.t.PutItem(next)
}

func (b *batch) newItem(it library.Item, drawn string, c *Change) error {
	if it.ID == "" {
		it.ID = drawn
	} else if _, err := b.t.Item(it.ID); err == nil {
		// An id given by the caller that another copy has: writing would move
		// that copy to a new barcode.
		b.refuse(c, Refusal{Barcode: it.Barcode, Reason: ItemIDTaken})
		return nil
	} else if !errors.Is(err, records.ErrNotFound) {
		return err
	}
	it.TitleID = c.Title
	if it.Branch == "" {
		it.Branch = b.branch
	}
	if it.At == "" {
		it.At = it.Branch
	}
	if it.Type == "" {
		it.Type = library.Book
	}
	if it.State == "" {
		it.State = library.ItemAvailable
	}
	c.ItemsNew++
	b.spend(c.Title, itemWrites, itemBytes(it))
	return b.t.PutItem(it)
}

// refuse notes an item that is not taken. The note goes into the ledger, so it
// counts towards the size of the change.
func (b *batch) refuse(c *Change, r Refusal) {
	c.Refused = append(c.Refused, r)
	b.bytes += 64 + len(r.Barcode) + len(r.Title)
}
