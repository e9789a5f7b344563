package badgerstore

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/dgraph-io/badger/v4"

	"shuting/app/store"
)

// A transaction that keeps losing against others is tried this often, with a
// growing and random pause, before the caller hears of it.
const (
	maxTries   = 24
	firstPause = 200 * time.Microsecond
	maxPause   = 20 * time.Millisecond
)

// errLost: another commit came first; only Update sees it.
var errLost = errors.New("badgerstore: lost against another commit")

// Update runs fn and commits its writes together, durably.
func (s *Store) Update(ctx context.Context, fn func(store.Tx) error) error {
	if err := s.begin(ctx); err != nil {
		return err
	}
	defer s.running.Done()
	pause := firstPause
	for try := 1; ; try++ {
		lost, err := s.attempt(ctx, fn)
		if !lost {
			return err
		}
		if try == maxTries {
			return store.ErrConflict
		}
		timer := time.NewTimer(pause/2 + rand.N(pause))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		}
		pause = min(2*pause, maxPause)
	}
}

// attempt runs fn once; lost means that it is worth another try.
func (s *Store) attempt(ctx context.Context, fn func(store.Tx) error) (lost bool, err error) {
	t, err := s.newTx(ctx, true)
	if err != nil {
		return false, err
	}
	defer t.end()
	if err := fn(t); err != nil {
		return false, err
	}
	t.over = true
	if t.err != nil {
		return false, t.err
	}
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if len(t.written) == 0 {
		return false, s.failure()
	}
	err = s.commit(ctx, t)
	return errors.Is(err, errLost), err
}

// commit makes the writes of t durable under the next number. One at a time, so
// that numbers rise without a gap in the order of the log.
func (s *Store) commit(ctx context.Context, t *tx) error {
	select {
	case s.slot <- struct{}{}:
		defer func() { <-s.slot }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := s.failure(); err != nil {
		return err
	}
	if err := s.roomToWrite(); err != nil {
		return err
	}
	n := s.commits.Load() + 1
	err := guard("committing", func() error {
		if err := t.txn.Set(commitKey, encodeCommit(n)); err != nil {
			return err
		}
		return t.txn.Commit()
	})
	switch {
	case errors.Is(err, badger.ErrConflict):
		return errLost
	case errors.Is(err, badger.ErrTxnTooBig):
		return store.ErrTooLarge // decided before anything is written
	case err != nil:
		// Part of it may be in memory or in the log; only a new start can tell.
		return s.fail(asEngineError("committing", err))
	}
	s.commits.Store(n)
	if err := s.mark.note(n); err != nil {
		// The commit is durable. What suffers is the check at the next start.
		s.opts.Logger.Warn("count of commits not noted", slog.String("cause", err.Error()))
	}
	return nil
}

// roomToWrite asks the file system before every commit (about a microsecond):
// a disk can fill up faster than any cached answer ages.
func (s *Store) roomToWrite() error {
	free, err := s.opts.FreeSpace(s.opts.Dir)
	if err != nil {
		s.opts.Logger.Error("free space unknown", slog.String("cause", err.Error()))
		return store.ErrNoSpace
	}
	if free < s.opts.MinFreeBytes {
		return store.ErrNoSpace
	}
	return nil
}
