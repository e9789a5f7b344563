package marc

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// codec decodes the content of one field at a time, reusing its buffers.
type codec struct {
	gb18030, big5  transform.Transformer
	work, composed []byte
}

// appendText appends the content as UTF-8 in NFC. A fault always has params.
func (c *codec) appendText(dst, content []byte, charset Charset) ([]byte, *fault) {
	if isASCII(content) && (charset != MARC8 || bytes.IndexByte(content, escape) < 0) {
		return append(dst, content...), nil
	}
	decoded := content
	var bad *fault
	switch charset {
	case UTF8:
		if !utf8.Valid(content) {
			bad = newFault(CharsetInvalid, "charset", string(UTF8))
		}
	case GB18030:
		if c.gb18030 == nil {
			c.gb18030 = simplifiedchinese.GB18030.NewDecoder().Transformer
		}
		decoded, bad = c.transform(c.gb18030, content, charset)
	case Big5:
		if c.big5 == nil {
			c.big5 = traditionalchinese.Big5.NewDecoder().Transformer
		}
		decoded, bad = c.transform(c.big5, content, charset)
	case MARC8:
		c.work, bad = appendMARC8(c.work[:0], content)
		decoded = c.work
	default:
		decoded, bad = c.single(content, charset)
	}
	if bad != nil {
		return dst, bad
	}
	return c.appendNFC(dst, decoded), nil
}

// appendNFC composes each subfield by itself: a mark at its beginning must not
// melt into the subfield's code or into the text before.
func (c *codec) appendNFC(dst, text []byte) []byte {
	if norm.NFC.IsNormal(text) {
		return append(dst, text...)
	}
	for {
		mark := bytes.IndexByte(text, subfieldMark)
		part := text
		if mark >= 0 {
			part = text[:mark]
		}
		c.composed = norm.NFC.Append(c.composed[:0], part...)
		dst = append(dst, c.composed...)
		if mark < 0 {
			return dst
		}
		dst = append(dst, subfieldMark)
		text = text[mark+1:]
		if len(text) > 0 && text[0] < utf8.RuneSelf && text[0] != subfieldMark {
			dst = append(dst, text[0])
			text = text[1:]
		}
	}
}

// transform decodes into c.work. x/text puts U+FFFD where bytes mean nothing.
func (c *codec) transform(t transform.Transformer, content []byte, charset Charset) ([]byte, *fault) {
	if need := 3 * len(content); cap(c.work) < need {
		c.work = make([]byte, need)
	}
	t.Reset()
	n, _, err := t.Transform(c.work[:cap(c.work)], content, true)
	if err != nil || bytes.ContainsRune(c.work[:n], utf8.RuneError) {
		return nil, newFault(CharsetInvalid, "charset", string(charset))
	}
	return c.work[:n], nil
}

// single decodes a set of one byte per character.
func (c *codec) single(content []byte, charset Charset) ([]byte, *fault) {
	set := singleByte[charset]
	c.work = c.work[:0]
	for _, b := range content {
		r := set.DecodeByte(b)
		if r == utf8.RuneError {
			return nil, newFault(CharsetInvalid, "charset", string(charset))
		}
		c.work = utf8.AppendRune(c.work, r)
	}
	return c.work, nil
}
