package marc

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

func TestMap_marc21(t *testing.T) {
	bib, problems := mustMap(t, mustRead(t, iso2709('a', novel()...), Options{}))
	want := Bib{
		ControlNumber: "n-1", Kind: KindBook,
		Title: "The pomegranate river", Subtitle: "a morning tale",
		Authors: []Author{{"Vale, Otto", "author"}}, Responsibility: "Otto Vale",
		Place: "Lower Ferry", Publisher: "Mill Press", Year: 2019, Price: "CNY30.00",
		ISBNs: []string{"9787000000018"}, Language: "eng",
		Items: []Item{{Barcode: "300010000001", CallNumber: "I 247 V1", Branch: "MAIN", Location: "STACKS"}},
	}
	if !reflect.DeepEqual(bib, want) || len(problems) != 0 {
		t.Errorf("got  %+v\nwant %+v\nproblems %v", bib, want, problems)
	}
}

func TestMap_cnmarc(t *testing.T) {
	bib, problems := mustMap(t, mustRead(t, iso2709(' ', chineseNovel()...), Options{}))
	want := Bib{
		ControlNumber: "c-1", Kind: KindBook,
		Title: "石榴河的早晨", Subtitle: "一个村庄的故事",
		Authors: []Author{{"韦奥托", "著"}}, Responsibility: "韦奥托著",
		Edition: "第2版", Place: "下渡", Publisher: "磨坊出版社", Year: 2020, Extent: "312页", Price: "CNY45.00",
		Series: []string{"河流丛书 ; 3"}, ISBNs: []string{"9787000000018"}, Language: "chi",
		Classes: []Class{{"clc", "I247.57"}}, CallNumber: "I247.57/88",
		Subjects: []string{"长篇小说-中国-当代"}, Summary: "讲述河边村庄里的一个早晨，以及此后的许多年。",
		Items: []Item{
			{Barcode: "0100045", CallNumber: "I247.57/88", Branch: "LB"},
			{Barcode: "0100046", CallNumber: "I247.57/88", Branch: "LB"},
		},
	}
	if !reflect.DeepEqual(bib, want) || len(problems) != 0 {
		t.Errorf("got  %+v\nwant %+v\nproblems %v", bib, want, problems)
	}
}

