package search

import (
	"iter"
	"slices"
	"sort"
	"strings"
)

// A word of this many letters may have one of them wrong.
const (
	shortestNear = 5
	shortestWord = shortestNear - 1 // that it may be meant for
)

// latinWords gives the words of Latin letters in a folded text.
func latinWords(text []byte) iter.Seq[[]byte] {
	return func(use func([]byte) bool) {
		from := -1
		for i, c := range text {
			switch letter := c >= 'a' && c <= 'z'; {
			case letter && from < 0:
				from = i
			case !letter && from >= 0:
				if !use(text[from:i]) {
					return
				}
				from = -1
			}
		}
		if from >= 0 {
			use(text[from:])
		}
	}
}

// vocabulary are the different Latin words of a segment, shorter ones first.
type vocabulary struct{ column }

func newVocabulary(known map[string]struct{}) vocabulary {
	words := make([]string, 0, len(known))
	for w := range known {
		words = append(words, w)
	}
	slices.SortFunc(words, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	return vocabulary{newColumn(len(words), func(i int) string { return words[i] })}
}

// near gives the words that are one wrong, missing or additional letter, or two
// that changed places, away from word. An s at the end of a word is no letter
// that anybody has to type: charlote means Charlotte's.
func (v vocabulary) near(word string) (found []string) {
	from := sort.Search(v.len(), func(i int) bool { return len(v.get(i)) >= len(word)-1 })
	for i := from; i < v.len(); i++ {
		w := v.get(i)
		if len(w) > len(word)+2 {
			break
		}
		if nearWord(word, w) {
			found = append(found, w)
		}
	}
	return found
}

func nearWord(typed, word string) bool {
	bare := strings.TrimSuffix(word, "s")
	return oneApart(typed, word) || len(bare) >= shortestWord && oneApart(typed, bare)
}

// oneApart reports whether a and b differ by one letter, wrong, missing or too
// many, or by two neighbours that changed places.
func oneApart(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch len(b) - len(a) {
	case 0:
		if i == len(a) {
			return false
		}
		if a[i+1:] == b[i+1:] {
			return true
		}
		return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	case 1:
		return a[i:] == b[i+1:]
	}
	return false
}
