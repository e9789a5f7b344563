package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"shuting/app/library"
)

// crowdFew is the library of a village, against which the large one is measured.
const crowdFew = 1000

// crowdedRounds are the check-outs and renewals timed in each library.
const crowdedRounds = 1500

// acts are the times of what was done in one library.
type acts struct {
	CheckOut, RenewAll []time.Duration
	Look               []time.Duration // finding an item and its title, which writes nothing
}

// crowdedTimes compares two libraries, measured in turn.
type crowdedTimes struct {
	Large, Few     acts
	Wide, FewAgain acts // a second run: the large one with more of its indexes in memory
	Tables, Bytes  int  // of the large one
}

// measureCrowded fills a library of so many items and one of crowdFew, and
// measures both in one process.
func measureCrowded(ctx context.Context, dir string, items int) (t crowdedTimes, err error) {
	large, err := openBranch(ctx, dir, "large", items)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, large.close()) }()
	few, err := openBranch(ctx, dir, "few", crowdFew)
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, few.close()) }()
	if t.Tables, t.Bytes, err = tables(filepath.Join(dir, "large")); err != nil {
		return t, err
	}
	if err := inTurn(ctx, []*place{{large, &t.Large, ""}, {few, &t.Few, ""}}); err != nil {
		return t, err
	}
	if err := widenIndexCache(large.engine, wideIndex); err != nil {
		return t, err
	}
	return t, inTurn(ctx, []*place{{large, &t.Wide, ""}, {few, &t.FewAgain, ""}})
}

// crowdedDesk is an open library with the crowd in it.
type crowdedDesk struct {
	*desk
	*crowd
}

// place is a library with the times that were measured in it.
type place struct {
	crowdedDesk
	times *acts
	out   string // the item that was lent last; "" = none
}

func openBranch(ctx context.Context, dir, name string, items int) (crowdedDesk, error) {
	dir = filepath.Join(dir, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return crowdedDesk{}, err
	}
	d, c, err := openCrowd(ctx, dir, items)
	return crowdedDesk{d, c}, err
}

// inTurn does the same in every place, each first in turn. The warm-up is not
// counted.
func inTurn(ctx context.Context, places []*place) error {
	chance := rand.New(rand.NewPCG(56, 56))
	for i := range crowdedRounds + warmUp {
		for j := range places {
			p := places[(i+j)%len(places)]
			if err := p.once(ctx, chance, i >= warmUp); err != nil {
				return err
			}
		}
	}
	for _, p := range places {
		if err := p.checkIn(ctx, p.out); err != nil {
			return err
		}
	}
	return nil
}

// once renews all loans of a random reader, looks at a random item and lends a
// random item to a random visitor. The item lent before comes back in between,
// not timed: after many changes at once the writer waits a moment for more, which
// must fall upon neither of the two that are timed.
func (p *place) once(ctx context.Context, chance *rand.Rand, counts bool) error {
	timed := func(times *[]time.Duration, work func() error) error {
		began := time.Now()
		err := work()
		if counts {
			*times = append(*times, time.Since(began))
		}
		return err
	}
	anItem := func() string { return p.free(chance.IntN(p.items / 4)) }
	lent, visitor, reader, seen := anItem(), p.visitors[chance.IntN(len(p.visitors))], p.readers[chance.IntN(len(p.readers))], anItem()
	err := errors.Join(
		timed(&p.times.RenewAll, func() error { return p.renewAll(ctx, reader) }),
		timed(&p.times.Look, func() error { return p.look(ctx, seen) }))
	if p.out != "" {
		err = errors.Join(err, p.checkIn(ctx, p.out))
	}
	p.out = lent
	return errors.Join(err, timed(&p.times.CheckOut, func() error { return p.lend(ctx, visitor, lent) }))
}

func (d *desk) look(ctx context.Context, barcode string) error {
	a, err := d.lending.Look(ctx, barcode)
	if err == nil && !a.Known {
		err = errors.New("look: unknown item")
	}
	return err
}

// renewAll renews the loans of a reader with full hands; all must be renewed.
func (d *desk) renewAll(ctx context.Context, reader string) error {
	answers, err := d.lending.RenewAll(ctx, command(), reader)
	if err != nil {
		return fmt.Errorf("renew all: %w", err)
	}
	renewed := 0
	for _, a := range answers {
		if a.Known && a.Done() {
			renewed++
		}
	}
	if renewed != fullHands {
		return fmt.Errorf("renew all: %d of %d renewed, first answer %v", renewed, len(answers), firstReasons(answers))
	}
	return nil
}

func firstReasons(answers []library.RenewAnswer) []library.Reason {
	for _, a := range answers {
		if len(a.Reasons) > 0 {
			return a.Reasons
		}
	}
	return nil
}

// crowdedPart compares lending in a library of a million items with lending in a
// small one.
func crowdedPart(ctx context.Context, b *bench) ([]row, error) {
	items := b.count(1_000_000, 100_000)
	var t crowdedTimes
	if err := child(ctx, b.work, "crowded", items, nil, &t); err != nil {
		return nil, err
	}
	return crowdedRows(items, t), nil
}

func crowdedRows(items int, t crowdedTimes) []row {
	size := fmt.Sprintf(", %s items and %s patrons", thousands(items), thousands(items/itemsPerPatron))
	than := fmt.Sprintf("%s and %s", thousands(crowdFew), thousands(crowdFew/itemsPerPatron))
	why := whyCrowded(t)
	both := func(what string, large, few []time.Duration) []row {
		return []row{
			{What: what, Yardstick: than, Seen: versus(large, few), Ratio: ratio(large, few, stretches), Aim: atMost(1.2), Why: why},
			{What: what + ": p99", Yardstick: than + ", p99", Seen: versusAt(large, few, .99), Ratio: ratioAt(large, few, .99, stretches), Aim: atMost(1.2), Why: why},
		}
	}
	rows := append(both("check-out"+size, t.Large.CheckOut, t.Few.CheckOut),
		both("renewing all ten loans"+size, t.Large.RenewAll, t.Few.RenewAll)...)
	wide := fmt.Sprintf(", %d MB for indexes", wideIndex>>20)
	return append(rows,
		row{What: "finding an item and its title" + size, Yardstick: than, Seen: versus(t.Large.Look, t.Few.Look), Ratio: ratio(t.Large.Look, t.Few.Look, stretches)},
		row{What: "experiment: check-out" + size + wide, Yardstick: than, Seen: versus(t.Wide.CheckOut, t.FewAgain.CheckOut),
			Ratio: ratio(t.Wide.CheckOut, t.FewAgain.CheckOut, stretches)},
		row{What: "experiment: renewing all ten loans" + size + wide, Yardstick: than, Seen: versus(t.Wide.RenewAll, t.FewAgain.RenewAll),
			Ratio: ratio(t.Wide.RenewAll, t.FewAgain.RenewAll, stretches)})
}
