// Package window ties the program to the native web view that shows its page.
//
// Wails draws the window and carries calls; it leaves open what a kiosk must
// not: a dead or frozen page whose last picture stays on the glass, ways out of
// the page (links, new windows, keys, menus, zoom, dropped files) and a window
// that any key press can close. This package closes them for the one window of
// the process.
//
// Limits: the native part works on Linux with WebKitGTK. Elsewhere the same
// functions exist, the page's heartbeat is still watched, and a reload goes
// through Options.Reload; keys, navigation and menus are then left to the web
// view's own options. The package knows nothing of readers, stores or screens.
package window

import (
	"errors"
	"sync"
	"time"
)

// Reason says why the page was lost. The values are stable and safe to log.
type Reason string

// The ways to lose a page.
const (
	Crashed     Reason = "crashed"       // the page's process ended by itself or was killed
	OutOfMemory Reason = "out_of_memory" // the page's process went over its memory limit
	LoadFailed  Reason = "load_failed"   // the start page could not be loaded
	Frozen      Reason = "frozen"        // no heartbeat from the page
	Grown       Reason = "grown"         // the page held too much memory and nobody was there
	Asked       Reason = "asked"         // the program wanted a fresh page
)

// lostGrace is the longest a reload waits for OnPageLost.
const lostGrace = 500 * time.Millisecond

// ErrNoView is reported when the program shows no web view within ten seconds
// of its start, so that nothing could be guarded.
var ErrNoView = errors.New("window: no web view appeared to guard")

// Options says what to guard and whom to tell. Every field may be left empty.
type Options struct {
	// AllowedOrigins are origins ("scheme://host[:port]") the page may navigate
	// to besides its own start page, which is always allowed. A development
	// server is the only use for it.
	AllowedOrigins []string

	// OnPageLost runs in a goroutine of its own each time the page is gone or
	// about to be replaced, before the start page loads again. The load waits
	// for it half a second at most, so that whatever belonged to the old page
	// is wiped before the new one asks. It must not call Reload.
	OnPageLost func(Reason)

	// OnProblem is told what keeps the guard from working (ErrNoView).
	OnProblem func(error)

	// Reload loads the start page anew where no native hook exists (systems
	// other than Linux). It is not called on Linux.
	Reload func()
}

// Guarded is the guarded window. Its methods may be called from any goroutine.
type Guarded struct {
	options Options
	now     func() time.Time
	beats   *Heartbeat

	mu         sync.Mutex
	asked      Reason // why the program itself ended the page's process
	restarting bool   // a lost page is being replaced
	stopped    bool   // the window is closing: no page is replaced any more
	restarts   restarts
}

// Guard starts guarding the window of this process and watching the page's
// heartbeat. Call it once, from Wails' OnStartup or later; it returns at once
// and takes hold as soon as the window's main loop runs.
func Guard(options Options) *Guarded {
	g := &Guarded{options: options, now: time.Now}
	g.beats = NewHeartbeat(time.Now, func() { g.Reload(Frozen) })
	g.attach()
	go g.beats.watch()
	return g
}

// Beat tells that the page is alive. The page calls it about every three
// seconds, and the native part once when the page has loaded; see Heartbeat for
// what silence means.
func (g *Guarded) Beat() { g.beats.Beat() }

// Reload replaces the page by a fresh start page. It ends the page's process
// first, so it also helps against a page stuck in an endless loop, and nothing
// the old page held in memory survives it.
func (g *Guarded) Reload(reason Reason) {
	g.mu.Lock()
	g.asked = reason
	g.mu.Unlock()
	g.endPage()
}

// Stop ends the guard and the page's process, so that no call of the page comes
// in any more. It waits for that, half a second at most; do not call it on the
// window's main thread. A window that is destroyed without it ends the page's
// process too.
func (g *Guarded) Stop() {
	g.beats.stop()
	g.mu.Lock()
	again := g.stopped
	g.stopped = true
	g.mu.Unlock()
	if !again {
		g.detach(lostGrace)
	}
}

// pageLost replaces a lost page. It is called on the window's main thread and
// must not block there.
func (g *Guarded) pageLost(native Reason) {
	reason, first := g.takeLoss(native)
	if !first {
		return
	}
	go func() {
		g.tell(reason)
		time.Sleep(g.nextDelay())
		if g.takeRestart() {
			g.beats.Expect()
			g.loadStart()
		}
	}()
}

// takeLoss settles the reason of a loss and whether it is the one to act on:
// while a page is being replaced, further signs of the same loss are ignored.
func (g *Guarded) takeLoss(native Reason) (Reason, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	reason := native
	if native == Asked && g.asked != "" {
		reason = g.asked
	}
	g.asked = ""
	if g.restarting || g.stopped {
		return reason, false
	}
	g.restarting = true
	return reason, true
}

// takeRestart ends the wait for a fresh page and tells whether to load it.
func (g *Guarded) takeRestart() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.restarting = false
	return !g.stopped
}

// tell runs OnPageLost and waits for it, but not for ever: a slow commit must
// not keep the last picture of a dead page on the glass.
func (g *Guarded) tell(reason Reason) {
	if g.options.OnPageLost == nil {
		return
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		g.options.OnPageLost(reason)
	}()
	select {
	case <-done:
	case <-time.After(lostGrace):
	}
}

func (g *Guarded) nextDelay() time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.restarts.next(g.now())
}

func (g *Guarded) problem(err error) {
	if g.options.OnProblem != nil {
		g.options.OnProblem(err)
	}
}
