package marc

import (
	"bytes"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestAccept_L12_titles_and_items_come_in_from_every_flavour_and_encoding(t *testing.T) {
	ansel := []entry{
		control("001", "n-1"),
		data("020", "  ", "a", "7000000015"),
		data("100", "1 ", "a", "V\xe2al\xe8e, Ott\xe5o."),
		data("245", "10", "a", "La rivi\xe1ere aux grenades :", "b", "r\xe2ecit /", "c", "Ott\xe5o V\xe2al\xe8e."),
		data("949", "  ", "a", "I247 V1", "i", "300010000001"),
	}
	traditional := []entry{
		control("001", "n-2"),
		data("010", "  ", "a", "978-7-00-000001-8"),
		data("100", "  ", "a", "20200101d2020    em y0chiy0120    ea"),
		data("200", "1 ", "a", "石榴河的早晨", "e", "一個村莊的歷史與傳說", "f", "韋奧托著"),
		data("905", "  ", "b", "300010000001", "d", "I247", "e", "88"),
	}
	for _, test := range []struct {
		name    string
		raw     []byte
		flavour Flavour
		charset Charset
		title   string
		author  string
		barcode string
	}{
		{"marc21 utf-8", iso2709('a', novel()...), MARC21, UTF8, "The pomegranate river", "Vale, Otto", "300010000001"},
		{"marc21 marc-8", iso2709(' ', ansel...), MARC21, MARC8, "La rivière aux grenades", "Válë, Ottō", "300010000001"},
		{"cnmarc utf-8", iso2709(' ', chineseNovel()...), CNMARC, UTF8, "石榴河的早晨", "韦奥托", "0100045"},
		{"cnmarc gb18030", iso2709(' ', mustEncode(t, simplifiedchinese.GB18030, chineseNovel())...), CNMARC, GB18030, "石榴河的早晨", "韦奥托", "0100045"},
		{"cnmarc gbk", iso2709(' ', mustEncode(t, simplifiedchinese.GBK, chineseNovel())...), CNMARC, GB18030, "石榴河的早晨", "韦奥托", "0100045"},
		{"cnmarc big5", iso2709(' ', mustEncode(t, traditionalchinese.Big5, traditional)...), CNMARC, Big5, "石榴河的早晨", "韋奧托", "300010000001"},
	} {
		t.Run(test.name, func(t *testing.T) {
			record := mustRead(t, test.raw, Options{})
			bib, problems := mustMap(t, record)
			if record.Flavour != test.flavour || record.Charset != test.charset {
				t.Errorf("read as %s, %s", record.Flavour, record.Charset)
			}
			if bib.Title != test.title || len(bib.Authors) != 1 || bib.Authors[0].Name != test.author {
				t.Errorf("title %q, authors %+v", bib.Title, bib.Authors)
			}
			if len(bib.ISBNs) != 1 || bib.ISBNs[0] != "9787000000018" {
				t.Errorf("isbn %v", bib.ISBNs)
			}
			if len(bib.Items) == 0 || bib.Items[0].Barcode != test.barcode || len(problems) != 0 {
				t.Errorf("items %+v, problems %+v", bib.Items, problems)
			}
		})
	}
}

func TestAccept_L12_every_record_is_imported_or_listed_with_its_place_and_reason(t *testing.T) {
	encode := func(enc encoding.Encoding, entries []entry) []byte {
		return iso2709(' ', mustEncode(t, enc, entries)...)
	}
	badDirectory := iso2709('a', novel()...)
	badDirectory = append(badDirectory[:leaderLength+3], badDirectory[leaderLength+12:]...)
	parts := []struct {
		raw  []byte
		want Reason
	}{
		{encode(unicode.UTF8, novel()), ""},
		{badDirectory, DirectoryBad},
		{encode(simplifiedchinese.GB18030, chineseNovel()), ""},
		{iso2709(' ', data("245", "10", "a", "He"), data("880", "10", "6", "245-01/$1", "a", "\x1b$1!PV\x1b(B")), CharsetUnsupported},
		{iso2709('a', data("245", "10", "a", "Caf\xe9")), CharsetInvalid},
		{iso2709('a', control("001", "untitled"), data("500", "  ", "a", "Nothing")), TitleMissing},
		{append([]byte("junk"), recordEnd), RecordTooShort},
		{encode(unicode.UTF8, chineseNovel()), ""},
		{iso2709('a', novel()...)[:100], RecordTruncated},
	}
	var input []byte
	var offsets []int64
	for _, p := range parts {
		offsets = append(offsets, int64(len(input)))
		input = append(input, p.raw...)
	}

	o := readAll(t, bytes.NewReader(input), Options{})
	imported := 0
	listed := map[int]Skipped{}
	for _, s := range o.skipped {
		listed[s.Number] = *s
	}
	for _, r := range o.records {
		_, problems := mustMap(t, r)
		blocked := false
		for _, p := range problems {
			if p.Blocks() {
				listed[r.Number], blocked = r.Skip(p), true
			}
		}
		if !blocked {
			imported++
		}
	}
	if imported+len(listed) != len(parts) {
		t.Errorf("imported %d and listed %d of %d", imported, len(listed), len(parts))
	}
	for i, p := range parts {
		s, skipped := listed[i+1]
		switch {
		case skipped != (p.want != ""):
			t.Errorf("record %d: listed %+v, want %q", i+1, s, p.want)
		case skipped && (s.Reason != p.want || s.Offset != offsets[i] || s.Detail == ""):
			t.Errorf("record %d: listed %+v, want %s at %d", i+1, s, p.want, offsets[i])
		}
	}
}
