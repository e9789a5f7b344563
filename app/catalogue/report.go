package catalogue

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
)

// Report writes what imports list as a table for a spreadsheet: CSV in UTF-8 with
// a byte-order mark, so that Excel reads the Chinese. One report may hold several
// files. It is not safe for concurrent use.
type Report struct{ w *csv.Writer }

// NewReport writes the heading. The caller closes w after Flush.
func NewReport(w io.Writer) (*Report, error) {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return nil, fmt.Errorf("import report: %w", err)
	}
	r := &Report{w: csv.NewWriter(w)}
	r.w.UseCRLF = true
	if err := r.w.Write([]string{"file", "record", "byte", "what", "reason", "detail", "title"}); err != nil {
		return nil, fmt.Errorf("import report: %w", err)
	}
	return r, nil
}

// Add writes one line; it fits ImportOptions.Listed. A failure is kept for Flush.
func (r *Report) Add(l Listed) {
	_ = r.w.Write([]string{cell(l.File), strconv.Itoa(l.Number), strconv.FormatInt(l.Offset, 10),
		string(l.What), string(l.Reason), cell(l.Detail), cell(l.Title)})
}

// Flush writes out what is buffered and returns the first failure.
func (r *Report) Flush() error {
	r.w.Flush()
	if err := r.w.Error(); err != nil {
		return fmt.Errorf("import report: %w", err)
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
