package catalogue

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"shuting/app/catalogue/marc"
	"shuting/app/catalogue/sheet"
)

// maxMappingFile is the largest mapping file, in bytes.
const maxMappingFile = 1 << 20

// MappingFile is what a mapping file says. Its parts go into ImportOptions.
type MappingFile struct {
	Mappings marc.Mappings     // the default ones with what the file replaces
	Headers  sheet.Headers     // only the columns the file names
	Branches map[string]string // of the records → of the library
}

// MappingProblem is one thing wrong with a mapping file.
type MappingProblem struct {
	File    string
	Line    int // from 1
	Key     string
	Message string
}

func (p MappingProblem) String() string {
	if p.Key == "" {
		return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s: %s", p.File, p.Line, p.Key, p.Message)
}

// MappingErrors is every problem of one file, in the order of its lines.
type MappingErrors []MappingProblem

// Error lists the problems, one a line.
func (e MappingErrors) Error() string {
	var lines []string
	for _, p := range e {
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// ParseMapping reads a mapping file. name is what it is called in the problems.
//
// Errors: MappingErrors.
func ParseMapping(name string, data []byte) (MappingFile, error) {
	f := MappingFile{Mappings: marc.Default()}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if len(data) > maxMappingFile {
		return MappingFile{}, MappingErrors{{File: name, Line: 1, Message: "larger than 1 MiB"}}
	}
	var raw fileTOML
	if err := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields().Decode(&raw); err != nil {
		return MappingFile{}, mappingErrors(name, err)
	}
	c := mappingCheck{file: name, lines: linesOf(data)}
	c.flavour("marc21", raw.MARC21)
	c.flavour("cnmarc", raw.CNMARC)
	f.Headers = c.headers(raw.Table)
	f.Branches = raw.Branches
	for code, branch := range raw.Branches {
		if branch == "" {
			c.report("branches."+code, "", "no branch is named")
		}
	}
	if len(c.problems) > 0 {
		slices.SortStableFunc(c.problems, func(a, b MappingProblem) int {
			return cmp.Or(a.Line-b.Line, strings.Compare(a.Key, b.Key), strings.Compare(a.Message, b.Message))
		})
		return MappingFile{}, c.problems
	}
	f.Mappings[marc.MARC21] = raw.MARC21.apply(f.Mappings[marc.MARC21])
	f.Mappings[marc.CNMARC] = raw.CNMARC.apply(f.Mappings[marc.CNMARC])
	return f, nil
}

// mappingErrors gives what the TOML reader found its lines.
func mappingErrors(name string, err error) MappingErrors {
	var unknown *toml.StrictMissingError
	var wrong *toml.DecodeError
	var all MappingErrors
	switch {
	case errors.As(err, &unknown):
		for _, e := range unknown.Errors {
			line, _ := e.Position()
			all = append(all, MappingProblem{name, line, strings.Join(e.Key(), "."), "there is no such key"})
		}
	case errors.As(err, &wrong):
		line, _ := wrong.Position()
		all = MappingErrors{{name, line, strings.Join(wrong.Key(), "."), strings.TrimPrefix(wrong.Error(), "toml: ")}}
	default:
		all = MappingErrors{{name, 1, "", strings.TrimPrefix(err.Error(), "toml: ")}}
	}
	return all
}
