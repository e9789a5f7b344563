package marc

import (
	"errors"
	"fmt"
	"regexp"
)

// Mapping says, as data, which fields of one flavour fill a Bib. Where a Bib has
// one value the first rule that yields one wins; where it has several all rules
// add to them, except that Series stops at the first rule that yields any.
type Mapping struct {
	ControlNumber  []Rule
	Title          []Rule
	Subtitle       []Rule // a part that begins or follows with "=" is a parallel title
	PartNumber     []Rule
	PartName       []Rule
	AltTitle       []Rule
	Author         []Rule
	Responsibility []Rule // also gives the authors where no Author rule does
	Edition        []Rule
	Place          []Rule
	Publisher      []Rule
	Year           []Rule
	Extent         []Rule
	Price          []Rule
	Series         []Rule
	ISBN           []Rule
	ISSN           []Rule
	Language       []Rule
	Class          []Rule
	CallNumber     []Rule
	Subject        []Rule
	Summary        []Rule
	Audience       []Rule // codes for readers

	Items          []ItemRule
	BarcodePattern string // regular expression (RE2); a value that does not match is no item

	// OriginalScript is the tag of fields that repeat another one in its
	// original script and name it in $6; "" if the flavour has none.
	OriginalScript string
}

// Rule takes one value from each field with its tag.
type Rule struct {
	Tag   string // three characters
	Ind2  string // if set, only fields with this second indicator
	Codes string // subfields to take, in record order; "" takes the value of a control field
	Join  string // between the subfields; " " if empty
	Each  bool   // every subfield is a value of its own

	Start, Length int // if Length is set, only these bytes, from 0, of a fixed field

	WhenCode  string // if set, only fields whose subfield with this code ...
	WhenValue string // ... has this value
	Role      string // for authors: subfields that tell the role, the best first
	Scheme    string // for classes: the scheme's name, or "$2" for the value of subfield 2
}

// ItemRule makes items from the fields with its tag, one for each barcode.
type ItemRule struct {
	Tag        string
	Barcode    string // subfield code
	CallNumber string // subfield codes, joined in record order
	CallJoin   string // between them; " " if empty
	Branch     string // subfield code
	Location   string // subfield code
}

// Mappings is the mapping of each flavour.
type Mappings map[Flavour]Mapping

// DefaultBarcodePattern accepts the usual numbers of Chinese and foreign
// libraries: at least five digits, up to four letters before, one after.
const DefaultBarcodePattern = `^[A-Za-z]{0,4}[0-9]{5,18}[A-Za-z]?$`

// Default returns the mappings that fit the usual practice of MARC21 and CNMARC
// cataloguing. The caller may change them.
func Default() Mappings {
	return Mappings{MARC21: defaultMARC21(), CNMARC: defaultCNMARC(), Table: defaultTable()}
}

func (m Mapping) lists() map[string][]Rule {
	return map[string][]Rule{
		"ControlNumber": m.ControlNumber, "Title": m.Title, "Subtitle": m.Subtitle,
		"PartNumber": m.PartNumber, "PartName": m.PartName, "AltTitle": m.AltTitle,
		"Author": m.Author, "Responsibility": m.Responsibility, "Edition": m.Edition,
		"Place": m.Place, "Publisher": m.Publisher, "Year": m.Year, "Extent": m.Extent,
		"Price": m.Price, "Series": m.Series, "ISBN": m.ISBN, "ISSN": m.ISSN,
		"Language": m.Language, "Class": m.Class, "CallNumber": m.CallNumber,
		"Subject": m.Subject, "Summary": m.Summary, "Audience": m.Audience,
	}
}

// check names the first thing that cannot be a mapping, and the pattern ready
// for use.
func (m Mapping) check() (*regexp.Regexp, error) {
	if len(m.Title) == 0 {
		return nil, errors.New("no rule for Title")
	}
	for name, rules := range m.lists() {
		for _, r := range rules {
			if err := r.Check(); err != nil {
				return nil, fmt.Errorf("rule of %s: %w", name, err)
			}
		}
	}
	for _, r := range m.Items {
		if err := r.Check(); err != nil {
			return nil, fmt.Errorf("rule of Items: %w", err)
		}
	}
	if m.OriginalScript != "" && len(m.OriginalScript) != 3 {
		return nil, fmt.Errorf("tag of OriginalScript: %q is not three characters", m.OriginalScript)
	}
	pattern, err := regexp.Compile(m.BarcodePattern)
	if err != nil {
		return nil, fmt.Errorf("pattern of barcodes: %w", err)
	}
	return pattern, nil
}

// Check names the first thing that cannot be a rule.
func (r Rule) Check() error {
	switch {
	case len(r.Tag) != 3:
		return fmt.Errorf("tag %q is not three characters", r.Tag)
	case len(r.Ind2) > 1:
		return fmt.Errorf("%s: indicator %q is not one character", r.Tag, r.Ind2)
	case len(r.WhenCode) > 1:
		return fmt.Errorf("%s: condition on %q is not one subfield code", r.Tag, r.WhenCode)
	case r.Start < 0 || r.Length < 0:
		return fmt.Errorf("%s: start %d, length %d: must not be negative", r.Tag, r.Start, r.Length)
	}
	return nil
}

// Check names the first thing that cannot be a rule.
func (r ItemRule) Check() error {
	if len(r.Tag) != 3 {
		return fmt.Errorf("tag %q is not three characters", r.Tag)
	}
	for _, one := range []struct{ name, code string }{{"barcode", r.Barcode}, {"branch", r.Branch}, {"location", r.Location}} {
		if len(one.code) > 1 || one.name == "barcode" && one.code == "" {
			return fmt.Errorf("%s: %s %q is not one subfield code", r.Tag, one.name, one.code)
		}
	}
	return nil
}
