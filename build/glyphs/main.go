// Command glyphs draws the characters of app/print/glyphs.bin from their fonts:
// one bit a dot, 24 dots high, for receipt printers that lack Chinese. The
// README beside it says how to run it and what the file holds.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"flag"
	"fmt"
	"image"
	"io"
	"log"
	"os"
	"path/filepath"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	fontFile = "node_modules/@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf"
	sources  = "shuting-glyphs 1 @expo-google-fonts/noto-sans-sc@0.4.3 gomono\n"
	target   = "../../app/print/glyphs.bin"

	height = 24
	narrow = 12
	wide   = 24
	// ink is the share of a dot, of 255, that must be covered to print it.
	// Lower fills the counters of dense characters, higher breaks thin strokes.
	ink = 112
)

func main() {
	check := flag.Bool("check", false, "only say whether the committed file is what the fonts give")
	flag.Parse()
	made, err := draw()
	if err != nil {
		log.Fatal(err)
	}
	if *check {
		have, err := unpack(filepath.FromSlash(target))
		if err != nil {
			log.Fatal(err)
		}
		if !bytes.Equal(have, made) {
			log.Fatalf("%s is not what the fonts give: run the generator", target)
		}
		return
	}
	made, err = pack(made)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.FromSlash(target), made, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s: %d bytes\n", target, len(made))
}

// draw makes the whole content of the file.
func draw() ([]byte, error) {
	han, err := os.ReadFile(filepath.FromSlash(fontFile))
	if err != nil {
		return nil, fmt.Errorf("the font is not installed (npm ci): %w", err)
	}
	// The baselines put the letters of both fonts on one line, and the Han
	// square, which reaches from 0.88 above to 0.12 below, into the middle.
	wideFace, err := open(han, 23, 21)
	if err != nil {
		return nil, err
	}
	narrowFace, err := open(gomono.TTF, 20, 19)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString(sources)
	// U+00AD is a soft hyphen, U+00A0 a space: neither has a picture.
	if err := narrowFace.draw(&out, narrow, [][2]rune{{0x21, 0x7e}, {0xa1, 0xac}, {0xae, 0x24f}, {0x370, 0x52f}, {0x1e00, 0x1eff}}, everything); err != nil {
		return nil, err
	}
	if err := wideFace.draw(&out, wide, [][2]rune{{0x2010, 0x2fff}, {0x3001, 0x33ff}, {0x3400, 0x9fff}, {0xf900, 0xfaff}, {0xfe30, 0xfe4f}, {0xff01, 0xff5e}, {0xffe0, 0xffe6}}, inGBK); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func pack(content []byte) ([]byte, error) {
	var packed bytes.Buffer
	z, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(content); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

func unpack(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

func everything(rune) bool { return true }

// inGBK tells whether GBK writes the character: the 20,902 unified ideographs
// and the signs that Chinese books use.
func inGBK(r rune) bool {
	b, err := simplifiedchinese.GBK.NewEncoder().String(string(r))
	return err == nil && len(b) == 2
}

// face is one font at one size, on its baseline.
type face struct {
	font.Face
	font     *opentype.Font
	baseline int // dots below the upper edge of the cell
}

func open(ttf []byte, size float64, baseline int) (face, error) {
	parsed, err := opentype.Parse(ttf)
	if err != nil {
		return face{}, err
	}
	f, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	return face{f, parsed, baseline}, err
}

// draw writes how many glyphs follow, and each of them: its character, four
// bytes, and its rows.
func (f face) draw(out *bytes.Buffer, width int, ranges [][2]rune, wanted func(rune) bool) error {
	var glyphs bytes.Buffer
	count := 0
	for _, span := range ranges {
		for r := span[0]; r <= span[1]; r++ {
			if !wanted(r) {
				continue
			}
			if index, err := f.font.GlyphIndex(nil, r); err != nil || index == 0 {
				continue // the font has no such character
			}
			rows, ok := f.rows(r, width)
			if !ok {
				continue // an empty picture would print as nothing
			}
			if err := binary.Write(&glyphs, binary.BigEndian, uint32(r)); err != nil {
				return err
			}
			glyphs.Write(rows)
			count++
		}
	}
	fmt.Printf("%d glyphs of %d × %d dots\n", count, width, height)
	if err := binary.Write(out, binary.BigEndian, uint32(count)); err != nil {
		return err
	}
	_, err := glyphs.WriteTo(out)
	return err
}

// rows draws one character into its cell, the highest bit of a row first; ok is
// false when it leaves no dot.
func (f face) rows(r rune, width int) (rows []byte, ok bool) {
	advance, has := f.GlyphAdvance(r)
	if !has {
		return nil, false
	}
	left := (fixed.I(width) - advance) / 2
	dr, mask, at, _, has := f.Glyph(fixed.Point26_6{X: left, Y: fixed.I(f.baseline)}, r)
	if !has {
		return nil, false
	}
	stride := (width + 7) / 8
	rows = make([]byte, height*stride)
	cell := image.Rect(0, 0, width, height)
	for y := dr.Min.Y; y < dr.Max.Y; y++ {
		for x := dr.Min.X; x < dr.Max.X; x++ {
			if !image.Pt(x, y).In(cell) {
				continue
			}
			_, _, _, a := mask.At(at.X+x-dr.Min.X, at.Y+y-dr.Min.Y).RGBA()
			if a>>8 >= ink {
				rows[y*stride+x/8] |= 0x80 >> (x % 8)
				ok = true
			}
		}
	}
	return rows, ok
}
