package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"shuting/app/catalogue"
	"shuting/app/library"
	"shuting/app/patrons"
)

// Catalogue brings in a title with its copies.
type Catalogue interface {
	Put(ctx context.Context, cmd library.Command, source string, h catalogue.Holding) (catalogue.Change, error)
}

// Patrons enters a reader with a card.
type Patrons interface {
	Enrol(ctx context.Context, cmd library.Command, n patrons.NewPatron) error
}

// Circulation lends, takes back and reserves, exactly once per command id. It
// takes the time of each from the command.
type Circulation interface {
	Look(ctx context.Context, barcode string) (library.LoanAnswer, error)
	CheckOut(ctx context.Context, cmd library.Command, patron, barcode string, confirmed []string) (library.LoanAnswer, error)
	CheckIn(ctx context.Context, cmd library.Command, barcode string) (library.ReturnAnswer, error)
	PlaceHold(ctx context.Context, cmd library.Command, patron, title string, itemType library.ItemType, pickUp string) (library.HoldAnswer, error)
}

// Options of Fill. All are needed.
type Options struct {
	Catalogue   Catalogue
	Patrons     Patrons
	Circulation Circulation
	Now         time.Time      // the day the story ends
	Zone        *time.Location // the library's, for civil days
	Kiosk       string         // the kiosk's id, with which all ids begin
	Branch      string         // where the kiosk stands
}

func (o Options) check() error {
	if o.Catalogue == nil || o.Patrons == nil || o.Circulation == nil || o.Now.IsZero() || o.Zone == nil || o.Kiosk == "" || o.Branch == "" {
		return errors.New("demo: an option is missing")
	}
	return nil
}

// source is the namespace of the demo's control numbers.
const source = "demo"

// Fill brings the demo library in. It may be run again at any time: on a full
// demo library it only looks, and what a killed run left out is brought in. It
// never takes back what somebody did at the kiosk in the meantime.
//
// A step that the services refuse ends it with an error, because the library
// would not be what the demo promises; this happens only in a library that
// holds other things under the same numbers or has changed its policies
// between a killed run and the next.
func Fill(ctx context.Context, o Options) error {
	if err := o.check(); err != nil {
		return err
	}
	d, err := load()
	if err != nil {
		return err
	}
	full, err := filled(ctx, o, d)
	if err != nil || full {
		return err
	}
	f := &filler{o: o, d: d, today: library.DateOf(o.Now, o.Zone)}
	steps := f.steps()
	// The ledger reads like the months it tells of.
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(b.ago, a.ago) })
	return f.runAll(ctx, steps)
}

// filled tells whether every copy is there. The last title comes in as the very
// last step, so that this is true only of a run that came to its end.
func filled(ctx context.Context, o Options, d *data) (bool, error) {
	for _, it := range d.items {
		a, err := o.Circulation.Look(ctx, it.Barcode)
		if err != nil {
			return false, fmt.Errorf("demo: look for a copy: %w", err)
		}
		if !a.Known {
			return false, nil
		}
	}
	return true, nil
}

// filler makes the steps of one Fill.
type filler struct {
	o     Options
	d     *data
	today library.Date
}

// step is one command of the story, so long before Now.
type step struct {
	name string // letters, digits and dots; fixed for good, see id
	ago  time.Duration
	free bool // of the free steps around it, which may be done in any order
	run  func(ctx context.Context, cmd library.Command) error
}

const (
	day = 24 * time.Hour
	// opening is when the catalogue was brought in that the library had so far.
	opening = 90 * day
	// longAgo, in days, is when those titles came to the library that
	// titles.tsv gives no day for.
	longAgo = 500
)

// id is fixed, so that a step done before a kill is recognised and not done
// again. Command ids made from the time begin with a digit behind the kiosk's
// id and are forgotten after a while; these sort behind all of them and stay.
func (f *filler) id(name string) string { return f.o.Kiosk + "-demo." + name }

func (f *filler) command(s step) library.Command {
	return library.Command{ID: f.id(s.name), Visit: f.id("visit." + s.name), Actor: "system", At: f.o.Now.Add(-s.ago)}
}

// otherBranch is a branch where this kiosk does not stand.
func (f *filler) otherBranch() string {
	if f.o.Branch == "bus" {
		return "main"
	}
	return "bus"
}

func (f *filler) steps() []step {
	var steps []step
	for i, t := range f.d.titles {
		ago := opening
		if t.added > 0 {
			ago = min(ago, time.Duration(t.added)*day)
		}
		if i == len(f.d.titles)-1 {
			ago = time.Minute // see filled
		}
		steps = append(steps, step{name: "title." + t.key, ago: ago, free: true, run: f.put(t)})
	}
	for _, p := range people {
		steps = append(steps, step{name: "reader." + p.key, ago: 80 * day, run: f.enrol(p)})
	}
	return append(steps, f.story()...)
}

func (f *filler) put(t titleRow) func(context.Context, library.Command) error {
	h := catalogue.Holding{Title: t.Title}
	h.Title.Added = f.today.AddDays(-cmp.Or(t.added, longAgo))
	for _, row := range f.d.items {
		if row.title != t.key {
			continue
		}
		it := row.Item
		it.Type, it.Place, it.CallNumber, it.Branch = t.itemType, t.place, t.CallNumber, f.o.Branch
		if row.elsewhere {
			it.Branch = f.otherBranch()
		}
		h.Items = append(h.Items, it)
	}
	return func(ctx context.Context, cmd library.Command) error {
		c, err := f.o.Catalogue.Put(ctx, cmd, source, h)
		if err != nil {
			return err
		}
		if len(c.Refused) > 0 {
			return fmt.Errorf("%d copies refused, the first: %s", len(c.Refused), c.Refused[0].Reason)
		}
		return nil
	}
}
