package catalogue

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"shuting/app/catalogue/marc"
	"shuting/app/catalogue/sheet"
)

// Kind is what sort of file holds the records.
type Kind string

// The kinds. Auto, the zero value, looks at the content; a file's name means
// nothing.
const (
	KindAuto Kind = ""
	ISO2709  Kind = "iso2709"
	MARCXML  Kind = "marcxml"
	CSV      Kind = "csv"
	XLSX     Kind = "xlsx"
)

// ParseKind reads a kind's name; "auto" and "" are KindAuto.
func ParseKind(name string) (k Kind, ok bool) {
	switch k = Kind(name); k {
	case "auto":
		return KindAuto, true
	case KindAuto, ISO2709, MARCXML, CSV, XLSX:
		return k, true
	}
	return "", false
}

var (
	// ErrOldWorkbook: an .xls file of before 2007, or a workbook with a password.
	ErrOldWorkbook = errors.New("catalogue: an old or locked Excel file; save it as .xlsx without a password, or as CSV")
	// ErrNotFile: a workbook that comes through a pipe.
	ErrNotFile = errors.New("catalogue: a workbook can only be read from a file")
)

// headSize is how much of a file is looked at to tell its kind.
const headSize = 64 << 10

// input is an open file of records.
type input struct {
	kind  Kind
	next  func() (*marc.Record, *marc.Skipped, error)
	close func() error
	// reached says how far it is with a record, total of how much; the unit is
	// bytes, in a workbook rows.
	reached func(offset int64) int64
	total   int64

	size    int64 // in bytes; 0 = unknown
	again   bool  // it can be read from the start again
	counted *counter
}

// open finds out what the file is. What it returns is closed by the caller.
func (o ImportOptions) open(ctx context.Context, r io.Reader) (*input, error) {
	in := &input{size: o.Size, close: func() error { return nil }}
	if s, ok := r.(io.Seeker); ok {
		if end, err := s.Seek(0, io.SeekEnd); err == nil {
			if _, err := s.Seek(0, io.SeekStart); err != nil {
				return nil, err
			}
			in.size, in.again = end, true
		}
	}
	in.total = in.size
	in.counted = &counter{in: r, ctx: ctx}
	if in.again {
		in.counted.hash = sha256.New()
	}
	text, head, err := decoded(in.counted)
	if err != nil {
		return nil, err
	}
	if in.kind = o.Kind; in.kind == KindAuto {
		if in.kind, err = kindOf(head, o); err != nil {
			return nil, err
		}
	}
	in.reached = func(offset int64) int64 { return offset }
	switch in.kind {
	case XLSX:
		return in, in.openWorkbook(r, o)
	case CSV:
		table, err := sheet.NewCSV(text, in.size, o.sheet())
		if err != nil {
			return nil, err
		}
		in.next = table.Next
	case MARCXML:
		in.next = marc.NewXMLReader(text, o.Marc).Next
	default:
		in.next = marc.NewReader(text, o.Marc).Next
	}
	return in, nil
}

func (o ImportOptions) sheet() sheet.Options {
	return sheet.Options{Charset: o.Marc.Charset, Headers: o.Headers}
}

// openWorkbook reads a workbook, whose parts stand in no order.
func (in *input) openWorkbook(r io.Reader, o ImportOptions) error {
	file, ok := r.(interface {
		io.ReaderAt
		io.Seeker
	})
	if !ok || !in.again {
		return ErrNotFile
	}
	if in.size <= sheet.MaxWorkbook {
		// The bookmark of a workbook is good for the whole of it only.
		in.counted.hash.Reset()
		n, err := io.Copy(in.counted.hash, io.NewSectionReader(file, 0, in.size))
		if err != nil {
			return err
		}
		in.counted.n = n
	}
	table, err := sheet.NewXLSX(file, in.size, o.sheet())
	if err != nil {
		return err
	}
	in.next, in.close = table.Next, table.Close
	in.reached = func(int64) int64 { done, _ := table.Position(); return done }
	_, in.total = table.Position()
	return nil
}

// decoded returns the input with its first bytes looked at; UTF-16 comes out as
// UTF-8, because no reader knows it.
func decoded(r io.Reader) (io.Reader, []byte, error) {
	in := bufio.NewReaderSize(r, headSize)
	head, err := in.Peek(headSize)
	if err != nil && len(head) == 0 && !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("catalogue: %w", err) // of a later one, what stands before is read
	}
	if !bytes.HasPrefix(head, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(head, []byte{0xFE, 0xFF}) {
		return in, head, nil
	}
	in = bufio.NewReaderSize(transform.NewReader(in, unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()), headSize)
	head, err = in.Peek(headSize)
	if err != nil && len(head) == 0 && !errors.Is(err, io.EOF) {
		return nil, nil, fmt.Errorf("catalogue: %w", err)
	}
	return in, head, nil
}

// kindOf tells a file's kind by its first bytes. What is nothing else is taken
// for ISO 2709, whose reader lists what it cannot read.
func kindOf(head []byte, o ImportOptions) (Kind, error) {
	text := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\uFEFF")), " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return XLSX, nil
	case bytes.HasPrefix(head, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return "", ErrOldWorkbook
	case bytes.HasPrefix(text, []byte("<")):
		return MARCXML, nil
	case bytes.ContainsAny(head, "\x1D\x1E\x1F"):
		return ISO2709, nil
	case sheet.LooksLikeCSV(head, o.sheet()):
		return CSV, nil
	case !bytes.Contains(head, []byte{0}) && bytes.ContainsAny(firstLine(text), ",;\t"):
		return CSV, nil // its reader says what is wrong with the header
	}
	return ISO2709, nil
}

func firstLine(text []byte) []byte {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return line
}
