package marc

import (
	"strings"
	"unicode/utf8"
)

// view looks at one record through rules.
type view struct {
	record   *Record
	tags     []uint32 // of the record's fields, packed for quick comparison
	original []uint32 // the tag a field repeats in its original script, else 0
	problems []Problem
	space    [64]uint32 // what tags is made of for records of ordinary size
}

func newView(record *Record, originalScript string) *view {
	v := &view{record: record}
	v.tags = v.space[:0]
	script := pack(originalScript)
	for i := range record.Fields {
		tag := pack(record.Fields[i].Tag)
		v.tags = append(v.tags, tag)
		if tag != script || script == 0 {
			continue
		}
		if linked := subfield(&record.Fields[i], '6'); len(linked) >= 3 {
			if v.original == nil {
				v.original = make([]uint32, len(record.Fields))
			}
			v.original[i] = pack(linked[:3])
		}
	}
	return v
}

// inOriginalScript looks at the same record as if only the repeated fields were
// there, under the tags they repeat.
func (v *view) inOriginalScript() *view {
	return &view{record: v.record, tags: v.original}
}

func pack(tag string) uint32 {
	if len(tag) != 3 {
		return 0
	}
	return uint32(tag[0])<<16 | uint32(tag[1])<<8 | uint32(tag[2])
}

// fields calls use with every field the rule is for, until it returns false.
func (v *view) fields(rule *Rule, use func(*Field) bool) bool {
	tag := pack(rule.Tag)
	for i, t := range v.tags {
		if t != tag {
			continue
		}
		field := &v.record.Fields[i]
		if rule.Ind2 != "" && field.Ind2 != rule.Ind2[0] {
			continue
		}
		if rule.WhenCode != "" && clean(subfield(field, rule.WhenCode[0])) != rule.WhenValue {
			continue
		}
		if !use(field) {
			return false
		}
	}
	return true
}

// finishing says what is done to a value before it is used.
type finishing int

const (
	plain   finishing = iota // clean
	element                  // and without ISBD punctuation
	heading                  // and without a full stop
)

func finish(value string, how finishing) string {
	if how >= element {
		value = trimISBD(value)
	}
	if how == heading {
		value = trimStop(value)
	}
	return value
}

// each calls use with every value that is not empty, until it returns false.
func (v *view) each(rules []Rule, how finishing, use func(field *Field, value string) bool) {
	for i := range rules {
		rule := &rules[i]
		more := v.fields(rule, func(field *Field) bool {
			if !rule.Each {
				value := v.value(field, rule, how)
				return value == "" || use(field, value)
			}
			for _, s := range field.Subfields {
				if has(rule.Codes, s.Code) {
					if value := finish(clean(s.Value), how); value != "" && !use(field, value) {
						return false
					}
				}
			}
			return true
		})
		if !more {
			return
		}
	}
}

func (v *view) first(rules []Rule, how finishing) (found string) {
	v.each(rules, how, func(_ *Field, value string) bool {
		found = value
		return false
	})
	return found
}

func (v *view) all(list []string, rules []Rule, how finishing) []string {
	v.each(rules, how, func(_ *Field, value string) bool {
		list = appendNew(list, value)
		return true
	})
	return list
}

// value is the one value a rule takes from a field.
func (v *view) value(field *Field, rule *Rule, how finishing) string {
	if rule.Codes == "" {
		return finish(clean(cut(field.Value, rule)), how)
	}
	joined := ""
	for _, s := range field.Subfields {
		if !has(rule.Codes, s.Code) {
			continue
		}
		part := clean(cut(s.Value, rule))
		if how >= element {
			part = trimISBD(part)
		}
		switch {
		case part == "":
		case joined == "":
			joined = part
		default:
			joined += rule.separator() + part
		}
	}
	return finish(joined, how)
}

func (r *Rule) separator() string {
	if r.Join == "" {
		return " "
	}
	return r.Join
}

// cut takes the rule's positions of a fixed field, "" if it ends before them or
// they are not whole characters.
func cut(value string, rule *Rule) string {
	if rule.Length == 0 {
		return value
	}
	if len(value) < rule.Start+rule.Length {
		return ""
	}
	if part := value[rule.Start : rule.Start+rule.Length]; utf8.ValidString(part) {
		return part
	}
	return ""
}

func has(codes string, code byte) bool {
	return code != 0 && strings.IndexByte(codes, code) >= 0
}

// parallel tells whether a subtitle is the title in another language, which ISBD
// marks with "=" before it.
func parallel(field *Field, codes, value string) bool {
	if strings.HasPrefix(value, "=") {
		return true
	}
	for i, s := range field.Subfields {
		if has(codes, s.Code) {
			return i > 0 && strings.HasSuffix(strings.TrimSpace(field.Subfields[i-1].Value), "=")
		}
	}
	return false
}
