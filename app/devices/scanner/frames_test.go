package scanner

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// heard is what came of a line, in order: codes in quotes, kinds plain.
type heard []string

func (h *heard) code(text string)    { *h = append(*h, fmt.Sprintf("%q", text)) }
func (h *heard) dropped(kind string) { *h = append(*h, kind) }

func (h *heard) frames(most int) *frames {
	return &frames{most: most, code: h.code, dropped: h.dropped}
}

func wantHeard(t *testing.T, got heard, want ...string) {
	t.Helper()
	if len(got)+len(want) > 0 && !reflect.DeepEqual([]string(got), want) {
		t.Errorf("got %.300v\nwant %v", got, want)
	}
}

const most = 32

// hostile are lines of a scanner and what must come of each.
var hostile = []struct {
	name, line string
	want       []string
}{
	{"a code", "LQ000401\r", []string{`"LQ000401"`}},
	{"CR LF is one ending", "LQ000401\r\n", []string{`"LQ000401"`}},
	{"LF is an ending", "LQ000401\n", []string{`"LQ000401"`}},
	{"endings alone are no codes", "\r\n\r\r\n\n", nil},
	{"two codes at once", "LQ000401\rLQ002301\r\n", []string{`"LQ000401"`, `"LQ002301"`}},
	{"a null before the ending", "LQ000401\x00\r", []string{Control}},
	{"a tab inside", "LQ\t000401\r", []string{Control}},
	{"escape sequences of a terminal", "\x1b[2J\x1b]0;x\x07\r", []string{Control}},
	{"end of file and interrupt", "\x03\x04\x1a\r", []string{Control}},
	{"the separator of GS1", "0109780000000000\x1d10AB\r", []string{Control}},
	{"delete", "LQ000401\x7f\r", []string{Control}},
	{"flow control", "\x13LQ000401\x11\r", []string{Control}},
	{"a control character of Latin-1", "LQ\u0085000401\r", []string{Control}},
	{"a separator of lines", "LQ\u2028000401\r", []string{Control}},
	{"right to left, overriding", "LQ\u202e104000\r", []string{Control}},
	{"right-to-left mark", "\u200fLQ000401\r", []string{Control}},
	{"right-to-left isolate", "\u2067LQ000401\u2069\r", []string{Control}},
	{"Arabic letter mark", "LQ\u061c000401\r", []string{Control}},
	{"a space without width", "LQ\u200b000401\r", []string{Control}},
	{"a byte order mark", "\ufeffLQ000401\r", []string{Control}},
	{"letters written from right to left are data", "שלום\r", []string{`"שלום"`}},
	{"markup is data", "<img src=x onerror=alert(1)>\r", []string{`"<img src=x onerror=alert(1)>"`}},
	{"a formula is data", "=cmd|'/c calc'!A1\r", []string{`"=cmd|'/c calc'!A1"`}},
	{"a path is data", "../../../etc/passwd\r", []string{`"../../../etc/passwd"`}},
	{"full-width digits are data, not digits", "ＬＱ０００４０１\r", []string{`"ＬＱ０００４０１"`}},
	{"a picture is data", "LQ😀\r", []string{`"LQ😀"`}},
	{"not UTF-8", "LQ\xff000401\r", []string{Encoding}},
	{"GB18030 is not UTF-8", "\xca\xe9\xcd\xa4\r", []string{Encoding}},
	{"half a character", "LQ\xe4\xb9\r", []string{Encoding}},
	{"a surrogate", "LQ\xed\xa0\x80\r", []string{Encoding}},
	{"the longest code", strings.Repeat("9", most) + "\r", []string{`"` + strings.Repeat("9", most) + `"`}},
	{"one byte more", strings.Repeat("9", most+1) + "\r", []string{TooLong}},
	{"10 kB", strings.Repeat("9", 10_000) + "\r", []string{TooLong}},
	{"10 kB of codes", strings.Repeat("1\r\n", 3_400), repeated(`"1"`, 3_400)},
	{"10 kB with a good end is not its end", strings.Repeat("9", 10_000) + " LQ000401\r", []string{TooLong}},
	{"the code after a dropped one", "LQ\x000401\r" + strings.Repeat("9", 99) + "\rLQ002301\r", []string{Control, TooLong, `"LQ002301"`}},
}

