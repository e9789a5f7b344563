package marc

import "strings"

// forChildren reads a code for readers. MARC21 has one of them in 008/22: a to c
// and j are children up to 13; d are those older. Maps and serials have something
// else in that place. UNIMARC has up to three in 100$a/17-19: a juveniles of any
// age, b to d up to 14, e those older.
func forChildren(r *Record, codes string) bool {
	if r.Flavour == CNMARC {
		return strings.ContainsAny(codes, "abcd")
	}
	if len(r.Leader) > 7 && (strings.IndexByte("ef", r.Leader[6]) >= 0 || strings.IndexByte("bis", r.Leader[7]) >= 0) {
		return false
	}
	return strings.ContainsAny(codes, "abcj")
}
