package search

import (
	"cmp"
	"slices"
	"strings"
	"sync"
)

// A Builder collects the titles of an Index. The zero value is ready to use;
// it is for one goroutine.
type Builder struct {
	rows   []row
	values interned
	links  []uint32 // values of each row, one after the other
	isbns  []uint64 // likewise
	names  interned // classes and languages
}

// A row is a folded Doc.
type row struct {
	id, text, code  string
	class, language uint32 // names
	links, isbns    [2]uint32
	votes           uint32
	added           uint16
	flags           uint8
}

// interned numbers different strings in the order they come in.
type interned struct {
	number map[string]uint32
	all    []string
}

func (in *interned) put(text []byte) uint32 {
	if n, ok := in.number[string(text)]; ok {
		return n
	}
	s := string(text)
	if in.number == nil {
		in.number = map[string]uint32{}
	}
	n := uint32(len(in.all))
	in.number[s] = n
	in.all = append(in.all, s)
	return n
}

// Add adds a title. Of several with one id the last counts.
func (b *Builder) Add(d Doc) {
	r := row{
		id: d.ID, text: string(d.titleText()), code: code(d.CallNumber),
		class: b.names.put([]byte(code(d.Class))), language: b.names.put([]byte(d.Language)),
		votes: d.Popularity, added: day(d.Added),
	}
	if d.Children {
		r.flags |= flagChildren
	}
	r.links[0] = uint32(len(b.links))
	d.values(func(value []byte) { b.links = append(b.links, b.values.put(value)) })
	r.links[1] = uint32(len(b.links))
	r.isbns[0] = uint32(len(b.isbns))
	for _, s := range d.ISBNs {
		if isbn, ok := parseISBN(s); ok {
			b.isbns = append(b.isbns, isbn)
		}
	}
	r.isbns[1] = uint32(len(b.isbns))
	b.rows = append(b.rows, r)
}

// Index makes an Index of what was added and empties b. It uses two cores.
func (b *Builder) Index() *Index {
	ix := &Index{}
	now := &state{}
	if s := b.segment(); s != nil {
		now.parts = []part{newPart(s)}
	}
	ix.now.Store(now)
	return ix
}

// gatherers are kept because the room for all features is large.
var gatherers = sync.Pool{New: func() any { return newGatherer() }}

// segment makes a segment of the rows, nil when there are none, and empties b.
func (b *Builder) segment() *segment {
	if len(b.rows) == 0 {
		return nil
	}
	s := &segment{}
	b.order(s)
	var both sync.WaitGroup
	both.Go(func() {
		b.listTitles(s)
		b.shelve(s)
	})
	b.listValues(s)
	b.name(s)
	both.Wait()
	s.vocabulary = s.learn()
	*b = Builder{}
	return s
}

// order drops all but the last row of an id, sorts the rest as they are shown,
// and writes the columns that follow that order.
func (b *Builder) order(s *segment) {
	kept := make([]uint32, len(b.rows)) // rows, by id
	for i := range kept {
		kept[i] = uint32(i)
	}
	slices.SortStableFunc(kept, func(x, y uint32) int { return strings.Compare(b.rows[x].id, b.rows[y].id) })
	last := kept[:0]
	for i, r := range kept {
		if i+1 == len(kept) || b.rows[kept[i+1]].id != b.rows[r].id {
			last = append(last, r)
		}
	}
	shown := make([]uint32, len(last)) // indexes into last
	for i := range shown {
		shown[i] = uint32(i)
	}
	slices.SortStableFunc(shown, func(x, y uint32) int {
		return cmp.Compare(b.rows[last[y]].votes, b.rows[last[x]].votes)
	})
	rows := make([]row, len(last))
	s.byID = make([]uint32, len(last))
	for doc, i := range shown {
		rows[doc] = b.rows[last[i]]
		s.byID[i] = uint32(doc)
	}
	b.rows = rows
	n := len(rows)
	s.ids = newColumn(n, func(i int) string { return rows[i].id })
	s.texts = newTexts(n, func(i int) string { return rows[i].text })
	s.codes = newColumn(n, func(i int) string { return rows[i].code })
	s.votes = make([]uint32, n)
	s.added = make([]uint16, n)
	s.flags = make([]uint8, n)
	for doc := range rows {
		s.votes[doc], s.added[doc], s.flags[doc] = rows[doc].votes, rows[doc].added, rows[doc].flags
	}
}