func repeated(text string, times int) []string {
	all := make([]string, times)
	for i := range all {
		all[i] = text
	}
	return all
}

func TestAccept_L51_hostile_codes_are_data_or_dropped_whole(t *testing.T) {
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			var got heard
			f := got.frames(most)
			f.take([]byte(c.line))
			wantHeard(t, got, c.want...)
			if f.underWay() {
				t.Error("a code is under way after its ending")
			}
		})
	}
}

func TestAccept_L51_a_code_is_the_same_however_the_line_is_cut(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for _, c := range hostile {
		for _, piece := range []int{1, 2, 3, 0} { // 0 = at random
			var got heard
			f := got.frames(most)
			for rest := []byte(c.line); len(rest) > 0; {
				n := piece
				if n == 0 {
					n = 1 + random.IntN(len(rest))
				}
				n = min(n, len(rest))
				f.take(rest[:n])
				rest = rest[n:]
			}
			wantHeard(t, got, c.want...)
		}
	}
}

func TestAnEndlessCodeKeepsNothing(t *testing.T) {
	var got heard
	f := got.frames(most)
	for range 10_000 {
		f.take([]byte(strings.Repeat("9", 100)))
		if cap(f.text) > 2*most {
			t.Fatalf("%d bytes are kept for a code of at most %d", cap(f.text), most)
		}
	}
	wantHeard(t, got)
	f.cutOff()
	wantHeard(t, got, TooLong)
}

func TestACodeCutOffIsNoCode(t *testing.T) {
	for _, c := range []struct{ line, want string }{{"LQ0004", CutOff}, {"LQ\x000", Control}, {"", ""}, {"LQ000401\r", `"LQ000401"`}} {
		var got heard
		f := got.frames(most)
		f.take([]byte(c.line))
		f.cutOff()
		f.cutOff()
		want := []string{c.want}
		if c.want == "" {
			want = nil
		}
		wantHeard(t, got, want...)
	}
}

// FuzzFrames holds for any bytes cut anywhere: each stretch between endings that
// is not empty comes to exactly one code or one drop, in order; a code is short
// plain text that was on the line; and where the line is cut makes no difference.
func FuzzFrames(f *testing.F) {
	for _, c := range hostile {
		f.Add([]byte(c.line), uint16(3))
	}
	f.Fuzz(func(t *testing.T, line []byte, cut uint16) {
		var got, whole heard
		pieces := got.frames(most)
		at := int(cut) % (len(line) + 1)
		pieces.take(line[:at])
		pieces.take(line[at:])
		pieces.end()
		one := whole.frames(most)
		one.take(line)
		one.end()
		if !reflect.DeepEqual(got, whole) {
			t.Fatalf("cut at %d: %v, whole: %v", at, got, whole)
		}
		stretches := strings.FieldsFunc(string(line), func(r rune) bool { return r == '\r' || r == '\n' })
		if len(got) != len(stretches) {
			t.Fatalf("%d came of %d stretches", len(got), len(stretches))
		}
		for i, stretch := range stretches {
			plain := len(stretch) <= most && utf8.ValidString(stretch) && !strings.ContainsFunc(stretch, func(r rune) bool {
				return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp)
			})
			switch got[i] {
			case fmt.Sprintf("%q", stretch):
				if !plain {
					t.Fatalf("%q was handed on", stretch)
				}
			case Control, TooLong, Encoding:
				if plain {
					t.Fatalf("%q was dropped as %s", stretch, got[i])
				}
			default:
				t.Fatalf("%q came to %s", stretch, got[i])
			}
		}
	})
}
