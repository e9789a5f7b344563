package marc

import "strings"

func (v *view) classes(bib *Bib, rules []Rule) {
	for i := range rules {
		rule := &rules[i]
		v.each(rules[i:i+1], plain, func(field *Field, value string) bool {
			class := Class{Scheme: rule.Scheme, Number: trimISBD(value)}
			if class.Scheme == "$2" {
				class.Scheme = clean(subfield(field, '2'))
			}
			if class.Scheme == "ddc" {
				class.Number = strings.NewReplacer("/", "", "'", "").Replace(class.Number) // marks where it may be cut
			}
			for _, known := range bib.Classes {
				if known.Number == class.Number && (known.Scheme == class.Scheme || class.Scheme == "") {
					return true
				}
			}
			if class.Number != "" {
				bib.Classes = append(bib.Classes, class)
			}
			return true
		})
	}
}

func (v *view) standardNumbers(bib *Bib, m Mapping) {
	v.each(m.ISBN, plain, func(field *Field, value string) bool {
		if isbn, ok := ISBN13(value); ok {
			bib.ISBNs = appendNew(bib.ISBNs, isbn)
		} else {
			v.problem(ISBNInvalid, field, value)
		}
		return true
	})
	v.each(m.ISSN, plain, func(field *Field, value string) bool {
		issn, ok := ISSN(value)
		if !ok {
			v.problem(ISSNInvalid, field, value)
		} else if bib.ISSN == "" {
			bib.ISSN = issn
		}
		return true
	})
}

func (v *view) items(bib *Bib, f flavourMapping) {
	var known map[string]int // where in bib.Items a barcode is; a serial can have thousands
	add := func(item Item) {
		if at, seen := known[item.Barcode]; seen {
			complete(&bib.Items[at], item)
			return
		}
		if known == nil {
			known = make(map[string]int)
		}
		known[item.Barcode] = len(bib.Items)
		bib.Items = append(bib.Items, item)
	}
	for i := range f.Items {
		rule := &f.Items[i]
		tag := pack(rule.Tag)
		for n, t := range v.tags {
			if t == tag {
				v.itemsOf(bib.CallNumber, f, rule, &v.record.Fields[n], add)
			}
		}
	}
}

func (v *view) itemsOf(callNumber string, f flavourMapping, rule *ItemRule, field *Field, add func(Item)) {
	for _, s := range field.Subfields {
		if s.Code != rule.Barcode[0] {
			continue
		}
		value := clean(s.Value)
		if value == "" {
			continue
		}
		barcode := strings.ReplaceAll(narrow(value), " ", "")
		if !f.barcode.MatchString(barcode) {
			v.problem(BarcodeRejected, field, value)
			continue
		}
		item := Item{Barcode: barcode, CallNumber: v.joined(field, rule.CallNumber, rule.CallJoin)}
		if item.CallNumber == "" {
			item.CallNumber = callNumber
		}
		if rule.Branch != "" {
			item.Branch = clean(subfield(field, rule.Branch[0]))
		}
		if rule.Location != "" {
			item.Location = clean(subfield(field, rule.Location[0]))
		}
		add(item)
	}
}

// complete fills what the first field about a copy left open; MARC21 tells of the
// same copy in 852 and 876.
func complete(known *Item, again Item) {
	if known.Branch == "" {
		known.Branch = again.Branch
	}
	if known.Location == "" {
		known.Location = again.Location
	}
}

func (v *view) joined(field *Field, codes, join string) string {
	if codes == "" {
		return ""
	}
	return v.value(field, &Rule{Codes: codes, Join: join}, plain)
}

func (v *view) problem(reason Reason, field *Field, value string) {
	v.problems = append(v.problems, Problem{Reason: reason, Params: map[string]string{"tag": field.Tag, "value": value}})
}

func subfield(field *Field, code byte) string {
	for _, s := range field.Subfields {
		if s.Code == code {
			return s.Value
		}
	}
	return ""
}
