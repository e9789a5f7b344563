package circulation

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// corner is one part of the walk.
type corner struct {
	*shelf
	h                *house
	rnd              *rand.Rand
	name             string
	now              time.Time
	titles, barcodes []string
	last             string // the item of the step before
	n                int    // steps, which name the commands
	said             map[string]int
}

func newCorner(h *house, number int, seed uint64) *corner {
	c := &corner{h: h, rnd: rand.New(rand.NewPCG(seed, uint64(number)+10)), name: fmt.Sprintf("c%d", number), said: map[string]int{},
		shelf: &shelf{rules: allRules[0], items: map[string]*copyOf{}, queue: map[string][]string{}, owed: map[string][]walkFee{}, ended: map[string]int{}}}
	for i, copies := range []int{1, 1, 2, 2, 3} {
		title := fmt.Sprintf("%st%d", c.name, i)
		c.titles = append(c.titles, title)
		var own []string
		for n := range copies {
			id := fmt.Sprintf("%sB%d%d", c.name, i, n)
			own, c.items[id] = append(own, id), &copyOf{title: title, state: library.ItemAvailable}
		}
		h.addTitle(title, own...)
		c.barcodes = append(c.barcodes, own...)
	}
	for i := range 4 {
		c.patrons = append(c.patrons, fmt.Sprintf("%sp%d", c.name, i))
	}
	h.addPatrons(c.patrons...)
	h.setHistory(c.patrons[0], true)
	c.last = c.barcodes[0]
	return c
}

func pick[T any](rnd *rand.Rand, from []T) T { return from[rnd.IntN(len(from))] }

// command is the next one of this corner, a moment after the one before.
func (c *corner) command() library.Command {
	c.n++
	c.now = c.now.Add(time.Duration(1+c.rnd.IntN(40_000)) * time.Millisecond)
	return library.Command{ID: fmt.Sprintf("%s-%s.%d", kiosk, c.name, c.n), Visit: "v", Actor: "patron", At: c.now}
}

func (c *corner) today() library.Date { return library.DateOf(c.now, zone) }

// act is one step: what the service says, and what the model says to the same.
// do may be run again with the same command and must then say the same.
type act struct {
	what, item, patron, title string
	do                        func(library.Command) (string, error)
	model                     func() string
}

func (c *corner) lending(what string, p, id string, cmd library.Command) act {
	ctx := context.Background()
	a := act{what: what, item: id, patron: p, title: c.items[id].title}
	today := library.DateOf(cmd.At, zone)
	switch what {
	case "out":
		a.do = func(cmd library.Command) (string, error) {
			got, err := c.h.CheckOut(ctx, cmd, p, id, nil)
			return codes(got.Reasons), err
		}
		a.model = func() string { return c.out(p, id, today) }
	case "in":
		a.do = func(cmd library.Command) (string, error) {
			got, err := c.h.CheckIn(ctx, cmd, id)
			return strings.Join(got.Outcomes, " "), err
		}
		a.model = func() string { return c.in(id, cmd.At, today) }
	default:
		a.do = func(cmd library.Command) (string, error) {
			got, err := c.h.Renew(ctx, cmd, p, id)
			return codes(got.Reasons), err
		}
		a.model = func() string { return c.renew(p, id, today) }
	}
	return a
}

// draw makes up the next step.
func (c *corner) draw(cmd library.Command) act {
	ctx := context.Background()
	p, id, title := pick(c.rnd, c.patrons), pick(c.rnd, c.barcodes), pick(c.rnd, c.titles)
	if c.rnd.IntN(8) == 0 {
		id = c.last // once more the item that was just scanned
	}
	c.last = id
	today := c.today()
	switch n := c.rnd.IntN(100); {
	case n < 34:
		if w := c.items[id].waitsFor; w != "" && c.rnd.IntN(2) == 0 {
			p = w // or hardly any hold would be picked up
		}
		return c.lending("out", p, id, cmd)
	case n < 56:
		return c.lending("in", p, id, cmd)
	case n < 66:
		if holder := c.items[id].patron; holder != "" && c.rnd.IntN(3) > 0 {
			p = holder // or hardly anything would be renewed
		}
		return c.lending("renew", p, id, cmd)
	case n < 70:
		return c.renewEach(p, today)
	case n < 83:
		return act{what: "hold", patron: p, title: title, model: func() string { return c.hold(p, title) },
			do: func(cmd library.Command) (string, error) {
				a, err := c.h.PlaceHold(ctx, cmd, p, title, "", "main")
				return codes(a.Reasons), err
			}}
	case n < 89:
		if open := c.holds(p); len(open) > 0 {
			slices.Sort(open)
			title = pick(c.rnd, open)
		}
		hold := c.holdFor(p, title)
		return act{what: "cancel", patron: p, title: title, model: func() string { return fmt.Sprint(c.cancel(p, title, today)) },
			do: func(cmd library.Command) (string, error) {
				ok, err := c.h.CancelHold(ctx, cmd, p, hold)
				return fmt.Sprint(ok), err
			}}
	case n < 94:
		if id = pick(c.rnd, c.barcodes); c.items[id].patron == "" {
			id = pick(c.rnd, c.barcodes) // rather one that somebody has
		}
		return act{what: "lose", item: id, patron: p, title: c.items[id].title, model: func() string { return fmt.Sprint(c.lose(id, today)) },
			do: func(cmd library.Command) (string, error) {
				fen, err := c.h.MarkLost(ctx, cmd, id)
				return fmt.Sprint(fen), err
			}}
	}
	return c.payment(p)
}

