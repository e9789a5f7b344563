package marc

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// inXML writes entries as one record. prefix is "" or a namespace prefix with its
// colon.
func inXML(prefix string, entries ...entry) string {
	var b strings.Builder
	text := func(s string) string {
		var escaped bytes.Buffer
		if err := xml.EscapeText(&escaped, []byte(s)); err != nil {
			panic(err)
		}
		return escaped.String()
	}
	fmt.Fprintf(&b, "<%srecord>\n <%sleader>00000nam a2200000   4500</%sleader>\n", prefix, prefix, prefix)
	for _, e := range entries {
		head, rest, subfields := strings.Cut(e.content, "\x1f")
		if !subfields {
			fmt.Fprintf(&b, " <%scontrolfield tag=%q>%s</%scontrolfield>\n", prefix, e.tag, text(e.content), prefix)
			continue
		}
		fmt.Fprintf(&b, " <%sdatafield tag='%s' ind1='%c' ind2='%c'>\n", prefix, e.tag, head[0], head[1])
		for _, s := range strings.Split(rest, "\x1f") {
			fmt.Fprintf(&b, "  <%ssubfield code=%q>%s</%ssubfield>\n", prefix, s[:1], text(s[1:]), prefix)
		}
		fmt.Fprintf(&b, " </%sdatafield>\n", prefix)
	}
	fmt.Fprintf(&b, "</%srecord>\n", prefix)
	return b.String()
}

func readXML(tb testing.TB, in io.Reader, options Options) outcome {
	tb.Helper()
	return readFrom(tb, NewXMLReader(in, options))
}

func TestAccept_L21_marcxml_says_the_same_as_iso2709(t *testing.T) {
	latin := append(novel(), data("500", "  ", "a", "Straße & <Œuvre>, cafe\u0301"))
	mapper, err := NewMapper(Default())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file    string
		options Options
		entries []entry
		flavour Flavour
	}{
		"MARC21 slim":            {`<?xml version="1.0"?><collection xmlns="http://www.loc.gov/MARC21/slim">` + inXML("", latin...) + `</collection>`, Options{}, latin, MARC21},
		"with a prefix":          {`<marc:collection xmlns:marc="x">` + inXML("marc:", latin...) + `</marc:collection>`, Options{}, latin, MARC21},
		"no namespace, one only": {inXML("", chineseNovel()...), Options{}, chineseNovel(), CNMARC},
		"in an answer of SRU": {`<searchRetrieveResponse><records><record><recordSchema>cnmarcxml</recordSchema><recordData>` +
			inXML("m:", chineseNovel()...) + `</recordData></record></records></searchRetrieveResponse>`, Options{}, chineseNovel(), CNMARC},
		"a byte-order mark and comments": {"\uFEFF<!-- <record> --><collection>" +
			strings.Replace(inXML("", chineseNovel()...), "<leader>", "<!-- </record> --><leader>", 1) + "</collection>", Options{}, chineseNovel(), CNMARC},
		"CDATA": {strings.Replace(inXML("", chineseNovel()...), "石榴河的早晨<", "<![CDATA[石榴河的早晨]]><", 1), Options{}, chineseNovel(), CNMARC},
		"gb18030": {mustString(t, simplifiedchinese.GB18030.NewEncoder().String, `<?xml version="1.0" encoding="GB2312"?>`+inXML("", chineseNovel()...)),
			Options{}, chineseNovel(), CNMARC},
		"gb18030 that says nothing": {mustString(t, simplifiedchinese.GB18030.NewEncoder().String, inXML("", chineseNovel()...)), Options{}, chineseNovel(), CNMARC},
		"big5": {mustString(t, traditionalchinese.Big5.NewEncoder().String, `<?xml version='1.0' encoding='big5'?>`+inXML("", traditionalNovel()...)),
			Options{}, traditionalNovel(), CNMARC},
		"big5 that is forced": {mustString(t, traditionalchinese.Big5.NewEncoder().String, inXML("", traditionalNovel()...)),
			Options{Charset: Big5}, traditionalNovel(), CNMARC},
	} {
		t.Run(name, func(t *testing.T) {
			o := readXML(t, iotest.OneByteReader(strings.NewReader(c.file)), c.options)
			if len(o.records) != 1 || len(o.skipped) != 0 {
				t.Fatalf("%d records, listed %+v", len(o.records), o.skipped)
			}
			got := o.records[0]
			want := mustRead(t, iso2709('a', c.entries...), Options{})
			if got.Flavour != c.flavour {
				t.Errorf("read as %s", got.Flavour)
			}
			if !reflect.DeepEqual(got.Fields, want.Fields) {
				t.Errorf("fields\n xml %+v\n iso %+v", got.Fields, want.Fields)
			}
			bib, problems := mapper.Map(got)
			if bib.Title == "" || len(bib.Items) == 0 || len(problems) != 0 {
				t.Errorf("title %q, items %v, problems %v", bib.Title, bib.Items, problems)
			}
		})
	}
}

