package config

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// maxProblems ends the reading of a file that is no settings file at all.
const maxProblems = 200

// reader walks one file. go-toml's own decoder stops at the first wrong type
// and forgets where a value stood, so the reader walks the parser's expressions
// for the positions and lets the decoder read the value of one expression at a
// time. What is TOML and what a value means stays go-toml's decision.
type reader struct {
	file   string
	data   []byte
	lines  []int // offset of the start of each line
	cfg    *Config
	fields []field
	tables []string // every table there is, in the order of the fields

	parser   unstable.Parser
	base     int              // where in data the parser began
	table    string           // the table the next keys belong to; "" at the top
	skipping bool             // that table is not known: it was reported, its keys are not
	headers  map[string]int   // tables written as [table], with their offset
	seen     map[string]place // keys of the file that are known

	problems Errors
	broken   int // entries that were not TOML
}

// place is where a known key was set and how that went.
type place struct {
	offset int
	faulty bool
	empty  bool // set to ""
}

func newReader(file string, data []byte, cfg *Config) *reader {
	// A byte order mark is what the editor of Windows puts there.
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	r := &reader{
		file: file,
		// The parser tells offsets from capacities; a copy without spare room
		// also keeps it off the caller's memory.
		data:    slices.Clip(slices.Clone(data)),
		lines:   []int{0},
		cfg:     cfg,
		fields:  fields(cfg),
		headers: map[string]int{},
		seen:    map[string]place{},
	}
	for i, c := range r.data {
		if c == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
	for _, f := range r.fields {
		parts := strings.Split(f.key, ".")
		for n := 1; n < len(parts); n++ {
			if t := strings.Join(parts[:n], "."); !slices.Contains(r.tables, t) {
				r.tables = append(r.tables, t)
			}
		}
	}
	return r
}

// result is nil or every problem in the order of the lines.
func (r *reader) result() error {
	if len(r.problems.Problems) == 0 {
		return nil
	}
	r.problems.sort()
	return &r.problems
}

func (r *reader) read() {
	if len(r.data) > MaxFileBytes {
		r.report(0, "", "the file is larger than 1 MiB", "a settings file")
		return
	}
	if bad := firstInvalid(r.data); bad < len(r.data) {
		r.report(bad, "", "is not UTF-8 text", "text saved as UTF-8")
		return
	}
	r.parser.Reset(r.data)
	for {
		end := r.base // of the last expression that could be read
		for len(r.problems.Problems) < maxProblems && r.parser.NextExpression() {
			end = r.expression(r.parser.Expression())
		}
		if r.parser.Error() == nil || len(r.problems.Problems) >= maxProblems {
			break
		}
		if !r.resume(r.parser.Error(), end) {
			break
		}
	}
	r.checkAcross()
	if len(r.problems.Problems) == 0 {
		// What only shows in the whole file, as a table begun in two ways.
		r.decode(0, r.data, "")
	}
}

// expression takes one table header or key and returns where it ends.
func (r *reader) expression(n *unstable.Node) (end int) {
	switch n.Kind {
	case unstable.Table, unstable.ArrayTable:
		return r.header(n)
	case unstable.KeyValue:
		from := r.base + int(n.Raw.Offset)
		end = from + int(n.Raw.Length)
		parts, _ := r.key(n)
		key := dotted(r.table, parts...)
		values, ok := r.decode(from, r.data[from:end], key)
		switch {
		case !ok:
			r.seen[key] = place{offset: from, faulty: true}
		case !r.skipping:
			r.keyValue(n, r.table, values)
		}
	}
	return end
}

// header takes [table]; [[table]] is a mistake everywhere in this file.
func (r *reader) header(n *unstable.Node) (end int) {
	parts, offset := r.key(n)
	for it := n.Key(); it.Next(); {
		end = r.base + int(it.Node().Raw.Offset+it.Node().Raw.Length)
	}
	path := dotted("", parts...)
	r.enter(path)
	switch first, again := r.headers[path]; {
	case r.skipping:
		r.reportUnknown(offset, "table", path, r.tables)
	case n.Kind == unstable.ArrayTable:
		r.report(offset, path, "is not a list of tables", "["+path+"]")
	case again:
		r.report(offset, path, fmt.Sprintf("this table was begun in line %d already", r.line(first)), "every table once")
	default:
		r.headers[path] = offset
	}
	return end
}

// enter makes path the table of the keys that follow.
func (r *reader) enter(path string) {
	r.table = path
	r.skipping = !slices.Contains(r.tables, path)
}

// keyValue takes `key = value` below table, walking into inline tables; values
// is the decoded form of the same place.
func (r *reader) keyValue(n *unstable.Node, table string, values map[string]any) {
	parts, offset := r.key(n)
	var v any = values
	for _, p := range parts {
		m, _ := v.(map[string]any)
		v = m[p]
	}
	key := dotted(table, parts...)
	f, known := r.field(key)
	switch {
	case known:
		r.set(f, offset, v)
	case slices.Contains(r.tables, key):
		inner, isTable := v.(map[string]any)
		if !isTable {
			r.report(offset, key, "is a table, not "+kindOf(v), r.members(key))
			return
		}
		for it := n.Value().Children(); it.Next(); {
			r.keyValue(it.Node(), key, inner)
		}
	default:
		r.reportUnknown(offset, "key", key, r.names())
	}
}

func (r *reader) set(f field, offset int, v any) {
	if first, again := r.seen[f.key]; again {
		r.report(offset, f.key, fmt.Sprintf("was set in line %d already", r.line(first.offset)), "every key once")
		return
	}
	fault := f.set(v)
	if fault != "" {
		r.report(offset, f.key, fault, f.allowed)
	}
	r.seen[f.key] = place{offset: offset, faulty: fault != "", empty: v == ""}
}

// decode reads the piece of the file that begins at offset from, or reports why
// it cannot be read.
func (r *reader) decode(from int, piece []byte, key string) (values map[string]any, ok bool) {
	err := toml.Unmarshal(piece, &values)
	if err == nil {
		return values, true
	}
	offset := from
	var where *toml.DecodeError
	if errors.As(err, &where) {
		// The position counts from the beginning of the piece.
		row, column := where.Position()
		if row == 1 {
			offset = from + column - 1
		} else {
			offset = r.lines[min(r.line(from)+row-1, len(r.lines))-1] + column - 1
		}
	}
	f, _ := r.field(key)
	r.report(offset, key, strings.TrimPrefix(err.Error(), "toml: "), f.allowed)
	return nil, false
}

// key returns the parts of a node's key and the offset of the first one.
func (r *reader) key(n *unstable.Node) (parts []string, offset int) {
	offset = -1
	for it := n.Key(); it.Next(); {
		if offset < 0 {
			offset = r.base + int(it.Node().Raw.Offset)
		}
		parts = append(parts, string(it.Node().Data))
	}
	return parts, offset
}

func (r *reader) field(key string) (field, bool) {
	i := slices.IndexFunc(r.fields, func(f field) bool { return f.key == key })
	if i < 0 {
		return field{}, false
	}
	return r.fields[i], true
}

// report notes a problem at an offset of the file.
func (r *reader) report(offset int, key, message, allowed string) {
	line := r.line(offset)
	r.problems.Problems = append(r.problems.Problems, Problem{
		File: r.file, Line: line, Column: offset - r.lines[line-1] + 1,
		Key: key, Message: oneLine(message), Allowed: allowed,
	})
}

// line is the number of the line that holds offset, from 1.
func (r *reader) line(offset int) int {
	i, exact := slices.BinarySearch(r.lines, offset)
	if exact {
		return i + 1
	}
	return i
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		c, size := utf8.DecodeRune(data[i:])
		if c == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data)
}
