package records

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"strings"

	"shuting/app/library"
	"shuting/app/store"
)

// derivedVersion is the version of what is made of other records and can be made
// again at any time: the copies of each title. It is no schema: an older library
// is opened at once and lends while Derive brings it up to date.
const derivedVersion = 1

var derivedKey = key(spaceMeta, "derived")

// deriving is where Derive stands; Version is 0 until it is through. First the
// items are gone through for what is missing, then the entries for what is too
// much.
type deriving struct {
	Version int
	Entries bool   // the items are through
	After   string // the last item, or entry, looked at
}

func readDeriving(tx store.Tx) (deriving, error) {
	var d deriving
	v, err := tx.Get(derivedKey)
	if errors.Is(err, store.ErrNotFound) {
		return d, nil
	}
	if err != nil {
		return d, err
	}
	if err := decode(v, &d); err != nil && !errors.Is(err, ErrBroken) {
		return d, err
	}
	return d, nil
}

func derived(tx store.Tx) (bool, error) {
	d, err := readDeriving(tx)
	return d.Version == derivedVersion, err
}

// Derived tells whether the copies of every title are listed.
func (t *Tx) Derived() (bool, error) { return derived(t.s) }

// deriveBatch is how many items Derive looks at in one transaction.
const deriveBatch = 60

// Derive lists the copies of every title anew where that is missing or of an
// older version; it returns at once when nothing is to be done. Lending goes on
// meanwhile. A Derive that was interrupted goes on where it stood. progress may
// be nil; it gets the number of items and entries looked at since the call.
func (r *Records) Derive(ctx context.Context, progress func(looked int)) error {
	looked := 0
	for {
		n, through, err := r.deriveSome(ctx)
		if err != nil {
			return fmt.Errorf("list copies: %w", err)
		}
		looked += n
		if through {
			return nil
		}
		if progress != nil {
			progress(looked)
		}
	}
}

func (r *Records) deriveSome(ctx context.Context) (n int, through bool, err error) {
	err = r.store.Update(ctx, func(tx store.Tx) error {
		d, err := readDeriving(tx)
		if through = d.Version == derivedVersion; err != nil || through {
			return err
		}
		space, look := spaceItem, listCopy
		if d.Entries {
			space, look = spaceCopies, dropEntry
		}
		from := store.Range{Prefix: []byte(space), Limit: deriveBatch}
		if d.After != "" {
			from.After = key(space, d.After)
		}
		n = 0
		err = tx.Scan(from, func(k, v []byte) error {
			n++
			d.After = tail(k, len(space))
			return look(tx, d.After, v)
		})
		if err != nil {
			return err
		}
		if n < deriveBatch {
			through = d.Entries
			d = deriving{Entries: true}
		}
		if through {
			d = deriving{Version: derivedVersion}
		}
		v, err := encode(d)
		if err != nil {
			return err
		}
		return tx.Set(derivedKey, v)
	})
	return n, through, err
}

// listCopy enters an item among the copies of its title.
func listCopy(tx store.Tx, id string, v []byte) error {
	var it library.Item
	if decode(v, &it) != nil {
		return nil // Check tells; one broken item does not stop the rest
	}
	return tx.Set(key(spaceCopies, it.TitleID, id), []byte{})
}

// dropEntry removes an entry that names no copy of its title.
func dropEntry(tx store.Tx, id string, _ []byte) error {
	title, item, _ := strings.Cut(id, "/")
	it, err := (&Tx{s: tx}).Item(item)
	switch {
	case err == nil && it.TitleID == title || errors.Is(err, ErrBroken):
		return nil
	case err == nil || errors.Is(err, ErrNotFound):
		return tx.Delete(key(spaceCopies, id))
	}
	return err
}

// Underive says that what is derived was found wrong: the next Derive makes it
// anew.
func (r *Records) Underive(ctx context.Context) error {
	err := r.store.Update(ctx, func(tx store.Tx) error { return tx.Delete(derivedKey) })
	if err != nil {
		return fmt.Errorf("forget list of copies: %w", err)
	}
	return nil
}

// CopiesSound tells whether every item is listed among the copies of its title
// and nothing else is.
func (t *Tx) CopiesSound(ctx context.Context) (bool, error) {
	listed := map[string]uint64{} // title → hashes of its copies, each twice is none
	seed := maphash.MakeSeed()
	n := 0
	pause := func() error {
		if n++; n%1024 == 0 {
			return ctx.Err()
		}
		return nil
	}
	err := t.EachItem(func(it library.Item) error {
		listed[it.TitleID] ^= maphash.String(seed, it.ID)
		return pause()
	})
	if err != nil {
		return false, err
	}
	err = t.s.Scan(store.Range{Prefix: []byte(spaceCopies)}, func(k, _ []byte) error {
		title, item, _ := strings.Cut(tail(k, len(spaceCopies)), "/")
		listed[title] ^= maphash.String(seed, item)
		return pause()
	})
	if err != nil {
		return false, err
	}
	for _, left := range listed {
		if left != 0 {
			return false, nil
		}
	}
	return true, nil
}

// EachTitle calls fn with every title on one snapshot, in order of their ids. A
// title that cannot be read is passed over; Check tells of it.
func (t *Tx) EachTitle(fn func(library.Title) error) error { return each(t, spaceTitle, fn) }

// EachItem is EachTitle for items.
func (t *Tx) EachItem(fn func(library.Item) error) error { return each(t, spaceItem, fn) }

func each[T any](t *Tx, space string, fn func(T) error) error {
	return t.s.Scan(store.Range{Prefix: []byte(space)}, func(_, b []byte) error {
		var v T
		if decode(b, &v) != nil {
			return nil
		}
		return fn(v)
	})
}
