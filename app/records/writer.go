package records

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shuting/app/library"
	"shuting/app/store"
)

// Outcome is what a change says of itself in the ledger. Result is kept there
// too and is what a repeat of the command gets back; it must hold no personal
// data.
type Outcome struct {
	Code     string            // done, refused, …
	Subjects []string          // ids of what it touched: patron, item, loan
	Facets   map[string]string // what statistics count by, as it was then
	Result   any
}

// Done is a durable, recorded change.
type Done struct {
	Seq      uint64
	Outcome  string
	Replayed bool // the command was known: nothing was written now
	result   []byte
}

// Result reads what the change recorded as its Outcome.Result.
func (d Done) Result(into any) error { return decode(d.result, into) }

type request struct {
	ctx   context.Context
	cmd   library.Command
	op    string
	fn    func(*Tx) (Outcome, error)
	done  Done
	err   error
	wrote Touched
	wait  bool          // did not fit into this commit
	over  chan struct{} // closed when done and err are final
}

// Do makes one change, exactly once per cmd.ID, and returns when it is durable.
// fn may run more than once (see store.Update) and must leave no trace outside
// tx; its error discards what it wrote and comes back marked ErrNotDone, and so does an
// error of tx that fn ignored. A command that is known is not run: its recorded
// result comes back, or ErrReused when it was recorded for another operation.
// fn must not call Do: there is one writer, and it would wait for itself.
func (r *Records) Do(ctx context.Context, cmd library.Command, op string, fn func(*Tx) (Outcome, error)) (Done, error) {
	if cmd.ID == "" {
		return Done{}, errors.New("records: command without an id")
	}
	req := &request{ctx: ctx, cmd: cmd, op: op, fn: fn, over: make(chan struct{})}
	select {
	case r.queue <- req:
	case <-r.stop:
		return Done{}, notDone{ErrClosed}
	case <-ctx.Done():
		return Done{}, notDone{ctx.Err()}
	}
	// From here on the answer is awaited whatever ctx says: a change that may
	// be committing has to be known, not guessed. The writer drops a request
	// whose ctx is done before it begins.
	select {
	case <-req.over:
		return req.done, req.err
	case <-r.done:
		select {
		case <-req.over:
			return req.done, req.err
		default:
			return Done{}, notDone{ErrClosed}
		}
	}
}

func (r *Records) write() {
	defer close(r.done)
	for {
		select {
		case <-r.stop: // before the queue, when both are ready
			return
		default:
		}
		select {
		case <-r.stop:
			return
		case first := <-r.queue:
			r.commit(r.gather(first))
		}
	}
}

// linger is how long gather waits for the rest of a crowd: less than a sync.
const linger = 200 * time.Microsecond

// gather takes what waits right now. One that comes alone is never held up; but
// after a commit that was shared by several, those who got their answers are
// about to come back with the next change, and a moment's wait saves them a
// sync each.
func (r *Records) gather(first *request) []*request {
	batch := []*request{first}
	var late <-chan time.Time
	for len(batch) < cap(r.queue) {
		select {
		case next := <-r.queue:
			batch = append(batch, next)
			continue
		default:
		}
		if len(batch) >= r.crowd {
			break
		}
		if late == nil {
			late = time.After(linger)
		}
		select {
		case next := <-r.queue:
			batch = append(batch, next)
		case <-late:
			r.crowd = len(batch)
			return batch
		}
	}
	r.crowd = len(batch)
	return batch
}

// commit writes a batch in as few durable commits as the limits allow, in the
// order of arrival.
func (r *Records) commit(batch []*request) {
	for len(batch) > 0 {
		err := r.store.Update(context.Background(), func(s store.Tx) error { return r.apply(s, batch) })
		if err == nil {
			var all Touched
			for _, req := range batch {
				all.add(req.wrote)
			}
			r.tell(all)
		}
		var rest []*request
		for _, req := range batch {
			switch {
			case err != nil && req.err == nil:
				req.done, req.err = Done{}, uncommitted(err)
			case req.wait:
				rest = append(rest, req)
				continue
			}
			close(req.over)
		}
		batch = rest
	}
}

// notDone marks an error that surely left nothing behind.
type notDone struct{ error }

func (e notDone) Unwrap() error        { return e.error }
func (e notDone) Is(target error) bool { return target == ErrNotDone }

// uncommitted marks what a store refused before it wrote anything. After any
// other failure of a commit nobody knows until the store is opened again.
func uncommitted(err error) error {
	for _, sure := range []error{store.ErrNoSpace, store.ErrConflict, store.ErrTooLarge, store.ErrClosed} {
		if errors.Is(err, sure) {
			return notDone{err}
		}
	}
	return err
}

// apply runs the requests of a batch one after another inside one store
// transaction. Each works on an overlay of its own: one that fails leaves
// nothing behind and does not hinder the others.
func (r *Records) apply(s store.Tx, batch []*request) error {
	h, err := readHead(s, r.kiosk)
	if err != nil {
		return err
	}
	start, writes, size := h.Seq, 1, 0
	for i, req := range batch {
		req.done, req.err, req.wait, req.wrote = Done{}, nil, false, Touched{}
		if err := req.ctx.Err(); err != nil {
			req.err = notDone{err}
			continue
		}
		o := newOverlay(s)
		next, wrote, err := r.one(o, h, req)
		if err != nil {
			req.err = err
			continue
		}
		alone := writes == 1
		if !alone && (writes+len(o.writes) > store.MaxWrites || size+o.size > store.MaxBytes-4096) {
			for _, later := range batch[i:] {
				later.wait, later.done, later.err, later.wrote = true, Done{}, nil, Touched{}
			}
			break
		}
		if alone && (1+len(o.writes) > store.MaxWrites || o.size > store.MaxBytes-4096) {
			req.done, req.err = Done{}, notDone{fmt.Errorf("%s: %w", req.op, store.ErrTooLarge)}
			continue
		}
		if err := o.flush(); err != nil {
			return err
		}
		h, writes, size = next, writes+len(o.writes), size+o.size
		req.wrote = wrote
	}
	if h.Seq == start {
		return nil // nothing to record: all refused, or all were repeats
	}
	return writeHead(s, r.kiosk, h)
}

// one runs a single request on its overlay and appends its ledger entry.
func (r *Records) one(o *overlay, h head, req *request) (_ head, _ Touched, err error) {
	defer func() {
		if p := recover(); p != nil {
			// The kind only: the text of a panic may quote data.
			err = notDone{fmt.Errorf("%s: stopped by a fault in its code: %T", req.op, p)}
		}
	}()
	if at, ok, err := findCommand(o, req.cmd.ID); err != nil {
		return h, Touched{}, err
	} else if ok {
		req.done, err = replay(o, at, req.cmd.ID, req.op)
		return h, Touched{}, err
	}
	t := &Tx{s: o, sealer: r.sealer}
	out, err := req.fn(t)
	if err == nil {
		err = o.err
	}
	if err != nil {
		return h, Touched{}, notDone{err}
	}
	e, err := newEntry(r.kiosk, h, req.cmd, req.op, out)
	if err != nil {
		return h, Touched{}, notDone{err}
	}
	h, err = appendEntry(o, h, e)
	if err != nil {
		return h, Touched{}, notDone{err}
	}
	req.done = Done{Seq: e.Seq, Outcome: e.Outcome, result: e.Result}
	return h, t.touched, nil
}
