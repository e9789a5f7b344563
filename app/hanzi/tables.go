package hanzi

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// hanzi.bin is written by build/hanzi; its bytes are described in
// build/hanzi/binary.mjs.
//
//go:embed hanzi.bin
var embedded []byte

const format = "shuting-hanzi 1 "

// Characters live between these two; beyond them nothing has an entry.
const (
	firstRune = 0x3000
	lastRune  = 0x33000 // exclusive
	blockBits = 7
	blockSize = 1 << blockBits
)

// An entry is what the tables know of one character. Zero means nothing: it
// stands for itself, and has no reading of its own.
type entry struct {
	fold uint16 // index into targets
	list uint16 // index into lists
}

// A reading is a syllable and its tone: 5 × syllable + tone − 1, so that
// readings sort by syllable, then tone.
type reading uint16

type tables struct {
	pages   [(lastRune - firstRune) / blockSize]uint16
	entries []entry // blocks of blockSize; the first block is empty
	targets []rune  // what a character folds to; [0] is unused

	syllables []string
	lists     [][]reading // readings of a character, most frequent first; [0] is empty
	typed     [][]string  // per list, what may be typed: toneless, ü as v and as u
	primary   []uint32    // per list, the first letters of typed, bit 0 is a

	heads []uint64 // per list, the pairs its typed syllables begin with
	inner uint32   // letters a syllable can have after its first

	phrases  words
	surnames words
}

// loaded reads the tables on first use. They are part of the program and tests
// hold their sum, so damage is a fault in the build and nothing else.
var loaded = sync.OnceValue(func() *tables {
	_, body, err := open(embedded)
	if err != nil {
		panic("hanzi: embedded tables: " + err.Error())
	}
	return decode(body)
})

// open splits the file into the versions of its sources and its body, after
// checking format and sum.
func open(file []byte) (sources string, body []byte, err error) {
	header, body, found := bytes.Cut(file, []byte("\n"))
	rest, ok := strings.CutPrefix(string(header), format)
	if !found || !ok {
		return "", nil, fmt.Errorf("header is not %q", format)
	}
	sources, sum, ok := strings.Cut(rest, " sha256:")
	if got := sha256.Sum256(body); !ok || hex.EncodeToString(got[:]) != sum {
		return "", nil, fmt.Errorf("sum of the body is not %q", sum)
	}
	return sources, body, nil
}

func decode(body []byte) *tables {
	t := &tables{
		entries: make([]entry, blockSize, 512*blockSize),
		targets: make([]rune, 1, 4096),
		lists:   make([][]reading, 1, 4096),
	}
	d := decoder{body}
	t.syllables = make([]string, d.number())
	for i := range t.syllables {
		t.syllables[i] = d.text()
	}
	for range d.number() {
		list := make([]reading, d.number())
		for i := range list {
			list[i] = reading(d.number())
		}
		t.lists = append(t.lists, list)
	}
	r := rune(0)
	for range d.number() {
		r += rune(d.number())
		t.at(r).list = uint16(d.number() + 1)
	}
	index := map[rune]uint16{}
	r = 0
	for range d.number() {
		r += rune(d.number())
		to := r + rune(d.signed())
		if index[to] == 0 {
			index[to] = uint16(len(t.targets))
			t.targets = append(t.targets, to)
		}
		t.at(r).fold = index[to]
	}
	t.phrases = d.words()
	t.surnames = d.words()
	t.spell()
	t.sumUp()
	return t
}

// spell writes out, per list, what may be typed for it.
func (t *tables) spell() {
	t.typed = make([][]string, len(t.lists))
	t.primary = make([]uint32, len(t.lists))
	for i, list := range t.lists {
		for _, r := range list {
			for _, s := range typings(t.syllables[r/5]) {
				if !slices.Contains(t.typed[i], s) {
					t.typed[i] = append(t.typed[i], s)
				}
			}
		}
		for _, s := range t.typed[i] {
			t.primary[i] |= 1 << (s[0] - 'a')
		}
	}
}

// typings are the ways to type a syllable on a keyboard without ü.
func typings(syllable string) []string {
	if strings.Contains(syllable, "v") {
		return []string{syllable, strings.Replace(syllable, "v", "u", 1)}
	}
	return []string{syllable}
}

// at gives the entry of r for writing, making room for its block.
func (t *tables) at(r rune) *entry {
	page := (r - firstRune) >> blockBits
	if t.pages[page] == 0 {
		t.pages[page] = uint16(len(t.entries) >> blockBits)
		t.entries = append(t.entries, make([]entry, blockSize)...)
	}
	return &t.entries[int(t.pages[page])<<blockBits|int(r-firstRune)&(blockSize-1)]
}

func (t *tables) entry(r rune) entry {
	if r < firstRune || r >= lastRune {
		return entry{}
	}
	return t.entries[int(t.pages[(r-firstRune)>>blockBits])<<blockBits|int(r-firstRune)&(blockSize-1)]
}

// folded is the character that stands for r's class, and the readings of all
// of its class.
func (t *tables) folded(r rune) (rune, uint16) {
	e := t.entry(r)
	if e.fold != 0 {
		r = t.targets[e.fold]
		e = t.entry(r)
	}
	return r, e.list
}

// own is the list of r's own readings: those of its class when it has no other.
func (t *tables) own(r rune) uint16 {
	if e := t.entry(r); e.list != 0 {
		return e.list
	}
	_, list := t.folded(r)
	return list
}

// A decoder reads what build/hanzi/binary.mjs wrote; the sum was checked
// before, so it does not look for errors.
type decoder struct{ rest []byte }

func (d *decoder) number() int {
	n, size := binary.Uvarint(d.rest)
	d.rest = d.rest[size:]
	return int(n)
}

func (d *decoder) signed() int {
	n := d.number()
	return n>>1 ^ -(n & 1)
}

func (d *decoder) text() string {
	n := d.number()
	s := string(d.rest[:n])
	d.rest = d.rest[n:]
	return s
}
