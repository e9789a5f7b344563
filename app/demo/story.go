package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"shuting/app/library"
)

// loan is one book in somebody's hands, and perhaps its way back.
type loan struct {
	reader   string // key
	barcode  string
	out      time.Duration // before now
	back     time.Duration // before now; 0 = still out
	expected string        // what the return must say
}

// hold is a wish for the title of a copy.
type hold struct {
	reader  string
	barcode string
	placed  time.Duration // before now
}

// What happened in the last months. A comment names the title of the copy.
var (
	loans = []loan{
		// 围城, and a second copy of it is on the strip
		{reader: "adult", barcode: "LQ002001", out: 12 * day},
		// 昆虫记: due in two days
		{reader: "adult", barcode: "LQ005502", out: 28 * day},
		// 余震: read and returned
		{reader: "adult", barcode: "LQ002801", out: 55 * day, back: 33 * day, expected: library.Returned},
		// 夏洛的网
		{reader: "child", barcode: "LQ004902", out: 8 * day},
		// 射鵰英雄傳
		{reader: "senior", barcode: "LQ006901", out: 10 * day},
		// 唐山大地震
		{reader: "staff", barcode: "LQ003002", out: 15 * day},
		// 呐喊 and 小王子: due twenty days ago
		{reader: "overdue", barcode: "LQ001602", out: 50 * day},
		{reader: "overdue", barcode: "LQ005002", out: 50 * day},
		// 百年孤独: two others wait for it
		{reader: "neighbour", barcode: "LQ005901", out: 10 * day},
		// 雪国, 棋王, 我是猫, 夜观星空: no other copy, so none is on the shelf
		{reader: "neighbour", barcode: "LQ030901", out: 24 * day},
		{reader: "neighbour", barcode: "LQ026401", out: 21 * day},
		{reader: "neighbour", barcode: "LQ031001", out: 16 * day},
		{reader: "neighbour", barcode: "LQ020401", out: 6 * day},
		// 繁花, of which another copy is on the shelf
		{reader: "neighbour", barcode: "LQ026001", out: 9 * day},
		// 我们仨 and 从一到无穷大: now on the hold shelf
		{reader: "neighbour", barcode: "LQ002701", out: 29 * day, back: 26 * time.Hour, expected: library.ReturnedReserved},
		{reader: "neighbour", barcode: "LQ005601", out: 27 * day, back: 20 * time.Hour, expected: library.ReturnedReserved},
		// 论语译注: on its way home to the other branch
		{reader: "neighbour", barcode: "LQ000602", out: 15 * day, back: 6 * time.Hour, expected: library.ReturnedOtherBranch},
	}

	// pile is what the reader at the limit has.
	pile = []string{"LQ000103", "LQ000202", "LQ000302", "LQ000402", "LQ001202", "LQ002302", "LQ002402", "LQ002602", "LQ004702", "LQ005302"}

	holds = []hold{
		// 我们仨 and 从一到无穷大: ready since yesterday
		{reader: "senior", barcode: "LQ002701", placed: 20 * day},
		{reader: "adult", barcode: "LQ005601", placed: 18 * day},
		// 百年孤独: first and second in the queue
		{reader: "teen", barcode: "LQ005901", placed: 7 * day},
		{reader: "staff", barcode: "LQ005901", placed: 5 * day},
	}
)

func (f *filler) story() []step {
	var steps []step
	all := slices.Clone(loans)
	for i, barcode := range pile {
		all = append(all, loan{reader: "limit", barcode: barcode, out: 5*day + time.Duration(len(pile)-i)*time.Minute})
	}
	for _, l := range all {
		steps = append(steps, step{name: "loan." + strings.ToLower(l.barcode), ago: l.out, run: f.lend(l)})
		if l.back > 0 {
			steps = append(steps, step{name: "return." + strings.ToLower(l.barcode), ago: l.back, run: f.takeBack(l)})
		}
	}
	for _, h := range holds {
		steps = append(steps, step{name: "hold." + h.reader + "." + strings.ToLower(h.barcode), ago: h.placed, run: f.reserve(h)})
	}
	return steps
}

func (f *filler) lend(l loan) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		a, err := f.o.Circulation.CheckOut(ctx, cmd, f.patron(l.reader), l.barcode, nil)
		if err != nil {
			return err
		}
		return refused(a.Reasons)
	}
}

func (f *filler) takeBack(l loan) func(context.Context, library.Command) error {
	return func(ctx context.Context, cmd library.Command) error {
		a, err := f.o.Circulation.CheckIn(ctx, cmd, l.barcode)
		if err != nil {
			return err
		}
		if a.Outcomes[0] != l.expected {
			return fmt.Errorf("the return is %s, not %s", a.Outcomes[0], l.expected)
		}
		return nil
	}
}

func (f *filler) reserve(h hold) func(context.Context, library.Command) error {
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
		return refused(placed.Reasons)
	}
}

func refused(reasons []library.Reason) error {
	if len(reasons) == 0 {
		return nil
	}
	return fmt.Errorf("refused: %s", reasons[0].Code)
}
