package demo

import (
	"context"
	"errors"
	"maps"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shuting/app/catalogue"
	"shuting/app/circulation"
	"shuting/app/library"
	"shuting/app/patrons"
)

func TestAccept_L16_fills_once_and_only_once(t *testing.T) {
	h := newHouse(t, quietMorning)
	h.mustFill()
	first, entries := h.mustBeClean(), h.entries()
	if first["titles"] < 500 || first["patrons"] < 30 {
		t.Errorf("%d titles and %d patrons, at least 500 and 30 are promised", first["titles"], first["patrons"])
	}
	// Again at once, and again when the kiosk has stood for a while.
	for range 2 {
		h.mustFill()
		if again := h.mustBeClean(); !maps.Equal(again, first) || h.entries() != entries {
			t.Errorf("filled again: %v with %d ledger entries, before %v with %d", again, h.entries(), first, entries)
		}
		h.now = h.now.AddDate(0, 4, 0)
	}
}

func TestAccept_L27_every_item_state_occurs(t *testing.T) {
	h := newHouse(t, quietMorning)
	h.mustFill()
	count := map[library.ItemState]int{}
	for _, it := range mustLoad(t).items {
		a, err := h.circulation.Look(ctx, it.Barcode)
		if err != nil {
			t.Fatal(err)
		}
		count[a.Item.State]++
	}
	for state, least := range map[library.ItemState]int{library.ItemAvailable: 700, library.ItemOnLoan: 20, library.ItemOnShelf: 2,
		library.ItemInTransit: 1, library.ItemLost: 3, library.ItemWithdrawn: 2, library.ItemDamaged: 3} {
		if count[state] < least {
			t.Errorf("%d copies are %s, at least %d are promised", count[state], state, least)
		}
	}
}

func TestAccept_L27_titles_tell_when_they_came(t *testing.T) {
	h := newHouse(t, quietMorning)
	h.mustFill()
	today := library.DateOf(h.now, h.zone)
	for barcode, days := range map[string]int{"LQ000101": longAgo, "LQ034001": 16} {
		a, err := h.circulation.Look(ctx, barcode)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Title.Added.DaysUntil(today); got != days {
			t.Errorf("%s: %s came %d days ago, not %d", barcode, a.Title.Title, got, days)
		}
	}
}

func TestFill_leaves_alone_what_was_done_at_the_kiosk(t *testing.T) {
	h := newHouse(t, quietMorning)
	h.mustFill()
	h.mustReturn("LQ002001")
	h.mustFill()
	if a, err := h.circulation.Look(ctx, "LQ002001"); err != nil || a.Item.State != library.ItemAvailable {
		t.Errorf("a returned book is %s again (%v)", a.Item.State, err)
	}
	h.mustBeClean()
}

var errKilled = errors.New("the answer never came")

// mortal passes calls on until one too many; that one is still done, and so are
// those under way beside it, but the answers are lost and no further call comes.
type mortal struct {
	*house
	left atomic.Int64
}

func (m *mortal) strike(err error) error {
	if left := m.left.Add(-1); err == nil && left <= 0 {
		return errKilled
	}
	return err
}

func (m *mortal) Put(ctx context.Context, cmd library.Command, source string, h catalogue.Holding) (catalogue.Change, error) {
	c, err := m.catalogue.Put(ctx, cmd, source, h)
	return c, m.strike(err)
}

func (m *mortal) Enrol(ctx context.Context, cmd library.Command, n patrons.NewPatron) error {
	return m.strike(m.patrons.Enrol(ctx, cmd, n))
}

// mortalLending is the same for what is lent. What only looks goes on.
type mortalLending struct {
	*circulation.Service
	m *mortal
}

func (l mortalLending) CheckOut(ctx context.Context, cmd library.Command, patron, barcode string, confirmed []string) (library.LoanAnswer, error) {
	a, err := l.Service.CheckOut(ctx, cmd, patron, barcode, confirmed)
	return a, l.m.strike(err)
}

func (l mortalLending) CheckIn(ctx context.Context, cmd library.Command, barcode string) (library.ReturnAnswer, error) {
	a, err := l.Service.CheckIn(ctx, cmd, barcode)
	return a, l.m.strike(err)
}

func (l mortalLending) Renew(ctx context.Context, cmd library.Command, patron, barcode string) (library.LoanAnswer, error) {
	a, err := l.Service.Renew(ctx, cmd, patron, barcode)
	return a, l.m.strike(err)
}

func (l mortalLending) PlaceHold(ctx context.Context, cmd library.Command, patron, title string, itemType library.ItemType, pickUp string) (library.HoldAnswer, error) {
	a, err := l.Service.PlaceHold(ctx, cmd, patron, title, itemType, pickUp)
	return a, l.m.strike(err)
}

func (l mortalLending) CancelHold(ctx context.Context, cmd library.Command, patron, hold string) (bool, error) {
	done, err := l.Service.CancelHold(ctx, cmd, patron, hold)
	return done, l.m.strike(err)
}

func (l mortalLending) ExpireHolds(ctx context.Context, now time.Time) (int, error) {
	n, err := l.Service.ExpireHolds(ctx, now)
	return n, l.m.strike(err)
}

