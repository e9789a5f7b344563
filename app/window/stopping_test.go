package window

import (
	"context"
	"sync/atomic"
	"testing"
	"time"
)

const patience = 5 * time.Second // for things that happen within milliseconds

func waitFor(t *testing.T, what string, ch <-chan struct{}) {
	t.Helper()
	select {
	case <-ch:
	case <-time.After(patience):
		t.Fatalf("%s did not happen within %v", what, patience)
	}
}

func TestAccept_L05_the_window_closes_only_when_the_program_is_told_to_stop(t *testing.T) {
	s := newStopping(func() {}, patience, time.Millisecond)
	if !s.BeforeClose(context.Background()) {
		t.Error("the window may close though nobody stopped the program")
	}
	s.Now()
	defer s.Done()
	if s.BeforeClose(context.Background()) {
		t.Error("the window may not close though the program was stopped")
	}
}

func TestStopping_asks_again_until_the_window_is_down(t *testing.T) {
	s := newStopping(func() {}, patience, time.Millisecond)
	enough := make(chan struct{})
	var asked atomic.Int32
	s.Ready(func() {
		if asked.Add(1) == 3 {
			close(enough)
		}
	})
	s.Now()
	s.Now()
	waitFor(t, "asking three times", enough)
	s.Done()
}

func TestStopping_told_before_there_is_a_window_closes_it_at_once(t *testing.T) {
	s := newStopping(func() {}, patience, time.Hour)
	s.Now()
	defer s.Done()
	quit := make(chan struct{}, 2)
	s.Ready(func() { quit <- struct{}{} })
	waitFor(t, "closing the window", quit)
}

func TestStopping_that_takes_too_long_is_called_overdue_once(t *testing.T) {
	overdue := make(chan struct{}, 2)
	s := newStopping(func() { overdue <- struct{}{} }, 20*time.Millisecond, time.Millisecond)
	s.Ready(func() {})
	s.Now()
	waitFor(t, "being overdue", overdue)
	s.Done()
	select {
	case <-overdue:
		t.Error("called overdue twice")
	default:
	}
}

func TestStopping_is_overdue_even_when_closing_the_window_hangs(t *testing.T) {
	overdue := make(chan struct{})
	release := make(chan struct{})
	defer close(release)
	s := newStopping(func() { close(overdue) }, 20*time.Millisecond, time.Millisecond)
	var asked atomic.Int32
	go s.Ready(func() { asked.Add(1); <-release })
	s.Now()
	waitFor(t, "being overdue", overdue)
	if n := asked.Load(); n > 1 {
		t.Errorf("a hanging window was asked %d times at once, want once", n)
	}
}

func TestStopping_in_good_order_is_never_overdue(t *testing.T) {
	overdue := make(chan struct{}, 1)
	s := newStopping(func() { overdue <- struct{}{} }, 50*time.Millisecond, time.Millisecond)
	s.Now()
	s.Done()
	select {
	case <-overdue:
		t.Error("called overdue though it was done")
	case <-time.After(200 * time.Millisecond):
	}
}
