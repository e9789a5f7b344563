package printer

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Device prints one job and waits for it. A *Printer is one.
type Device interface {
	Print(ctx context.Context, job []byte) (Status, error)
}

// Result is what became of a job.
type Result struct {
	ID     string // as given to Submit
	Status Status
	Err    error // nil, or an *Error
}

// SpoolOptions says how a Spool works. A number of 0 means the default.
type SpoolOptions struct {
	Depth int // jobs that may wait; 8
	// Fresh is how old a job may be when its turn comes; 30 s. An older one is
	// not printed: its reader has gone, and the next one would find it.
	Fresh time.Duration
	Now   func() time.Time // the clock; time.Now
	// Done hears of every job once, in order, on the spool's own goroutine. It
	// must not wait for the spool.
	Done func(Result)
}

// Spool prints jobs in the background, one at a time, in their order. Nothing
// that a printer does, or fails to do, makes Submit wait. No job is tried twice.
type Spool struct {
	device  Device
	options SpoolOptions
	stop    context.CancelFunc
	ended   chan struct{}

	mu     sync.Mutex // guards closed, and jobs against a send after its close
	closed bool
	jobs   chan waiting
}

// waiting is a job in the queue.
type waiting struct {
	id    string
	bytes []byte
	since time.Time
}

// NewSpool starts a spool. Close ends it.
func NewSpool(d Device, o SpoolOptions) *Spool {
	if o.Depth <= 0 {
		o.Depth = 8
	}
	o.Fresh = orElse(o.Fresh, 30*time.Second)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Done == nil {
		o.Done = func(Result) {}
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &Spool{device: d, options: o, stop: stop, ended: make(chan struct{}), jobs: make(chan waiting, o.Depth)}
	go s.work(ctx)
	return s
}

// Reasons, beside the code Busy, why a job was never sent.
var (
	errFull   = errors.New("too many jobs wait")
	errStale  = errors.New("the job waited too long")
	errClosed = errors.New("the spool is closed")
)

// Submit gives a job to the spool and comes back at once. An error, an *Error
// with the code Busy, says that it was not taken and that Done will not hear of
// it. The spool owns the bytes from then on.
func (s *Spool) Submit(id string, job []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return &Error{Code: Busy, cause: errClosed}
	}
	select {
	case s.jobs <- waiting{id, job, s.options.Now()}:
		return nil
	default:
		return &Error{Code: Busy, cause: errFull}
	}
}

func (s *Spool) work(ctx context.Context) {
	defer close(s.ended)
	for job := range s.jobs {
		result := Result{ID: job.id}
		switch {
		case ctx.Err() != nil:
			result.Err = &Error{Code: Busy, cause: errClosed}
		case s.options.Now().Sub(job.since) > s.options.Fresh:
			result.Err = &Error{Code: Busy, cause: errStale}
		default:
			result.Status, result.Err = s.device.Print(ctx, job.bytes)
		}
		s.options.Done(result)
	}
}

// Close takes no more jobs and waits until those in the queue are printed, or
// until ctx ends; then the job under way is broken off, the rest is not sent,
// and Done hears of each. It comes back with ctx's error when that happened,
// within a second of it. A second Close does the same.
func (s *Spool) Close(ctx context.Context) error {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.jobs)
	}
	s.mu.Unlock()
	defer s.stop()
	select {
	case <-s.ended:
		return nil
	case <-ctx.Done():
	}
	s.stop()
	select {
	case <-s.ended:
	case <-time.After(time.Second): // Done, or the system, does not come back
	}
	return ctx.Err()
}
