// Package printer sends jobs to a receipt printer that speaks ESC/POS, over the
// network, through a device of the system or on a serial line, and asks it how
// it is. What a job says is not its business.
//
// A Printer opens the line for each job and closes it after, so a printer that
// was switched off, unplugged or moved is found again with the next job. Every
// job has an end: a printer that takes a connection and never reads, or stops in
// the middle, costs its job's time and then the line is dropped. Nothing is sent
// twice by itself; an Error says whether a part of the job may be on paper.
//
// Print waits for its job; a Spool does that in the background.
//
// # Limits
//
// A serial line is driven without flow control: a printer that cannot keep up
// with its speed loses characters. A device that cannot be read with a limit of
// time (a pipe, a port of Windows) is not asked for its status.
package printer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"go.bug.st/serial"
)

// Kind says how a printer is reached.
type Kind string

// The kinds of lines.
const (
	Network Kind = "network" // Address is host:port
	File    Kind = "file"    // Address is the path of a device
	Serial  Kind = "serial"  // Address is the name of a serial port
)

// Options says where a printer is and how long it is waited for. A time of 0
// means the default.
type Options struct {
	Kind     Kind
	Address  string
	Baud     int           // of a serial line, in bits a second
	Deadline time.Duration // for a whole job; 10 s, and on a serial line what the bytes take
	Connect  time.Duration // for the connection, as a part of Deadline; 3 s
	Answer   time.Duration // for the answer to a question; 0.8 s
}

const (
	deadline = 10 * time.Second
	connect  = 3 * time.Second
	patience = 800 * time.Millisecond

	chunk       = 512 // bytes written at once, so that an end is heeded between
	bitsPerByte = 10  // on a serial line: start, 8 data, stop
)

// Printer is one receipt printer. It is safe for concurrent use; jobs are
// printed one at a time.
type Printer struct {
	options Options
	line    chan struct{} // holds one token while a job has the line
}

// Open checks the options. It does not touch the printer, which may be switched
// on later.
func Open(o Options) (*Printer, error) {
	switch {
	case o.Kind != Network && o.Kind != File && o.Kind != Serial:
		return nil, fmt.Errorf("printer: unknown kind %q", o.Kind)
	case o.Address == "":
		return nil, fmt.Errorf("printer: no address for kind %q", o.Kind)
	case o.Kind == Serial && o.Baud <= 0:
		return nil, fmt.Errorf("printer: a serial line of %d baud", o.Baud)
	}
	o.Deadline = orElse(o.Deadline, deadline)
	o.Connect = min(orElse(o.Connect, connect), o.Deadline)
	o.Answer = min(orElse(o.Answer, patience), o.Deadline)
	return &Printer{o, make(chan struct{}, 1)}, nil
}

func orElse(d, otherwise time.Duration) time.Duration {
	if d <= 0 {
		return otherwise
	}
	return d
}

// Print sends a job and waits until the printer has taken it: at most the
// deadline of the options or of ctx. The error, if any, is an *Error. The
// status is the last one heard; a nil error with PaperLow asks for a new roll
// soon. A printer that answers is asked before the job, which is not sent when
// nothing can be printed, and after it, so that paper that ran out is noticed.
func (p *Printer) Print(ctx context.Context, job []byte) (Status, error) {
	return p.turn(ctx, job)
}

// Status asks the printer how it is. The error, an *Error, says that it cannot
// be reached.
func (p *Printer) Status(ctx context.Context) (Status, error) {
	return p.turn(ctx, nil)
}

// turn waits for the line and runs one session on it. It comes back at its end
// even when the system does not: then the session keeps the line, and those
// after it are told that the printer is busy.
func (p *Printer) turn(ctx context.Context, job []byte) (Status, error) {
	ctx, cancel := context.WithTimeout(ctx, p.options.Deadline+p.onTheLine(len(job)))
	defer cancel()
	if ctx.Err() != nil {
		return Status{}, &Error{Code: Busy, cause: ctx.Err()}
	}
	select {
	case p.line <- struct{}{}:
	case <-ctx.Done():
		return Status{}, &Error{Code: Busy, cause: ctx.Err()}
	}
	s := &session{printer: p, job: job, ended: make(chan struct{})}
	go func() {
		defer func() { <-p.line }()
		defer close(s.ended)
		s.status, s.err = s.run(ctx)
	}()
	select {
	case <-s.ended:
		return s.status, s.err
	case <-ctx.Done():
	}
	s.abort()
	select {
	case <-s.ended: // it may have been done in that moment
		return s.status, s.err
	case <-time.After(ending):
		return Status{}, &Error{Code: Busy, Sent: int(s.sent.Load()), cause: ctx.Err()}
	}
}

