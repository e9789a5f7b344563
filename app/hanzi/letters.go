package hanzi

import (
	"cmp"
	"math/bits"
	"slices"
)

// A letter code is one byte of what AppendLetters writes: a Latin letter or
// digit as itself, a Chinese character whose readings all begin alike as that
// letter, and from codeSets on one byte per set of first letters.
const (
	codeUnread = 0x01 // a Chinese character without a reading
	codeSets   = 0x80
	codeAny    = 0xFF // other scripts, and the sets there is no byte left for
)

type letterCodes struct {
	byList []byte      // per list of readings
	bits   [256]uint64 // per code, the symbols it may stand for
	inner  uint32      // letters a syllable can have after its first
	heads  []uint64    // per list, the pairs its syllables begin with
}

// symbol numbers Latin letters 0–25 and digits 26–35.
func symbol(c byte) int {
	if isLower(c) {
		return int(c - 'a')
	}
	return int(c-'0') + 26
}

const (
	symbols    = 36
	allSymbols = 1<<symbols - 1
	pairBits   = 64 - symbols
)

// pair is the bit of a signature that two symbols next to each other set.
func pair(a, b int) uint64 {
	return 1 << (symbols + uint32(a*symbols+b)*2654435761>>16%pairBits)
}

func (t *tables) assignCodes() letterCodes {
	c := letterCodes{byList: make([]byte, len(t.lists)), heads: make([]uint64, len(t.lists))}
	for list, typed := range t.typed {
		for _, s := range typed {
			for k := 1; k < len(s); k++ {
				c.inner |= 1 << (s[k] - 'a')
			}
			if len(s) > 1 {
				c.heads[list] |= pair(symbol(s[0]), symbol(s[1]))
			}
		}
	}
	for b := range 256 {
		if isWord(byte(b)) {
			c.bits[b] = 1 << symbol(byte(b))
		}
	}
	c.bits[codeAny] = allSymbols

	code := map[uint32]byte{0: codeUnread}
	for i, set := range t.sets() {
		if b := codeSets + i; b < codeAny {
			code[set] = byte(b)
			c.bits[b] = uint64(set)
		}
	}
	for letter := range 26 {
		code[1<<letter] = 'a' + byte(letter)
	}
	for list, set := range t.primary {
		b, known := code[set]
		if !known {
			b = codeAny
		}
		c.byList[list] = b
	}
	return c
}

// sets are the sets of two and more first letters, those of most characters
// first.
func (t *tables) sets() []uint32 {
	count := map[uint32]int{}
	for _, e := range t.entries {
		if set := t.primary[e.list]; set&(set-1) != 0 {
			count[set]++
		}
	}
	sets := make([]uint32, 0, len(count))
	for set := range count {
		sets = append(sets, set)
	}
	slices.SortFunc(sets, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	return sets
}

func (t *tables) code(u unit) byte {
	switch {
	case u.kind == unitHan:
		return t.codes.byList[u.list]
	case u.rune < 0x80:
		return byte(u.rune)
	}
	return codeAny
}

// AppendLetters appends the first letters of a folded title, one byte per
// letter, digit or character, readings in alternatives included, for
// Pattern.MayMatch. The bytes mean something only to this program: derive them
// anew at every start, do not store them.
func AppendLetters(dst, text []byte) []byte {
	t := loaded()
	for i := 0; i < len(text); {
		u := t.unit(text[i:])
		if u.kind != unitGap {
			dst = append(dst, t.code(u))
		}
		i += u.size
	}
	return dst
}

// Signature sums up the first letters of a folded title in one word, for a
// search that looks at very many: where Signature(text)&p.Signature() is not
// p.Signature(), p.Match(text) fails. Like letters it is not for storing.
func Signature(text []byte) uint64 {
	t := loaded()
	var sum, before uint64
	for i := 0; i < len(text); {
		u := t.unit(text[i:])
		i += u.size
		var own uint64
		switch {
		case u.kind == unitGap:
			continue
		case u.kind == unitHan:
			own = uint64(t.primary[u.list])
			sum |= t.codes.heads[u.list]
		case u.rune < 0x80:
			own = 1 << symbol(byte(u.rune))
		}
		sum |= own | pairs(before, own)
		before = own
	}
	return sum
}

// pairs sets the bits of every symbol of a before every symbol of b.
func pairs(a, b uint64) (sum uint64) {
	for ; a != 0; a &= a - 1 {
		x := bits.TrailingZeros64(a)
		for rest := b; rest != 0; rest &= rest - 1 {
			sum |= pair(x, bits.TrailingZeros64(rest))
		}
	}
	return sum
}
