package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// A crowd is a library filled straight through records, many records in a
// change, because the services would take hours over a million items. Its shape
// is the same at every size: five items to a patron, two copies to a title; one
// patron in ten has a full ten loans, one has two.
//
// Only second copies of even titles are on loan, and only first copies of odd
// ones are lent by the measurement: nobody is asked about a second copy of what
// he already has.
type crowd struct {
	items    int
	lentTo   []string // loan that the second copy of each even title is out on; "" = none
	readers  []string // those with ten loans
	visitors []string // those with two
}

const (
	itemsPerPatron = 5
	fullHands      = 10
	someLoans      = 2
	tenth          = 10 // of so many patrons one has full hands, and one some loans
	// least is the smallest crowd that has its shape; sizes are whole multiples.
	least = 4 * itemsPerPatron * tenth

	// scatter is prime to every size in use: the loans of one patron lie far
	// apart in the library, as they do on the shelves.
	scatter = 7919
)

func crowdOf(items int) (*crowd, error) {
	if items < least || items%least != 0 {
		return nil, fmt.Errorf("a crowd of %d items: not a multiple of %d", items, least)
	}
	return &crowd{items: items, lentTo: make([]string, items/4)}, nil
}

func (c *crowd) patrons() int { return c.items / itemsPerPatron }

// free is the barcode of the n-th item that may be lent, 0 ≤ n < items/4.
func (c *crowd) free(n int) string { return barcode(2*n+1, 0) }

func crowdPatron(n int) string { return fmt.Sprintf("%s-p%07d", kiosk, n) }

func loansOf(patron int) int {
	switch patron % tenth {
	case 0:
		return fullHands
	case 1:
		return someLoans
	}
	return 0
}

// fill writes the whole crowd. A change carries ten titles with their copies, or
// ten patrons with what they have.
func (c *crowd) fill(ctx context.Context, d *desk) error {
	policies := library.DefaultPolicies()
	for i := range policies {
		if policies[i].Renewals > 0 {
			policies[i].Renewals = 1000 // the same loans are renewed again and again
		}
	}
	err := d.change(ctx, func(t *records.Tx) error { return t.PutSetting(records.SettingPolicies, policies) })
	if err != nil {
		return fmt.Errorf("policies: %w", err)
	}
	today := library.DateOf(time.Now(), time.UTC)
	for from, loans := 0, 0; from < c.patrons(); from += batch {
		var some []library.Loan
		for p := from; p < from+batch; p++ {
			for range loansOf(p) {
				at := loans * scatter % len(c.lentTo)
				loans++
				some = append(some, library.Loan{ID: fmt.Sprintf("%s-l%07d", kiosk, loans), Patron: crowdPatron(p),
					Item: itemID(2*at, 1), Title: titleID(2 * at), ItemType: library.Book, Out: time.Now().UTC(), Due: today.AddDays(30),
					Branch: branch, Origin: "own"})
				c.lentTo[at] = some[len(some)-1].ID
			}
		}
		if err := c.putPatrons(ctx, d, from, some); err != nil {
			return fmt.Errorf("patrons: %w", err)
		}
	}
	for from := 0; from < c.items/2; from += batch {
		err := d.change(ctx, func(t *records.Tx) error {
			for i := from; i < from+batch; i++ {
				if err := c.putTitle(t, i); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("titles: %w", err)
		}
	}
	return nil
}

func (c *crowd) putPatrons(ctx context.Context, d *desk, from int, loans []library.Loan) error {
	sealed := make([]records.SealedPersonal, batch)
	for i := range sealed {
		var err error
		sealed[i], err = d.records.SealPersonal(crowdPatron(from+i), library.Personal{Name: "量者", CardNumber: crowdCard(from + i),
			Born: library.Date{Year: 1990, Month: time.May, Day: 1 + i}})
		if err != nil {
			return err
		}
	}
	err := d.change(ctx, func(t *records.Tx) error {
		for i := range sealed {
			p := library.Patron{ID: crowdPatron(from + i), Category: library.Adult, Branch: branch}
			standing := library.Standing{ByType: map[library.ItemType]int{}}
			if n := loansOf(from + i); n > 0 {
				standing.Loans, standing.ByType[library.Book] = n, n
			}
			err := errors.Join(t.PutPatron(p), t.PutPersonal(p.ID, sealed[i]), t.PutStanding(p.ID, standing),
				t.PutCard(d.records.CardKey(crowdCard(from+i)), library.Card{Patron: p.ID, State: library.CardActive}))
			if err != nil {
				return err
			}
		}
		for _, l := range loans {
			if err := t.PutLoan(l); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for p := from; p < from+batch; p++ {
		switch loansOf(p) {
		case fullHands:
			c.readers = append(c.readers, crowdPatron(p))
		case someLoans:
			c.visitors = append(c.visitors, crowdPatron(p))
		}
	}
	return nil
}

func crowdCard(patron int) string { return fmt.Sprintf("BENCH%07d", patron) }

// putTitle writes a title with two copies, the second on loan if it is.
func (c *crowd) putTitle(t *records.Tx, i int) error {
	if err := putTitle(t, i, 2); err != nil || i%2 != 0 || c.lentTo[i/2] == "" {
		return err
	}
	it, err := t.Item(itemID(i, 1))
	if err != nil {
		return err
	}
	it.State, it.LoanID = library.ItemOnLoan, c.lentTo[i/2]
	return t.PutItem(it)
}

func (d *desk) change(ctx context.Context, fn func(*records.Tx) error) error {
	_, err := d.records.Do(ctx, command(), "fill", func(t *records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done"}, fn(t)
	})
	return err
}

// openCrowd fills a library in dir, closes it and opens it again, as a kiosk
// finds its library in the morning, and waits until the engine has put its
// tables in order and checked them.
func openCrowd(ctx context.Context, dir string, items int) (*desk, *crowd, error) {
	c, err := crowdOf(items)
	if err != nil {
		return nil, nil, err
	}
	d, err := openLibrary(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	// Half the syncs of a long fill; the library is opened anew before it is measured.
	err = muteValueLog(d.engine)
	if err == nil {
		err = c.fill(ctx, d)
	}
	if err := errors.Join(err, d.close()); err != nil {
		return nil, nil, err
	}
	if d, err = openLibrary(ctx, dir); err != nil {
		return nil, nil, err
	}
	if err := d.awaitRest(ctx, filepath.Join(dir, "library")); err != nil {
		return nil, nil, errors.Join(err, d.close())
	}
	return d, c, nil
}

// atRest is how long nothing may have changed among the tables.
const atRest = 3 * time.Second

func (d *desk) awaitRest(ctx context.Context, dir string) error {
	look := time.NewTicker(100 * time.Millisecond)
	defer look.Stop()
	var last []string
	for since := time.Now(); time.Since(since) < atRest || d.engine.Health().Unverified > 0; {
		select {
		case <-look.C:
		case <-ctx.Done():
			return ctx.Err()
		}
		tables, err := filepath.Glob(filepath.Join(dir, "store", "*.sst"))
		if err != nil {
			return err
		}
		if !slices.Equal(tables, last) {
			last, since = tables, time.Now()
		}
	}
	return nil
}

// tables counts what the engine keeps in a folder: how many, and their bytes.
func tables(dir string) (n, size int, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".sst" {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		n, size = n+1, size+int(info.Size())
		return nil
	})
	return n, size, err
}