// ending is how long an aborted session may take to come back.
const ending = 100 * time.Millisecond

// onTheLine is how long the bytes of a job take on a serial line.
func (p *Printer) onTheLine(bytes int) time.Duration {
	if p.options.Kind != Serial {
		return 0
	}
	return time.Duration(bytes) * bitsPerByte * time.Second / time.Duration(p.options.Baud)
}

// session is one connection to the printer.
type session struct {
	printer *Printer
	job     []byte
	sent    atomic.Int64 // bytes of the job
	ended   chan struct{}
	status  Status // these two are read after ended
	err     error

	mu      sync.Mutex
	link    link // while it is open
	aborted bool
}

// run opens the line, asks, sends and asks again.
func (s *session) run(ctx context.Context) (Status, error) {
	l, err := s.printer.open(ctx)
	if err != nil {
		return Status{}, &Error{Code: openingCode(err), cause: err}
	}
	if !s.keep(l) {
		_ = l.Close()
		return Status{}, &Error{Code: Busy, cause: ctx.Err()}
	}
	defer s.close()

	status, err := ask(l, s.printer.options.Answer)
	if err != nil {
		return status, s.failed(ctx, err)
	}
	if s.job == nil {
		return status, nil
	}
	if code, stops := status.stops(); stops {
		return status, &Error{Code: code}
	}
	if err := s.send(l); err != nil {
		return status, s.failed(ctx, err)
	}
	if !status.Answered {
		return status, nil
	}
	// It answers when it has come to the end of the job, which may take long.
	end, _ := ctx.Deadline()
	after, err := ask(l, time.Until(end))
	if err != nil {
		return after, s.failed(ctx, err)
	}
	if !after.Answered {
		return after, s.failed(ctx, errNoAnswer)
	}
	if code, stops := after.stops(); stops {
		return after, &Error{Code: code, Sent: len(s.job)}
	}
	return after, nil
}

var (
	errAborted  = errors.New("the job's time is over")
	errNoAnswer = errors.New("no answer after the job")
)

// send writes the job.
func (s *session) send(l link) error {
	for rest := s.job; len(rest) > 0; {
		s.mu.Lock()
		aborted := s.aborted
		s.mu.Unlock()
		if aborted {
			return errAborted
		}
		n, err := l.Write(rest[:min(chunk, len(rest))])
		s.sent.Add(int64(n))
		if err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// failed is the error of a session whose line broke or whose time ended.
func (s *session) failed(ctx context.Context, err error) error {
	code := Offline
	if ctx.Err() != nil || errors.Is(err, errAborted) || errors.Is(err, errNoAnswer) {
		code = Busy
	}
	return &Error{Code: code, Sent: int(s.sent.Load()), cause: err}
}

// openingCode tells a printer that is not there from one that the kiosk may not
// use: no waiting helps against that.
func openingCode(err error) Code {
	if port, ok := errors.AsType[*serial.PortError](err); ok {
		switch port.Code() {
		case serial.PermissionDenied, serial.InvalidSerialPort, serial.InvalidSpeed:
			return Fault
		case serial.PortBusy:
			return Busy
		}
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, errNoDevice) {
		return Fault
	}
	return Offline
}

// errNoDevice is an address that is no printer and will not become one.
var errNoDevice = errors.New("not a device")

// keep remembers the open line; false when the session was aborted meanwhile.
func (s *session) keep(l link) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.aborted {
		s.link = l
	}
	return !s.aborted
}

// close closes the line outside the lock: a serial line first waits for what is
// still in its buffer.
func (s *session) close() {
	s.mu.Lock()
	l := s.link
	s.link = nil
	s.mu.Unlock()
	_ = l.Close() // what it would tell, the answer after the job has told
}

// abort ends the session as soon as the system allows.
func (s *session) abort() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.aborted = true
	if s.link != nil {
		s.link.Abort()
	}
}