// Each row adds fields to a record of that flavour and looks at one field of the
// Bib, as JSON.
func TestMap_fields(t *testing.T) {
	title21, titleCN := data("245", "00", "a", "T"), data("200", "1 ", "a", "T")
	for _, test := range []struct {
		name    string
		field   string
		want    string
		entries []entry
	}{
		{"title with a part", "PartName", `"The ferry"`, []entry{data("245", "00", "a", "River.", "n", "Part 2,", "p", "The ferry /", "c", "O. Vale.")}},
		{"number of a part", "PartNumber", `"Part 2"`, []entry{data("245", "00", "a", "River.", "n", "Part 2,", "p", "The ferry /")}},
		{"parallel title is not a subtitle", "AltTitles", `["La rivière"]`, []entry{data("245", "00", "a", "The river =", "b", "La rivière /")}},
		{"parallel title after the material", "AltTitles", `["La rivière"]`, []entry{data("245", "00", "a", "The river", "h", "[map] =", "b", "La rivière")}},
		{"children of school age", "Children", `true`, []entry{title21, control("008", "200101s2019    xx     b      000 1 eng d")}},
		{"teenagers are no children", "Children", `false`, []entry{title21, control("008", "200101s2019    xx     d      000 1 eng d")}},
		{"one of several readers is a child", "Children", `true`, []entry{titleCN, data("100", "  ", "a", "20200101d2020    emc y0chiy50      ea")}},
		{"adults", "Children", `false`, []entry{titleCN, data("100", "  ", "a", "20200101d2020    km  y0chiy50      ea")}},
		{"title only in the part", "Title", `"The ferry"`, []entry{data("245", "00", "p", "The ferry")}},
		{"title only in the uniform title", "Title", `"River tales"`, []entry{data("245", "00", "c", "O. Vale"), data("240", "10", "a", "River tales.")}},
		{"title only in the original script", "Title", `"河的早晨"`, []entry{data("880", "10", "6", "245-01/$1", "a", "河的早晨 /")}},
		{"original script as another title", "AltTitles", `["河的早晨","He"]`, []entry{
			data("245", "10", "6", "880-01", "a", "He de zao chen"), data("246", "1 ", "a", "He"), data("880", "10", "6", "245-01/$1", "a", "河的早晨 /", "c", "韦奥托")}},
		{"original script of the author", "AltAuthors", `["韦奥托"]`, []entry{title21, data("100", "1 ", "6", "880-02", "a", "Wei, Aotuo."), data("880", "1 ", "6", "100-02/$1", "a", "韦奥托.")}},
		{"authors once each", "Authors", `[{"Name":"Vale, Otto","Role":"aut"},{"Name":"Mill Press","Role":""}]`, []entry{
			title21, data("100", "1 ", "a", "Vale, Otto,", "4", "aut"), data("700", "1 ", "a", "Vale, Otto."), data("710", "2 ", "a", "Mill Press.")}},
		{"statement where there is no author", "Authors", `[{"Name":"by Otto and Ida Vale","Role":""}]`, []entry{data("245", "00", "a", "T /", "c", "by Otto and Ida Vale.")}},
		{"imprint of old and new style", "Publisher", `"Mill Press"`, []entry{title21, data("260", "  ", "b", "Old,"), data("264", " 4", "c", "©2019"), data("264", " 1", "a", "X :", "b", "Mill Press,")}},
		{"year from the coded date", "Year", `2019`, []entry{title21, control("008", "200101s2019    cc            000 1 eng d"), data("260", "  ", "c", "[2018?]")}},
		{"year as printed", "Year", `1936`, []entry{title21, control("008", "200101s19uu    cc            000 1 eng d"), data("260", "  ", "c", "Minguo 25 [1936]")}},
		{"year unknown", "Year", `0`, []entry{title21, data("260", "  ", "c", "[19--?]")}},
		{"series of the first kind only", "Series", `["River books ; 3"]`, []entry{title21, data("490", "0 ", "a", "River books ;", "v", "3"), data("830", " 0", "a", "River books.")}},
		{"language", "Language", `"chi"`, []entry{title21, data("041", "0 ", "a", "chieng")}},
		{"class of the house first", "Classes", `[{"Scheme":"clc","Number":"I247"},{"Scheme":"ddc","Number":"895.13"},{"Scheme":"lcc","Number":"PL2700"},{"Scheme":"sdnb","Number":"10"}]`, []entry{
			title21, data("050", "00", "a", "PL2700", "b", ".V3"), data("082", "00", "a", "895.1/3"), data("084", "  ", "a", "I247", "2", "clc"), data("084", "  ", "a", "10", "2", "sdnb")}},
		{"subjects", "Subjects", `["Rivers--Fiction","Vale, Otto"]`, []entry{title21, data("650", " 0", "a", "Rivers", "v", "Fiction."), data("600", "10", "a", "Vale, Otto,", "d", "1950-"), data("650", " 7", "a", "Rivers", "v", "Fiction")}},
		{"issn", "ISSN", `"1000-002X"`, []entry{title21, data("022", "  ", "a", "1000-002x")}},
		{"summary in paragraphs", "Summary", `"One.\nTwo."`, []entry{title21, data("520", "  ", "a", "One."), data("520", "  ", "a", "Two.")}},
		{"copy told of twice", "Items", `[{"Barcode":"30001000","CallNumber":"I247 V1","Branch":"MAIN","Location":"Desk"}]`, []entry{
			title21, data("852", "  ", "b", "MAIN", "h", "I247", "i", "V1", "p", "30001000"), data("876", "  ", "p", "3000 1000", "l", "Desk")}},
		{"items of every local field", "Items", `[{"Barcode":"10000001","CallNumber":"","Branch":"","Location":"l1"},{"Barcode":"10000002","CallNumber":"c","Branch":"b2","Location":"l2"},{"Barcode":"X10000003","CallNumber":"I247","Branch":"","Location":""}]`, []entry{
			title21, data("945", "  ", "i", "10000001", "l", "l1"), data("952", "  ", "p", "10000002", "o", "c", "b", "b2", "c", "l2"), data("999", "  ", "i", "X10000003", "a", "I247"), data("999", "  ", "i", "1-3003")}},
		{"control characters and spaces", "Title", `"A river of names"`, []entry{data("245", "00", "a", "\u0098A \u009c river\tof\u3000 names\u200f ")}},

		{"surname and forename", "Authors", `[{"Name":"Groz, Emil","Role":"070"},{"Name":"韦奥托","Role":"译"},{"Name":"下渡图书馆","Role":""}]`, []entry{
			titleCN, data("700", " 1", "a", "Groz,", "b", "Emil", "4", "070"), data("702", " 0", "a", "韦", "b", "奥托", "4", "译"), data("711", "02", "a", "下渡图书馆")}},
		{"statement taken apart", "Authors", `[{"Name":"韦奥托","Role":"著"},{"Name":"柳小河","Role":"著"},{"Name":"孟桥","Role":"译"}]`, []entry{data("200", "1 ", "a", "T", "f", "(英) 韦奥托, 柳小河著", "g", "孟桥等译")}},
		{"part of a work in several volumes", "PartNumber", `"第2卷"`, []entry{data("200", "1 ", "a", "河", "h", "第2卷", "i", "渡口")}},
		{"several works in one book", "Title", `"河 ; 渡口"`, []entry{data("200", "1 ", "a", "河", "a", "渡口")}},
		{"parallel and variant titles", "AltTitles", `["River","河流"]`, []entry{data("200", "1 ", "a", "河", "d", "River"), data("517", "1 ", "a", "河流"), data("512", "1 ", "a", "河")}},
		{"year from the coded data", "Year", `2020`, []entry{titleCN, data("100", "  ", "a", "20200101d2020    em y0chiy0120    ea"), data("210", "  ", "d", "[出版年不详]")}},
		{"year in full width", "Year", `1998`, []entry{titleCN, data("210", "  ", "d", "１９９８．５")}},
		{"free subjects", "Subjects", `["河流","村庄"]`, []entry{titleCN, data("610", "0 ", "a", "河流", "a", "村庄")}},
		{"call number as a whole", "CallNumber", `"I247/26"`, []entry{titleCN, data("905", "  ", "d", "I247", "e", "26", "s", "I247/26")}},
		{"call number in parts", "CallNumber", `"I247/26"`, []entry{titleCN, data("906", "  ", "d", "I247", "e", "26")}},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			bib, _ := mustMap(t, mustRead(t, iso2709('a', test.entries...), Options{}))
			got, err := json.Marshal(reflect.ValueOf(bib).FieldByName(test.field).Interface())
			if err != nil || string(got) != test.want {
				t.Errorf("%s = %s, want %s (%v)", test.field, got, test.want, err)
			}
		})
	}
}

