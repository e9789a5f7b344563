package hanzi

import "unicode/utf8"

// Lead bytes of a sort key: numbers, Latin letters as themselves, other
// scripts, Chinese characters by reading, Chinese characters without one.
const (
	keyNumber = 0x21 // plus the number of digits, up to 15
	keyOther  = 0x7F
	keyHan    = 0x80 // high bits of the reading
	keyUnread = 0xF0
)

// SortKey gives bytes whose order is the pinyin order of titles: numbers by
// value (第2卷 before 第10卷), then Latin letters, then other scripts, then
// Chinese characters by syllable, tone and character, read as in their word.
// Texts that fold alike have equal keys. About five bytes per character.
func SortKey(text string) []byte { return loaded().sortKey(text, false) }

// SortKeyName is SortKey for names: a personal name's surname is read as a
// surname (曾 zeng, 单 shan).
func SortKeyName(name string) []byte { return loaded().sortKey(name, true) }

func (t *tables) sortKey(text string, name bool) []byte {
	runes := []rune(Fold(text))
	chosen := t.choose(runes, name)
	key := make([]byte, 0, 5*len(runes))
	for i := 0; i < len(runes); {
		r := runes[i]
		switch {
		case r >= '0' && r <= '9':
			n := i
			for n < len(runes) && runes[n] >= '0' && runes[n] <= '9' {
				n++
			}
			key = appendNumber(key, runes[i:n])
			i = n
			continue
		case chosen[i] != unread:
			key = append(key, keyHan|byte(chosen[i]>>8), byte(chosen[i]))
			key = append(key, byte(r>>16), byte(r>>8), byte(r))
		case IsHan(r):
			key = append(key, keyUnread, byte(r>>16), byte(r>>8), byte(r))
		case r < utf8.RuneSelf:
			key = append(key, byte(r))
		default:
			key = utf8.AppendRune(append(key, keyOther), r)
		}
		i++
	}
	return key
}

// appendNumber writes how many digits a number has before its digits, so that
// bytes compare as values; beyond 15 digits they compare as text.
func appendNumber(key []byte, digits []rune) []byte {
	for len(digits) > 1 && digits[0] == '0' {
		digits = digits[1:]
	}
	key = append(key, keyNumber+byte(min(len(digits), 15))-1)
	for _, d := range digits {
		key = append(key, byte(d))
	}
	return key
}
