package circulation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"shuting/app/library"
)

// rules are the terms of the walk for a while: small numbers, so that every
// limit is met.
type rules struct {
	limit, days, renewals, renewDays, fromDays, holds, shelf, found int
	overdueFen, lostFen, block                                      int64
	closed                                                          []time.Weekday
}

// allRules are what the walk changes between.
var allRules = []rules{
	{limit: 3, days: 10, renewals: 1, renewDays: 10, holds: 2, shelf: 4},
	{limit: 4, days: 6, renewals: 2, renewDays: 4, fromDays: 3, holds: 3, shelf: 2, found: 5, overdueFen: 10, lostFen: 300, block: 250, closed: []time.Weekday{time.Monday}},
	{limit: 2, days: 12, renewals: 0, renewDays: 1, holds: 1, shelf: 1, found: 3, lostFen: 80, block: 100, closed: []time.Weekday{time.Saturday, time.Sunday}},
}

func (r rules) terms() library.Terms {
	return library.Terms{Policies: library.Policies{{Category: "*", ItemType: "*", Branch: "*", LoanLimit: r.limit, LoanDays: r.days, Renewals: r.renewals,
		RenewDays: r.renewDays, RenewFromDays: r.fromDays, Holds: r.holds, ShelfDays: r.shelf, FoundDays: r.found,
		OverdueFen: r.overdueFen, LostFen: r.lostFen, ChargeBlockFen: r.block}}, Calendar: library.Calendar{ClosedWeekdays: r.closed}}
}

// open is the day, or the next one that is not closed.
func (r rules) open(d library.Date) library.Date {
	for slices.Contains(r.closed, d.Weekday()) {
		d = d.AddDays(1)
	}
	return d
}

// shelf is the model: what a library with these rules looks like, by plain
// reasoning and without a store.
type shelf struct {
	rules   rules
	items   map[string]*copyOf
	queue   map[string][]string  // title → patrons who wait
	owed    map[string][]walkFee // patron → what is not paid
	ended   map[string]int       // patron → loans that have ended
	patrons []string             // in order
}

type copyOf struct {
	title    string
	state    library.ItemState
	patron   string // of the open loan
	number   int    // of that loan among those of this copy
	due      library.Date
	lostOn   library.Date // of that loan
	renewed  int
	waitsFor string       // patron of the ready hold
	until    library.Date // its last day
	returned time.Time
}

type walkFee struct {
	kind, item string
	loan       int // its number
	fen        int64
}

// current tells whether a fee is for the loan that is open now.
func (m *shelf) current(p string, f walkFee) bool {
	c := m.items[f.item]
	return c.patron == p && c.number == f.loan
}

func (m *shelf) loans(p string) (n int) {
	for _, c := range m.items {
		if c.patron == p {
			n++
		}
	}
	return n
}

func (m *shelf) overdue(p string, today library.Date) (n int) {
	for _, c := range m.items {
		if c.patron == p && today.After(c.due) {
			n++
		}
	}
	return n
}

func (m *shelf) sum(p string) (fen int64) {
	for _, f := range m.owed[p] {
		fen += f.fen
	}
	return fen
}

func (m *shelf) settle(p string, f walkFee) {
	if i := slices.Index(m.owed[p], f); i >= 0 {
		m.owed[p] = slices.Delete(m.owed[p], i, i+1)
	}
}

// holds are the titles of the patron's open holds.
func (m *shelf) holds(p string) (titles []string) {
	for title, queue := range m.queue {
		if slices.Contains(queue, p) {
			titles = append(titles, title)
		}
	}
	for _, c := range m.items {
		if c.waitsFor == p {
			titles = append(titles, c.title)
		}
	}
	return titles
}

func (m *shelf) has(p, title, but string) bool {
	for id, c := range m.items {
		if id != but && c.patron == p && c.title == title {
			return true
		}
	}
	return false
}

// lostFee is what is still owed for the loss of a copy.
func (m *shelf) lostFee(id string) (fee walkFee) {
	p := m.items[id].patron
	for _, f := range m.owed[p] {
		if f.kind == library.ChargeLost && f.item == id && m.current(p, f) {
			return f
		}
	}
	return fee
}

