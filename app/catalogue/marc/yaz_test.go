package marc

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// dumped is a record the way yaz-marcdump prints it.
func dumped(r *Record) string {
	var b strings.Builder
	for _, f := range r.Fields {
		if f.Tag < "010" {
			fmt.Fprintf(&b, "%s %s\n", f.Tag, f.Value)
			continue
		}
		fmt.Fprintf(&b, "%s %c%c", f.Tag, f.Ind1, f.Ind2)
		for _, s := range f.Subfields {
			fmt.Fprintf(&b, " $%c %s", s.Code, s.Value)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func yaz(t *testing.T, raw []byte, arguments ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "records")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("yaz-marcdump", append(arguments, file)...).Output()
	if err != nil {
		t.Fatalf("yaz-marcdump (build/setup.sh installs it): %v", err)
	}
	return norm.NFC.String(string(out))
}

// withoutLeaders drops the line each record begins with, and empty ones.
func withoutLeaders(dump string) string {
	var kept []string
	for _, line := range strings.Split(dump, "\n") {
		if len(line) > 3 && line[3] == ' ' {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n") + "\n"
}

func TestAccept_L22_yaz_reads_the_same_in_every_encoding(t *testing.T) {
	latin := []entry{control("001", "n-1"), data("020", "  ", "a", "7000000015"), data("245", "10", "a", "La rivi\xe1ere aux grenades", "b", "r\xe2ecit"),
		data("700", "1 ", "a", "V\xe2al\xe8e, Ott\xe5o"), data("500", "  ", "a", "\xa5sop, \xb2re, stra\xc7e, \xa1\xe2od\xf0z")}
	russian := []entry{control("001", "r-1"), data("101", "0 ", "a", "rus"), data("200", "1 ", "a", "Утро на гранатовой реке", "f", "О. Вейл")}
	for _, c := range []struct {
		name, yazName string
		charset       Charset
		enc           encoding.Encoding
		entries       []entry
	}{
		{"utf-8", "utf-8", CharsetAuto, unicode.UTF8, chineseNovel()},
		{"gb18030", "gb18030", CharsetAuto, simplifiedchinese.GB18030, chineseNovel()},
		{"gbk", "gbk", CharsetAuto, simplifiedchinese.GBK, chineseNovel()},
		{"big5", "big5", CharsetAuto, traditionalchinese.Big5, traditionalNovel()},
		{"marc-8", "marc-8", CharsetAuto, encoding.Nop, latin},
		{"koi8-r", "koi8-r", KOI8R, charmap.KOI8R, russian},
		{"windows-1251", "cp1251", Windows1251, charmap.Windows1251, russian},
		{"iso-8859-5", "iso-8859-5", ISO88595, charmap.ISO8859_5, russian},
		{"cp866", "cp866", CP866, charmap.CodePage866, russian},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := iso2709(' ', mustEncode(t, c.enc, c.entries)...)
			want := withoutLeaders(yaz(t, raw, "-f", c.yazName, "-t", "utf-8", "-o", "line"))
			if got := dumped(mustRead(t, raw, Options{Charset: c.charset})); got != want {
				t.Errorf("we read\n%s\nyaz\n%s", got, want)
			}
		})
	}
	t.Run("xml", func(t *testing.T) {
		file := `<?xml version="1.0" encoding="UTF-8"?><collection xmlns="http://www.loc.gov/MARC21/slim">` + inXML("", novel()...) + `</collection>`
		want := withoutLeaders(yaz(t, []byte(file), "-i", "marcxml", "-o", "line"))
		o := readXML(t, strings.NewReader(file), Options{})
		if len(o.records) != 1 || dumped(o.records[0]) != want {
			t.Errorf("we read\n%+v\nyaz\n%s", o, want)
		}
	})
}
