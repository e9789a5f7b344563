package window

import (
	"sync"
	"time"
)

const (
	beatTick   = time.Second      // how often silence is counted
	maxTick    = 2 * time.Second  // most that one tick may add to the silence
	aliveLimit = 8 * time.Second  // silence allowed once the page was alive
	loadLimit  = 12 * time.Second // silence allowed from a load to the first beat
)

// Heartbeat notices a page that stopped living: one whose process is stopped,
// whose script is stuck in a loop, or which loaded without ever coming up.
//
// The page beats about every three seconds. Eight seconds of silence from a page
// that was alive, or twelve after a load without a first beat, count as frozen: so a
// page that froze is back within fifteen.
// Silence is summed up tick by tick and a tick never adds more than two seconds,
// so a machine that slept or was stopped as a whole does not blame the page.
type Heartbeat struct {
	now    func() time.Time
	frozen func()

	mu       sync.Mutex
	last     time.Time
	silence  time.Duration
	alive    bool
	quit     chan struct{}
	quitOnce sync.Once
}

// NewHeartbeat returns a heartbeat that waits for a first beat from now on and
// calls frozen, without holding any lock, when the page is found frozen.
func NewHeartbeat(now func() time.Time, frozen func()) *Heartbeat {
	return &Heartbeat{now: now, frozen: frozen, last: now(), quit: make(chan struct{})}
}

// Beat notes a sign of life.
func (h *Heartbeat) Beat() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.alive, h.silence = true, 0
}

// Expect says that a fresh page is being loaded: its first beat is awaited.
func (h *Heartbeat) Expect() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.alive, h.silence = false, 0
}

// Tick counts the time since the last tick as silence and acts when it is too
// long. Afterwards a fresh page is expected.
func (h *Heartbeat) Tick() {
	if h.tooSilent() {
		h.frozen()
	}
}

func (h *Heartbeat) tooSilent() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	now := h.now()
	h.silence += min(max(now.Sub(h.last), 0), maxTick)
	h.last = now
	limit := loadLimit
	if h.alive {
		limit = aliveLimit
	}
	if h.silence < limit {
		return false
	}
	h.alive, h.silence = false, 0
	return true
}

// watch ticks until stop is called.
func (h *Heartbeat) watch() {
	ticker := time.NewTicker(beatTick)
	defer ticker.Stop()
	for {
		select {
		case <-h.quit:
			return
		case <-ticker.C:
			h.Tick()
		}
	}
}

func (h *Heartbeat) stop() { h.quitOnce.Do(func() { close(h.quit) }) }