func (b *Builder) listTitles(s *segment) {
	g := gatherers.Get().(*gatherer)
	defer gatherers.Put(g)
	s.short = make([]uint8, s.len())
	for doc := range s.short {
		short := 255
		for part, title := range parts(s.texts.get(doc)) {
			if units := g.list(uint32(doc), part, title); title && units > 0 {
				short = min(short, units)
			}
		}
		s.short[doc] = uint8(short)
	}
	s.titles = g.lists(s.len())
}

// shelve sorts what is looked up by its place: call numbers and ISBNs.
func (b *Builder) shelve(s *segment) {
	keys := make([]string, len(b.rows))
	for doc := range b.rows {
		if r := &b.rows[doc]; r.code != "" {
			keys[doc] = shelfKey(r.code)
			s.byShelf = append(s.byShelf, uint32(doc))
		}
	}
	slices.SortFunc(s.byShelf, func(x, y uint32) int {
		return cmp.Or(strings.Compare(keys[x], keys[y]), strings.Compare(b.rows[x].id, b.rows[y].id))
	})
	for doc := range b.rows {
		r := &b.rows[doc]
		for _, isbn := range b.isbns[r.isbns[0]:r.isbns[1]] {
			s.isbns = append(s.isbns, isbnOfDoc{isbn, uint32(doc)})
		}
	}
	slices.SortFunc(s.isbns, func(x, y isbnOfDoc) int {
		return cmp.Or(cmp.Compare(x.isbn, y.isbn), cmp.Compare(x.doc, y.doc))
	})
	s.isbns = slices.Clip(slices.Compact(s.isbns))
	s.byShelf = slices.Clip(s.byShelf)
}

// listValues sorts the values that rows still have and lists the documents and
// the features of each.
func (b *Builder) listValues(s *segment) {
	lists := make([]slot, len(b.values.all))
	for doc := range b.rows {
		r := &b.rows[doc]
		for _, value := range b.links[r.links[0]:r.links[1]] {
			lists[value].put(uint32(doc))
		}
	}
	sorted := make([]uint32, 0, len(lists))
	size := 0
	for value := range lists {
		if lists[value].count > 0 {
			sorted = append(sorted, uint32(value))
			size += len(lists[value].bytes)
		}
	}
	slices.SortFunc(sorted, func(x, y uint32) int { return strings.Compare(b.values.all[x], b.values.all[y]) })
	s.authors, _ = slices.BinarySearchFunc(sorted, string(otherValue), func(x uint32, kind string) int {
		return strings.Compare(b.values.all[x], kind)
	})
	s.values = newTexts(len(sorted), func(i int) string { return b.values.all[sorted[i]][1:] })
	s.begin = make([]uint32, 1, len(sorted)+1)
	s.documents = make([]byte, 0, size)
	g := gatherers.Get().(*gatherer)
	defer gatherers.Put(g)
	for i, value := range sorted {
		s.documents = append(s.documents, lists[value].bytes...)
		s.begin = append(s.begin, uint32(len(s.documents)))
		g.list(uint32(i), s.values.get(i), false)
	}
	s.features = g.lists(len(sorted))
}

// name numbers classes and languages in their order.
func (b *Builder) name(s *segment) {
	s.class = make([]uint32, len(b.rows))
	s.classes = b.numbered(func(r *row) uint32 { return r.class }, func(doc, n int) { s.class[doc] = uint32(n) })
	s.language = make([]uint32, len(b.rows))
	s.languages = b.numbered(func(r *row) uint32 { return r.language }, func(doc, n int) { s.language[doc] = uint32(n) })
}

func (b *Builder) numbered(of func(*row) uint32, set func(doc, n int)) column {
	used := map[uint32]int{}
	for doc := range b.rows {
		used[of(&b.rows[doc])] = 0
	}
	names := make([]uint32, 0, len(used))
	for name := range used {
		names = append(names, name)
	}
	slices.SortFunc(names, func(x, y uint32) int { return strings.Compare(b.names.all[x], b.names.all[y]) })
	for n, name := range names {
		used[name] = n
	}
	for doc := range b.rows {
		set(doc, used[of(&b.rows[doc])])
	}
	return newColumn(len(names), func(i int) string { return b.names.all[names[i]] })
}
