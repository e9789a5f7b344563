package records

import (
	"encoding/binary"
	"strings"

	"shuting/app/library"
)

// owed is what a patron has open, as the records themselves say it.
func (c *checker) owed(patron string) *library.Standing {
	s := c.want[patron]
	if s == nil {
		s = &library.Standing{ByType: map[library.ItemType]int{}}
		c.want[patron] = s
	}
	return s
}

func (c *checker) loans() error {
	return c.each(spaceLoan, "loans", func(id string, v []byte) error {
		l, ok := read[library.Loan](c, "loan", id, v)
		if !ok {
			return nil
		}
		if l.ID != id {
			c.report("loan %s: stored under another id", id)
		}
		if err := c.exists(key(spacePatron, l.Patron), "loan %s: its patron %s is missing", id, l.Patron); err != nil {
			return err
		}
		it, err := c.t.Item(l.Item)
		miss, err := c.missing(err, "loan %s: its item %s is missing", id, l.Item)
		if err != nil || !l.Open() {
			return err
		}
		c.rep.Counts["open loans"]++
		owed := c.owed(l.Patron)
		owed.Loans++
		owed.ByType[l.ItemType]++
		if !miss && it.LoanID != id {
			c.report("loan %s: item %s is lent twice or not marked as lent (it names loan %q)", id, l.Item, it.LoanID)
		}
		return c.exists(key(spaceOpenLoan, l.Patron, id), "loan %s: not in its patron's list", id)
	})
}

func (c *checker) openLoans() error {
	return c.each(spaceOpenLoan, "open-loan entries", func(id string, _ []byte) error {
		patron, loan, _ := strings.Cut(id, "/")
		l, err := c.t.Loan(loan)
		if miss, err := c.missing(err, "open-loan entry: loan %s is missing", loan); miss || err != nil {
			return err
		}
		if !l.Open() || l.Patron != patron {
			c.report("open-loan entry of loan %s: the loan is closed or another patron's", loan)
		}
		return nil
	})
}

func (c *checker) holds() error {
	return c.each(spaceHold, "holds", func(id string, v []byte) error {
		h, ok := read[library.Hold](c, "hold", id, v)
		if !ok {
			return nil
		}
		if h.ID != id {
			c.report("hold %s: stored under another id", id)
		}
		if err := c.exists(key(spacePatron, h.Patron), "hold %s: its patron %s is missing", id, h.Patron); err != nil {
			return err
		}
		if err := c.exists(key(spaceTitle, h.Title), "hold %s: its title %s is missing", id, h.Title); err != nil {
			return err
		}
		if !h.Open() {
			return nil
		}
		c.owed(h.Patron).Holds++
		if err := c.exists(key(spaceHoldBy, h.Patron, id), "hold %s: not in its patron's list", id); err != nil {
			return err
		}
		if h.State == library.HoldWaiting {
			return c.pointsTo(seqKey(spaceQueue, h.Title, h.Seq), id, "hold %s: waits but is not in the queue", id)
		}
		it, err := c.t.Item(h.Item)
		if miss, err := c.missing(err, "hold %s: its item %s is missing", id, h.Item); miss || err != nil {
			return err
		}
		if it.HoldID != id {
			c.report("hold %s: ready, but item %s does not wait for it", id, h.Item)
		}
		return nil
	})
}

func (c *checker) holdLists() error {
	return c.each(spaceHoldBy, "open-hold entries", func(id string, _ []byte) error {
		patron, hold, _ := strings.Cut(id, "/")
		h, err := c.t.Hold(hold)
		if miss, err := c.missing(err, "open-hold entry: hold %s is missing", hold); miss || err != nil {
			return err
		}
		if !h.Open() || h.Patron != patron {
			c.report("open-hold entry of hold %s: the hold is %s or another patron's", hold, h.State)
		}
		return nil
	})
}

func (c *checker) queues() error {
	return c.each(spaceQueue, "queue entries", func(id string, v []byte) error {
		title, seq, _ := strings.Cut(id, "/")
		h, err := c.t.Hold(string(v))
		if miss, err := c.missing(err, "queue entry of title %s: hold %s is missing", title, string(v)); miss || err != nil {
			return err
		}
		if h.State != library.HoldWaiting {
			c.report("queue entry of hold %s: the hold is %s", h.ID, h.State)
		}
		if h.Title != title || seq != string(binary.BigEndian.AppendUint64(nil, h.Seq)) {
			c.report("queue entry of hold %s: at another place than the hold says", h.ID)
		}
		return nil
	})
}

func (c *checker) charges() error {
	return c.each(spaceCharge, "charges", func(id string, v []byte) error {
		ch, ok := read[Charge](c, "charge", id, v)
		if !ok {
			return nil
		}
		if ch.Patron+"/"+ch.ID != id {
			c.report("charge %s: stored under another id", id)
		}
		if err := c.exists(key(spacePatron, ch.Patron), "charge %s: its patron is missing", id); err != nil {
			return err
		}
		if ch.Loan != "" {
			if err := c.exists(key(spaceLoan, ch.Loan), "charge %s: its loan %s is missing", id, ch.Loan); err != nil {
				return err
			}
		}
		if ch.Open() {
			c.owed(ch.Patron).ChargesFen += ch.Fen
		}
		return nil
	})
}
