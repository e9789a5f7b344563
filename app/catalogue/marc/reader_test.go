package marc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

func TestReader_gives_number_offset_and_fields(t *testing.T) {
	one, two := iso2709('a', novel()...), iso2709('a', data("245", "00", "a", "Second"))
	o := readAll(t, bytes.NewReader(append(append([]byte{}, one...), two...)), Options{})
	if len(o.records) != 2 || len(o.skipped) != 0 {
		t.Fatalf("read %d, listed %d", len(o.records), len(o.skipped))
	}
	first, second := o.records[0], o.records[1]
	if first.Number != 1 || first.Offset != 0 || second.Number != 2 || second.Offset != int64(len(one)) {
		t.Errorf("numbers %d, %d; offsets %d, %d", first.Number, second.Number, first.Offset, second.Offset)
	}
	if first.Control("001") != "n-1" || first.Sub("245", 'b') != "a morning tale /" || len(first.All("264")) != 1 {
		t.Errorf("fields: %+v", first.Fields)
	}
	if f := first.All("245")[0]; f.Ind1 != '1' || f.Ind2 != '4' || len(f.Subfields) != 3 {
		t.Errorf("245: %+v", f)
	}
	if second.Control("999") != "" || second.Sub("245", 'z') != "" || second.All("999") != nil {
		t.Error("a missing field must be empty")
	}
}

// Each damage is done to the middle one of three records. The neighbours must
// always come in.
func TestReader_damaged_records(t *testing.T) {
	good := iso2709('a', data("245", "00", "a", "Good"))
	whole := iso2709('a', novel()...)
	at := bytes.IndexByte(whole, fieldEnd) // end of the directory
	change := func(f func(b []byte) []byte) []byte { return f(bytes.Clone(whole)) }
	long := strings.Repeat("x", 12_000)
	var many []entry
	many = append(many, data("245", "00", "a", "The pomegranate river"))
	for i := range 20 {
		many = append(many, data("505", "  ", "a", fmt.Sprint(i, strings.Repeat("y", 9_000))))
	}

	for _, test := range []struct {
		name   string
		record []byte
		want   Reason // "" is imported
	}{
		{"nothing is wrong", whole, ""},
		{"leader without a length", change(func(b []byte) []byte { return append([]byte("     "), b[5:]...) }), ""},
		{"leader with text for numbers", change(func(b []byte) []byte { copy(b, "01642nam0-2200445---4500"); return b }), ""},
		{"leader with a wrong length", change(func(b []byte) []byte { copy(b, "99999"); return b }), ""},
		{"leader with a wrong base address", change(func(b []byte) []byte { copy(b[12:], "00000"); return b }), ""},
		{"leader with bytes that are no text", change(func(b []byte) []byte { b[18], b[19] = 0xFF, 0x01; return b }), ""},
		{"directory lengths too short", change(func(b []byte) []byte { copy(b[27:], "0001"); return b }), ""},
		{"directory starts all zero", change(func(b []byte) []byte {
			for i := leaderLength; i < at; i += 12 {
				copy(b[i+7:], "00000")
			}
			return b
		}), ""},
		{"directory with letters for numbers", change(func(b []byte) []byte { copy(b[27:], "ab01"); return b }), ""},
		{"directory with half an entry too much", change(func(b []byte) []byte {
			return append(append(append([]byte{}, b[:at]...), "999"...), b[at:]...)
		}), ""},
		{"directory that grew by a digit", iso2709('a', control("001", "n"), data("500", "  ", "a", long), data("245", "00", "a", "The pomegranate river")), ""},
		{"record over 99,999 bytes with longer entries", iso2709('a', many...), ""},
		{"record over 99,999 bytes with cut starts", overflown(many...), ""},
		{"last field without its mark", change(func(b []byte) []byte { return append(b[:len(b)-2], recordEnd) }), ""},
		{"directory with an entry missing", change(func(b []byte) []byte { return append(b[:at-12], b[at:]...) }), ""},
		{"directory with an entry missing in front and wrong starts", change(func(b []byte) []byte {
			b = append(b[:leaderLength], b[leaderLength+12:]...)
			for i := leaderLength; i < at-12; i += 12 {
				copy(b[i+7:], "00001")
			}
			return b
		}), DirectoryBad},
		{"directory with an entry too many", change(func(b []byte) []byte {
			return append(append(append([]byte{}, b[:at]...), "999000599999"...), b[at:]...)
		}), DirectoryBad},
		{"directory with half an entry in the middle", change(func(b []byte) []byte {
			return append(append(append([]byte{}, b[:36]...), "999"...), b[36:]...)
		}), DirectoryBad},
		{"directory with a tag that is no text", change(func(b []byte) []byte { b[25] = 0x01; return b }), DirectoryBad},
		{"no directory at all", append([]byte("00030nam a2200000   4500abcdef"), recordEnd), DirectoryBad},
		{"no fields", append([]byte("00026     2200025   4500"), fieldEnd, recordEnd), RecordEmpty},
		{"shorter than a leader", append([]byte("00012"), recordEnd), RecordTooShort},
		{"nothing but an end mark", []byte{recordEnd}, RecordTooShort},
		{"longer than any record may be", append(bytes.Repeat([]byte("garbage "), MaxRecord/8+1), recordEnd), RecordTooLong},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			input := bytes.Join([][]byte{good, test.record, good}, nil)
			o := readAll(t, bytes.NewReader(input), Options{})
			if len(o.records)+len(o.skipped) != 3 {
				t.Fatalf("read %d, listed %d; want three in all", len(o.records), len(o.skipped))
			}
			for _, i := range []int{0, len(o.records) - 1} {
				if o.records[i].Sub("245", 'a') != "Good" {
					t.Errorf("a neighbour was damaged: %+v", o.records[i])
				}
			}
			if test.want == "" {
				if len(o.records) != 3 {
					t.Fatalf("listed: %+v", o.skipped[0])
				}
				if got := o.records[1].Sub("245", 'a'); !strings.HasPrefix(got, "The pomegranate river") {
					t.Errorf("title %q", got)
				}
				return
			}
			if len(o.skipped) != 1 {
				t.Fatalf("imported: %+v", o.records[1])
			}
			s := o.skipped[0]
			if s.Reason != test.want || s.Number != 2 || s.Offset != int64(len(good)) || s.Detail == "" {
				t.Errorf("listed %+v; want %s, number 2, offset %d", s, test.want, len(good))
			}
		})
	}
}

