package records

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"shuting/app/store"
)

var (
	// ErrBroken: a record cannot be read; Check tells which.
	ErrBroken = errors.New("records: record broken")
	// ErrNewer: the data was written by a newer program.
	ErrNewer = errors.New("records: data is newer than this program")
	// ErrClosed: the records are closed.
	ErrClosed = errors.New("records: closed")
	// ErrReused: the command id was recorded for another operation, whose result
	// must not be taken for the answer to this one.
	ErrReused = errors.New("records: command id already used for another operation")
	// ErrNotDone: the change surely left nothing behind; trying it again under
	// the same command id is a first try. Any other error of Do leaves it open
	// until the command is asked for again.
	ErrNotDone = errors.New("records: nothing was changed")
	// ErrNotFound: no such record.
	ErrNotFound = errors.New("records: not found")
)

// Unusable tells whether an error says that one record is missing or cannot be
// read, as opposed to a store that failed: who looks at many passes over it.
func Unusable(err error) bool { return errors.Is(err, ErrNotFound) || unreadable(err) }

// CommandsKept is how long a command id is recognised.
const CommandsKept = 90 * 24 * time.Hour

// Options of Open. All fields are needed.
type Options struct {
	Store   store.Store
	SealKey []byte // 32 bytes
	Kiosk   string // this kiosk's id: the ledger chain it writes
}

// Records is the open library. Whoever opened it closes it, before the store.
type Records struct {
	store  store.Store
	kiosk  string
	sealer *sealer
	queue  chan *request
	crowd  int       // how many shared the last commit; the writer's own
	end    sync.Once // closes stop
	stop   chan struct{}
	done   chan struct{}

	watcher atomic.Pointer[func(Touched)]
}

// Open brings the schema up to date (see migrate.go) and starts the writer.
func Open(ctx context.Context, o Options) (*Records, error) {
	return open(ctx, o, migrations)
}

func open(ctx context.Context, o Options, steps []migration) (*Records, error) {
	s, err := newSealer(o.SealKey)
	if err != nil {
		return nil, err
	}
	if o.Kiosk == "" {
		return nil, errors.New("records: no kiosk id")
	}
	if err := migrate(ctx, o.Store, steps); err != nil {
		return nil, err
	}
	if err := begin(ctx, o.Store); err != nil {
		return nil, err
	}
	r := &Records{store: o.Store, kiosk: o.Kiosk, sealer: s,
		queue: make(chan *request, 64), stop: make(chan struct{}), done: make(chan struct{})}
	go r.write()
	return r, nil
}

// Kiosk is the id this kiosk's ids begin with.
func (r *Records) Kiosk() string { return r.kiosk }

// Close lets the running commit finish and refuses the changes that wait with
// ErrClosed. It may be called twice. The store stays open: whoever opened it
// closes it.
func (r *Records) Close() {
	r.end.Do(func() { close(r.stop) })
	<-r.done
}

// View reads on one consistent snapshot.
func (r *Records) View(ctx context.Context, fn func(*Tx) error) error {
	return r.store.View(ctx, func(s store.Tx) error { return fn(&Tx{s: s, sealer: r.sealer}) })
}

// Used tells whether anything was ever recorded here, by any kiosk.
func (r *Records) Used(ctx context.Context) (bool, error) {
	used := false
	err := r.store.View(ctx, func(s store.Tx) error {
		return s.Scan(store.Range{Prefix: []byte(spaceLedger), Limit: 1}, func(_, _ []byte) error {
			used = true
			return nil
		})
	})
	return used, err
}

// Forget drops what is not to be kept, some at a time, and returns how much it
// dropped: the entries of reading histories that were switched off, and command
// ids older than CommandsKept. Ledger entries stay for good.
func (r *Records) Forget(ctx context.Context, now time.Time) (int, error) {
	if n, err := r.EraseHistories(ctx); n > 0 || err != nil {
		return n, err
	}
	n := 0
	bound := string(key(spaceCommand, idBound(r.kiosk, now.Add(-CommandsKept))))
	err := r.store.Update(ctx, func(s store.Tx) error {
		n = 0
		var old [][]byte
		rg := store.Range{Prefix: key(spaceCommand, r.kiosk+"-"), Limit: store.MaxWrites / 2}
		err := s.Scan(rg, func(k, _ []byte) error {
			if string(k) >= bound {
				return store.ErrStop
			}
			// A kiosk "a" shares its prefix with the ids of a kiosk "a-1".
			if id := tail(k, len(spaceCommand)); id[:strings.LastIndex(id, "-")] == r.kiosk {
				old = append(old, k)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, k := range old {
			if err := s.Delete(k); err != nil {
				return err
			}
		}
		n = len(old)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("forget old commands: %w", err)
	}
	return n, nil
}
