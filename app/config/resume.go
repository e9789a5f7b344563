package config

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// maxBroken is how many entries that are not TOML are reported; each costs a
// second look at the rest of the file.
const maxBroken = 20

// The line on which an entry begins: a table header, or a key and "=".
var (
	beginsTable = regexp.MustCompile(`^[ \t]*\[[ \t]*([A-Za-z0-9_.-]+)`)
	beginsKey   = regexp.MustCompile(`^[ \t]*([A-Za-z0-9_.-]+)[ \t]*=`)
)

// resume reports an entry that is not TOML and sets the parser to the next line
// that looks like the beginning of an entry, so that the rest of the file is
// checked in the same run. end is where the last good entry ended. It reports
// whether there is more to read.
func (r *reader) resume(err error, end int) bool {
	offset, message := len(r.data), err.Error()
	var where *unstable.ParserError
	if errors.As(err, &where) {
		// The highlight is a piece of the parser's input; where it begins
		// follows from the room behind it. An empty one is the end of the file.
		offset, message = len(r.data)-cap(where.Highlight), where.Message
	}
	offset = max(min(offset, len(r.data)-1), 0)
	start := min(r.nextEntry(end), r.line(offset))
	text := r.text(start)

	key := ""
	if m := beginsKey.FindSubmatch(text); m != nil && !r.skipping {
		key = dotted(r.table, strings.Split(string(m[1]), ".")...)
		if _, again := r.seen[key]; !again {
			r.seen[key] = place{offset: r.lines[start-1], faulty: true}
		}
	} else if m := beginsTable.FindSubmatch(text); m != nil {
		r.enter(string(m[1]))
	}
	message = "syntax error: " + message
	if at := r.line(offset); at != start {
		// A missing bracket or quote is noticed below the place to mend.
		offset = r.lines[start-1]
		message += fmt.Sprintf(" (noticed in line %d)", at)
	}
	f, _ := r.field(key)
	r.report(offset, key, message, f.allowed)

	if r.broken++; r.broken >= maxBroken {
		return false
	}
	for line := start + 1; line <= len(r.lines); line++ {
		if text := r.text(line); beginsTable.Match(text) || beginsKey.Match(text) {
			r.base = r.lines[line-1]
			r.parser.Reset(r.data[r.base:])
			return true
		}
	}
	return false
}

// nextEntry returns the line on which the first entry after offset end begins.
func (r *reader) nextEntry(end int) int {
	line := r.line(end)
	if end > r.base {
		line++ // a good entry has the rest of its line to itself
	}
	for ; line < len(r.lines); line++ {
		if text := bytes.TrimSpace(r.text(line)); len(text) > 0 && text[0] != '#' {
			break
		}
	}
	return line
}

// text is a line of the file, from 1, with its line break.
func (r *reader) text(line int) []byte {
	if line < len(r.lines) {
		return r.data[r.lines[line-1]:r.lines[line]]
	}
	return r.data[r.lines[line-1]:]
}
