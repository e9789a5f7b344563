package print

import "strings"

// style is how a line of a document looks.
type style struct{ bold, large bool }

var (
	plain = style{}
	bold  = style{bold: true}
	large = style{bold: true, large: true} // twice as wide and as high
)

// document gathers the bytes of one job, line by line.
type document struct {
	paper
	columns int
}

func newDocument(l Layout) *document {
	d := &document{paper{columns: l.Columns, chinese: l.Chinese}, l.Columns}
	d.begin()
	return d
}

// room is how many columns a line of a style has.
func (d *document) room(s style) int {
	if s.large {
		return d.columns / 2
	}
	return d.columns
}

// centred prints a text in the middle, on as many lines as it needs.
func (d *document) centred(text string, s style) {
	for _, line := range wrap(clean(text), d.room(s)) {
		used := width(line)
		if s.large {
			used *= 2
		}
		d.line((d.columns-used)/2, line, s)
	}
}

// left prints a text behind an indent.
func (d *document) left(text string, indent int) {
	for _, line := range wrap(clean(text), d.columns-indent) {
		d.line(indent, line, plain)
	}
}

// styled prints a text from the left edge.
func (d *document) styled(text string, s style) {
	for _, line := range wrap(clean(text), d.room(s)) {
		d.line(0, line, s)
	}
}

// hanging prints a text behind a head, its further lines below its first; what
// does not fit on most lines ends in an ellipsis.
func (d *document) hanging(head, text string, most int) {
	room := d.columns - width(head)
	lines := wrap(text, room)
	if len(lines) > most {
		lines = lines[:most]
		lines[most-1] = cut(lines[most-1], room-len(ellipsis)) + ellipsis
	}
	for i, line := range lines {
		if i == 0 {
			d.line(0, head+line, plain)
		} else {
			d.line(width(head), line, plain)
		}
	}
}

// pair prints two texts at the two edges of a line, or one below the other when
// they do not fit. Either may be empty.
func (d *document) pair(first, second string, indent int) {
	gap := d.columns - indent - width(first) - width(second)
	switch {
	case first == "" && second == "":
	case first != "" && second != "" && gap >= 2:
		d.line(indent, first+strings.Repeat(" ", gap)+second, plain)
	default:
		d.left(first, indent)
		d.left(second, indent)
	}
}

// ellipsis is ASCII, so that it does not make a picture of a line.
const ellipsis = "..."

// rule prints a line across the paper.
func (d *document) rule() { d.line(0, strings.Repeat("-", d.columns), plain) }
