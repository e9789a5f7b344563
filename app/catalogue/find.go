package catalogue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"shuting/app/catalogue/search"
	"shuting/app/library"
	"shuting/app/records"
)

// A Query asks for titles.
type Query struct {
	Text     string `json:"text"` // as typed; "" is every title
	OnShelf  bool   `json:"onShelf"`
	Children bool   `json:"children"`
	Fresh    bool   `json:"fresh"`    // came in the last 30 days
	Language string `json:"language"` // three letters; "" is any
	Class    string `json:"class"`    // how the class begins; "" is any
	Limit    int    `json:"limit"`    // 1 to 50
	Offset   int    `json:"offset"`   // 0 to 5000
}

const (
	mostHits   = 50
	mostOffset = 5000
)

// Found is a title as a list shows it. Availability is what the records say at
// the moment of the answer.
type Found struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Subtitle   string `json:"subtitle"`
	Author     string `json:"author"`
	Publisher  string `json:"publisher"`
	Year       string `json:"year"`
	Class      string `json:"class"`
	CallNumber string `json:"callNumber"`
	Place      string `json:"place"` // of a copy on the shelf, if there is one
	Language   string `json:"language"`
	Children   bool   `json:"children"`
	Fresh      bool   `json:"fresh"`
	Copies     int    `json:"copies"`
	OnShelf    int    `json:"onShelf"`
	Cover      string `json:"cover"` // address of a picture, "" = drawn
	Marks      []Mark `json:"marks"` // what of the title the query matched
}

// Mark is a part of a text in units of UTF-16, from From to To, exclusive.
type Mark struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// Page is some of what was found.
type Page struct {
	Hits    []Found  `json:"hits"`
	Total   int      `json:"total"`
	More    bool     `json:"more"` // there are more than Total
	Filling *Filling `json:"filling,omitempty"`
}

// Find looks for titles. While the index is still being filled only an ISBN is
// found.
func (f *Finder) Find(ctx context.Context, q Query) (Page, error) {
	q.Limit, q.Offset = min(max(q.Limit, 1), mostHits), min(max(q.Offset, 0), mostOffset)
	page := Page{Hits: []Found{}, Filling: f.Filling()}
	since, _ := f.news.Load().since(f.today())
	index := f.index.Load()
	var result search.Result
	if index != nil {
		filter := search.Filter{OnShelf: q.OnShelf, Children: q.Children, Language: q.Language, Class: q.Class, Available: f.onShelf}
		if q.Fresh {
			filter.Since = since
		}
		result = index.Search(q.Text, filter, q.Limit, q.Offset)
		page.Total, page.More = result.Total, result.More
	}
	err := f.o.Records.View(ctx, func(t *records.Tx) error {
		if index == nil {
			return f.byISBN(t, q.Text, &page)
		}
		for _, h := range result.Hits {
			found, err := f.found(t, h.ID, since)
			if records.Unusable(err) || err == nil && q.OnShelf && found.OnShelf == 0 {
				continue // lent this moment
			}
			if err != nil {
				return err
			}
			found.Marks = marks(result.Spans(found.Title), found.Title)
			page.Hits = append(page.Hits, found)
		}
		return nil
	})
	if err != nil {
		return Page{}, fmt.Errorf("find: %w", err)
	}
	return page, nil
}

func (f *Finder) byISBN(t *records.Tx, text string, page *Page) error {
	isbn := strings.ReplaceAll(strings.TrimSpace(text), "-", "")
	if !library.IsISBN13(isbn) {
		return nil
	}
	titles, err := t.TitlesByISBN(isbn)
	if err != nil {
		return err
	}
	for _, title := range titles[:min(len(titles), mostHits)] {
		found, err := f.found(t, title.ID, 0)
		if err != nil {
			return err
		}
		page.Hits = append(page.Hits, found)
	}
	page.Total = len(page.Hits)
	return nil
}

// found reads a title and its copies.
func (f *Finder) found(t *records.Tx, id string, since int) (Found, error) {
	title, err := t.Title(id)
	if err != nil {
		return Found{}, err
	}
	copies, err := t.Copies(id)
	if err != nil {
		return Found{}, err
	}
	return f.shown(title, copies, since), nil
}

