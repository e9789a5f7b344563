package catalogue

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"shuting/app/catalogue/search"
	"shuting/app/library"
	"shuting/app/records"
)

// ErrTitleUnknown: there is no such title, or nothing of it is here any more.
var ErrTitleUnknown = errors.New("catalogue: no such title")

// FinderOptions of NewFinder. Records is needed.
type FinderOptions struct {
	Records *records.Records
	// Branch is where "on the shelf" means; "" is any branch.
	Branch string
	// Zone is where the days begin on which titles are new. Nil is UTC.
	Zone *time.Location
	// Clock tells which day it is. Nil is time.Now.
	Clock func() time.Time
	// Cover gives the address of a picture of a title, "" if there is none. May
	// be nil.
	Cover func(library.Title) string
	// Log gets what went wrong behind; nil is slog.Default.
	Log *slog.Logger
}

// Finder finds titles. It keeps an index of them in memory that is made of the
// records at every start, while everything else goes on, and then follows every
// change; once a day it is made anew, which also brings in how often titles were
// lent. Nothing of it is on the disk, so it cannot be broken, behind or of an
// older version; the lists of copies, which are, it proves each time and has
// them made anew where they are wrong before it answers by them.
//
// Whether a copy is on the shelf is read from the records for every title that
// is shown. The filter for it goes by what was committed last.
//
// Safe for concurrent use. Run must be running for it to find anything.
type Finder struct {
	o     FinderOptions
	index atomic.Pointer[search.Index]
	news  atomic.Pointer[calendar]

	filled, filling atomic.Int64 // titles in the index to be, and how many there are at least

	seed    maphash.Seed
	shelf   sync.RWMutex
	nowhere map[uint64]struct{} // titles without a copy on the shelf

	notes  sync.Mutex
	titles map[string]struct{} // changed since they were last looked at
	copies map[string]struct{}
	wake   chan struct{}
}

// NewFinder prepares it; Run fills it.
func NewFinder(o FinderOptions) *Finder {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Cover == nil {
		o.Cover = func(library.Title) string { return "" }
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	f := &Finder{o: o, seed: maphash.MakeSeed(), nowhere: map[uint64]struct{}{},
		titles: map[string]struct{}{}, copies: map[string]struct{}{}, wake: make(chan struct{}, 1)}
	f.news.Store(&calendar{})
	return f
}

const (
	// What failed is tried again after firstRetry, and after twice as long each
	// time, up to lastRetry.
	firstRetry = 5 * time.Second
	lastRetry  = 5 * time.Minute
	// renewed is how often the index is made anew, so that popularity and what
	// cannot be followed come in.
	renewed = 24 * time.Hour
)

// Run fills the index and keeps it true until ctx ends. What fails is tried
// again: a kiosk that cannot search still lends.
func (f *Finder) Run(ctx context.Context) {
	f.o.Records.Watch(f.note)
	defer f.o.Records.Watch(nil)
	anew := time.NewTicker(renewed)
	defer anew.Stop()
	for what, do := "fill", f.fill; f.persist(ctx, what, do); {
		select {
		case <-ctx.Done():
			return
		case <-anew.C:
			what, do = "fill", f.fill
		case <-f.wake:
			what, do = "follow", f.follow
		}
	}
}

// persist does something until it succeeds; false when ctx ended before.
func (f *Finder) persist(ctx context.Context, what string, do func(context.Context) error) bool {
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		err := do(ctx)
		if err == nil {
			return true
		}
		if ctx.Err() != nil || errors.Is(err, records.ErrClosed) {
			return false
		}
		f.o.Log.Error("search index", "doing", what, "error", err)
		select {
		case <-ctx.Done():
			return false
		case <-time.After(wait):
		}
	}
}

// note is called by the writer of the records.
func (f *Finder) note(t records.Touched) {
	f.notes.Lock()
	for _, id := range t.Titles {
		f.titles[id] = struct{}{}
	}
	for _, id := range t.Copies {
		f.copies[id] = struct{}{}
	}
	f.notes.Unlock()
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// noted takes what was noted.
func (f *Finder) noted() (titles, copies map[string]struct{}) {
	f.notes.Lock()
	defer f.notes.Unlock()
	titles, copies = f.titles, f.copies
	f.titles, f.copies = map[string]struct{}{}, map[string]struct{}{}
	return titles, copies
}

// follow brings the index up to what was noted.
func (f *Finder) follow(ctx context.Context) error {
	titles, copies := f.noted()
	if err := f.renew(ctx, titles, copies); err != nil {
		f.note(records.Touched{Titles: keysOf(titles), Copies: keysOf(copies)})
		return err
	}
	return nil
}

func keysOf(set map[string]struct{}) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	return keys
}

func (f *Finder) renew(ctx context.Context, titles, copies map[string]struct{}) error {
	var docs []search.Doc
	var gone []string
	err := f.o.Records.View(ctx, func(t *records.Tx) error {
		for id := range titles {
			title, err := t.Title(id)
			if records.Unusable(err) {
				gone = append(gone, id) // Check tells; the others go on
				continue
			}
			if err != nil {
				return fmt.Errorf("title %s: %w", id, err)
			}
			sum, err := f.tally(t, id)
			if err != nil {
				return err
			}
			f.put(id, sum.onShelf > 0)
			if sum.gone() {
				gone = append(gone, id)
				continue
			}
			docs = append(docs, document(title, sum))
		}
		for id := range copies {
			if _, done := titles[id]; done {
				continue
			}
			sum, err := f.tally(t, id)
			if err != nil {
				return err
			}
			f.put(id, sum.onShelf > 0)
		}
		return nil
	})
	if err != nil {
		return err
	}
	index := f.index.Load()
	if len(docs) > 0 {
		f.news.Load().add(docs, index.Has)
		index.Put(docs...)
	}
	if len(gone) > 0 {
		index.Remove(gone...)
	}
	return nil
}

func (f *Finder) hash(id string) uint64 { return maphash.String(f.seed, id) }

// put says whether a copy of a title is on the shelf.
func (f *Finder) put(id string, onShelf bool) {
	h := f.hash(id)
	f.shelf.Lock()
	defer f.shelf.Unlock()
	if onShelf {
		delete(f.nowhere, h)
	} else {
		f.nowhere[h] = struct{}{}
	}
}

func (f *Finder) onShelf(id string) bool {
	h := f.hash(id)
	f.shelf.RLock()
	defer f.shelf.RUnlock()
	_, no := f.nowhere[h]
	return !no
}

// A Filling is how far the index is.
type Filling struct {
	Done int `json:"done"` // titles
	Of   int `json:"of"`   // at least
}

// Filling tells how far the first filling is; nil when it is through.
func (f *Finder) Filling() *Filling {
	if f.index.Load() != nil {
		return nil
	}
	done := int(f.filled.Load())
	return &Filling{Done: done, Of: max(done, int(f.filling.Load()))}
}
