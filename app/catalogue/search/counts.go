package search

import (
	"strings"
	"unicode/utf8"
)

// Has reports whether a title is in the Index.
func (ix *Index) Has(id string) bool {
	for _, p := range ix.now.Load().parts {
		if doc, ok := p.find(id); ok && !p.dead.has(doc) {
			return true
		}
	}
	return false
}

// Classes gives how many titles there are in every main class and in the
// classes right below: the number of those whose class begins with the one or
// two characters, upper case, that are the key ("T", "TP"). A title without a
// class is in none. It reads four bytes of every title.
func (ix *Index) Classes() map[string]int {
	counts := map[string]int{}
	for _, p := range ix.now.Load().parts {
		living := p.living(p.class, p.classes.len())
		for from := 0; from < len(living); {
			// Classes are sorted, so those with the same beginning stand together.
			two := beginning(p.classes.get(from), 2)
			n := 0
			for ; from < len(living) && beginning(p.classes.get(from), 2) == two; from++ {
				n += living[from]
			}
			if one := beginning(two, 1); n > 0 && one != "" {
				counts[strings.ToUpper(one)] += n
				if one != two {
					counts[strings.ToUpper(two)] += n
				}
			}
		}
	}
	return owned(counts)
}

// beginning gives at most so many characters of s.
func beginning(s string, characters int) string {
	end := 0
	for range characters {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}

// Languages gives how many titles there are in every language; those of which
// it is not known are not counted.
func (ix *Index) Languages() map[string]int {
	counts := map[string]int{}
	for _, p := range ix.now.Load().parts {
		for language, n := range p.living(p.language, p.languages.len()) {
			if name := p.languages.get(language); name != "" && n > 0 {
				counts[name] += n
			}
		}
	}
	return owned(counts)
}

// living gives how many of the documents that are alive have each of n numbers.
func (p part) living(numbers []uint32, n int) []int {
	counts := make([]int, n)
	for doc, number := range numbers {
		if !p.dead.has(uint32(doc)) {
			counts[number]++
		}
	}
	return counts
}

// owned gives counts under names of their own: a name may be part of a whole
// segment, and a caller may keep it for longer.
func owned(counts map[string]int) map[string]int {
	out := make(map[string]int, len(counts))
	for name, n := range counts {
		out[strings.Clone(name)] = n
	}
	return out
}
