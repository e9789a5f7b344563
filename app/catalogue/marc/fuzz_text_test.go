package marc

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"
)

// FuzzText: text of any bytes in any character set comes out as composed UTF-8
// or is refused; a decoder that is used again tells the same; the guess is a set
// there is.
func FuzzText(f *testing.F) {
	const both = "石榴河的早晨" // in GB18030 and in Big5
	gb := mustString(f, simplifiedchinese.GB18030.NewEncoder().String, both)
	big := mustString(f, traditionalchinese.Big5.NewEncoder().String, both)
	for choice := range uint8(len(fuzzCharsets)) {
		for _, s := range []string{both, gb, big, "caf\xe2e \x1b$1!PV\x1b(B"} {
			f.Add([]byte(s), choice)
		}
	}
	f.Fuzz(func(t *testing.T, input []byte, choice uint8) {
		charset := fuzzCharsets[int(choice)%len(fuzzCharsets)]
		if charset == CharsetAuto {
			if charset = GuessText(input); charset == CharsetAuto {
				return
			}
		}
		if _, ok := ParseCharset(string(charset)); !ok {
			t.Fatalf("%q is of %q, which is none", input, charset)
		}
		var one Text
		text, ok := one.Decode(bytes.Clone(input), charset)
		again, stillOK := one.Decode(input, charset)
		if text != again || ok != stillOK {
			t.Fatalf("%q in %s: %q (%v), then %q (%v)", input, charset, text, ok, again, stillOK)
		}
		whole := !strings.Contains(text, "\x1f") // behind one, a subfield is composed by itself
		if ok && (!utf8.ValidString(text) || whole && !norm.NFC.IsNormalString(text)) {
			t.Fatalf("%q in %s became %q", input, charset, text)
		}
	})
}
