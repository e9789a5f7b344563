package marc

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean drops control characters (the marks of what sorting ignores are among
// them) and makes every run of white space one space.
func clean(s string) string {
	s = trimEnds(s)
	if !needsCleaning(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.IsControl(r) || r == '\uFEFF' || r == '\u200B':
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// trimEnds drops white space and the direction marks some systems wrap around
// text that is written from right to left.
func trimEnds(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || s[0] < 0x80 && s[len(s)-1] < 0x80 {
		return s
	}
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200E' || r == '\u200F' || r >= '\u202A' && r <= '\u202E'
	})
}

func needsCleaning(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c > ' ' && c < 0x7F:
		case c == ' ':
			if s[i+1] == ' ' { // never the last: s is trimmed
				return true
			}
		case c < 0x80:
			return true
		default:
			r, size := utf8.DecodeRuneInString(s[i:])
			if r < 0xA1 || r >= 0x2000 && r <= 0x200B || r == 0x3000 || r == 0xFEFF {
				return true
			}
			i += size - 1
		}
	}
	return false
}

// trimISBD takes away the punctuation that only joins this element to its
// neighbours, and a bracket whose partner stands in another element.
func trimISBD(s string) string {
	for {
		before := len(s)
		s = strings.TrimLeft(s, " :;=,")
		s = strings.TrimRight(s, " :;,：；，、")
		if rest, found := strings.CutSuffix(s, " /"); found {
			s = rest
		}
		if rest, found := strings.CutSuffix(s, " ="); found {
			s = rest
		}
		s = strings.TrimSuffix(s, "／")
		if s == "/" || s == "." {
			return ""
		}
		if strings.HasPrefix(s, "[") && !strings.Contains(s, "]") {
			s = s[1:]
		}
		if strings.HasSuffix(s, "]") && !strings.Contains(s, "[") {
			s = s[:len(s)-1]
		}
		if len(s) == before {
			return s
		}
	}
}

// trimStop takes a full stop off a heading. It stays after initials, short
// abbreviations and other stops.
func trimStop(s string) string {
	rest, found := strings.CutSuffix(s, ".")
	if !found || rest == "" {
		return s
	}
	letters := 0
	for i := len(rest); i > 0; {
		r, size := utf8.DecodeLastRuneInString(rest[:i])
		i -= size
		switch {
		case unicode.IsDigit(r), r == ')', r == ']', r == '"', r == '”', unicode.Is(unicode.Han, r):
			if letters == 0 {
				return strings.TrimRight(rest, " ")
			}
			return s
		case unicode.IsMark(r):
			continue
		case !unicode.IsLetter(r):
			return s
		}
		if letters++; letters == 4 {
			return rest
		}
	}
	return s
}

func isHan(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return s != ""
}
