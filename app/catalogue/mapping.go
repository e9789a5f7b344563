package catalogue

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"shuting/app/catalogue/marc"
	"shuting/app/library"
)

// sourceOf names whose control number a record has: its flavour and, in MARC21,
// the agency in 003, because files of several catalogues number from 1.
func sourceOf(r *marc.Record) string {
	source := string(r.Flavour)
	if r.Flavour != marc.MARC21 {
		return source
	}
	agency := strings.Map(func(c rune) rune {
		if strings.ContainsRune(sourceLetters, c) {
			return c
		}
		return -1
	}, r.Control("003"))
	if agency == "" || len(source)+1+len(agency) > maxSource {
		return source
	}
	return source + "." + agency
}

// holding turns a mapped record into a title and its items. branches turns the
// record's branch codes into the library's; an unknown code is left open.
func holding(r *marc.Record, bib marc.Bib, branches map[string]string) Holding {
	h := Holding{Title: library.Title{
		Control:    bib.ControlNumber,
		Title:      titleText(bib),
		Subtitle:   bib.Subtitle,
		AltTitles:  bib.AltTitles,
		Publisher:  bib.Publisher,
		ISBNs:      bib.ISBNs,
		ISSN:       bib.ISSN,
		CallNumber: bib.CallNumber,
		Subjects:   bib.Subjects,
		Series:     strings.Join(bib.Series, "; "),
		Language:   bib.Language,
		Summary:    bib.Summary,
		Edition:    bib.Edition,
		Extent:     bib.Extent,
		Children:   bib.Children,
	}}
	for _, a := range bib.Authors {
		h.Title.Authors = append(h.Title.Authors, a.Name)
	}
	if len(h.Title.Authors) > 0 {
		h.Title.Author = h.Title.Authors[0]
	}
	h.Title.Authors = append(h.Title.Authors, bib.AltAuthors...)
	if bib.Year > 0 {
		h.Title.Year = strconv.Itoa(bib.Year)
	}
	if len(bib.Classes) > 0 {
		h.Title.Class = bib.Classes[0].Number
	}
	material := materialType(r, bib)
	for _, it := range bib.Items {
		kind := material
		if referenceMark(it.CallNumber, it.Location) {
			kind = library.Reference
		}
		h.Items = append(h.Items, library.Item{Barcode: it.Barcode, Branch: branches[it.Branch], Type: kind,
			CallNumber: it.CallNumber, Place: it.Location})
	}
	return h
}

// titleText tells the parts of a set from each other: they often share the title
// proper and the ISBN.
func titleText(bib marc.Bib) string {
	text := bib.Title
	for _, part := range []string{bib.PartNumber, bib.PartName} {
		switch {
		case part == "" || part == text:
		case strings.ContainsFunc(text+part, func(r rune) bool { return unicode.Is(unicode.Han, r) }):
			text += " " + part
		default:
			text += ". " + part
		}
	}
	return text
}

// serialTags say that a record describes a periodical where its leader does not:
// coded data and frequency of serials.
var serialTags = map[marc.Flavour][]string{
	marc.CNMARC: {"110", "207", "326"},
	marc.MARC21: {"310", "321", "362"},
}

func materialType(r *marc.Record, bib marc.Bib) library.ItemType {
	switch bib.Kind {
	case marc.KindSerial:
		return library.Periodical
	case marc.KindVideo, marc.KindSound, marc.KindComputer:
		return library.Audiovisual
	}
	// A book with an ISBN may well carry such a tag for its series.
	if len(bib.ISBNs) == 0 {
		for _, tag := range serialTags[r.Flavour] {
			if len(r.All(tag)) > 0 {
				return library.Periodical
			}
		}
	}
	return library.Book
}

var (
	referenceCall  = regexp.MustCompile(`(?i)^\s*(?:ref(?:erence)?(?:[^a-z]|$)|参|參|工具)`)
	referencePlace = regexp.MustCompile(`(?i)参考|參考|工具书|工具書|(?:^|[^a-z])ref(?:erence)?(?:[^a-z]|$)`)
)

// referenceMark tells whether a copy's call number or place marks it as one to
// be used in the reading room.
func referenceMark(callNumber, place string) bool {
	return referenceCall.MatchString(callNumber) || referencePlace.MatchString(place)
}
