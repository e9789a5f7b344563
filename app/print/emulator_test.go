package print

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// row is one thing a printer put on the paper.
type row struct {
	kind string // "text", "picture", "code128", "qr" or "cut"
	text string // of text and codes
	at   int    // columns before a text
	look style
	pic  raster // of a picture
	mid  bool   // in the middle of the paper
}

// emulator prints a job onto rows, as an ESC/POS printer for GB 18030 does. It
// knows the commands of our jobs, and those of the program we compare with; any
// other byte fails the test, because on a printer it would be a mess.
type emulator struct {
	tb   testing.TB
	in   *bytes.Reader
	rows []row
	used map[string]bool // commands

	chinese bool // FS &
	look    style
	middle  bool
	at      int // dots before the next text
	line    []byte
	picture raster // stored by GS 8 L
	qr      []byte // stored by GS ( k
}

// printed reads a whole job and decodes its texts with iconv, which we did not
// write.
func printed(tb testing.TB, job []byte) *emulator {
	tb.Helper()
	e := emulate(tb, job)
	e.decode()
	return e
}

// emulate reads a whole job; its texts stay in GB 18030.
func emulate(tb testing.TB, job []byte) *emulator {
	tb.Helper()
	e := &emulator{tb: tb, in: bytes.NewReader(job), used: map[string]bool{}}
	for e.in.Len() > 0 {
		switch b := e.byte(); {
		case b == lf:
			e.print()
		case b == esc || b == fs || b == gs:
			e.command(b)
		case b == ' ' && len(bytes.Trim(e.line, " ")) == 0:
			e.line = append(e.line, b)
			e.at += narrowDots
			if e.look.large {
				e.at += narrowDots
			}
		case b >= ' ' && b < 0x7f:
			e.line = append(e.line, b)
		case b >= 0x81 && b <= 0xfe && e.chinese:
			e.line = append(e.line, b, e.byte())
		default:
			tb.Fatalf("byte %#x, %d from the end, is neither text nor a command", b, e.in.Len())
		}
	}
	return e
}

func (e *emulator) byte() byte { return e.bytes(1)[0] }

func (e *emulator) bytes(n int) []byte {
	b := make([]byte, n)
	if got, _ := e.in.Read(b); got != n {
		e.tb.Fatalf("the job ends %d bytes too early", n-got)
	}
	return b
}

func (e *emulator) number() int { return int(binary.LittleEndian.Uint16(e.bytes(2))) }

// print puts the line on the paper; spaces before it are only how it got there.
func (e *emulator) print() {
	text := strings.TrimLeft(string(e.line), " ")
	e.rows = append(e.rows, row{kind: "text", text: text, at: e.at / narrowDots, look: e.look, mid: e.middle})
	e.line, e.at = nil, 0
}

// command obeys one command; what only sets back to how we leave it is named
// and skipped.
func (e *emulator) command(first byte) {
	name := map[byte]string{esc: "ESC ", fs: "FS ", gs: "GS "}[first] + string(rune(e.byte()))
	e.used[name] = true
	switch name {
	case "ESC @":
		e.chinese, e.look, e.middle, e.at = false, plain, false, 0
	case "ESC R":
		e.byte()
	case "FS &":
		e.chinese = true
	case "FS .":
		e.chinese = false
	case "ESC E":
		e.look.bold = e.byte()&1 == 1
	case "GS !":
		e.look.large = e.byte() == 0x11
	case "ESC a":
		e.middle = e.byte()%'0' == 1
	case "ESC $":
		e.at = e.number()
	case "ESC \\":
		e.at += e.number()
	case "GS v":
		if mode := e.bytes(2); mode[0] != '0' || mode[1] != 0 {
			e.tb.Fatalf("GS v with mode % x", mode)
		}
		pic := raster{rowBytes: e.number(), height: e.number()}
		pic.rows = e.bytes(pic.rowBytes * pic.height)
		e.rows = append(e.rows, row{kind: "picture", pic: pic, mid: e.middle})
	case "GS k":
		e.barcode()
	case "GS (":
		e.function()
	case "GS 8":
		e.store()
	case "GS V":
		if e.byte() != 66 {
			e.tb.Fatal("a cut that does not feed first")
		}
		e.byte()
		e.rows = append(e.rows, row{kind: "cut"})
	case "GS h", "GS w", "GS H", "GS a", "GS B", "GS r", "ESC M", "ESC 3", "ESC {", "ESC -", "ESC t", "ESC  ", "FS -":
		e.byte()
	case "GS L", "GS W", "FS S":
		e.number()
	case "FS (":
		e.byte()
		e.bytes(e.number())
	default:
		e.tb.Fatalf("no printer we know of has the command %s", name)
	}
}

