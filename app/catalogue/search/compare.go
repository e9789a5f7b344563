package search

import (
	"bytes"

	"shuting/app/hanzi"
)

// in reports whether t is in one of the parts of text: as characters, pinyin or
// initials, or from the beginning of a word. sounds is room to work in.
func (t *term) in(text []byte, sounds *[]hanzi.Sound) bool {
	if t.style == latin {
		*sounds = appendSounds((*sounds)[:0], text)
		return t.pattern().IndexSounds(*sounds) >= 0
	}
	for part := range parts(text) {
		if t.inPart(part) {
			return true
		}
	}
	return false
}

func (t *term) inPart(part []byte) bool {
	switch t.style {
	case plain:
		return indexLoose(part, t.bare) >= 0
	case exact:
		return indexWord(part, t.folded) >= 0
	}
	_, _, ok := t.pattern().Match(part)
	return ok
}

// within reports whether the letters of t are anywhere in a word of text.
func (t *term) within(text []byte) bool { return bytes.Contains(text, t.folded) }

// begins reports whether a title begins with t, and whether it ends there too.
func (t *term) begins(title []byte) (begins, whole bool) {
	end := 0
	switch t.style {
	case exact:
		if !bytes.HasPrefix(title, t.folded) {
			return false, false
		}
		end = len(t.folded)
	case plain:
		if end = prefixLoose(title, t.bare); end < 0 {
			return false, false
		}
	default:
		var ok bool
		if end, ok = t.pattern().MatchPrefix(title); !ok {
			return false, false
		}
	}
	return true, len(bytes.TrimSpace(title[end:])) == 0
}

// prefixLoose gives where text, which may have spaces that bare has not, has
// come to the end of bare; -1 when it does not begin with it.
func prefixLoose(text, bare []byte) int {
	k := 0
	for i, c := range text {
		switch {
		case c == bare[k]:
			if k++; k == len(bare) {
				return i + 1
			}
		case c >= 0x80 || isLatin(c):
			return -1
		}
	}
	return -1
}

// indexLoose gives where bare begins in text, which may have spaces within it.
func indexLoose(text, bare []byte) int {
	if at := bytes.Index(text, bare); at >= 0 || !bytes.ContainsAny(text, " +#") {
		return at
	}
	for from := 0; ; from++ {
		at := bytes.IndexByte(text[from:], bare[0])
		if at < 0 {
			return -1
		}
		from += at
		if prefixLoose(text[from:], bare) >= 0 {
			return from
		}
	}
}

// indexWord gives where a word of text begins with word; -1: none does.
func indexWord(text, word []byte) int {
	for from := 0; ; from++ {
		at := bytes.Index(text[from:], word)
		if at < 0 {
			return -1
		}
		if from += at; from == 0 || !isLatin(text[from-1]) || !isLatin(word[0]) {
			return from
		}
	}
}

// hasWord reports whether word is a whole word of text.
func hasWord(text []byte, word string) bool {
	for w := range latinWords(text) {
		if string(w) == word {
			return true
		}
	}
	return false
}
