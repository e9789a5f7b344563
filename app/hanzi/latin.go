package hanzi

import "unicode/utf8"

// What asciiClass says of a byte; a letter or digit is its lower-case self.
const (
	asciiSpace      = 0
	asciiSign       = 1
	asciiApostrophe = 2
)

var asciiClass = func() (class [utf8.RuneSelf]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		class[c], class[c-'a'+'A'] = c, c
	}
	for c := byte('0'); c <= '9'; c++ {
		class[c] = c
	}
	class['+'], class['#'] = asciiSign, asciiSign
	class['\''] = asciiApostrophe
	return class
}()

func isSign(c byte) bool { return c == '+' || c == '#' }

func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// isWord reports whether a folded byte is a Latin letter or a digit.
func isWord(c byte) bool { return isLower(c) || c >= '0' && c <= '9' }

func isApostrophe(r rune) bool {
	switch r {
	case '\'', '\u2018', '\u2019', '\u02BB', '\u02BC', '\uFF07':
		return true
	}
	return false
}

// spelled are the lower-case letters that have no decomposition but that a
// reader types with the letters of an English keyboard.
var spelled = map[rune]string{
	'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'đ': "d", 'ð': "d", 'þ': "th",
	'ł': "l", 'ħ': "h", 'ı': "i", 'ŋ': "n", 'ŧ': "t", 'ƒ': "f", 'ɡ': "g",
}

// lastSpelled is the last letter in spelled: text beyond it need not be looked up.
const lastSpelled = 'ɡ'
