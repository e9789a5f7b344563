package print

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"sync"
)

// glyphs.bin is drawn by build/glyphs from Noto Sans SC (OFL-1.1) and Go Mono
// (BSD-3-Clause); the README there says what it holds.
//
//go:embed glyphs.bin
var packedGlyphs []byte

const (
	glyphsFormat = "shuting-glyphs 1 "

	cellHeight  = 24 // dots of a character
	narrowDots  = 12 // width of a narrow character
	narrowBytes = 2  // of one row of it
	wideBytes   = 3  // of one row of a wide one
)

// font is every character that can be drawn: its rows, the highest bit of a row
// on the left.
type font struct {
	narrow, wide map[rune][]byte
}

// glyphs unpacks the font on first use, in some milliseconds. It is part of the
// program and a test reads it, so damage is a fault of the build: then every
// character is drawn as a block.
var glyphs = sync.OnceValue(func() font {
	f, err := readGlyphs(packedGlyphs)
	if err != nil {
		return font{}
	}
	return f
})

func readGlyphs(packed []byte) (font, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return font{}, fmt.Errorf("glyphs: %w", err)
	}
	r := bufio.NewReader(z)
	head, err := r.ReadString('\n')
	if err != nil || len(head) < len(glyphsFormat) || head[:len(glyphsFormat)] != glyphsFormat {
		return font{}, fmt.Errorf("glyphs: not the format %q: %w", glyphsFormat, err)
	}
	var f font
	if f.narrow, err = readFace(r, narrowBytes); err != nil {
		return font{}, err
	}
	if f.wide, err = readFace(r, wideBytes); err != nil {
		return font{}, err
	}
	return f, nil
}

// readFace reads the glyphs of one width.
func readFace(r io.Reader, rowBytes int) (map[rune][]byte, error) {
	var count uint32
	if err := binary.Read(r, binary.BigEndian, &count); err != nil {
		return nil, fmt.Errorf("glyphs: %w", err)
	}
	size := 4 + cellHeight*rowBytes
	all := make([]byte, int(count)*size)
	if _, err := io.ReadFull(r, all); err != nil {
		return nil, fmt.Errorf("glyphs: %w", err)
	}
	face := make(map[rune][]byte, count)
	for ; len(all) > 0; all = all[size:] {
		face[rune(binary.BigEndian.Uint32(all))] = all[4:size:size]
	}
	return face, nil
}
