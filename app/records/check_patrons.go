package records

import (
	"errors"
	"maps"
	"slices"

	"shuting/app/library"
	"shuting/app/store"
)

func (c *checker) patrons() error {
	return c.each(spacePatron, "patrons", func(id string, v []byte) error {
		p, ok := read[library.Patron](c, "patron", id, v)
		if !ok {
			return nil
		}
		if p.ID != id {
			c.report("patron %s: stored under another id", id)
		}
		if err := c.personal(id); err != nil {
			return err
		}
		got, err := c.t.Standing(id)
		if miss, err := c.missing(err, "patron %s: counters cannot be read", id); miss || err != nil {
			return err
		}
		c.compare(id, got, *c.owed(id))
		return nil
	})
}

// personal: no key is an erased patron; a key must open the fields it is for.
func (c *checker) personal(patron string) error {
	_, err := c.t.s.Get(key(spaceKey, patron))
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	_, err = c.t.Personal(patron)
	_, err = c.missing(err, "patron %s: personal fields cannot be opened", patron)
	return err
}

func (c *checker) compare(patron string, got, want library.Standing) {
	if got.Loans != want.Loans {
		c.report("patron %s: counter says %d loans, there are %d", patron, got.Loans, want.Loans)
	}
	if got.Holds != want.Holds {
		c.report("patron %s: counter says %d holds, there are %d", patron, got.Holds, want.Holds)
	}
	if got.ChargesFen != want.ChargesFen {
		c.report("patron %s: counter says %d fen of charges, there are %d", patron, got.ChargesFen, want.ChargesFen)
	}
	types := map[library.ItemType]bool{}
	for _, m := range []map[library.ItemType]int{got.ByType, want.ByType} {
		for t := range m {
			types[t] = true
		}
	}
	for _, t := range slices.Sorted(maps.Keys(types)) {
		if got.ByType[t] != want.ByType[t] {
			c.report("patron %s: counter says %d of type %s, there are %d", patron, got.ByType[t], t, want.ByType[t])
		}
	}
}

func (c *checker) counters() error {
	return c.each(spaceGuard, "counters", func(id string, _ []byte) error {
		return c.exists(key(spacePatron, id), "counters of patron %s: the patron is missing", id)
	})
}

// belongings are what is kept of a patron beside the record itself.
func (c *checker) belongings() error {
	err := c.each(spaceCard, "cards", func(_ string, v []byte) error {
		card, ok := read[library.Card](c, "card", "entry", v)
		if !ok {
			return nil
		}
		return c.exists(key(spacePatron, card.Patron), "card: its patron %s is missing", card.Patron)
	})
	if err != nil {
		return err
	}
	for _, s := range []struct{ space, kind string }{
		{spacePersonal, "personal fields"}, {spaceKey, "personal keys"}, {spacePIN, "PINs"},
	} {
		err := c.each(s.space, s.kind, func(id string, _ []byte) error {
			return c.exists(key(spacePatron, id), "%s of patron %s: the patron is missing", s.kind, id)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) attempts() error {
	return c.each(spaceAttempt, "attempts", func(_ string, v []byte) error {
		read[Attempts](c, "PIN attempts", "entry", v)
		return nil
	})
}
