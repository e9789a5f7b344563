package catalogue

import (
	"strings"
	"unicode/utf8"

	"shuting/app/library"
)

// The most a stored record holds, in bytes or entries. Real records stay far
// below; a broken one must not fill a transaction or a screen.
const (
	maxText      = 2000
	maxSummary   = 8 << 10
	maxListed    = 100 // authors, subjects
	maxListText  = 500
	maxAltTitles = 20
	// maxISBNs keeps a title and the look-up entries of its old and new form
	// within one transaction.
	maxISBNs   = 50
	maxBarcode = 64
	maxControl = 200
	maxSource  = 64
)

// boundTitle cuts over-long text, drops bytes that are no UTF-8, and makes empty
// lists nil, as they come back from the store: equal titles compare as equal.
func boundTitle(t library.Title) library.Title {
	for _, s := range []*string{&t.Title, &t.Subtitle, &t.Author, &t.Publisher, &t.Year, &t.ISSN, &t.Class,
		&t.CallNumber, &t.Series, &t.Language, &t.Edition, &t.Extent} {
		*s = bound(*s, maxText)
	}
	t.Summary = bound(t.Summary, maxSummary)
	t.AltTitles = boundList(t.AltTitles, maxAltTitles)
	t.Authors = boundList(t.Authors, maxListed)
	t.Subjects = boundList(t.Subjects, maxListed)
	t.ISBNs = boundList(t.ISBNs, maxISBNs)
	return t
}

// boundItem does the same, and forgets what only circulation may set.
func boundItem(it library.Item) library.Item {
	it.Barcode = strings.TrimSpace(strings.ToValidUTF8(it.Barcode, ""))
	for _, s := range []*string{&it.Branch, &it.At, &it.CallNumber, &it.Place, &it.Parts} {
		*s = bound(*s, maxListText)
	}
	bare := library.Item{ID: it.ID, Barcode: it.Barcode, Branch: it.Branch, At: it.At, Type: it.Type, State: it.State,
		CallNumber: it.CallNumber, Place: it.Place, Parts: it.Parts, MinAge: it.MinAge, OnSite: it.OnSite,
		NotForLoan: it.NotForLoan, OnlyAtBranch: it.OnlyAtBranch}
	return bare
}

func boundList(list []string, most int) []string {
	var out []string
	for _, s := range list {
		if s = bound(s, maxListText); s != "" && len(out) < most {
			out = append(out, s)
		}
	}
	return out
}

// bound cuts s to at most n bytes, between characters.
func bound(s string, n int) string {
	s = strings.TrimSpace(strings.ToValidUTF8(s, ""))
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimSpace(s[:n])
}

// titleBytes is roughly what a title takes in the store.
func titleBytes(t library.Title) int {
	n := 512 + len(t.Title) + len(t.Subtitle) + len(t.Author) + len(t.Publisher) + len(t.Class) + len(t.CallNumber) +
		len(t.Series) + len(t.Edition) + len(t.Extent) + len(t.Summary) + len(t.Control)
	for _, list := range [][]string{t.AltTitles, t.Authors, t.Subjects, t.ISBNs} {
		for _, s := range list {
			n += len(s) + 4
		}
	}
	return n + len(t.ISBNs)*64
}

// itemBytes is roughly what an item takes with its look-up entry.
func itemBytes(it library.Item) int {
	return 512 + 2*len(it.Barcode) + len(it.Branch) + len(it.At) + len(it.CallNumber) + len(it.Place) + len(it.Parts)
}