func (f *Finder) shown(title library.Title, copies []library.Item, since int) Found {
	var s sums
	place, elsewhere := "", ""
	for _, it := range copies {
		s.add(it, f.o.Branch)
		switch {
		case it.State == library.ItemWithdrawn:
		case standing(it, f.o.Branch):
			place = cmp.Or(place, it.Place)
		default:
			elsewhere = cmp.Or(elsewhere, it.Place)
		}
	}
	if s.onShelf == 0 {
		place = elsewhere
	}
	added := dayNumber(title.Added)
	return Found{ID: title.ID, Title: title.Title, Subtitle: title.Subtitle, Author: title.Author, Publisher: title.Publisher,
		Year: title.Year, Class: title.Class, CallNumber: callNumber(title, s), Place: place, Language: title.Language,
		Children: forChildren(title, s), Fresh: since > 0 && added >= since, Copies: s.all, OnShelf: s.onShelf,
		Cover: f.o.Cover(title), Marks: []Mark{}}
}

// marks counts spans in UTF-16.
func marks(spans []search.Span, text string) []Mark {
	out := make([]Mark, 0, len(spans))
	at, units := 0, 0
	unit := func(to int) int {
		for at < to && at < len(text) {
			r, n := utf8.DecodeRuneInString(text[at:])
			at += n
			units++
			if r > 0xFFFF {
				units++
			}
		}
		return units
	}
	for _, s := range spans {
		from := unit(s.From)
		out = append(out, Mark{From: from, To: unit(s.To)})
	}
	return out
}

// Shelves is what can be browsed.
type Shelves struct {
	Titles    int             `json:"titles"`
	Fresh     int             `json:"fresh"`
	Classes   []ClassCount    `json:"classes"`   // beginnings of one and two characters, in order
	Languages []LanguageCount `json:"languages"` // most titles first
	Filling   *Filling        `json:"filling,omitempty"`
}

// ClassCount is how many titles a class has.
type ClassCount struct {
	Class  string `json:"class"`
	Titles int    `json:"titles"`
}

// LanguageCount is how many titles there are in a language.
type LanguageCount struct {
	Code   string `json:"code"`
	Titles int    `json:"titles"`
}

// Shelves tells what can be browsed.
func (f *Finder) Shelves() Shelves {
	s := Shelves{Classes: []ClassCount{}, Languages: []LanguageCount{}, Filling: f.Filling()}
	index := f.index.Load()
	if index == nil {
		return s
	}
	s.Titles = index.Len()
	_, s.Fresh = f.news.Load().since(f.today())
	for class, n := range index.Classes() {
		s.Classes = append(s.Classes, ClassCount{class, n})
	}
	slices.SortFunc(s.Classes, func(a, b ClassCount) int { return strings.Compare(a.Class, b.Class) })
	for code, n := range index.Languages() {
		if code != "" {
			s.Languages = append(s.Languages, LanguageCount{code, n})
		}
	}
	slices.SortFunc(s.Languages, func(a, b LanguageCount) int { return cmp.Or(b.Titles-a.Titles, strings.Compare(a.Code, b.Code)) })
	return s
}

// TitleOf gives the title of the copy with a barcode, "" if there is none.
func (f *Finder) TitleOf(ctx context.Context, barcode string) (title string, err error) {
	err = f.o.Records.View(ctx, func(t *records.Tx) error {
		it, err := t.ItemByBarcode(barcode)
		if errors.Is(err, records.ErrNotFound) {
			return nil
		}
		title = it.TitleID
		return err
	})
	return title, err
}

// Called is a title as it is called; false when there is none of that id.
func (f *Finder) Called(ctx context.Context, id string) (title library.Title, known bool, err error) {
	err = f.o.Records.View(ctx, func(t *records.Tx) (err error) { title, err = t.Title(id); return err })
	if records.Unusable(err) {
		return library.Title{}, false, nil
	}
	return title, err == nil, err
}
