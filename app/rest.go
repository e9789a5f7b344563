package app

import (
	"context"
	"sync"
	"time"

	"shuting/app/visit"
	"shuting/app/window"
)

const (
	restEvery = 2 * time.Second  // between two looks
	restFirst = 20 * time.Second // nobody has touched anything for so long
	restApart = 5 * time.Minute  // between two fresh pages, should one be large from the start
	// pageLimit is what a page may hold before it is replaced: a fresh one holds
	// 80 to 100 MiB, one that has drawn every screen in every language some 300.
	pageLimit int64 = 512 << 20
)

// rest replaces the page while nobody is there, once it holds too much memory:
// the engine does not give back what changes of language, script and size have
// cost, about a mebibyte a visit, and a kiosk runs for months.
type rest struct {
	now    func() time.Time
	memory func() int64 // bytes of the page
	fresh  func()       // replaces the page; it must not wait for that

	mu    sync.Mutex
	since time.Time // the idle screen stands unchanged since then; zero: it does not stand
	last  time.Time // when the page was replaced
}

func newRest(fresh func()) *rest {
	return &rest{now: time.Now, memory: window.PageMemory, fresh: fresh}
}

// saw is told each picture of the kiosk.
func (r *rest) saw(s visit.Snapshot) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.since = time.Time{}
	if s.Screen == visit.ScreenIdle {
		r.since = r.now()
	}
}

// look replaces the page if it is time to.
func (r *rest) look() {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	if r.since.IsZero() || now.Sub(r.since) < restFirst || now.Sub(r.last) < restApart || r.memory() <= pageLimit {
		return
	}
	r.last = now
	r.fresh()
}

func (r *rest) run(ctx context.Context) {
	every := time.NewTicker(restEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
			r.look()
		}
	}
}

// freshPage replaces the page of a kiosk at which nobody stands.
func (k *Kiosk) freshPage() {
	if g := k.guarded.Load(); g != nil {
		g.Reload(window.Grown)
	}
}
