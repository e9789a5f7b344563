package sheet

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"shuting/app/catalogue/marc"
)

// drain reads to the end and checks what is promised of every record and notice.
func drain(t *testing.T, r *Reader, size int64) {
	t.Helper()
	number, offset := 0, int64(-1)
	for {
		record, skipped, err := r.Next()
		if errors.Is(err, io.EOF) || errors.Is(err, ErrWorkbook) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if record == nil {
			if skipped.Reason == "" || skipped.Number < 1 || skipped.Offset > size {
				t.Fatalf("listed %+v", skipped)
			}
			continue
		}
		if record.Number <= number || record.Offset < offset || record.Offset > size || record.Flavour != marc.Table {
			t.Fatalf("record %d at %d after %d at %d", record.Number, record.Offset, number, offset)
		}
		number, offset = record.Number, record.Offset
		for _, f := range record.Fields {
			for _, s := range f.Subfields {
				if len(f.Tag) != 3 || !utf8.ValidString(s.Value) || s.Value == "" {
					t.Fatalf("field %+v", f)
				}
			}
		}
	}
}

// FuzzCSV: whatever the bytes, rows come out in order and as UTF-8, and the end
// is reached.
func FuzzCSV(f *testing.F) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(list)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{list, gb, "\uFEFF" + list, strings.ReplaceAll(list, ",", "\t"), "title;barcode\n\"a\nb\";1\n", "title,isbn\n\"a,b\n\"c\n",
		"title,isbn\n\"a\"b\",\"c\n\n", "title,isbn\n=\"\",\"", "题名,条码\n,B1\n甲,B1\n甲,B2\n", "title,isbn\n \"x\" ,\r", "\xff\xfe,\n"} {
		f.Add([]byte(s), uint8(0))
		f.Add([]byte(s), uint8(2))
	}
	sets := append([]marc.Charset{marc.CharsetAuto}, marc.Charsets()...)
	f.Fuzz(func(t *testing.T, input []byte, choice uint8) {
		r, err := NewCSV(bytes.NewReader(input), int64(len(input)), Options{Charset: sets[int(choice)%len(sets)]})
		if err != nil {
			t.Fatal(err)
		}
		drain(t, r, int64(len(input)))
	})
}

// FuzzXLSXRows: whatever a sheet says, its rows come out as records or as an
// error. The sheet is fuzzed and not the archive around it, whose checksums would
// stop nearly every try.
func FuzzXLSXRows(f *testing.F) {
	const head = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`
	for _, s := range []string{
		head + `<row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c><c r="B1" t="str"><v>barcode</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>1+1</f><v>100002</v></c></row></sheetData></worksheet>`,
		head + `<row r="9"><c r="XFD9" t="s"><v>99</v></c></row></sheetData></worksheet>`,
		head + `<row><c t="inlineStr"><is><t>书名</t></is></c><c t="inlineStr"><is><t>ISBN</t></is></c></row><row><c><v>1E5</v></c><c><v>9.787E12</v></c></row>`,
		head + `<row r="1048577"/>`, head + `<row r="2"/><row r="1"><c r="1A"/></row>`, `<worksheet>`, "",
	} {
		f.Add([]byte(s))
	}
	good := book(f, map[string][][]any{"a": {{"title", "isbn"}}}, "a")
	f.Fuzz(func(t *testing.T, input []byte) {
		file := withSheet(t, good, input)
		r, err := NewXLSX(bytes.NewReader(file), int64(len(file)), Options{})
		if err != nil {
			if !errors.Is(err, ErrWorkbook) {
				t.Fatal(err)
			}
			return
		}
		drain(t, r, int64(len(file)))
		if err := r.Close(); err != nil && !errors.Is(err, ErrWorkbook) {
			t.Log(err) // what a broken sheet leaves open
		}
	})
}

// FuzzWorkbook: whatever the archive around the sheets, it is read or refused.
func FuzzWorkbook(f *testing.F) {
	good := book(f, map[string][][]any{"a": {{"title", "barcode"}, {"书", "B1"}}, "b": {{"isbn", "title"}, {1.5, true}}}, "a", "b")
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(append([]byte("before "), good...))
	f.Fuzz(func(t *testing.T, input []byte) {
		r, err := NewXLSX(bytes.NewReader(input), int64(len(input)), Options{})
		if err != nil {
			if !errors.Is(err, ErrWorkbook) {
				t.Fatal(err)
			}
			return
		}
		drain(t, r, int64(len(input)))
		if err := r.Close(); err != nil && !errors.Is(err, ErrWorkbook) {
			t.Log(err) // what a broken sheet leaves open
		}
	})
}
