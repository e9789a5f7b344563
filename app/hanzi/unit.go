package hanzi

import "unicode/utf8"

const (
	unitGap     = iota // divides words: spaces, signs, bytes that are not UTF-8
	unitHan            // a Chinese character
	unitLiteral        // a letter or digit that matches itself
)

// A unit is one character of a folded title.
type unit struct {
	rune rune
	size int    // bytes
	list uint16 // of a Chinese character: its readings
	kind uint8
}

func (t *tables) unit(text []byte) unit {
	if c := text[0]; c < utf8.RuneSelf {
		if isWord(c) {
			return unit{rune: rune(c), size: 1, kind: unitLiteral}
		}
		return unit{size: 1, kind: unitGap}
	}
	r, size := utf8.DecodeRune(text)
	switch {
	case IsHan(r):
		r, list := t.folded(r)
		return unit{rune: r, size: size, list: list, kind: unitHan}
	case r == utf8.RuneError:
		return unit{size: size, kind: unitGap}
	}
	return unit{rune: r, size: size, kind: unitLiteral}
}
