package sheet

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"shuting/app/catalogue/marc"
)

const list = "题名,责任者,ISBN,出版社,出版年,分类号,索书号,条码,馆藏地,价格\r\n" +
	"石榴河的早晨,韦奥托著,978-7-00-000001-8,磨坊出版社,2020.5,I247.57,I247.57/88,B0000001,二楼,45.00\r\n" +
	"下渡的春天,\"张甲, 李乙著\",,磨坊出版社,2019,I267,I267/3,B0000002,一楼,\r\n"

func TestAccept_L21_a_table_with_a_header_comes_in_whatever_its_language_set_and_separator(t *testing.T) {
	traditional := strings.NewReplacer("题", "題", "类", "類", "责", "責", "号", "號", "条码", "條碼", "馆", "館", "书", "書", "价", "價", "韦奥", "韋奧", "张", "張", "楼", "樓").Replace(list)
	english := strings.Replace(list, "题名,责任者,ISBN,出版社,出版年,分类号,索书号,条码,馆藏地,价格",
		"Title,Author,isbn,Publisher,Publication Year,Class,Call number,Item barcode,Location,Price", 1)
	semicolons := strings.ReplaceAll(strings.ReplaceAll(list, "张甲, 李乙", "张甲、李乙"), ",", ";")
	for name, c := range map[string]struct {
		text   string
		enc    encoding.Encoding
		author string
	}{
		"utf-8":            {list, encoding.Nop, "韦奥托"},
		"utf-8 with mark":  {"\uFEFF" + list, encoding.Nop, "韦奥托"},
		"gb18030":          {list, simplifiedchinese.GB18030, "韦奥托"},
		"gbk":              {list, simplifiedchinese.GBK, "韦奥托"},
		"big5":             {traditional, traditionalchinese.Big5, "韋奧托"},
		"english header":   {english, encoding.Nop, "韦奥托"},
		"semicolons":       {semicolons, encoding.Nop, "韦奥托"},
		"tabs":             {strings.ReplaceAll(semicolons, ";", "\t"), encoding.Nop, "韦奥托"},
		"line feeds only":  {strings.ReplaceAll(list, "\r\n", "\n"), encoding.Nop, "韦奥托"},
		"header with care": {strings.Replace(list, "题名,责任者", " 题 名（必填）*,\"责任者\"", 1), encoding.Nop, "韦奥托"},
		"a heading above":  {"图书清单,,,\r\n\r\n" + list, encoding.Nop, "韦奥托"},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := c.enc.NewEncoder().String(c.text)
			if err != nil {
				t.Fatal(err)
			}
			records, skipped := readCSV(t, text, Options{})
			if len(records) != 2 || len(skipped) != 0 {
				t.Fatalf("%d records, listed %+v", len(records), skipped)
			}
			bib := mustMap(t, records[0])
			if !strings.HasPrefix(bib.Title, "石榴河的早晨") || len(bib.Authors) != 1 || bib.Authors[0].Name != c.author || bib.Year != 2020 ||
				!reflect.DeepEqual(bib.ISBNs, []string{"9787000000018"}) || len(bib.Classes) != 1 || bib.Classes[0].Number != "I247.57" || bib.Price != "45.00" {
				t.Errorf("read %+v", bib)
			}
			want := []marc.Item{{Barcode: "B0000001", CallNumber: "I247.57/88", Location: "二楼"}}
			if strings.Contains(c.text, "二樓") {
				want[0].Location = "二樓"
			}
			if !reflect.DeepEqual(bib.Items, want) {
				t.Errorf("items %+v", bib.Items)
			}
			if second := mustMap(t, records[1]); len(second.Authors) != 2 || second.Authors[1].Name != "李乙" {
				t.Errorf("authors %+v", second.Authors)
			}
		})
	}
}

func TestAccept_L21_rows_of_one_edition_are_one_title_with_several_items(t *testing.T) {
	const text = "control number,title,isbn,edition,barcode\n" +
		",River,9787000000018,,B1000001\n" +
		",river ,7-00-000001-5,,B1000002\n" + // the same number, as ten digits
		",River,9787000000018,2nd,B1000003\n" + // another edition
		"7,Bridge,,,B1000004\n7,Bridge,,,B1000005\n8,Bridge,,,B1000006\n" +
		",Bridge,,,B1000007\n,Bridge,,,B1000008\n,,,,B1000009\n"
	records, skipped := readCSV(t, text, Options{})
	if len(skipped) != 0 {
		t.Fatalf("listed %+v", skipped)
	}
	var got []string
	for _, e := range entries(t, records) {
		var codes []string
		for _, i := range e.items {
			codes = append(codes, i.Barcode[7:])
		}
		got = append(got, fmt.Sprintf("%d %s %s", e.number, e.title, strings.Join(codes, "+")))
	}
	want := []string{"2 River 1+2", "4 River 3", "5 Bridge 4+5", "7 Bridge 6", "8 Bridge 7+8", "10  9"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("records %q, want %q", got, want)
	}
}

