package search

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"shuting/app/hanzi"
)

// A book on the shelf.
type shelved struct{ key, id string }

func compareShelved(a, b shelved) int {
	return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.id, b.id))
}

// Neighbours gives the titles that stand before and after a title in order of
// their call numbers, at most n each, nearest first. A title without a call
// number, or that is not in the Index, has none.
func (ix *Index) Neighbours(id string, n int) (before, after []string) {
	n = within(n)
	parts := ix.now.Load().parts
	here := shelved{id: id}
	for _, p := range parts {
		if doc, ok := p.find(id); ok && !p.dead.has(doc) {
			here.key = shelfKey(p.codes.get(int(doc)))
		}
	}
	if here.key == "" {
		return nil, nil
	}
	var left, right []shelved
	for _, p := range parts {
		at := sort.Search(len(p.byShelf), func(i int) bool { return compareShelved(p.shelved(i), here) >= 0 })
		left = p.walk(left, at-1, -1, n, id)
		right = p.walk(right, at, 1, n, id)
	}
	slices.SortFunc(left, func(a, b shelved) int { return compareShelved(b, a) })
	slices.SortFunc(right, compareShelved)
	return shelvedIDs(left, n), shelvedIDs(right, n)
}

func (s *segment) shelved(i int) shelved { return shelved{s.shelfKey(i), s.id(s.byShelf[i])} }

// walk appends n books from the i-th on the shelf on, in steps, but not the one
// with id.
func (p part) walk(books []shelved, i, step, n int, id string) []shelved {
	for taken := 0; i >= 0 && i < len(p.byShelf) && taken < n; i += step {
		if b := p.shelved(i); b.id != id && !p.dead.has(p.byShelf[i]) {
			books = append(books, b)
			taken++
		}
	}
	return books
}

func shelvedIDs(books []shelved, n int) (ids []string) {
	for _, b := range books[:min(n, len(books))] {
		ids = append(ids, strings.Clone(b.id))
	}
	return ids
}

// ByAuthor gives at most n titles an author has a part in, popular ones first.
// The name is compared folded and whole.
func (ix *Index) ByAuthor(name string, n int) []string {
	n = within(n)
	var all []hit
	for _, p := range ix.now.Load().parts {
		value, ok := p.author(hanzi.Fold(name))
		if !ok {
			continue
		}
		taken := 0
		for doc := range p.documentsOf(value) {
			if taken == n {
				break
			}
			if !p.dead.has(doc) {
				all = append(all, hit{id: p.id(doc), votes: p.votes[doc]})
				taken++
			}
		}
	}
	slices.SortFunc(all, compareHits)
	var ids []string
	for _, h := range all[:min(n, len(all))] {
		ids = append(ids, strings.Clone(h.id))
	}
	return ids
}
