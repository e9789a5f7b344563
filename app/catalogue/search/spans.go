package search

import (
	"cmp"
	"slices"

	"shuting/app/hanzi"
)

// A Span is a part of a title to highlight: bytes from From to To, exclusive.
type Span struct{ From, To int }

// Spans gives what the query found in a title, as catalogued: the place of the
// whole query or, where it is not there, of each of its terms. They are in order
// and apart. What was found elsewhere, within a word or with a wrong letter has
// no span.
func (r *Result) Spans(title string) []Span {
	if r.query == nil || len(r.query.terms) == 0 {
		return nil
	}
	if s, ok := r.query.whole.span(title); ok {
		return []Span{s}
	}
	var spans []Span
	for _, t := range r.query.terms {
		if s, ok := t.span(title); ok {
			spans = append(spans, s)
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To)) })
	apart := spans[:0]
	for _, s := range spans {
		if last := len(apart) - 1; last >= 0 && s.From < apart[last].To {
			apart[last].To = max(apart[last].To, s.To)
			continue
		}
		apart = append(apart, s)
	}
	return apart
}

func (t *term) span(title string) (s Span, ok bool) {
	if t.style == exact && indexWord([]byte(hanzi.Fold(title)), t.folded) < 0 {
		return s, false
	}
	s.From, s.To, ok = t.pattern().Find(title)
	return s, ok
}
