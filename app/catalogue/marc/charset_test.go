package marc

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func TestCharset_is_recognised_per_record(t *testing.T) {
	title := func(tag, text string) entry { return data(tag, "1 ", "a", text) }
	coded := func(language string) entry {
		return data("100", "  ", "a", "20200101d2020    em y0"+language+"y0120    ea")
	}
	fixed := func(language string) entry {
		return control("008", "200101s2020    xx            000 0 "+language+" d")
	}
	const simplified = "石榴河的早晨，一个村庄的故事"
	const traditional = "石榴河的早晨：一個村莊的故事與歷史"
	const russian = "Утро на гранатовой реке и другие повести"
	for _, test := range []struct {
		name    string
		flag    byte
		enc     encoding.Encoding
		entries []entry
		want    Charset // "" is listed with reason
		reason  Reason
	}{
		{"ascii", ' ', unicode.UTF8, []entry{title("245", "Plain")}, UTF8, ""},
		{"utf-8 that says so", 'a', unicode.UTF8, []entry{title("245", simplified)}, UTF8, ""},
		{"utf-8 that does not say so", ' ', unicode.UTF8, []entry{title("200", simplified), coded("chi")}, UTF8, ""},
		{"gb18030 cnmarc", ' ', simplifiedchinese.GB18030, []entry{coded("chi"), title("200", simplified)}, GB18030, ""},
		{"gb18030 with traditional characters", ' ', simplifiedchinese.GB18030, []entry{coded("chi"), title("200", traditional)}, GB18030, ""},
		{"gb18030 with four-byte characters", ' ', simplifiedchinese.GB18030, []entry{coded("chi"), title("200", "𠮷野的河")}, GB18030, ""},
		{"gb18030 marc21", ' ', simplifiedchinese.GB18030, []entry{fixed("chi"), title("245", simplified)}, GB18030, ""},
		{"gb18030 without a language", ' ', simplifiedchinese.GB18030, []entry{title("200", simplified)}, GB18030, ""},
		{"gb18030 that claims utf-8", 'a', simplifiedchinese.GB18030, []entry{fixed("chi"), title("245", simplified)}, GB18030, ""},
		{"big5", ' ', traditionalchinese.Big5, []entry{coded("chi"), title("200", traditional)}, Big5, ""},
		{"big5 marc21", ' ', traditionalchinese.Big5, []entry{fixed("chi"), title("245", traditional)}, Big5, ""},
		{"koi8-r rusmarc", ' ', charmap.KOI8R, []entry{coded("rus"), title("200", russian)}, "", CharsetUnsupported},
		{"windows-1251 rusmarc", ' ', charmap.Windows1251, []entry{coded("rus"), title("200", russian)}, "", CharsetUnsupported},
		{"koi8-r without a language", ' ', charmap.KOI8R, []entry{title("200", russian)}, "", CharsetUnsupported},
		{"korean", ' ', korean.EUCKR, []entry{fixed("kor"), title("245", "석류 강의 아침과 마을 이야기")}, "", CharsetInvalid},
		{"latin-1 that claims utf-8", 'a', charmap.ISO8859_1, []entry{fixed("fre"), title("245", "La rivière aux grenades")}, "", CharsetInvalid},
		{"latin-1 that claims nothing", ' ', charmap.ISO8859_1, []entry{fixed("fre"), title("245", "Le café, un été")}, "", CharsetInvalid},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			raw := iso2709(test.flag, mustEncode(t, test.enc, test.entries)...)
			o := readAll(t, bytes.NewReader(raw), Options{})
			if test.want == "" {
				if len(o.skipped) != 1 || o.skipped[0].Reason != test.reason {
					t.Fatalf("read %+v, listed %+v; want %s", o.records, o.skipped, test.reason)
				}
				return
			}
			if len(o.records) != 1 {
				t.Fatalf("listed %+v", o.skipped[0])
			}
			r := o.records[0]
			if r.Charset != test.want {
				t.Errorf("charset %s, want %s", r.Charset, test.want)
			}
			for _, e := range test.entries {
				if e.tag != "245" && e.tag != "200" {
					continue
				}
				if got, want := r.Sub(e.tag, 'a'), e.content[len("1 \x1fa"):]; got != want {
					t.Errorf("title %q, want %q", got, want)
				}
			}
		})
	}
}

