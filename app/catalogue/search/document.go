package search

import (
	"bytes"
	"iter"
	"strconv"
	"strings"
	"unicode"

	"shuting/app/hanzi"
)

// A Doc is what can be found of one title. All text is as catalogued.
type Doc struct {
	ID         string // opaque; one title, one id
	Title      string
	Subtitle   string
	AltTitles  []string // parallel, original and earlier titles; found like Title
	Authors    []string // every person or body that has a part in it
	Subjects   []string
	Series     string
	Publisher  string
	CallNumber string // class and mark: I242.4/CXQ
	Class      string // for Filter.Class
	ISBNs      []string
	Language   string // for Filter.Language
	Year       int    // of publication; 0 = not known
	Popularity uint32 // more is better; any measure
	Children   bool   // for Filter.Children
	Added      int    // the day it came to the library, see Filter.Since; 0 = not known
}

// Text of a title is kept in parts: the titles, then the subtitle, which begins
// with a mark that is no letter to anything that compares.
const (
	betweenParts = '\n'
	subtitleMark = '\v'
)

// titleText gives the folded titles of d in parts.
func (d *Doc) titleText() []byte {
	text := hanzi.AppendFold(make([]byte, 0, 64), d.Title)
	for _, alt := range d.AltTitles {
		text = append(text, betweenParts)
		text = append(text, hanzi.Fold(alt)...)
	}
	if sub := hanzi.Fold(d.Subtitle); sub != "" {
		text = append(text, betweenParts, subtitleMark)
		text = append(text, sub...)
	}
	return text
}

// parts gives the parts of a text, and whether each is a title.
func parts(text []byte) iter.Seq2[[]byte, bool] {
	return func(use func([]byte, bool) bool) {
		for {
			part, rest, more := bytes.Cut(text, []byte{betweenParts})
			if !use(part, len(part) == 0 || part[0] != subtitleMark) || !more {
				return
			}
			text = rest
		}
	}
}

// Kinds of values: what several titles share and what is stored once for all.
// They are the first byte of a value while an index is built, so that authors
// come first in order.
const (
	authorValue = 'a'
	otherValue  = 'o' // subjects, series, publisher, year, numbers that are no ISBN
)

// values calls use with every value of d, folded, behind its kind. The bytes
// are good during the call only.
func (d *Doc) values(use func([]byte)) {
	var room [128]byte
	put := func(kind byte, s string) {
		if value := hanzi.AppendFold(append(room[:0], kind), s); len(value) > 1 {
			use(value)
		}
	}
	for _, s := range d.Authors {
		put(authorValue, s)
	}
	for _, s := range d.Subjects {
		put(otherValue, s)
	}
	put(otherValue, d.Series)
	put(otherValue, d.Publisher)
	for _, s := range d.ISBNs {
		if _, ok := parseISBN(s); !ok {
			put(otherValue, s)
		}
	}
	if d.Year != 0 {
		put(otherValue, strconv.Itoa(d.Year))
	}
}

// code folds a call number or class: lower case, half width, no spaces, its
// points and strokes kept. What stands after the first space is the mark, if no
// stroke says so.
func code(s string) string {
	stroke := strings.ContainsAny(s, "/／")
	s = strings.TrimFunc(s, unicode.IsSpace)
	return strings.Map(func(r rune) rune {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		switch {
		case unicode.IsSpace(r) && !stroke:
			stroke = true
			return '/'
		case unicode.IsSpace(r), unicode.IsControl(r):
			return -1
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
