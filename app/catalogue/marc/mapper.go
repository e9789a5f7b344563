package marc

import (
	"fmt"
	"regexp"
	"slices"
)

// Mapper turns Records into Bibs. It is safe for concurrent use.
type Mapper struct {
	flavours map[Flavour]flavourMapping
}

type flavourMapping struct {
	Mapping
	barcode *regexp.Regexp
}

// NewMapper checks the mappings, which need at least a title rule each. The
// error names the flavour and the rule that is wrong.
func NewMapper(mappings Mappings) (*Mapper, error) {
	m := &Mapper{flavours: make(map[Flavour]flavourMapping, len(mappings))}
	for flavour, mapping := range mappings {
		pattern, err := mapping.check()
		if err != nil {
			return nil, fmt.Errorf("marc: mapping %s: %w", flavour, err)
		}
		m.flavours[flavour] = flavourMapping{Mapping: mapping, barcode: pattern}
	}
	return m, nil
}

// Map reads the record by the mapping of its flavour. If a problem Blocks, the
// record is to be listed (Record.Skip) instead of imported; the other problems
// name values left out. A flavour without a mapping yields no title.
func (m *Mapper) Map(record *Record) (Bib, []Problem) {
	f := m.flavours[record.Flavour]
	v := newView(record, f.OriginalScript)
	bib := Bib{
		ControlNumber: v.first(f.ControlNumber, plain),
		Kind:          kind(record.Leader, record.Flavour),
		Edition:       v.first(f.Edition, element),
		Place:         v.first(f.Place, element),
		Publisher:     v.first(f.Publisher, heading),
		Extent:        v.first(f.Extent, element),
		Price:         v.first(f.Price, element),
		Series:        v.series(f.Series),
		CallNumber:    v.first(f.CallNumber, plain),
		Subjects:      v.all(nil, f.Subject, heading),
		Summary:       v.summary(f.Summary),

		Responsibility: v.first(f.Responsibility, heading),
	}
	v.titles(&bib, f.Mapping)
	v.authors(&bib, f.Mapping)
	v.classes(&bib, f.Class)
	v.each(f.Year, plain, func(_ *Field, value string) bool {
		bib.Year = year(value)
		return bib.Year == 0
	})
	v.each(f.Language, plain, func(_ *Field, value string) bool {
		if len(value) >= 3 && isLetters([]byte(value[:3])) && value[:3] != "und" {
			bib.Language = value[:3]
		}
		return bib.Language == ""
	})
	v.each(f.Audience, plain, func(_ *Field, value string) bool {
		bib.Children = forChildren(record, value)
		return !bib.Children
	})
	v.standardNumbers(&bib, f.Mapping)
	v.items(&bib, f)
	if bib.Title == "" {
		v.problems = append(v.problems, untitled(record))
	}
	return bib, v.problems
}

// untitled tells holdings and authority records, which have no title by nature,
// from books whose title is missing.
func untitled(record *Record) Problem {
	if record.Flavour == MARC21 && len(record.Leader) > 6 {
		switch kind := record.Leader[6]; kind {
		case 'u', 'v', 'x', 'y', 'z', 'q', 'w':
			return Problem{Reason: NotBibliographic, Params: map[string]string{"type": string(rune(kind))}}
		}
	}
	return Problem{Reason: TitleMissing}
}

func (v *view) titles(bib *Bib, m Mapping) {
	bib.Title = v.first(m.Title, heading)
	bib.PartNumber = v.first(m.PartNumber, heading)
	bib.PartName = v.first(m.PartName, heading)
	v.each(m.Subtitle, plain, func(field *Field, value string) bool {
		subtitle := finish(value, heading)
		if parallel(field, m.Subtitle[0].Codes, value) {
			bib.AltTitles = appendNew(bib.AltTitles, subtitle)
		} else {
			bib.Subtitle = subtitle
		}
		return bib.Subtitle == ""
	})
	original := v.inOriginalScript()
	if bib.Title == "" {
		bib.Title = original.first(m.Title, heading)
		bib.Subtitle = original.first(m.Subtitle, heading)
	}
	var alternatives []string
	for _, rule := range m.Title {
		alternatives = original.all(alternatives, []Rule{rule}, heading)
		if len(alternatives) > 0 {
			break
		}
	}
	alternatives = append(alternatives, bib.AltTitles...)
	alternatives = v.all(alternatives, m.AltTitle, heading)
	bib.AltTitles = nil
	for _, title := range alternatives {
		if title != bib.Title {
			bib.AltTitles = appendNew(bib.AltTitles, title)
		}
	}
	// A record whose only title is a part's name or a subtitle should not say it twice.
	if bib.Subtitle == bib.Title {
		bib.Subtitle = ""
	}
	if bib.PartName == bib.Title {
		bib.PartName = ""
	}
}

func (v *view) authors(bib *Bib, m Mapping) {
	bib.Authors = v.authorList(m.Author)
	if len(bib.Authors) == 0 {
		bib.Authors = authorsFrom(bib.Responsibility)
	}
	for _, author := range v.inOriginalScript().authorList(m.Author) {
		bib.AltAuthors = appendNew(bib.AltAuthors, author.Name)
	}
}

func (v *view) authorList(rules []Rule) (authors []Author) {
	for i := range rules {
		rule := &rules[i]
		v.fields(rule, func(field *Field) bool {
			var parts []string
			for _, s := range field.Subfields {
				if has(rule.Codes, s.Code) {
					if part := trimISBD(clean(s.Value)); part != "" {
						parts = append(parts, part)
					}
				}
			}
			name := trimStop(joinName(parts, rule.separator()))
			known := slices.ContainsFunc(authors, func(a Author) bool { return a.Name == name })
			if name != "" && !known {
				authors = append(authors, Author{Name: name, Role: role(field, rule.Role)})
			}
			return true
		})
	}
	return authors
}

func role(field *Field, codes string) string {
	for i := range len(codes) {
		for _, s := range field.Subfields {
			if s.Code == codes[i] {
				if value := trimStop(trimISBD(clean(s.Value))); value != "" {
					return value
				}
			}
		}
	}
	return ""
}

func (v *view) series(rules []Rule) []string {
	for i := range rules {
		if found := v.all(nil, rules[i:i+1], heading); len(found) > 0 {
			return found
		}
	}
	return nil
}

// summary keeps every paragraph on a line of its own.
func (v *view) summary(rules []Rule) (text string) {
	v.each(rules, plain, func(_ *Field, value string) bool {
		if text != "" {
			text += "\n"
		}
		text += value
		return true
	})
	return text
}

func appendNew(list []string, value string) []string {
	if value == "" || slices.Contains(list, value) {
		return list
	}
	return append(list, value)
}
