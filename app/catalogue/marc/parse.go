package marc

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// parser holds what is reused from record to record.
type parser struct {
	spans []span
	text  []byte
	codec codec
}

// parse reads one record without its end mark. ended is false when the input
// stopped before the mark: then only a record that is whole by its own directory
// is taken.
func (p *parser) parse(raw []byte, options Options, ended bool) (*Record, *fault) {
	raw = trimLeadingSpaces(raw)
	if len(raw) <= leaderLength {
		if !ended {
			return nil, newFault(RecordTruncated, "length", strconv.Itoa(len(raw)))
		}
		return nil, newFault(RecordTooShort, "length", strconv.Itoa(len(raw)))
	}
	leader := raw[:leaderLength]
	end := bytes.IndexByte(raw[leaderLength:], fieldEnd)
	if end < 0 {
		if !ended {
			return nil, newFault(RecordTruncated, "length", strconv.Itoa(len(raw)))
		}
		return nil, newFault(DirectoryBad, "entries", "0", "fields", "0")
	}
	directory, data := raw[leaderLength:leaderLength+end], raw[leaderLength+end+1:]

	spans, bad := p.locate(directory, data, ended, len(raw))
	if bad != nil {
		return nil, bad
	}
	view := rawRecord{leader: leader, directory: directory, data: data, spans: spans, inert: inert(data)}
	flavour := options.Flavour
	if flavour == FlavourAuto {
		flavour = view.flavour()
	}
	charset := options.Charset
	if charset == CharsetAuto {
		charset, bad = view.charset(flavour)
		if bad != nil {
			return nil, bad
		}
	}
	fields, bad := p.decode(view, charset)
	if bad != nil {
		return nil, bad
	}
	return &Record{Leader: printable(leader), Flavour: flavour, Charset: charset, Fields: fields}, nil
}

func (p *parser) locate(directory, data []byte, ended bool, length int) ([]span, *fault) {
	var spans []span
	var bad *fault
	if ended {
		spans, bad = locate(p.spans[:0], directory, data)
	} else {
		var whole bool
		if spans, whole = byDirectory(p.spans[:0], directory, data); !whole {
			bad = newFault(RecordTruncated, "length", strconv.Itoa(length))
		}
	}
	if bad != nil {
		return nil, bad
	}
	p.spans = spans
	if len(spans) == 0 {
		return nil, newFault(RecordEmpty)
	}
	return spans, nil
}

// trimLeadingSpaces drops padding between records. A leader may itself begin
// with spaces where the length was never filled in, so they only go if a length
// follows.
func trimLeadingSpaces(raw []byte) []byte {
	if len(raw) == 0 || raw[0] != ' ' {
		return raw
	}
	trimmed := bytes.TrimLeft(raw, " \t\r\n")
	if len(trimmed) >= 5 {
		if _, ok := number(trimmed[:5]); ok {
			return trimmed
		}
	}
	return raw
}

// decode turns the located bytes into fields. All text of the record is kept in
// one string, because one large allocation costs less than a hundred small ones.
func (p *parser) decode(view rawRecord, charset Charset) ([]Field, *fault) {
	text, bad := p.decodeText(view, charset)
	if bad != nil {
		return nil, bad
	}
	fields := make([]Field, len(view.spans))
	subfields := make([]Subfield, 0, bytes.Count(view.data, []byte{subfieldMark}))
	for i, s := range view.spans {
		fields[i].Tag = text[s.tag : s.tag+3]
		subfields = fields[i].split(text[s.start:s.end], subfields)
	}
	return fields, nil
}

// decodeText returns the directory and the text of all fields, and makes the
// spans point into it.
func (p *parser) decodeText(view rawRecord, charset Charset) (string, *fault) {
	p.text = append(p.text[:0], view.directory...)
	base := len(p.text)
	if charset == UTF8 && (view.inert || utf8.Valid(view.data) && norm.NFC.IsNormal(view.data)) {
		p.text = append(p.text, view.data...)
		for i := range view.spans {
			view.spans[i].start += base
			view.spans[i].end += base
		}
		return string(p.text), nil
	}
	for i := range view.spans {
		s := &view.spans[i]
		start := len(p.text)
		var bad *fault
		p.text, bad = p.codec.appendText(p.text, view.data[s.start:s.end], charset)
		if bad != nil {
			bad.params["tag"] = view.tag(*s)
			return "", bad
		}
		s.start, s.end = start, len(p.text)
	}
	return string(p.text), nil
}

// split fills the field from its text, taking its subfields from the slab.
func (f *Field) split(text string, slab []Subfield) []Subfield {
	f.Ind1, f.Ind2 = ' ', ' '
	mark := strings.IndexByte(text, subfieldMark)
	if mark < 0 {
		f.Value = text
		return slab
	}
	head := text[:mark]
	if mark >= 2 && head[0] < utf8.RuneSelf && head[1] < utf8.RuneSelf {
		f.Ind1, f.Ind2 = head[0], head[1]
		head = head[2:]
	}
	f.Value = head

	first := len(slab)
	for rest := text[mark+1:]; ; {
		part := rest
		mark := strings.IndexByte(rest, subfieldMark)
		if mark >= 0 {
			part = rest[:mark]
		}
		switch {
		case part == "":
		case part[0] < utf8.RuneSelf:
			slab = append(slab, Subfield{Code: part[0], Value: part[1:]})
		default:
			slab = append(slab, Subfield{Value: part})
		}
		if mark < 0 {
			break
		}
		rest = rest[mark+1:]
	}
	f.Subfields = slab[first:len(slab):len(slab)]
	return slab
}

func printable(leader []byte) string {
	clean := true
	for _, c := range leader {
		clean = clean && c >= ' ' && c <= '~'
	}
	if clean {
		return string(leader)
	}
	shown := bytes.Clone(leader)
	for i, c := range shown {
		if c < ' ' || c > '~' {
			shown[i] = '?'
		}
	}
	return string(shown)
}
