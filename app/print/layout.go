package print

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"shuting/app/library"
)

// Chinese is how Chinese gets onto the paper.
type Chinese string

// The two ways of printing Chinese.
const (
	ChineseGB18030 Chinese = "gb18030" // the printer has the characters and is sent text
	ChineseRaster  Chinese = "raster"  // it has not: lines beyond ASCII are sent as pictures
)

// Columns of the paper that are known: 58 mm, and 80 mm at 180 and 203 dpi.
var columns = []int{32, 42, 48}

// Names is one name in the three languages.
type Names struct{ Hans, Hant, En string }

// Layout is how this kiosk's printer wants its documents.
type Layout struct {
	Columns int // narrow characters on a line: 32, 42 or 48
	Chinese Chinese
	Zone    *time.Location // the library's, for the time on the paper
	Library Names          // heads every receipt
}

// ErrCardShown refuses a document with a card number that was not masked.
var ErrCardShown = errors.New("print: the card number is not masked")

// ErrNothing refuses a receipt of a visit in which nothing was done.
var ErrNothing = errors.New("print: a receipt without a line")

// begin checks what every document needs and begins one.
func begin(l Layout, language, card string) (*document, words, error) {
	switch {
	case !slices.Contains(columns, l.Columns):
		return nil, words{}, fmt.Errorf("print: %d columns: want one of %v", l.Columns, columns)
	case l.Chinese != ChineseGB18030 && l.Chinese != ChineseRaster:
		return nil, words{}, fmt.Errorf("print: Chinese as %q: want %q or %q", l.Chinese, ChineseGB18030, ChineseRaster)
	case l.Zone == nil:
		return nil, words{}, errors.New("print: no time zone")
	case !library.CardMasked(card):
		return nil, words{}, ErrCardShown
	}
	w, ok := tongues[language]
	if !ok {
		return nil, words{}, fmt.Errorf("print: there are no words in the language %q", clean(language))
	}
	return newDocument(l), w, nil
}

// in is the name in a language that has words.
func (n Names) in(language string) string {
	switch language {
	case "zh-Hant":
		return n.Hant
	case "en":
		return n.En
	default:
		return n.Hans
	}
}
