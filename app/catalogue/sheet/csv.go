package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"shuting/app/catalogue/marc"
)

// MaxRow is the most bytes a row of CSV may have.
const MaxRow = 256 << 10

// sniffed is how much of a file is looked at to find out what it is.
const sniffed = 64 << 10

// NewCSV reads a table of text. The input must be UTF-8, GB18030 or Big5, or the
// single-byte set that is forced; its marks are ASCII bytes in all of them.
//
// Errors: a header name that stands for two columns; those of the input.
func NewCSV(in io.Reader, size int64, o Options) (*Reader, error) {
	byName, err := o.Headers.table()
	if err != nil {
		return nil, err
	}
	c := &csvRows{in: bufio.NewReaderSize(in, 2*sniffed), charset: o.Charset, size: size}
	if err := c.begin(byName); err != nil {
		return nil, err
	}
	return &Reader{rows: c, byName: byName, close: func() error { return nil }}, nil
}

// LooksLikeCSV tells whether the beginning of a file holds a header.
func LooksLikeCSV(head []byte, o Options) bool {
	byName, err := o.Headers.table()
	if err != nil {
		return false
	}
	c := &csvRows{in: bufio.NewReaderSize(bytes.NewReader(head), 2*sniffed), charset: o.Charset}
	if err := c.begin(byName); err != nil {
		return false
	}
	return c.columns > 0
}

// csvRows splits the bytes into rows and cells before it decodes them, so that
// offsets are those of the file.
type csvRows struct {
	in      *bufio.Reader
	size    int64
	offset  int64 // of the next row
	number  int
	comma   byte
	columns int // of the header; 0 if there is none
	charset marc.Charset
	text    marc.Text

	again  []byte // read already, to be read again
	passed int64  // bytes of the row that were not kept
}

// begin drops a byte-order mark and finds out character set and separator.
func (c *csvRows) begin(byName map[string]Column) error {
	head, err := c.in.Peek(sniffed)
	if err != nil && len(head) == 0 && !errors.Is(err, io.EOF) {
		return fmt.Errorf("sheet: %w", err) // of a later one, the rows before are read
	}
	if mark := []byte("\uFEFF"); bytes.HasPrefix(head, mark) {
		c.offset, _ = discard(c.in, len(mark))
		head = head[len(mark):]
		if c.charset == marc.CharsetAuto {
			c.charset = marc.UTF8
		}
	}
	if c.charset == marc.CharsetAuto && !ascii(head) {
		c.charset = marc.GuessText(head)
	}
	c.comma = ','
	best := 0
	for _, comma := range []byte{',', ';', '\t'} {
		named, cells := c.try(head, comma, byName)
		if named > best {
			best, c.comma, c.columns = named, comma, cells
		}
	}
	return nil
}

func discard(in *bufio.Reader, n int) (int64, error) {
	done, err := in.Discard(n)
	return int64(done), err
}

// try returns how many columns the header names with this separator.
func (c *csvRows) try(head []byte, comma byte, byName map[string]Column) (named, cells int) {
	probe := &csvRows{in: bufio.NewReader(bytes.NewReader(head)), comma: comma, charset: c.charset}
	for range headerRows {
		row, _, _, err := probe.next()
		if err != nil {
			return 0, 0
		}
		if h, ok := readHeader(row, byName); ok {
			return len(h.at), h.cells
		}
	}
	return 0, 0
}

func (c *csvRows) done() int64  { return c.offset }
func (c *csvRows) total() int64 { return c.size }

func (c *csvRows) next() ([]string, place, *marc.Skipped, error) {
	raw, lines, err := c.record()
	if err != nil {
		return nil, place{}, nil, err
	}
	c.number++
	at := place{number: c.number, offset: c.offset}
	c.offset += int64(len(raw)) + c.passed
	c.passed = 0
	if len(raw) > MaxRow {
		return nil, at, bad(at, marc.RecordTooLong, fmt.Sprintf("a row of more than %d bytes", MaxRow)), nil
	}
	cells, clean := split(raw, c.comma)
	if lines > 1 && (!clean || c.columns > 0 && len(cells) != c.columns) {
		// The mark that opened the cell was a stray one: the lines below are
		// rows of their own.
		first := bytes.IndexByte(raw, '\n') + 1
		c.again = append(bytes.Clone(raw[first:]), c.again...)
		c.offset -= int64(len(raw) - first)
		return nil, at, bad(at, RowBroken, "a quotation mark is not closed in its row"), nil
	}
	if c.charset == marc.CharsetAuto && !ascii(raw) {
		c.charset = marc.GuessText(raw)
	}
	text := make([]string, len(cells))
	for i, cell := range cells {
		var ok bool
		if text[i], ok = c.decode(cell); !ok {
			return nil, at, bad(at, marc.CharsetInvalid, fmt.Sprintf("column %d holds bytes that are not %s", i+1, c.named())), nil
		}
	}
	return text, at, nil, nil
}

