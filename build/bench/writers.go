package main

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	writers = 10
	each    = 5 // check-outs of each writer in one round
)

// throughput holds, for each round, how long the same check-outs took one after
// another and with ten readers at once.
type throughput struct {
	One, Ten []time.Duration
	Commits  float64 // durable commits for each check-out with ten writers
	CheckOut int     // check-outs in a round
}

// measureWriters compares one writer with ten, in turn, in a fresh folder.
func measureWriters(ctx context.Context, dir string, rounds int) (t throughput, err error) {
	d, err := openDeskIn(ctx, dir, "writers")
	if err != nil {
		return t, err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	t.CheckOut = writers * each
	commits := 0
	for i := range rounds + 2 { // the first two warm up
		for j := range 2 {
			ten := (i+j)%2 == 1
			before := d.counted.Commits()
			took, err := d.rush(ctx, ten)
			if err != nil {
				return t, err
			}
			switch {
			case i < 2:
			case ten:
				t.Ten = append(t.Ten, took)
				commits += d.counted.Commits() - before
			default:
				t.One = append(t.One, took)
			}
			for range t.CheckOut {
				if err := d.giveBackOldest(ctx); err != nil {
					return t, err
				}
			}
		}
	}
	t.Commits = float64(commits) / float64(rounds*t.CheckOut)
	return t, nil
}

// rush lends five items to each of ten patrons, one patron after another or all
// at once, and returns how long that took. The work is the same both ways.
func (d *desk) rush(ctx context.Context, ten bool) (time.Duration, error) {
	baskets := make([][]string, writers)
	for i := range baskets {
		for range each {
			baskets[i] = append(baskets[i], d.take())
		}
	}
	faults := make([]error, writers)
	one := func(i int) {
		for _, barcode := range baskets[i] {
			if faults[i] = d.lend(ctx, d.patrons[i], barcode); faults[i] != nil {
				return
			}
		}
	}
	began := time.Now()
	if ten {
		var all sync.WaitGroup
		for i := range writers {
			all.Go(func() { one(i) })
		}
		all.Wait()
	} else {
		for i := range writers {
			one(i)
		}
	}
	took := time.Since(began)
	return took, errors.Join(faults...)
}

// giveBackOldest returns the item that was taken longest ago in this round.
func (d *desk) giveBackOldest(ctx context.Context) error {
	b := d.barcodes[d.returned%len(d.barcodes)]
	d.returned++
	return d.checkIn(ctx, b)
}
