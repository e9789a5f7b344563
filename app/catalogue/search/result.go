package search

import (
	"cmp"
	"slices"
	"strings"
)

// A Tier is a class of hits; lower ones are shown first.
type Tier uint8

// The tiers.
const (
	TitleExact Tier = 1 + iota // the query is a title, or a whole call number
	TitleStart                 // a title begins with it
	TitleWords                 // every term is in a title or subtitle
	Author                     // every term is there or in an author
	Rest                       // every term is somewhere; within words, too
	Near                       // with one letter wrong in a word
)

// A Hit is a title that was found.
type Hit struct {
	ID   string
	Tier Tier
}

// A Result is one page of hits.
type Result struct {
	Hits  []Hit
	Total int  // all hits, or, with More, some of them
	More  bool // there are, or may be, more than Total

	query *query
}

// A Filter narrows a search. The zero value lets everything through.
type Filter struct {
	OnShelf  bool // only what Available says yes to
	Children bool
	Since    int    // only what was Added on this day or later, in days since 1970-01-01; 0 = any
	Language string // "" = any
	Class    string // prefix; "" = any

	// Available says whether a copy of a title is on the shelf now; nil: none
	// is. It is asked about hits only, often about many, and must not call the
	// Index's Put or Remove.
	Available func(id string) bool
}

const (
	// counted is how many hits are gone through at least, to tell their number.
	counted = 100
	// lined is how many hits of one tier and popularity, by id, are ordered by
	// whether they are available.
	lined = 256
	// fewHits is how many hits make words with a wrong letter unnecessary.
	fewHits = 8
)

// A hit is a found document.
type hit struct {
	id    string
	votes uint32
	tier  Tier
}

func compareHits(a, b hit) int {
	return cmp.Or(cmp.Compare(a.tier, b.tier), cmp.Compare(b.votes, a.votes), strings.Compare(a.id, b.id))
}

// page sorts all hits and gives those from offset, at most limit.
func page(all []hit, f *Filter, offset, limit int) []Hit {
	slices.SortFunc(all, compareHits)
	end := min(offset+limit, len(all))
	if offset >= end {
		return nil
	}
	for from := 0; from < end; {
		to := from + 1
		for to < len(all) && all[to].tier == all[from].tier && all[to].votes == all[from].votes {
			to++
		}
		if to > offset && to-from > 1 && f.Available != nil && !f.OnShelf {
			availableFirst(all[from:min(to, from+lined)], f)
		}
		from = to
	}
	// An id is part of its whole segment; a caller may keep it for longer.
	hits := make([]Hit, 0, end-offset)
	for _, h := range all[offset:end] {
		hits = append(hits, Hit{strings.Clone(h.id), h.tier})
	}
	return hits
}

// availableFirst moves what is on the shelf to the front; each half stays in
// order.
func availableFirst(hits []hit, f *Filter) {
	var out []hit
	in := hits[:0]
	for _, h := range hits {
		if f.Available(h.id) {
			in = append(in, h)
		} else {
			out = append(out, h)
		}
	}
	copy(hits[len(in):], out)
}

// A line takes the hits of one tier from one segment, which come in the order
// they are shown in, until it has enough.
type line struct {
	hits []hit
	want int // how many
	run  int // how many of the last have the same popularity
}

func (l *line) add(h hit) {
	if n := len(l.hits); n > 0 && l.hits[n-1].votes == h.votes {
		l.run++
	} else {
		l.run = 1
	}
	l.hits = append(l.hits, h)
}

// full reports whether a hit with these votes would never be shown.
func (l *line) full(votes uint32) bool {
	n := len(l.hits)
	return n >= l.want && (n == 0 || l.hits[n-1].votes != votes || l.run >= lined)
}
