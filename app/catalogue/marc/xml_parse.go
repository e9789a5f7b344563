package marc

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// xmlParser makes a Record of the XML of one record.
type xmlParser struct{ codec codec }

func (p *xmlParser) parse(raw []byte, options Options, declared Charset) (*Record, *fault) {
	charset := options.Charset
	if charset == CharsetAuto {
		charset = xmlCharset(raw, declared)
	}
	text, bad := p.codec.appendText(nil, raw, charset)
	if bad != nil {
		bad.params["tag"] = "xml"
		return nil, bad
	}
	b := xmlBuild{leader: strings.Repeat(" ", leaderLength)}
	if err := b.read(text); err != nil {
		return nil, newFault(XMLInvalid, "detail", err.Error())
	}
	if len(b.fields) == 0 {
		return nil, newFault(RecordEmpty)
	}
	flavour := options.Flavour
	if flavour == FlavourAuto {
		flavour = flavourOf(b.fields)
	}
	return &Record{Leader: b.leader, Flavour: flavour, Charset: charset, Fields: b.fields}, nil
}

// xmlCharset trusts the bytes over the declaration, which often survives a
// conversion of the file it stands in.
func xmlCharset(raw []byte, declared Charset) Charset {
	switch {
	case utf8.Valid(raw):
		return UTF8
	case declared != CharsetAuto && declared != UTF8:
		return declared
	}
	if guess := measure(raw).chinese(saysNothing); guess != CharsetAuto {
		return guess
	}
	return UTF8 // decoding will say that it is not
}

// xmlBuild is a record being read.
type xmlBuild struct {
	leader string
	fields []Field
	open   []string // names of the elements around, with their prefixes
	text   []byte   // of the element that is being read

	foreign bool // that element is, or is in, a field that is left out
}

var errNesting = errors.New("its tags do not match")

func (b *xmlBuild) read(raw []byte) error {
	d := xml.NewDecoder(bytes.NewReader(raw))
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			if len(b.open) > 0 {
				return errNesting
			}
			return nil
		}
		if err != nil {
			return oneLine(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			b.open = append(b.open, t.Name.Space+":"+t.Name.Local)
			err = b.start(t)
		case xml.EndElement:
			last := len(b.open) - 1
			if last < 0 || b.open[last] != t.Name.Space+":"+t.Name.Local {
				return errNesting
			}
			b.open = b.open[:last]
			b.end(t.Name.Local)
		case xml.CharData:
			b.text = append(b.text, t...)
		}
		if err != nil {
			return err
		}
	}
}

// oneLine keeps the parser's words and drops the line number, which counts from
// the record and not from the file.
func oneLine(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return errors.New(strings.ToValidUTF8(syntax.Msg, "?"))
	}
	return err
}

func (b *xmlBuild) start(t xml.StartElement) error {
	switch t.Name.Local {
	case "leader":
		b.text = b.text[:0]
	case "controlfield", "datafield":
		b.text = b.text[:0]
		tag := attribute(t, "tag")
		if tag == "" {
			return errors.New("a field has no tag")
		}
		// Some systems add fields of their own under longer names. No mapping
		// can name them.
		if b.foreign = len(tag) != 3 || !tagIsReadable([]byte(tag)); b.foreign {
			return nil
		}
		b.fields = append(b.fields, Field{Tag: tag, Ind1: indicator(t, "ind1"), Ind2: indicator(t, "ind2")})
	case "subfield":
		if b.foreign {
			return nil
		}
		if len(b.fields) == 0 {
			return errors.New("a subfield stands in no field")
		}
		if f := &b.fields[len(b.fields)-1]; len(f.Subfields) == 0 {
			f.Value = strings.TrimSpace(string(b.text))
		}
		b.text = b.text[:0]
		code := attribute(t, "code")
		var s Subfield
		if len(code) == 1 && code[0] > ' ' && code[0] < utf8.RuneSelf {
			s.Code = code[0]
		}
		f := &b.fields[len(b.fields)-1]
		f.Subfields = append(f.Subfields, s)
	}
	return nil
}

func (b *xmlBuild) end(name string) {
	if b.foreign {
		b.foreign = name != "controlfield" && name != "datafield"
		return
	}
	switch name {
	case "leader":
		b.leader = xmlLeader(b.text)
	case "controlfield":
		if n := len(b.fields); n > 0 {
			b.fields[n-1].Value = fixed(norm.NFC.String(string(b.text)))
		}
	case "datafield":
		if n := len(b.fields); n > 0 && len(b.fields[n-1].Subfields) == 0 {
			b.fields[n-1].Value = norm.NFC.String(strings.TrimSpace(string(b.text)))
		}
	case "subfield":
		if n := len(b.fields); n > 0 && len(b.fields[n-1].Subfields) > 0 {
			subs := b.fields[n-1].Subfields
			subs[len(subs)-1].Value = fixed(norm.NFC.String(string(b.text)))
		}
	default:
		return
	}
	b.text = b.text[:0]
}

// fixed keeps the positions of coded values, unless the file was laid out for
// the eye and the value begins on a line of its own.
func fixed(value string) string {
	if strings.HasPrefix(value, "\n") || strings.HasPrefix(value, "\r") {
		return strings.TrimSpace(value)
	}
	return value
}

// xmlLeader brings a leader to its length, and other characters to "?".
func xmlLeader(text []byte) string {
	text = bytes.Trim(text, "\r\n\t")
	leader := bytes.Repeat([]byte{' '}, leaderLength)
	copy(leader, text)
	return printable(leader)
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func indicator(t xml.StartElement, name string) byte {
	if v := attribute(t, name); len(v) == 1 && v[0] > ' ' && v[0] < utf8.RuneSelf {
		return v[0]
	}
	return ' '
}
