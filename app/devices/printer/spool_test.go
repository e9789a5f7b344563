package printer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"shuting/app/devices/printer/printertest"
)

// gate is a device that holds each job until it is let go.
type gate struct {
	begun chan string
	let   chan error
}

func (g gate) Print(ctx context.Context, job []byte) (Status, error) {
	g.begun <- string(job)
	select {
	case err := <-g.let:
		return Status{Answered: true}, err
	case <-ctx.Done():
		return Status{}, &Error{Code: Busy, cause: ctx.Err()}
	}
}

// heard gathers results as they come.
type heard struct {
	mu  sync.Mutex
	all []string
}

func (h *heard) done(r Result) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = append(h.all, fmt.Sprintf("%s %s", r.ID, CodeOf(r.Err)))
}

func (h *heard) so(t *testing.T, want ...string) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	if !slices.Equal(h.all, want) {
		t.Errorf("heard %q, want %q", h.all, want)
	}
}

func ended(t *testing.T) context.Context {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	return ctx
}

func TestAccept_L50_giving_a_job_to_the_spool_never_waits(t *testing.T) {
	g := gate{make(chan string), make(chan error)}
	var h heard
	s := NewSpool(g, SpoolOptions{Depth: 2, Done: h.done})
	submit := func(id string) error {
		begun := time.Now()
		err := s.Submit(id, []byte(id))
		if took := time.Since(begun); took > time.Second {
			t.Errorf("%s: Submit took %v", id, took)
		}
		return err
	}
	if err := submit("a"); err != nil {
		t.Fatal(err)
	}
	<-g.begun // the printer has it, and hangs
	for _, id := range []string{"b", "c"} {
		if err := submit(id); err != nil {
			t.Fatal(err)
		}
	}
	if err := submit("d"); CodeOf(err) != Busy || !errors.Is(err, errFull) {
		t.Errorf("one too many: %v", err)
	}
	g.let <- nil
	<-g.begun
	g.let <- &Error{Code: PaperOut, Sent: 1}
	<-g.begun
	g.let <- nil
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.so(t, "a ", "b printer_paper_out", "c ") // and b once only
	if err := s.Submit("e", nil); CodeOf(err) != Busy {
		t.Errorf("after the end: %v", err)
	}
}

func TestAJobThatWaitedTooLongIsNotFoundByTheNextReader(t *testing.T) {
	g := gate{make(chan string), make(chan error)}
	var h heard
	var mu sync.Mutex
	now := time.Date(2026, 9, 22, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}
	s := NewSpool(g, SpoolOptions{Fresh: 30 * time.Second, Now: clock, Done: h.done})
	for _, id := range []string{"a", "b"} {
		if err := s.Submit(id, []byte(id)); err != nil {
			t.Fatal(err)
		}
	}
	<-g.begun
	mu.Lock()
	now = now.Add(31 * time.Second)
	mu.Unlock()
	if err := s.Submit("c", []byte("c")); err != nil {
		t.Fatal(err)
	}
	g.let <- nil
	if got := <-g.begun; got != "c" {
		t.Errorf("%s is printed", got)
	}
	g.let <- nil
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.so(t, "a ", "b printer_busy", "c ")
}

func TestClosingTheSpoolBreaksOffWhatHangs(t *testing.T) {
	g := gate{make(chan string), make(chan error)}
	var h heard
	s := NewSpool(g, SpoolOptions{Done: h.done})
	for _, id := range []string{"a", "b"} {
		if err := s.Submit(id, []byte(id)); err != nil {
			t.Fatal(err)
		}
	}
	<-g.begun
	begun := time.Now()
	if err := s.Close(ended(t)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if took := time.Since(begun); took > 2*time.Second {
		t.Errorf("closing took %v", took)
	}
	h.so(t, "a printer_busy", "b printer_busy")
}

func TestAccept_L50_a_spool_prints_on_with_the_next_job_after_a_failed_one(t *testing.T) {
	sim, address := listening(t)
	results := make(chan Result, 4)
	p := mustOpen(t, Options{Kind: Network, Address: address, Deadline: 5 * time.Second})
	s := NewSpool(p, SpoolOptions{Done: func(r Result) { results <- r }})
	for _, c := range []struct {
		state printertest.State
		want  Code
	}{
		{printertest.State{}, ""}, {printertest.State{CoverOpen: true}, CoverOpen}, {printertest.State{PaperLow: true}, ""},
	} {
		sim.Set(c.state)
		if err := s.Submit("r", job); err != nil {
			t.Fatal(err)
		}
		if r := <-results; CodeOf(r.Err) != c.want || r.Status.PaperLow != c.state.PaperLow {
			t.Errorf("%+v: %+v", c.state, r)
		}
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}
