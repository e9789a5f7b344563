package search

import (
	"sync"
	"sync/atomic"
)

// An Index finds titles. It is made by a Builder and safe for concurrent use.
type Index struct {
	changes sync.Mutex // one change at a time
	now     atomic.Pointer[state]
}

// A state of the Index never changes.
type state struct{ parts []part }

// A part is a segment and which of its documents are gone.
type part struct {
	*segment
	dead bitmap
	gone int
}

func newPart(s *segment) part { return part{segment: s, dead: make(bitmap, words(s.len()))} }

func (p part) alive() int { return p.len() - p.gone }

// without gives p without the documents of ids.
func (p part) without(ids []string) part {
	copied := false
	for _, id := range ids {
		doc, ok := p.find(id)
		if !ok || p.dead.has(doc) {
			continue
		}
		if !copied {
			p.dead = append(bitmap(nil), p.dead...)
			copied = true
		}
		p.dead.set(doc)
		p.gone++
	}
	return p
}

// Len is how many titles are in the Index.
func (ix *Index) Len() (n int) {
	for _, p := range ix.now.Load().parts {
		n += p.alive()
	}
	return n
}

// Put adds titles, replacing those with the same ids. They are found when it
// returns. Many at once take less time than one by one; now and then a change
// takes as long as building the Index anew, during which searches go on and
// already see it.
func (ix *Index) Put(docs ...Doc) {
	var b Builder
	ids := make([]string, 0, len(docs))
	for _, d := range docs {
		b.Add(d)
		ids = append(ids, d.ID)
	}
	ix.change(ids, b.segment())
}

// Remove removes titles; those that are not there are passed over.
func (ix *Index) Remove(ids ...string) { ix.change(ids, nil) }

func (ix *Index) change(gone []string, added *segment) {
	ix.changes.Lock()
	defer ix.changes.Unlock()
	next := &state{}
	for _, p := range ix.now.Load().parts {
		if p = p.without(gone); p.alive() > 0 {
			next.parts = append(next.parts, p)
		}
	}
	if added != nil {
		next.parts = append(next.parts, newPart(added))
	}
	ix.now.Store(next)
	if joined := next.join(); joined != next {
		ix.now.Store(joined)
	}
}

// join keeps the segments few: each holds more than twice what the next one
// does, and none is mostly dead.
func (st *state) join() *state {
	from, size := len(st.parts), 0
	for i := len(st.parts) - 1; i >= 0; i-- {
		p := st.parts[i]
		later := i+1 < len(st.parts)
		if later && p.alive() <= 2*size || p.gone > p.alive() {
			from = i
		}
		size += p.alive()
	}
	if from == len(st.parts) {
		return st
	}
	var b Builder
	for _, p := range st.parts[from:] {
		b.addSegment(p.segment, p.dead)
	}
	return &state{append(append([]part(nil), st.parts[:from]...), newPart(b.segment()))}
}
