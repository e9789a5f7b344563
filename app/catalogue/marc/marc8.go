package marc

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const escape = 0x1B

// The character sets of MARC-8 we have, named by the final byte that selects
// them in an escape sequence.
const (
	setASCII       = 'B'
	setANSEL       = 'E'
	setGreek       = 'g' // three symbols, not the alphabet
	setSubscript   = 'b'
	setSuperscript = 'p'
	setHebrew      = '2'
	setCyrillic    = 'N'
)

// marc8 decodes one field: G0 is what bytes below 0x80 mean, G1 those above.
type marc8 struct {
	g0, g1  byte
	pending []rune // combining marks; MARC-8 has them before their letter, Unicode after
}

// appendMARC8 appends the content as UTF-8, not yet composed. Every field begins
// with ASCII in G0 and ANSEL in G1. A subfield must give G0 back before it ends:
// where it does not, the next one cannot be read with any certainty.
func appendMARC8(dst, src []byte) ([]byte, *fault) {
	m := marc8{g0: setASCII, g1: setANSEL}
	for i := 0; i < len(src); i++ {
		c := src[i]
		switch {
		case c == escape:
			n, bad := m.designate(src[i+1:])
			if bad != nil {
				return dst, bad
			}
			i += n
			continue
		case c == subfieldMark:
			if len(m.pending) > 0 || m.g0 != setASCII {
				return dst, newFault(CharsetInvalid, "charset", string(MARC8))
			}
			dst = append(dst, c)
			if i+1 < len(src) && src[i+1] != escape && src[i+1] < utf8.RuneSelf {
				i++
				dst = append(dst, src[i])
			}
			continue
		case c <= ' ' && len(m.pending) == 0:
			dst = append(dst, c)
			continue
		}
		r, combining := m.lookup(c)
		switch {
		case r == 0:
			return dst, newFault(CharsetInvalid, "charset", string(MARC8))
		case r == dropped:
		case combining:
			m.pending = append(m.pending, r)
		case len(m.pending) > 0 && !unicode.IsLetter(r):
			// Latin-1 read as ANSEL gives itself away here: its accented letters
			// would be marks, and some of them end a word.
			return dst, newFault(CharsetInvalid, "charset", string(MARC8))
		default:
			dst = m.flush(utf8.AppendRune(dst, r))
		}
	}
	if len(m.pending) > 0 {
		return dst, newFault(CharsetInvalid, "charset", string(MARC8))
	}
	return dst, nil
}

// flush puts the marks behind the letter just written.
func (m *marc8) flush(dst []byte) []byte {
	for _, r := range m.pending {
		dst = utf8.AppendRune(dst, r)
	}
	m.pending = m.pending[:0]
	return dst
}

// designate reads what follows an escape and returns its length.
func (m *marc8) designate(rest []byte) (int, *fault) {
	if len(rest) == 0 {
		return 0, newFault(CharsetInvalid, "charset", string(MARC8))
	}
	switch rest[0] {
	case 's':
		m.g0 = setASCII
		return 1, nil
	case setGreek, setSubscript, setSuperscript:
		m.g0 = rest[0]
		return 1, nil
	}
	target, n, wide := &m.g0, 1, false
	switch rest[0] {
	case '(', ',':
	case ')', '-':
		target = &m.g1
	case '$':
		wide = true
	default:
		return 0, newFault(CharsetInvalid, "charset", string(MARC8))
	}
	for n < len(rest) && rest[n] >= 0x20 && rest[n] <= 0x2F {
		n++ // further intermediate bytes: "!" before E, ")" after $
	}
	if n == len(rest) || rest[n] < '0' || rest[n] > '~' {
		return 0, newFault(CharsetInvalid, "charset", string(MARC8))
	}
	final := rest[n]
	switch {
	case !wide && (final == setASCII || final == setANSEL || final == setHebrew || final == setCyrillic):
		*target = final
		return n + 1, nil
	case wide && final == '1':
		return 0, newFault(CharsetUnsupported, "charset", "EACC")
	default:
		return 0, newFault(CharsetUnsupported, "charset", "MARC-8 "+string(rune(final)))
	}
}

// dropped is the second half of a mark whose first half covers both letters.
const dropped = -1

