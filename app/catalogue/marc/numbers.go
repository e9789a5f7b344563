package marc

import (
	"strings"

	"golang.org/x/text/width"
)

// ISBN13 reads the ISBN at the beginning of s, checks its check digit and returns
// it as 13 digits. Hyphens, spaces, full-width digits and a word behind it
// ("(pbk.)", "精装") are allowed; ok is false for anything that is no ISBN.
func ISBN13(s string) (isbn string, ok bool) {
	digits := leadingNumber(s)
	switch len(digits) {
	case 10:
		if !mod11(digits) {
			return "", false
		}
		digits = "978" + digits[:9]
		return digits + string(ean13Digit(digits)), true
	case 13:
		if !strings.HasPrefix(digits, "978") && (!strings.HasPrefix(digits, "979") || digits[3] == '0') {
			return "", false // 9790 is printed music
		}
		if strings.Contains(digits, "X") || digits[12] != ean13Digit(digits[:12]) {
			return "", false
		}
		return digits, true
	}
	return "", false
}

// ISSN reads the ISSN at the beginning of s and returns it as 1234-567X.
func ISSN(s string) (issn string, ok bool) {
	digits := leadingNumber(s)
	if len(digits) != 8 || !mod11(digits) {
		return "", false
	}
	return digits[:4] + "-" + digits[4:], true
}

// leadingNumber returns the digits at the beginning of s, with a final X, without
// separators. A space ends a number that is already long enough, so that a price
// or a second number behind it does not run into it.
func leadingNumber(s string) string {
	s = narrow(s)
	if len(s) >= 4 && (strings.EqualFold(s[:4], "ISBN") || strings.EqualFold(s[:4], "ISSN")) {
		s = strings.TrimLeft(s[4:], " :-")
	}
	var digits strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteByte(byte(r))
		case r == 'X' || r == 'x':
			digits.WriteByte('X')
			return digits.String()
		case r == '-' || r == '‐' || r == '‑' || r == '–' || r == '—':
		case r == ' ':
			if n := digits.Len(); n == 8 || n == 10 || n == 13 {
				return digits.String()
			}
		default:
			return digits.String()
		}
		if digits.Len() > 13 {
			break
		}
	}
	return digits.String()
}

// mod11 checks ISBN-10 and ISSN: weights fall to 1 at the check digit.
func mod11(digits string) bool {
	sum := 0
	for i := range len(digits) {
		value := int(digits[i] - '0')
		if digits[i] == 'X' {
			if i != len(digits)-1 {
				return false
			}
			value = 10
		}
		sum += value * (len(digits) - i)
	}
	return sum%11 == 0
}

// ean13Digit is the check digit for twelve digits.
func ean13Digit(digits string) byte {
	sum := 0
	for i := range 12 {
		weight := 1 + 2*(i%2)
		sum += weight * int(digits[i]-'0')
	}
	return byte('0' + (10-sum%10)%10)
}

// narrow turns full-width letters, digits and signs into ASCII.
func narrow(s string) string {
	if isASCIIString(s) {
		return s
	}
	return width.Narrow.String(s)
}

func isASCIIString(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// year returns the first year from 1000 to 2099 in s, 0 if there is none.
func year(s string) int {
	s = narrow(s)
	for i := 0; i+4 <= len(s); i++ {
		if !isDigit(s[i]) {
			continue
		}
		end := i
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		if end-i == 4 && (s[i] == '1' || s[i:i+2] == "20") {
			return int(s[i]-'0')*1000 + int(s[i+1]-'0')*100 + int(s[i+2]-'0')*10 + int(s[i+3]-'0')
		}
		i = end
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
