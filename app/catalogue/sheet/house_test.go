package sheet

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/xuri/excelize/v2"

	"shuting/app/catalogue/marc"
)

// entry is a record as a test wants to see it.
type entry struct {
	number int
	title  string
	isbns  []string
	items  []marc.Item
}

func readAll(tb testing.TB, r *Reader) (records []*marc.Record, skipped []*marc.Skipped) {
	tb.Helper()
	defer func() {
		if err := r.Close(); err != nil {
			tb.Error(err)
		}
	}()
	for {
		record, s, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return records, skipped
		case err != nil:
			tb.Fatal(err)
		case record != nil:
			records = append(records, record)
		default:
			skipped = append(skipped, s)
		}
	}
}

func readCSV(tb testing.TB, text string, o Options) ([]*marc.Record, []*marc.Skipped) {
	tb.Helper()
	r, err := NewCSV(bytes.NewReader([]byte(text)), int64(len(text)), o)
	if err != nil {
		tb.Fatal(err)
	}
	return readAll(tb, r)
}

func mustMap(tb testing.TB, r *marc.Record) marc.Bib {
	tb.Helper()
	m, err := marc.NewMapper(marc.Default())
	if err != nil {
		tb.Fatal(err)
	}
	bib, _ := m.Map(r)
	return bib
}

func entries(tb testing.TB, records []*marc.Record) (all []entry) {
	tb.Helper()
	for _, r := range records {
		bib := mustMap(tb, r)
		all = append(all, entry{r.Number, bib.Title, bib.ISBNs, bib.Items})
	}
	return all
}

// book writes a workbook with its sheets in order; a row is a list of cells.
func book(tb testing.TB, sheets map[string][][]any, order ...string) []byte {
	tb.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, name := range order {
		var err error
		if i == 0 {
			err = f.SetSheetName("Sheet1", name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			tb.Fatal(err)
		}
		for n, cells := range sheets[name] {
			at, err := excelize.CoordinatesToCellName(1, n+1)
			if err == nil {
				err = f.SetSheetRow(name, at, &cells)
			}
			if err != nil {
				tb.Fatal(err)
			}
		}
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func readXLSX(tb testing.TB, file []byte) ([]*marc.Record, []*marc.Skipped) {
	tb.Helper()
	r, err := NewXLSX(bytes.NewReader(file), int64(len(file)), Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return readAll(tb, r)
}
