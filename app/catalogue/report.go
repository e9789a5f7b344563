package catalogue

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"
)

// Report writes what imports list as a table for a spreadsheet: CSV in UTF-8 with
// a byte-order mark, so that Excel reads the Chinese. It takes lines as they come
// and keeps none, so it may grow with the file. It opens its file with the first
// line; an import without one leaves no empty report behind. One report may hold
// several imports. Not safe for concurrent use.
type Report struct {
	open  func() (io.WriteCloser, error)
	out   io.WriteCloser
	w     *csv.Writer
	err   error
	lines int
}

// NewReport opens its output through open.
func NewReport(open func() (io.WriteCloser, error)) *Report { return &Report{open: open} }

// NewReportFile writes to a new file, readable by its owner only. Missing folders
// are made; an existing file is an error.
func NewReportFile(path string) *Report {
	return NewReport(func() (io.WriteCloser, error) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, err
		}
		return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	})
}

// Lines added so far.
func (r *Report) Lines() int { return r.lines }

// Add writes one line; it is made to be ImportOptions.Listed. The first failure
// is kept for Close.
func (r *Report) Add(l Listed) {
	r.lines++
	if r.err == nil && r.out == nil {
		r.err = r.begin()
	}
	if r.err != nil {
		return
	}
	r.err = r.w.Write([]string{cell(l.File), strconv.Itoa(l.Number), strconv.FormatInt(l.Offset, 10),
		string(l.What), string(l.Reason), cell(l.Detail), cell(l.Title)})
	if r.err == nil {
		r.w.Flush() // an import that is killed leaves what it found so far
		r.err = r.w.Error()
	}
}

func (r *Report) begin() (err error) {
	if r.out, err = r.open(); err != nil {
		return err
	}
	if _, err := io.WriteString(r.out, "\uFEFF"); err != nil {
		return err
	}
	r.w = csv.NewWriter(r.out)
	r.w.UseCRLF = true
	return r.w.Write([]string{"file", "record", "byte", "what", "reason", "detail", "title"})
}

// Close finishes the report and returns the first failure.
func (r *Report) Close() error {
	if r.w != nil {
		r.w.Flush()
		r.err = errors.Join(r.err, r.w.Error())
	}
	if r.out != nil {
		r.err = errors.Join(r.err, r.out.Close())
		r.out, r.w = nil, nil
	}
	if r.err != nil {
		return fmt.Errorf("import report: %w", r.err)
	}
	return nil
}

// cell keeps text from being taken for a formula: a spreadsheet would run what
// a stranger's record says. Full-width signs count too, in East Asian versions.
func cell(s string) string {
	s = printable(s)
	if strings.HasPrefix(s, " ") || strings.IndexAny(s, "=+-@＝＋－＠") == 0 {
		return "'" + s
	}
	return s
}

// printable shows control and direction characters as spaces, so that a record
// cannot rewrite a terminal or a line of the report.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
}
