package badgerstore

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"runtime/debug"
	"syscall"

	"shuting/app/store"
)

// engineError is an error or panic of Badger, told without Badger's own words:
// those may quote keys, and keys may hold card numbers.
type engineError struct {
	op    string
	cause error
	panic bool
}

func (e *engineError) Error() string {
	how := "failed"
	if e.panic {
		how = "panicked"
	}
	return fmt.Sprintf("badgerstore: engine %s while %s: %s", how, e.op, plainCause(e.cause))
}

// Unwrap gives the cause to errors.Is; its text must not be logged.
func (e *engineError) Unwrap() error { return e.cause }

// plainCause names an error by what kind it is.
func plainCause(err error) string {
	var errno syscall.Errno
	var path *fs.PathError
	switch {
	case errors.As(err, &errno):
		return errno.Error()
	case errors.As(err, &path):
		return path.Op + " of a file"
	case err == nil:
		return "no reason given"
	default:
		return fmt.Sprintf("%T", err)
	}
}

// guard runs one call into Badger and turns its panic into an error. A fault on
// a mapped file (a disk that no longer reads) counts as a panic here instead of
// ending the process.
func guard(op string, f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			cause, _ := r.(error)
			err = &engineError{op: op, cause: cause, panic: true}
		}
	}()
	return f()
}

// fail stops the store for good and returns the error to hand out.
func (s *Store) fail(cause error) error {
	err := fmt.Errorf("%w: %w", store.ErrFailed, cause)
	if s.failed.CompareAndSwap(nil, &err) {
		s.opts.Logger.Error("store stopped", slog.String("cause", cause.Error()))
	}
	return *s.failed.Load()
}

// failure is nil while the store works.
func (s *Store) failure() error {
	if p := s.failed.Load(); p != nil {
		return *p
	}
	return nil
}
