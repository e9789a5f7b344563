// Package marctest makes catalogue files of any size for measurements: the same
// books, which nobody wrote, in every form an import reads. The same number of
// records is always the same bytes. Tests of behaviour write their own records.
package marctest

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// Form of a file.
type Form string

// The forms: CNMARC in ISO 2709 in two sets, in XML, and as a table.
const (
	UTF8    Form = "utf-8"
	GB18030 Form = "gb18030"
	XML     Form = "marcxml"
	CSV     Form = "csv"
)

// Forms there are.
func Forms() []Form { return []Form{UTF8, GB18030, XML, CSV} }

// Items each book has.
const Items = 2

// field is a tag with its content: plain, or two indicators and subfields with
// '$' before each code.
type field struct{ tag, content string }

// Write writes records numbered from 1 to n, about 600 bytes each in ISO 2709.
func Write(w io.Writer, n int, form Form) error {
	out := bufio.NewWriter(w)
	encode := encoding.Nop.NewEncoder()
	switch form {
	case GB18030:
		encode = simplifiedchinese.GB18030.NewEncoder()
	case XML:
		fmt.Fprint(out, `<?xml version="1.0" encoding="UTF-8"?><collection xmlns="http://www.loc.gov/MARC21/slim">`)
	case CSV:
		fmt.Fprintln(out, "控制号,题名,责任者,ISBN,出版社,出版年,分类号,索书号,条码,馆藏地,内容简介")
	case UTF8:
	default:
		return fmt.Errorf("marctest: no form is called %q", form)
	}
	for i := 1; i <= n; i++ {
		var err error
		switch form {
		case XML:
			writeXML(out, book(i))
		case CSV:
			writeRows(out, i)
		default:
			err = writeISO(out, book(i), encode)
		}
		if err != nil {
			return fmt.Errorf("marctest: record %d: %w", i, err)
		}
	}
	if form == XML {
		fmt.Fprint(out, "</collection>")
	}
	return out.Flush()
}

// Barcode of a book's copy, from 0.
func Barcode(n, copy int) string { return fmt.Sprintf("%c%08d", 'B'+copy, n) }

// isbn of registrants that publish nothing.
func isbn(n int) string {
	body := fmt.Sprintf("97979%07d", n%10_000_000)
	sum := 0
	for i := range 12 {
		sum += int(body[i]-'0') * (1 + 2*(i%2))
	}
	return body + string(rune('0'+(10-sum%10)%10))
}

func title(n int) string  { return fmt.Sprintf("测试图书第%d号", n) }
func author(n int) string { return fmt.Sprintf("编写组%d", n%500) }

func summary(n int) string {
	return fmt.Sprintf("这是一本没有人写过的书，用来测量导入的速度和内存，内容与任何真实的书无关。第%d种。", n)
}

func book(n int) []field {
	fields := []field{
		{"001", fmt.Sprintf("%09d", n)},
		{"010", "  $a" + isbn(n) + "$dCNY20.00"},
		{"100", "  $a20260101d2026    em y0chiy50      ea"},
		{"101", "0 $achi"},
		{"200", "1 $a" + title(n) + "$e导入程序的样本$f" + author(n) + "著"},
		{"210", "  $a唐山$c样本出版社$d2026"},
		{"215", "  $a312页$c图$d21cm"},
		{"330", "  $a" + summary(n)},
		{"606", "0 $a图书馆$x目录"},
		{"690", "  $aG254$v5"},
		{"701", " 0$a" + author(n) + "$4著"},
	}
	for c := range Items {
		fields = append(fields, field{"905", fmt.Sprintf("  $aLB$b%s$dG254$e%d$c二楼", Barcode(n, c), n)})
	}
	return fields
}

func writeISO(out *bufio.Writer, fields []field, encode *encoding.Encoder) error {
	var directory, data strings.Builder
	for _, f := range fields {
		content, err := encode.String(strings.ReplaceAll(f.content, "$", "\x1f"))
		if err != nil {
			return err
		}
		fmt.Fprintf(&directory, "%s%04d%05d", f.tag, len(content)+1, data.Len())
		data.WriteString(content + "\x1e")
	}
	base := 24 + directory.Len() + 1
	_, err := fmt.Fprintf(out, "%05dnam0 22%05d   450 %s\x1e%s\x1d", base+data.Len()+1, base, directory.String(), data.String())
	return err
}

// writeXML needs no escapes: the books have no such characters.
func writeXML(out *bufio.Writer, fields []field) {
	fmt.Fprint(out, "\n<record><leader>00000nam0 2200000   450 </leader>")
	for _, f := range fields {
		head, subfields, has := strings.Cut(f.content, "$")
		if !has {
			fmt.Fprintf(out, "<controlfield tag=%q>%s</controlfield>", f.tag, f.content)
			continue
		}
		fmt.Fprintf(out, "<datafield tag=%q ind1=\"%c\" ind2=\"%c\">", f.tag, head[0], head[1])
		for _, s := range strings.Split(subfields, "$") {
			fmt.Fprintf(out, "<subfield code=%q>%s</subfield>", s[:1], s[1:])
		}
		fmt.Fprint(out, "</datafield>")
	}
	fmt.Fprint(out, "</record>")
}

func writeRows(out *bufio.Writer, n int) {
	for c := range Items {
		fmt.Fprintf(out, "%09d,%s,%s著,%s,样本出版社,2026,G254,G254/%d,%s,二楼,%s\n", n, title(n), author(n), isbn(n), n, Barcode(n, c), summary(n))
	}
}
