package search

import (
	"math"
	"slices"
	"strings"
)

// Search gives the titles that have every term of the query, limit of them
// after the first offset. An empty query, or one without letters or digits,
// finds every title the filter lets through.
func (ix *Index) Search(text string, f Filter, limit, offset int) Result {
	limit, offset = within(limit), within(offset)
	q := parse(text)
	d := desks.Get().(*desk)
	defer d.clear()
	more := false
	var runs []*run
	for _, p := range ix.now.Load().parts {
		r := newRun(d, q, &f, p, max(limit+offset, counted))
		more = !r.strict() || more
		runs = append(runs, r)
	}
	if !more && len(d.hits) < fewHits {
		for _, r := range runs {
			more = !r.near() || more
		}
	}
	return Result{Hits: page(d.hits, &f, offset, limit), Total: len(d.hits), More: more, query: q}
}

// within keeps a number of titles to what an Index may hold.
func within(n int) int { return min(max(n, 0), math.MaxInt32) }

// A run looks for one query in one segment.
type run struct {
	*desk
	*query
	*segment
	sieve
	want int    // hits; what comes after them is not looked for
	had  int    // hits of the desk that are of other segments
	open bitmap // documents that are alive and not among the hits

	// Of each term, the documents whose titles may have it, the values that may
	// have it, and the documents that are known to have it elsewhere.
	inTitle, inValue, known []bitmap
	order                   []int // terms, those that fewer titles may have first
}

func newRun(d *desk, q *query, f *Filter, p part, want int) *run {
	r := &run{desk: d, query: q, segment: p.segment, sieve: newSieve(f, p.segment), want: want, had: len(d.hits)}
	r.open = d.set(r.len())
	r.open.fill(r.len())
	r.open.andNot(p.dead)
	return r
}

// strict looks for titles that have the terms as typed, and reports whether
// what it found is all.
func (r *run) strict() bool {
	if len(r.terms) == 0 {
		return r.collect(r.open, Rest, func(uint32) bool { return true })
	}
	for _, t := range r.terms {
		set := r.set(r.len())
		r.all(&r.titles, t.needs, set)
		r.inTitle = append(r.inTitle, set)
		r.known = append(r.known, r.set(r.len()))
	}
	r.sort()
	r.marked()
	if !r.starts() || r.enough() || !r.words() || r.enough() {
		return false
	}
	for _, t := range r.terms {
		set := r.set(r.values.len())
		r.all(&r.features, t.needs, set)
		r.inValue = append(r.inValue, set)
	}
	if !r.pass(Author, r.addAuthors) || r.enough() {
		return false
	}
	return r.pass(Rest, r.addRest)
}

// sort puts the terms in order.
func (r *run) sort() {
	counts := make([]int, len(r.terms))
	for i := range counts {
		counts[i] = r.inTitle[i].count()
		r.order = append(r.order, i)
	}
	slices.SortStableFunc(r.order, func(a, b int) int { return counts[a] - counts[b] })
}

// near looks for titles that have the terms with one letter wrong; strict must
// have found all it could.
func (r *run) near() bool {
	some := false
	words := make([][]string, len(r.terms))
	for i, t := range r.terms {
		if t.style == latin && len(t.folded) >= shortestNear {
			words[i] = r.vocabulary.near(string(t.folded))
			some = some || len(words[i]) > 0
		}
	}
	if !some {
		return true
	}
	return r.pass(Near, func(i int, set bitmap) {
		for _, word := range words[i] {
			has := func(text []byte) bool { return hasWord(text, word) }
			r.addTexts(letters(spoken(), tokensOf(word)), has, set)
		}
	})
}

func (r *run) enough() bool { return len(r.hits)-r.had >= r.want }

// collect takes the hits of one tier among set, and reports whether it took all.
func (r *run) collect(set bitmap, tier Tier, holds func(doc uint32) bool) bool {
	l := r.line()
	complete := true
	set.each(func(doc uint32) bool {
		if l.full(r.votes[doc]) {
			complete = false
		} else if r.lets(doc) && holds(doc) && r.letsShelf(doc) {
			l.add(r.take(doc, tier))
		}
		return complete
	})
	r.hits = append(r.hits, l.hits...)
	return complete
}

func (r *run) line() line { return line{want: r.want - (len(r.hits) - r.had)} }

// take makes a hit of doc.
func (r *run) take(doc uint32, tier Tier) hit {
	r.open.drop(doc)
	return hit{r.id(doc), r.votes[doc], tier}
}

// marked takes what stands under the query as its whole call number: who types a
// class and a mark means that book and not those whose numbers go on behind it.
func (r *run) marked() {
	if !strings.Contains(r.whole.code, "/") {
		return
	}
	r.eachCoded(r.whole.code, func(doc uint32) {
		if r.open.has(doc) && r.lets(doc) && r.letsShelf(doc) {
			r.hits = append(r.hits, r.take(doc, TitleExact))
		}
	})
}

// starts takes the titles that are, or begin with, the whole query. Those that
// are it are all taken, however many others there are.
func (r *run) starts() bool {
	set, ways := r.set(r.len()), r.set(r.len())
	if r.whole == r.terms[0] {
		copy(set, r.inTitle[0])
	} else {
		r.all(&r.titles, r.whole.needs, set)
	}
	r.all(&r.titles, r.whole.beginning(spoken()), ways)
	set.and(ways)
	set.and(r.open)
	l := r.line()
	complete := true
	set.each(func(doc uint32) bool {
		full := l.full(r.votes[doc])
		if full && int(r.short[doc]) > len(r.whole.runes) {
			complete = false
			return true
		}
		if !r.lets(doc) {
			return true
		}
		begins, whole := r.begun(doc)
		switch {
		case !begins || !r.letsShelf(doc):
		case whole:
			r.hits = append(r.hits, r.take(doc, TitleExact))
		case full:
			complete = false
		default:
			l.add(r.take(doc, TitleStart))
		}
		return true
	})
	r.hits = append(r.hits, l.hits...)
	return complete
}

// begun reports whether a title of doc begins with the query, and whether one
// is it.
func (r *run) begun(doc uint32) (begins, whole bool) {
	for part, title := range parts(r.texts.get(int(doc))) {
		if !title {
			break
		}
		if b, w := r.whole.begins(part); b {
			begins, whole = true, whole || w
		}
	}
	return begins, whole
}

// words takes the titles that have every term themselves.
func (r *run) words() bool {
	set := r.set(r.len())
	copy(set, r.open)
	for i := range r.terms {
		set.and(r.inTitle[i])
	}
	return r.collect(set, TitleWords, r.holds)
}

// pass takes what has one of the terms where add finds it and the others there
// or in what was looked at before.
func (r *run) pass(tier Tier, add func(i int, set bitmap)) bool {
	fresh, some := r.set(r.len()), r.set(r.len())
	for i := range r.terms {
		clear(some)
		add(i, some)
		fresh.or(some)
		r.known[i].or(some)
	}
	fresh.and(r.open)
	for i := range r.terms {
		copy(some, r.inTitle[i])
		some.or(r.known[i])
		fresh.and(some)
	}
	return r.collect(fresh, tier, r.holds)
}

// holds reports whether doc has every term, as far as was looked.
func (r *run) holds(doc uint32) bool {
	for _, i := range r.order {
		t := r.terms[i]
		if r.known[i].has(doc) {
			continue
		}
		if !r.inTitle[i].has(doc) || !t.sure() && !t.in(r.texts.get(int(doc)), &r.sounds) {
			return false
		}
	}
	return true
}
