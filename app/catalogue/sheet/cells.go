package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"

	"shuting/app/catalogue/marc"
)

// cell is a cell's text as data: without the ="…" that keeps a spreadsheet from
// taking it for a number, and whole numbers without exponent or fraction.
func cell(s string) string {
	s = strings.TrimSpace(s)
	if inside, quoted := strings.CutPrefix(s, `="`); quoted && strings.HasSuffix(inside, `"`) {
		s = strings.TrimSpace(strings.TrimSuffix(inside, `"`))
	}
	return s
}

// number writes what a spreadsheet stores as a number the way it was typed:
// 9.787020002207E12 and 100001.0 are digits to a library.
func number(s string) string {
	s = cell(s)
	if !strings.ContainsAny(s, ".eE") || strings.Trim(s, "0123456789.eE+") != "" {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != math.Trunc(f) || f < 1e4 || f >= 1<<53 {
		return s
	}
	return strconv.FormatFloat(f, 'f', 0, 64)
}

// excelDay is day 0 of a workbook's dates.
var excelDay = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// year brings dates into a form of which the first four digits in a row are the
// year: 20200501, and the day numbers of a spreadsheet from 1900 to 2119.
func year(s string) string {
	s = number(s)
	digits := strings.Trim(s, "0123456789") == ""
	switch n, _ := strconv.Atoi(s); {
	case digits && len(s) == 8:
		return s[:4]
	case digits && len(s) == 6:
		return s[:4]
	case digits && len(s) == 5 && n < 80_000:
		return strconv.Itoa(excelDay.AddDate(0, 0, n).Year())
	}
	return s
}

func parts(s, separators string) []string {
	var all []string
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
		if p = strings.TrimSpace(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// fold is text for comparing two rows.
func fold(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(norm.NFKC.String(s)), " "))
}

// row is one row of the table under its header.
type row struct {
	header *header
	cells  []string
	number int
	offset int64
}

func (r row) text(c Column) string {
	if i, there := r.header.at[c]; there && i < len(r.cells) {
		return cell(r.cells[i])
	}
	return ""
}

// key is the same for rows of one edition; see the package comment. A row
// without a title belongs to none.
func (r row) key() string {
	title := fold(r.text(Title))
	if title == "" {
		return ""
	}
	id := "n:" + number(r.text(Control))
	if id == "n:" {
		if isbn, ok := marc.ISBN13(number(r.text(ISBN))); ok {
			id = "i:" + isbn
		} else {
			id = "t:" + strings.Join([]string{fold(r.text(Author)), fold(r.text(Publisher)), year(r.text(Year)), fold(r.text(ISBN))}, "\x00")
		}
	}
	return strings.Join([]string{id, title, fold(r.text(Subtitle)), fold(r.text(Edition))}, "\x00")
}

// record is the row as a Record without its item.
func (r row) record() *marc.Record {
	rec := &marc.Record{Number: r.number, Offset: r.offset, Leader: leader, Flavour: marc.Table, Charset: marc.UTF8}
	add := func(tag string, values ...string) {
		for _, v := range values {
			if v != "" {
				rec.Fields = append(rec.Fields, marc.Field{Tag: tag, Ind1: ' ', Ind2: ' ', Subfields: []marc.Subfield{{Code: 'a', Value: v}}})
			}
		}
	}
	for _, k := range known {
		text := r.text(k.column)
		switch k.column {
		case Barcode, Location, Branch:
		case Control:
			add(k.tag, number(text))
		case Year:
			add(k.tag, year(text))
		case ISBN:
			add(k.tag, parts(number(text), ";；,，、|/")...)
		case Subject:
			add(k.tag, parts(text, ";；|")...)
		case Author:
			r.authors(text, add)
		default:
			add(k.tag, text)
		}
	}
	return rec
}

// leader of a book.
const leader = "00000nam  2200000   4500"

// authors gives several names that are not a Chinese statement of responsibility
// each a field.
func (r row) authors(text string, add func(string, ...string)) {
	if several := parts(text, ";；|"); len(several) > 1 && !marc.IsStatement(text) {
		add(marc.TableAuthor, several...)
		return
	}
	add(marc.TableNames, text)
}

// item is the copy a row stands for; ok is false if it has no barcode.
func (r row) item() (f marc.Field, ok bool) {
	barcode := number(r.text(Barcode))
	if barcode == "" {
		return f, false
	}
	f = marc.Field{Tag: marc.TableItem, Ind1: ' ', Ind2: ' '}
	for _, s := range []marc.Subfield{{Code: 'b', Value: barcode}, {Code: 'c', Value: r.text(CallNumber)},
		{Code: 'l', Value: r.text(Location)}, {Code: 'm', Value: r.text(Branch)}} {
		if s.Value != "" {
			f.Subfields = append(f.Subfields, s)
		}
	}
	return f, true
}
