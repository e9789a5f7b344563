package records

import (
	"fmt"

	"shuting/app/library"
	"shuting/app/store"
)

// What an account shows must not fail for one record that cannot be read, as the
// rules must: these look at many and say how many were passed over.

// ReadableHolds are the open holds of a patron that can be read, oldest first,
// and the ids of the others.
func (t *Tx) ReadableHolds(patron string) (holds []library.Hold, others []string, err error) {
	return readable(t, spaceHoldBy, patron, t.Hold)
}

// ReadableCharges are the charges of a patron that are owed and can be read,
// oldest first. others are the ids of those of which nobody knows: they may be
// owed or settled.
func (t *Tx) ReadableCharges(patron string) (charges []Charge, others []string, err error) {
	all, others, err := readable(t, spaceCharge, patron, func(id string) (Charge, error) { return t.Charge(patron, id) })
	for _, c := range all {
		if c.Open() {
			charges = append(charges, c)
		}
	}
	return charges, others, err
}

func readable[T any](t *Tx, space, owner string, read func(id string) (T, error)) (out []T, others []string, err error) {
	ids, err := t.children(space, owner)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range ids {
		v, err := read(id)
		switch {
		case err == nil:
			out = append(out, v)
		case Unusable(err):
			others = append(others, id)
		default:
			return nil, nil, fmt.Errorf("record %s: %w", id, err)
		}
	}
	return out, others, nil
}

// Place is the place of a hold in the queue of a title, from 1, and how many wait
// in it; 0 when it does not wait. It reads no hold.
func (t *Tx) Place(title, hold string) (place, of int, err error) {
	prefix := append(key(spaceQueue, title), '/')
	err = t.s.Scan(store.Range{Prefix: prefix}, func(_, id []byte) error {
		if of++; string(id) == hold {
			place = of
		}
		return nil
	})
	return place, of, err
}
