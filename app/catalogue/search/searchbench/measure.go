package searchbench

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"time"

	"shuting/app/catalogue/search"
)

// A Report is one measurement. Bytes are those of memory that stays.
type Report struct {
	Titles         int
	Build          time.Duration // from Doc to an Index that answers; once also the tables all indexes share
	Counting       time.Duration // what a browse page asks: classes and languages
	IndexBytes     int
	ScanBytes      int // with pinyin and initials written out
	PlainScanBytes int // without
	Classes        []Class
}

// A Class is one way of asking. Times are of the first 20 hits, the best of
// some tries for each query, so that they tell of the query and not of what
// else the machine does.
type Class struct {
	Name        string
	Queries     int
	Found       int // queries that found something
	ScanFound   int // the same of the scan
	Index, Scan Times
}

// Times are percentiles.
type Times struct{ P50, P99 time.Duration }

// limit is how many hits are asked for.
const limit = 20

// tries per query; both sides take turns.
const tries = 2

// Measure makes titles and compares Index and Scan with so many queries of each
// class.
func Measure(titles, queries int, seed uint64) Report {
	docs := slices.Collect(Titles(titles, seed))
	r := Report{Titles: titles}
	start := time.Now()
	new(search.Builder).Index().Put(docs[0]) // reads the tables
	tables := time.Since(start)
	before := heap()
	start = time.Now()
	var b search.Builder
	for _, d := range docs {
		b.Add(d)
	}
	index := b.Index()
	r.Build = tables + time.Since(start)
	r.IndexBytes = heap() - before
	start = time.Now()
	index.Classes()
	index.Languages()
	r.Counting = time.Since(start)
	scan := NewScan(docs)
	r.ScanBytes, r.PlainScanBytes = scan.Bytes()
	asked := asker{maker{rand.New(rand.NewPCG(seed, 20))}, docs}
	for _, c := range classes {
		r.Classes = append(r.Classes, c.measure(index, scan, asked, queries))
	}
	runtime.KeepAlive(docs)
	return r
}

// heap is how much memory is in use after everything unused was collected.
func heap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

func (c class) measure(index *search.Index, scan *Scan, a asker, queries int) Class {
	out := Class{Name: c.name, Queries: queries}
	available := func(id string) bool { return id[len(id)-1]%3 != 0 }
	var byIndex, byScan []time.Duration
	for range queries {
		query := c.ask(a)
		bestIndex, bestScan := time.Hour, time.Hour
		for try := range tries {
			ask := func() {
				start := time.Now()
				found := index.Search(query, search.Filter{Available: available}, limit, 0)
				bestIndex = min(bestIndex, time.Since(start))
				if try == 0 && len(found.Hits) > 0 {
					out.Found++
				}
			}
			if try%2 == 0 {
				ask()
			}
			start := time.Now()
			found := scan.Search(query, limit)
			bestScan = min(bestScan, time.Since(start))
			if try == 0 && len(found) > 0 {
				out.ScanFound++
			}
			if try%2 != 0 {
				ask()
			}
		}
		byIndex, byScan = append(byIndex, bestIndex), append(byScan, bestScan)
	}
	out.Index, out.Scan = times(byIndex), times(byScan)
	return out
}

func times(all []time.Duration) Times {
	slices.Sort(all)
	at := func(percent int) time.Duration { return all[(len(all)-1)*percent/100] }
	return Times{at(50), at(99)}
}