func (l mortalLending) SetHistory(ctx context.Context, cmd library.Command, patron string, on bool) error {
	return l.m.strike(l.Service.SetHistory(ctx, cmd, patron, on))
}

func (l mortalLending) MarkLost(ctx context.Context, cmd library.Command, barcode string) (int64, error) {
	fen, err := l.Service.MarkLost(ctx, cmd, barcode)
	return fen, l.m.strike(err)
}

func (l mortalLending) MarkDamaged(ctx context.Context, cmd library.Command, barcode, loan string) (int64, error) {
	fen, err := l.Service.MarkDamaged(ctx, cmd, barcode, loan)
	return fen, l.m.strike(err)
}

func (l mortalLending) SetTerms(ctx context.Context, cmd library.Command, want library.Terms) ([]library.TermsChange, error) {
	changes, err := l.Service.SetTerms(ctx, cmd, want)
	return changes, l.m.strike(err)
}

// mortalDesk is the same at another branch.
type mortalDesk struct {
	Returns
	m *mortal
}

func (d mortalDesk) CheckIn(ctx context.Context, cmd library.Command, barcode string) (library.ReturnAnswer, error) {
	a, err := d.Returns.CheckIn(ctx, cmd, barcode)
	return a, d.m.strike(err)
}

func TestAccept_L16_a_killed_fill_is_completed_by_the_next(t *testing.T) {
	whole := newHouse(t, quietMorning)
	whole.mustFill()
	if _, err := whole.records.Forget(ctx, whole.now.AddDate(1, 0, 0)); err != nil {
		t.Fatal(err)
	}
	want, entries := whole.mustBeClean(), whole.entries()

	h := newHouse(t, quietMorning)
	deaths := 0
	for left := int64(1); ; left += 41 {
		m := &mortal{house: h}
		m.left.Store(left)
		o := h.options()
		o.Catalogue, o.Patrons, o.Circulation = m, m, mortalLending{h.circulation, m}
		o.At = func(branch string) Returns { return mortalDesk{h.at(branch), m} }
		err := Fill(ctx, o)
		if err == nil {
			break
		}
		if !errors.Is(err, errKilled) {
			t.Fatalf("after %d kills: %v", deaths, err)
		}
		deaths++
		// Nothing is left half done, and a long rest makes nothing forgotten.
		h.mustBeClean()
		if _, err := h.records.Forget(ctx, h.now.AddDate(1, 0, 0)); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(time.Minute)
	}
	if deaths < 10 {
		t.Errorf("killed %d times only", deaths)
	}
	if got := h.mustBeClean(); !maps.Equal(got, want) || h.entries() != entries {
		t.Errorf("after %d kills: %v with %d ledger entries, want %v with %d", deaths, got, h.entries(), want, entries)
	}
}

func TestFill_says_which_step_cannot_be(t *testing.T) {
	h := newHouse(t, quietMorning)
	_, err := h.catalogue.Put(ctx, h.command(), "other", catalogue.Holding{
		Title: library.Title{Title: "别的书"}, Items: []library.Item{{Barcode: "LQ002001"}}})
	if err != nil {
		t.Fatal(err)
	}
	err = Fill(ctx, h.options())
	if err == nil || !strings.Contains(err.Error(), "title.weicheng") || !strings.Contains(err.Error(), string(catalogue.BarcodeElsewhere)) {
		t.Errorf("a barcode on another book gave %v", err)
	}
}

func TestFill_wants_every_option(t *testing.T) {
	h := newHouse(t, quietMorning)
	for name, drop := range map[string]func(*Options){
		"catalogue":   func(o *Options) { o.Catalogue = nil },
		"patrons":     func(o *Options) { o.Patrons = nil },
		"circulation": func(o *Options) { o.Circulation = nil },
		"at":          func(o *Options) { o.At = nil },
		"now":         func(o *Options) { o.Now = time.Time{} },
		"zone":        func(o *Options) { o.Zone = nil },
		"kiosk":       func(o *Options) { o.Kiosk = "" },
		"branch":      func(o *Options) { o.Branch = "" },
	} {
		o := h.options()
		drop(&o)
		if Fill(ctx, o) == nil {
			t.Errorf("filled without %s", name)
		}
	}
	if n := h.entries(); n != 0 {
		t.Errorf("%d ledger entries", n)
	}
}

func TestFill_finds_another_branch_wherever_the_kiosk_stands(t *testing.T) {
	for _, here := range []string{"main", "bus", "school"} {
		f := &filler{o: Options{Branch: here}}
		if f.otherBranch() == here {
			t.Errorf("at %s the other branch is the same", here)
		}
	}
}

// What the first start with an empty data folder waits for.
func BenchmarkFill(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		h := newHouse(b, quietMorning)
		b.StartTimer()
		h.mustFill()
	}
}

// What every later start waits for.
func BenchmarkFill_of_a_full_library(b *testing.B) {
	h := newHouse(b, quietMorning)
	h.mustFill()
	for b.Loop() {
		h.mustFill()
	}
}
