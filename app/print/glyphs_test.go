package print

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestTheGlyphsAreOfTheFontThatTheGeneratorPins(t *testing.T) {
	z, err := gzip.NewReader(bytes.NewReader(packedGlyphs))
	if err != nil {
		t.Fatal(err)
	}
	head, err := bufio.NewReader(z).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("../../build/glyphs/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var pinned struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(raw, &pinned); err != nil {
		t.Fatal(err)
	}
	for name, version := range pinned.Dependencies {
		if !strings.Contains(head, name+"@"+version+" ") {
			t.Errorf("the glyphs are from %q, package.json pins %s@%s: run the generator", head, name, version)
		}
	}
	if len(pinned.Dependencies) == 0 || len(packedGlyphs) > 3<<19 {
		t.Errorf("%d sources, %d bytes; they are meant to stay under 1.5 MiB", len(pinned.Dependencies), len(packedGlyphs))
	}
}

func TestAccept_L50_every_character_of_GB2312_and_ASCII_can_be_drawn(t *testing.T) {
	f, err := readGlyphs(packedGlyphs)
	if err != nil {
		t.Fatal(err)
	}
	for r := '!'; r <= '~'; r++ {
		if f.narrow[r] == nil {
			t.Errorf("%q cannot be drawn", r)
		}
	}
	seen := map[string]rune{}
	for lead := byte(0xb0); lead <= 0xf7; lead++ {
		for trail := byte(0xa1); trail <= 0xfe; trail++ {
			b, err := simplifiedchinese.GBK.NewDecoder().Bytes([]byte{lead, trail})
			r := []rune(string(b))[0]
			if err != nil || r >= 0xe000 && r < 0xf900 || r == 0xfffd {
				continue // the last five places of row 55 are empty
			}
			rows := f.wide[r]
			if rows == nil {
				t.Errorf("%c cannot be drawn", r)
				continue
			}
			if other, twice := seen[string(rows)]; twice {
				t.Errorf("%c is drawn like %c", r, other)
			}
			seen[string(rows)] = r
		}
	}
	if len(seen) != 6763 {
		t.Errorf("%d characters were looked at, GB 2312 has 6763", len(seen))
	}
}

func TestDamagedGlyphsAreAnErrorAndNotAPanic(t *testing.T) {
	for name, damaged := range map[string][]byte{
		"nothing":   nil,
		"no gzip":   []byte("shuting-glyphs 1 "),
		"cut short": packedGlyphs[:len(packedGlyphs)/2],
	} {
		if _, err := readGlyphs(damaged); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}