func (m *shelf) takenBack(c *copyOf, today library.Date) bool {
	return !c.lostOn.IsZero() && m.rules.found > 0 && c.lostOn.DaysUntil(today) <= m.rules.found
}

// end closes the loan of a copy with what it costs.
func (m *shelf) end(id string, today library.Date) {
	c := m.items[id]
	if c.patron == "" {
		return
	}
	if m.takenBack(c, today) {
		m.settle(c.patron, m.lostFee(id))
	}
	last := today
	if !c.lostOn.IsZero() && c.lostOn.Before(today) {
		last = c.lostOn
	}
	if late := c.due.DaysUntil(last); late > 0 && m.rules.overdueFen > 0 {
		m.owed[c.patron] = append(m.owed[c.patron], walkFee{library.ChargeOverdue, id, c.number, int64(late) * m.rules.overdueFen})
	}
	m.ended[c.patron]++
	c.patron, c.lostOn, c.renewed, c.due = "", library.Date{}, 0, library.Date{}
}

// out gives the codes of the refusal, "" for lent.
func (m *shelf) out(p, id string, today library.Date) string {
	c := m.items[id]
	loans, overdue, owed := m.loans(p), m.overdue(p, today), m.sum(p)
	if c.state == library.ItemLost && c.patron == p {
		loans--
		if today.After(c.due) {
			overdue--
		}
		if m.takenBack(c, today) {
			owed -= m.lostFee(id).fen
		}
	}
	var no []string
	tell := func(code string, when bool) {
		if when {
			no = append(no, code)
		}
	}
	queue, mine := m.queue[c.title], c.state == library.ItemOnLoan && c.patron == p
	tell(library.PatronOverdue, overdue > 0)
	tell(library.PatronCharges, m.rules.block > 0 && owed >= m.rules.block)
	tell(library.LoanLimit, !mine && loans >= m.rules.limit)
	if mine {
		return strings.Join(append(no, library.ItemOnLoanToYou), " ")
	}
	tell(library.ItemOnLoanToOther, c.state == library.ItemOnLoan)
	tell(library.ItemReserved, c.state == library.ItemOnShelf && c.waitsFor != p ||
		c.state != library.ItemOnShelf && c.state != library.ItemOnLoan && len(queue) > 0 && queue[0] != p)
	tell(library.TitleAlreadyYours, m.has(p, c.title, id))
	if len(no) > 0 {
		return strings.Join(no, " ")
	}
	if c.waitsFor == "" {
		if i := slices.Index(queue, p); i >= 0 {
			m.queue[c.title] = slices.Delete(slices.Clone(queue), i, i+1)
		}
	}
	for _, other := range m.items {
		if other != c && other.title == c.title && other.waitsFor == p {
			m.putAway(other, today) // they have what they waited for
		}
	}
	m.end(id, today)
	*c = copyOf{title: c.title, state: library.ItemOnLoan, patron: p, number: c.number + 1, due: m.rules.open(today.AddDays(m.rules.days)), returned: c.returned}
	return ""
}

// putAway gives a copy to the next who waits, or back to its place.
func (m *shelf) putAway(c *copyOf, today library.Date) (reserved bool) {
	c.state, c.waitsFor, c.until = library.ItemAvailable, "", library.Date{}
	if q := m.queue[c.title]; len(q) > 0 {
		c.state, c.waitsFor, c.until = library.ItemOnShelf, q[0], m.rules.open(today.AddDays(m.rules.shelf))
		m.queue[c.title] = slices.Clone(q[1:])
	}
	return c.waitsFor != ""
}

func (m *shelf) in(id string, now time.Time, today library.Date) string {
	c := m.items[id]
	lost := c.state == library.ItemLost
	if c.patron == "" && !lost {
		if !c.returned.IsZero() && now.Sub(c.returned).Abs() < time.Minute {
			return library.AlreadyReturnedNow
		}
		return library.NotOnLoan
	}
	m.end(id, today)
	c.returned = now
	var said []string
	if m.putAway(c, today) {
		said = append(said, library.ReturnedReserved)
	}
	if lost {
		said = append(said, library.ReturnedWasLost)
	}
	if len(said) == 0 {
		return library.Returned
	}
	return strings.Join(said, " ")
}

