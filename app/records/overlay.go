package records

import (
	"bytes"
	"errors"
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
	// err is the first refusal. It decides over the change even when its code
	// ignores it, as the contract of store.Tx says, and it is found here and not
	// underneath, where it would discard the other changes of the commit too.
	err error
}

func newOverlay(under store.Tx) *overlay {
	return &overlay{under: under, writes: map[string][]byte{}}
}

func (o *overlay) refuse(err error) error {
	if o.err == nil {
		o.err = err
	}
	return err
}

func reserved(k []byte) bool { return len(k) == 0 || k[0] == 0 }

func (o *overlay) Get(k []byte) ([]byte, error) {
	if reserved(k) {
		return nil, o.refuse(store.ErrReserved)
	}
	if v, ok := o.writes[string(k)]; ok {
		if v == nil {
			return nil, store.ErrNotFound
		}
		return bytes.Clone(v), nil
	}
	return o.under.Get(k)
}

func (o *overlay) Set(k, v []byte) error {
	if reserved(k) {
		return o.refuse(store.ErrReserved)
	}
	if len(k) > store.MaxKeyBytes || len(v) > store.MaxValueBytes {
		return o.refuse(store.ErrTooLarge)
	}
	o.put(k, append([]byte{}, v...))
	return nil
}

func (o *overlay) Delete(k []byte) error {
	if reserved(k) {
		return o.refuse(store.ErrReserved)
	}
	if len(k) > store.MaxKeyBytes {
		return o.refuse(store.ErrTooLarge)
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
	if reserved(r.Prefix) {
		return o.refuse(store.ErrReserved)
	}
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
	if err := flushUntil(nil); err != nil && !errors.Is(err, store.ErrStop) {
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
		if len(r.After) > 0 && !before(r.After, []byte(k), r.Reverse) {
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
