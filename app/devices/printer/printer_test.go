package printer

import (
	"bytes"
	"context"
	"errors"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"shuting/app/devices/printer/printertest"
)

var job = []byte("\x1b@\xba\xec\xc2\xa5\xc3\xce\n\x1dVB\x00")

// listening is a simulated printer on the network and where it listens.
func listening(tb testing.TB) (*printertest.Printer, string) {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	sim := printertest.New()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		sim.Listen(l)
	}()
	tb.Cleanup(func() {
		_ = l.Close()
		sim.Release()
		<-ended
	})
	return sim, l.Addr().String()
}

func mustOpen(tb testing.TB, o Options) *Printer {
	tb.Helper()
	p, err := Open(o)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func TestAccept_L50_a_job_reaches_a_network_printer_byte_for_byte(t *testing.T) {
	sim, address := listening(t)
	p := mustOpen(t, Options{Kind: Network, Address: address})
	status, err := p.Print(t.Context(), job)
	if err != nil || status != (Status{Answered: true}) {
		t.Fatalf("status %+v, error %v", status, err)
	}
	// The connection is made anew for each job.
	if _, err := p.Print(t.Context(), job[:4]); err != nil {
		t.Fatal(err)
	}
	got := sim.WaitJobs(2)
	if !bytes.Equal(got[0], job) || !bytes.Equal(got[1], job[:4]) {
		t.Errorf("the printer got %q", got)
	}
}

func TestAccept_L50_the_real_status_is_told_by_code_and_stops_the_job(t *testing.T) {
	sim, address := listening(t)
	p := mustOpen(t, Options{Kind: Network, Address: address})
	for i, c := range []struct {
		name  string
		state printertest.State
		want  Code // of the status
		stops bool
	}{
		{"well", printertest.State{}, "", false},
		{"roll near its end", printertest.State{PaperLow: true}, PaperLow, false},
		{"no paper", printertest.State{PaperOut: true}, PaperOut, true},
		{"cover open", printertest.State{CoverOpen: true}, CoverOpen, true},
		{"cover open, therefore no paper", printertest.State{CoverOpen: true, PaperOut: true}, CoverOpen, true},
		{"cutter jammed", printertest.State{Fault: true}, Fault, true},
		{"off line", printertest.State{Offline: true}, Offline, true},
		{"no paper, talking all the time", printertest.State{PaperOut: true, Chatty: true}, PaperOut, true},
		{"well, talking all the time", printertest.State{Chatty: true}, "", false},
	} {
		sim.Set(c.state)
		status, err := p.Status(t.Context())
		if err != nil || status.Code() != c.want || !status.Answered {
			t.Errorf("%s: status %+v, error %v", c.name, status, err)
		}
		status, err = p.Print(t.Context(), job)
		if status.Code() != c.want || (err != nil) != c.stops || c.stops && (CodeOf(err) != c.want || !errors.Is(err, c.want)) {
			t.Errorf("%s: printing gave %+v, error %v", c.name, status, err)
		}
		if of, ok := errors.AsType[*Error](err); ok && of.Sent != 0 {
			t.Errorf("%s: %d bytes were sent all the same", c.name, of.Sent)
		}
		jobs := sim.WaitJobs(2 * (i + 1))
		if sent := len(jobs[2*i]) + len(jobs[2*i+1]); (sent == 0) != c.stops {
			t.Errorf("%s: the printer got %d bytes", c.name, sent)
		}
	}
}

func TestAccept_L50_paper_that_runs_out_in_the_middle_is_told_with_what_was_sent(t *testing.T) {
	sim, address := listening(t)
	sim.Set(printertest.State{RunsOut: 5})
	_, err := mustOpen(t, Options{Kind: Network, Address: address}).Print(t.Context(), job)
	if of, ok := errors.AsType[*Error](err); !ok || of.Code != PaperOut || of.Sent != len(job) {
		t.Errorf("error %v", err)
	}
	if got := sim.WaitJobs(1); len(got) != 1 || !bytes.Equal(got[0], job) {
		t.Errorf("the job was sent as %q", got)
	}
}

func TestAccept_L50_a_printer_that_does_not_answer_gets_its_job(t *testing.T) {
	sim, address := listening(t)
	sim.Set(printertest.State{Silent: true})
	p := mustOpen(t, Options{Kind: Network, Address: address, Answer: 20 * time.Millisecond})
	status, err := p.Print(t.Context(), job)
	if err != nil || status != (Status{}) {
		t.Errorf("status %+v, error %v", status, err)
	}
	if got := sim.WaitJobs(1)[0]; !bytes.Equal(got, job) || sim.Asked() != 1 {
		t.Errorf("the printer got %q and %d questions", got, sim.Asked())
	}
}

func TestAccept_L50_an_absent_printer_is_off_line_and_found_again_when_it_is_back(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	p := mustOpen(t, Options{Kind: Network, Address: address})
	if _, err := p.Print(t.Context(), job); CodeOf(err) != Offline {
		t.Fatalf("error %v", err)
	}
	if _, err := p.Status(t.Context()); CodeOf(err) != Offline {
		t.Fatalf("error %v", err)
	}
	if l, err = net.Listen("tcp", address); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	sim := printertest.New()
	go sim.Listen(l)
	if _, err := p.Print(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	if got := sim.WaitJobs(1)[0]; !bytes.Equal(got, job) {
		t.Errorf("the printer got %q", got)
	}
}

func TestAccept_L50_a_printer_that_never_reads_costs_its_deadline_and_no_more(t *testing.T) {
	const limit = 300 * time.Millisecond
	big := bytes.Repeat([]byte{'x'}, 64<<20) // more than any socket takes unread
	for name, state := range map[string]printertest.State{
		"takes the connection only": {Deaf: true},
		"stops in the middle":       {Hangs: 1000},
	} {
		sim, address := listening(t)
		sim.Set(state)
		p := mustOpen(t, Options{Kind: Network, Address: address, Deadline: limit, Answer: 20 * time.Millisecond})
		begun := time.Now()
		_, err := p.Print(t.Context(), big)
		took := time.Since(begun)
		of, ok := errors.AsType[*Error](err)
		if !ok || of.Code != Busy || of.Sent == 0 || of.Sent >= len(big) {
			t.Errorf("%s: error %v", name, err)
		}
		if took < limit || took > limit+2*time.Second {
			t.Errorf("%s: it took %v of %v", name, took, limit)
		}
		// The line is free for the next one at once.
		select {
		case p.line <- struct{}{}:
			<-p.line
		case <-time.After(5 * time.Second):
			t.Errorf("%s: the line is still held", name)
		}
	}
}

func TestAccept_L50_a_printer_that_stops_answering_after_a_job_is_busy(t *testing.T) {
	sim, address := listening(t)
	sim.Set(printertest.State{Hangs: len(job)})
	p := mustOpen(t, Options{Kind: Network, Address: address, Deadline: 200 * time.Millisecond})
	_, err := p.Print(t.Context(), job)
	if of, ok := errors.AsType[*Error](err); !ok || of.Code != Busy || of.Sent != len(job) {
		t.Errorf("error %v", err)
	}
}

func TestABrokenOffJobIsBusyAtOnce(t *testing.T) {
	sim, address := listening(t)
	sim.Set(printertest.State{Hangs: 1})
	p := mustOpen(t, Options{Kind: Network, Address: address, Deadline: time.Hour})
	ctx, cancel := context.WithCancel(t.Context())
	got := make(chan error, 1)
	go func() {
		_, err := p.Print(ctx, bytes.Repeat([]byte{'x'}, 64<<20))
		got <- err
	}()
	sim.WaitBytes(1)
	waiting := make(chan error, 1)
	go func() {
		_, err := p.Print(ctx, job)
		waiting <- err
	}()
	cancel()
	for _, c := range []chan error{got, waiting} {
		select {
		case err := <-c:
			if CodeOf(err) != Busy || !errors.Is(err, context.Canceled) && !errors.Is(err, Busy) {
				t.Errorf("error %v", err)
			}
		case <-time.After(5 * time.Second):
			t.Fatal("still printing")
		}
	}
	if _, err := p.Print(ctx, job); CodeOf(err) != Busy {
		t.Errorf("with an ended context: %v", err)
	}
}

func TestOptionsThatCannotWorkAreRefused(t *testing.T) {
	for name, o := range map[string]Options{
		"no kind":        {Address: "x"},
		"unknown kind":   {Kind: "usb", Address: "x"},
		"no address":     {Kind: Network},
		"no serial rate": {Kind: Serial, Address: "COM3"},
	} {
		if p, err := Open(o); err == nil || p != nil {
			t.Errorf("%s: %v, error %v", name, p, err)
		}
	}
}

func TestASerialLineGetsTheTimeItsBytesTake(t *testing.T) {
	p := mustOpen(t, Options{Kind: Serial, Address: "COM3", Baud: 9600})
	if got := p.onTheLine(9600); got != 10*time.Second {
		t.Errorf("9600 bytes at 9600 baud take %v", got)
	}
	if got := mustOpen(t, Options{Kind: Network, Address: "x:1"}).onTheLine(9600); got != 0 {
		t.Errorf("on the network %v", got)
	}
}

func TestErrorsTellTheirCodeAndNothingOfTheJob(t *testing.T) {
	err := &Error{Code: PaperOut, Sent: 12, cause: net.ErrClosed}
	if !errors.Is(err, PaperOut) || !errors.Is(err, net.ErrClosed) || errors.Is(err, Busy) {
		t.Errorf("%v is not what it says", err)
	}
	if text := err.Error(); !strings.HasPrefix(text, "printer_paper_out after 12 bytes: ") {
		t.Errorf("it reads %q", text)
	}
	if (&Error{Code: Busy}).Error() != "printer_busy" || CodeOf(nil) != "" || CodeOf(net.ErrClosed) != Fault {
		t.Error("codes of other errors")
	}
	all := []Code{Offline, PaperOut, CoverOpen, Fault, Busy, PaperLow}
	for _, c := range all {
		if !strings.HasPrefix(c.Error(), "printer_") || slices.Index(all, c) != slices.IndexFunc(all, func(o Code) bool { return o == c }) {
			t.Errorf("code %q", c)
		}
	}
}