func (m *shelf) renew(p, id string, today library.Date) string {
	c := m.items[id]
	if c.patron != p {
		return library.RenewItemBlocked
	}
	var no []string
	tell := func(code string, when bool) {
		if when {
			no = append(no, code)
		}
	}
	late := today.After(c.due)
	others := m.overdue(p, today)
	if late {
		others--
	}
	tell(library.RenewLimit, c.renewed >= m.rules.renewals)
	tell(library.RenewTooSoon, m.rules.fromDays > 0 && today.Before(c.due.AddDays(-m.rules.fromDays)))
	tell(library.RenewReserved, slices.ContainsFunc(m.queue[c.title], func(q string) bool { return q != p }))
	tell(library.RenewOverdue, late)
	tell(library.RenewPatronBlocked, others > 0 || m.rules.block > 0 && m.sum(p) >= m.rules.block)
	tell(library.RenewItemBlocked, c.state != library.ItemOnLoan)
	if len(no) > 0 {
		return strings.Join(no, " ")
	}
	c.renewed++
	c.due = m.rules.open(c.due.AddDays(m.rules.renewDays))
	return ""
}

func (m *shelf) hold(p, title string) string {
	var no []string
	open := m.holds(p)
	if len(open) >= m.rules.holds {
		no = append(no, library.HoldLimit)
	}
	if slices.Contains(open, title) {
		no = append(no, library.HoldExists)
	}
	if m.has(p, title, "") {
		no = append(no, library.HoldYoursOnLoan)
	}
	left := false
	for _, c := range m.items {
		left = left || c.title == title && c.state != library.ItemLost
	}
	if !left {
		no = append(no, library.HoldNotAllowed)
	}
	if len(no) == 0 {
		m.queue[title] = append(slices.Clone(m.queue[title]), p)
	}
	return strings.Join(no, " ")
}

// cancel ends the patron's hold of a title.
func (m *shelf) cancel(p, title string, today library.Date) bool {
	if i := slices.Index(m.queue[title], p); i >= 0 {
		m.queue[title] = slices.Delete(slices.Clone(m.queue[title]), i, i+1)
		return true
	}
	for _, c := range m.items {
		if c.waitsFor == p && c.title == title {
			m.putAway(c, today)
			return true
		}
	}
	return false
}

// expire ends the holds whose last day is over: patron by patron.
func (m *shelf) expire(today library.Date) (n int) {
	var over []*copyOf
	for _, p := range m.patrons {
		for _, c := range m.items {
			if c.waitsFor == p && today.After(c.until) {
				over = append(over, c)
			}
		}
	}
	for _, c := range over {
		m.putAway(c, today)
		n++
	}
	return n
}

func (m *shelf) lose(id string, today library.Date) (fen int64) {
	c := m.items[id]
	if c.state == library.ItemLost {
		return 0
	}
	if c.waitsFor != "" {
		m.queue[c.title] = append([]string{c.waitsFor}, m.queue[c.title]...)
		c.waitsFor, c.until = "", library.Date{}
	}
	c.state = library.ItemLost
	if c.patron == "" {
		return 0
	}
	c.lostOn = today
	if fen = m.rules.lostFen; fen > 0 {
		m.owed[c.patron] = append(m.owed[c.patron], walkFee{library.ChargeLost, id, c.number, fen})
	}
	return fen
}

// pay settles a charge, given by what it is for and whether its loan is open;
// paying for a loss ends that loan.
func (m *shelf) pay(p, kind, item string, fen int64, open bool) string {
	for _, f := range m.owed[p] {
		if f.kind != kind || f.item != item || f.fen != fen || m.current(p, f) != open {
			continue
		}
		m.settle(p, f)
		if c := m.items[item]; kind == library.ChargeLost && open {
			m.ended[p]++
			c.patron, c.lostOn, c.renewed, c.due = "", library.Date{}, 0, library.Date{}
		}
		return fmt.Sprint(fen)
	}
	return "no such charge"
}
