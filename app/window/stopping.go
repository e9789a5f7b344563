package window

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

const (
	quitEvery    = 250 * time.Millisecond // a quit before the main loop runs is lost: ask again
	stopDeadline = 3 * time.Second        // leaves two of the promised five to close the store
)

// Stopping decides when the window may close: only when the program was told to
// stop, by a signal or by Now. Alt+F4, a window manager or a script in the page
// cannot close it.
//
// A stop is carried out within a deadline: if the window is not down after three
// seconds, overdue is called once so that the program can close its store and
// leave by itself.
type Stopping struct {
	overdue  func()
	deadline time.Duration
	every    time.Duration

	told     chan struct{}
	tellOnce sync.Once
	done     chan struct{}
	doneOnce sync.Once

	mu     sync.Mutex
	quit   func()
	asking sync.Mutex // held while quit runs
}

// NewStopping starts listening for SIGTERM, SIGINT and SIGHUP. Call it first in
// the program, before the store opens, and check Told after each long step.
func NewStopping(overdue func()) *Stopping {
	s := newStopping(overdue, stopDeadline, quitEvery)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, os.Interrupt, syscall.SIGHUP)
	go func() {
		<-signals
		s.Now()
	}()
	return s
}

func newStopping(overdue func(), deadline, every time.Duration) *Stopping {
	return &Stopping{
		overdue: overdue, deadline: deadline, every: every,
		told: make(chan struct{}), done: make(chan struct{}),
	}
}

// Ready hands over what closes the window (Wails' Quit), once there is one. If
// the program was told to stop before, it is called at once.
func (s *Stopping) Ready(quit func()) {
	s.mu.Lock()
	s.quit = quit
	s.mu.Unlock()
	select {
	case <-s.told:
		s.askToQuit()
	default:
	}
}

// BeforeClose is Wails' OnBeforeClose: it prevents closing (returns true) until
// the program was told to stop.
func (s *Stopping) BeforeClose(context.Context) bool {
	select {
	case <-s.told:
		return false
	default:
		return true
	}
}

// Told is closed when the program was told to stop.
func (s *Stopping) Told() <-chan struct{} { return s.told }

// Now stops the program, as SIGTERM does. It returns at once.
func (s *Stopping) Now() {
	s.tellOnce.Do(func() {
		close(s.told)
		go s.carryOut()
	})
}

// Done says that the window is down and the program leaves in good order: the
// deadline no longer counts. Call it when everything is closed.
func (s *Stopping) Done() { s.doneOnce.Do(func() { close(s.done) }) }

func (s *Stopping) carryOut() {
	late := time.NewTimer(s.deadline)
	defer late.Stop()
	again := time.NewTicker(s.every)
	defer again.Stop()
	for {
		go s.askToQuit()
		select {
		case <-s.done:
			return
		case <-late.C:
			s.overdue()
			return
		case <-again.C:
		}
	}
}

// askToQuit calls quit unless an earlier call has not come back: a window that
// hangs must not hold up the deadline, nor gather goroutines.
func (s *Stopping) askToQuit() {
	if !s.asking.TryLock() {
		return
	}
	defer s.asking.Unlock()
	s.mu.Lock()
	quit := s.quit
	s.mu.Unlock()
	if quit != nil {
		quit()
	}
}
