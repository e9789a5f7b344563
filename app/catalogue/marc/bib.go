package marc

// Bib is what a library shows and searches of one record, in plain text: no
// ISBD punctuation at the ends, no control characters, no runs of spaces. Fields
// a record does not have are empty. Slices are in the order of the mapping's
// rules, then of the record, without repetitions.
type Bib struct {
	ControlNumber string // 001
	Kind          Kind

	Title      string // never empty unless Map reports TitleMissing
	Subtitle   string
	PartNumber string
	PartName   string
	AltTitles  []string // titles in the original script, parallel and variant titles

	Authors        []Author // the main one first
	AltAuthors     []string // their names in the original script
	Responsibility string   // as printed on the title page

	Edition   string
	Place     string
	Publisher string
	Year      int // of publication, 1000-2099; 0 unknown
	Extent    string
	Price     string // as printed, with its currency
	Series    []string

	ISBNs    []string // valid ones only, as 13 digits
	ISSN     string   // valid, as 1234-567X
	Language string   // three letters of ISO 639-2

	Classes    []Class // the mapping's favourite first
	CallNumber string
	Subjects   []string
	Summary    string

	Children bool // made for children under 14, as the record's code for its readers says

	Items []Item
}

// Author is a person or body with a share in the work.
type Author struct {
	Name string
	Role string // as the record says it: a word or a relator code
}

// Class is a place in a classification.
type Class struct {
	Scheme string // "clc" (中图法), "ddc", "lcc", "udc", or what the record names
	Number string
}

// Item is one copy with a barcode.
type Item struct {
	Barcode    string
	CallNumber string // the copy's own, else the title's
	Branch     string
	Location   string
}

// Kind is the sort of material, from the leader.
type Kind string

// The kinds. A leader that names none of them gives "".
const (
	KindBook      Kind = "book"
	KindSerial    Kind = "serial"
	KindScore     Kind = "score"
	KindMap       Kind = "map"
	KindVideo     Kind = "video"
	KindSound     Kind = "sound"
	KindPicture   Kind = "picture"
	KindComputer  Kind = "computer"
	KindKit       Kind = "kit"
	KindThreeDims Kind = "object"
)

// kind reads leader positions 6 and 7, which MARC21 and UNIMARC share but for
// "b" (manuscripts in UNIMARC), "l" and "m" (computer files: m in MARC21, l in
// UNIMARC, whose m is multimedia).
func kind(leader string, flavour Flavour) Kind {
	if len(leader) < 8 {
		return ""
	}
	switch leader[6] {
	case 'a', 't', 'b':
		if leader[7] == 's' || leader[7] == 'i' && flavour == MARC21 {
			return KindSerial
		}
		return KindBook
	case 'c', 'd':
		return KindScore
	case 'e', 'f':
		return KindMap
	case 'g':
		return KindVideo
	case 'i', 'j':
		return KindSound
	case 'k':
		return KindPicture
	case 'l':
		return KindComputer
	case 'm':
		if flavour == CNMARC {
			return KindKit
		}
		return KindComputer
	case 'o', 'p':
		return KindKit
	case 'r':
		return KindThreeDims
	}
	return ""
}
