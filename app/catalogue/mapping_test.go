package catalogue_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"shuting/app/catalogue"
	"shuting/app/catalogue/marc"
	"shuting/app/catalogue/sheet"
)

func mustMapping(tb testing.TB, text string) catalogue.MappingFile {
	tb.Helper()
	m, err := catalogue.ParseMapping("m.toml", []byte(text))
	if err != nil {
		tb.Fatal(err)
	}
	return m
}

func TestAccept_L23_the_printed_mapping_says_what_is_built_in(t *testing.T) {
	m := mustMapping(t, string(catalogue.MappingExample()))
	if want := marc.Default(); !reflect.DeepEqual(m.Mappings, want) {
		for f := range want {
			if !reflect.DeepEqual(m.Mappings[f], want[f]) {
				t.Errorf("%s\n got %+v\nwant %+v", f, m.Mappings[f], want[f])
			}
		}
	}
	for _, c := range sheet.Columns() {
		if !reflect.DeepEqual(m.Headers[c], sheet.Names(c)) {
			t.Errorf("column %s: %q", c, m.Headers[c])
		}
	}
	if len(m.Branches) != 0 {
		t.Errorf("branches %v", m.Branches)
	}
}

func TestAccept_L23_a_mapping_file_replaces_the_lists_it_names_and_no_others(t *testing.T) {
	m := mustMapping(t, `
[cnmarc]
title = [{ tag = "200", codes = "e" }]
items = [{ tag = "997", barcode = "x", call-number = "y", location = "z", branch = "w" }]
subject = []
[table]
title = ["Name of the book"]
[branches]
BUS = "bus"
`)
	h := mustHouse(t)
	o := catalogue.ImportOptions{Mappings: m.Mappings, Headers: m.Headers, Branches: m.Branches}
	file := record("nam0", false, field{"001", "5"}, field{"200", "1 $a甲$e乙"}, field{"606", "0 $a丙"}, field{"690", "  $aI247"},
		field{"997", "  $xB1000001$yI/1$z三楼$wBUS"})
	for name, f := range map[string][]byte{"a.mrc": file, "a.csv": []byte("name of the book,题名,条码\nBridge,桥,B1000002\n")} {
		if _, err := h.service.Import(context.Background(), bytes.NewReader(f), name, o, nil); err != nil {
			t.Fatal(err)
		}
	}
	title, item := h.mustTitle("cnmarc:5"), h.mustItem("B1000001")
	if title.Title != "乙" || title.Class != "I247" || len(title.Subjects) != 0 || item.Place != "三楼" || item.CallNumber != "I/1" || item.Branch != "bus" {
		t.Errorf("title %+v, item %+v", title, item)
	}
	h.mustItem("B1000002")
	if marc21 := m.Mappings[marc.MARC21]; !reflect.DeepEqual(marc21, marc.Default()[marc.MARC21]) {
		t.Errorf("marc21 changed: %+v", marc21)
	}
}

func TestAccept_L23_a_wrong_mapping_is_refused_with_file_and_line(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // one for each problem: its beginning
	}{
		"not TOML":             {"[marc21]\ntitle = [\n", []string{"m.toml:"}},
		"an unknown key":       {"[marc21]\ntitel = []\n", []string{"m.toml:2: marc21.titel: there is no such key"}},
		"an unknown part":      {"[marc21]\ntitle = [\n { tag = \"245\", codes = \"a\", colour = 1 },\n]\n", []string{"m.toml:3: "}},
		"an unknown table":     {"# a\n[usmarc]\ntitle = []\n", []string{"m.toml:2: usmarc"}},
		"a wrong type":         {"[cnmarc]\n\ntitle = \"200\"\n", []string{"m.toml:3: "}},
		"a short tag":          {"[cnmarc]\nauthor = [\n { tag = \"701\", codes = \"a\" },\n\n { tag = \"70\", codes = \"a\" },\n]\n", []string{`m.toml:5: cnmarc.author: rule 2: tag "70"`}},
		"no subfield":          {"[cnmarc]\nauthor = [{ tag = \"701\" }]\n", []string{"m.toml:2: cnmarc.author: rule 1: 701: codes"}},
		"subfields of 001":     {"[cnmarc]\ncontrol-number = [{ tag = \"001\", codes = \"a\" }]\n", []string{"m.toml:2: cnmarc.control-number: rule 1: 001 has no"}},
		"half a condition":     {"[cnmarc]\nclass = [{ tag = \"686\", codes = \"a\", when = \"2\" }]\n", []string{"m.toml:2: cnmarc.class: rule 1: when"}},
		"no title":             {"[marc21]\ntitle = []\n", []string{"m.toml:2: marc21.title: without a title"}},
		"an item rule":         {"[marc21]\nitems = [\n{ tag = \"952\", barcode = \"pq\" }]\n", []string{"m.toml:3: marc21.items: rule 1: 952: barcode"}},
		"original script":      {"[marc21]\noriginal-script = \"88\"\n", []string{"m.toml:2: marc21.original-script"}},
		"a column there isn't": {"[table]\n\ncolour = [\"x\"]\n", []string{"m.toml:3: table.colour: no column"}},
		"one name twice":       {"[table]\ntitle = [\"x\"]\nauthor = [\"X\"]\n", []string{"m.toml:1: table: "}},
		"a branch without":     {"[branches]\nA = \"\"\n", []string{"m.toml:2: branches.A: "}},
		"several":              {"[marc21]\nisbn = [{ tag = \"2\", codes = \"a\" }]\nissn = [{ tag = \"3\", codes = \"a\" }]\n", []string{"m.toml:2: ", "m.toml:3: "}},
		"too large":            {strings.Repeat("#", 1<<20+1), []string{"m.toml:1: larger"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := catalogue.ParseMapping("m.toml", []byte(c.text))
			var problems catalogue.MappingErrors
			if !errors.As(err, &problems) || len(problems) != len(c.want) {
				t.Fatalf("error: %v", err)
			}
			for i, p := range problems {
				if !strings.HasPrefix(p.String(), c.want[i]) {
					t.Errorf("%q, want %q…", p, c.want[i])
				}
			}
		})
	}
}

