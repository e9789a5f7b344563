package catalogue

import (
	"fmt"
	"strconv"
	"strings"

	"shuting/app/catalogue/marc"
	"shuting/app/catalogue/sheet"
)

const exampleHead = `# Which fields of a record fill what a title shows. For shuting import --mapping FILE.
#
# These are the built-in rules. A list that a file names replaces the built-in
# one; a list it leaves out stays. Where a title has one value, the first rule
# that yields one wins; where it has several, all rules add to them.
#
#   tag             field, three characters
#   codes           subfields to take, in the record's order; none for 00X
#   join            between them; a space if it is left out
#   each = true     every subfield is a value of its own
#   ind2            only fields with this second indicator
#   start, length   only these bytes, from 0, of a coded field
#   when, is        only fields whose subfield (when) has this value (is)
#   role            for authors: subfields that tell what they did
#   scheme          for classes: clc, ddc, lcc, udc, or "$2" for what subfield 2 says
#
# What a barcode looks like is a setting of the kiosk: [scan] item_pattern.
`

// MappingExample is a mapping file that says what is built in, with comments. It
// is made from the built-in mapping, so it is always true.
func MappingExample() []byte {
	var b strings.Builder
	b.WriteString(exampleHead)
	defaults := marc.Default()
	for _, f := range []struct {
		table, about string
		flavour      marc.Flavour
	}{{"marc21", "MARC21", marc.MARC21}, {"cnmarc", "CNMARC and UNIMARC", marc.CNMARC}} {
		m := defaults[f.flavour]
		fmt.Fprintf(&b, "\n[%s] # %s\n", f.table, f.about)
		for _, t := range texts {
			exampleRules(&b, t.key, t.about, *t.rules(&m))
		}
		exampleItems(&b, m.Items)
		fmt.Fprintf(&b, "original-script = %q # fields that repeat another one in its own script\n", m.OriginalScript)
	}
	b.WriteString("\n# Names of columns in CSV and XLSX. Case, spaces and signs do not matter.\n[table]\n")
	for _, c := range sheet.Columns() {
		names := make([]string, 0)
		for _, n := range sheet.Names(c) {
			names = append(names, strconv.Quote(n))
		}
		fmt.Fprintf(&b, "%s = [%s]\n", c, strings.Join(names, ", "))
	}
	b.WriteString("\n# Branch codes in the records, and the branches of the library they stand for.\n[branches]\n# LB = \"main\"\n")
	return []byte(b.String())
}

func exampleRules(b *strings.Builder, key, about string, rules []marc.Rule) {
	if about != "" {
		about = " # " + about
	}
	if len(rules) == 0 {
		fmt.Fprintf(b, "%s = []%s\n", key, about)
		return
	}
	fmt.Fprintf(b, "%s = [%s\n", key, about)
	for _, r := range rules {
		w := inline{"tag = " + quoted(r.Tag)}
		w.text("codes", r.Codes)
		w.text("ind2", r.Ind2)
		w.text("join", r.Join)
		if r.Each {
			w = append(w, "each = true")
		}
		if r.Length > 0 {
			w = append(w, fmt.Sprintf("start = %d, length = %d", r.Start, r.Length))
		}
		w.text("when", r.WhenCode)
		w.text("is", r.WhenValue)
		w.text("role", r.Role)
		w.text("scheme", r.Scheme)
		fmt.Fprintf(b, "  { %s },\n", strings.Join(w, ", "))
	}
	b.WriteString("]\n")
}

func exampleItems(b *strings.Builder, rules []marc.ItemRule) {
	b.WriteString("items = [ # one for each barcode\n")
	for _, r := range rules {
		w := inline{"tag = " + quoted(r.Tag)}
		w.text("barcode", r.Barcode)
		w.text("call-number", r.CallNumber)
		w.text("join", r.CallJoin)
		w.text("branch", r.Branch)
		w.text("location", r.Location)
		fmt.Fprintf(b, "  { %s },\n", strings.Join(w, ", "))
	}
	b.WriteString("]\n")
}

// inline is the pairs of a table in one line.
type inline []string

func (w *inline) text(key, value string) {
	if value != "" {
		*w = append(*w, key+" = "+quoted(value))
	}
}

// quoted is a basic string of TOML; the built-in rules hold printable ASCII only.
func quoted(s string) string { return strconv.Quote(s) }
