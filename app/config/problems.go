package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing wrong with a settings file.
type Problem struct {
	File    string // as given to Load or Parse
	Line    int    // of the key, or of the place where reading failed; from 1
	Column  int    // in bytes, from 1
	Key     string // dotted, as visit.warn_seconds; "" where no key could be read
	Message string // what is wrong, one line
	Allowed string // what may stand there, one line; "" where nothing helps
}

// String is the problem as one line:
// "file:line: key: what is wrong; allowed: …".
func (p Problem) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s:%d: ", p.File, p.Line)
	if p.Key != "" {
		b.WriteString(p.Key + ": ")
	}
	b.WriteString(p.Message)
	if p.Allowed != "" {
		b.WriteString("; allowed: " + p.Allowed)
	}
	return b.String()
}

// Errors is every problem of one file, in the order of its lines; never empty
// when returned as an error.
type Errors struct {
	Problems []Problem
}

// Error lists the problems, one a line.
func (e *Errors) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (e *Errors) sort() {
	slices.SortStableFunc(e.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
}
