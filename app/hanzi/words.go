package hanzi

import "slices"

// words are phrases, or surnames, in folded characters, each with the reading
// of every character. Sorted, so that all words with one first character stand
// together.
type words struct {
	starts  map[rune]span
	all     []word
	longest int // characters
}

type span struct{ from, to int32 }

type word struct {
	text   []rune
	choice []uint8 // per character, the index into the readings of its class
}

func (d *decoder) words() words {
	w := words{starts: map[rune]span{}, all: make([]word, d.number())}
	var before []rune
	for i := range w.all {
		text := slices.Clone(before[:d.number()])
		for range d.number() {
			text = append(text, rune(d.number()))
		}
		choice := make([]uint8, len(text))
		for k := range choice {
			choice[k] = uint8(d.number())
		}
		w.all[i] = word{text, choice}
		s, known := w.starts[text[0]]
		if !known {
			s.from = int32(i)
		}
		s.to = int32(i + 1)
		w.starts[text[0]] = s
		w.longest = max(w.longest, len(text))
		before = text
	}
	return w
}

// find gives the longest word that text begins with.
func (w *words) find(text []rune) (word, bool) {
	if len(text) == 0 {
		return word{}, false
	}
	s := w.starts[text[0]]
	group := w.all[s.from:s.to]
	for n := min(len(text), w.longest); n > 0; n-- {
		at, found := slices.BinarySearchFunc(group, text[:n], func(a word, b []rune) int { return slices.Compare(a.text, b) })
		if found {
			return group[at], true
		}
	}
	return word{}, false
}
