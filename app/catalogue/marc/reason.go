package marc

import "fmt"

// Reason is the stable code of what is wrong with a record or a value in it.
type Reason string

// Why a record is listed instead of imported.
const (
	RecordTooLong      Reason = "record_too_long"     // limit (bytes)
	RecordTooShort     Reason = "record_too_short"    // length (bytes)
	RecordTruncated    Reason = "record_truncated"    // length: the input ends before the record does
	RecordEmpty        Reason = "record_empty"        // a leader without fields
	DirectoryBad       Reason = "directory_bad"       // entries, fields: tags and fields cannot be paired
	CharsetInvalid     Reason = "charset_invalid"     // charset, tag: bytes the set does not know
	CharsetUnsupported Reason = "charset_unsupported" // charset: a set we do not have, as far as it is known
	TitleMissing       Reason = "title_missing"
	XMLInvalid         Reason = "xml_invalid"       // detail: not XML, or not MARC in XML
	NotBibliographic   Reason = "not_bibliographic" // type: leader position 6: holdings, authority, classification or community data
)

// What is left out of an imported record.
const (
	ISBNInvalid     Reason = "isbn_invalid"     // tag, value
	ISSNInvalid     Reason = "issn_invalid"     // tag, value
	BarcodeRejected Reason = "barcode_rejected" // tag, value: does not fit the barcode pattern, so no item
)

// Skipped tells of one record that is not imported and where to find it.
type Skipped struct {
	Number int   // position in the input, from 1
	Offset int64 // of its first byte in the input
	Reason Reason
	Params map[string]string // named at each Reason
	Detail string            // one English line for the report file
}

// Problem is something Map could not use.
type Problem struct {
	Reason Reason
	Params map[string]string
}

// Blocks tells whether the record must be listed instead of imported.
func (p Problem) Blocks() bool {
	return p.Reason == TitleMissing || p.Reason == NotBibliographic
}

// Skip lists the record for a blocking problem found by Map.
func (r *Record) Skip(p Problem) Skipped {
	return Skipped{Number: r.Number, Offset: r.Offset, Reason: p.Reason, Params: p.Params, Detail: detail(p.Reason, p.Params)}
}

// fault is a Skipped that does not know its place yet.
type fault struct {
	reason Reason
	params map[string]string
}

func newFault(reason Reason, pairs ...string) *fault {
	f := &fault{reason: reason}
	for i := 0; i+1 < len(pairs); i += 2 {
		if f.params == nil {
			f.params = make(map[string]string, len(pairs)/2)
		}
		f.params[pairs[i]] = pairs[i+1]
	}
	return f
}

func (f *fault) at(number int, offset int64) *Skipped {
	return &Skipped{Number: number, Offset: offset, Reason: f.reason, Params: f.params, Detail: detail(f.reason, f.params)}
}

func detail(reason Reason, p map[string]string) string {
	switch reason {
	case RecordTooLong:
		return fmt.Sprintf("no end of record within %s bytes", p["limit"])
	case RecordTooShort:
		return fmt.Sprintf("%s bytes cannot hold a leader and a directory", p["length"])
	case RecordTruncated:
		return fmt.Sprintf("the input ends inside the record, after %s bytes", p["length"])
	case RecordEmpty:
		return "the record has no fields"
	case DirectoryBad:
		return fmt.Sprintf("the directory names %s fields, the record holds %s", p["entries"], p["fields"])
	case CharsetInvalid:
		return fmt.Sprintf("field %s holds bytes that are not %s", p["tag"], p["charset"])
	case CharsetUnsupported:
		return fmt.Sprintf("the character set (%s) cannot be read", p["charset"])
	case XMLInvalid:
		return "the XML cannot be read: " + p["detail"]
	case NotBibliographic:
		return fmt.Sprintf("the record (type %s) describes no title", p["type"])
	case TitleMissing:
		return "the record has no title"
	default:
		return fmt.Sprintf("field %s: %q is not usable", p["tag"], p["value"])
	}
}