func TestMap_takes_no_code_of_maps_and_serials_for_readers(t *testing.T) {
	for kind, want := range map[string]bool{"am": true, "em": false, "as": false, "gm": true} {
		record := mustRead(t, iso2709('a', data("245", "00", "a", "T"), control("008", "200101s2019    xx     bd     000 1 eng d")), Options{})
		record.Leader = record.Leader[:6] + kind + record.Leader[8:]
		if bib, _ := mustMap(t, record); bib.Children != want {
			t.Errorf("leader %s: children %v", kind, bib.Children)
		}
	}
}

func TestMap_names_what_it_leaves_out(t *testing.T) {
	record := mustRead(t, iso2709('a',
		data("245", "00", "a", "T"), data("020", "  ", "a", "9787000000019"), data("020", "  ", "c", "CNY9.00"),
		data("022", "  ", "a", "1000-0004"), data("949", "  ", "i", "shelf 5")), Options{})
	bib, problems := mustMap(t, record)
	want := []Problem{
		{ISBNInvalid, map[string]string{"tag": "020", "value": "9787000000019"}},
		{ISSNInvalid, map[string]string{"tag": "022", "value": "1000-0004"}},
		{BarcodeRejected, map[string]string{"tag": "949", "value": "shelf 5"}},
	}
	if !reflect.DeepEqual(problems, want) {
		t.Errorf("problems %+v", problems)
	}
	if len(bib.ISBNs) != 0 || bib.ISSN != "" || len(bib.Items) != 0 {
		t.Errorf("kept: %+v", bib)
	}
	for _, p := range problems {
		if p.Blocks() {
			t.Errorf("%s must not keep the record out", p.Reason)
		}
	}
}

