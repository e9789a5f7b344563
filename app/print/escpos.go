package print

import (
	"bytes"
	"strings"
)

// Control characters of ESC/POS.
const (
	eot = 0x04
	enq = 0x05
	lf  = 0x0a
	dle = 0x10
	dc4 = 0x14
	esc = 0x1b
	fs  = 0x1c
	gs  = 0x1d
)

// paper is what a job says to the printer: the commands of Epson's ESC/POS that
// printers of other makers share, and no others.
type paper struct {
	bytes.Buffer
	columns int
	chinese Chinese
	now     style // what the printer is set to
}

// begin sets everything back that an earlier job may have changed: ESC @; the
// American signs, so that $ stays $ on a Chinese printer: ESC R 0; Chinese
// characters: FS &. A printer that lacks them would print that last one.
func (p *paper) begin() {
	p.Write([]byte{esc, '@', esc, 'R', 0})
	if p.chinese == ChineseGB18030 {
		p.Write([]byte{fs, '&'})
	}
}

// line prints one clean line that fits, begun some columns from the left edge: as
// text when the printer has all its characters, else as a picture.
func (p *paper) line(indent int, text string, s style) {
	if encoded, ok := p.encode(text); ok {
		if indent > 0 {
			p.set(style{bold: s.bold}) // a large space would be two columns
			p.WriteString(strings.Repeat(" ", indent))
		}
		p.set(s)
		p.Write(encoded)
		p.WriteByte(lf)
		return
	}
	pic := drawLine(indent, text, p.columns, s)
	p.Write([]byte{gs, 'v', '0', 0, byte(pic.rowBytes), byte(pic.rowBytes >> 8), byte(pic.height), byte(pic.height >> 8)})
	p.Write(pic.rows)
}

// encode gives the bytes of a text; ok is false when a character of it must be
// drawn.
func (p *paper) encode(text string) (encoded []byte, ok bool) {
	for _, r := range text {
		if r >= ' ' && r <= '~' {
			encoded = append(encoded, byte(r))
			continue
		}
		b, ok := gbk(r)
		if !ok || p.chinese != ChineseGB18030 {
			return nil, false
		}
		encoded = append(encoded, b[:]...)
	}
	return encoded, true
}

// set changes the style of what follows: ESC E emphasis, GS ! size.
func (p *paper) set(s style) {
	if s.bold != p.now.bold {
		p.Write([]byte{esc, 'E', bit(s.bold)})
	}
	if s.large != p.now.large {
		p.Write([]byte{gs, '!', bit(s.large) * 0x11})
	}
	p.now = s
}

func bit(on bool) byte {
	if on {
		return 1
	}
	return 0
}

// feed leaves lines empty.
func (p *paper) feed(lines int) {
	p.set(plain)
	p.WriteString(strings.Repeat("\n", lines))
}

// tearLines is the paper between the last line and a printer's tear bar.
const tearLines = 3

// end feeds to the edge, cuts where there is a cutter (GS V 66), and hands out
// the job.
func (p *paper) end() []byte {
	p.feed(tearLines)
	p.Write([]byte{gs, 'V', 66, 0})
	return bytes.Clone(p.Bytes())
}

const (
	codeModule = 2  // dots of the narrowest bar: 0.25 mm at 203 dpi
	codeHeight = 72 // dots: 9 mm
	codeQuiet  = 10 // modules on each side (ISO/IEC 15417)
	qrModule   = 6  // dots of a square
	qrMost     = 200
)

// code prints a barcode with its text below: Code 128, or a QR code when the
// text is too long for the paper or is not ASCII. A text that can be no barcode
// of an item is only written; no text prints nothing.
func (p *paper) code(text string) {
	if text == "" {
		return
	}
	if data, ok := p.code128(text); ok {
		p.begun()
		p.Write([]byte{gs, 'h', codeHeight, gs, 'w', codeModule, gs, 'H', 0, gs, 'k', 73, byte(len(data))})
		p.Write(data)
	} else if len(text) <= qrMost {
		p.begun()
		p.qr([]byte(text))
	}
	p.Write([]byte{esc, 'a', 0})
}

// begun leaves a line free above a code and centres it.
func (p *paper) begun() {
	p.feed(1)
	p.Write([]byte{esc, 'a', 1})
}

// code128 gives the data of GS k 73, in code set C for digits in pairs and else
// in B; ok is false when the symbol cannot be made or does not fit on the paper.
func (p *paper) code128(text string) (data []byte, ok bool) {
	data, symbols := setC(text)
	if data == nil {
		data, symbols = setB(text)
	}
	// Start, check and each symbol have 11 modules, the stop has 13.
	modules := 11*(symbols+2) + 13 + 2*codeQuiet
	return data, symbols > 0 && len(data) <= 255 && modules*codeModule <= p.columns*narrowDots
}

// setC packs two digits into a symbol. Nothing for another text, and for digits
// whose pairs a printer could take for a real-time command.
func setC(text string) (data []byte, symbols int) {
	if len(text)%2 != 0 || strings.Trim(text, "0123456789") != "" {
		return nil, 0
	}
	data = []byte{'{', 'C'}
	for i := 0; i < len(text); i += 2 {
		pair := (text[i]-'0')*10 + text[i+1] - '0'
		if realTime(data[len(data)-1], pair) {
			return nil, 0
		}
		data = append(data, pair)
	}
	return data, len(text) / 2
}

// setB takes printable ASCII, one character a symbol.
func setB(text string) (data []byte, symbols int) {
	data = []byte{'{', 'B'}
	for _, r := range text {
		if r < ' ' || r > '~' {
			return nil, 0
		}
		if r == '{' {
			data = append(data, '{')
		}
		data = append(data, byte(r))
	}
	return data, len(text)
}

// realTime tells whether two bytes begin a command that a printer obeys at once,
// even in the middle of data: DLE EOT makes it answer, DLE ENQ may cancel the
// job, DLE DC4 may open a cash drawer.
func realTime(first, second byte) bool {
	return first == dle && (second == eot || second == enq || second == dc4)
}

// qr prints a QR code of model 2 with medium correction: GS ( k, functions 165,
// 167, 169, 180 and 181.
func (p *paper) qr(data []byte) {
	function := func(fn byte, params ...byte) {
		n := 2 + len(params)
		p.Write([]byte{gs, '(', 'k', byte(n), byte(n >> 8), '1', fn})
		p.Write(params)
	}
	function('A', '2', 0)
	function('C', qrModule)
	function('E', '1')
	function('P', append([]byte{'0'}, data...)...)
	function('Q', '0')
}
