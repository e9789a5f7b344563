package marc

import (
	"bytes"
	"io"
	"regexp"
	"strconv"
)

// MaxXMLRecord is the most bytes a single record may have in XML, where marks
// take several times the room they take in ISO 2709.
const MaxXMLRecord = 4 * MaxRecord

// maxAside is how far the end of a comment or of a CDATA section is looked for.
// One that is not closed must not swallow the rest of the file.
const maxAside = 1 << 20

// XMLReader reads the records of MARCXML and its relatives (MARC21 slim,
// MarcXchange, CNMARC in XML, answers of an SRU server), with any or no
// namespace. It finds the records by their tags alone and gives each to the XML
// parser by itself, so that a broken one costs no other. It is not safe for
// concurrent use.
type XMLReader struct {
	options Options
	err     error

	window
	number   int
	declared Charset // by the XML declaration; CharsetAuto if it names none we know
	begun    bool

	// Elements called record that hold records instead of fields, as in SRU.
	envelopes int
	parser    xmlParser

	noComment, noCDATA int64 // see aside
}

// NewXMLReader returns a Reader of MARC in XML. An unknown value in options is
// reported by the first Next.
func NewXMLReader(in io.Reader, options Options) *XMLReader {
	return &XMLReader{window: window{in: in}, options: options, err: options.check()}
}

// Next is Reader.Next for XML. Fields that stand in no record are listed like a
// record that could not be read.
func (r *XMLReader) Next() (*Record, *Skipped, error) {
	if r.err != nil {
		return nil, nil, r.err
	}
	record, skipped, err := r.next()
	if err != nil {
		r.err = readError(err, r.offset+int64(r.to-r.from))
		return nil, nil, r.err
	}
	return record, skipped, nil
}

func (r *XMLReader) next() (*Record, *Skipped, error) {
	if err := r.begin(); err != nil {
		return nil, nil, err
	}
	s := search{start: -1}
	for at := 0; ; {
		mark, err := r.mark(at)
		if err == io.EOF {
			return r.atEnd(&s)
		}
		if err != nil {
			return nil, nil, err
		}
		at = mark.end
		switch found, take := s.see(mark, &r.envelopes); found {
		case recordWhole:
			return r.take(s.start, take)
		case recordOpen:
			return nil, r.drop(s.start, take, newFault(XMLInvalid, "detail", "a record is not closed")), nil
		case fieldsLost:
			return nil, r.drop(s.start, take, newFault(XMLInvalid, "detail", "fields that stand in no record")), nil
		}
		switch {
		case s.start < 0:
			r.advance(at) // nothing of it is needed
			at = 0
		case at-s.start > MaxXMLRecord:
			r.envelopes = 0
			return nil, r.drop(s.start, at, newFault(RecordTooLong, "limit", strconv.Itoa(MaxXMLRecord))), nil
		}
	}
}

var encodingName = regexp.MustCompile(`^\s*<\?xml[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

// begin drops a byte-order mark and reads the XML declaration.
func (r *XMLReader) begin() error {
	if r.begun {
		return nil
	}
	r.begun = true
	for r.to-r.from < 1024 {
		if err := r.fill(); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
	}
	if bytes.HasPrefix(r.buf[r.from:r.to], []byte("\uFEFF")) {
		r.advance(len("\uFEFF"))
	}
	if m := encodingName.FindSubmatch(r.buf[r.from:r.to]); m != nil {
		r.declared, _ = ParseCharset(string(m[1]))
	}
	return nil
}

// atEnd tells of what was begun and did not end with the input.
func (r *XMLReader) atEnd(s *search) (*Record, *Skipped, error) {
	rest := r.to - r.from
	switch {
	case s.start >= 0:
		bad := newFault(RecordTruncated, "length", strconv.Itoa(rest-s.start))
		if s.lost {
			bad = newFault(XMLInvalid, "detail", "fields that stand in no record")
		}
		return nil, r.drop(s.start, rest, bad), nil
	case r.number == 0:
		return nil, r.drop(0, rest, newFault(XMLInvalid, "detail", "no element called record")), nil
	}
	return nil, nil, io.EOF
}

// take reads the record between two positions of the window.
func (r *XMLReader) take(start, end int) (*Record, *Skipped, error) {
	raw := r.buf[r.from+start : r.from+end]
	record, bad := r.parser.parse(raw, r.options, r.declared)
	if bad != nil {
		return nil, r.drop(start, end, bad), nil
	}
	r.number++
	record.Number, record.Offset = r.number, r.offset+int64(start)
	r.advance(end)
	return record, nil, nil
}

// drop lists what stands between two positions of the window and goes on behind.
func (r *XMLReader) drop(start, end int, bad *fault) *Skipped {
	r.number++
	skipped := bad.at(r.number, r.offset+int64(start))
	r.advance(end)
	return skipped
}
