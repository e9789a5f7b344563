package sheet

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"shuting/app/catalogue/marc"
)

// The reasons of this package, beside those of package marc.
const (
	HeaderMissing marc.Reason = "header_missing" // no row names a title column
	RowBroken     marc.Reason = "row_broken"     // a quotation mark that is not closed
)

const (
	// headerRows is how far down the header may stand below a list's own title.
	headerRows = 20
	// maxItems of one record; further rows of the edition make another one that
	// meets it in the store.
	maxItems = 500
)

// Options force what is otherwise found out.
type Options struct {
	Charset marc.Charset // of CSV
	Headers Headers
}

// rows yields the rows of one table after the other; first tells that a row is
// the first of a table. bad is a row that cannot be read. io.EOF ends it.
type rows interface {
	next() (cells []string, at place, bad *marc.Skipped, err error)
	// done and total say how far it is, in the same unit.
	done() int64
	total() int64
}

// place of a row.
type place struct {
	table  int    // counted from 0
	name   string // of the table; "" in CSV
	number int    // of the row, counted through all tables from 1
	offset int64  // of its first byte; 0 in a workbook
}

// Reader yields the records of one table file. It is not safe for concurrent use.
type Reader struct {
	rows   rows
	close  func() error
	byName map[string]Column
	err    error

	table   int           // of the header
	header  *header       // nil until it is found
	before  int           // rows of the table that were looked at for it
	missing *marc.Skipped // to be told if it is never found

	pending *marc.Record // the record that may go on with the next row
	key     string
	items   int
	queue   []*marc.Skipped // to be told after pending
}

// Next is marc.Reader.Next for tables.
func (r *Reader) Next() (*marc.Record, *marc.Skipped, error) {
	for {
		if r.pending == nil && len(r.queue) > 0 {
			s := r.queue[0]
			r.queue = r.queue[1:]
			return nil, s, nil
		}
		if r.err != nil {
			if rec := r.take(); rec != nil {
				return rec, nil, nil
			}
			return nil, nil, r.err
		}
		cells, at, bad, err := r.rows.next()
		switch {
		case err != nil:
			r.end(err)
			continue
		case bad != nil:
			r.queue = append(r.queue, bad)
		case !empty(cells):
			if rec := r.row(cells, at); rec != nil {
				return rec, nil, nil
			}
			continue
		}
		if rec := r.take(); rec != nil {
			return rec, nil, nil
		}
	}
}

// Position says how much is read, of how much, in a unit of the file's own; total
// is 0 if that is not known.
func (r *Reader) Position() (done, total int64) { return r.rows.done(), r.rows.total() }

// Close releases what a workbook needed.
func (r *Reader) Close() error { return r.close() }

func (r *Reader) end(err error) {
	if errors.Is(err, io.EOF) {
		r.unheaded()
	}
	r.err = err
}

// take hands out the record that was kept for the rows after it.
func (r *Reader) take() *marc.Record {
	rec := r.pending
	r.pending, r.key, r.items = nil, "", 0
	return rec
}

// row takes in one row that is not empty, and returns the record that ended with
// the row before.
func (r *Reader) row(cells []string, at place) *marc.Record {
	if at.table != r.table {
		r.unheaded()
		r.table, r.header, r.before = at.table, nil, 0
	}
	if r.header == nil {
		r.seek(cells, at)
		return r.take()
	}
	now := row{header: r.header, cells: cells, number: at.number, offset: at.offset}
	key := now.key()
	var ended *marc.Record
	if r.pending == nil || key == "" || key != r.key || r.items >= maxItems {
		ended = r.take()
		r.pending, r.key = now.record(), key
	}
	if item, ok := now.item(); ok {
		r.pending.Fields = append(r.pending.Fields, item)
		r.items++
	}
	return ended
}

// seek looks for the header. The first row of a table without one shows best
// what is wrong with it.
func (r *Reader) seek(cells []string, at place) {
	if r.before++; r.before > headerRows {
		return
	}
	if h, ok := readHeader(cells, r.byName); ok {
		r.header, r.missing = &h, nil
		return
	}
	if r.missing != nil {
		return
	}
	shown := []rune(strings.Join(cells, " | "))
	detail := fmt.Sprintf("no row names a title column; the first one is %q", string(shown[:min(len(shown), 120)]))
	if at.name != "" {
		detail = fmt.Sprintf("sheet %q: %s", at.name, detail)
	}
	r.missing = &marc.Skipped{Number: at.number, Offset: at.offset, Reason: HeaderMissing, Detail: detail}
}

// unheaded lists the table that ended without a header.
func (r *Reader) unheaded() {
	if r.missing != nil {
		r.queue = append(r.queue, r.missing)
		r.missing = nil
	}
}

func empty(cells []string) bool {
	for _, c := range cells {
		if cell(c) != "" {
			return false
		}
	}
	return true
}
