package hanzi

import (
	"strings"
	"unicode/utf8"
)

// maxTokens bounds a pattern; no title is longer.
const maxTokens = 255

// A Pattern is a query as a reader types it, ready to be looked for in many
// titles: whole pinyin (hongloumeng), initials (hlm), characters (红楼), mixed
// (hong楼m). For each Chinese character of the title the query holds
//
//   - the character, in any of its forms, or
//   - one of its readings, whichever; ü typed as v or u, or
//   - the first letter of one, or zh, ch, sh,
//
// and for the last one also any beginning of a reading (honglo). Latin letters,
// digits and other scripts match themselves, from the beginning of a word. A
// space or an apostrophe in the query ends a syllable (xi'an is not xian);
// whatever divides the title is passed over.
//
// A Pattern does not change and may be used by many at once. It takes some
// 50 KB and a tenth of a millisecond to make: one per query, not per title.
type Pattern struct {
	tokens []rune
	edge   []bool // edge[i]: a syllable cannot go on into token i
	han    bool   // one of the tokens is a Chinese character
	need   uint64
	ear    ear
}

// NewPattern prepares query, folded or not. A query without letters, or with
// more than 255, matches nothing.
func NewPattern(query string) *Pattern {
	apart := strings.Map(func(r rune) rune {
		if isApostrophe(r) {
			return ' '
		}
		return r
	}, query)
	p := &Pattern{}
	edge := true
	for _, r := range Fold(apart) {
		if r < utf8.RuneSelf && !isWord(byte(r)) {
			edge = true
			continue
		}
		p.tokens = append(p.tokens, r)
		p.edge = append(p.edge, edge)
		p.han = p.han || IsHan(r)
		edge = false
	}
	if len(p.tokens) > maxTokens {
		p.tokens, p.edge = nil, nil
	}
	t := loaded()
	p.need = newNeed(t, p)
	p.ear = newEar(t, p)
	return p
}

// Match looks for the pattern anywhere in a folded title and gives the bytes of
// the leftmost place, text[start:end].
func (p *Pattern) Match(text []byte) (start, end int, ok bool) {
	t := loaded()
	inWord := false
	for i := 0; i < len(text) && len(p.tokens) > 0; {
		u := t.unit(text[i:])
		latin := u.kind == unitLiteral && u.rune < utf8.RuneSelf
		if u.kind != unitGap && !(latin && inWord) {
			if end, ok := p.matchAt(t, text, i); ok {
				return i, end, true
			}
		}
		inWord = latin
		i += u.size
	}
	return 0, 0, false
}

// MatchPrefix is Match for the beginning of the title alone.
func (p *Pattern) MatchPrefix(text []byte) (end int, ok bool) {
	if len(p.tokens) == 0 {
		return 0, false
	}
	return p.matchAt(loaded(), text, 0)
}

// positions are the tokens a match may have come to, without repeats.
type positions struct {
	at [maxTokens + 1]uint8
	n  int
}

func (ps *positions) add(at int) {
	for _, have := range ps.at[:ps.n] {
		if int(have) == at {
			return
		}
	}
	ps.at[ps.n] = uint8(at)
	ps.n++
}

// matchAt follows every way through the query at once, character by character
// of the title.
func (p *Pattern) matchAt(t *tables, text []byte, i int) (end int, ok bool) {
	var rooms [2]positions
	now, then := &rooms[0], &rooms[1]
	now.add(0)
	for i < len(text) {
		u := t.unit(text[i:])
		i += u.size
		if u.kind == unitGap {
			continue
		}
		then.n = 0
		for _, at := range now.at[:now.n] {
			if p.advance(t, u, int(at), then) {
				return i, true
			}
		}
		if then.n == 0 {
			return 0, false
		}
		now, then = then, now
	}
	return 0, false
}

// advance adds where u can take the query from token at, and reports whether
// one of the ways ends it.
func (p *Pattern) advance(t *tables, u unit, at int, then *positions) (done bool) {
	token := p.tokens[at]
	if token == u.rune {
		if at+1 == len(p.tokens) {
			return true
		}
		then.add(at + 1)
	}
	if u.kind != unitHan || !isLetter(token) || t.primary[u.list]&(1<<(token-'a')) == 0 {
		return false
	}
	for _, syllable := range t.typed[u.list] {
		n := p.common(at, syllable)
		switch {
		case n == 0:
			continue
		case at+n == len(p.tokens):
			return true
		case n == len(syllable):
			then.add(at + n)
		}
		then.add(at + 1)
		if n >= 2 && syllable[1] == 'h' {
			then.add(at + 2)
		}
	}
	return false
}

// common counts the letters that syllable and the query from token at share.
func (p *Pattern) common(at int, syllable string) int {
	n := 0
	for n < len(syllable) && at+n < len(p.tokens) && p.tokens[at+n] == rune(syllable[n]) && (n == 0 || !p.edge[at+n]) {
		n++
	}
	return n
}

// Find is Match for a text that is not folded, to show what was found:
// text[start:end] is the leftmost place.
func (p *Pattern) Find(text string) (start, end int, ok bool) {
	f := folder{tables: loaded()}
	var source, folded []int // where each character of text ends, there and folded
	for i := 0; i < len(text); {
		i += f.next(text[i:])
		source = append(source, i)
		folded = append(folded, len(f.dst))
	}
	from, to, ok := p.Match(f.dst)
	if !ok {
		return 0, 0, false
	}
	for k, reached := range folded {
		if reached <= from {
			start = source[k]
		}
		if reached >= to {
			return start, source[k], true
		}
	}
	return 0, 0, false
}

// MatchPinyin is Find for a query that is looked for once.
func MatchPinyin(text, query string) (start, end int, ok bool) {
	return NewPattern(query).Find(text)
}
