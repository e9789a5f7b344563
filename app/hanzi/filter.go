package hanzi

import "math/bits"

// maxFiltered is the longest pattern MayMatch looks at: its tokens and the end
// fit one word.
const maxFiltered = 63

// A filter is what a Pattern knows without looking at a title's characters.
// Titles can pass it that do not match; none that matches is turned away,
// because every rule here is a weakening of one in Pattern.advance.
type filter struct {
	need   uint64              // signature
	accept [256]uint64         // per letter code, the tokens it may begin at
	reach  [maxFiltered]uint64 // per token, where one character can lead from there
	end    uint64              // the bit behind the last token; 0: let everything pass
}

func newFilter(t *tables, p *Pattern) filter {
	var f filter
	f.need = need(t, p)
	if len(p.tokens) > maxFiltered {
		return f
	}
	f.end = 1 << len(p.tokens)
	for i, token := range p.tokens {
		for code := range 256 {
			if t.codes.accepts(t, byte(code), token) {
				f.accept[code] |= 1 << i
			}
		}
		f.reach[i] = 1 << (i + 1)
		if !isLetter(token) {
			continue
		}
		for k := i + 1; k < len(p.tokens) && k < i+longestSyllable && t.goesOn(p, k); k++ {
			f.reach[i] |= 1 << (k + 1)
		}
	}
	return f
}

// accepts reports whether a character with this code can take token, or a
// syllable that begins with it.
func (c *letterCodes) accepts(t *tables, code byte, token rune) bool {
	switch {
	case IsHan(token):
		_, list := t.folded(token)
		return code == c.byList[list]
	case token < 0x80:
		return c.bits[code]>>symbol(byte(token))&1 != 0
	}
	return code == codeAny
}

func isLetter(token rune) bool { return token >= 'a' && token <= 'z' }

// goesOn reports whether token k may belong to a syllable that began before it.
func (t *tables) goesOn(p *Pattern, k int) bool {
	token := p.tokens[k]
	return isLetter(token) && isLetter(p.tokens[k-1]) && !p.edge[k] && t.codes.inner>>(token-'a')&1 != 0
}

// need collects what every title that matches must have: the letters that can
// only be a first one, and what follows them, which is either the second letter
// of the same syllable or the first of the next character.
func need(t *tables, p *Pattern) (sum uint64) {
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

// Signature is what Signature(text) must contain for the pattern to match.
func (p *Pattern) Signature() uint64 { return p.filter.need }

// MayMatch reports whether a title with these letters (AppendLetters) can
// match: false means Match would fail, true that it is worth asking.
func (p *Pattern) MayMatch(letters []byte) bool {
	if len(p.tokens) == 0 {
		return false
	}
	f := &p.filter
	if f.end == 0 {
		return true
	}
	at := uint64(1)
	for _, code := range letters {
		next := uint64(1)
		for from := at & f.accept[code]; from != 0; from &= from - 1 {
			next |= f.reach[bits.TrailingZeros64(from)]
		}
		if next&f.end != 0 {
			return true
		}
		at = next
	}
	return false
}
