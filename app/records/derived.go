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
	case err == nil && it.TitleID == title || unreadable(err):
		return nil
	case err == nil || errors.Is(err, ErrNotFound):
		return tx.Delete(key(spaceCopies, id))
	}
	return err
}

// begin marks a library without items as derived: nothing is to be listed.
func begin(ctx context.Context, s store.Store) error {
	fresh := false
	err := s.View(ctx, func(tx store.Tx) error {
		d, err := readDeriving(tx)
		if err != nil || d != (deriving{}) {
			return err
		}
		fresh = true
		return tx.Scan(store.Range{Prefix: []byte(spaceItem), Limit: 1}, func(_, _ []byte) error {
			fresh = false
			return nil
		})
	})
	if err != nil || !fresh {
		return err
	}
	v, err := encode(deriving{Version: derivedVersion})
	if err != nil {
		return err
	}
	return s.Update(ctx, func(tx store.Tx) error { return tx.Set(derivedKey, v) })
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

// A CopyProof compares what the items say with the lists of copies. The zero
// value is not ready; see NewCopyProof.
type CopyProof struct {
	seed   maphash.Seed
	copies map[string]uint64 // title → hashes of its copies together
}

// NewCopyProof begins a proof.
func NewCopyProof() *CopyProof {
	return &CopyProof{seed: maphash.MakeSeed(), copies: map[string]uint64{}}
}

// Item notes an item.
func (p *CopyProof) Item(it library.Item) { p.copies[it.TitleID] ^= maphash.String(p.seed, it.ID) }

// Sound tells whether exactly the items that were noted are listed, and in the
// version of this program. Entries of items that cannot be read are let be.
func (p *CopyProof) Sound(ctx context.Context, t *Tx) (bool, error) {
	if now, err := derived(t.s); err != nil || !now {
		return false, err
	}
	n := 0
	err := t.s.Scan(store.Range{Prefix: []byte(spaceCopies)}, func(k, _ []byte) error {
		title, item, _ := strings.Cut(tail(k, len(spaceCopies)), "/")
		p.copies[title] ^= maphash.String(p.seed, item)
		if n++; n%1024 == 0 {
			return ctx.Err()
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	for title, left := range p.copies {
		if left == 0 {
			continue
		}
		if sound, err := p.onlyUnreadable(t, title, left); err != nil || !sound {
			return false, err
		}
	}
	return true, nil
}

// onlyUnreadable tells whether what is left of a title is entries of items that
// cannot be read.
func (p *CopyProof) onlyUnreadable(t *Tx, title string, left uint64) (bool, error) {
	ids, err := t.children(spaceCopies, title)
	if err != nil {
		return false, err
	}
	for _, id := range ids {
		if _, err := t.Item(id); unreadable(err) {
			left ^= maphash.String(p.seed, id)
		}
	}
	return left == 0, nil
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