func mustString(tb testing.TB, encode func(string) (string, error), s string) string {
	tb.Helper()
	encoded, err := encode(s)
	if err != nil {
		tb.Fatal(err)
	}
	return encoded
}

// traditionalNovel is a record of a book that does not exist.
func traditionalNovel() []entry {
	return []entry{
		control("001", "n-2"),
		data("101", "0 ", "a", "chi"),
		data("200", "1 ", "a", "石榴河的早晨", "e", "一個村莊的歷史與傳說", "f", "韋奧托著"),
		data("905", "  ", "b", "300010000001", "d", "I247", "e", "88"),
	}
}

func TestAccept_L21_wrong_xml_is_listed_with_its_offset_and_the_rest_goes_on(t *testing.T) {
	good := inXML("", novel()...)
	long := "<record><leader>x</leader>" + strings.Repeat("<datafield tag='500'/>", MaxXMLRecord/22+2) + "</record>"
	for name, c := range map[string]struct {
		wrong  string
		at     int // offset of what is listed within wrong
		reason Reason
	}{
		"tags that do not match":    {"<record><leader>x</leader><datafield tag='245'></controlfield></record>", 0, XMLInvalid},
		"an entity there is not":    {strings.Replace(good, "Vale", "Vale &nbsp; Otto", 1), 0, XMLInvalid},
		"a bare ampersand":          {strings.Replace(good, "Vale", "Vale & Otto", 1), 0, XMLInvalid},
		"a character XML forbids":   {strings.Replace(good, "Vale", "Va\x01le", 1), 0, XMLInvalid},
		"a field without a tag":     {"<record><datafield ind1=' '><subfield code='a'>x</subfield></datafield></record>", 0, XMLInvalid},
		"a record that is not over": {strings.TrimSuffix(good, "</record>\n"), 0, XMLInvalid},
		"fields outside a record":   {"\n<datafield tag='245'><subfield code='a'>lost</subfield></datafield>\n", 1, XMLInvalid},
		"a start tag that is wrong": {strings.Replace(good, "<record>", "<rcord>", 1), 9, XMLInvalid},
		"nothing in it":             {"<record></record>", 0, RecordEmpty},
		"an empty tag":              {"<record/>", 0, RecordEmpty},
		"bytes of no set":           {strings.Replace(good, "Vale", "Va\xffle", 1), 0, CharsetInvalid},
		"too long":                  {long, 0, RecordTooLong},
		"a comment without an end":  {strings.Replace(good, "<leader>", "<!-- <leader>", 1), 0, XMLInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			before := "<collection>" + good
			o := readXML(t, strings.NewReader(before+c.wrong+good+"</collection>"), Options{})
			if len(o.records) != 2 {
				t.Fatalf("%d records, listed %+v", len(o.records), o.skipped)
			}
			if len(o.skipped) == 0 || o.skipped[0].Reason != c.reason || o.skipped[0].Offset != int64(len(before)+c.at) || o.skipped[0].Number != 2 {
				t.Fatalf("listed %+v, want %s at %d", o.skipped, c.reason, len(before)+c.at)
			}
			if last := o.records[1]; last.Offset != int64(len(before)+len(c.wrong)) || last.Number != 2+len(o.skipped) {
				t.Errorf("after it record %d at %d", last.Number, last.Offset)
			}
		})
	}
}

func TestXML_cut_off_is_listed(t *testing.T) {
	good := inXML("", novel()...)
	for cut := len(good) + 1; cut < 2*len(good)-1; cut += 7 {
		o := readXML(t, strings.NewReader((good + good)[:cut]), Options{})
		if len(o.records) != 1 || cut > len(good)+len("<record>") && (len(o.skipped) != 1 || o.skipped[0].Reason != RecordTruncated) {
			t.Fatalf("cut at %d: %d records, listed %+v", cut, len(o.records), o.skipped)
		}
	}
	o := readXML(t, strings.NewReader("<html><p>no records</p></html>"), Options{})
	if len(o.records) != 0 || len(o.skipped) != 1 || o.skipped[0].Reason != XMLInvalid {
		t.Errorf("another XML: %+v", o.skipped)
	}
}

func TestXML_fields_under_names_of_another_length_are_left_out(t *testing.T) {
	file := "<record><datafield tag='HLD866'><subfield code='a'>local</subfield></datafield>" +
		"<datafield tag='245' ind1='1' ind2='0'><subfield code='a'>Kept</subfield></datafield></record>"
	o := readXML(t, strings.NewReader(file), Options{})
	want := []Field{{Tag: "245", Ind1: '1', Ind2: '0', Subfields: []Subfield{{'a', "Kept"}}}}
	if len(o.records) != 1 || !reflect.DeepEqual(o.records[0].Fields, want) {
		t.Errorf("read %+v, listed %+v", o.records, o.skipped)
	}
}
