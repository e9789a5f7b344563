package print

import "bytes"

// raster is a picture of dots for one line of a document.
type raster struct {
	rowBytes, height int
	rows             []byte
}

const (
	// lineHeight is the height of a line that is sent as a picture, in dots: a
	// character and the space that the printer leaves below its own lines.
	lineHeight = 30
	lineTop    = 3 // dots above the character
)

// drawLine draws a clean text, begun indent columns from the edge, into a picture
// as wide as the paper. What does not fit is left out; wrap has seen to it that
// nothing is.
func drawLine(indent int, text string, columns int, s style) raster {
	scale := 1
	if s.large {
		scale = 2
	}
	pic := raster{rowBytes: columns * narrowDots / 8, height: lineHeight * scale}
	pic.rows = make([]byte, pic.rowBytes*pic.height)
	x := 0 // in dots of the glyphs, before they are scaled
	for _, r := range text {
		rows, rowBytes, shift := glyph(r)
		for y := range cellHeight {
			for i := range rowBytes * 8 {
				if rows != nil && rows[y*rowBytes+i/8]&(0x80>>(i%8)) != 0 {
					pic.dot(indent*narrowDots+(x+shift+i)*scale, (lineTop+y)*scale, scale, s.bold)
				}
			}
		}
		x += columnsOf(r) * narrowDots
	}
	pic.quietCommands()
	return pic
}

// glyph finds the rows of a character; shift puts a narrow one into the middle
// of a wide cell. A space has no rows.
func glyph(r rune) (rows []byte, rowBytes, shift int) {
	if r == ' ' {
		return nil, 0, 0
	}
	f := glyphs()
	if columnsOf(r) == 2 {
		if rows := f.wide[r]; rows != nil {
			return rows, wideBytes, 0
		}
		if rows := f.narrow[r]; rows != nil {
			return rows, narrowBytes, narrowDots / 2
		}
		if rows := f.wide[unknown]; rows != nil {
			return rows, wideBytes, 0
		}
		return block[:], wideBytes, 0
	}
	if rows := f.narrow[r]; rows != nil {
		return rows, narrowBytes, 0
	}
	return block[:cellHeight*narrowBytes], narrowBytes, 0
}

// block fills a cell, where even the sign for an unknown character is missing.
var block = [cellHeight * wideBytes]byte(bytes.Repeat([]byte{0xff}, cellHeight*wideBytes))

// dot sets one dot of a glyph, as large as the scale; a bold one also covers
// its right neighbour.
func (p raster) dot(x, y, scale int, bold bool) {
	right := x + scale
	if bold {
		right += scale
	}
	for yy := y; yy < y+scale; yy++ {
		for xx := x; xx < right && xx < p.rowBytes*8; xx++ {
			p.rows[yy*p.rowBytes+xx/8] |= 0x80 >> (xx % 8)
		}
	}
}

// quietCommands adds one dot wherever dots would read as a real-time command.
func (p raster) quietCommands() {
	for i := 0; i+1 < len(p.rows); i++ {
		if realTime(p.rows[i], p.rows[i+1]) {
			p.rows[i] |= 1
		}
	}
}
