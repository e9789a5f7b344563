package print

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/code128"
)

// Code128 gives the widths of the bars and spaces of a Code 128 symbol, in
// modules, beginning with a bar: "211412…". Quiet zones are not included; a
// reader needs ten modules on each side (ISO/IEC 15417).
func Code128(text string) (string, error) {
	bc, err := code128.Encode(text)
	if err != nil {
		return "", fmt.Errorf("code 128: %w", err)
	}
	var widths strings.Builder
	run, dark := 0, true
	for x := range bc.Bounds().Dx() {
		r, _, _, _ := bc.At(x, 0).RGBA()
		if (r == 0) != dark {
			widths.WriteByte(byte('0' + run))
			run, dark = 0, !dark
		}
		run++
	}
	widths.WriteByte(byte('0' + run))
	return widths.String(), nil
}
