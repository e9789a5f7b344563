package search

import (
	"encoding/binary"
	"iter"
	"math/bits"
	"slices"
)

// A bitmap is a set of documents of one segment.
type bitmap []uint64

func words(n int) int { return (n + 63) / 64 }

func (b bitmap) has(doc uint32) bool { return b[doc>>6]>>(doc&63)&1 != 0 }
func (b bitmap) set(doc uint32)      { b[doc>>6] |= 1 << (doc & 63) }

func (b bitmap) drop(doc uint32) { b[doc>>6] &^= 1 << (doc & 63) }

func (b bitmap) and(other bitmap) {
	for i, w := range other {
		b[i] &= w
	}
}

func (b bitmap) andNot(other bitmap) {
	for i, w := range other {
		b[i] &^= w
	}
}

func (b bitmap) or(other bitmap) {
	for i, w := range other {
		b[i] |= w
	}
}

func (b bitmap) count() (n int) {
	for _, w := range b {
		n += bits.OnesCount64(w)
	}
	return n
}

// each calls use with every member in order, until it returns false.
func (b bitmap) each(use func(doc uint32) bool) {
	for i, w := range b {
		for ; w != 0; w &= w - 1 {
			if !use(uint32(i<<6 + bits.TrailingZeros64(w))) {
				return
			}
		}
	}
}

// fill makes b the set of all n documents.
func (b bitmap) fill(n int) {
	for i := range b {
		b[i] = ^uint64(0)
	}
	if n&63 != 0 {
		b[len(b)-1] = 1<<(n&63) - 1
	}
}

// lists are the documents of every feature of a segment. A list is written as
// the distances from each document to the next or, where that is shorter, as a
// bitmap.
type lists struct {
	n     int       // documents
	keys  []feature // sorted
	at    []uint32  // where each list begins; one more for the end
	size  []uint32  // documents in each, and whether it is a bitmap
	bytes []byte
}

const asBitmap = 1 << 31

func (l *lists) find(f feature) (int, bool) { return slices.BinarySearch(l.keys, f) }

// count is how many documents have f.
func (l *lists) count(f feature) int {
	if i, ok := l.find(f); ok {
		return int(l.size[i] &^ asBitmap)
	}
	return 0
}

// add puts the documents that have f into set.
func (l *lists) add(f feature, set bitmap) {
	i, ok := l.find(f)
	if !ok {
		return
	}
	data := l.bytes[l.at[i]:l.at[i+1]]
	if l.size[i]&asBitmap == 0 {
		addDistances(data, set)
		return
	}
	for w := range set {
		set[w] |= binary.LittleEndian.Uint64(data[8*w:])
	}
}

// addDistances puts a list of distances into set.
func addDistances(data []byte, set bitmap) {
	for doc := range documents(data) {
		set[doc>>6] |= 1 << (doc & 63)
	}
}

// documents gives the documents of a list of distances.
func documents(data []byte) iter.Seq[uint32] {
	return func(use func(uint32) bool) {
		doc := ^uint32(0)
		for i := 0; i < len(data); {
			c := data[i]
			i++
			step := uint32(c & 0x7F)
			for shift := 7; c >= 0x80; shift += 7 {
				c = data[i]
				i++
				step |= uint32(c&0x7F) << shift
			}
			doc += step
			if !use(doc) {
				return
			}
		}
	}
}

// A gatherer collects the documents of features, which come in order.
type gatherer struct {
	slots []slot
	used  []feature
}

type slot struct {
	next  uint32 // one more than the last document
	count uint32
	bytes []byte
}

func newGatherer() *gatherer { return &gatherer{slots: make([]slot, features)} }

// put adds doc to the list of f, once.
func (g *gatherer) put(doc uint32, f feature) {
	s := &g.slots[f]
	if s.count == 0 {
		g.used = append(g.used, f)
	}
	s.put(doc)
}

// put adds doc, once.
func (s *slot) put(doc uint32) {
	if s.next == doc+1 {
		return
	}
	s.bytes = binary.AppendUvarint(s.bytes, uint64(doc+1-s.next))
	s.next = doc + 1
	s.count++
}

// lists gives what was gathered of n documents and empties g.
func (g *gatherer) lists(n int) lists {
	slices.Sort(g.used)
	l := lists{n: n, keys: slices.Clone(g.used), at: make([]uint32, 1, len(g.used)+1), size: make([]uint32, len(g.used))}
	total := 0
	for _, f := range g.used {
		total += min(len(g.slots[f].bytes), 8*words(n))
	}
	l.bytes = make([]byte, 0, total)
	set := make(bitmap, words(n))
	for i, f := range g.used {
		s := &g.slots[f]
		l.size[i] = s.count
		if len(s.bytes) <= 8*words(n) {
			l.bytes = append(l.bytes, s.bytes...)
		} else {
			l.size[i] |= asBitmap
			clear(set)
			addDistances(s.bytes, set)
			for _, w := range set {
				l.bytes = binary.LittleEndian.AppendUint64(l.bytes, w)
			}
		}
		l.at = append(l.at, uint32(len(l.bytes)))
		*s = slot{}
	}
	g.used = g.used[:0]
	return l
}
