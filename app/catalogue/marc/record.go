package marc

// Flavour is the dialect a record is written in: which tags mean what.
type Flavour string

// The flavours. Auto, the zero value, decides per record.
const (
	FlavourAuto Flavour = ""
	MARC21      Flavour = "marc21"
	CNMARC      Flavour = "cnmarc" // also UNIMARC, of which CNMARC is the Chinese edition
	Table       Flavour = "table"  // rows of a table; package sheet makes such records, see TableTags
)

// Charset is the encoding of a record's text.
type Charset string

// The character sets. Auto, the zero value, decides per record.
const (
	CharsetAuto Charset = ""
	UTF8        Charset = "utf-8" // also pure ASCII
	GB18030     Charset = "gb18030"
	Big5        Charset = "big5"
	MARC8       Charset = "marc-8"

	// The single-byte sets are never guessed: nothing in the bytes tells one
	// from another. They are read where they are forced or an XML file names them.
	Latin1      Charset = "iso-8859-1"
	ISO88595    Charset = "iso-8859-5"
	Windows1251 Charset = "windows-1251"
	Windows1252 Charset = "windows-1252"
	KOI8R       Charset = "koi8-r"
	CP866       Charset = "cp866"
)

// Record is one bibliographic record with its text decoded to UTF-8 in NFC.
// Its strings share one piece of memory; copy what must outlive the record.
type Record struct {
	Number  int    // position in the input, from 1, counting listed records too
	Offset  int64  // of the record's first byte in the input
	Leader  string // 24 bytes as found; unreadable bytes are shown as "?"
	Flavour Flavour
	Charset Charset
	Fields  []Field
}

// Field is a control field (Value only) or a data field (subfields). Text of a
// data field that stands before its first subfield mark is kept in Value.
type Field struct {
	Tag        string // three printable ASCII characters
	Ind1, Ind2 byte   // ' ' where the record has none
	Value      string
	Subfields  []Subfield
}

// Subfield is one coded part of a field. Code 0 means that the byte after the
// mark was no ASCII character; Value then holds everything after the mark.
type Subfield struct {
	Code  byte
	Value string
}

// Sub returns the first subfield with this code of the first field with this
// tag that has one, or "".
func (r *Record) Sub(tag string, code byte) string {
	for i := range r.Fields {
		if r.Fields[i].Tag != tag {
			continue
		}
		for _, s := range r.Fields[i].Subfields {
			if s.Code == code {
				return s.Value
			}
		}
	}
	return ""
}

// Control returns the value of the first field with this tag, or "".
func (r *Record) Control(tag string) string {
	for i := range r.Fields {
		if r.Fields[i].Tag == tag {
			return r.Fields[i].Value
		}
	}
	return ""
}

// All returns the fields with this tag in record order.
func (r *Record) All(tag string) []Field {
	var found []Field
	for i := range r.Fields {
		if r.Fields[i].Tag == tag {
			found = append(found, r.Fields[i])
		}
	}
	return found
}