func TestAccept_L21_cells_are_data(t *testing.T) {
	const text = "书名,条码,ISBN,出版年,作者,主题\n" +
		"=1+1,\"=\"\"0012345\"\"\",9.787000000018E+12,20200501,Otto Vale; Ann Ferry,小说；河流\n" +
		"\"a \"\"quoted\"\" one\",100001.0,,43831,张甲著,\n" +
		"\"over\r\ntwo lines\",100002,,2021,x,\n"
	records, skipped := readCSV(t, text, Options{})
	if len(records) != 3 || len(skipped) != 0 {
		t.Fatalf("%d records, listed %+v", len(records), skipped)
	}
	a, b, c := mustMap(t, records[0]), mustMap(t, records[1]), mustMap(t, records[2])
	if a.Title != "1+1" || a.Items[0].Barcode != "0012345" || len(a.ISBNs) != 1 || a.Year != 2020 || len(a.Authors) != 2 || len(a.Subjects) != 2 {
		t.Errorf("first %+v", a)
	}
	if b.Title != `a "quoted" one` || b.Items[0].Barcode != "100001" || b.Year != 2020 {
		t.Errorf("second %+v", b)
	}
	if c.Title != "over two lines" || c.Items[0].Barcode != "100002" || records[2].Number != 4 {
		t.Errorf("third %+v, number %d", c, records[2].Number)
	}
}

func TestAccept_L21_wrong_rows_are_listed_and_the_rest_goes_on(t *testing.T) {
	good := "Bridge,B1000009\n"
	for name, c := range map[string]struct {
		wrong  string
		reason marc.Reason
	}{
		"a quotation mark that is never closed": {"\"River,B1000001\n", RowBroken},
		"one that a later row closes":           {"\"River,B1000001\nFerry \"x\" Inn,B1000002\n", RowBroken},
		"too long":                              {strings.Repeat("x", MaxRow+1) + ",B1\n", marc.RecordTooLong},
		"bytes of another set":                  {"Ri\xffver,B1000001\n", marc.CharsetInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			before := "title,barcode\n桥,B1000008\n"
			records, skipped := readCSV(t, before+c.wrong+good, Options{})
			if len(skipped) != 1 || skipped[0].Reason != c.reason || skipped[0].Number != 3 || skipped[0].Offset != int64(len(before)) || skipped[0].Detail == "" {
				t.Fatalf("listed %+v", skipped)
			}
			last := records[len(records)-1]
			if mustMap(t, last).Title != "Bridge" || last.Offset != int64(len(before+c.wrong)) {
				t.Errorf("last %+v", last)
			}
			if want := 1 + strings.Count(c.wrong, "\n"); len(records) != want {
				t.Errorf("%d records, want %d", len(records), want)
			}
		})
	}
}

func TestCSV_without_a_title_column_is_listed(t *testing.T) {
	records, skipped := readCSV(t, "name of book;shelf\nRiver;2\n", Options{})
	if len(records) != 0 || len(skipped) != 1 || skipped[0].Reason != HeaderMissing || !strings.Contains(skipped[0].Detail, "name of book") {
		t.Fatalf("read %v, listed %+v", records, skipped)
	}
	records, skipped = readCSV(t, "name of book;shelf\nRiver;2\n", Options{Headers: Headers{Title: {"Name of Book"}, Location: {"shelf"}}})
	if len(records) != 1 || len(skipped) != 0 || mustMap(t, records[0]).Title != "River" {
		t.Errorf("with the library's own names: %v, %+v", records, skipped)
	}
}

func TestCSV_is_told_from_other_text_by_its_header(t *testing.T) {
	for text, want := range map[string]bool{list: true, "Dear reader,\nthe library is closed.\n": false, "": false, "title": false, "title\tbarcode": true} {
		if got := LooksLikeCSV([]byte(text), Options{}); got != want {
			t.Errorf("%.20q: %v", text, got)
		}
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(list)
	if err != nil || LooksLikeCSV([]byte(utf16), Options{}) {
		t.Errorf("UTF-16 is not decoded here: %v", err)
	}
}

func TestHeaders_stand_for_one_column_each(t *testing.T) {
	if err := (Headers{Title: {"Name"}, Author: {"name "}}).Check(); err == nil {
		t.Error("one name for two columns was taken")
	}
	if err := (Headers{"colour": {"x"}}).Check(); err == nil {
		t.Error("a column there is none of was taken")
	}
	if err := (Headers{Title: {"--"}}).Check(); err == nil {
		t.Error("an empty name was taken")
	}
	if err := (Headers{}).Check(); err != nil {
		t.Error(err)
	}
	seen := map[string]Column{}
	for _, c := range Columns() {
		for _, n := range Names(c) {
			if headerKey(n) != n {
				t.Errorf("%s: %q can never match", c, n)
			}
			if other, twice := seen[n]; twice {
				t.Errorf("%q is a name of %s and %s", n, other, c)
			}
			seen[n] = c
		}
	}
}
