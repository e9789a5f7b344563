package library

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// CheckDigit10 is the mod-10 check digit of a string of digits: weights 2 and
// 1 alternate from the right, the digits of each product are added, and the
// result fills up to the next ten. ok is false for anything but digits.
func CheckDigit10(digits string) (check byte, ok bool) {
	if digits == "" {
		return 0, false
	}
	sum, double := 0, true
	for i := len(digits) - 1; i >= 0; i-- {
		c := digits[i]
		if c < '0' || c > '9' {
			return 0, false
		}
		n := int(c - '0')
		if double {
			n *= 2
			if n > 9 {
				n -= 9
			}
		}
		double = !double
		sum += n
	}
	return byte('0' + (10-sum%10)%10), true
}

// CardNumberValid checks the last digit of a card number against the digits
// before it; letters in front are the prefix and do not count.
func CardNumberValid(number string) bool {
	digits := strings.TrimLeftFunc(number, func(r rune) bool { return !unicode.IsDigit(r) })
	if len(digits) < 2 {
		return false
	}
	check, ok := CheckDigit10(digits[:len(digits)-1])
	return ok && check == digits[len(digits)-1]
}

// IsISBN13 tells whether a scanned code is the publisher's EAN-13 of a book:
// 978 or 979 and a right check digit (ISO 2108). Readers often scan this one
// instead of the library's own barcode.
func IsISBN13(code string) bool {
	if len(code) != 13 || (!strings.HasPrefix(code, "978") && !strings.HasPrefix(code, "979")) {
		return false
	}
	sum := 0
	for i := range 13 {
		c := code[i]
		if c < '0' || c > '9' {
			return false
		}
		w := 1
		if i%2 == 1 {
			w = 3
		}
		sum += w * int(c-'0')
	}
	return sum%10 == 0
}

// MaskName shows who is meant to the one who knows, and nobody else: 张*, 张**,
// A*** S***.
func MaskName(name string) string {
	// Composed first, so that an initial keeps its accent and a Korean name in
	// single letters shows a syllable.
	name = norm.NFC.String(strings.TrimSpace(name))
	if name == "" {
		return ""
	}
	runes := []rune(name)
	if unicode.Is(unicode.Han, runes[0]) {
		return string(runes[0]) + strings.Repeat("*", min(max(len(runes)-1, 1), 2))
	}
	var words []string
	for _, w := range strings.Fields(name) {
		words = append(words, string([]rune(w)[0])+"***")
	}
	return strings.Join(words, " ")
}
