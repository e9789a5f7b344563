package records

import (
	"strings"

	"shuting/app/library"
)

// settings have no shape in common; what their readers know is read as such.
func (c *checker) settings() error {
	if _, _, err := c.t.Terms(); err != nil {
		if !unreadable(err) {
			return err
		}
		c.report("settings: cannot be read: %v", err)
	}
	return c.each(spaceSetting, "settings", func(name string, v []byte) error {
		read[any](c, "setting", name, v)
		return nil
	})
}

func (c *checker) titles() error {
	return c.each(spaceTitle, "titles", func(id string, v []byte) error {
		t, ok := read[library.Title](c, "title", id, v)
		if !ok {
			return nil
		}
		if t.ID != id {
			c.report("title %s: stored under another id", id)
		}
		if t.Control != "" {
			if err := c.pointsTo(key(spaceControl, t.Control), id, "title %s: its control number leads elsewhere", id); err != nil {
				return err
			}
		}
		for _, isbn := range t.ISBNs {
			if err := c.exists(key(spaceISBN, isbn, id), "title %s: not found by its ISBN %s", id, isbn); err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *checker) controls() error {
	return c.each(spaceControl, "control numbers", func(control string, v []byte) error {
		t, err := c.t.Title(string(v))
		if miss, err := c.missing(err, "control number %s: title %s is missing", control, string(v)); miss || err != nil {
			return err
		}
		if t.Control != control {
			c.report("control number %s: title %s carries another", control, t.ID)
		}
		return nil
	})
}

func (c *checker) isbns() error {
	return c.each(spaceISBN, "ISBN entries", func(id string, _ []byte) error {
		isbn, title, _ := strings.Cut(id, "/")
		t, err := c.t.Title(title)
		if miss, err := c.missing(err, "ISBN %s: title %s is missing", isbn, title); miss || err != nil {
			return err
		}
		for _, has := range t.ISBNs {
			if has == isbn {
				return nil
			}
		}
		c.report("ISBN %s: title %s does not carry it", isbn, title)
		return nil
	})
}

func (c *checker) items() error {
	return c.each(spaceItem, "items", func(id string, v []byte) error {
		it, ok := read[library.Item](c, "item", id, v)
		if !ok {
			return nil
		}
		if it.ID != id {
			c.report("item %s: stored under another id", id)
		}
		if err := c.exists(key(spaceTitle, it.TitleID), "item %s: its title %s is missing", id, it.TitleID); err != nil {
			return err
		}
		if c.derived {
			if err := c.exists(key(spaceCopies, it.TitleID, id), "item %s: not among the copies of its title", id); err != nil {
				return err
			}
		}
		if it.Barcode != "" {
			if err := c.pointsTo(key(spaceBarcode, it.Barcode), id, "item %s: its barcode leads elsewhere", id); err != nil {
				return err
			}
		}
		if err := c.itemLoan(it); err != nil {
			return err
		}
		return c.itemHold(it)
	})
}

// copies: what is derived is checked once it was derived; before that the kiosk
// still has it to do.
func (c *checker) copies() error {
	return c.each(spaceCopies, "copies", func(id string, _ []byte) error {
		title, item, _ := strings.Cut(id, "/")
		it, err := c.t.Item(item)
		if miss, err := c.missing(err, "copies of title %s: item %s is missing", title, item); miss || err != nil {
			return err
		}
		if it.TitleID != title {
			c.report("copies of title %s: item %s is of another title", title, item)
		}
		return nil
	})
}

func (c *checker) itemLoan(it library.Item) error {
	if it.LoanID == "" {
		if it.State == library.ItemOnLoan {
			c.report("item %s: on loan without a loan", it.ID)
		}
		return nil
	}
	l, err := c.t.Loan(it.LoanID)
	if miss, err := c.missing(err, "item %s: its loan %s is missing", it.ID, it.LoanID); miss || err != nil {
		return err
	}
	if !l.Open() || l.Item != it.ID {
		c.report("item %s: its loan %s is closed or of another item", it.ID, it.LoanID)
	}
	switch it.State {
	case library.ItemAvailable, library.ItemOnShelf, library.ItemInTransit:
		c.report("item %s: has an open loan but is %s", it.ID, it.State)
	}
	return nil
}

// itemHold: an ended hold may still be named by the copy that lies on the shelf
// or travels for it; that ends when somebody takes the copy in hand.
func (c *checker) itemHold(it library.Item) error {
	if it.HoldID == "" {
		if it.State == library.ItemOnShelf {
			c.report("item %s: on the hold shelf without a hold", it.ID)
		}
		return nil
	}
	h, err := c.t.Hold(it.HoldID)
	if miss, err := c.missing(err, "item %s: its hold %s is missing", it.ID, it.HoldID); miss || err != nil {
		return err
	}
	if h.Open() && h.Item != it.ID {
		c.report("item %s: its hold %s is served by another copy", it.ID, it.HoldID)
	}
	if it.State != library.ItemOnShelf && it.State != library.ItemInTransit {
		c.report("item %s: waits for a hold but is %s", it.ID, it.State)
	}
	if h.State == library.HoldReady && it.State != library.ItemOnShelf {
		c.report("item %s: its hold %s is ready but it is %s", it.ID, it.HoldID, it.State)
	}
	return nil
}

func (c *checker) barcodes() error {
	return c.each(spaceBarcode, "barcodes", func(barcode string, v []byte) error {
		it, err := c.t.Item(string(v))
		if miss, err := c.missing(err, "barcode entry: item %s is missing", string(v)); miss || err != nil {
			return err
		}
		if it.Barcode != barcode {
			c.report("barcode entry of item %s: the item carries another", it.ID)
		}
		return nil
	})
}