func TestReader_pairs_tags_by_start_when_data_is_in_another_order(t *testing.T) {
	raw := iso2709('a', control("001", "n"), data("500", "  ", "a", "Note é"), data("245", "00", "a", "Title"))
	// The directory sorted by tag, with lengths that count characters, not bytes.
	copy(raw[leaderLength:], "001000200000"+"245000900013"+"500001000002")
	record := mustRead(t, raw, Options{})
	if got := record.Sub("245", 'a'); got != "Title" {
		t.Errorf("245 $a = %q, fields %+v", got, record.Fields)
	}
	if got := record.Sub("500", 'a'); got != "Note é" {
		t.Errorf("500 $a = %q", got)
	}
}

func TestReader_reads_entries_that_grew_by_a_digit(t *testing.T) {
	note := strings.Repeat("x", 12_000)
	raw := iso2709('a', control("001", "n"), data("500", "  ", "a", note), data("245", "00", "a", "Title"), data("650", " 0", "a", "Rivers"))
	record := mustRead(t, raw, Options{})
	if record.Sub("500", 'a') != note || record.Sub("245", 'a') != "Title" || record.Sub("650", 'a') != "Rivers" {
		t.Errorf("tags: %v", record.Fields)
	}
}

func TestReader_passes_over_junk_between_records(t *testing.T) {
	raw := iso2709('a', data("245", "00", "a", "Title"))
	for name, junk := range map[string]string{
		"line ends": "\r\n\r\n", "nul": "\x00\x00", "sub": "\x1a", "byte-order mark": "\xef\xbb\xbf", "spaces": "   \r\n",
	} {
		t.Run(name, func(t *testing.T) {
			input := junk + string(raw) + junk + string(raw) + strings.TrimLeft(junk, " ")
			o := readAll(t, strings.NewReader(input), Options{})
			if len(o.records) != 2 || len(o.skipped) != 0 {
				t.Fatalf("read %d, listed %+v", len(o.records), o.skipped)
			}
			if o.records[1].Sub("245", 'a') != "Title" {
				t.Errorf("second: %+v", o.records[1])
			}
		})
	}
}

func TestReader_end_of_input(t *testing.T) {
	raw := iso2709('a', novel()...)
	for _, test := range []struct {
		name          string
		input         []byte
		records, cuts int
	}{
		{"empty", nil, 0, 0},
		{"only junk", []byte("\r\n\x00"), 0, 0},
		{"end mark missing", raw[:len(raw)-1], 1, 0},
		{"inside a field", raw[:len(raw)-10], 0, 1},
		{"inside the directory", raw[:40], 0, 1},
		{"inside the leader", raw[:10], 0, 1},
		{"a text file", []byte("title,author\nThe pomegranate river,Vale\n"), 0, 1},
		{"half a byte-order mark", []byte("\xef\xbb"), 0, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := readAll(t, bytes.NewReader(test.input), Options{})
			if len(o.records) != test.records || len(o.skipped) != test.cuts {
				t.Fatalf("read %d, listed %+v", len(o.records), o.skipped)
			}
			for _, s := range o.skipped {
				if s.Reason != RecordTruncated {
					t.Errorf("reason %s", s.Reason)
				}
			}
		})
	}
}

