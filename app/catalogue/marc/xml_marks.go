package marc

import (
	"bytes"
	"io"
)

// mark is one start or end tag, by its position in the window.
type mark struct {
	name       string // without its prefix; "" for what is of no interest
	start, end int    // of the tag; end is behind its name, or behind ">" where it stands in the window
	closing    bool   // </name>
	empty      bool   // <name/>
}

// maxTag is how far the end of a tag is looked for.
const maxTag = 4 << 10

// marked are the elements of MARC in XML. Fields are told by a letter, because
// the search only asks whether there are any.
var marked = map[string]string{
	"record": "record", "leader": "field", "controlfield": "field", "datafield": "field", "subfield": "field",
}

// mark finds the next tag of interest behind position at, or passes over a
// comment, a CDATA section or a tag of no interest and returns a mark without a
// name. io.EOF says that there is no further tag.
func (r *XMLReader) mark(at int) (mark, error) {
	for {
		i := bytes.IndexByte(r.buf[r.from+at:r.to], '<')
		if i >= 0 {
			at += i
			break
		}
		// A window is kept small while no record is in it.
		if at = r.to - r.from; at > maxAside {
			return mark{end: at}, nil
		}
		if err := r.fill(); err != nil {
			return mark{}, err
		}
	}
	for r.to-r.from-at < maxTag {
		if err := r.fill(); err == io.EOF {
			break
		} else if err != nil {
			return mark{}, err
		}
	}
	rest := r.buf[r.from+at : r.to]
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return r.aside(at, "<!--", "-->", &r.noComment)
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return r.aside(at, "<![CDATA[", "]]>", &r.noCDATA)
	}
	return readTag(rest[:min(len(rest), maxTag)], at), nil
}

// aside passes over text in which tags mean nothing. none is up to which offset
// of the input there is no such end, so that many beginnings without one are not
// each searched for it anew.
func (r *XMLReader) aside(at int, open, end string, none *int64) (mark, error) {
	searched := max(at+len(open), min(int(*none-r.offset), r.to-r.from))
	for {
		if i := bytes.Index(r.buf[r.from+searched:r.to], []byte(end)); i >= 0 {
			return mark{start: at, end: searched + i + len(end)}, nil
		}
		searched = max(searched, r.to-r.from-len(end))
		*none = r.offset + int64(searched)
		if searched-at > maxAside {
			break
		}
		if err := r.fill(); err == io.EOF {
			break
		} else if err != nil {
			return mark{}, err
		}
	}
	return mark{start: at, end: at + len(open)}, nil
}

func readTag(tag []byte, at int) mark {
	m := mark{start: at, end: at + 1}
	name := tag[1:]
	if len(name) > 0 && name[0] == '/' {
		m.closing = true
		name = name[1:]
	}
	n := 0
	for n < len(name) && isNameByte(name[n]) {
		n++
	}
	m.end = at + len(tag) - len(name) + n
	local := name[:n]
	if i := bytes.LastIndexByte(local, ':'); i >= 0 {
		local = local[i+1:]
	}
	m.name = marked[string(local)]
	if m.name == "" {
		return m
	}
	if i := bytes.IndexByte(tag, '>'); i >= 0 {
		m.empty = !m.closing && tag[i-1] == '/'
		m.end = at + i + 1
	}
	return m
}

func isNameByte(c byte) bool {
	switch {
	case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == ':', c == '_', c == '-', c == '.', c >= 0x80:
		return true
	}
	return false
}

// search is the way from one record to the next.
type search struct {
	start  int  // of the record or of lost fields; -1 if there is none yet
	fields bool // it has fields
	lost   bool // it is fields without a record
}

// finding is what a mark completes.
type finding int

const (
	nothing finding = iota
	recordWhole
	recordOpen // another one begins inside
	fieldsLost
)

// see takes in one mark. With a finding comes the position where it ends.
func (s *search) see(m mark, envelopes *int) (found finding, end int) {
	switch {
	case m.name == "field":
		if s.start < 0 && !m.closing {
			s.start, s.lost = m.start, true
		}
		s.fields = s.start >= 0
	case m.name == "":
	case m.closing && s.start < 0 && *envelopes > 0:
		*envelopes--
	case m.closing && s.start < 0:
		// The start is missing and so are fields: nothing was lost.
	case m.closing && s.lost:
		return fieldsLost, m.end
	case m.closing:
		return recordWhole, m.end
	case s.lost:
		return fieldsLost, m.start
	case s.start >= 0 && s.fields:
		return recordOpen, m.start
	default:
		if s.start >= 0 {
			*envelopes++
		}
		s.start = m.start
		if m.empty {
			return recordWhole, m.end
		}
	}
	return nothing, 0
}
