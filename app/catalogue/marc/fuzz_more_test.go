package marc

import (
	"bytes"
	"errors"
	"io"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/unicode/norm"
)

// FuzzXML: whatever the bytes, every record is read or listed, in order, once,
// behind the one before, and all text that comes out is UTF-8.
func FuzzXML(f *testing.F) {
	one := inXML("", novel()...)
	for _, s := range []string{
		one, "<c>" + one + inXML("m:", chineseNovel()...) + "</c>", one[:len(one)/2], "<record><record>" + one + "</record>",
		"<?xml version='1.0' encoding='gbk'?>" + mustString(f, simplifiedchinese.GB18030.NewEncoder().String, inXML("", chineseNovel()...)),
		"<record><!-- <leader>", "<record><![CDATA[</record>]]>", "<datafield tag='1'>", "<record/></record><subfield>", "<a:record\n x='>'>",
	} {
		f.Add([]byte(s), uint8(0))
		f.Add([]byte(s), uint8(7))
	}
	f.Fuzz(func(t *testing.T, input []byte, choice uint8) {
		r := NewXMLReader(bytes.NewReader(input), fuzzOptions(choice))
		number, offset := 0, int64(-1)
		for {
			record, skipped, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			at := Skipped{}
			if record != nil {
				checkText(t, record)
				at = Skipped{Number: record.Number, Offset: record.Offset}
			} else {
				at = *skipped
				if at.Reason == "" || at.Detail == "" || !utf8.ValidString(at.Detail) {
					t.Fatalf("listed %+v", at)
				}
			}
			if at.Number != number+1 || at.Offset <= offset && number > 0 || at.Offset > int64(len(input)) {
				t.Fatalf("%d at %d after %d at %d", at.Number, at.Offset, number, offset)
			}
			number, offset = at.Number, at.Offset
		}
	})
}

// FuzzMARC8: text comes out as UTF-8 with as many subfield marks as went in, or
// is refused.
func FuzzMARC8(f *testing.F) {
	for _, s := range []string{"plain", "caf\xe2e", "\x1b(2yle\x1b(B", "\x1b$1!PV\x1b(B", "H\x1bb2\x1bsO", "\x1fa\xe2\x1fb", "\x1b", "\x1b)E\xa1", "\xeb\xe1a\xeci", "\x88The \x89x"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		var c codec
		out, bad := c.appendText(nil, input, MARC8)
		if bad != nil {
			if bad.reason != CharsetInvalid && bad.reason != CharsetUnsupported {
				t.Fatalf("refused as %s", bad.reason)
			}
			return
		}
		if !utf8.Valid(out) || bytes.Count(out, []byte{subfieldMark}) != bytes.Count(input, []byte{subfieldMark}) {
			t.Fatalf("%q became %q", input, out)
		}
		for _, part := range bytes.Split(out, []byte{subfieldMark}) {
			if len(part) > 0 && !norm.NFC.IsNormal(part[1:]) && !norm.NFC.IsNormal(part) {
				t.Fatalf("%q is not composed", part)
			}
		}
	})
}
