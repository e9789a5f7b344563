package search

import (
	"math/bits"

	"shuting/app/hanzi"
)

// A need is what a text must have at least one feature of to match.
type need []feature

// tokens are the letters and characters of a query, as hanzi.Pattern takes
// them: edge[i] says that no syllable goes on into token i.
type tokens struct {
	runes []rune
	edge  []bool
}

func tokensOf(text string) (t tokens) {
	edge := true
	for _, r := range hanzi.Fold(apart(text)) {
		if r < 0x80 && !isLatin(byte(r)) {
			edge = true
			continue
		}
		t.runes = append(t.runes, r)
		t.edge = append(t.edge, edge)
		edge = false
	}
	return t
}

// longestSyllable is how many letters a syllable has at most.
const longestSyllable = 6

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// symbol is one that every text with token i has: the first that a character
// can be typed with, as all of them are listed.
func (t *tokens) symbol(v *voices, i int) int {
	r := t.runes[i]
	switch {
	case r < 0x80:
		return latinSymbol(byte(r))
	case hanzi.IsHan(r):
		return lowest(v.hear(r).symbols & plainSymbols)
	}
	return otherSymbol(r)
}

// goesOn reports whether token i may belong to a syllable that began before.
func (t *tokens) goesOn(v *voices, i int) bool {
	for a := i - 1; a >= 0 && i-a < longestSyllable && t.joined(a); a-- {
		if v.beginnings[string(t.runes[a:i+1])] {
			return true
		}
	}
	return false
}

// joined reports whether tokens a and a+1 may be letters of one syllable.
func (t *tokens) joined(a int) bool {
	return !t.edge[a+1] && isLetter(t.runes[a]) && isLetter(t.runes[a+1])
}

// needs gives what a text must have to match the tokens as pinyin, initials or
// from the beginning of a word.
func (t *tokens) needs(v *voices) (all []need) {
	n := len(t.runes)
	if n == 1 && !hanzi.IsHan(t.runes[0]) {
		all = append(all, need{unary + feature(t.symbol(v, 0))})
	}
	firstBefore := false
	for i := range n {
		if hanzi.IsHan(t.runes[i]) {
			all = append(all, need{characterOf(t.runes[i])})
		}
		first := i == 0 || !t.goesOn(v, i)
		if first && i+1 < n {
			all = append(all, t.after(v, i))
		}
		if first && i > 0 && !firstBefore {
			all = append(all, t.before(v, i))
		}
		firstBefore = first
	}
	return all
}

// after is what token i, the first of a character or word, needs by what
// follows it.
func (t *tokens) after(v *voices, i int) need {
	two := pairOf(t.symbol(v, i), t.symbol(v, i+1))
	ways := need{pair + two}
	if i > 0 {
		ways = append(ways, inner+two)
	}
	if zh, ok := t.retroflex(i); ok {
		if i+2 < len(t.runes) {
			return append(ways, pair+pairOf(zh, t.symbol(v, i+2)))
		}
		return append(ways, unary+feature(zh))
	}
	return ways
}

func (t *tokens) retroflex(i int) (symbol int, ok bool) {
	if !t.joined(i) {
		return 0, false
	}
	return retroflex(string(t.runes[i : i+2]))
}

// before is what token k, the first of a character or word, needs by what
// stands before it, whose first letter is not certain.
func (t *tokens) before(v *voices, k int) need {
	last := pairOf(t.symbol(v, k-1), t.symbol(v, k))
	ways := need{pair + last, inner + last}
	for a := k - 2; a >= 0 && k-a <= longestSyllable && t.joined(a); a-- {
		s := string(t.runes[a:k])
		if _, zh := retroflex(s); v.syllables[s] || zh && len(s) == 2 {
			ways = append(ways, pair+pairOf(t.symbol(v, a), t.symbol(v, k)))
		}
	}
	return ways
}

// sure reports whether every text with the needs matches.
func (t *tokens) sure() bool {
	switch len(t.runes) {
	case 1:
		r := t.runes[0]
		return r < 0x80 || hanzi.IsHan(r) && own(r)
	case 2:
		return t.runes[0] < 0x80 && t.runes[1] < 0x80 && (!t.edge[1] || !isLetter(t.runes[0]) || !isLetter(t.runes[1]))
	}
	return false
}

// beginning is what a title needs to begin with the tokens.
func (t *tokens) beginning(v *voices) need {
	if len(t.runes) == 1 {
		return need{startUnary + feature(t.symbol(v, 0))}
	}
	ways := need{startPair + pairOf(t.symbol(v, 0), t.symbol(v, 1))}
	if zh, ok := t.retroflex(0); ok {
		if len(t.runes) > 2 {
			return append(ways, startPair+pairOf(zh, t.symbol(v, 2)))
		}
		return append(ways, startUnary+feature(zh))
	}
	return ways
}

// letters gives what a text must have to have the Latin tokens one after the
// other anywhere in a word.
func letters(v *voices, t tokens) (all []need) {
	for i := 1; i < len(t.runes); i++ {
		two := pairOf(t.symbol(v, i-1), t.symbol(v, i))
		all = append(all, need{pair + two, inner + two})
	}
	return all
}

func lowest(symbols uint64) int { return bits.TrailingZeros64(symbols) }
