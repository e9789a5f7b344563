package hanzi

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestEmbeddedTablesAreWhatTheGeneratorPins(t *testing.T) {
	sources, body, err := open(embedded)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("../../build/hanzi/package.json")
	if err != nil {
		t.Fatal(err)
	}
	var pinned struct {
		Dependencies map[string]string `json:"dependencies"`
	}
	if err := json.Unmarshal(raw, &pinned); err != nil {
		t.Fatal(err)
	}
	var want []string
	for name, version := range pinned.Dependencies {
		want = append(want, name+"@"+version)
	}
	slices.Sort(want)
	if sources != strings.Join(want, " ") {
		t.Errorf("tables are from %q, package.json pins %q: run the generator", sources, want)
	}
	if len(body) > 1<<20 {
		t.Errorf("tables are %d bytes; they are meant to stay under 1 MiB", len(body))
	}
}

func TestDamagedTablesAreRefused(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"one bit":     func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"cut":         func(b []byte) []byte { return b[:len(b)-1] },
		"empty":       func([]byte) []byte { return nil },
		"next format": func(b []byte) []byte { b[len(format)-2]++; return b },
	} {
		if _, _, err := open(damage(slices.Clone(embedded))); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

// gb2312 gives the 6,763 characters every reader of Chinese may type.
func gb2312(t *testing.T) []rune {
	t.Helper()
	var all []rune
	decoder := simplifiedchinese.GBK.NewDecoder()
	for row := byte(0xB0); row <= 0xF7; row++ {
		for cell := byte(0xA1); cell <= 0xFE; cell++ {
			if row == 0xD7 && cell > 0xF9 {
				continue
			}
			s, err := decoder.String(string([]byte{row, cell}))
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, []rune(s)...)
		}
	}
	if len(all) != 6763 {
		t.Fatalf("%d characters", len(all))
	}
	return all
}

func TestEveryOrdinaryCharacterCanBeRead(t *testing.T) {
	for _, r := range gb2312(t) {
		readings := Readings(r)
		if len(readings) == 0 {
			t.Errorf("%c has no reading", r)
		}
		for _, s := range readings {
			if len(s) == 0 || len(s) > len("zhuang") || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") != "" {
				t.Errorf("%c is read %q", r, s)
			}
		}
	}
}

func TestWhatStandsForAClassStandsForItself(t *testing.T) {
	tables := loaded()
	folded := 0
	for r := rune(firstRune); r < lastRune; r++ {
		to, list := tables.folded(r)
		if to == r {
			continue
		}
		folded++
		if again, _ := tables.folded(to); again != to {
			t.Errorf("%c folds to %c, that to %c", r, to, again)
		}
		if own := tables.typed[tables.entry(r).list]; len(own) > 0 {
			for _, s := range own {
				if !slices.Contains(tables.typed[list], s) {
					t.Errorf("%c is read %s, %c, which stands for it, is not", r, s, to)
				}
			}
		}
	}
	if folded < 5000 {
		t.Errorf("only %d characters are folded", folded)
	}
}

func TestWordsChooseAmongTheReadingsTheCharactersHave(t *testing.T) {
	tables := loaded()
	for _, w := range slices.Concat(tables.phrases.all, tables.surnames.all) {
		for i, r := range w.text {
			if to, list := tables.folded(r); to != r || int(w.choice[i]) >= len(tables.lists[list]) {
				t.Errorf("%s: %c", string(w.text), r)
			}
		}
	}
}