func TestMap_lists_a_record_without_a_title(t *testing.T) {
	for _, test := range []struct {
		entries []entry
		options Options
		reason  Reason
	}{
		{[]entry{control("001", "x"), data("245", "00", "c", "Nobody")}, Options{}, TitleMissing},
		{[]entry{data("245", "00", "a", " / ")}, Options{}, TitleMissing},
		{[]entry{data("200", "1 ", "f", "韦奥托")}, Options{Flavour: CNMARC}, TitleMissing},
	} {
		record := mustRead(t, iso2709('a', test.entries...), test.options)
		_, problems := mustMap(t, record)
		if len(problems) != 1 || problems[0].Reason != test.reason || !problems[0].Blocks() {
			t.Fatalf("problems %+v", problems)
		}
		if s := record.Skip(problems[0]); s.Number != 1 || s.Offset != 0 || s.Reason != test.reason || s.Detail == "" {
			t.Errorf("listed as %+v", s)
		}
	}
	holdings := iso2709('a', control("001", "x"), data("852", "  ", "p", "30001000"))
	holdings[6] = 'y'
	if _, problems := mustMap(t, mustRead(t, holdings, Options{})); len(problems) != 1 || problems[0].Reason != NotBibliographic || !problems[0].Blocks() {
		t.Errorf("holdings: %+v", problems)
	}
}

func TestMapper_uses_the_mapping_it_is_given(t *testing.T) {
	mappings := Default()
	m21 := mappings[MARC21]
	m21.BarcodePattern = `^shelf[0-9]$`
	m21.Items = []ItemRule{{Tag: "990", Barcode: "z"}}
	mappings[MARC21] = m21
	record := mustRead(t, iso2709('a', data("245", "00", "a", "T"), data("990", "  ", "z", "30001000", "z", "shelf 5")), Options{})
	m, err := NewMapper(mappings)
	if err != nil {
		t.Fatal(err)
	}
	bib, problems := m.Map(record)
	if len(bib.Items) != 1 || bib.Items[0].Barcode != "shelf5" || len(problems) != 1 {
		t.Errorf("items %+v, problems %+v", bib.Items, problems)
	}
}

func TestNewMapper_refuses_a_mapping_that_cannot_work(t *testing.T) {
	for name, change := range map[string]func(*Mapping){
		"no title rule":     func(m *Mapping) { m.Title = nil },
		"short tag":         func(m *Mapping) { m.Author = []Rule{{Tag: "70"}} },
		"long indicator":    func(m *Mapping) { m.Place = []Rule{{Tag: "264", Ind2: "12"}} },
		"long condition":    func(m *Mapping) { m.Class = []Rule{{Tag: "084", WhenCode: "22"}} },
		"negative start":    func(m *Mapping) { m.Year = []Rule{{Tag: "008", Start: -1, Length: 4}} },
		"item tag":          func(m *Mapping) { m.Items = []ItemRule{{Tag: "", Barcode: "p"}} },
		"item without code": func(m *Mapping) { m.Items = []ItemRule{{Tag: "949"}} },
		"item branch":       func(m *Mapping) { m.Items = []ItemRule{{Tag: "949", Barcode: "i", Branch: "ab"}} },
		"pattern":           func(m *Mapping) { m.BarcodePattern = "(" },
		"script tag":        func(m *Mapping) { m.OriginalScript = "88" },
	} {
		mappings := Default()
		m := mappings[MARC21]
		change(&m)
		mappings[MARC21] = m
		if _, err := NewMapper(mappings); err == nil || !strings.Contains(err.Error(), "marc21") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDefaultBarcodePattern(t *testing.T) {
	pattern := regexp.MustCompile(DefaultBarcodePattern)
	for value, want := range map[string]bool{
		"0100045": true, "30001000000001": true, "X000000001": true, "LB0001234": true, "A12345B": true,
		"1-3003": false, "1234": false, "F55 2004": false, "": false, "1683011-3": false, "12345678901234567890": false,
	} {
		if pattern.MatchString(value) != want {
			t.Errorf("%q: %v", value, !want)
		}
	}
}
