package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"shuting/app/library"
)

// story makes the steps of all that readers and the desk did.
func (f *filler) story() []step {
	var steps []step
	add := func(name string, s step) {
		s.name = name
		steps = append(steps, s)
	}
	all := slices.Clone(loans)
	for _, p := range piles {
		for _, barcode := range p.barcodes {
			all = append(all, loan{reader: p.reader, barcode: barcode, out: p.out})
		}
	}
	for _, l := range all {
		of := strings.ToLower(l.barcode)
		// Only a loan and a loan can change places: a return or a hold decides
		// what the next may be.
		add("loan."+of, step{ago: l.out, free: true, run: f.lend(l)})
		if l.renewed > 0 {
			add("renewal."+of, step{ago: l.renewed, run: f.renew(l)})
		}
		if l.lost > 0 {
			add("lost."+of, step{ago: l.lost, run: f.writeOff(l)})
		}
		if l.damaged > 0 {
			add("damaged."+of, step{ago: l.damaged, run: f.setAside(l)})
		}
		if l.back > 0 {
			add("return."+of, step{ago: l.back, run: f.takeBack(l)})
		}
	}
	for _, h := range holds {
		name := "hold." + h.reader + "." + strings.ToLower(h.barcode)
		add(name, step{ago: h.placed, run: f.reserve(name, h)})
		if h.cancelled > 0 {
			add("cancel."+h.reader+"."+strings.ToLower(h.barcode), step{ago: h.cancelled, run: f.giveUp(name, h)})
		}
	}
	for _, p := range people {
		if p.history > 0 {
			add("history."+p.key, step{ago: time.Duration(p.history) * day, run: f.keepHistory(p)})
		}
	}
	add("shelf", step{ago: notFetched, run: func(ctx context.Context, cmd library.Command) error {
		_, err := f.o.Circulation.ExpireHolds(ctx, cmd.At)
		return err
	}})
	return steps
}

// refused is what becomes of a step that the services refuse. In a library that
// readers have used since, it is left out of the story.
func (f *filler) refused(reasons []library.Reason) error {
	if len(reasons) == 0 || f.used {
		return nil
	}
	return fmt.Errorf("refused: %s", reasons[0].Code)
}

// lend is to a reader who has looked whether all parts are there.
func (f *filler) lend(l loan) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		a, err := f.o.Circulation.CheckOut(ctx, cmd, f.patron(l.reader), l.barcode, []string{library.ItemHasParts})
		if err != nil {
			return err
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.lent == nil {
			f.lent = map[string]bool{}
		}
		f.lent[l.barcode] = a.Done()
		return f.refused(a.Reasons)
	}
}

// isLent tells whether the loan came about. What did not must not go on: the
// book may be somebody else's.
func (f *filler) isLent(l loan) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lent[l.barcode]
}

func (f *filler) renew(l loan) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		if !f.isLent(l) {
			return nil
		}
		a, err := f.o.Circulation.Renew(ctx, cmd, f.patron(l.reader), l.barcode)
		if err != nil {
			return err
		}
		return f.refused(a.Reasons)
	}
}

// writeOff charges the reader for a book that is lost; what, the terms say.
func (f *filler) writeOff(l loan) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		if !f.isLent(l) {
			return nil
		}
		fen, err := f.o.Circulation.MarkLost(ctx, cmd, l.barcode)
		if err == nil && fen == 0 && !f.used {
			err = fmt.Errorf("nothing is charged for a lost book")
		}
		return err
	}
}

// setAside charges the reader for a book that is damaged; what, the terms say.
func (f *filler) setAside(l loan) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		if !f.isLent(l) {
			return nil
		}
		fen, err := f.o.Circulation.MarkDamaged(ctx, cmd, l.barcode, "")
		if err == nil && fen == 0 && !f.used {
			err = fmt.Errorf("nothing is charged for a damaged book")
		}
		return err
	}
}

func (f *filler) takeBack(l loan) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		if !f.isLent(l) {
			return nil
		}
		desk := Returns(f.o.Circulation)
		if l.elsewhere {
			desk = f.o.At(f.otherBranch())
		}
		a, err := desk.CheckIn(ctx, cmd, l.barcode)
		if err != nil {
			return err
		}
		if a.Outcomes[0] != l.expected && !f.used {
			return fmt.Errorf("the return is %s, not %s", a.Outcomes[0], l.expected)
		}
		return nil
	}
}

func (f *filler) reserve(name string, h hold) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		// The catalogue gave the title its id; the copy leads to it.
		a, err := f.o.Circulation.Look(ctx, h.barcode)
		if err != nil {
			return err
		}
		placed, err := f.o.Circulation.PlaceHold(ctx, cmd, f.patron(h.reader), a.Title.ID, a.Item.Type, f.o.Branch)
		if err != nil {
			return err
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.holds == nil {
			f.holds = map[string]string{}
		}
		f.holds[name] = placed.Hold
		return f.refused(placed.Reasons)
	}
}

func (f *filler) giveUp(name string, h hold) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		f.mu.Lock()
		placed := f.holds[name]
		f.mu.Unlock()
		if placed == "" {
			return nil
		}
		_, err := f.o.Circulation.CancelHold(ctx, cmd, f.patron(h.reader), placed)
		return err
	}
}

func (f *filler) keepHistory(p person) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		return f.o.Circulation.SetHistory(ctx, cmd, f.patron(p.key), true)
	}
}
