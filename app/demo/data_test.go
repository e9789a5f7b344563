package demo

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shuting/app/config"
	"shuting/app/library"
	"shuting/app/patrons"
)

func mustLoad(tb testing.TB) *data {
	tb.Helper()
	d, err := load()
	if err != nil {
		tb.Fatal(err)
	}
	return d
}

// patterns are what the kiosk takes for a card and for an item unless its
// settings say otherwise.
func patterns(tb testing.TB) (card, item *regexp.Regexp) {
	tb.Helper()
	card, item, err := config.Default().Scan.Compile()
	if err != nil {
		tb.Fatal(err)
	}
	return card, item
}

// classes of the Chinese Library Classification: A to Z without L, M, W and Y.
var class = regexp.MustCompile(`^[A-KN-VXZ][A-Z]?[0-9.\-]*$`)

func TestAccept_L27_titles_are_sound(t *testing.T) {
	d := mustLoad(t)
	if len(d.titles) < 500 {
		t.Errorf("%d titles, 500 are promised", len(d.titles))
	}
	keys, calls, isbns, texts := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	count := map[string]int{}
	for _, row := range d.titles {
		if keys[row.key] || !regexp.MustCompile(`^[a-z0-9]+$`).MatchString(row.key) {
			t.Errorf("%s: key used twice, or not of a-z and 0-9", row.key)
		}
		if calls[row.CallNumber] || !class.MatchString(row.Class) {
			t.Errorf("%s: call number %s is used twice, or %s is no class", row.key, row.CallNumber, row.Class)
		}
		if texts[row.Title.Title] {
			t.Errorf("%s: %s is there twice", row.key, row.Title.Title)
		}
		keys[row.key], calls[row.CallNumber], texts[row.Title.Title] = true, true, true
		for _, isbn := range row.ISBNs {
			if isbns[isbn] || !library.IsISBN13(isbn) {
				t.Errorf("%s: ISBN %s is used twice or wrong", row.key, isbn)
			}
			isbns[isbn] = true
		}
		if !regexp.MustCompile(`^((19|20)[0-9]{2})?$`).MatchString(row.Year) {
			t.Errorf("%s: year %q", row.key, row.Year)
		}
		if row.place == "" || len(row.Subjects) == 0 {
			t.Errorf("%s: no place or no subject", row.key)
		}
		if row.Summary != "" {
			count["with a summary"]++
		}
		if !row.Children && strings.Contains(row.place, "少儿区") {
			t.Errorf("%s: stands with the children's books, but is none", row.key)
		}
		if row.added > longAgo {
			t.Errorf("%s: came %d days ago, before those that came long ago", row.key, row.added)
		}
		if row.added > 0 && row.added < 30 {
			count["new this month"]++
		}
		if row.Children {
			count["for children"]++
		}
		if strings.Contains(row.place, "A7") {
			count["traditional"]++
		}
		count["of class "+row.Class[:1]]++
		if slices.ContainsFunc(row.Subjects, func(s string) bool { return s == "唐山" || s == "Tangshan" || s == "冀东" }) {
			count["of the town"]++
		}
		count[row.Language]++
		count[string(row.itemType)]++
	}
	for what, least := range map[string]int{"chi": 400, "eng": 40, "traditional": 25, "of the town": 18, "with a summary": 400,
		"new this month": 25, "for children": 90, "book": 480, "periodical": 14, "reference": 8} {
		if count[what] < least {
			t.Errorf("%d titles are %s, at least %d are promised", count[what], what, least)
		}
	}
	for _, letter := range "ABCDEFGHIJKNOPQRSTUVXZ" {
		if count["of class "+string(letter)] < 4 {
			t.Errorf("%d titles are of class %c", count["of class "+string(letter)], letter)
		}
	}
	if n := count["chi"] + count["eng"]; n != len(d.titles) {
		t.Errorf("%d titles are in another language", len(d.titles)-n)
	}
}

