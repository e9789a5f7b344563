package marc

import "strings"

// forChildren reads a code for readers. MARC21 has one of them in 008/22: a to c
// and j are children up to 13; d are those older. UNIMARC has up to three in
// 100$a/17-19: a juveniles of any age, b to d up to 14, e those older.
func forChildren(flavour Flavour, codes string) bool {
	children := "abcj"
	if flavour == CNMARC {
		children = "abcd"
	}
	return strings.ContainsAny(codes, children)
}
