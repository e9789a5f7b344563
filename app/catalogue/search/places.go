package search

import (
	"slices"
	"sort"
	"strings"
)

// any puts the documents that have one of the features of n into set.
func (l *lists) any(n need, set bitmap) {
	for _, f := range n {
		l.add(f, set)
	}
}

func (l *lists) cost(n need) (sum int) {
	for _, f := range n {
		sum += l.count(f)
	}
	return sum
}

// looking is how many entries of a list are read in the time one text is
// compared.
const looking = 30

// all puts the documents of l that have all needs into the empty set, or some more:
// a list is not read when comparing what is left takes less.
func (d *desk) all(l *lists, needs []need, set bitmap) {
	type priced struct {
		need
		cost int
	}
	queue := make([]priced, len(needs))
	for i, n := range needs {
		queue[i] = priced{n, l.cost(n)}
	}
	slices.SortStableFunc(queue, func(a, b priced) int { return a.cost - b.cost })
	other := d.set(l.n)
	defer d.back()
	for i, n := range queue {
		if i == 0 {
			l.any(n.need, set)
			continue
		}
		if n.cost > looking*set.count() {
			return
		}
		clear(other)
		l.any(n.need, other)
		set.and(other)
	}
}

// addAuthors puts the documents into set whose authors have term i.
func (r *run) addAuthors(i int, set bitmap) {
	t := r.terms[i]
	r.inValue[i].each(func(value uint32) bool {
		if int(value) >= r.authors {
			return false
		}
		r.addValue(int(value), t, set)
		return true
	})
}

func (r *run) addValue(value int, t *term, set bitmap) {
	if t.sure() || t.in(r.values.get(value), &r.sounds) {
		r.addDocuments(value, set)
	}
}

// addDocuments puts the documents that have a value into set.
func (s *segment) addDocuments(value int, set bitmap) {
	for doc := range s.documentsOf(value) {
		set.set(doc)
	}
}

// addRest puts the documents into set that have term i in their subjects,
// series, publisher, year, ISBN or call number, or within a word.
func (r *run) addRest(i int, set bitmap) {
	t := r.terms[i]
	r.inValue[i].each(func(value uint32) bool {
		if int(value) >= r.authors {
			r.addValue(int(value), t, set)
		}
		return true
	})
	r.addNumbers(t, set)
	r.addNumbers(r.whole, set)
	if t.part != nil {
		r.addTexts(t.part, t.within, set)
	}
}

// addNumbers puts the documents into set whose ISBN or call number begins with
// t.
func (r *run) addNumbers(t *term, set bitmap) {
	if t.isbn != (isbnSpan{}) {
		r.addISBNs(t.isbn, set)
	}
	if t.code != "" {
		r.addCodes(t.code, set)
	}
}

// addTexts puts the documents into set of which a title or value has the needs
// and is let through.
func (r *run) addTexts(needs []need, has func(text []byte) bool, set bitmap) {
	some := r.set(r.len())
	r.all(&r.titles, needs, some)
	some.each(func(doc uint32) bool {
		if has(r.texts.get(int(doc))) {
			set.set(doc)
		}
		return true
	})
	r.back()
	some = r.set(r.values.len())
	r.all(&r.features, needs, some)
	some.each(func(value uint32) bool {
		if has(r.values.get(int(value))) {
			r.addDocuments(int(value), set)
		}
		return true
	})
	r.back()
}

// A sieve is a Filter for one segment.
type sieve struct {
	filter   *Filter
	need     uint8 // flags
	since    uint16
	language [2]int
	class    [2]int
	segment  *segment
}

func newSieve(f *Filter, s *segment) sieve {
	v := sieve{filter: f, segment: s, since: day(f.Since), language: [2]int{0, s.languages.len()}, class: [2]int{0, s.classes.len()}}
	if f.Children {
		v.need |= flagChildren
	}
	if f.Language != "" {
		at, ok := sort.Find(s.languages.len(), func(i int) int { return strings.Compare(f.Language, s.languages.get(i)) })
		v.language = [2]int{at, at}
		if ok {
			v.language[1]++
		}
	}
	if prefix := code(f.Class); prefix != "" {
		from := sort.Search(s.classes.len(), func(i int) bool { return s.classes.get(i) >= prefix })
		to := from
		for to < s.classes.len() && strings.HasPrefix(s.classes.get(to), prefix) {
			to++
		}
		v.class = [2]int{from, to}
	}
	return v
}

// lets reports whether the filter lets doc through, but for the shelf.
func (v *sieve) lets(doc uint32) bool {
	language, class := int(v.segment.language[doc]), int(v.segment.class[doc])
	return v.segment.flags[doc]&v.need == v.need && v.segment.added[doc] >= v.since &&
		language >= v.language[0] && language < v.language[1] &&
		class >= v.class[0] && class < v.class[1]
}

// letsShelf reports whether doc is on the shelf, if that is asked for.
func (v *sieve) letsShelf(doc uint32) bool {
	return !v.filter.OnShelf || v.filter.Available != nil && v.filter.Available(v.segment.id(doc))
}
