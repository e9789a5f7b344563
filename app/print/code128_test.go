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
)

// TestCode128_is_read_by_a_scanner_program draws the widths and lets zbar,
// which we did not write, read them back.
func TestCode128_is_read_by_a_scanner_program(t *testing.T) {
	for _, text := range []string{"LB000000018", "S0000001", "TS20260001", "9780000000002"} {
		widths, err := Code128(text)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "code.png")
		draw(t, file, widths)
		out, err := exec.Command("zbarimg", "--nodbus", "-q", "--raw", file).Output()
		if err != nil {
			t.Fatalf("zbarimg: %v", err)
		}
		if got := strings.TrimSpace(string(out)); got != text {
			t.Errorf("read %q, want %q", got, text)
		}
	}
}

func draw(t *testing.T, file, widths string) {
	t.Helper()
	const module, quiet, height = 3, 30, 120
	total := 2 * quiet
	for _, w := range widths {
		total += module * int(w-'0')
	}
	img := image.NewGray(image.Rect(0, 0, total, height))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	x, dark := quiet, true
	for _, w := range widths {
		n := module * int(w-'0')
		for dx := range n {
			for y := range height {
				if dark {
					img.SetGray(x+dx, y, color.Gray{})
				}
			}
		}
		x, dark = x+n, !dark
	}
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestCode128_refuses_what_it_cannot_hold(t *testing.T) {
	for _, text := range []string{"", "书亭"} {
		if w, err := Code128(text); err == nil {
			t.Errorf("%q became %s", text, w)
		}
	}
}
