package marc

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

var singleByte = map[Charset]*charmap.Charmap{
	Latin1:      charmap.ISO8859_1,
	ISO88595:    charmap.ISO8859_5,
	Windows1251: charmap.Windows1251,
	Windows1252: charmap.Windows1252,
	KOI8R:       charmap.KOI8R,
	CP866:       charmap.CodePage866,
}

// Flavours that can be forced on a file of MARC records.
func Flavours() []Flavour { return []Flavour{MARC21, CNMARC} }

// Charsets there are, the single-byte ones last.
func Charsets() []Charset {
	return append([]Charset{UTF8, GB18030, Big5, MARC8}, slices.Sorted(maps.Keys(singleByte))...)
}

// other names of the sets, as people and XML files write them, without the signs
// ParseCharset drops.
var charsetNames = map[string]Charset{
	"utf8": UTF8, "ascii": UTF8, "usascii": UTF8, "gb18030": GB18030, "gbk": GB18030, "gb2312": GB18030, "cp936": GB18030,
	"big5": Big5, "big5hkscs": Big5, "cp950": Big5, "marc8": MARC8, "ansel": MARC8,
	"iso88591": Latin1, "latin1": Latin1, "iso88595": ISO88595, "koi8r": KOI8R, "koi8": KOI8R,
	"windows1251": Windows1251, "cp1251": Windows1251, "windows1252": Windows1252, "cp1252": Windows1252,
	"cp866": CP866, "ibm866": CP866,
}

// ParseCharset reads a set's name in any of its usual spellings; ok is false for
// a set we do not have. "auto" and "" are CharsetAuto.
func ParseCharset(name string) (c Charset, ok bool) {
	key := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
	if key == "" || key == "auto" {
		return CharsetAuto, true
	}
	c, ok = charsetNames[key]
	return c, ok
}

// ParseFlavour reads a flavour's name; UNIMARC is read as CNMARC. "auto" and ""
// are FlavourAuto.
func ParseFlavour(name string) (f Flavour, ok bool) {
	switch strings.ToLower(name) {
	case "", "auto":
		return FlavourAuto, true
	case "marc21", "usmarc":
		return MARC21, true
	case "cnmarc", "unimarc":
		return CNMARC, true
	}
	return "", false
}

// GuessText tells how Chinese text that is no MARC record is encoded: UTF-8 where
// the bytes are that (a character cut off at the end does not count), else Big5 or
// GB18030 by the shape of its double bytes; CharsetAuto where it looks like none.
func GuessText(b []byte) Charset {
	whole := b
	for i := 0; i < utf8.UTFMax && len(whole) > 0; i++ {
		if r, size := utf8.DecodeLastRune(whole); r != utf8.RuneError || size != 1 {
			break
		}
		whole = whole[:len(whole)-1]
	}
	if utf8.Valid(b) || len(b)-len(whole) < utf8.UTFMax && utf8.Valid(whole) && len(whole) > 0 {
		return UTF8
	}
	if s := measure(b); s.chinese(isChinese) == Big5 {
		return Big5
	} else if 10*s.broken <= s.pairs {
		return GB18030
	}
	return CharsetAuto
}

// Text decodes what is not part of an ISO 2709 record, as a cell of a table, to
// UTF-8 in NFC; ok is false where the set does not know the bytes. Not safe for
// concurrent use.
type Text struct{ codec codec }

// Decode decodes b.
func (t *Text) Decode(b []byte, charset Charset) (text string, ok bool) {
	out, bad := t.codec.appendText(nil, b, charset)
	return string(out), bad == nil
}
