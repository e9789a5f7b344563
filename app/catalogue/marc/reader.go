package marc

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// MaxRecord is the most bytes a single record may have; forty times what a
// leader can express, so that only garbage is cut off.
const MaxRecord = 4 << 20

const (
	recordEnd    = 0x1D
	fieldEnd     = 0x1E
	subfieldMark = 0x1F
	leaderLength = 24
	readSize     = 128 << 10
)

// Options force what is otherwise decided per record.
type Options struct {
	Flavour Flavour
	Charset Charset
}

func (o Options) check() error {
	switch o.Flavour {
	case FlavourAuto, MARC21, CNMARC:
	default:
		return fmt.Errorf("marc: unknown flavour %q", o.Flavour)
	}
	switch o.Charset {
	case CharsetAuto, UTF8, GB18030, Big5, MARC8:
	default:
		return fmt.Errorf("marc: unknown character set %q", o.Charset)
	}
	return nil
}

// Reader reads the records of one input from front to back. It is not safe for
// concurrent use.
type Reader struct {
	in      io.Reader
	options Options
	err     error // what ends the reading, returned again by every later Next

	buf      []byte
	from, to int   // unread bytes are buf[from:to]
	offset   int64 // of buf[from] in the input
	number   int

	parser parser
}

// NewReader returns a Reader of ISO 2709 records. An unknown value in options is
// reported by the first Next.
func NewReader(in io.Reader, options Options) *Reader {
	return &Reader{in: in, options: options, err: options.check()}
}

// Next returns the next record, or the notice of one that could not be read, and
// at the end io.EOF. Any other error comes from the input; nothing can be read
// after it.
func (r *Reader) Next() (*Record, *Skipped, error) {
	if r.err != nil {
		return nil, nil, r.err
	}
	if err := r.skipJunk(); err != nil {
		return nil, nil, r.fail(err)
	}
	start := r.offset
	r.number++

	length, ended, err := r.findEnd()
	if err != nil {
		return nil, nil, r.fail(err)
	}
	if length > MaxRecord {
		if err := r.passOver(); err != nil && err != io.EOF {
			return nil, nil, r.fail(err)
		}
		return nil, newFault(RecordTooLong, "limit", strconv.Itoa(MaxRecord)).at(r.number, start), nil
	}

	raw := r.buf[r.from : r.from+length]
	record, bad := r.parser.parse(raw, r.options, ended)
	r.advance(length)
	if ended {
		r.advance(1)
	}
	if bad != nil {
		return nil, bad.at(r.number, start), nil
	}
	record.Number, record.Offset = r.number, start
	return record, nil, nil
}

func (r *Reader) fail(err error) error {
	if err != io.EOF {
		err = fmt.Errorf("marc: read at byte %d: %w", r.offset+int64(r.to-r.from), err)
	}
	r.err = err
	return err
}

func (r *Reader) advance(n int) {
	r.from += n
	r.offset += int64(n)
}

// fill reads more, growing the buffer when it is full of unread bytes. It
// returns io.EOF only when nothing more can come.
func (r *Reader) fill() error {
	if r.from > 0 && (r.from == r.to || r.to == len(r.buf)) {
		copy(r.buf, r.buf[r.from:r.to])
		r.from, r.to = 0, r.to-r.from
	}
	if r.to == len(r.buf) {
		grown := make([]byte, max(readSize, 2*len(r.buf)))
		copy(grown, r.buf[:r.to])
		r.buf = grown
	}
	for range 100 {
		n, err := r.in.Read(r.buf[r.to:])
		r.to += n
		switch {
		case n > 0:
			return nil // an error that came along comes again
		case err != nil:
			return err
		}
	}
	return io.ErrNoProgress
}

// skipJunk stands on the first byte of a record, or returns io.EOF.
func (r *Reader) skipJunk() error {
	for {
		for r.from < r.to {
			switch r.buf[r.from] {
			case '\r', '\n', 0, 0x1A:
				r.advance(1)
				continue
			case 0xEF: // a byte-order mark, if all of it is here
				for r.to-r.from < 3 {
					if err := r.fill(); err == io.EOF {
						return nil
					} else if err != nil {
						return err
					}
				}
				if r.buf[r.from+1] == 0xBB && r.buf[r.from+2] == 0xBF {
					r.advance(3)
					continue
				}
			}
			return nil
		}
		if err := r.fill(); err != nil {
			return err
		}
	}
}

// findEnd returns how many unread bytes belong to the record and whether its end
// mark follows them. A length over MaxRecord means that it was not found so far.
func (r *Reader) findEnd() (length int, ended bool, err error) {
	searched := 0
	for {
		if i := bytes.IndexByte(r.buf[r.from+searched:r.to], recordEnd); i >= 0 {
			return searched + i, true, nil
		}
		searched = r.to - r.from
		if searched > MaxRecord {
			return searched, false, nil
		}
		if err := r.fill(); err == io.EOF {
			return searched, false, nil
		} else if err != nil {
			return 0, false, err
		}
	}
}

// passOver drops everything up to and including the next end mark.
func (r *Reader) passOver() error {
	for {
		if i := bytes.IndexByte(r.buf[r.from:r.to], recordEnd); i >= 0 {
			r.advance(i + 1)
			return nil
		}
		r.advance(r.to - r.from)
		if err := r.fill(); err != nil {
			return err
		}
	}
}
