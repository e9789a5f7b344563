package hanzi

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the normal form search compares: compatibility forms resolved,
// half width, lower case, letters without their diacritics, every character
// replaced by the one that stands for its simplified, traditional, regional and
// Japanese forms, and whatever is neither letter nor digit turned into one
// space between words, none at the ends.
//
// Kept against that rule: + and # at the end of a word (C++, C#). Dropped
// without a space: an apostrophe after a Latin letter (don't, Xi'an) and what
// has no width. Bytes that are not UTF-8 count as space. Fold(Fold(s)) == Fold(s).
func Fold(s string) string {
	var room [128]byte
	return string(AppendFold(room[:0], s))
}

// AppendFold appends Fold(s) to dst. It allocates only what dst needs to grow,
// except for the rare text that has to be composed (half-width voiced kana,
// Korean in single letters).
func AppendFold(dst []byte, s string) []byte {
	f := folder{tables: loaded(), dst: dst, start: len(dst)}
	for i := 0; i < len(s); {
		i += f.next(s[i:])
	}
	return f.dst
}

// A folder writes folded text behind dst[:start].
type folder struct {
	tables *tables
	dst    []byte
	start  int
	gap    bool // something that is not text came since the last letter
}

// next folds the first character of s and gives its size.
func (f *folder) next(s string) int {
	if c := s[0]; c < utf8.RuneSelf {
		f.ascii(c)
		return 1
	}
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case IsHan(r):
		f.han(r)
	case r >= 0xFF01 && r <= 0xFF5E:
		f.ascii(byte(r - 0xFEE0))
	case r >= 0x3041 && r <= 0x3096, r >= 0x30A1 && r <= 0x30FA, r == 0x30FC, r >= 0xAC00 && r <= 0xD7A3:
		f.put(r)
	case r >= 0x3000 && r <= 0x3002, r >= 0x3008 && r <= 0x3011, r == utf8.RuneError:
		f.gap = true
	default:
		f.decompose(r, s[:size])
	}
	return size
}

// open writes the space an earlier gap asks for.
func (f *folder) open() {
	if f.gap {
		f.gap = false
		if len(f.dst) > f.start {
			f.dst = append(f.dst, ' ')
		}
	}
}

func (f *folder) ascii(c byte) {
	switch class := asciiClass[c]; class {
	case asciiSpace:
		f.gap = true
	case asciiSign:
		if f.gap || !f.afterWord(c) {
			f.gap = true
			return
		}
		f.dst = append(f.dst, c)
	case asciiApostrophe:
		if !f.afterWord(c) {
			f.gap = true
		}
	default:
		if f.gap {
			f.open()
		} else if n := len(f.dst); n > f.start+1 && isSign(f.dst[n-1]) && !isSign(f.dst[n-2]) {
			f.dst[n-1] = ' ' // a single sign between letters divides: A+B
		}
		f.dst = append(f.dst, class)
	}
}

// afterWord reports whether the last byte written is a Latin letter, a digit,
// or the same sign again.
func (f *folder) afterWord(c byte) bool {
	n := len(f.dst)
	return n > f.start && (isWord(f.dst[n-1]) || isSign(c) && f.dst[n-1] == c)
}

func (f *folder) han(r rune) {
	if f.gap {
		f.open()
	}
	if e := f.tables.entry(r); e.fold != 0 {
		r = f.tables.targets[e.fold]
	}
	f.dst = utf8.AppendRune(f.dst, r)
}

func (f *folder) put(r rune) {
	if f.gap {
		f.open()
	}
	f.dst = utf8.AppendRune(f.dst, r)
}

// decompose handles a character that may stand for several; text is its bytes.
func (f *folder) decompose(r rune, text string) {
	decomposition := norm.NFKD.PropertiesString(text).Decomposition()
	if decomposition == nil {
		f.single(r)
		return
	}
	for i := 0; i < len(decomposition); {
		d, size := utf8.DecodeRune(decomposition[i:])
		i += size
		f.single(d)
	}
}

// single handles a character that stands for itself alone.
func (f *folder) single(r rune) {
	switch {
	case r < utf8.RuneSelf:
		f.ascii(byte(r))
		return
	case IsHan(r):
		f.han(r)
		return
	}
	if lower := unicode.ToLower(r); lower <= lastSpelled {
		if s, ok := spelled[lower]; ok {
			for i := range len(s) {
				f.ascii(s[i])
			}
			return
		}
	}
	switch {
	case isApostrophe(r):
		f.ascii('\'')
	case r == '○' || r == '◯':
		f.han('〇') // 二○二五年
	case unicode.In(r, unicode.Mn, unicode.Cf):
		f.mark(r)
	case isJamo(r):
		f.compose(r)
	case r == 'ς':
		f.put('σ') // the same letter at the end of a Greek word
	case unicode.In(r, unicode.L, unicode.N, unicode.Mc):
		f.put(unicode.ToLower(r))
	default:
		f.gap = true
	}
}

// mark handles what changes the character before it. Accents and points go;
// vowel signs of scripts that write them so are letters and stay, in the order
// they come in.
func (f *folder) mark(r rune) {
	var room [utf8.UTFMax]byte
	switch class := norm.NFKD.Properties(utf8.AppendRune(room[:0], r)).CCC(); {
	case class == 8:
		f.compose(r) // voiced kana are letters of their own
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector):
	case class == 0 || class == 9 || class > 35 && class < 200:
		f.put(r)
	}
}

// compose joins r to the character before it, where the two make one. A kana
// mark that joins nothing is dropped.
func (f *folder) compose(r rune) {
	if !f.gap && len(f.dst) > f.start {
		last, size := utf8.DecodeLastRune(f.dst)
		joined := []rune(norm.NFC.String(string([]rune{last, r})))
		if len(joined) == 1 {
			f.dst = utf8.AppendRune(f.dst[:len(f.dst)-size], joined[0])
			return
		}
	}
	if isJamo(r) {
		f.put(r)
	}
}

func isJamo(r rune) bool { return r >= 0x1100 && r <= 0x11FF }

// IsHan reports whether r is a Chinese character (〇 included), of any block.
func IsHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF || r == '〇' ||
		r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFD
}
