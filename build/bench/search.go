package main

import (
	"context"
	"fmt"
	"time"

	"shuting/app/catalogue/search/searchbench"
)

const (
	// searchQueries of each class are asked: the second worst is its p99.
	searchQueries = 100
	searchSeed    = 31

	// readyTitles must be ready within readyTime.
	readyTitles = 100_000
	readyTime   = 2 * time.Second
)

// searchPart compares the search of titles with a plain scan of the same text,
// both in one process, which is thrown away with its memory.
func searchPart(ctx context.Context, b *bench) ([]row, error) {
	var rows []row
	for _, titles := range []int{b.count(100_000, 20_000), b.count(1_000_000, 50_000)} {
		var r searchbench.Report
		if err := child(ctx, b.work, "search", titles, nil, &r); err != nil {
			return nil, err
		}
		rows = append(rows, searchRows(r)...)
	}
	var ready []time.Duration
	titles := b.count(readyTitles, 5_000)
	if err := child(ctx, b.work, "ready", titles, nil, &ready); err != nil {
		return nil, err
	}
	return append(rows, readyRow(titles, quantile(ready, .5))), nil
}

func readyRow(titles int, took time.Duration) row {
	x := float64(took) / float64(readyTime)
	return row{What: "search, " + thousands(titles) + " titles: ready after the library is open", Yardstick: fmt.Sprintf("%v", readyTime),
		Seen: fmt.Sprintf("%.2f s", took.Seconds()), Ratio: spread{x, x, x}, Aim: atMost(1), Why: whySearchReady}
}

func measureSearch(titles int) searchbench.Report {
	return searchbench.Measure(titles, searchQueries, searchSeed)
}

func searchRows(r searchbench.Report) []row {
	size := fmt.Sprintf("search, %s titles: ", thousands(r.Titles))
	one := func(x float64) spread { return spread{x, x, x} }
	var rows []row
	for _, c := range r.Classes {
		rows = append(rows, row{What: size + c.Name, Yardstick: "a plain scan, p99",
			Seen:  fmt.Sprintf("p50 %s : %s, p99 %s : %s", inMS(c.Index.P50), inMS(c.Scan.P50), inMS(c.Index.P99), inMS(c.Scan.P99)),
			Ratio: one(float64(c.Index.P99) / float64(c.Scan.P99)), Aim: atMost(1), Why: whySearch})
	}
	scans := r.Classes[0].Scan.P50
	each := func(bytes int) string { return fmt.Sprintf("%d bytes a title", bytes/r.Titles) }
	rows = append(rows,
		row{What: size + "memory", Yardstick: "the scan's text", Seen: each(r.IndexBytes) + " : " + each(r.ScanBytes),
			Ratio: one(float64(r.IndexBytes) / float64(r.ScanBytes)), Aim: atMost(1.5), Why: whySearchMemory},
		row{What: size + "memory", Yardstick: "the scan's text without pinyin and initials", Seen: each(r.IndexBytes) + " : " + each(r.PlainScanBytes),
			Ratio: one(float64(r.IndexBytes) / float64(r.PlainScanBytes)), Aim: atMost(1.5), Why: whySearchMemory},
		row{What: size + "building the index", Yardstick: fmt.Sprintf("%v", readyTime), Seen: fmt.Sprintf("%.2f s", r.Build.Seconds()),
			Ratio: one(float64(r.Build) / float64(readyTime))},
		row{What: size + "counting classes and languages", Yardstick: "one scan, p50", Seen: inMS(r.Counting) + " : " + inMS(scans),
			Ratio: one(float64(r.Counting) / float64(scans))})
	return rows
}

func inMS(d time.Duration) string {
	return fmt.Sprintf("%.2f ms", float64(d)/float64(time.Millisecond))
}

// thousands writes 1000000 as 1,000,000.
func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
