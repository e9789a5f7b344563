package marc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// benchInput is n records, each a little different from the one before.
func benchInput(n int, build func(i int) []byte) []byte {
	var input []byte
	for i := range n {
		input = append(input, build(i)...)
	}
	return input
}

func benchmark(b *testing.B, input []byte, use func(*Record)) {
	const records = 1000
	b.SetBytes(int64(len(input)))
	b.ReportAllocs()
	for b.Loop() {
		r := NewReader(bytes.NewReader(input), Options{})
		n := 0
		for {
			record, skipped, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil || skipped != nil {
				b.Fatal(skipped, err)
			}
			use(record)
			n++
		}
		if n != records {
			b.Fatalf("%d records", n)
		}
	}
	b.ReportMetric(float64(records*b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkReader(b *testing.B) {
	numbered := func(i int) entry { return control("005", fmt.Sprintf("%014d.0", i)) }
	ascii := benchInput(1000, func(i int) []byte { return iso2709('a', append(novel(), numbered(i))...) })
	chinese := benchInput(1000, func(i int) []byte { return iso2709(' ', append(chineseNovel(), numbered(i))...) })
	gb := mustEncode(b, simplifiedchinese.GB18030, chineseNovel())
	gb18030 := benchInput(1000, func(i int) []byte { return iso2709(' ', append(gb[:len(gb):len(gb)], numbered(i))...) })
	ansel := benchInput(1000, func(i int) []byte {
		return iso2709(' ', append(novel(), numbered(i), data("500", "  ", "a", "R\xe2ecit de la rivi\xe1ere"))...)
	})
	nothing := func(*Record) {}
	b.Run("ascii", func(b *testing.B) { benchmark(b, ascii, nothing) })
	b.Run("utf-8", func(b *testing.B) { benchmark(b, chinese, nothing) })
	b.Run("gb18030", func(b *testing.B) { benchmark(b, gb18030, nothing) })
	b.Run("marc-8", func(b *testing.B) { benchmark(b, ansel, nothing) })
}

func BenchmarkReaderAndMap(b *testing.B) {
	mapper, err := NewMapper(Default())
	if err != nil {
		b.Fatal(err)
	}
	use := func(r *Record) { mapper.Map(r) }
	b.Run("marc21", func(b *testing.B) {
		benchmark(b, benchInput(1000, func(int) []byte { return iso2709('a', novel()...) }), use)
	})
	b.Run("cnmarc", func(b *testing.B) {
		benchmark(b, benchInput(1000, func(int) []byte { return iso2709(' ', chineseNovel()...) }), use)
	})
}
