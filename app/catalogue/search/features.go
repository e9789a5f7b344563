package search

import (
	"math/bits"
	"slices"
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
// symbols of characters next to each other, or the first two letters of one
// syllable (of zh, ch, sh: that symbol and the third letter).
type feature uint32

const (
	unary      feature = 0                           // + symbol: a character or word begins with it
	startUnary         = unary + symbols             // so does one of the titles
	pair               = startUnary + symbols        // + pair whose first begins a character or word
	inner              = pair + symbols*symbols      // + pair whose first is within a Latin word
	startPair          = inner + symbols*symbols     // + pair that begins one of the titles
	character          = startPair + symbols*symbols // + character - firstCharacter
	features           = character + characters

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
	symbols uint64
	heads   []feature // pairs
}

// voices knows what Pattern hears in every character.
type voices struct {
	of         [characters]uint16 // index into all
	all        []voice
	syllables  map[string]bool
	beginnings map[string]bool // of syllables
}

var spoken = sync.OnceValue(func() *voices {
	v := &voices{syllables: map[string]bool{}, beginnings: map[string]bool{}, all: make([]voice, 1)}
	known := map[string]uint16{}
	for r := rune(firstCharacter); r < 0x33000; r++ {
		if !hanzi.IsHan(r) {
			continue
		}
		readings := hanzi.Readings(r)
		if len(readings) == 0 {
			continue
		}
		for _, s := range readings {
			v.syllables[s] = true
			for n := range len(s) {
				v.beginnings[s[:n+1]] = true
			}
		}
		if !own(r) {
			continue
		}
		key := strings.Join(readings, " ")
		at, ok := known[key]
		if !ok {
			at = uint16(len(v.all))
			known[key] = at
			v.all = append(v.all, voiceOf(readings))
		}
		v.of[r-firstCharacter] = at
	}
	return v
})

func voiceOf(readings []string) (v voice) {
	head := func(f feature) {
		if !slices.Contains(v.heads, f) {
			v.heads = append(v.heads, f)
		}
	}
	for _, s := range readings {
		first := latinSymbol(s[0])
		v.symbols |= 1 << first
		if zh, ok := retroflex(s); ok {
			v.symbols |= 1 << zh
			if len(s) > 2 {
				head(pairOf(zh, latinSymbol(s[2])))
			}
		} else if len(s) > 1 {
			head(pairOf(first, latinSymbol(s[1])))
		}
	}
	return v
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
		return voiceOf(readings)
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
		kind := pair
		if !beforeBegins {
			kind = inner
		}
		g.pairs(doc, before, now.symbols&plainSymbols, kind)
		if title && units == 1 {
			g.pairs(doc, before, now.symbols&plainSymbols, startPair)
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
	for _, head := range now.heads {
		g.put(doc, pair+head)
		if first {
			g.put(doc, startPair+head)
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