func TestReader_gives_the_same_for_any_size_of_reads(t *testing.T) {
	var input []byte
	for i := range 300 {
		input = append(input, iso2709('a', data("245", "00", "a", fmt.Sprint("Title ", i), "b", strings.Repeat("z", i*7)))...)
		if i%50 == 0 {
			input = append(input, "\xef\xbb\xbf\r\n"...)
		}
	}
	for name, in := range map[string]io.Reader{
		"one byte":      iotest.OneByteReader(bytes.NewReader(input)),
		"data with eof": iotest.DataErrReader(bytes.NewReader(input)),
		"half":          iotest.HalfReader(bytes.NewReader(input)),
	} {
		o := readAll(t, in, Options{})
		if len(o.records) != 300 || len(o.skipped) != 0 {
			t.Fatalf("%s: read %d, listed %d", name, len(o.records), len(o.skipped))
		}
		for i, r := range o.records {
			if r.Sub("245", 'a') != fmt.Sprint("Title ", i) {
				t.Fatalf("%s: record %d is %q", name, i, r.Sub("245", 'a'))
			}
		}
	}
}

func TestReader_reports_a_failing_input_with_its_place(t *testing.T) {
	broken := errors.New("disk on fire")
	raw := iso2709('a', novel()...)
	r := NewReader(io.MultiReader(bytes.NewReader(raw), bytes.NewReader(raw[:30]), iotest.ErrReader(broken)), Options{})
	if record, _, err := r.Next(); err != nil || record == nil {
		t.Fatalf("first: %v, %v", record, err)
	}
	for range 2 {
		_, _, err := r.Next()
		if !errors.Is(err, broken) || !strings.Contains(err.Error(), fmt.Sprint(len(raw)+30)) {
			t.Fatalf("error %v", err)
		}
	}
	if _, _, err := NewReader(iotest.ErrReader(nil), Options{}).Next(); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("an input that gives nothing for ever: %v", err)
	}
}

func TestReader_refuses_options_it_does_not_know(t *testing.T) {
	for _, options := range []Options{{Flavour: "danmarc"}, {Charset: "latin1"}} {
		if _, _, err := NewReader(strings.NewReader(""), options).Next(); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("%+v: %v", options, err)
		}
	}
}

func TestReader_holds_a_bounded_buffer_however_long_the_garbage(t *testing.T) {
	source := rand.NewChaCha8([32]byte{1})
	noEnd := readerFunc(func(p []byte) (int, error) {
		n, err := source.Read(p)
		for i := range p[:n] {
			p[i] |= 0x20 // never an end mark
		}
		return n, err
	})
	r := NewReader(io.MultiReader(io.LimitReader(noEnd, 10*MaxRecord), strings.NewReader("\x1d"+string(iso2709('a', novel()...)))), Options{})
	_, skipped, err := r.Next()
	if err != nil || skipped == nil || skipped.Reason != RecordTooLong {
		t.Fatalf("%+v, %v", skipped, err)
	}
	if len(r.buf) > 2*MaxRecord {
		t.Errorf("buffer of %d bytes", len(r.buf))
	}
	record, _, err := r.Next()
	if err != nil || record == nil || record.Number != 2 || record.Offset != 10*MaxRecord+1 {
		t.Fatalf("after the garbage: %+v, %v", record, err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestField_split_keeps_odd_content(t *testing.T) {
	for _, test := range []struct {
		content string
		want    string
	}{
		{"10\x1faTitle", "10||a=Title"},
		{"\x1faTitle", "  ||a=Title"},
		{"10 stray\x1faTitle", "10| stray|a=Title"},
		{"no marks", "  |no marks|"},
		{"  \x1fa\x1fb\x1f\x1fcX", "  ||a=|b=|c=X"},
		{"  \x1féX\x1faY", "  ||\x00=éX|a=Y"},
		{"é1\x1faX", "  |é1|a=X"},
	} {
		record := mustRead(t, iso2709('a', entry{"500", test.content}), Options{})
		f := record.Fields[0]
		var parts []string
		for _, s := range f.Subfields {
			parts = append(parts, string(rune(s.Code))+"="+s.Value)
		}
		got := fmt.Sprintf("%c%c|%s|%s", f.Ind1, f.Ind2, f.Value, strings.Join(parts, "|"))
		if got != test.want {
			t.Errorf("%q: %q, want %q", test.content, got, test.want)
		}
	}
}
