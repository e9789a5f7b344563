package search

import (
	"math/bits"
	"slices"

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

// A unit is what one letter or character of a text may take of the tokens, from
// at to end: a character or letter itself, its initial, a whole syllable or, at
// the end of the query, the beginning of one.
type unit struct{ at, end int }

// joined reports whether tokens a and a+1 may be letters of one syllable.
func (t *tokens) joined(a int) bool {
	return !t.edge[a+1] && isLetter(t.runes[a]) && isLetter(t.runes[a+1])
}

// units gives all units there may be.
func (t *tokens) units(v *voices) (all []unit) {
	n := len(t.runes)
	for at := range n {
		all = append(all, unit{at, at + 1})
		for end := at + 2; end <= n && end-at <= longestSyllable && t.joined(end-2); end++ {
			s := string(t.runes[at:end])
			if _, whole := v.number[s]; whole || end == n && v.beginnings[s] != nil || isRetroflex(s) {
				all = append(all, unit{at, end})
			}
		}
	}
	return all
}

func isRetroflex(s string) bool {
	_, ok := retroflex(s)
	return ok && len(s) == 2
}

// first gives the symbol a unit begins with.
func (t *tokens) first(v *voices, u unit) int {
	if u.end-u.at > 1 {
		if zh, ok := retroflex(string(t.runes[u.at:u.end])); ok {
			return zh
		}
	}
	return t.symbol(v, u.at)
}

// alone adds the ways of having unit u, whatever follows.
func (t *tokens) alone(v *voices, u unit, unary, syllable feature, ways need) need {
	s := string(t.runes[u.at:u.end])
	switch {
	case u.end-u.at == 1 || isRetroflex(s):
		return append(ways, unary+feature(t.first(v, u)))
	case u.end < len(t.runes):
		return append(ways, syllable+v.number[s])
	}
	for _, number := range v.beginnings[s] {
		ways = append(ways, syllable+number)
	}
	return ways
}

// followed gives what a text has that has u and then what the next token
// begins.
func (t *tokens) followed(v *voices, u unit) feature {
	return pairOf(t.first(v, u), t.symbol(v, u.end))
}

// needs gives what a text must have to match the tokens as pinyin, initials or
// from the beginning of a word. Which units the query consists of is not known,
// so each need is of one token, with a way for every unit that may be there.
func (t *tokens) needs(v *voices) (all []need) {
	units := t.units(v)
	n := len(t.runes)
	for k := range n {
		if hanzi.IsHan(t.runes[k]) {
			all = append(all, need{characterOf(t.runes[k])})
		}
		var has, crosses need // the unit with token k; the one before k and what follows it
		for _, u := range units {
			if u.at <= k && k < u.end {
				has = t.with(v, u, has)
			}
			if u.at < k && k <= u.end {
				crosses = t.crossing(v, u, crosses)
			}
		}
		all = appendNeed(all, has)
		if k > 0 {
			all = appendNeed(all, crosses)
		}
	}
	return all
}

func appendNeed(all []need, n need) []need {
	slices.Sort(n)
	n = slices.Compact(n)
	if slices.ContainsFunc(all, func(have need) bool { return slices.Equal(have, n) }) {
		return all
	}
	return append(all, n)
}

// with adds the ways of having unit u: by its own letters or, of an initial, by
// what follows.
func (t *tokens) with(v *voices, u unit, ways need) need {
	if u.end-u.at > 1 || u.end == len(t.runes) {
		ways = t.alone(v, u, unary, syllable, ways)
		if u.end-u.at == 1 && u.at > 0 {
			ways = append(ways, t.last(v)...)
		}
		return ways
	}
	return t.crossing(v, u, ways)
}

// last are the ways of having the last token within a Latin word.
func (t *tokens) last(v *voices) need {
	n := len(t.runes)
	if t.runes[n-1] >= 0x80 {
		return nil
	}
	two := pairOf(t.symbol(v, n-2), t.symbol(v, n-1))
	return need{next + two, inner + two}
}

// crossing adds the ways of having unit u and what follows it.
func (t *tokens) crossing(v *voices, u unit, ways need) need {
	if u.end == len(t.runes) {
		return t.alone(v, u, unary, syllable, ways)
	}
	two := t.followed(v, u)
	ways = append(ways, next+two)
	if u.at > 0 && u.end-u.at == 1 {
		ways = append(ways, inner+two)
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
func (t *tokens) beginning(v *voices) (all []need) {
	var has, followed need
	for _, u := range t.units(v) {
		if u.at > 0 {
			break
		}
		if u.end == len(t.runes) {
			has = t.alone(v, u, startUnary, startSyllable, has)
			followed = t.alone(v, u, startUnary, startSyllable, followed)
			continue
		}
		two := startNext + t.followed(v, u)
		followed = append(followed, two)
		if u.end > 1 {
			has = t.alone(v, u, startUnary, startSyllable, has)
		} else {
			has = append(has, two)
		}
	}
	return []need{has, followed}
}

// letters gives what a text must have to have the Latin tokens one after the
// other anywhere in a word.
func letters(v *voices, t tokens) (all []need) {
	for i := 1; i < len(t.runes); i++ {
		two := pairOf(t.symbol(v, i-1), t.symbol(v, i))
		all = append(all, need{next + two, inner + two})
	}
	return all
}

func lowest(symbols uint64) int { return bits.TrailingZeros64(symbols) }
