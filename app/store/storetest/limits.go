package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"shuting/app/store"
)

// TooLarge: each limit of a transaction holds exactly, and one step over it the
// whole transaction is refused, also when fn ignores the error.
func TooLarge(t *testing.T, b Backend) {
	s := open(t, b)
	value := func(n int) []byte { return bytes.Repeat([]byte("v"), n) }
	// fill writes a total of exactly n bytes, keys included, in values as large
	// as allowed.
	fill := func(tx store.Tx, name string, n int) error {
		var errs []error
		for i := 0; n > 0; i++ {
			key := fmt.Appendf(nil, "%s/%02d", name, i)
			size := min(n-len(key), store.MaxValueBytes)
			errs = append(errs, tx.Set(key, value(size)))
			n -= len(key) + size
		}
		return errors.Join(errs...)
	}
	many := func(tx store.Tx, name string, n int) error {
		var errs []error
		for i := range n {
			errs = append(errs, tx.Set(fmt.Appendf(nil, "%s/%03d", name, i), []byte("v")))
		}
		return errors.Join(errs...)
	}
	long := func(name string, n int) []byte {
		return append([]byte(name), bytes.Repeat([]byte("k"), n-len(name))...)
	}
	for _, c := range []struct {
		name string
		ok   bool
		fn   func(tx store.Tx, name string) error
	}{
		{"most writes", true, func(tx store.Tx, n string) error { return many(tx, n, store.MaxWrites) }},
		{"one write too many", false, func(tx store.Tx, n string) error { return many(tx, n, store.MaxWrites+1) }},
		{"a delete counts as a write", false, func(tx store.Tx, n string) error {
			return errors.Join(many(tx, n, store.MaxWrites), tx.Delete([]byte("other")))
		}},
		{"writing a key again is one write", true, func(tx store.Tx, n string) error {
			return errors.Join(many(tx, n, store.MaxWrites), many(tx, n, store.MaxWrites))
		}},
		{"longest key", true, func(tx store.Tx, n string) error { return tx.Set(long(n, store.MaxKeyBytes), value(1)) }},
		{"key one byte too long", false, func(tx store.Tx, n string) error { return tx.Set(long(n, store.MaxKeyBytes+1), value(1)) }},
		{"delete of a key too long", false, func(tx store.Tx, n string) error {
			return errors.Join(tx.Set([]byte(n), value(1)), tx.Delete(long(n, store.MaxKeyBytes+1)))
		}},
		{"largest value", true, func(tx store.Tx, n string) error { return tx.Set([]byte(n), value(store.MaxValueBytes)) }},
		{"value one byte too large", false, func(tx store.Tx, n string) error { return tx.Set([]byte(n), value(store.MaxValueBytes+1)) }},
		{"most bytes", true, func(tx store.Tx, n string) error { return fill(tx, n, store.MaxBytes) }},
		{"one byte too many", false, func(tx store.Tx, n string) error { return fill(tx, n, store.MaxBytes+1) }},
		{"a value replaced counts again", false, func(tx store.Tx, n string) error {
			return errors.Join(fill(tx, n, store.MaxBytes), fill(tx, n, 100))
		}},
		{"two halves on the same keys", true, func(tx store.Tx, n string) error {
			return errors.Join(fill(tx, n, store.MaxBytes/2), fill(tx, n, store.MaxBytes/2))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, ignores := range []bool{false, true} {
				name := fmt.Sprintf("%s/%v", c.name, ignores)
				var seen error
				err := s.Update(ctx, func(tx store.Tx) error {
					seen = c.fn(tx, name)
					if ignores {
						return nil
					}
					return seen
				})
				there := scan(t, s, store.Range{Prefix: []byte(name)})
				switch {
				case c.ok && (err != nil || len(there) == 0):
					t.Errorf("refused with %v, %d keys written", err, len(there))
				case !c.ok && (!errors.Is(err, store.ErrTooLarge) || !errors.Is(seen, store.ErrTooLarge)):
					t.Errorf("Update answered %v, Set %v, want ErrTooLarge (error ignored by fn: %v)", err, seen, ignores)
				case !c.ok && len(there) != 0:
					t.Errorf("refused, but %d keys were written", len(there))
				}
			}
		})
	}
	wantMissing(t, s, string(long("never", store.MaxKeyBytes+1)))
}
