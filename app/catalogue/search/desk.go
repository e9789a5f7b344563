package search

import (
	"slices"
	"sync"

	"shuting/app/hanzi"
)

// A desk is room to work in, kept from search to search.
type desk struct {
	hits   []hit
	sounds []hanzi.Sound
	sets   []bitmap // all that were given out
	free   []bitmap
}

var desks = sync.Pool{New: func() any { return new(desk) }}

// set gives an empty set for n documents until the desk is cleared.
func (d *desk) set(n int) bitmap {
	size := words(n)
	for i, b := range d.free {
		if cap(b) >= size {
			d.free = slices.Delete(d.free, i, i+1)
			b = b[:size]
			clear(b)
			d.sets = append(d.sets, b)
			return b
		}
	}
	b := make(bitmap, size)
	d.sets = append(d.sets, b)
	return b
}

// back takes the set that was given out last.
func (d *desk) back() {
	last := len(d.sets) - 1
	d.free = append(d.free, d.sets[last])
	d.sets = d.sets[:last]
}

// clear takes everything back.
func (d *desk) clear() {
	clear(d.hits) // they hold on to segments
	d.hits = d.hits[:0]
	d.free = append(d.free, d.sets...)
	clear(d.sets)
	d.sets = d.sets[:0]
	desks.Put(d)
}
