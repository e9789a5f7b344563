package marc

import (
	"bytes"
	"fmt"
	"io"
	"slices"
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
)

// Options force what is otherwise decided per record.
type Options struct {
	Flavour Flavour
	Charset Charset
}

func (o Options) check() error {
	if o.Flavour != FlavourAuto && !slices.Contains(Flavours(), o.Flavour) {
		return fmt.Errorf("marc: unknown flavour %q", o.Flavour)
	}
	if o.Charset != CharsetAuto && !slices.Contains(Charsets(), o.Charset) {
		return fmt.Errorf("marc: unknown character set %q", o.Charset)
	}
	return nil
}

// Reader reads the records of one input from front to back. It is not safe for
// concurrent use.
type Reader struct {
	options Options
	err     error // what ends the reading, returned again by every later Next

	window
	number int

	parser parser
}

// NewReader returns a Reader of ISO 2709 records. An unknown value in options is
// reported by the first Next.
func NewReader(in io.Reader, options Options) *Reader {
	return &Reader{window: window{in: in}, options: options, err: options.check()}
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
	r.err = readError(err, r.offset+int64(r.to-r.from))
	return r.err
}

// readError says how far the input could be read; io.EOF stays as it is.
func readError(err error, at int64) error {
	if err == io.EOF {
		return err
	}
	return fmt.Errorf("marc: read at byte %d: %w", at, err)
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
