package sheet

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"shuting/app/catalogue/marc"
)

// What a workbook may take: packed, unpacked, and of each part in memory.
const (
	MaxWorkbook = 64 << 20
	MaxUnpacked = 1 << 30
	maxPart     = 8 << 20
	maxCells    = 1000 // of a row
)

// ErrWorkbook: a file that cannot be read as XLSX, or is over a limit.
var ErrWorkbook = errors.New("sheet: workbook cannot be read")

// NewXLSX opens a workbook of size bytes. The caller closes the Reader.
//
// Errors: ErrWorkbook; a header name that stands for two columns.
func NewXLSX(in io.ReaderAt, size int64, o Options) (r *Reader, err error) {
	byName, err := o.Headers.table()
	if err != nil {
		return nil, err
	}
	if size > MaxWorkbook {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrWorkbook, MaxWorkbook)
	}
	count, err := inspect(in, size)
	if err != nil {
		return nil, err
	}
	defer guard(&err)
	book, err := excelize.OpenReader(io.NewSectionReader(in, 0, size),
		excelize.Options{UnzipSizeLimit: MaxUnpacked, UnzipXMLSizeLimit: maxPart, RawCellValue: true})
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrWorkbook, err)
	}
	x := &workbook{book: book, sheets: book.GetSheetList(), table: -1, most: count}
	return &Reader{rows: x, byName: byName, close: x.close}, nil
}

// guard makes an error of a panic: the package that unpacks workbooks has them
// for some broken files.
func guard(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: %v", ErrWorkbook, p)
	}
}

// workbook is the rows of all its sheets.
type workbook struct {
	book   *excelize.File
	sheets []string
	table  int // the sheet that is being read
	rows   *excelize.Rows
	number int
	most   int64 // rows there are, but for empty ones
}

func (x *workbook) done() int64  { return min(int64(x.number), x.most) }
func (x *workbook) total() int64 { return x.most }

func (x *workbook) close() (err error) {
	defer guard(&err)
	if x.rows != nil {
		err = x.rows.Close()
	}
	return errors.Join(err, x.book.Close())
}

func (x *workbook) next() (cells []string, at place, skipped *marc.Skipped, err error) {
	defer guard(&err)
	for {
		if x.rows != nil && x.rows.Next() {
			break
		}
		if err := x.nextSheet(); err != nil {
			return nil, place{}, nil, err
		}
	}
	x.number++
	at = place{table: x.table, name: x.sheets[x.table], number: x.number}
	cells, err = x.rows.Columns(excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, at, nil, fmt.Errorf("%w: sheet %q: %v", ErrWorkbook, at.name, err)
	}
	if len(cells) > maxCells {
		cells = cells[:maxCells]
	}
	size := 0
	for _, c := range cells {
		size += len(c)
	}
	if size > MaxRow {
		return nil, at, bad(at, marc.RecordTooLong, fmt.Sprintf("a row of more than %d bytes", MaxRow)), nil
	}
	return cells, at, nil, nil
}

func (x *workbook) nextSheet() error {
	if x.rows != nil {
		if err := errors.Join(x.rows.Error(), x.rows.Close()); err != nil {
			return fmt.Errorf("%w: %v", ErrWorkbook, err)
		}
		x.rows = nil
	}
	if x.table++; x.table >= len(x.sheets) {
		return io.EOF
	}
	rows, err := x.book.Rows(x.sheets[x.table])
	var notSheet excelize.ErrSheetNotExist
	if err != nil && !errors.As(err, &notSheet) { // a chart has a name and no rows
		return fmt.Errorf("%w: sheet %q: %v", ErrWorkbook, x.sheets[x.table], err)
	}
	x.rows = rows
	return nil
}
