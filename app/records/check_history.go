package records

import (
	"strings"
)

func (c *checker) histories() error {
	err := c.each(spaceHistory, "reading histories", func(patron string, v []byte) error {
		h, ok := read[History](c, "reading history of patron", patron, v)
		if ok && (h.List == "" || h.Since.IsZero()) {
			c.report("reading history of patron %s: has no list or no beginning", patron)
		}
		return c.exists(key(spacePatron, patron), "reading history of patron %s: the patron is missing", patron)
	})
	if err != nil {
		return err
	}
	err = c.each(spaceErase, "reading histories to erase", func(id string, _ []byte) error {
		patron, list, _ := strings.Cut(id, "/")
		h, err := c.t.History(patron)
		if err != nil && !unreadable(err) {
			return err
		}
		if h.List == list {
			c.report("reading history of patron %s: kept and to be erased", patron)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.each(spacePast, "reading history entries", c.pastLoan)
}

// pastLoan: an entry leads to an ended loan of its patron, in a list that is kept
// or about to be erased.
func (c *checker) pastLoan(id string, _ []byte) error {
	patron, list, loan, ok := pastEntry(id)
	if !ok {
		c.report("reading history of patron %s: an entry without a loan", patron)
		return nil
	}
	h, err := c.t.History(patron)
	if err != nil && !unreadable(err) {
		return err
	}
	if h.List != list {
		if err := c.exists(key(spaceErase, patron, list), "reading history of patron %s: an entry of loan %s though it is switched off", patron, loan); err != nil {
			return err
		}
	}
	l, err := c.t.Loan(loan)
	if miss, err := c.missing(err, "reading history of patron %s: loan %s is missing", patron, loan); miss || err != nil {
		return err
	}
	switch {
	case l.Open():
		c.report("reading history of patron %s: loan %s has not ended", patron, loan)
	case l.Patron != patron:
		c.report("reading history of patron %s: loan %s is another patron's", patron, loan)
	case string(pastKey(l, list)[len(spacePast):]) != id:
		c.report("reading history of patron %s: loan %s ended at another time", patron, loan)
	}
	return nil
}
