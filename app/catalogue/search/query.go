package search

import (
	"bytes"
	"strings"
	"sync"
	"unicode"

	"shuting/app/hanzi"
)

// How much of a query is taken; what comes after it is passed over.
const (
	longestQuery = 200 // characters
	mostTerms    = 12
)

// A query is what a reader typed, prepared.
type query struct {
	whole *term
	terms []*term // the whole alone, or what spaces and commas divide
}

// parse prepares text. A query without letters or digits has no terms.
func parse(text string) *query {
	if runes := []rune(text); len(runes) > longestQuery {
		text = string(runes[:longestQuery])
	}
	q := &query{whole: newTerm(text)}
	pieces := strings.FieldsFunc(text, divides)
	if len(q.whole.runes) == 0 {
		return q
	}
	if len(pieces) == 1 || isbnOf(text) != (isbnSpan{}) {
		q.terms = []*term{q.whole}
		return q
	}
	for _, piece := range pieces {
		if t := newTerm(piece); len(t.runes) > 0 && len(q.terms) < mostTerms {
			q.terms = append(q.terms, t)
		}
	}
	return q
}

// divides reports whether r stands between terms. Hyphens and points do not:
// what they join is looked for as one.
func divides(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(",;/|&，、；／：:《》“”\"()（）", r)
}

func isApostrophe(r rune) bool { return strings.ContainsRune("'\u2018\u2019\u02BB\u02BC\uFF07", r) }

// apart replaces the apostrophes, which divide syllables (xi'an), by spaces.
func apart(s string) string {
	return strings.Map(func(r rune) rune {
		if isApostrophe(r) {
			return ' '
		}
		return r
	}, s)
}

// A term is what has to be found in one place.
type term struct {
	tokens
	folded []byte
	bare   []byte // folded, without spaces
	style  style
	needs  []need
	part   []need // to be found within a word
	isbn   isbnSpan
	code   string // of a call number, "" = cannot be one

	pattern func() *hanzi.Pattern // made on first use
}

type isbnSpan struct{ from, to uint64 }

// A style says how a term is compared.
type style uint8

const (
	mixed style = iota // by Pattern
	latin              // Latin letters and digits: by sound
	plain              // characters and other scripts: as they are
	exact              // with a sign (C++), as a word begins
)

// heard is how many tokens Pattern.IndexSounds compares.
const heard = 63

// shortestPart is how many letters are looked for within a word.
const shortestPart = 3

func newTerm(text string) *term {
	t := &term{tokens: tokensOf(text), folded: []byte(hanzi.Fold(text))}
	if len(t.runes) == 0 {
		return t
	}
	t.bare = bytes.ReplaceAll(t.folded, []byte(" "), nil)
	t.style = t.compared()
	t.needs = t.tokens.needs(spoken())
	if t.style == latin && len(t.runes) >= shortestPart {
		t.part = letters(spoken(), t.tokens)
	}
	t.isbn = isbnOf(text)
	if c := code(text); isCode(c) {
		t.code = c
	}
	t.pattern = sync.OnceValue(func() *hanzi.Pattern { return hanzi.NewPattern(text) })
	return t
}

func isbnOf(text string) (s isbnSpan) {
	if from, to, ok := isbnRange(text); ok {
		s = isbnSpan{from, to}
	}
	return s
}

// isCode reports whether c may be the beginning of a call number.
func isCode(c string) bool {
	return len(c) >= 2 && strings.ContainsAny(c, "0123456789") && strings.ContainsAny(c, "abcdefghijklmnopqrstuvwxyz./")
}

func (t *term) compared() style {
	if bytes.ContainsAny(t.folded, "+#") {
		return exact
	}
	ascii := 0
	for _, r := range t.runes {
		if r < 0x80 {
			ascii++
		}
	}
	switch {
	case ascii == 0:
		return plain
	case ascii == len(t.runes) && ascii <= heard:
		return latin
	}
	return mixed
}

// sure reports whether the needs of t are all there is to it.
func (t *term) sure() bool { return t.style != exact && t.tokens.sure() }
