package hanzi

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// shelf makes titles like a library's: eight to twenty characters, some with
// signs, Latin letters or traditional forms.
func shelf(n int) []string {
	rng := rand.New(rand.NewPCG(3, 1))
	titles := make([]string, n)
	for i := range titles {
		var b strings.Builder
		for range 1 + rng.IntN(3) {
			b.WriteString(found[rng.IntN(len(found))].title)
		}
		if rng.IntN(4) == 0 {
			b.WriteString("：" + scripts[rng.IntN(len(scripts))][1])
		}
		titles[i] = b.String()
	}
	return titles
}

func folded(titles []string) [][]byte {
	out := make([][]byte, len(titles))
	for i, s := range titles {
		out[i] = []byte(Fold(s))
	}
	return out
}

func BenchmarkAppendFold(b *testing.B) {
	for name, titles := range map[string][]string{
		"titles":  shelf(4096),
		"latin":   {"Pride and Prejudice and Alice's Adventures in Wonderland"},
		"accents": {"Les Misérables où l'été Œuvres complètes Łódź", "Война и мир"},
		"signs":   {"“三体”——地球往事·第①部（Ⅳ）……"},
	} {
		b.Run(name, func(b *testing.B) {
			size := 0
			for _, s := range titles {
				size += len(s)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			room := make([]byte, 0, 1024)
			for b.Loop() {
				for _, s := range titles {
					room = AppendFold(room[:0], s)
				}
			}
		})
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		_, body, err := open(embedded)
		if err != nil {
			b.Fatal(err)
		}
		decode(body)
	}
}

// Per title.
func BenchmarkTitle(b *testing.B) {
	titles := folded(shelf(4096))
	sounds := make([][]Sound, len(titles))
	for i, text := range titles {
		sounds[i] = AppendSounds(nil, text)
	}
	each := func(name string, do func(i int)) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				do(i & 4095)
			}
		})
	}
	room := make([]Sound, 0, 256)
	each("AppendSounds", func(i int) { room = AppendSounds(room[:0], titles[i]) })
	each("Signature", func(i int) { _ = Signature(titles[i]) })
	each("SortKey", func(i int) { _ = SortKey(string(titles[i])) })
	for _, q := range []string{"hlm", "hongloumeng", "hong楼", "zhong"} {
		p := NewPattern(q)
		each("Match/"+q, func(i int) { p.Match(titles[i]) })
		each("IndexSounds/"+q, func(i int) { p.IndexSounds(sounds[i]) })
	}
	each("NewPattern", func(int) { NewPattern("hongloumeng") })
}
