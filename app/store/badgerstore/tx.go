package badgerstore

import (
	"bytes"
	"context"
	"errors"

	"github.com/dgraph-io/badger/v4"

	"shuting/app/store"
)

// callerPrefix begins every key of a caller inside Badger: it keeps them apart
// from the commit key and from Badger's own "!badger!…".
const callerPrefix = 0x01

type tx struct {
	s      *Store
	ctx    context.Context
	txn    *badger.Txn
	update bool
	over   bool
	// err is the first error other than ErrNotFound. It decides over the commit
	// even when fn ignores it.
	err     error
	written map[string]struct{} // distinct keys
	bytes   int                 // keys and values of every call
}

func (s *Store) newTx(ctx context.Context, update bool) (*tx, error) {
	t := &tx{s: s, ctx: ctx, update: update}
	if update {
		t.written = map[string]struct{}{}
	}
	err := guard("beginning", func() error {
		t.txn = s.db.NewTransaction(update)
		return nil
	})
	if err != nil {
		return nil, s.fail(err)
	}
	return t, nil
}

// end releases the snapshot. It may be called twice.
func (t *tx) end() {
	t.over = true
	t.txn.Discard()
}

// refuse remembers err as the outcome of the transaction.
func (t *tx) refuse(err error) error {
	if t.err == nil {
		t.err = err
	}
	return err
}

func inside(key []byte) []byte {
	return append(append(make([]byte, 0, len(key)+1), callerPrefix), key...)
}

func reserved(key []byte) bool { return len(key) == 0 || key[0] == 0 }

func (t *tx) Get(key []byte) ([]byte, error) {
	if t.over {
		return nil, store.ErrClosed
	}
	if reserved(key) {
		return nil, t.refuse(store.ErrReserved)
	}
	if len(key) > store.MaxKeyBytes {
		return nil, store.ErrNotFound
	}
	var value []byte
	err := guard("reading", func() error {
		item, err := t.txn.Get(inside(key))
		if err != nil {
			return err
		}
		value, err = item.ValueCopy([]byte{})
		return err
	})
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, store.ErrNotFound
	}
	if err != nil {
		return nil, t.refuse(t.s.fail(asEngineError("reading", err)))
	}
	return value, nil
}

func (t *tx) Set(key, value []byte) error {
	if len(value) > store.MaxValueBytes {
		return t.write(key, 0, store.ErrTooLarge)
	}
	if err := t.write(key, len(value), nil); err != nil {
		return err
	}
	return t.engine(func() error { return t.txn.Set(inside(key), bytes.Clone(value)) })
}

func (t *tx) Delete(key []byte) error {
	if err := t.write(key, 0, nil); err != nil {
		return err
	}
	return t.engine(func() error { return t.txn.Delete(inside(key)) })
}

// write decides whether key may be written with so many bytes of value, and
// counts it.
func (t *tx) write(key []byte, valueBytes int, tooLarge error) error {
	switch {
	case t.over:
		return store.ErrClosed
	case !t.update:
		return store.ErrReadOnly
	case reserved(key):
		return t.refuse(store.ErrReserved)
	case tooLarge != nil || len(key) > store.MaxKeyBytes:
		return t.refuse(store.ErrTooLarge)
	}
	_, again := t.written[string(key)]
	if (!again && len(t.written) == store.MaxWrites) || t.bytes+len(key)+valueBytes > store.MaxBytes {
		return t.refuse(store.ErrTooLarge)
	}
	t.written[string(key)] = struct{}{}
	t.bytes += len(key) + valueBytes
	return nil
}

func (t *tx) engine(f func() error) error {
	err := guard("writing", f)
	if errors.Is(err, badger.ErrTxnTooBig) {
		return t.refuse(store.ErrTooLarge) // thousands of calls on the same keys
	}
	if err != nil {
		return t.refuse(asEngineError("writing", err))
	}
	return nil
}

func asEngineError(op string, err error) error {
	var already *engineError
	if errors.As(err, &already) {
		return already
	}
	return &engineError{op: op, cause: err}
}
