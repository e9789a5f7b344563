package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"shuting/app/circulation"
	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store/badgerstore"
)

const (
	kiosk  = "k1"
	branch = "main"
)

// size of a library to measure on.
type size struct {
	Titles, ItemsPerTitle, Patrons, LoansEach int
}

// small is the library of the measurements unless they say otherwise: each
// patron already has a few loans, as at a real kiosk.
var small = size{Titles: 1000, ItemsPerTitle: 2, Patrons: 100, LoansEach: 3}

// desk is an open library with its lending service, as the kiosk wires it, and
// the wrapper that counts between records and the engine.
type desk struct {
	engine   *badgerstore.Store
	counted  *countingStore
	records  *records.Records
	lending  *circulation.Service
	patrons  []string
	barcodes []string // free items, each of another title
	next     int      // how many were lent: the next one to lend, in a circle
	returned int      // how many a round gave back, the same way
}

// openDesk makes a library of the given size in dir and opens it.
func openDesk(ctx context.Context, dir string, s size) (*desk, error) {
	d, err := openLibrary(ctx, dir)
	if err != nil {
		return nil, err
	}
	if err := d.fill(ctx, s); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// openLibrary opens the library in dir, or makes an empty one.
func openLibrary(ctx context.Context, dir string) (*desk, error) {
	engine, err := badgerstore.Open(badgerstore.Options{Dir: filepath.Join(dir, "library")})
	if err != nil {
		return nil, err
	}
	d := &desk{engine: engine, counted: &countingStore{Store: engine}}
	d.records, err = records.Open(ctx, records.Options{Store: d.counted, SealKey: d.engine.SealKey(), Kiosk: kiosk})
	if err != nil {
		return nil, errors.Join(err, d.close())
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		return nil, errors.Join(err, d.close())
	}
	d.lending = circulation.New(circulation.Options{Records: d.records, Zone: zone, Branch: branch})
	return d, nil
}

func (d *desk) fill(ctx context.Context, s size) error {
	if err := d.fillTitles(ctx, s); err != nil {
		return fmt.Errorf("titles: %w", err)
	}
	if err := d.fillPatrons(ctx, s); err != nil {
		return fmt.Errorf("patrons: %w", err)
	}
	for range s.LoansEach {
		for _, p := range d.patrons {
			if _, err := d.checkOut(ctx, p); err != nil {
				return err
			}
		}
	}
	d.barcodes = d.barcodes[d.next:] // what is lent now stays lent
	d.next = 0
	return nil
}

// batch keeps one change well under the limits of a transaction.
const batch = 10

func (d *desk) fillTitles(ctx context.Context, s size) error {
	for from := 0; from < s.Titles; from += batch {
		_, err := d.records.Do(ctx, command(), "fill", func(t *records.Tx) (records.Outcome, error) {
			for i := from; i < min(from+batch, s.Titles); i++ {
				if err := putTitle(t, i, s.ItemsPerTitle); err != nil {
					return records.Outcome{}, err
				}
			}
			return records.Outcome{Code: "done"}, nil
		})
		if err != nil {
			return err
		}
	}
	// Only first copies are lent here: nobody is asked about a second copy of
	// what he already has.
	for i := range s.Titles {
		d.barcodes = append(d.barcodes, barcode(i, 0))
	}
	return nil
}

func barcode(title, copyNo int) string { return fmt.Sprintf("B%07d%d", title, copyNo) }

func titleID(title int) string { return fmt.Sprintf("%s-t%07d", kiosk, title) }

func itemID(title, copyNo int) string { return fmt.Sprintf("%s-i%07d%d", kiosk, title, copyNo) }

func putTitle(t *records.Tx, i, items int) error {
	title := library.Title{ID: titleID(i), Control: fmt.Sprintf("bench/%07d", i),
		Title: fmt.Sprintf("量书记 第%d卷", i), Author: "量者", Authors: []string{"量者"}, Publisher: "书亭出版社", Year: "2024",
		Class: "I247.5", CallNumber: fmt.Sprintf("I247.5/%d", i), Language: "chi", Summary: "一本只为测量而编的书。"}
	if err := t.PutTitle(title); err != nil {
		return err
	}
	for c := range items {
		err := t.PutItem(library.Item{ID: itemID(i, c), Barcode: barcode(i, c), TitleID: title.ID,
			Branch: branch, At: branch, Type: library.Book, State: library.ItemAvailable, CallNumber: title.CallNumber, Place: "一层"})
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *desk) fillPatrons(ctx context.Context, s size) error {
	for i := range s.Patrons {
		p := library.Patron{ID: fmt.Sprintf("%s-p%06d", kiosk, i), Category: library.Adult, Branch: branch}
		card := fmt.Sprintf("BENCH%06d", i)
		sealed, err := d.records.SealPersonal(p.ID, library.Personal{Name: "量者", CardNumber: card,
			Born: library.Date{Year: 1990, Month: time.May, Day: 1 + i%28}})
		if err != nil {
			return err
		}
		_, err = d.records.Do(ctx, command(), "fill", func(t *records.Tx) (records.Outcome, error) {
			err := errors.Join(t.PutPatron(p), t.PutPersonal(p.ID, sealed),
				t.PutCard(d.records.CardKey(card), library.Card{Patron: p.ID, State: library.CardActive}))
			return records.Outcome{Code: "done"}, err
		})
		if err != nil {
			return err
		}
		d.patrons = append(d.patrons, p.ID)
	}
	return nil
}

func command() library.Command {
	now := time.Now()
	return library.Command{ID: records.NewID(kiosk, now), Visit: "v1", Actor: "patron", At: now}
}

// take names the next free item. Items come back in the order they were lent,
// so walking in a circle always meets a free one.
func (d *desk) take() string {
	b := d.barcodes[d.next%len(d.barcodes)]
	d.next++
	return b
}

// checkOut lends the next free item and returns its barcode.
func (d *desk) checkOut(ctx context.Context, patron string) (string, error) {
	b := d.take()
	return b, d.lend(ctx, patron, b)
}

func (d *desk) lend(ctx context.Context, patron, barcode string) error {
	a, err := d.lending.CheckOut(ctx, command(), patron, barcode, nil)
	if err != nil {
		return fmt.Errorf("check out: %w", err)
	}
	if !a.Known || !a.Done() {
		return fmt.Errorf("check out was refused: %v", a.Reasons)
	}
	return nil
}

func (d *desk) checkIn(ctx context.Context, barcode string) error {
	a, err := d.lending.CheckIn(ctx, command(), barcode)
	if err != nil {
		return fmt.Errorf("check in: %w", err)
	}
	if !a.Known {
		return errors.New("check in: unknown item")
	}
	return nil
}

func (d *desk) close() error {
	if d.records != nil {
		d.records.Close()
	}
	return d.engine.Close()
}
