package search

import (
	"sync"
	"unicode/utf8"

	"shuting/app/hanzi"
)

// soundsOf holds the sounds of single characters, so that the text of a
// candidate, which is read once, need not go through all of hanzi's tables.
type soundsOf struct {
	word, inner [utf8.RuneSelf]hanzi.Sound // of letters and digits
	character   [characters]hanzi.Sound
}

var sounding = sync.OnceValue(func() *soundsOf {
	s := &soundsOf{}
	for c := range byte(utf8.RuneSelf) {
		if isLatin(c) {
			both := hanzi.AppendSounds(nil, []byte{c, c})
			s.word[c], s.inner[c] = both[0], both[1]
		}
	}
	for i := range s.character {
		if one := hanzi.AppendSounds(nil, []byte(string(rune(firstCharacter+i)))); len(one) > 0 {
			s.character[i] = one[0]
		}
	}
	return s
})

// appendSounds is hanzi.AppendSounds for a folded text in parts, which it keeps
// apart.
func appendSounds(dst []hanzi.Sound, text []byte) []hanzi.Sound {
	s := sounding()
	inWord := false
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == betweenParts:
				dst, inWord = append(dst, hanzi.NoSound), false
			case !isLatin(c):
				inWord = false
			case inWord:
				dst = append(dst, s.inner[c])
			default:
				dst, inWord = append(dst, s.word[c]), true
			}
			continue
		}
		inWord = false
		if c>>4 == 0xE && i+2 < len(text) {
			r := rune(c&0xF)<<12 | rune(text[i+1]&0x3F)<<6 | rune(text[i+2]&0x3F)
			if own(r) {
				i += 3
				if sound := s.character[r-firstCharacter]; sound != hanzi.NoSound {
					dst = append(dst, sound)
				}
				continue
			}
		}
		_, size := utf8.DecodeRune(text[i:])
		dst = hanzi.AppendSounds(dst, text[i:i+size])
		i += size
	}
	return dst
}
