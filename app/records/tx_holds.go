package records

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"shuting/app/library"
	"shuting/app/store"
)

// Hold by id.
func (t *Tx) Hold(id string) (library.Hold, error) {
	return get[library.Hold](t, key(spaceHold, id))
}

// PutHold writes a hold and keeps the queue of its title. A place in the queue
// that another hold has is refused with ErrTaken.
func (t *Tx) PutHold(v library.Hold) error {
	// A place that became free is given out again, so a hold that left the queue
	// must not clear the place of the one that stands there now.
	queued := t.release
	if v.State == library.HoldWaiting {
		queued = t.claim
	}
	if err := queued(seqKey(spaceQueue, v.Title, v.Seq), v.ID); err != nil {
		return err
	}
	if err := t.list(key(spaceHoldBy, v.Patron, v.ID), v.Open()); err != nil {
		return err
	}
	return put(t, key(spaceHold, v.ID), v)
}

// OpenHolds of a patron: waiting or ready, oldest first.
func (t *Tx) OpenHolds(patron string) ([]library.Hold, error) {
	ids, err := t.children(spaceHoldBy, patron)
	if err != nil {
		return nil, err
	}
	var out []library.Hold
	for _, id := range ids {
		h, err := t.Hold(id)
		if err != nil {
			return nil, fmt.Errorf("open hold %s: %w", id, err)
		}
		out = append(out, h)
	}
	return out, nil
}

// Queue is the waiting holds of a title, first come first.
func (t *Tx) Queue(title string) ([]library.Hold, error) {
	var out []library.Hold
	prefix := append(key(spaceQueue, title), '/')
	var ids []string
	err := t.s.Scan(store.Range{Prefix: prefix}, func(_, v []byte) error {
		ids = append(ids, string(v))
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		h, err := t.Hold(id)
		if err != nil {
			return nil, fmt.Errorf("queued hold %s: %w", id, err)
		}
		out = append(out, h)
	}
	return out, nil
}

// firstPlace is the first place of an empty queue. Smaller ones are for holds
// that come back into it: whose copy was lost on the shelf.
const firstPlace = 1 << 20

// NextHoldSeq is the place after the last waiting hold of a title.
func (t *Tx) NextHoldSeq(title string) (uint64, error) {
	last, found, err := t.endOfQueue(title, true)
	if !found {
		return firstPlace, err
	}
	return last + 1, nil
}

// FrontHoldSeq is the place before the first waiting hold of a title.
func (t *Tx) FrontHoldSeq(title string) (uint64, error) {
	first, found, err := t.endOfQueue(title, false)
	switch {
	case !found:
		return firstPlace, err
	case first == 0:
		return 0, fmt.Errorf("%w: no place before the queue of title %s", ErrBroken, title)
	}
	return first - 1, nil
}

func (t *Tx) endOfQueue(title string, last bool) (seq uint64, found bool, err error) {
	prefix := append(key(spaceQueue, title), '/')
	err = t.s.Scan(store.Range{Prefix: prefix, Reverse: last, Limit: 1}, func(k, _ []byte) error {
		if len(k) != len(prefix)+8 {
			return fmt.Errorf("%w: place in the queue of title %s", ErrBroken, title)
		}
		seq, found = binary.BigEndian.Uint64(k[len(prefix):]), true
		return nil
	})
	return seq, found && err == nil, err
}

// EachOpenHold calls fn with every hold that waits or is ready, on one snapshot.
// A hold that cannot be read is passed over; Check tells of it.
func (t *Tx) EachOpenHold(fn func(library.Hold) error) error {
	return t.s.Scan(store.Range{Prefix: []byte(spaceHoldBy)}, func(k, _ []byte) error {
		_, id, _ := strings.Cut(tail(k, len(spaceHoldBy)), "/")
		h, err := t.Hold(id)
		if errors.Is(err, ErrNotFound) || unreadable(err) {
			return nil
		}
		if err != nil {
			return err
		}
		return fn(h)
	})
}

// Charge is money a patron owes, or owed, for lending, in whole fen.
type Charge struct {
	ID        string
	Patron    string
	Loan      string
	Kind      string // overdue, lost, damaged
	Fen       int64
	At        time.Time
	Paid      bool
	Cancelled bool // taken back: the lost item was found
}

// Open tells whether it is still owed.
func (c Charge) Open() bool { return !c.Paid && !c.Cancelled }

// PutCharge writes a charge. The sum of open ones is Standing.ChargesFen.
func (t *Tx) PutCharge(c Charge) error { return put(t, key(spaceCharge, c.Patron, c.ID), c) }

// Charge of a patron by id.
func (t *Tx) Charge(patron, id string) (Charge, error) {
	return get[Charge](t, key(spaceCharge, patron, id))
}

// OpenCharges of a patron: what is owed, oldest first.
func (t *Tx) OpenCharges(patron string) ([]Charge, error) {
	ids, err := t.children(spaceCharge, patron)
	if err != nil {
		return nil, err
	}
	var out []Charge
	for _, id := range ids {
		c, err := t.Charge(patron, id)
		if err != nil {
			return nil, fmt.Errorf("charge %s: %w", id, err)
		}
		if c.Open() {
			out = append(out, c)
		}
	}
	return out, nil
}

// Attempts counts failed PIN tries of a card or of the whole kiosk; it is in
// the store so that a restart does not wipe a delay.
type Attempts struct {
	Failed int
	Until  int64 // Unix milliseconds before which no try is taken
	Last   int64 // Unix milliseconds of the last failure
}

// Attempts of an owner (a card key, or "kiosk").
func (t *Tx) Attempts(owner string) (Attempts, error) {
	a, err := get[Attempts](t, key(spaceAttempt, owner))
	if errors.Is(err, ErrNotFound) {
		err = nil
	}
	return a, err
}

// PutAttempts writes them; none failed removes the record.
func (t *Tx) PutAttempts(owner string, a Attempts) error {
	if a.Failed == 0 {
		return t.s.Delete(key(spaceAttempt, owner))
	}
	return put(t, key(spaceAttempt, owner), a)
}