// barcode reads GS k 73: Code 128, whose code sets are chosen by "{A" to "{C".
func (e *emulator) barcode() {
	if m := e.byte(); m != 73 {
		e.tb.Fatalf("a barcode of kind %d", m)
	}
	data := e.bytes(int(e.byte()))
	set, text := byte(0), ""
	for i := 0; i < len(data); i++ {
		switch {
		case data[i] == '{' && i+1 < len(data) && data[i+1] != '{':
			i++
			set = data[i]
		case data[i] == '{':
			i++
			text += "{"
		case set == 'C':
			text += fmt.Sprintf("%02d", data[i])
		case set == 'B':
			text += string(rune(data[i]))
		default:
			e.tb.Fatalf("code set %q", set)
		}
	}
	e.rows = append(e.rows, row{kind: "code128", text: text, mid: e.middle})
}

// function reads GS ( k, a QR code, and GS ( L, a stored picture.
func (e *emulator) function() {
	group := e.byte()
	data := e.bytes(e.number())
	switch {
	case group == 'L' && data[1] == 50:
		e.rows = append(e.rows, row{kind: "picture", pic: e.picture, mid: e.middle})
	case group == 'k' && data[1] == 'P':
		e.qr = data[3:]
	case group == 'k' && data[1] == 'Q':
		e.rows = append(e.rows, row{kind: "qr", text: string(e.qr), mid: e.middle})
	case group == 'k' && (data[1] == 'A' || data[1] == 'C' || data[1] == 'E'):
	default:
		e.tb.Fatalf("function GS ( %c %d", group, data[1])
	}
}

// store reads GS 8 L, function 112: a picture for GS ( L.
func (e *emulator) store() {
	if e.byte() != 'L' {
		e.tb.Fatal("GS 8 without L")
	}
	data := e.bytes(int(binary.LittleEndian.Uint32(e.bytes(4))))
	w, h := int(binary.LittleEndian.Uint16(data[6:])), int(binary.LittleEndian.Uint16(data[8:]))
	e.picture = raster{rowBytes: (w + 7) / 8, height: h, rows: data[10:]}
}

// decode turns the bytes of all texts into characters.
func (e *emulator) decode() {
	var texts []string
	for _, r := range e.rows {
		if r.kind == "text" {
			texts = append(texts, r.text)
		}
	}
	cmd := exec.Command("iconv", "-f", "GB18030", "-t", "UTF-8")
	cmd.Stdin = strings.NewReader(strings.Join(texts, "\n"))
	out, err := cmd.Output()
	if err != nil {
		e.tb.Fatalf("iconv cannot read the text of the job: %v", err)
	}
	decoded := strings.Split(string(out), "\n")
	if len(decoded) != len(texts) && len(texts) > 0 {
		e.tb.Fatalf("%d lines became %d", len(texts), len(decoded))
	}
	for i := range e.rows {
		if e.rows[i].kind == "text" {
			e.rows[i].text, decoded = decoded[0], decoded[1:]
		}
	}
}

// texts are the lines that were printed as text, empty ones left out.
func (e *emulator) texts() []string {
	var out []string
	for _, r := range e.rows {
		if r.kind == "text" && r.text != "" {
			out = append(out, r.text)
		}
	}
	return out
}
