package records

import (
	"bytes"
	"slices"
	"sort"

	"shuting/app/store"
)

// overlay holds the writes of one change above a store transaction until the
// change is known to be whole. It is a store.Tx itself.
type overlay struct {
	under  store.Tx
	writes map[string][]byte // nil = deleted
	size   int
}

func newOverlay(under store.Tx) *overlay {
	return &overlay{under: under, writes: map[string][]byte{}}
}

func (o *overlay) Get(k []byte) ([]byte, error) {
	if v, ok := o.writes[string(k)]; ok {
		if v == nil {
			return nil, store.ErrNotFound
		}
		return bytes.Clone(v), nil
	}
	return o.under.Get(k)
}

func (o *overlay) Set(k, v []byte) error {
	if len(k) > store.MaxKeyBytes || len(v) > store.MaxValueBytes {
		return store.ErrTooLarge
	}
	if len(k) == 0 || k[0] == 0 {
		return store.ErrReserved
	}
	o.put(k, append([]byte{}, v...))
	return nil
}

func (o *overlay) Delete(k []byte) error {
	if len(k) == 0 || k[0] == 0 {
		return store.ErrReserved
	}
	o.put(k, nil)
	return nil
}

func (o *overlay) put(k, v []byte) {
	if old, ok := o.writes[string(k)]; ok {
		o.size -= len(k) + len(old)
	}
	o.writes[string(k)] = v
	o.size += len(k) + len(v)
}

// Scan merges the writes of this change into what lies under it.
func (o *overlay) Scan(r store.Range, fn func(k, v []byte) error) error {
	own := o.ownKeys(r)
	if len(own) == 0 {
		return o.under.Scan(r, fn)
	}
	n := 0
	emit := func(k, v []byte) error {
		if r.Limit > 0 && n >= r.Limit {
			return store.ErrStop
		}
		n++
		return fn(k, v)
	}
	flushUntil := func(stop []byte) error {
		for len(own) > 0 && (stop == nil || before([]byte(own[0]), stop, r.Reverse)) {
			k := own[0]
			own = own[1:]
			if v := o.writes[k]; v != nil {
				if err := emit([]byte(k), bytes.Clone(v)); err != nil {
					return err
				}
			}
		}
		return nil
	}
	under := r
	under.Limit = 0
	stopped := false
	err := o.under.Scan(under, func(k, v []byte) error {
		if err := flushUntil(k); err != nil {
			stopped = true
			return err
		}
		if _, ours := o.writes[string(k)]; ours {
			return nil // told from our own writes
		}
		if err := emit(k, v); err != nil {
			stopped = true
			return err
		}
		return nil
	})
	if err != nil || stopped {
		return err
	}
	if err := flushUntil(nil); err != nil && err != store.ErrStop {
		return err
	}
	return nil
}

func before(a, b []byte, reverse bool) bool {
	if reverse {
		return bytes.Compare(a, b) > 0
	}
	return bytes.Compare(a, b) < 0
}

func (o *overlay) ownKeys(r store.Range) []string {
	var own []string
	for k := range o.writes {
		if !bytes.HasPrefix([]byte(k), r.Prefix) {
			continue
		}
		if r.After != nil && !before(r.After, []byte(k), r.Reverse) {
			continue
		}
		own = append(own, k)
	}
	sort.Strings(own)
	if r.Reverse {
		slices.Reverse(own)
	}
	return own
}

// flush hands the writes to the transaction underneath, in key order, so that
// equal changes make equal transactions.
func (o *overlay) flush() error {
	keys := make([]string, 0, len(o.writes))
	for k := range o.writes {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		var err error
		if v := o.writes[k]; v == nil {
			err = o.under.Delete([]byte(k))
		} else {
			err = o.under.Set([]byte(k), v)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
