package search

import "strings"

// A column is many short strings in one.
type column struct {
	all string
	at  []uint32 // where each begins; one more for the end
}

// newColumn gives a column of n strings.
func newColumn(n int, get func(i int) string) column {
	size := 0
	for i := range n {
		size += len(get(i))
	}
	var all strings.Builder
	all.Grow(size)
	at := make([]uint32, 1, n+1)
	for i := range n {
		all.WriteString(get(i))
		at = append(at, uint32(all.Len()))
	}
	return column{all.String(), at}
}

func (c *column) len() int         { return len(c.at) - 1 }
func (c *column) get(i int) string { return c.all[c.at[i]:c.at[i+1]] }

// texts are many folded texts in one.
type texts struct {
	all []byte
	at  []uint32
}

// newTexts gives n texts.
func newTexts(n int, get func(i int) string) texts {
	size := 0
	for i := range n {
		size += len(get(i))
	}
	t := texts{all: make([]byte, 0, size), at: make([]uint32, 1, n+1)}
	for i := range n {
		t.all = append(t.all, get(i)...)
		t.at = append(t.at, uint32(len(t.all)))
	}
	return t
}

func (t *texts) len() int         { return len(t.at) - 1 }
func (t *texts) get(i int) []byte { return t.all[t.at[i]:t.at[i+1]:t.at[i+1]] }
