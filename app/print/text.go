package print

import (
	"strings"
	"unicode"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// clean is what of a text may be printed: composed, on one line, without control
// characters (a printer would obey them) and without the marks that turn the
// direction of writing or show nothing.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(text, string(unknown))))
	return strings.Join(strings.Fields(text), " ")
}

// unknown stands for a character that cannot be printed, so that a gap in a
// title is seen.
const unknown = '〓'

// gbk gives the two bytes by which every Chinese printer knows a character, the
// same in GB 2312, GBK and GB 18030; ok is false for one that has none.
//
// What came with GB 18030 only (four bytes, the euro sign, forms for vertical
// text, some letters of pinyin) is missing in many printers, and the zones for
// private use mean nothing: such characters are drawn.
func gbk(r rune) (bytes [2]byte, ok bool) {
	if r < 0x80 || unicode.Is(unicode.Co, r) {
		return bytes, false
	}
	b, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
	if err != nil || len(b) != 2 {
		return bytes, false
	}
	lead, trail := b[0], b[1]
	switch {
	case lead == 0xa2 && trail == 0xe3, // €
		lead == 0xa6 && trail >= 0xd9,
		lead == 0xa8 && trail >= 0xbb && trail <= 0xc0,
		lead == 0xfe && trail <= 0xa0:
		return bytes, false
	}
	return [2]byte{lead, trail}, true
}

// columnsOf is how many narrow columns a character takes, in text and in a
// picture alike: a printer sets every character of two bytes two wide.
func columnsOf(r rune) int {
	if r < 0x80 {
		return 1
	}
	if _, ok := gbk(r); !ok && glyphs().narrow[r] != nil {
		return 1
	}
	return 2
}

// width is how many columns a clean text takes.
func width(text string) int {
	n := 0
	for _, r := range text {
		n += columnsOf(r)
	}
	return n
}

// cut is as much of the beginning of a text as fits on room columns.
func cut(text string, room int) string {
	for i, r := range text {
		if room -= columnsOf(r); room < 0 {
			return strings.TrimRight(text[:i], " ")
		}
	}
	return text
}

// hangs are the signs that must not begin a line.
const hangs = "，。、；：！？）》」』】〉”’…—·,.;:!?)]}%"

// wrap breaks a clean text into lines of at most room columns: between words,
// and before any Han character that does not hang on the one before it. A word
// longer than a line is broken where the line ends. An empty text has no line.
func wrap(text string, room int) []string {
	var lines []string
	line, used := "", 0
	flush := func() {
		if line = strings.TrimRight(line, " "); line != "" {
			lines = append(lines, line)
		}
		line, used = "", 0
	}
	for _, unit := range units(text) {
		n := width(unit)
		if used+n > room && unit != " " {
			flush()
		}
		for n > room {
			head := cut(unit, room)
			if head == "" {
				break // not even one character fits
			}
			line = head
			flush()
			unit = strings.TrimLeft(unit[len(head):], " ")
			n = width(unit)
		}
		if unit == " " && used == 0 {
			continue
		}
		line, used = line+unit, used+n
	}
	flush()
	return lines
}

// units are the pieces of a text that stay together on a line: a space, a word,
// or a wide character with the signs that hang on it.
func units(text string) []string {
	var out []string
	word := false // the last unit can be continued by a narrow character
	for _, r := range text {
		hanging := strings.ContainsRune(hangs, r) && len(out) > 0 && out[len(out)-1] != " "
		switch {
		case r == ' ':
			out, word = append(out, " "), false
		case hanging:
			out[len(out)-1] += string(r)
		case columnsOf(r) == 2:
			out, word = append(out, string(r)), false
		case word:
			out[len(out)-1] += string(r)
		default:
			out, word = append(out, string(r)), true
		}
	}
	return out
}