func TestAccept_L23_a_dry_run_shows_the_first_records_and_writes_nothing(t *testing.T) {
	service := catalogue.New(catalogue.Options{Branch: "main", ItemPattern: regexp.MustCompile(`^B\d{7}$`)}) // no library at all
	file := joined(book(1, barcode(1), "nonsense"), record("nam0", false, field{"001", "2"}), []byte("junk\x1d"), book(4))
	var samples []catalogue.Sample
	var out bytes.Buffer
	err := service.Preview(context.Background(), bytes.NewReader(file), catalogue.ImportOptions{}, 3, func(s catalogue.Sample) {
		samples = append(samples, s)
		if err := s.Write(&out); err != nil {
			t.Error(err)
		}
	})
	if err != nil || len(samples) != 3 {
		t.Fatalf("%d samples, %v", len(samples), err)
	}
	first := samples[0]
	if first.Title.Title != "测试图书第1号" || first.Title.Author != "编写组" || first.Title.ISBNs[0] != isbn(1) || first.Title.Class != "G254" ||
		len(first.Items) != 1 || first.Items[0].Barcode != barcode(1) || len(first.Listed) != 1 || first.Listed[0].Reason != "barcode_rejected" {
		t.Errorf("first %+v", first)
	}
	if got := samples[1].Listed; len(got) != 1 || got[0].What != catalogue.WhatRecord || got[0].Reason != "title_missing" {
		t.Errorf("second %+v", got)
	}
	want := `record 1 at byte 0 (iso2709, cnmarc, utf-8)
  title        测试图书第1号
  subtitle     导入程序的样本
  author       编写组
  publisher    样本出版社; 2026
  isbn         ` + isbn(1) + `
  class        G254
  call number  G254/1
  subject      图书馆-目录
  item         B0000001  book; G254/1; 二楼
  left out     barcode_rejected: field 905: "nonsense" is not usable
`
	if !strings.HasPrefix(out.String(), want) || !strings.Contains(out.String(), "NOT TAKEN    title_missing") {
		t.Errorf("shown\n%s\nwant\n%s", out.String(), want)
	}
}

// FuzzMapping: whatever the bytes, a mapping file is a mapping that can be used,
// or is refused with lines that are in it.
func FuzzMapping(f *testing.F) {
	f.Add(catalogue.MappingExample())
	for _, s := range []string{"[marc21]\ntitle=[{tag='245',codes='a'}]", "[cnmarc]\nitems=[{}]", "[table]\ntitle=['a','b']", "[branches]\na=''", "marc21.title=[]",
		"[[marc21]]\n", "[marc21]\noriginal-script='880'\n[marc21.title]", "title=1\n\n=", "[cnmarc]\ntitle=[[]]", "\xef\xbb\xbf[table]"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := catalogue.ParseMapping("f", data)
		if err != nil {
			var problems catalogue.MappingErrors
			if !errors.As(err, &problems) || len(problems) == 0 {
				t.Fatalf("error: %v", err)
			}
			for _, p := range problems {
				if p.Line < 1 || p.Line > 1+bytes.Count(data, []byte("\n")) || p.Message == "" {
					t.Fatalf("problem %+v", p)
				}
			}
			return
		}
		if _, err := marc.NewMapper(m.Mappings); err != nil {
			t.Fatalf("taken, but %v", err)
		}
		if err := m.Headers.Check(); err != nil {
			t.Fatalf("taken, but %v", err)
		}
	})
}
