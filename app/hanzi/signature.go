package hanzi

import "math/bits"

// The upper bits of a signature are for pairs of symbols.
const pairBits = 64 - symbols

// pair is the bit that two symbols next to each other set.
func pair(a, b int) uint64 {
	return 1 << (symbols + uint32(a*symbols+b)*2654435761>>16%pairBits)
}

// Signature sums up the first letters of a folded title in one word, for a
// search that looks at very many: where Signature(text)&p.Signature() is not
// p.Signature(), p.Match(text) fails. Like sounds it is not for storing.
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
			sum |= t.heads[u.list]
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

// Signature is what Signature(text) must contain for the pattern to match: the
// letters that can only be a first one, and what follows them, which is either
// the second letter of the same syllable or the first of the next character.
func (p *Pattern) Signature() uint64 { return p.need }

func newNeed(t *tables, p *Pattern) (sum uint64) {
	for i, token := range p.tokens {
		if token >= 0x80 || i > 0 && t.goesOn(p, i) {
			continue
		}
		first := symbol(byte(token))
		sum |= 1 << first
		if i+1 < len(p.tokens) && p.tokens[i+1] < 0x80 {
			sum |= pair(first, symbol(byte(p.tokens[i+1])))
		}
	}
	return sum
}

// goesOn reports whether token k may belong to a syllable that began before it.
func (t *tables) goesOn(p *Pattern, k int) bool {
	return isLetter(p.tokens[k]) && isLetter(p.tokens[k-1]) && !p.edge[k] && t.inner>>(p.tokens[k]-'a')&1 != 0
}

func isLetter(token rune) bool { return token >= 'a' && token <= 'z' }

// sumUp prepares what signatures need of every list of readings.
func (t *tables) sumUp() {
	t.heads = make([]uint64, len(t.lists))
	for list, typed := range t.typed {
		for _, s := range typed {
			for k := 1; k < len(s); k++ {
				t.inner |= 1 << (s[k] - 'a')
			}
			if len(s) > 1 {
				t.heads[list] |= pair(symbol(s[0]), symbol(s[1]))
			}
		}
	}
}
