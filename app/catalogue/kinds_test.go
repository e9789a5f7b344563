package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"shuting/app/catalogue"
	"shuting/app/catalogue/marc"
	"shuting/app/library"
)

// table is two books as a list.
func table() [][]string {
	return [][]string{
		{"控制号", "题名", "责任者", "ISBN", "出版社", "出版年", "分类号", "索书号", "条码", "馆藏地"},
		{"000001", "测试图书第1号", "编写组著", isbn(1), "样本出版社", "2026", "G254", "G254/1", barcode(1), "二楼"},
		{"000001", "测试图书第1号", "", isbn(1), "", "", "", "G254/1", barcode(2), "二楼"},
		{"000002", "测试图书第2号", "编写组著", isbn(2), "样本出版社", "2026", "G254", "G254/2", barcode(3), "一楼"},
	}
}

func csvFile(rows [][]string, comma string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, comma) + "\r\n")
	}
	return b.String()
}

func xlsxFile(tb testing.TB, rows [][]string) []byte {
	tb.Helper()
	f := excelize.NewFile()
	for i, r := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &r); err != nil {
			tb.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := errors.Join(f.Write(&out), f.Close()); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// xmlRecord is a CNMARC record in XML.
func xmlRecord(n int, barcodes ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<record><leader>00000nam0 2200000   450 </leader><controlfield tag="001">%06d</controlfield>`, n)
	sub := func(tag, pairs string) {
		fmt.Fprintf(&b, `<datafield tag=%q ind1=" " ind2=" ">`, tag)
		for _, p := range strings.Split(pairs, "$")[1:] {
			fmt.Fprintf(&b, `<subfield code=%q>%s</subfield>`, p[:1], p[1:])
		}
		b.WriteString("</datafield>")
	}
	sub("010", "$a"+isbn(n))
	sub("200", fmt.Sprintf("$a测试图书第%d号$f编写组著", n))
	sub("210", "$c样本出版社$d2026")
	sub("690", "$aG254")
	for _, code := range barcodes {
		sub("905", fmt.Sprintf("$b%s$dG254$e%d$c%s", code, n, map[bool]string{true: "二楼", false: "一楼"}[n == 1]))
	}
	b.WriteString("</record>")
	return b.String()
}

func mustEncoded(tb testing.TB, encode func(string) (string, error), s string) []byte {
	tb.Helper()
	out, err := encode(s)
	if err != nil {
		tb.Fatal(err)
	}
	return []byte(out)
}

func TestAccept_L21_every_kind_of_file_is_told_by_its_content_and_brings_in_the_same_titles(t *testing.T) {
	asXML := `<?xml version="1.0"?><collection>` + xmlRecord(1, barcode(1), barcode(2)) + xmlRecord(2, barcode(3)) + `</collection>`
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	for name, c := range map[string]struct {
		file   []byte
		source string
	}{
		"marcxml":           {[]byte(asXML), "cnmarc"},
		"marcxml in utf-16": {mustEncoded(t, utf16.NewEncoder().String, asXML), "cnmarc"},
		"csv":               {[]byte(csvFile(table(), ",")), "table"},
		"csv in gb18030":    {mustEncoded(t, simplifiedchinese.GB18030.NewEncoder().String, csvFile(table(), ";")), "table"},
		"excel's own text":  {mustEncoded(t, utf16.NewEncoder().String, csvFile(table(), "\t")), "table"},
		"xlsx":              {xlsxFile(t, table()), "table"},
	} {
		t.Run(name, func(t *testing.T) {
			h := mustHouse(t)
			if sum := h.mustImport(c.file); sum.New != 2 || sum.ItemsNew != 3 || sum.Skipped != 0 || len(sum.Reasons) != 0 {
				t.Fatalf("summary: %+v", sum)
			}
			title := h.mustTitle(c.source + ":000001")
			if title.Title != "测试图书第1号" || !reflect.DeepEqual(title.Authors, []string{"编写组"}) || title.Publisher != "样本出版社" || title.Year != "2026" ||
				title.Class != "G254" || !reflect.DeepEqual(title.ISBNs, []string{isbn(1)}) {
				t.Errorf("title %+v", title)
			}
			item := h.mustItem(barcode(2))
			if item.TitleID != title.ID || item.CallNumber != "G254/1" || item.Place != "二楼" || item.State != library.ItemAvailable {
				t.Errorf("item %+v", item)
			}
			ledger := len(h.entries())
			if sum := h.mustImport(c.file); sum.Unchanged != 2 || sum.ItemsUnchanged != 3 || len(h.entries()) != ledger {
				t.Errorf("again: %+v", sum)
			}
		})
	}
}

func TestAccept_L21_flavour_set_and_kind_can_be_forced(t *testing.T) {
	h := mustHouse(t)
	// UNIMARC in Windows-1251 tells nothing of its set; a table without commas is not told from a letter.
	russian := record("nam0", false, field{"001", "7"}, field{"200", "1 $a" + "\xd3\xf2\xf0\xee"})
	o := catalogue.ImportOptions{Marc: marc.Options{Flavour: marc.CNMARC, Charset: marc.Windows1251}}
	if _, err := h.service.Import(context.Background(), bytes.NewReader(russian), "r.mrc", o, nil); err != nil {
		t.Fatal(err)
	}
	if title := h.mustTitle("cnmarc:7"); title.Title != "Утро" {
		t.Errorf("title %q", title.Title)
	}
	sum, err := h.service.Import(context.Background(), strings.NewReader(csvFile(table(), ",")), "a", catalogue.ImportOptions{Kind: catalogue.ISO2709}, nil)
	if err != nil || sum.Read != 1 || sum.Skipped != 1 || sum.Reasons["record_truncated"] != 1 {
		t.Errorf("a table read as MARC: %+v, %v", sum, err)
	}
	for name, want := range map[string]catalogue.Kind{"": "", "auto": "", "csv": catalogue.CSV, "marcxml": catalogue.MARCXML} {
		if k, ok := catalogue.ParseKind(name); !ok || k != want {
			t.Errorf("%q: %q, %v", name, k, ok)
		}
	}
	if _, ok := catalogue.ParseKind("mods"); ok {
		t.Error("a kind we do not have was taken")
	}
}

func TestImport_says_what_it_cannot_open(t *testing.T) {
	h := mustHouse(t)
	ctx := context.Background()
	old := append([]byte{0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1}, make([]byte, 600)...)
	if _, err := h.service.Import(ctx, bytes.NewReader(old), "a.xls", catalogue.ImportOptions{}, nil); !errors.Is(err, catalogue.ErrOldWorkbook) {
		t.Errorf("an old workbook: %v", err)
	}
	pipe := io.MultiReader(bytes.NewReader(xlsxFile(t, table())))
	if _, err := h.service.Import(ctx, pipe, "a.xlsx", catalogue.ImportOptions{}, nil); !errors.Is(err, catalogue.ErrNotFile) {
		t.Errorf("a workbook through a pipe: %v", err)
	}
	if sum, err := h.service.Import(ctx, strings.NewReader(""), "empty", catalogue.ImportOptions{}, nil); err != nil || sum.Read != 0 {
		t.Errorf("an empty file: %+v, %v", sum, err)
	}
	sum, err := h.service.Import(ctx, strings.NewReader("name;shelf\nx;y\n"), "a.csv", catalogue.ImportOptions{}, nil)
	if err != nil || sum.Skipped != 1 || sum.Reasons["header_missing"] != 1 {
		t.Errorf("a table without a title: %+v, %v", sum, err)
	}
}

func TestAccept_L22_what_a_damaged_file_of_any_kind_loses_is_in_the_summary_and_the_report(t *testing.T) {
	h := mustHouse(t)
	rows := table()
	rows = append(rows, []string{"9", "", "无题名", "", "", "", "", "", barcode(9), ""}, []string{"10", "测试\xff", "", "", "", "", "", "", "", ""})
	broken := strings.Replace(xmlRecord(2), "</leader>", "</lead>", 1)
	for name, c := range map[string]struct {
		file    []byte
		reasons map[catalogue.Reason]int
		read    int
	}{
		"csv": {[]byte(csvFile(rows, ",")), map[catalogue.Reason]int{"title_missing": 1, "charset_invalid": 1}, 4},
		"xml": {[]byte("<c>" + xmlRecord(1) + broken + xmlRecord(3) + "<record><leader>"), map[catalogue.Reason]int{"xml_invalid": 1, "record_truncated": 1}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			var listed []catalogue.Listed
			sum, err := h.service.Import(context.Background(), bytes.NewReader(c.file), name, catalogue.ImportOptions{
				Marc: marc.Options{Charset: marc.UTF8}, Listed: func(l catalogue.Listed) { listed = append(listed, l) }}, nil)
			if err != nil || sum.Read != c.read || sum.Skipped != 2 || !reflect.DeepEqual(sum.Reasons, c.reasons) {
				t.Fatalf("%+v, %v", sum, err)
			}
			if len(listed) != 2 || listed[0].Offset <= 0 || listed[1].Offset <= listed[0].Offset || listed[0].Number < 2 || listed[1].Detail == "" {
				t.Errorf("listed %+v", listed)
			}
		})
	}
}

func TestAccept_L21_titles_in_the_original_script_come_in_beside_the_others(t *testing.T) {
	h := mustHouse(t)
	h.mustImport(record("nam ", false, field{"001", "1"}, field{"245", "10$6880-01$aShiliu he /$cWei."}, field{"246", "31$aPomegranate river"},
		field{"880", "10$6245-01$a石榴河 /$c韦."}))
	if title := h.mustTitle("marc21:1"); title.Title != "Shiliu he" || !reflect.DeepEqual(title.AltTitles, []string{"石榴河", "Pomegranate river"}) {
		t.Errorf("title %q, also %q", title.Title, title.AltTitles)
	}
}