func bad(at place, reason marc.Reason, detail string) *marc.Skipped {
	return &marc.Skipped{Number: at.number, Offset: at.offset, Reason: reason, Detail: detail}
}

func (c *csvRows) named() marc.Charset {
	if c.charset == marc.CharsetAuto {
		return "text in UTF-8, GB18030 or Big5"
	}
	return c.charset
}

func (c *csvRows) decode(cell []byte) (string, bool) {
	if c.charset == marc.CharsetAuto {
		return string(cell), ascii(cell)
	}
	return c.text.Decode(cell, c.charset)
}

// record returns the bytes up to the end of the next row, and how many lines they
// are. Of a row that is too long it returns the first line.
func (c *csvRows) record() (raw []byte, lines int, err error) {
	quotes := quoteState{comma: c.comma, fresh: true}
	first := 0
	for {
		line, err := c.line(MaxRow)
		if len(line) == 0 && err != nil {
			if len(raw) > 0 && errors.Is(err, io.EOF) {
				return raw, lines, nil
			}
			return nil, 0, err
		}
		raw = append(raw, line...)
		if lines++; lines == 1 {
			first = len(raw)
		}
		if quotes.read(line); !quotes.inside {
			return raw, lines, nil
		}
		if len(raw) > MaxRow {
			if lines > 1 {
				c.again = append(bytes.Clone(raw[first:]), c.again...)
				return raw[:first], 2, nil // two, so that it is looked at for the stray mark
			}
			return raw, lines, nil
		}
	}
}

// line reads up to and with the next line feed. Of a line of more than most bytes
// the rest is passed over, but counted.
func (c *csvRows) line(most int) (line []byte, err error) {
	if len(c.again) > 0 {
		n := bytes.IndexByte(c.again, '\n') + 1
		if n == 0 {
			n = len(c.again)
		}
		line, c.again = c.again[:n:n], c.again[n:]
		if line[n-1] == '\n' {
			return line, nil
		}
	}
	for {
		piece, err := c.in.ReadSlice('\n')
		if len(line) <= most {
			line = append(line, piece...)
		} else {
			c.passed += int64(len(piece))
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// quoteState follows whether the end of a line is inside a quoted cell. A mark
// opens a cell only at its beginning.
type quoteState struct {
	comma         byte
	inside, fresh bool // fresh: a cell begins here
}

func (q *quoteState) read(line []byte) {
	for i := 0; i < len(line); i++ {
		switch b := line[i]; {
		case q.inside && b == '"' && i+1 < len(line) && line[i+1] == '"':
			i++
		case q.inside && b == '"':
			q.inside = false
		case q.inside:
		case b == '"' && q.fresh:
			q.inside, q.fresh = true, false
		case b == q.comma:
			q.fresh = true
		case b != ' ':
			q.fresh = false
		}
	}
	if !q.inside {
		q.fresh = true
	}
}

// split cuts a row into cells and takes the quotation marks away; clean is false
// if a quoted cell has no end or text stands behind it.
func split(raw []byte, comma byte) (cells [][]byte, clean bool) {
	raw = bytes.TrimRight(raw, "\r\n")
	clean = true
	for {
		lead := bytes.TrimLeft(raw, " ")
		if len(lead) == 0 || lead[0] != '"' {
			i := bytes.IndexByte(raw, comma)
			if i < 0 {
				return append(cells, raw), clean
			}
			cells, raw = append(cells, raw[:i]), raw[i+1:]
			continue
		}
		var cell []byte
		rest := lead[1:]
		for {
			i := bytes.IndexByte(rest, '"')
			if i < 0 {
				return append(cells, append(cell, rest...)), false
			}
			cell, rest = append(cell, rest[:i]...), rest[i+1:]
			if len(rest) == 0 || rest[0] != '"' {
				break
			}
			cell, rest = append(cell, '"'), rest[1:]
		}
		// What stands between the closing mark and the separator belongs to the cell.
		i := bytes.IndexByte(rest, comma)
		behind := rest
		if i >= 0 {
			behind = rest[:i]
		}
		clean = clean && len(bytes.TrimSpace(behind)) == 0
		if i < 0 {
			return append(cells, append(cell, rest...)), clean
		}
		cells, raw = append(cells, append(cell, rest[:i]...)), rest[i+1:]
	}
}

func ascii(b []byte) bool {
	return !slices.ContainsFunc(b, func(c byte) bool { return c >= 0x80 })
}
