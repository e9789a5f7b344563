package marc

import "testing"

func TestISBN13(t *testing.T) {
	for in, want := range map[string]string{
		"9787000000018":               "9787000000018",
		"978-7-00-000001-8":           "9787000000018",
		"978 7 00 000001 8 (pbk.)":    "9787000000018",
		"９７８７０００００００１８":               "9787000000018",
		"ISBN 7-00-000001-5":          "9787000000018",
		"7000000015 (hbk.) :":         "9787000000018",
		"7000000015 9787000000018":    "9787000000018",
		"700000004X":                  "9787000000049",
		"7-00-000004-x : CNY3.00":     "9787000000049",
		"7-00-000001-5/I·12":          "9787000000018",
		"7-00-000001-5精装":             "9787000000018",
		"978–7–00–000001–8":           "9787000000018",
		"9787000000019":               "",
		"7000000016":                  "",
		"97870000000181":              "",
		"70X0000015":                  "",
		"978700000001X":               "",
		"9790000000001":               "", // printed music
		"1234567890128":               "", // another EAN
		"":                            "",
		"(pbk.)":                      "",
		"99999999999999999999999999":  "",
		"CNY45.00":                    "",
		"ISBN":                        "",
		"978-7-00-000001-8-and-more9": "9787000000018",
	} {
		got, ok := ISBN13(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestISSN(t *testing.T) {
	for in, want := range map[string]string{
		"1000-0003": "1000-0003", "10000003": "1000-0003", "1000-002X": "1000-002X", "1000-002x (online)": "1000-002X",
		"1000-0004": "", "1000-00": "", "": "", "7000000015": "",
	} {
		got, ok := ISSN(in)
		if got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestYear(t *testing.T) {
	for in, want := range map[string]int{
		"c1996.": 1996, "2019年5月": 2019, "１９９８．５": 1998, "[197-?]": 0, "12345": 0, "5779 [2019]": 2019, "": 0, "0999": 0, "2100": 0, "19uu": 0,
	} {
		if got := year(in); got != want {
			t.Errorf("%q: %d, want %d", in, got, want)
		}
	}
}

func TestTrimming(t *testing.T) {
	for in, want := range map[string]string{
		"The river /": "The river", "The river :": "The river", "River ;": "River", "= Fluss /": "Fluss", "and/or": "and/or",
		"[Lower Ferry": "Lower Ferry", "2019]": "2019", "[Lower Ferry]": "[Lower Ferry]", "The river.": "The river",
		"Vale, Otto A.": "Vale, Otto A.", "And then...": "And then...", "Rivers, Inc.": "Rivers, Inc.", "河流，": "河流", "河流.": "河流",
		" / ": "", "": "", ".": "", "Vol. 2.": "Vol. 2", "(a river).": "(a river)", "C++": "C++",
	} {
		if got := trimStop(trimISBD(clean(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestAuthorsFrom_takes_chinese_statements_apart(t *testing.T) {
	for in, want := range map[string][]Author{
		"国家档案馆编":          {{"国家档案馆", "编"}},
		"(清) 韦奥托撰 ; 孟桥校注": {{"韦奥托", "撰"}, {"孟桥", "校注"}},
		"[英] 韦奥托、柳小河主编":   {{"韦奥托", "主编"}, {"柳小河", "主编"}},
		"柳小河文/图":          {{"柳小河", "文/图"}},
		"柳小河文；孟桥图":        {{"柳小河", "文"}, {"孟桥", "图"}},
		"孟桥":              {{"孟桥", ""}},
		"韦奥托等编著":          {{"韦奥托", "编著"}},
		"by Otto Vale":    {{"by Otto Vale", ""}},
		"(英) Otto Vale 著": {{"(英) Otto Vale 著", ""}},
		"":                nil,
	} {
		got := authorsFrom(in)
		if len(got) != len(want) {
			t.Errorf("%q: %+v, want %+v", in, got, want)
			continue
		}
		for i := range got {
			if got[i] != want[i] {
				t.Errorf("%q: %+v, want %+v", in, got, want)
			}
		}
	}
}
