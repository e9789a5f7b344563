package hanzi

import "math/bits"

// A Sound is one character of a title as a Pattern hears it: a Chinese
// character by all its readings, a Latin letter or digit as itself. The numbers
// mean something only to this program with these tables: derive them anew at
// every start, do not store them.
type Sound uint16

// NoSound stands for no character: no match goes across it. A search that
// keeps the sounds of many titles in one slice puts it between them.
const NoSound Sound = 0

// Sounds, in order: none, other scripts, Latin letters and digits at the
// beginning of a word, then within one, then Chinese characters by their list
// of readings.
const (
	soundOther = 1
	soundWord  = 2
	soundInner = soundWord + symbols
	soundHan   = soundInner + symbols
)

// symbols are the Latin letters 0–25 and the digits 26–35.
const symbols = 36

func symbol(c byte) int {
	if isLower(c) {
		return int(c - 'a')
	}
	return int(c-'0') + 26
}

// AppendSounds appends the sounds of a folded title, one per letter, digit or
// Chinese character, for Pattern.IndexSounds.
func AppendSounds(dst []Sound, text []byte) []Sound {
	t := loaded()
	inWord := false
	for i := 0; i < len(text); {
		u := t.unit(text[i:])
		i += u.size
		latin := false
		switch {
		case u.kind == unitHan:
			dst = append(dst, soundHan+Sound(u.list))
		case u.kind == unitGap:
		case u.rune >= 0x80:
			dst = append(dst, soundOther)
		default:
			latin = true
			sound := soundWord + Sound(symbol(byte(u.rune)))
			if inWord {
				sound += soundInner - soundWord
			}
			dst = append(dst, sound)
		}
		inWord = latin
	}
	return dst
}

// maxHeard is the longest pattern that is compared by sound: its tokens and its
// end fit one word.
const maxHeard = 63

// An ear is a Pattern for sounds. A set of tokens is a word with their bits.
type ear struct {
	takes []uint64 // per sound, the tokens it can take
	base  []int32  // per sound, where its ways begin in ways
	ways  []uint64 // per token a sound can take, in order, the tokens it may lead to
	end   uint64   // behind the last token; 0: too long, hears a match everywhere
}

func newEar(t *tables, p *Pattern) ear {
	var e ear
	if len(p.tokens) == 0 || len(p.tokens) > maxHeard {
		return e
	}
	e.end = 1 << len(p.tokens)
	e.takes = make([]uint64, soundHan+len(t.lists))
	e.base = make([]int32, len(e.takes))
	letters := uint32(0) // those any token has
	for _, token := range p.tokens {
		if token >= 'a' && token <= 'z' {
			letters |= 1 << (token - 'a')
		}
	}
	for sound := range e.takes {
		e.base[sound] = int32(len(e.ways))
		if list := sound - soundHan; list < 0 || t.primary[list]&letters != 0 || p.han {
			e.learn(t, p, sound)
		}
	}
	return e
}

// learn finds the ways of one sound.
func (e *ear) learn(t *tables, p *Pattern, sound int) {
	var then positions
	for at, token := range p.tokens {
		then.n = 0
		done := false
		switch {
		case sound >= soundHan:
			u := unit{kind: unitHan, list: uint16(sound - soundHan)}
			if IsHan(token) {
				// Which character it is, sounds do not tell.
				if _, list := t.folded(token); list == u.list {
					then.add(at + 1)
				}
			} else {
				done = p.advance(t, u, at, &then)
			}
		case sound >= soundWord && token < 0x80 && symbol(byte(token)) == (sound-soundWord)%symbols,
			sound == soundOther && token >= 0x80 && !IsHan(token):
			then.add(at + 1)
		}
		way := uint64(0)
		for _, to := range then.at[:then.n] {
			way |= 1 << to
		}
		if done {
			way |= e.end
		}
		if way != 0 {
			e.takes[sound] |= 1 << at
			e.ways = append(e.ways, way)
		}
	}
}

// IndexSounds looks for the pattern in the sounds of a folded title, or of many
// with NoSound between them, and gives the index of the last sound of the match
// that ends first, or -1. It finds whatever Match finds in the titles
// themselves, and nothing else when the pattern is Latin letters and digits;
// Chinese characters and other scripts in the pattern are compared by sound
// only, and patterns of more than 63 letters not at all: ask Match about what
// is found.
func (p *Pattern) IndexSounds(sounds []Sound) int {
	e := &p.ear
	if e.end == 0 {
		if len(p.tokens) == 0 || len(sounds) == 0 {
			return -1
		}
		return 0
	}
	at := uint64(0)
	for i, s := range sounds {
		if s < soundInner || s >= soundHan {
			at |= 1 // a match may begin here
		}
		now := at & e.takes[s]
		if at = 0; now == 0 {
			continue
		}
		ways := e.ways[e.base[s]:]
		if now == 1 {
			at = ways[0]
		} else {
			for from := now; from != 0; from &= from - 1 {
				at |= ways[bits.OnesCount64(e.takes[s]&(from&-from-1))]
			}
		}
		if at&e.end != 0 {
			return i
		}
	}
	return -1
}
