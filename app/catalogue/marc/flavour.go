package marc

// rawRecord is a record whose fields are found but whose text is not decoded.
type rawRecord struct {
	leader, directory, data []byte
	spans                   []span
	inert                   bool // the data is
}

func (r rawRecord) tag(s span) string { return string(r.directory[s.tag : s.tag+3]) }

func (r rawRecord) is(s span, tag string) bool {
	return string(r.directory[s.tag:s.tag+3]) == tag
}

func (r rawRecord) content(s span) []byte { return r.data[s.start:s.end] }

// flavour decides by the field that has the title. Where both could have it, or
// neither, the shape of 100 $a tells: in UNIMARC it is 36 characters of codes
// that begin with a date, in MARC21 a name.
func (r rawRecord) flavour() Flavour {
	var t traits
	for _, s := range r.spans {
		switch {
		case r.is(s, "245"):
			t.has245 = true
		case r.is(s, "200"):
			t.has200 = true
		case r.is(s, "100"):
			t.coded100 = t.coded100 || isGeneralData(subfieldBytes(r.content(s), 'a'))
		}
	}
	return t.flavour()
}

// flavourOf decides the same for fields that are decoded already.
func flavourOf(fields []Field) Flavour {
	var t traits
	for i := range fields {
		switch fields[i].Tag {
		case "245":
			t.has245 = true
		case "200":
			t.has200 = true
		case "100":
			t.coded100 = t.coded100 || isGeneralData([]byte(subfield(&fields[i], 'a')))
		}
	}
	return t.flavour()
}

// traits of a record that tell the flavours apart.
type traits struct{ has245, has200, coded100 bool }

func (t traits) flavour() Flavour {
	if t.has200 && !t.has245 || t.coded100 && t.has200 == t.has245 {
		return CNMARC
	}
	return MARC21
}

// isGeneralData tells whether the bytes are the coded 100 $a of UNIMARC. Its
// tail is often cut, so two thirds of it are enough.
func isGeneralData(value []byte) bool {
	if len(value) < 24 {
		return false
	}
	_, ok := number(value[:8])
	return ok
}

// subfieldBytes returns the first subfield with this code in undecoded content.
func subfieldBytes(content []byte, code byte) []byte {
	for i := 0; i+1 < len(content); i++ {
		if content[i] != subfieldMark || content[i+1] != code {
			continue
		}
		end := i + 2
		for end < len(content) && content[end] != subfieldMark {
			end++
		}
		return content[i+2 : end]
	}
	return nil
}
