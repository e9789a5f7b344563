package badgerstore

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"shuting/app/store"
)

// Store is one open library. It implements store.Store.
type Store struct {
	opts Options
	id   identity
	keys keys
	db   *badger.DB
	lock *folderLock
	mark *watermark

	// slot is held while committing. It is a channel so that a waiting Update
	// can give up when its context ends.
	slot    chan struct{}
	commits atomic.Uint64 // written under slot

	failed  atomic.Pointer[error]
	running sync.WaitGroup

	closeMu  sync.Mutex // guards closed, and running against a late Add
	closed   bool
	closing  sync.Once
	closeErr error

	pendingMu sync.Mutex
	pending   string

	stopChecking context.CancelFunc
	unchecked    atomic.Int64
}

var _ store.Store = (*Store)(nil)

// LibraryID is the random name this library got when it was made.
func (s *Store) LibraryID() string { return s.id.Library }

// SealKey is the 32-byte key for sealing personal data inside records. The
// caller gets a copy.
func (s *Store) SealKey() []byte { return bytes.Clone(s.keys.seal) }

// begin registers a transaction, so that Close waits for it.
func (s *Store) begin(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.closeMu.Lock()
	defer s.closeMu.Unlock()
	if s.closed {
		return store.ErrClosed
	}
	if err := s.failure(); err != nil {
		return err
	}
	s.running.Add(1)
	return nil
}

// View runs fn on one consistent snapshot.
func (s *Store) View(ctx context.Context, fn func(store.Tx) error) error {
	if err := s.begin(ctx); err != nil {
		return err
	}
	defer s.running.Done()
	t, err := s.newTx(ctx, false)
	if err != nil {
		return err
	}
	defer t.end()
	if err := fn(t); err != nil {
		return err
	}
	return s.failure()
}

// Close waits for running transactions, flushes and releases everything. Do not
// call it inside a transaction. On a disk without room for the flush, or after
// store.ErrFailed, the engine is left as it stands, as if the power had gone:
// nothing acknowledged is lost, but this process cannot open the folder again.
func (s *Store) Close() error {
	s.closing.Do(func() {
		s.closeMu.Lock()
		s.closed = true
		s.closeMu.Unlock()
		s.stopChecking()
		s.running.Wait()
		s.closeErr = errors.Join(s.closeEngine(), s.mark.close(), s.lock.release())
	})
	return s.closeErr
}

func (s *Store) closeEngine() error {
	if s.failure() != nil {
		return nil // the caller has had that error already
	}
	if free, err := s.opts.FreeSpace(s.opts.Dir); err != nil || free < closeFreeBytes {
		s.opts.Logger.Warn("closed without tidying up: the disk is full")
		return nil
	}
	return guard("closing", func() error {
		if err := s.db.Close(); err != nil {
			return &engineError{op: "closing", cause: err}
		}
		return nil
	})
}
