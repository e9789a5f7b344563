package badgerstore

import (
	"bytes"
	"errors"

	"github.com/dgraph-io/badger/v4"

	"shuting/app/store"
)

// Scans are read in pages of at most this many keys or bytes. The callback runs
// between pages, with no iterator open, because Badger allows only one in an
// Update and the callback may want to scan too. Pages start small: a scan that
// stops early should not have marked many keys as read.
const (
	firstPage = 16
	pageKeys  = 512
	pageBytes = 1 << 20
)

type pair struct{ key, value []byte }

func (t *tx) Scan(r store.Range, fn func(key, value []byte) error) error {
	if t.over {
		return store.ErrClosed
	}
	if reserved(r.Prefix) {
		return t.refuse(store.ErrReserved)
	}
	// The callback may reuse its slices; the range must stay what it was.
	r.Prefix, r.After = bytes.Clone(r.Prefix), bytes.Clone(r.After)
	done, size := 0, firstPage
	for {
		if err := t.ctx.Err(); err != nil {
			return t.refuse(err)
		}
		if r.Limit > 0 {
			size = min(size, r.Limit-done)
		}
		page, more, err := t.page(r, size)
		if err != nil {
			return t.refuse(t.s.fail(asEngineError("scanning", err)))
		}
		for i, p := range page {
			if i == len(page)-1 {
				r.After = bytes.Clone(p.key)
			}
			if err := fn(p.key, p.value); errors.Is(err, store.ErrStop) {
				return nil
			} else if err != nil {
				return err
			}
		}
		done += len(page)
		if !more || done == r.Limit {
			return nil
		}
		size = min(4*size, pageKeys)
	}
}

// page reads the next keys of r; more is false when the range ended with them.
func (t *tx) page(r store.Range, size int) (page []pair, more bool, err error) {
	err = guard("scanning", func() error {
		start, ok := seekKey(r)
		if !ok {
			return nil
		}
		it := t.txn.NewIterator(badger.IteratorOptions{Reverse: r.Reverse, Prefix: inside(r.Prefix)})
		defer it.Close()
		it.Seek(start)
		for held := 0; it.Valid(); it.Next() {
			if len(page) == size || held >= pageBytes {
				more = true
				return nil
			}
			item := it.Item()
			key := bytes.Clone(item.Key()[1:])
			if len(r.After) > 0 && bytes.Equal(key, r.After) {
				continue
			}
			value, err := item.ValueCopy([]byte{})
			if err != nil {
				return err
			}
			page = append(page, pair{key, value})
			held += len(key) + len(value)
		}
		return nil
	})
	return page, more, err
}

// seekKey is where inside Badger the scan begins; ok is false for a range that
// can hold nothing.
func seekKey(r store.Range) (start []byte, ok bool) {
	bounded := len(r.After) > 0
	if !r.Reverse {
		if bounded && bytes.Compare(r.After, r.Prefix) > 0 {
			return inside(r.After), true
		}
		return inside(r.Prefix), true
	}
	if bounded && bytes.Compare(r.After, r.Prefix) <= 0 {
		return nil, false
	}
	if bounded && bytes.HasPrefix(r.After, r.Prefix) {
		return inside(r.After), true
	}
	// No key is longer than MaxKeyBytes, so this is at or behind all of them.
	last := inside(r.Prefix)
	for len(last) <= store.MaxKeyBytes+1 {
		last = append(last, 0xff)
	}
	return last, true
}
