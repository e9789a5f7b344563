package print

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/code128"
	"github.com/boombuler/barcode/qr"
)

// picture draws rows as they come out of the printer, black on white, with a
// margin. Codes that a printer makes itself are made here by another library
// than the one that names them in the job.
func picture(tb testing.TB, rows []row, columns int) *image.Gray {
	tb.Helper()
	const margin, codeRoom = 40, 260
	wide := columns*narrowDots + 2*margin
	high := 2 * margin
	for _, r := range rows {
		high += map[string]int{"text": 2 * lineHeight, "picture": r.pic.height, "code128": codeRoom, "qr": codeRoom}[r.kind]
	}
	img := image.NewGray(image.Rect(0, 0, wide, high))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	y := margin
	for _, r := range rows {
		switch r.kind {
		case "text":
			pic := drawLine(r.at, r.text, columns, r.look)
			dots(img, pic, margin, y)
			y += pic.height
		case "picture":
			x := margin
			if r.mid {
				x = (wide - r.pic.rowBytes*8) / 2
			}
			dots(img, r.pic, x, y)
			y += r.pic.height
		case "code128", "qr":
			made, module, thick := mustEncode(tb, r), codeModule, codeHeight
			if r.kind == "qr" {
				module, thick = qrModule, qrModule
			}
			symbol(img, made, module, thick, y)
			y += codeRoom
		}
	}
	return img.SubImage(image.Rect(0, 0, wide, y+margin)).(*image.Gray)
}

// symbol draws a code into the middle, its bars or squares as thick as given.
func symbol(img *image.Gray, made barcode.Barcode, module, thick, top int) {
	size := made.Bounds()
	left := (img.Bounds().Dx() - size.Dx()*module) / 2
	for cx := range size.Dx() * module {
		for cy := range size.Dy() * thick {
			if v, _, _, _ := made.At(cx/module, cy/thick).RGBA(); v == 0 {
				img.SetGray(left+cx, top+cy, color.Gray{})
			}
		}
	}
}

func mustEncode(tb testing.TB, r row) barcode.Barcode {
	tb.Helper()
	var made barcode.Barcode
	var err error
	if r.kind == "qr" {
		made, err = qr.Encode(r.text, qr.M, qr.Unicode)
	} else {
		made, err = code128.Encode(r.text)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return made
}

func dots(img *image.Gray, pic raster, left, top int) {
	for y := range pic.height {
		for x := range pic.rowBytes * 8 {
			if pic.rows[y*pic.rowBytes+x/8]&(0x80>>(x%8)) != 0 {
				img.SetGray(left+x, top+y, color.Gray{})
			}
		}
	}
}

// save writes a picture where a program can read it.
func save(tb testing.TB, img image.Image) string {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "paper.png")
	f, err := os.Create(file)
	if err != nil {
		tb.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		tb.Fatal(err)
	}
	if err := f.Close(); err != nil {
		tb.Fatal(err)
	}
	return file
}

// scan lets zbar, which we did not write, read the codes of a picture.
func scan(tb testing.TB, img image.Image) []string {
	tb.Helper()
	out, err := exec.Command("zbarimg", "--nodbus", "-q", "--raw", save(tb, img)).Output()
	if err != nil {
		tb.Fatalf("zbarimg: %v", err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
