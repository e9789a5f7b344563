package marc

import (
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

func TestInert_characters_are_left_alone_by_normalising_beside_any_other(t *testing.T) {
	found := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		b := []byte(string(r))
		if !inert(b) {
			continue
		}
		found++
		if p := norm.NFC.Properties(b); !norm.NFC.IsNormal(b) || !p.BoundaryBefore() || p.CCC() != 0 {
			t.Errorf("%U is not inert", r)
		}
	}
	if found < 25_000 {
		t.Errorf("only %d characters are taken for inert", found)
	}
}

func TestInert_is_never_said_of_what_is_no_utf8(t *testing.T) {
	for a := 0x80; a < 0x100; a++ {
		for _, tail := range []string{"", "a", "\x80", "\x80a", "\x80\x80", "\xc0", "\xbf\xff", "\xbf\xbf", "aaaaaaaa"} {
			if b := append([]byte{byte(a)}, tail...); inert(b) && !utf8.Valid(b) {
				t.Errorf("% x", b)
			}
		}
	}
	if !inert([]byte("石榴河 “ａｂ” — café……12345678")) {
		t.Error("an ordinary title is not inert")
	}
}
