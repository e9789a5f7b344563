package marc

import (
	"bytes"
	"encoding/binary"
	"unicode/utf8"
)

// charset decides how the record's text is encoded, from what it claims and from
// its bytes; see the package comment for the order.
func (r rawRecord) charset(flavour Flavour) (Charset, *fault) {
	escapes := hasEscapes(r.data)
	claimsUTF8 := flavour == MARC21 && r.leader[9] == 'a'
	switch {
	case escapes && isASCII(r.data):
		return MARC8, nil
	case r.inert, utf8.Valid(r.data):
		return UTF8, nil
	case escapes && !claimsUTF8:
		return MARC8, nil
	}

	language := r.language(flavour)
	switch guess := measure(r.data).chinese(language); {
	case guess != CharsetAuto:
		return guess, nil
	case claimsUTF8:
		return UTF8, nil // decoding will name the field that is not
	case flavour == MARC21:
		return MARC8, nil
	case language == isChinese:
		return GB18030, nil
	default:
		return "", newFault(CharsetUnsupported, "charset", r.declared())
	}
}

// declared returns the character set codes of UNIMARC 100 $a/26-29, or "unknown".
func (r rawRecord) declared() string {
	for _, s := range r.spans {
		if r.is(s, "100") {
			if v := subfieldBytes(r.content(s), 'a'); len(v) >= 30 && isASCII(v[26:30]) {
				if codes := bytes.TrimSpace(v[26:30]); len(codes) > 0 {
					return string(codes)
				}
			}
		}
	}
	return "unknown"
}

// language is what the coded fields say about the language of the text or of the
// cataloguing agency.
type language int

const (
	saysNothing language = iota
	isChinese
	isOther
)

func (r rawRecord) language(flavour Flavour) language {
	result := saysNothing
	note := func(code []byte) {
		switch {
		case len(code) < 3 || !isLetters(code[:3]):
		case string(code[:3]) == "chi" || string(code[:3]) == "zho":
			result = isChinese
		case result == saysNothing:
			result = isOther
		}
	}
	for _, s := range r.spans {
		content := r.content(s)
		switch {
		case flavour == MARC21 && r.is(s, "008") && len(content) >= 38:
			note(content[35:38])
		case flavour == MARC21 && r.is(s, "040"):
			note(subfieldBytes(content, 'b'))
		case flavour == MARC21 && r.is(s, "041"):
			note(subfieldBytes(content, 'a'))
		case flavour == CNMARC && r.is(s, "100"):
			if v := subfieldBytes(content, 'a'); len(v) >= 25 {
				note(v[22:25])
			}
		case flavour == CNMARC && r.is(s, "101"):
			note(subfieldBytes(content, 'a'))
		}
	}
	return result
}

func isLetters(b []byte) bool {
	for _, c := range b {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// shape counts what tells double-byte Chinese text from single-byte text.
type shape struct {
	pairs     int // a byte from 0x81 with a trail byte
	lowTrails int // of them, with an ASCII trail (0x40-0x7E)
	big5Leads int // of them, with a lead where Big5 keeps punctuation and common characters
	hanzi     int // of them, in the Chinese characters of GB 2312
	common    int // of these, in its first level, the 3,755 most used
	high      int // all bytes from 0x80
	upper     int // of them, from 0xC0: where KOI8-R, Windows-1251 and Latin-1 keep their letters
	broken    int // bytes from 0x80 that no pair explains
}

func measure(data []byte) shape {
	var s shape
	count := func(c byte) {
		if c >= 0x80 {
			s.high++
			if c >= 0xC0 {
				s.upper++
			}
		}
	}
	for i := 0; i < len(data); i++ {
		lead := data[i]
		if lead < 0x80 {
			continue
		}
		count(lead)
		if lead == 0x80 || lead == 0xFF || i+1 == len(data) {
			s.broken++
			continue
		}
		trail := data[i+1]
		switch {
		case trail >= '0' && trail <= '9' && i+3 < len(data) && data[i+2] >= 0x81 && data[i+3] >= '0' && data[i+3] <= '9':
			count(data[i+2])
			i += 3 // four bytes of GB18030, rare enough to count for nothing
			continue
		case trail < 0x40 || trail == 0x7F:
			s.broken++
			continue
		}
		count(trail)
		i++
		s.pairs++
		if trail < 0x7F {
			s.lowTrails++
		}
		if lead >= 0xA1 && lead <= 0xC6 {
			s.big5Leads++
		}
		if lead >= 0xB0 && lead <= 0xF7 && trail >= 0xA1 {
			s.hanzi++
			if lead <= 0xD7 {
				s.common++
			}
		}
	}
	return s
}

// chinese returns GB18030 or Big5 if the bytes are clearly that, else
// CharsetAuto. A record that says its language is another one is never Chinese
// by its bytes alone: Korean and Cyrillic sets look too much like it. With
// nothing said, the text must be long and ordinary enough.
func (s shape) chinese(said language) Charset {
	if s.pairs == 0 || said == isOther || 20*s.broken > s.pairs {
		return CharsetAuto
	}
	low := float64(s.lowTrails) / float64(s.pairs)
	big5Leads := float64(s.big5Leads) / float64(s.pairs)
	ordinary := s.pairs >= 4 &&
		10*s.hanzi >= 7*s.pairs && 10*s.common >= 7*s.hanzi && // Chinese prose, mostly first level
		10*s.upper <= 9*s.high // no single-byte alphabet
	switch {
	case said == isChinese && s.pairs >= 6 && low >= 0.15 && low <= 0.75 && big5Leads >= 0.9:
		return Big5
	case said == isChinese && low <= 0.6:
		return GB18030
	case said == saysNothing && low <= 0.05 && ordinary:
		return GB18030
	}
	return CharsetAuto
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= 0x80 {
			return false
		}
	}
	return true
}

// hasEscapes tells whether the bytes hold a MARC-8 escape sequence, whole or not.
func hasEscapes(b []byte) bool {
	for {
		i := bytes.IndexByte(b, escape)
		if i < 0 || i+1 == len(b) {
			return false
		}
		if bytes.IndexByte([]byte("($,)-gbps"), b[i+1]) >= 0 {
			return true
		}
		b = b[i+1:]
	}
}
