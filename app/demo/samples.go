package demo

// Card is a card of the demo strip; a tap acts as its scan. Label is a code.
type Card struct {
	Number string
	Label  string
}

// Book is a copy of the demo strip. Title and Author are empty for a barcode
// that belongs to nothing.
type Book struct {
	Barcode string
	Title   string
	Author  string
	Label   string
}

// SampleSet is what the demo strip offers, in its order.
type SampleSet struct {
	Cards []Card
	Books []Book
}

// Labels that are not found in items.tsv or people.go.
const (
	labelUnknown = "unknown" // a number nobody has, a barcode on nothing of ours
	labelISBN    = "isbn"    // the publisher's barcode instead of the library's
)

// strangerBarcode is well formed and on no copy.
const strangerBarcode = "LQ999901"

// bookOrder is the order on the strip: what is lent at once, what leads to a
// question, what is refused.
var bookOrder = []string{
	"available", "periodical", "ready", "lost",
	"yours", "copy", "parts",
	"on_loan", "reserved", "age", "not_for_loan", "reference", "on_site", "transit", "branch", "damaged", "withdrawn",
}

// Samples are the cards and books of the strip. It needs no filled library: the
// numbers are always the same.
func Samples() SampleSet {
	var s SampleSet
	for _, p := range people {
		if p.label != "" {
			s.Cards = append(s.Cards, Card{Number: p.card, Label: p.label})
		}
	}
	s.Cards = append(s.Cards, Card{Number: strangerCard, Label: labelUnknown})
	d, err := load()
	if err != nil {
		return s // Fill tells what is wrong with the files
	}
	for _, label := range bookOrder {
		for _, it := range d.items {
			if it.label == label {
				t, _ := d.title(it.title)
				s.Books = append(s.Books, Book{Barcode: it.Barcode, Title: t.Title.Title, Author: t.Author, Label: label})
			}
		}
	}
	first := d.titles[0]
	s.Books = append(s.Books, Book{Barcode: first.ISBNs[0], Title: first.Title.Title, Author: first.Author, Label: labelISBN})
	s.Books = append(s.Books, Book{Barcode: strangerBarcode, Label: labelUnknown})
	return s
}
