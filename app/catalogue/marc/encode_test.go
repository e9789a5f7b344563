package marc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"golang.org/x/text/encoding"
)

// entry is a field to be written: its tag and its content between the marks.
type entry struct {
	tag     string
	content string
}

func control(tag, value string) entry { return entry{tag, value} }

// data takes indicators and then subfields as code and value in turn.
func data(tag, indicators string, pairs ...string) entry {
	content := indicators
	for i := 0; i < len(pairs); i += 2 {
		content += "\x1f" + pairs[i] + pairs[i+1]
	}
	return entry{tag, content}
}

// iso2709 writes a record as the standard asks, in whatever bytes the entries
// have. utf8Flag is leader position 9. Numbers in the directory that have too
// many digits are written in full.
func iso2709(utf8Flag byte, entries ...entry) []byte {
	return write(utf8Flag, 1_000_000, entries)
}

// overflown is iso2709 by a system that keeps only the last five digits of a
// start, as real ones do with records over 99,999 bytes.
func overflown(entries ...entry) []byte {
	return write('a', 100_000, entries)
}

func write(utf8Flag byte, modulus int, entries []entry) []byte {
	var directory, content bytes.Buffer
	for _, e := range entries {
		start := content.Len()
		content.WriteString(e.content)
		content.WriteByte(fieldEnd)
		fmt.Fprintf(&directory, "%s%04d%05d", e.tag, content.Len()-start, start%modulus)
	}
	directory.WriteByte(fieldEnd)
	base := leaderLength + directory.Len()
	var record bytes.Buffer
	fmt.Fprintf(&record, "%05dnam %c22%05d   4500", (base+content.Len()+1)%100_000, utf8Flag, base)
	record.Write(directory.Bytes())
	record.Write(content.Bytes())
	record.WriteByte(recordEnd)
	return record.Bytes()
}

func mustEncode(tb testing.TB, enc encoding.Encoding, entries []entry) []entry {
	tb.Helper()
	encoded := make([]entry, len(entries))
	for i, e := range entries {
		content, err := enc.NewEncoder().String(e.content)
		if err != nil {
			tb.Fatalf("encode %s: %v", e.tag, err)
		}
		encoded[i] = entry{e.tag, content}
	}
	return encoded
}

// outcome is everything a Reader said about an input.
type outcome struct {
	records []*Record
	skipped []*Skipped
}

func readAll(tb testing.TB, in io.Reader, options Options) outcome {
	tb.Helper()
	return readFrom(tb, NewReader(in, options))
}

func readFrom(tb testing.TB, r interface {
	Next() (*Record, *Skipped, error)
}) outcome {
	tb.Helper()
	var o outcome
	for {
		record, skipped, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return o
		case err != nil:
			tb.Fatalf("Next: %v", err)
		case record != nil:
			o.records = append(o.records, record)
		default:
			o.skipped = append(o.skipped, skipped)
		}
	}
}

func mustRead(tb testing.TB, raw []byte, options Options) *Record {
	tb.Helper()
	o := readAll(tb, bytes.NewReader(raw), options)
	if len(o.records) != 1 || len(o.skipped) != 0 {
		tb.Fatalf("read %d records, listed %v; want one record", len(o.records), o.skipped)
	}
	return o.records[0]
}

func mustMap(tb testing.TB, record *Record) (Bib, []Problem) {
	tb.Helper()
	m, err := NewMapper(Default())
	if err != nil {
		tb.Fatal(err)
	}
	return m.Map(record)
}

// novel is a MARC21 record of a book that does not exist.
func novel() []entry {
	return []entry{
		control("001", "n-1"),
		control("008", "200101s2019    cc            000 1 eng d"),
		data("020", "  ", "a", "7-00-000001-5 (pbk.) :", "c", "CNY30.00"),
		data("100", "1 ", "a", "Vale, Otto,", "d", "1950-", "e", "author."),
		data("245", "14", "a", "The pomegranate river :", "b", "a morning tale /", "c", "Otto Vale."),
		data("264", " 1", "a", "Lower Ferry :", "b", "Mill Press,", "c", "2019."),
		data("949", "  ", "a", "I 247 V1", "i", "300010000001", "l", "STACKS", "m", "MAIN"),
	}
}

// chineseNovel is a CNMARC record of a book that does not exist.
func chineseNovel() []entry {
	return []entry{
		control("001", "c-1"),
		data("010", "  ", "a", "978-7-00-000001-8", "b", "精装", "d", "CNY45.00"),
		data("100", "  ", "a", "20200101d2020    em y0chiy0120    ea"),
		data("101", "0 ", "a", "chi"),
		data("200", "1 ", "a", "石榴河的早晨", "A", "shi liu he de zao chen", "e", "一个村庄的故事", "f", "韦奥托著"),
		data("205", "  ", "a", "第2版"),
		data("210", "  ", "a", "下渡", "c", "磨坊出版社", "d", "2020"),
		data("215", "  ", "a", "312页", "c", "图", "d", "21cm"),
		data("225", "2 ", "a", "河流丛书", "v", "3"),
		data("330", "  ", "a", "讲述河边村庄里的一个早晨，以及此后的许多年。"),
		data("606", "0 ", "a", "长篇小说", "y", "中国", "z", "当代"),
		data("690", "  ", "a", "I247.57", "v", "5"),
		data("701", " 0", "a", "韦奥托", "4", "著"),
		data("905", "  ", "a", "LB", "b", "0100045", "b", "0100046", "d", "I247.57", "e", "88"),
	}
}
