package search

import (
	"cmp"
	"slices"
)

// learn collects the Latin words of s.
func (s *segment) learn() vocabulary {
	known := map[string]struct{}{}
	for _, all := range []*texts{&s.texts, &s.values} {
		for i := range all.len() {
			for word := range latinWords(all.get(i)) {
				if len(word) < shortestWord {
					continue
				}
				if _, ok := known[string(word)]; !ok {
					known[string(word)] = struct{}{}
				}
			}
		}
	}
	return newVocabulary(known)
}

// addSegment adds the documents of s that are not dead.
func (b *Builder) addSegment(s *segment, dead bitmap) {
	numbers, begin, links := b.linksOf(s)
	isbns := slices.Clone(s.isbns)
	slices.SortFunc(isbns, func(x, y isbnOfDoc) int { return cmp.Compare(x.doc, y.doc) })
	for doc := range s.len() {
		own := 0
		for own < len(isbns) && isbns[own].doc == uint32(doc) {
			own++
		}
		mine := isbns[:own]
		isbns = isbns[own:]
		if dead.has(uint32(doc)) {
			continue
		}
		r := row{
			id: s.ids.get(doc), text: string(s.texts.get(doc)), code: s.codes.get(doc),
			class:    b.names.put([]byte(s.classes.get(int(s.class[doc])))),
			language: b.names.put([]byte(s.languages.get(int(s.language[doc])))),
			votes:    s.votes[doc], added: s.added[doc], flags: s.flags[doc],
		}
		r.links[0] = uint32(len(b.links))
		for _, value := range links[begin[doc]:begin[doc+1]] {
			b.links = append(b.links, numbers[value])
		}
		r.links[1] = uint32(len(b.links))
		r.isbns[0] = uint32(len(b.isbns))
		for _, entry := range mine {
			b.isbns = append(b.isbns, entry.isbn)
		}
		r.isbns[1] = uint32(len(b.isbns))
		b.rows = append(b.rows, r)
	}
}

// linksOf gives the number in b of each value of s, and of each document the
// values it has, links[begin[doc]:begin[doc+1]].
func (b *Builder) linksOf(s *segment) (numbers, begin, links []uint32) {
	begin = make([]uint32, s.len()+2)
	numbers = make([]uint32, s.values.len())
	for value := range numbers {
		kind := byte(otherValue)
		if value < s.authors {
			kind = authorValue
		}
		numbers[value] = b.values.put(append([]byte{kind}, s.values.get(value)...))
		for doc := range s.documentsOf(value) {
			begin[doc+2]++
		}
	}
	for i := 1; i < len(begin); i++ {
		begin[i] += begin[i-1]
	}
	links = make([]uint32, begin[len(begin)-1])
	for value := range numbers {
		for doc := range s.documentsOf(value) {
			links[begin[doc+1]] = uint32(value)
			begin[doc+1]++
		}
	}
	return numbers, begin, links
}
