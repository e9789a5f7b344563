package circulation

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// The terms of the walk: small limits, so that every one of them is met.
const (
	walkLimit, walkDays, walkRenewDays, walkHolds, walkShelf = 3, 10, 10, 2, 4
)

// shelf is the model: what a library with these terms looks like, by plain
// reasoning and without a store.
type shelf struct {
	items map[string]*copyOf
	queue map[string][]string // title → patrons who wait
}

type copyOf struct {
	title    string
	state    library.ItemState
	patron   string // of the open loan
	due      library.Date
	renewed  bool
	waitsFor string // patron of the ready hold
	returned time.Time
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

func (m *shelf) holds(p string) (titles []string) {
	for title, queue := range m.queue {
		for _, q := range queue {
			if q == p {
				titles = append(titles, title)
			}
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

func (m *shelf) waits(p, title string) int {
	for i, q := range m.queue[title] {
		if q == p {
			return i
		}
	}
	return -1
}

func (m *shelf) out(p, id string, today library.Date) bool {
	c := m.items[id]
	loans, overdue := m.loans(p), m.overdue(p, today)
	if c.state == library.ItemLost && c.patron == p {
		loans--
		if today.After(c.due) {
			overdue--
		}
	}
	queue := m.queue[c.title]
	switch {
	case c.state == library.ItemOnLoan, loans >= walkLimit, overdue > 0, m.has(p, c.title, id),
		c.state == library.ItemOnShelf && c.waitsFor != p,
		c.state != library.ItemOnShelf && len(queue) > 0 && queue[0] != p:
		return false
	}
	if c.waitsFor == "" {
		if i := m.waits(p, c.title); i >= 0 {
			m.queue[c.title] = append(append([]string{}, queue[:i]...), queue[i+1:]...)
		}
	}
	*c = copyOf{title: c.title, state: library.ItemOnLoan, patron: p, due: today.AddDays(walkDays), returned: c.returned}
	return true
}

func (m *shelf) in(id string, now time.Time) string {
	c := m.items[id]
	lost := c.state == library.ItemLost
	if c.patron == "" && !c.returned.IsZero() && now.Sub(c.returned) < time.Minute {
		return library.AlreadyReturnedNow
	}
	if c.patron == "" && !lost {
		return library.NotOnLoan
	}
	var said []string
	*c = copyOf{title: c.title, state: library.ItemAvailable, returned: now}
	if q := m.queue[c.title]; len(q) > 0 {
		c.state, c.waitsFor = library.ItemOnShelf, q[0]
		m.queue[c.title] = q[1:]
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

func (m *shelf) renew(p, id string, today library.Date) bool {
	c := m.items[id]
	others := 0
	for _, q := range m.queue[c.title] {
		if q != p {
			others++
		}
	}
	if c.patron != p || c.state != library.ItemOnLoan || c.renewed || others > 0 || m.overdue(p, today) > 0 {
		return false
	}
	c.renewed = true
	if today.After(c.due) {
		c.due = today
	}
	c.due = c.due.AddDays(walkRenewDays)
	return true
}

func (m *shelf) hold(p, title string) bool {
	open := m.holds(p)
	for _, t := range open {
		if t == title {
			return false
		}
	}
	if len(open) >= walkHolds || m.has(p, title, "") {
		return false
	}
	m.queue[title] = append(m.queue[title], p)
	return true
}

// compare holds the store against the model.
func (m *shelf) compare(h *house, patrons []string) {
	h.Helper()
	h.wantClean()
	h.view(func(tx *records.Tx) error {
		for id, c := range m.items {
			it, err := tx.Item(id)
			if err != nil {
				return err
			}
			var l library.Loan
			if it.LoanID != "" {
				if l, err = tx.Loan(it.LoanID); err != nil {
					return err
				}
			}
			var ready library.Hold
			if it.HoldID != "" {
				if ready, err = tx.Hold(it.HoldID); err != nil {
					return err
				}
			}
			got := copyOf{title: it.TitleID, state: it.State, patron: l.Patron, due: l.Due, renewed: l.Renewals > 0, waitsFor: ready.Patron, returned: c.returned}
			if got != *c {
				h.Errorf("item %s is %+v, the model says %+v", id, got, *c)
			}
		}
		for title, want := range m.queue {
			queue, err := tx.Queue(title)
			if err != nil {
				return err
			}
			got := []string{}
			for _, hold := range queue {
				got = append(got, hold.Patron)
			}
			if !reflect.DeepEqual(got, append([]string{}, want...)) {
				h.Errorf("for %s wait %v, the model says %v", title, got, want)
			}
		}
		for _, p := range patrons {
			s, err := tx.Standing(p)
			if err != nil {
				return err
			}
			if s.Loans != m.loans(p) || s.Holds != len(m.holds(p)) {
				h.Errorf("%s has %+v, the model says %d loans and %d holds", p, s, m.loans(p), len(m.holds(p)))
			}
		}
		return nil
	})
}

// steps of the walk; SHUTING_WALK asks for another number in long runs.
func walkSteps(t *testing.T) int {
	text, ok := os.LookupEnv("SHUTING_WALK")
	if !ok {
		return 2000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestARandomWalkAgreesWithAPlainModel(t *testing.T) {
	steps, seed := walkSteps(t), uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 2))
	h := newHouse(t)
	h.policy(func(p *library.Policy) {
		p.LoanLimit, p.LoanDays, p.RenewDays, p.Holds, p.ShelfDays = walkLimit, walkDays, walkRenewDays, walkHolds, walkShelf
	})
	m := &shelf{items: map[string]*copyOf{}, queue: map[string][]string{}}
	var titles, barcodes []string
	for i, copies := range []int{1, 1, 2, 2, 3} {
		title := fmt.Sprint("t", i)
		titles = append(titles, title)
		var own []string
		for n := range copies {
			id := fmt.Sprintf("B%d%d", i, n)
			own, m.items[id] = append(own, id), &copyOf{title: title, state: library.ItemAvailable}
		}
		h.addTitle(title, own...)
		barcodes = append(barcodes, own...)
	}
	patrons := []string{"p1", "p2", "p3", "p4"}
	h.addPatrons(patrons...)

	said, last := map[string]int{}, barcodes[0]
	ctx := context.Background()
	for step := 1; step <= steps; step++ {
		p, id, title := patrons[rnd.IntN(len(patrons))], barcodes[rnd.IntN(len(barcodes))], titles[rnd.IntN(len(titles))]
		switch holder := m.items[id].patron; {
		case step%8 == 5 && holder != "" && rnd.IntN(2) == 0:
			p = holder // or hardly anything would be renewed
		case step%8 == 4 && rnd.IntN(3) == 0:
			id = last // once more the item that was just scanned
		}
		last = id
		cmd, today := h.command(), h.today()
		repeats := 1 + rnd.IntN(10)/9
		var got, want, what string
		for n := range repeats {
			var err error
			switch op := step % 8; op {
			case 0, 1, 2:
				var a library.LoanAnswer
				a, err = h.CheckOut(ctx, cmd, p, id, nil)
				what, got = "out", fmt.Sprint(a.Done())
				if n == 0 {
					want = fmt.Sprint(m.out(p, id, today))
				}
			case 3, 4:
				var a library.ReturnAnswer
				a, err = h.CheckIn(ctx, cmd, id)
				what, got = "in", strings.Join(a.Outcomes, " ")
				if n == 0 {
					want = m.in(id, *h.now)
				}
			case 5:
				var a library.LoanAnswer
				a, err = h.Renew(ctx, cmd, p, id)
				what, got = "renew", fmt.Sprint(a.Done())
				if n == 0 {
					want = fmt.Sprint(m.renew(p, id, today))
				}
			case 6:
				var rs []library.Reason
				rs, err = h.PlaceHold(ctx, cmd, p, title, library.Book, "")
				what, got = "hold", fmt.Sprint(len(rs) == 0)
				if n == 0 {
					want = fmt.Sprint(m.hold(p, title))
				}
			default:
				if c := m.items[id]; rnd.IntN(3) == 0 && c.state != library.ItemOnShelf && n == 0 {
					what = "lost"
					c.state = library.ItemLost
					h.editItem(id, func(it *library.Item) { it.State = library.ItemLost })
				}
			}
			if err != nil || got != want {
				t.Fatalf("seed %d, step %d: %s of %s by %s (title %s), repeat %d: %q (%v), the model says %q", seed, step, what, id, p, title, n, got, err, want)
			}
		}
		said[what+" "+got]++
		switch rnd.IntN(6) {
		case 0:
			h.days(rnd.IntN(3))
		case 1, 2, 3:
			h.pass(time.Duration(rnd.IntN(100)) * time.Second)
		}
		if step%200 == 0 || step == steps {
			if m.compare(h, patrons); t.Failed() {
				t.Fatalf("seed %d, step %d", seed, step)
			}
		}
		if step%700 == 0 {
			h.reopen()
		}
	}
	t.Logf("%v", said)
	for _, met := range []string{"out true", "out false", "in returned", "in returned_reserved", "in already_returned_now", "renew true", "renew false", "hold true", "hold false", "lost "} {
		if said[met] == 0 {
			t.Errorf("seed %d: the walk never came to %q", seed, met)
		}
	}
}