// holdFor is the id of the patron's open hold of a title, or of none.
func (c *corner) holdFor(p, title string) (id string) {
	id = "none"
	c.h.view(func(t *records.Tx) error {
		open, err := t.OpenHolds(p)
		for _, h := range open {
			if h.Title == title {
				id = h.ID
			}
		}
		return err
	})
	return id
}

// renewEach renews all of a patron's loans. Their answers do not hang on each
// other, so the model may take them in any order.
func (c *corner) renewEach(p string, today library.Date) act {
	return act{what: "renew all", patron: p, title: c.titles[0],
		do: func(cmd library.Command) (string, error) {
			all, err := c.h.RenewAll(context.Background(), cmd, p)
			var said []string
			for _, a := range all {
				said = append(said, a.Barcode+":"+codes(a.Reasons))
			}
			slices.Sort(said)
			return strings.Join(said, ","), err
		},
		model: func() string {
			var said []string
			for _, id := range c.barcodes {
				if c.items[id].patron == p {
					said = append(said, id+":"+c.renew(p, id, today))
				}
			}
			slices.Sort(said)
			return strings.Join(said, ",")
		}}
}

// payment pays one of the patron's charges, if there is any.
func (c *corner) payment(p string) act {
	a := act{what: "pay nothing", patron: p, title: c.titles[0], do: func(library.Command) (string, error) { return "", nil },
		model: func() string { return map[bool]string{false: "owes"}[len(c.owed[p]) == 0] }}
	c.h.view(func(t *records.Tx) error {
		open, err := t.OpenCharges(p)
		if err != nil || len(open) == 0 {
			return err
		}
		ch := pick(c.rnd, open)
		l, err := t.Loan(ch.Loan)
		a.what, a.item = "pay", l.Item
		a.do = func(cmd library.Command) (string, error) {
			fen, err := c.h.Pay(context.Background(), cmd, p, ch.ID)
			return fmt.Sprint(fen), err
		}
		a.model = func() string { return c.pay(p, ch.Kind, l.Item, ch.Fen, l.Open()) }
		return err
	})
	return a
}

// step does one act, sometimes several times under the same command, and holds
// what it touched against the model.
func (c *corner) step() error {
	cmd := c.command()
	a := c.draw(cmd)
	want := a.model()
	for n := range 1 + c.rnd.IntN(10)/9 {
		got, err := a.do(cmd)
		if err != nil || got != want {
			return fmt.Errorf("%s, step %d: %s of %q by %s (title %s), repeat %d: %q (%w), the model says %q", c.name, c.n, a.what, a.item, a.patron, a.title, n, got, err, want)
		}
	}
	c.said[a.what+" "+want]++
	return c.same([]string{a.item}, []string{a.patron}, []string{a.title})
}

// same holds a part of the store against the model.
func (c *corner) same(items, patrons, titles []string) error {
	err := c.h.records.View(context.Background(), func(tx *records.Tx) error {
		var err error
		for _, id := range items {
			if id != "" {
				err = errors.Join(err, c.sameItem(tx, id))
			}
		}
		for _, p := range patrons {
			err = errors.Join(err, c.samePatron(tx, p))
		}
		for _, title := range titles {
			err = errors.Join(err, c.sameQueue(tx, title))
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s, step %d: %w", c.name, c.n, err)
	}
	return nil
}

func (c *corner) sameAll() error { return c.same(c.barcodes, c.patrons, c.titles) }
