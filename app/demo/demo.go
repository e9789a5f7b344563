package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
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

// Circulation lends, takes back and reserves, and does what the desk does, exactly
// once per command id. It takes the time of each from the command.
type Circulation interface {
	Returns
	Look(ctx context.Context, barcode string) (library.LoanAnswer, error)
	CheckOut(ctx context.Context, cmd library.Command, patron, barcode string, confirmed []string) (library.LoanAnswer, error)
	Renew(ctx context.Context, cmd library.Command, patron, barcode string) (library.LoanAnswer, error)
	PlaceHold(ctx context.Context, cmd library.Command, patron, title string, itemType library.ItemType, pickUp string) (library.HoldAnswer, error)
	CancelHold(ctx context.Context, cmd library.Command, patron, hold string) (cancelled bool, err error)
	ExpireHolds(ctx context.Context, now time.Time) (n int, err error)
	SetHistory(ctx context.Context, cmd library.Command, patron string, on bool) error
	MarkLost(ctx context.Context, cmd library.Command, barcode string) (fen int64, err error)
	MarkDamaged(ctx context.Context, cmd library.Command, barcode, loan string) (fen int64, err error)
	Terms(ctx context.Context) (library.Terms, error)
	SetTerms(ctx context.Context, cmd library.Command, want library.Terms) ([]library.TermsChange, error)
	// Outcome tells what became of a command.
	Outcome(ctx context.Context, command string) (library.Told, error)
}

// Returns is where books are given back.
type Returns interface {
	CheckIn(ctx context.Context, cmd library.Command, barcode string) (library.ReturnAnswer, error)
}

// Options of Fill. All are needed.
type Options struct {
	Catalogue   Catalogue
	Patrons     Patrons
	Circulation Circulation
	At          func(branch string) Returns // another branch's desk
	Now         time.Time                   // the day the story ends
	Zone        *time.Location              // the library's, for civil days
	Kiosk       string                      // the kiosk's id, with which all ids begin
	Branch      string                      // where the kiosk stands
}

func (o Options) check() error {
	if o.Catalogue == nil || o.Patrons == nil || o.Circulation == nil || o.At == nil || o.Now.IsZero() || o.Zone == nil || o.Kiosk == "" || o.Branch == "" {
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
//
// A demo library that an earlier version filled gets the readers it lacks and
// what they did. There such a step may be refused: somebody has used the library
// since, and has the book. Then this part of the story is left out.
func Fill(ctx context.Context, o Options) error {
	if err := o.check(); err != nil {
		return err
	}
	d, err := load()
	if err != nil {
		return err
	}
	f := &filler{o: o, d: d, today: library.DateOf(o.Now, o.Zone)}
	if full, err := f.did(ctx, lastStep); err != nil || full {
		return err
	}
	if f.used, err = f.did(ctx, titleStep(d.titles[len(d.titles)-1])); err != nil {
		return err
	}
	return f.runAll(ctx, f.steps())
}

// did tells whether a step was recorded.
func (f *filler) did(ctx context.Context, step string) (bool, error) {
	told, err := f.o.Circulation.Outcome(ctx, f.id(step))
	if err != nil {
		return false, fmt.Errorf("demo: look for a step: %w", err)
	}
	return told.What != library.ToldNotDone, nil
}

// filler makes the steps of one Fill and does them.
type filler struct {
	o     Options
	d     *data
	today library.Date
	// used: the library was open to readers before this run. Its titles are all
	// there, and no step is sure to be possible any more.
	used bool

	mu    sync.Mutex
	lent  map[string]bool   // barcodes that this run knows to be lent as told
	holds map[string]string // ids by the name of the step that placed them
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
	// joining is when most readers got their cards.
	joining = 80 * day
	// lastTitle is when the last title came in. It was the end of the story as
	// earlier versions told it, so it must come behind everything they told.
	lastTitle = time.Minute
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

func titleStep(t titleRow) string { return "title." + t.key }

// steps are all there is to do, the longest ago first: the ledger reads like the
// months it tells of.
func (f *filler) steps() []step {
	steps := []step{{name: "terms", ago: opening, run: f.setTerms}}
	for i, t := range f.d.titles {
		if f.used {
			break
		}
		ago := opening
		if t.added > 0 {
			ago = min(ago, time.Duration(t.added)*day)
		}
		if i == len(f.d.titles)-1 {
			ago = lastTitle
		}
		steps = append(steps, step{name: titleStep(t), ago: ago, free: true, run: f.put(t)})
	}
	for _, p := range people {
		// Never free: most of the time goes into the hash of the PIN, and several
		// at once took twice as long as one after the other.
		steps = append(steps, step{name: "reader." + p.key, ago: time.Duration(p.joined()) * day, run: f.enrol(p)})
	}
	steps = append(steps, f.story()...)
	slices.SortStableFunc(steps, func(a, b step) int { return cmp.Compare(b.ago, a.ago) })
	return steps
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
