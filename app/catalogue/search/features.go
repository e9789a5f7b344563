package search

import (
	"math/bits"
	"strings"
	"sync"
	"unicode/utf8"

	"shuting/app/hanzi"
)

// A symbol is what one letter typed can stand for: a Latin letter or digit, or
// the first letter of a reading; then zh, ch and sh, which are typed with two;
// then buckets for everything else.
const (
	symbolZh  = 36 // and ch, sh
	symbolEtc = 39 // up to 63
	symbols   = 64

	plainSymbols = ^uint64(7 << symbolZh)
)

// A feature is something a text has that a query can ask for. A pair is two
// symbols, the second of which is never zh, ch or sh.
type feature uint32

const (
	unary         feature = 0                             // + symbol: a character or word begins with it
	startUnary            = unary + symbols               // so does one of the titles
	syllable              = startUnary + symbols          // + number: a character is read so
	startSyllable         = syllable + mostSyllables      // so is the first of one of the titles
	next                  = startSyllable + mostSyllables // + pair: next to each other; the first begins a character or word
	startNext             = next + symbols*symbols        // + pair: the first two of one of the titles
	inner                 = startNext + symbols*symbols   // + pair: next to each other, the first within a Latin word
	character             = inner + symbols*symbols       // + character - firstCharacter
	features              = character + characters

	mostSyllables = 512 // Mandarin has some 420 without tones

	firstCharacter = 0x3000
	lastCharacter  = 0xA000 // exclusive; the rest share the features of these
	characters     = lastCharacter - firstCharacter
)

func pairOf(a, b int) feature { return feature(a*symbols + b) }

// own reports whether the feature of r is its alone.
func own(r rune) bool { return r >= firstCharacter && r < lastCharacter }

func characterOf(r rune) feature {
	if own(r) {
		return character + feature(r-firstCharacter)
	}
	return character + feature(uint32(r)*2654435761>>8%characters)
}

func isLatin(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

func latinSymbol(c byte) int {
	if c >= 'a' {
		return int(c - 'a')
	}
	return int(c-'0') + 26
}

func otherSymbol(r rune) int { return symbolEtc + int(uint32(r)%(symbols-symbolEtc)) }

// A voice is the features of a Chinese character by itself.
type voice struct {
	symbols   uint64
	syllables []feature // numbers
}

// voices knows what Pattern hears in every character.
type voices struct {
	of  [characters]uint16 // index into all
	all []voice

	number     map[string]feature   // of every syllable
	beginnings map[string][]feature // the syllables that begin so
}

var spoken = sync.OnceValue(func() *voices {
	v := &voices{number: map[string]feature{}, beginnings: map[string][]feature{}, all: make([]voice, 1)}
	known := map[string]uint16{}
	for r := rune(firstCharacter); r < 0x33000; r++ {
		readings := hanzi.Readings(r)
		if len(readings) == 0 || !hanzi.IsHan(r) {
			continue
		}
		for _, s := range readings {
			v.learn(s)
		}
		if !own(r) {
			continue
		}
		key := strings.Join(readings, " ")
		at, ok := known[key]
		if !ok {
			at = uint16(len(v.all))
			known[key] = at
			v.all = append(v.all, v.read(readings))
		}
		v.of[r-firstCharacter] = at
	}
	return v
})

// learn numbers a syllable.
func (v *voices) learn(s string) {
	if _, ok := v.number[s]; ok {
		return
	}
	n := feature(len(v.number))
	v.number[s] = n
	for end := range len(s) {
		v.beginnings[s[:end+1]] = append(v.beginnings[s[:end+1]], n)
	}
}

// read gives the voice of a character with these readings.
func (v *voices) read(readings []string) (of voice) {
	for _, s := range readings {
		of.symbols |= 1 << latinSymbol(s[0])
		if zh, ok := retroflex(s); ok {
			of.symbols |= 1 << zh
		}
		of.syllables = append(of.syllables, v.number[s])
	}
	return of
}

// retroflex gives the symbol of a syllable in zh, ch, sh.
func retroflex(s string) (symbol int, ok bool) {
	if len(s) > 1 && s[1] == 'h' {
		if at := strings.IndexByte("zcs", s[0]); at >= 0 {
			return symbolZh + at, true
		}
	}
	return 0, false
}

// hear gives the voice of a folded character.
func (v *voices) hear(r rune) voice {
	if own(r) {
		if at := v.of[r-firstCharacter]; at != 0 {
			return v.all[at]
		}
	} else if readings := hanzi.Readings(r); len(readings) > 0 {
		return v.read(readings)
	}
	return voice{symbols: 1 << otherSymbol(r)}
}

// list puts the features of one folded text that is document doc of g. Those of
// its beginning count only for a title. It returns how many letters and
// characters the text has.
func (g *gatherer) list(doc uint32, text []byte, title bool) (units int) {
	v := spoken()
	var before uint64 // symbols of the unit before
	beforeBegins, inWord := false, false
	for i := 0; i < len(text); {
		var now voice
		begins, latin := true, false
		if c := text[i]; c < utf8.RuneSelf {
			i++
			if !isLatin(c) {
				inWord = false
				continue
			}
			now.symbols, latin, begins = 1<<latinSymbol(c), true, !inWord
		} else {
			r, size := utf8.DecodeRune(text[i:])
			i += size
			switch {
			case r == utf8.RuneError:
				inWord = false
				continue
			case hanzi.IsHan(r):
				now = v.hear(r)
				g.put(doc, characterOf(r))
			default:
				now.symbols = 1 << otherSymbol(r)
			}
		}
		g.unit(doc, now, begins, title && units == 0)
		kind := next
		if !beforeBegins {
			kind = inner
		}
		g.pairs(doc, before, now.symbols&plainSymbols, kind)
		if title && units == 1 {
			g.pairs(doc, before, now.symbols&plainSymbols, startNext)
		}
		before, beforeBegins, inWord = now.symbols, begins, latin
		units++
	}
	return units
}

// unit puts the features of one letter or character.
func (g *gatherer) unit(doc uint32, now voice, begins, first bool) {
	if !begins {
		return
	}
	for rest := now.symbols; rest != 0; rest &= rest - 1 {
		s := feature(bits.TrailingZeros64(rest))
		g.put(doc, unary+s)
		if first {
			g.put(doc, startUnary+s)
		}
	}
	for _, number := range now.syllables {
		g.put(doc, syllable+number)
		if first {
			g.put(doc, startSyllable+number)
		}
	}
}

// pairs puts every symbol of a before every symbol of b.
func (g *gatherer) pairs(doc uint32, a, b uint64, kind feature) {
	for ; a != 0; a &= a - 1 {
		x := bits.TrailingZeros64(a)
		for rest := b; rest != 0; rest &= rest - 1 {
			g.put(doc, kind+pairOf(x, bits.TrailingZeros64(rest)))
		}
	}
}