// lookup returns the character, 0 if the set in force has none there.
func (m *marc8) lookup(c byte) (r rune, combining bool) {
	switch c { // the same in every set
	case 0x88, 0x89, 0x8D, 0x8E:
		return joiners[c&7], false
	}
	set, code := m.g0, c
	if c >= 0x80 {
		set, code = m.g1, c-0x80
	}
	if code <= 0x20 || code == 0x7F {
		return 0, false
	}
	switch set {
	case setASCII:
		return rune(code), false
	case setANSEL:
		return ansel[code], code >= 0x60
	case setHebrew:
		return hebrew(code)
	case setCyrillic:
		if code < 0x40 {
			return rune(code), false
		}
		return charmap.KOI8R.DecodeByte(code + 0x80), false // the same order of letters
	case setGreek:
		if code >= 'a' && code <= 'c' {
			return 'α' + rune(code-'a'), false
		}
	case setSubscript:
		return subscript[code], false
	case setSuperscript:
		return superscript[code], false
	}
	return 0, false
}

// joiners: begin and end of what sorting ignores, joiner, non-joiner.
var joiners = [8]rune{0: 0x98, 1: 0x9C, 5: 0x200D, 6: 0x200C}

func hebrew(code byte) (rune, bool) {
	switch {
	case code >= 0x60 && code <= 0x7A:
		return 0x05D0 + rune(code-0x60), false
	case code >= 0x7B && code <= 0x7D:
		return 0x05F0 + rune(code-0x7B), false
	case code >= 0x40 && code <= 0x4E:
		return hebrewPoints[code-0x40], true
	case code == '"':
		return 0x05F4, false
	case code == '\'':
		return 0x05F3, false
	case code == '-':
		return 0x05BE, false
	case code < 0x40 || code == '[' || code == ']':
		return rune(code), false
	}
	return 0, false
}

var hebrewPoints = [15]rune{
	0x05B7, 0x05B8, 0x05B6, 0x05B5, 0x05B4, 0x05B9, 0x05BB, 0x05B0,
	0x05B2, 0x05B3, 0x05B1, 0x05BC, 0x05BF, 0x05C1, 0xFB1E,
}

// ansel is extended Latin by its 7-bit code; from 0x60 on they combine.
var ansel = [128]rune{
	0x21: 'Ł', 0x22: 'Ø', 0x23: 'Đ', 0x24: 'Þ', 0x25: 'Æ', 0x26: 'Œ', 0x27: 'ʹ', 0x28: '·',
	0x29: '♭', 0x2A: '®', 0x2B: '±', 0x2C: 'Ơ', 0x2D: 'Ư', 0x2E: 'ʼ', 0x30: 'ʻ', 0x31: 'ł',
	0x32: 'ø', 0x33: 'đ', 0x34: 'þ', 0x35: 'æ', 0x36: 'œ', 0x37: 'ʺ', 0x38: 'ı', 0x39: '£',
	0x3A: 'ð', 0x3C: 'ơ', 0x3D: 'ư', 0x40: '°', 0x41: 'ℓ', 0x42: '℗', 0x43: '©', 0x44: '♯',
	0x45: '¿', 0x46: '¡', 0x47: 'ß', 0x48: '€',
	0x60: 0x0309, 0x61: 0x0300, 0x62: 0x0301, 0x63: 0x0302, 0x64: 0x0303, 0x65: 0x0304,
	0x66: 0x0306, 0x67: 0x0307, 0x68: 0x0308, 0x69: 0x030C, 0x6A: 0x030A,
	0x6B: 0x0361, 0x6C: dropped, // ligature over two letters
	0x6D: 0x0315, 0x6E: 0x030B, 0x6F: 0x0310, 0x70: 0x0327, 0x71: 0x0328, 0x72: 0x0323,
	0x73: 0x0324, 0x74: 0x0325, 0x75: 0x0333, 0x76: 0x0332, 0x77: 0x0326, 0x78: 0x031C,
	0x79: 0x032E, 0x7A: 0x0360, 0x7B: dropped, // double tilde
	0x7E: 0x0313,
}

var subscript = [128]rune{
	'(': '₍', ')': '₎', '+': '₊', '-': '₋', '0': '₀', '1': '₁', '2': '₂', '3': '₃',
	'4': '₄', '5': '₅', '6': '₆', '7': '₇', '8': '₈', '9': '₉',
}

var superscript = [128]rune{
	'(': '⁽', ')': '⁾', '+': '⁺', '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³',
	'4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹',
}
