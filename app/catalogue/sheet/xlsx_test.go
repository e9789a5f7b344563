package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestAccept_L21_a_workbook_comes_in_with_all_its_sheets(t *testing.T) {
	file := book(t, map[string][][]any{
		"2019": {{"图书清单"}, {}, {"题名", "ISBN", "条码", "出版年", "价格"},
			{"石榴河的早晨", 9787000000018, "0012345", 2019, 45.5}, {"石榴河的早晨", 9787000000018, "0012346"}, {}, {"下渡的春天", nil, 1000010}},
		"说明":   {{"这一页没有书"}},
		"2020": {{"Title", "Barcode"}, {"Bridge", "B1000001"}},
	}, "2019", "说明", "2020")
	records, skipped := readXLSX(t, file)
	got := entries(t, records)
	if len(got) != 3 || got[0].number != 4 || got[0].title != "石榴河的早晨" || !reflect.DeepEqual(got[0].isbns, []string{"9787000000018"}) ||
		len(got[0].items) != 2 || got[0].items[0].Barcode != "0012345" || got[1].items[0].Barcode != "1000010" || got[2].title != "Bridge" {
		t.Errorf("read %+v", got)
	}
	if len(skipped) != 1 || skipped[0].Reason != HeaderMissing || !strings.Contains(skipped[0].Detail, "说明") {
		t.Errorf("listed %+v", skipped)
	}
}

func TestAccept_L21_a_formula_is_never_computed(t *testing.T) {
	f := excelize.NewFile()
	for at, v := range map[string]any{"A1": "title", "B1": "barcode", "A2": "River", "B2": "B1000001"} {
		if err := f.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellFormula("Sheet1", "B2", `CONCATENATE("B","9999999")`); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := errors.Join(f.Write(&out), f.Close()); err != nil {
		t.Fatal(err)
	}
	records, _ := readXLSX(t, out.Bytes())
	if got := entries(t, records); len(got) != 1 || len(got[0].items) != 0 && got[0].items[0].Barcode != "B1000001" {
		t.Errorf("read %+v", got)
	}
}

func TestXLSX_tells_how_far_it_is(t *testing.T) {
	f := excelize.NewFile()
	for i := range 51 {
		cells := []any{fmt.Sprint("Book ", i), fmt.Sprint("B10000", i)}
		if i == 0 {
			cells = []any{"title", "barcode"}
		}
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &cells); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := errors.Join(f.Write(&out), f.Close()); err != nil {
		t.Fatal(err)
	}
	file := out.Bytes()
	r, err := NewXLSX(bytes.NewReader(file), int64(len(file)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if _, _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if done, total := r.Position(); done < 10 || done > 12 || total != 51 {
		t.Errorf("at %d of %d", done, total)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestXLSX_that_is_none_or_too_much_is_refused(t *testing.T) {
	good := book(t, map[string][][]any{"a": {{"title", "isbn"}, {"x", "y"}}}, "a")
	for name, file := range map[string][]byte{
		"nothing":          {},
		"text":             []byte("PK\x03\x04 but not so"),
		"cut off":          good[:len(good)/2],
		"a bomb":           bomb(t, good, MaxUnpacked+1),
		"a bomb that lies": bomb(t, good, 10),
		"an empty zip":     zipped(t, nil),
		"no workbook":      zipped(t, map[string]string{"a.txt": "x"}),
		"a cut-off sheet":  withSheet(t, good, []byte(`<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>title</t></is></c></row><row r="2">`)),
		"a flipped bit":    flipped(good),
		"a broken header":  append(bytes.Repeat([]byte{'x'}, 30), good[30:]...),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewXLSX(bytes.NewReader(file), int64(len(file)), Options{})
			if !errors.Is(err, ErrWorkbook) {
				t.Errorf("error: %v", err)
			}
		})
	}
	if _, err := NewXLSX(bytes.NewReader(nil), MaxWorkbook+1, Options{}); !errors.Is(err, ErrWorkbook) {
		t.Errorf("too large: %v", err)
	}
}

func TestXLSX_with_large_parts_leaves_no_files_behind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	rows := [][]any{{"title", "summary"}}
	for i := range 400 {
		rows = append(rows, []any{fmt.Sprint("Book ", i), strings.Repeat("好书", 10_000)[:30_000] + fmt.Sprint(i)})
	}
	records, _ := readXLSX(t, book(t, map[string][][]any{"a": rows}, "a"))
	if len(records) != 400 {
		t.Errorf("%d records", len(records))
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func zipped(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, content := range files {
		part, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(part, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// bomb is a workbook with a sheet that unpacks to 32 MiB of nothing and says that
// it is of another size.
func bomb(t *testing.T, good []byte, says uint64) []byte {
	t.Helper()
	var packed, out bytes.Buffer
	deflate, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err == nil {
		_, err = deflate.Write(make([]byte, 32<<20))
	}
	if err = errors.Join(err, deflate.Close()); err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(&out)
	r, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range r.File {
		if err := w.Copy(part); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateRaw(&zip.FileHeader{Name: "xl/worksheets/sheet9.xml", Method: zip.Deflate,
		CompressedSize64: uint64(packed.Len()), UncompressedSize64: says})
	if err == nil {
		_, err = part.Write(packed.Bytes())
	}
	if err = errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// withSheet is a workbook whose only sheet says something else.
func withSheet(tb testing.TB, good, sheet []byte) []byte {
	tb.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	r, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		tb.Fatal(err)
	}
	for _, part := range r.File {
		if part.Name != "xl/worksheets/sheet1.xml" {
			if err := w.Copy(part); err != nil {
				tb.Fatal(err)
			}
			continue
		}
		in, err := w.Create(part.Name)
		if err == nil {
			_, err = in.Write(sheet)
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// flipped is the file with one bit of a packed part turned over.
func flipped(good []byte) []byte {
	bad := bytes.Clone(good)
	r, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		panic(err)
	}
	at, err := r.File[len(r.File)-1].DataOffset()
	if err != nil {
		panic(err)
	}
	bad[at+20] ^= 4
	return bad
}
