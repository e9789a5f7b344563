package marc

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"regexp"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

var (
	fuzzFlavours = []Flavour{FlavourAuto, MARC21, CNMARC}
	fuzzCharsets = append([]Charset{CharsetAuto}, Charsets()...)
)

func seed(f *testing.F) {
	whole := iso2709('a', novel()...)
	for _, raw := range [][]byte{
		whole, whole[:60], append(bytes.Clone(whole), whole...),
		iso2709(' ', chineseNovel()...),
		iso2709(' ', mustEncode(f, simplifiedchinese.GB18030, chineseNovel())...),
		iso2709(' ', mustEncode(f, traditionalchinese.Big5, []entry{data("200", "1 ", "a", "石榴河的早晨")})...),
		iso2709(' ', data("245", "10", "6", "880-01", "a", "caf\xe2e"), data("880", "10", "6", "245-01/(2", "a", "\x1b(2yle\x1b(B")),
		iso2709(' ', data("245", "10", "a", "\x1b$1!PV\x1b(B")),
		[]byte("00127     2299937   4500245008900000\x1e01\x1faX\x1e\x1d"),
	} {
		f.Add(raw, uint8(0))
		f.Add(raw, uint8(7))
	}
}

func fuzzOptions(choice uint8) Options {
	return Options{
		Flavour: fuzzFlavours[int(choice)%len(fuzzFlavours)],
		Charset: fuzzCharsets[int(choice)/len(fuzzFlavours)%len(fuzzCharsets)],
	}
}

// FuzzReader: whatever the bytes, every record is read or listed, in order, once,
// and all text that comes out is UTF-8.
func FuzzReader(f *testing.F) {
	seed(f)
	f.Fuzz(func(t *testing.T, input []byte, choice uint8) {
		r := NewReader(bytes.NewReader(input), fuzzOptions(choice))
		number, offset := 0, int64(-1)
		for {
			record, skipped, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			if (record == nil) == (skipped == nil) {
				t.Fatalf("record %v and notice %v", record, skipped)
			}
			at, n := int64(0), 0
			if skipped != nil {
				at, n = skipped.Offset, skipped.Number
				if skipped.Reason == "" || skipped.Detail == "" || !utf8.ValidString(skipped.Detail) {
					t.Fatalf("notice %+v", skipped)
				}
			} else {
				at, n = record.Offset, record.Number
				checkText(t, record)
			}
			if n != number+1 || at <= offset || at >= int64(len(input)) {
				t.Fatalf("number %d after %d, offset %d after %d of %d", n, number, at, offset, len(input))
			}
			number, offset = n, at
		}
		ends := bytes.Count(input, []byte{recordEnd})
		if number < ends || number > ends+1 {
			t.Fatalf("%d records and notices for %d end marks", number, ends)
		}
	})
}

func checkText(t *testing.T, record *Record) {
	t.Helper()
	if len(record.Leader) != leaderLength || !utf8.ValidString(record.Leader) || len(record.Fields) == 0 {
		t.Fatalf("record %+v", record)
	}
	for _, field := range record.Fields {
		if len(field.Tag) != 3 || !utf8.ValidString(field.Tag) || !utf8.ValidString(field.Value) {
			t.Fatalf("field %+v", field)
		}
		for _, s := range field.Subfields {
			if !utf8.ValidString(s.Value) || s.Code >= utf8.RuneSelf {
				t.Fatalf("subfield %+v", s)
			}
		}
	}
}

// FuzzMap: a Bib has a title or a problem that blocks it, and only numbers that
// hold; mapping twice gives the same.
func FuzzMap(f *testing.F) {
	seed(f)
	mapper, err := NewMapper(Default())
	if err != nil {
		f.Fatal(err)
	}
	barcode := regexp.MustCompile(DefaultBarcodePattern)
	f.Fuzz(func(t *testing.T, input []byte, choice uint8) {
		r := NewReader(bytes.NewReader(input), fuzzOptions(choice))
		for {
			record, _, err := r.Next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if record == nil {
				continue
			}
			bib, problems := mapper.Map(record)
			blocked := false
			for _, p := range problems {
				blocked = blocked || p.Blocks()
			}
			if blocked != (bib.Title == "") {
				t.Fatalf("title %q, problems %+v", bib.Title, problems)
			}
			for _, isbn := range bib.ISBNs {
				if again, ok := ISBN13(isbn); !ok || again != isbn {
					t.Fatalf("isbn %q", isbn)
				}
			}
			seen := map[string]bool{}
			for _, item := range bib.Items {
				if !barcode.MatchString(item.Barcode) || seen[item.Barcode] {
					t.Fatalf("items %+v", bib.Items)
				}
				seen[item.Barcode] = true
			}
			if bib.Year != 0 && (bib.Year < 1000 || bib.Year > 2099) {
				t.Fatalf("year %d", bib.Year)
			}
			checkStrings(t, reflect.ValueOf(bib))
			if again, _ := mapper.Map(record); !reflect.DeepEqual(again, bib) {
				t.Fatalf("second time %+v, first %+v", again, bib)
			}
		}
	})
}

// checkStrings walks all text of a Bib.
func checkStrings(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		if !utf8.ValidString(v.String()) {
			t.Fatalf("text %q", v.String())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			checkStrings(t, v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			checkStrings(t, v.Index(i))
		}
	}
}
