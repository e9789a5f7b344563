package hanzi

import "slices"

// unread marks a character without a reading among chosen readings.
const unread = reading(0xFFFF)

// Readings gives the syllables r can be read as, without tones, most frequent
// first; ü is given as it is typed, as v and as u (lv, lu). A character without
// readings of its own has those of its simplified form; nil when none is known
// or r is no Chinese character.
func Readings(r rune) []string {
	t := loaded()
	return slices.Clone(t.typed[t.own(r)])
}

// Syllables gives, for every character (rune) of text, the syllables it can be
// read as: first the one it has in the word it stands in (重庆 chong, 重量
// zhong), then the others. Characters that are not Chinese have nil.
func Syllables(text string) [][]string {
	t := loaded()
	runes := []rune(text)
	all := make([][]string, len(runes))
	for i, chosen := range t.choose(runes, false) {
		if chosen == unread {
			continue
		}
		all[i] = typings(t.syllables[chosen/5])
		for _, s := range t.typed[t.own(runes[i])] {
			if !slices.Contains(all[i], s) {
				all[i] = append(all[i], s)
			}
		}
	}
	return all
}

// Initials gives the first letters of text as a reader would type them
// (红楼梦 hlm, AI时代 aisd): one per Chinese character, by its reading in its
// word; Latin letters and digits as they are, folded; nothing else.
func Initials(text string) string {
	t := loaded()
	runes := []rune(text)
	var out []byte
	var room [32]byte
	for i, chosen := range t.choose(runes, false) {
		if chosen != unread {
			out = append(out, t.syllables[chosen/5][0])
			continue
		}
		for _, c := range AppendFold(room[:0], string(runes[i])) {
			if isWord(c) {
				out = append(out, c)
			}
		}
	}
	return string(out)
}

// choose picks one reading per character: by the longest word of the tables
// that begins there, otherwise the character's most frequent one. For a name
// the surname comes first.
func (t *tables) choose(text []rune, name bool) []reading {
	folded := make([]rune, len(text))
	for i, r := range text {
		folded[i], _ = t.folded(r)
	}
	chosen := make([]reading, 0, len(text))
	take := func(w word) {
		for k, choice := range w.choice {
			_, list := t.folded(w.text[k])
			chosen = append(chosen, t.lists[list][choice])
		}
	}
	if name && isPersonal(text) {
		if w, ok := t.surnames.find(folded); ok {
			take(w)
		}
	}
	for len(chosen) < len(text) {
		i := len(chosen)
		if w, ok := t.phrases.find(folded[i:]); ok {
			take(w)
			continue
		}
		pick := unread
		if list := t.lists[t.own(text[i])]; len(list) > 0 {
			pick = list[0]
		}
		chosen = append(chosen, pick)
	}
	return chosen
}

// isPersonal reports whether a name begins like a person's: two to four
// characters and then nothing Chinese. 华东师范大学 is no Mr Hua.
func isPersonal(name []rune) bool {
	n := 0
	for n < len(name) && IsHan(name[n]) {
		n++
	}
	return n >= 2 && n <= 4
}
