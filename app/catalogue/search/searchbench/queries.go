package searchbench

import (
	"fmt"
	"strings"

	"shuting/app/catalogue/search"
	"shuting/app/hanzi"
)

// asker makes queries for the titles there are.
type asker struct {
	maker
	docs []search.Doc
}

// A class is one way of asking.
type class struct {
	name string
	ask  func(asker) string
}

var classes = []class{
	{"pinyin as typed, 1 to 8 letters", func(a asker) string { return a.begun(a.pinyin(a.in("chi").Title, 4), 8) }},
	{"English as typed, 1 to 8 letters", func(a asker) string { return a.begun(a.in("eng").Title, 8) }},
	{"one letter", func(a asker) string { return string(rune('a' + a.IntN(26))) }},
	{"two characters, as frequent as in titles", func(a asker) string { return a.characters(a.in("chi").Title, 2) }},
	{"two characters, rare", func(a asker) string { return string(rare[a.IntN(len(rare))]) + string(a.rune(common)) }},
	{"two characters, absent", func(a asker) string { return "鑫" + string(a.rune(common)) }},
	{"two characters of other fields", func(a asker) string { return a.characters(a.doc().Publisher, 2) }},
	{"one character", func(a asker) string { return a.characters(a.in("chi").Title, 1) }},
	{"initials, 2 to 5", func(a asker) string { return hanzi.Initials(a.characters(a.in("chi").Title, 2+a.IntN(4))) }},
	{"initials, absent", func(a asker) string { return hanzi.Initials(string(a.rune(common))+string(a.rune(common))) + "vu" }},
	{"full pinyin", func(a asker) string { return a.pinyin(a.in("chi").Title, 2+a.IntN(4)) }},
	{"mixed", func(a asker) string { return a.mixed(a.characters(a.in("chi").Title, 2+a.IntN(3))) }},
	{"author", func(a asker) string { return a.doc().Authors[0] }},
	{"author, pinyin", func(a asker) string { return a.pinyin(a.doc().Authors[0], 3) }},
	{"ISBN", func(a asker) string { return a.doc().ISBNs[0] }},
	{"call number", func(a asker) string { return a.doc().CallNumber }},
	{"class, 2 or 3 letters and digits", func(a asker) string { return a.doc().Class[:2+a.IntN(2)] }},
	{"English words", func(a asker) string { return a.word(english) + " " + a.word(english) }},
	{"English word with a wrong letter", func(a asker) string { return a.wrong(a.word(english)) }},
	{"several words", func(a asker) string {
		d := a.in("chi")
		return a.characters(d.Title, 2) + " " + d.Authors[0] + " " + a.characters(d.Subjects[0], 2)
	}},
	{"several words, pinyin", func(a asker) string {
		d := a.in("chi")
		return a.pinyin(d.Title, 2) + " " + a.pinyin(d.Authors[0], 2)
	}},
}

func (a asker) doc() search.Doc { return a.docs[a.IntN(len(a.docs))] }

// in gives a title in a language.
func (a asker) in(language string) search.Doc {
	for {
		if d := a.doc(); d.Language == language {
			return d
		}
	}
}

// begun is the first letters of s, as many as were typed by now.
func (a asker) begun(s string, most int) string { return s[:1+a.IntN(min(most, len(s)))] }

// characters are n of s that stand together.
func (a asker) characters(s string, n int) string {
	runes := []rune(s)
	n = min(n, len(runes))
	from := a.IntN(len(runes) - n + 1)
	return string(runes[from : from+n])
}

// pinyin is that of n characters of s.
func (a asker) pinyin(s string, n int) string {
	var b strings.Builder
	part := a.characters(s, n)
	for i, syllables := range hanzi.Syllables(part) {
		if len(syllables) > 0 {
			b.WriteString(syllables[0])
		} else {
			fmt.Fprintf(&b, "%c", []rune(part)[i])
		}
	}
	return b.String()
}

// mixed is s with its first half typed in pinyin.
func (a asker) mixed(s string) string {
	runes := []rune(s)
	half := len(runes) / 2
	return a.pinyin(string(runes[:half]), half) + string(runes[half:])
}

// wrong changes one letter of a word.
func (a asker) wrong(word string) string {
	at := a.IntN(len(word))
	return word[:at] + string(rune('a'+a.IntN(26))) + word[at+1:]
}
