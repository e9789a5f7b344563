package search

import (
	"math/rand/v2"
	"testing"
)

func TestAccept_L28_finds_what_reading_every_title_finds(t *testing.T) {
	for seed := range uint64(4) {
		r := tester{rand.New(rand.NewPCG(28, seed))}
		docs := r.docs(40 + r.IntN(300))
		ix := indexOf(docs)
		for range 30 {
			checkSearch(t, ix, docs, r.query(docs), r.filter())
		}
	}
}