func TestCharset_can_be_forced(t *testing.T) {
	big5 := mustEncode(t, traditionalchinese.Big5, []entry{data("200", "1 ", "a", "河岸")})
	if r := mustRead(t, iso2709(' ', big5...), Options{Charset: Big5}); r.Sub("200", 'a') != "河岸" {
		t.Errorf("big5: %q", r.Sub("200", 'a'))
	}
	gb := mustEncode(t, simplifiedchinese.GB18030, []entry{data("200", "1 ", "a", "河")})
	if r := mustRead(t, iso2709(' ', gb...), Options{Charset: GB18030}); r.Sub("200", 'a') != "河" || r.Flavour != CNMARC {
		t.Errorf("gb18030: %+v", r)
	}
	ansel := iso2709('a', data("245", "00", "a", "caf\xe2e"))
	if r := mustRead(t, ansel, Options{Charset: MARC8}); r.Sub("245", 'a') != "café" {
		t.Errorf("marc-8: %q", r.Sub("245", 'a'))
	}
	for _, forced := range []Charset{UTF8, GB18030, Big5} {
		o := readAll(t, bytes.NewReader(iso2709(' ', data("245", "00", "a", "x\xff"))), Options{Charset: forced})
		if len(o.skipped) != 1 || o.skipped[0].Reason != CharsetInvalid || o.skipped[0].Params["charset"] != string(forced) || o.skipped[0].Params["tag"] != "245" {
			t.Errorf("%s: %+v", forced, o)
		}
	}
}

func TestMARC8(t *testing.T) {
	for _, test := range []struct {
		name, in, want string // want "" is a fault
		reason         Reason
	}{
		{"marks before letters", "\x1faGen\xe1eve, No\xe8el, gar\xf0con", "\x1faGenève, Noël, garçon", ""},
		{"two marks on a letter", "Vi\xf2\xe3et", "Việt", ""},
		{"letters of its own", "\xa1\xb1 \xa2\xb2 \xa3\xb3 \xa5\xb5 \xa6\xb6 \xc7 \xc8", "Łł Øø Đđ Ææ Œœ ß €", ""},
		{"signs of romanisation", "T\xb0ai, k\xaeitab, u\xa7", "Tʻai, kʼitab, uʹ", ""},
		{"a mark without a composed form stays a mark", "\xf8e", "e\u031c", ""},
		{"ligature over two letters", "\xebi\xeca", "i\u0361a", ""},
		{"subscript and back", "CO\x1bb2\x1bs and x\x1bp-3\x1bs", "CO₂ and x⁻³", ""},
		{"greek symbols", "\x1bga\x1bs-rays", "α-rays", ""},
		{"hebrew", "\x1b(2yle\x6d\x1b(B!", "שלום!", ""},
		{"hebrew point goes behind its letter", "\x1b(2\x41a\x1b(B", "ב\u05b8", ""},
		{"cyrillic in g0 and g1", "\x1b(NrEKA\x1b(B \x1b)N\xd2\xc5\xcb\xc1\x1b)!E", "Река река", ""},
		{"ansel designated by name", "\x1b)!Ecaf\xe2e", "café", ""},
		{"subfield code after a mark", "  \x1fa\xe2etude\x1fb\xe2etat", "  \x1faétude\x1fbétat", ""},
		{"eacc", "\x1b$1!PV\x1b(B", "", CharsetUnsupported},
		{"eacc named in full", "\x1b$,1!PV\x1b(B", "", CharsetUnsupported},
		{"arabic", "\x1b(3Ca\x1b(B", "", CharsetUnsupported},
		{"escape at the end", "abc\x1b", "", CharsetInvalid},
		{"escape cut off", "abc\x1b$", "", CharsetInvalid},
		{"escape of no standard", "abc\x1b!x", "", CharsetInvalid},
		{"byte the set does not know", "abc\xff", "", CharsetInvalid},
		{"byte the set does not know, below", "\x1bg\x41\x1bs", "", CharsetInvalid},
		{"mark at the end", "caf\xe2", "", CharsetInvalid},
		{"mark before a space", "caf\xe2 au lait", "", CharsetInvalid},
		{"mark before a subfield", "\x1facaf\xe2\x1fbx", "", CharsetInvalid},
		{"set not given back before the next subfield", "\x1fa\x1b(2yl\x1fbem", "", CharsetInvalid},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			var c codec
			got, bad := c.appendText(nil, []byte(test.in), MARC8)
			if test.want == "" {
				if bad == nil || bad.reason != test.reason {
					t.Fatalf("%q, %+v; want %s", got, bad, test.reason)
				}
				return
			}
			// What is wanted is written composed, where it can be.
			want, _ := c.appendText(nil, []byte(test.want), UTF8)
			if bad != nil || string(got) != string(want) {
				t.Errorf("%q, %+v; want %q", got, bad, want)
			}
		})
	}
}