func TestAccept_L27_copies_are_sound(t *testing.T) {
	d := mustLoad(t)
	card, item := patterns(t)
	seen, copies := map[string]bool{}, map[string]int{}
	for _, row := range d.items {
		if seen[row.Barcode] || !item.MatchString(row.Barcode) || card.MatchString(row.Barcode) {
			t.Errorf("%s: used twice, or not an item's barcode", row.Barcode)
		}
		seen[row.Barcode] = true
		copies[row.title]++
		if row.label != "" && !slices.Contains(bookOrder, row.label) {
			t.Errorf("%s: %q has no place on the strip", row.Barcode, row.label)
		}
	}
	several := 0
	for _, row := range d.titles {
		if copies[row.key] == 0 {
			t.Errorf("%s: no copy", row.key)
		}
		if copies[row.key] > 1 {
			several++
		}
	}
	if several < 150 || len(d.items) < 750 {
		t.Errorf("%d copies, %d titles with several", len(d.items), several)
	}
	if seen[strangerBarcode] || !item.MatchString(strangerBarcode) {
		t.Error("the unknown barcode is known or no barcode")
	}
}

func TestAccept_L16_readers_are_sound(t *testing.T) {
	card, _ := patterns(t)
	if len(people) < 12 {
		t.Errorf("%d readers, 12 are promised", len(people))
	}
	seen := map[string]bool{strangerCard: true}
	numbers := []string{strangerCard}
	for _, p := range people {
		for _, once := range []string{"key " + p.key, p.card, p.pin, p.name} {
			if seen[once] {
				t.Errorf("%s: %q is used twice", p.key, once)
			}
			seen[once] = true
		}
		if !patrons.ValidPIN(p.pin) {
			t.Errorf("%s: no PIN", p.key)
		}
		if p.guardian != "" && !seen["key "+p.guardian] {
			t.Errorf("%s: the guardian %q comes later or never", p.key, p.guardian)
		}
		numbers = append(numbers, p.card)
	}
	for _, number := range numbers {
		if !card.MatchString(number) || !library.CardNumberValid(number) {
			t.Errorf("%s is no card number", number)
		}
	}
}

func TestSteps_have_names_that_last(t *testing.T) {
	f := &filler{o: Options{Kiosk: kiosk, Branch: branch}, d: mustLoad(t)}
	seen := map[string]bool{}
	for _, s := range f.steps() {
		// The part behind the last "-" belongs to the command, the part before it
		// is the kiosk; "/" parts the keys of the store.
		if seen[s.name] || !regexp.MustCompile(`^[a-z0-9.]+$`).MatchString(s.name) || s.ago <= 0 {
			t.Errorf("step %q: name used twice or not of a-z, 0-9 and dots, or not in the past", s.name)
		}
		seen[s.name] = true
	}
}

func TestDocs_name_every_card_and_book(t *testing.T) {
	text, err := os.ReadFile("../../docs/demo.md")
	if err != nil {
		t.Fatal(err)
	}
	line := func(first string) string {
		for _, l := range strings.Split(string(text), "\n") {
			if strings.HasPrefix(l, "| "+first+" ") {
				return l
			}
		}
		return ""
	}
	has := func(l string, parts ...string) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(l, p) })
	}
	for _, p := range people {
		if !has(line(p.card), p.pin, p.name, "`"+p.label+"`") && p.label != "" || !has(line(p.card), p.pin, p.name) {
			t.Errorf("card of %s: number, PIN, name or label is missing", p.key)
		}
	}
	for _, b := range Samples().Books {
		if !has(line(b.Barcode), b.Title, "`"+b.Label+"`") {
			t.Errorf("book %s (%s): barcode, title or label is missing", b.Barcode, b.Label)
		}
	}
	if !has(line(strangerCard), "`unknown`") {
		t.Error("the unknown card is missing")
	}
}
