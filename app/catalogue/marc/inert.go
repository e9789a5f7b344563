package marc

import "encoding/binary"

// inert tells that the bytes are UTF-8 made only of characters that normalising
// leaves alone whatever stands beside them: ASCII, Latin letters with and without
// accents below U+0300, Chinese characters and their punctuation, full-width
// forms. Nearly every record is, and to know it this way takes a fifth of the
// time of asking the tables. False says nothing.
func inert(b []byte) bool {
	for i := 0; i < len(b); {
		if i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:])&0x8080808080808080 == 0 {
			i += 8
			continue
		}
		c := b[i]
		switch {
		case c < 0x80:
			i++
		case c >= 0xC2 && c <= 0xCB: // U+0080 to U+02FF
			if i+1 >= len(b) || !continues(b[i+1]) {
				return false
			}
			i += 2
		case i+2 >= len(b) || !continues(b[i+1]) || !continues(b[i+2]):
			return false
		case c >= 0xE4 && c <= 0xE9, // U+4000 to U+9FFF
			c == 0xE3 && (b[i+1] >= 0x90 || b[i+1] == 0x80 && b[i+2] <= 0xA9), // U+3400 to U+3FFF, U+3000 to U+3029
			c == 0xE2 && b[i+1] == 0x80 && b[i+2] >= 0x90 && b[i+2] <= 0xA7,   // U+2010 to U+2027
			c == 0xEF && b[i+1] >= 0xBC:                                       // U+FF00 to U+FFFF
			i += 3
		default:
			return false
		}
	}
	return true
}

func continues(c byte) bool { return c&0xC0 == 0x80 }
