package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"shuting/app/catalogue"
	"shuting/app/catalogue/search/searchbench"
	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store/badgerstore"
)

// measureReady gives how long a library of so many titles, each with one copy or
// two, takes from being open to a search over all of them: reading titles and
// copies, proving their lists, folding and listing.
func measureReady(ctx context.Context, dir string, titles int) (times []time.Duration, err error) {
	engine, err := badgerstore.Open(badgerstore.Options{Dir: filepath.Join(dir, "ready")})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	r, err := records.Open(ctx, records.Options{Store: engine, SealKey: engine.SealKey(), Kiosk: kiosk})
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if err := fillGenerated(ctx, r, titles); err != nil {
		return nil, err
	}
	for range 3 {
		took, err := fillFinder(ctx, r)
		if err != nil {
			return nil, err
		}
		times = append(times, took)
	}
	return times, nil
}

func fillFinder(ctx context.Context, r *records.Records) (time.Duration, error) {
	ctx, stop := context.WithCancel(ctx)
	f := catalogue.NewFinder(catalogue.FinderOptions{Records: r, Branch: branch})
	over := make(chan struct{})
	began := time.Now()
	go func() { defer close(over); f.Run(ctx) }()
	defer func() { stop(); <-over }()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for f.Filling() != nil {
		select {
		case <-look.C:
		case <-ctx.Done():
			return 0, ctx.Err()
		}
	}
	return time.Since(began), nil
}

func fillGenerated(ctx context.Context, r *records.Records, titles int) error {
	var some []library.Title
	put := func() error {
		_, err := r.Do(ctx, command(), "fill", func(t *records.Tx) (records.Outcome, error) {
			for i, title := range some {
				if err := t.PutTitle(title); err != nil {
					return records.Outcome{}, err
				}
				for n := range 1 + i%2 {
					it := library.Item{ID: title.ID + string(rune('a'+n)), Barcode: title.ID + string(rune('a'+n)), TitleID: title.ID, Branch: branch, At: branch,
						Type: library.Book, State: library.ItemAvailable, CallNumber: title.CallNumber, Place: "二层 文学区 A1"}
					if err := t.PutItem(it); err != nil {
						return records.Outcome{}, err
					}
				}
			}
			return records.Outcome{Code: "done"}, nil
		})
		some = nil
		return err
	}
	for d := range searchbench.Titles(titles, searchSeed) {
		some = append(some, library.Title{ID: records.NewID(kiosk, time.Now()), Title: d.Title, Subtitle: d.Subtitle, AltTitles: d.AltTitles, Author: d.Authors[0],
			Authors: d.Authors, Publisher: d.Publisher, Year: "2001", ISBNs: d.ISBNs, Class: d.Class, CallNumber: d.CallNumber, Subjects: d.Subjects,
			Series: d.Series, Language: d.Language, Summary: "一块顽石到人间走了一遭，看见一个大家族怎样由盛而衰，也看见一群少年男女怎样相爱和告别。"})
		if len(some) == batch {
			if err := put(); err != nil {
				return err
			}
		}
	}
	return put()
}
