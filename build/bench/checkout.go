package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"shuting/app/store"
)

// costs are the times of one piece of durable work done in four ways, measured
// in turn: item i of every series was measured within the same few milliseconds.
type costs struct {
	CheckOut []time.Duration // the whole of circulation.CheckOut
	OneSync  []time.Duration // the same with the engine's second sync switched off; see onesync.go
	Engine   []time.Duration // the same rows straight into the store, without records and rules
	Raw      []time.Duration // append and fsync of as many bytes
	SQLite   []time.Duration // the same rows in one transaction
	Bytes    int             // keys plus values of one check-out, median
	Rows     int
}

// contestant does one piece of durable work; after is not timed.
type contestant struct {
	times *[]time.Duration
	work  func() error
	after func() error
}

// measureCosts times n check-outs against the yardsticks, in a fresh folder.
func measureCosts(ctx context.Context, dir string, n int) (c costs, err error) {
	ours, err := openDeskIn(ctx, dir, "asis")
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, ours.close()) }()
	other, err := openDeskIn(ctx, dir, "onesync")
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, other.close()) }()
	if err := muteValueLog(other.engine); err != nil {
		return c, err
	}
	raw, err := openRaw(dir)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, raw.close()) }()
	kv, err := openTable(ctx, dir)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, kv.close()) }()
	return c, race(ctx, &c, n, ours, other, raw, kv)
}

func openDeskIn(ctx context.Context, dir, name string) (*desk, error) {
	dir = filepath.Join(dir, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, err
	}
	return openDesk(ctx, dir, small)
}

// warmUp rounds are not counted: files get their first blocks, caches fill.
const warmUp = 30

func race(ctx context.Context, c *costs, n int, ours, other *desk, raw *rawFile, kv *table) error {
	reader := 0
	lend := func(d *desk, times *[]time.Duration) contestant {
		var lent string
		return contestant{times: times,
			work: func() (err error) {
				lent, err = d.checkOut(ctx, d.patrons[reader%len(d.patrons)])
				return err
			},
			after: func() error { return d.checkIn(ctx, lent) }}
	}
	// The yardsticks write what the last check-out wrote.
	var rows []write
	var bytes int
	ourLoan := lend(ours, &c.CheckOut)
	giveBack := ourLoan.after
	ourLoan.after = func() error {
		rows, bytes = ours.counted.Last()
		return giveBack()
	}
	nothing := func() error { return nil }
	all := []contestant{ourLoan, lend(other, &c.OneSync),
		{times: &c.Engine, work: func() error { return putRows(ctx, ours.engine, rows) }, after: nothing},
		{times: &c.Raw, work: func() error { return raw.append(bytes) }, after: nothing},
		{times: &c.SQLite, work: func() error { return kv.apply(ctx, rows) }, after: nothing}}
	if err := errors.Join(ourLoan.work(), ourLoan.after()); err != nil {
		return err
	}
	var sizes []float64
	for i := range n + warmUp {
		reader = i
		for j := range all {
			// Each comes first in turn, so that none always follows the same one.
			one := all[(i+j)%len(all)]
			began := time.Now()
			err := one.work()
			took := time.Since(began)
			if err := errors.Join(err, one.after()); err != nil {
				return err
			}
			if i >= warmUp {
				*one.times = append(*one.times, took)
			}
		}
		sizes = append(sizes, float64(bytes))
	}
	c.Bytes, c.Rows = int(quantileOf(sizes, .5)), len(rows)
	if c.Bytes == 0 || c.Rows == 0 {
		return fmt.Errorf("a check-out wrote nothing: %d rows, %d bytes", c.Rows, c.Bytes)
	}
	return nil
}

// putRows writes rows beside the library, under keys that records never use.
func putRows(ctx context.Context, s store.Store, rows []write) error {
	return s.Update(ctx, func(tx store.Tx) error {
		for _, w := range rows {
			if err := tx.Set(append([]byte("zz:"), w.Key...), w.Value); err != nil {
				return err
			}
		}
		return nil
	})
}
