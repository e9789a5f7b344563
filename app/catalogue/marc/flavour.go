package marc

// rawRecord is a record whose fields are found but whose text is not decoded.
type rawRecord struct {
	leader, directory, data []byte
	spans                   []span
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
	var has245, has200, coded100 bool
	for _, s := range r.spans {
		switch {
		case r.is(s, "245"):
			has245 = true
		case r.is(s, "200"):
			has200 = true
		case r.is(s, "100"):
			coded100 = coded100 || isGeneralData(subfieldBytes(r.content(s), 'a'))
		}
	}
	switch {
	case has200 && !has245, coded100 && has200 == has245:
		return CNMARC
	default:
		return MARC21
	}
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