func TestText_is_composed_within_its_subfield_only(t *testing.T) {
	r := mustRead(t, iso2709('a', data("245", "00", "a", "cafe\u0301", "b", "\u0301x", "c", "\u0308")), Options{})
	if got := r.Sub("245", 'a'); got != "café" {
		t.Errorf("$a = %q", got)
	}
	if got := r.Sub("245", 'b'); got != "\u0301x" {
		t.Errorf("$b = %q", got)
	}
	if got := r.Sub("245", 'c'); got != "\u0308" {
		t.Errorf("$c = %q", got)
	}
}

func TestFlavour_is_recognised_per_record(t *testing.T) {
	title21, titleCN := data("245", "00", "a", "T"), data("200", "1 ", "a", "T")
	coded := data("100", "  ", "a", "20200101d2020    em y0chiy0120    ea")
	name := data("100", "1 ", "a", "Vale, Otto")
	for _, test := range []struct {
		name    string
		entries []entry
		want    Flavour
	}{
		{"245", []entry{title21}, MARC21},
		{"200", []entry{titleCN}, CNMARC},
		{"200 with coded data", []entry{coded, titleCN}, CNMARC},
		{"245 although it has coded data", []entry{coded, title21}, MARC21},
		{"both titles and coded data", []entry{coded, titleCN, title21}, CNMARC},
		{"both titles and a name", []entry{name, titleCN, title21}, MARC21},
		{"no title but coded data", []entry{coded}, CNMARC},
		{"nothing to go by", []entry{control("001", "x")}, MARC21},
	} {
		if got := mustRead(t, iso2709(' ', test.entries...), Options{}).Flavour; got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if got := mustRead(t, iso2709(' ', title21), Options{Flavour: CNMARC}).Flavour; got != CNMARC {
		t.Errorf("forced: %s", got)
	}
}

func TestAccept_L21_single_byte_sets_are_read_when_forced(t *testing.T) {
	const russian = "Утро на гранатовой реке"
	for _, test := range []struct {
		charset Charset
		enc     encoding.Encoding
		title   string
	}{
		{KOI8R, charmap.KOI8R, russian}, {Windows1251, charmap.Windows1251, russian}, {ISO88595, charmap.ISO8859_5, russian},
		{CP866, charmap.CodePage866, russian}, {Latin1, charmap.ISO8859_1, "La rivière aux grenades"},
		{Windows1252, charmap.Windows1252, "L’œuvre — été"}, {GB18030, simplifiedchinese.GB18030, "石榴河的早晨"},
		{Big5, traditionalchinese.Big5, "石榴河的早晨"}, {UTF8, unicode.UTF8, russian},
	} {
		raw := iso2709(' ', mustEncode(t, test.enc, []entry{data("200", "1 ", "a", test.title, "f", "x")})...)
		record := mustRead(t, raw, Options{Charset: test.charset})
		if got := record.Sub("200", 'a'); got != test.title || record.Charset != test.charset {
			t.Errorf("%s: %q as %s", test.charset, got, record.Charset)
		}
	}
	o := readAll(t, bytes.NewReader(iso2709(' ', data("200", "1 ", "a", "x\x81y"))), Options{Charset: Windows1252})
	if len(o.skipped) != 1 || o.skipped[0].Reason != CharsetInvalid {
		t.Errorf("a byte Windows-1252 does not have: %+v", o)
	}
}

func TestParseCharset_reads_the_usual_names(t *testing.T) {
	for name, want := range map[string]Charset{"": CharsetAuto, "auto": CharsetAuto, "UTF-8": UTF8, "gbk": GB18030, "GB2312": GB18030, "Big5": Big5,
		"MARC-8": MARC8, "cp1251": Windows1251, "KOI8-R": KOI8R, "iso_8859-5": ISO88595, "latin1": Latin1} {
		if got, ok := ParseCharset(name); !ok || got != want {
			t.Errorf("%q: %q, %v", name, got, ok)
		}
	}
	for _, c := range Charsets() {
		if got, ok := ParseCharset(string(c)); !ok || got != c {
			t.Errorf("%q is not read as itself", c)
		}
	}
	if _, ok := ParseCharset("shift-jis"); ok {
		t.Error("a set we do not have was taken")
	}
}
