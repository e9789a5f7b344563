package search

import (
	"strings"

	"shuting/app/hanzi"
)

const bookland = 978_0_000000_00_0 // what an ISBN-10 stands behind

// digits gives the digits and X of s, folded, or "" when it has anything else
// but spaces and hyphens.
func digits(s string) string {
	folded := strings.ReplaceAll(hanzi.Fold(s), " ", "")
	for i := range len(folded) {
		if c := folded[i]; (c < '0' || c > '9') && (c != 'x' || i != 9 || len(folded) != 10) {
			return ""
		}
	}
	return folded
}

func number(digits string) (n uint64) {
	for i := range len(digits) {
		n = n*10 + uint64(digits[i]-'0')
	}
	return n
}

// parseISBN gives an ISBN-10 or -13 as the number of its 13 digits. The check
// digit of an ISBN-10 must be right, or any ten digits would be one; that of an
// ISBN-13 may be as wrong as it is printed.
func parseISBN(s string) (uint64, bool) {
	d := digits(s)
	switch len(d) {
	case 13:
		return number(d), true
	case 10:
		sum := 0
		for i := range 10 {
			value := int(d[i] - '0')
			if d[i] == 'x' {
				value = 10
			}
			sum += (10 - i) * value
		}
		if sum%11 != 0 {
			return 0, false
		}
		return withCheck(bookland + number(d[:9])*10), true
	}
	return 0, false
}

// withCheck replaces the last digit of an ISBN-13 by the right one.
func withCheck(isbn uint64) uint64 {
	isbn -= isbn % 10
	sum, weight := uint64(0), uint64(1)
	for place := uint64(1_000_000_000_000); place > 1; place /= 10 {
		sum += isbn / place % 10 * weight
		weight = 4 - weight
	}
	return isbn + (10-sum%10)%10
}

// shortestISBN is how many digits must be typed before they are looked for as
// the beginning of an ISBN.
const shortestISBN = 7

// isbnRange gives the ISBN-13s that begin with what was typed so far of an
// ISBN-13 or, without its 978, an ISBN-10: from ≤ isbn < to.
func isbnRange(s string) (from, to uint64, ok bool) {
	if whole, ok := parseISBN(s); ok {
		return whole, whole + 1, true
	}
	d := digits(s)
	switch {
	case len(d) < shortestISBN || len(d) > 12 || strings.HasSuffix(d, "x"):
		return 0, 0, false
	case strings.HasPrefix(d, "978") || strings.HasPrefix(d, "979"):
	case len(d) <= 9:
		d = "978" + d
	default:
		return 0, 0, false
	}
	span := uint64(1)
	for range 13 - len(d) {
		span *= 10
	}
	return number(d) * span, (number(d) + 1) * span, true
}
