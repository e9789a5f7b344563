package search

import (
	"iter"
	"math"
	"slices"
	"sort"
	"strings"
)

// A segment is an index of some titles that never changes. Documents are
// numbered in the order they are shown in: popular ones first, then by id.
type segment struct {
	ids   column
	texts texts    // titles, see parts
	codes column   // folded call numbers
	votes []uint32 // popularity
	short []uint8  // letters and characters of the shortest title, at most 255
	added []uint16 // day
	flags []uint8

	language  []uint32
	languages column
	class     []uint32
	classes   column // folded, sorted

	byID    []uint32 // documents in order of id
	byShelf []uint32 // those with a call number, in shelf order
	isbns   []isbnOfDoc

	titles lists

	values    texts // authors, sorted, then the others, sorted
	authors   int   // how many of them are authors
	features  lists // of values
	documents []byte
	begin     []uint32 // where the distances of each value begin in documents

	vocabulary vocabulary
}

type isbnOfDoc struct {
	isbn uint64
	doc  uint32
}

// Flags of a document.
const flagChildren = 1 << 0

// day keeps a day number within what a segment has room for, which is up to the
// year 2149.
func day(n int) uint16 { return uint16(min(max(n, 0), math.MaxUint16)) }

func (s *segment) len() int { return len(s.votes) }

func (s *segment) id(doc uint32) string { return s.ids.get(int(doc)) }

// find gives the document with an id.
func (s *segment) find(id string) (doc uint32, ok bool) {
	at, ok := slices.BinarySearchFunc(s.byID, id, func(doc uint32, id string) int { return strings.Compare(s.id(doc), id) })
	if !ok {
		return 0, false
	}
	return s.byID[at], true
}

// documentsOf gives the documents that have a value.
func (s *segment) documentsOf(value int) iter.Seq[uint32] {
	return documents(s.documents[s.begin[value]:s.begin[value+1]])
}

// author gives the value of a folded author.
func (s *segment) author(folded string) (value int, ok bool) {
	at := sort.Search(s.authors, func(i int) bool { return string(s.values.get(i)) >= folded })
	return at, at < s.authors && string(s.values.get(at)) == folded
}

// addISBNs puts the documents with an ISBN in span into set.
func (s *segment) addISBNs(span isbnSpan, set bitmap) {
	at := sort.Search(len(s.isbns), func(i int) bool { return s.isbns[i].isbn >= span.from })
	for _, entry := range s.isbns[at:] {
		if entry.isbn >= span.to {
			return
		}
		set.set(entry.doc)
	}
}

// addCodes puts the documents whose call number begins with code into set.
func (s *segment) addCodes(code string, set bitmap) {
	class, _, marked := strings.Cut(code, "/")
	if marked {
		class += "/" // marks are sorted by value, so those of a class are all gone through
	}
	key := shelfKey(class)
	from := sort.Search(len(s.byShelf), func(i int) bool { return s.shelfKey(i) >= key })
	for _, doc := range s.byShelf[from:] {
		switch have := s.codes.get(int(doc)); {
		case !strings.HasPrefix(have, class):
			return
		case strings.HasPrefix(have, code):
			set.set(doc)
		}
	}
}

// eachCoded gives the documents with that call number.
func (s *segment) eachCoded(code string, use func(doc uint32)) {
	key := shelfKey(code)
	at := sort.Search(len(s.byShelf), func(i int) bool { return s.shelfKey(i) >= key })
	for ; at < len(s.byShelf) && s.shelfKey(at) == key; at++ {
		if doc := s.byShelf[at]; s.codes.get(int(doc)) == code {
			use(doc)
		}
	}
}

// shelfKey is the key of the i-th book on the shelf.
func (s *segment) shelfKey(i int) string { return shelfKey(s.codes.get(int(s.byShelf[i]))) }

// shelfKey gives what a folded call number is sorted by: a class before those
// it is the beginning of, marks by the value of their numbers.
func shelfKey(code string) string {
	class, marks, marked := strings.Cut(code, "/")
	if !marked {
		return class
	}
	key := append([]byte(class), 1)
	for i := 0; i < len(marks); {
		n := i
		for n < len(marks) && marks[n] >= '0' && marks[n] <= '9' {
			n++
		}
		if n == i {
			key = append(key, marks[i])
			i++
			continue
		}
		number := strings.TrimLeft(marks[i:n], "0")
		key = append(key, '0'+byte(min(len(number), 9)))
		key = append(key, number...)
		i = n
	}
	return string(key)
}
