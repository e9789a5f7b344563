// Package policyfile is the library's lending rules as a TOML file: it reads one,
// tells every mistake with its line and what is allowed, and writes one that can
// be edited and read again. What is in force lies in the store, not here.
package policyfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"shuting/app/config"
	"shuting/app/library"
)

// The keys of a file of lending rules.
const (
	tableCalendar  = "calendar"
	tablePolicy    = "policy"
	closedWeekdays = "closed_weekdays"
	closedDates    = "closed_dates"
	hours          = library.FieldHours
	specialHours   = library.FieldSpecialHours
	tableHours     = tableCalendar + "." + hours
	tableSpecial   = tableCalendar + "." + specialHours
	allTables      = "[calendar], [calendar.hours], [calendar.special_hours], [[policy]]"
)

// rowKeys are the columns that a row is found by, with where they go.
var rowKeys = []struct {
	name    string
	allowed string
	at      func(*library.Policy) *string
}{
	{"category", strings.Join(library.Categories, ", "), func(p *library.Policy) *string { return &p.Category }},
	{"item_type", strings.Join(library.ItemTypes, ", "), func(p *library.Policy) *string { return &p.ItemType }},
	{"branch", "* or the code of a branch", func(p *library.Policy) *string { return &p.Branch }},
}

var weekdays = []string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

// weekday reads a name of the list above.
func weekday(name string) (time.Weekday, bool) {
	i := slices.Index(weekdays, name)
	return time.Weekday((i + 1) % 7), i >= 0
}

// reader walks a file of lending rules. What a value is stays with the
// TOML library; where it stands comes from its parser, so that each problem is
// told with its line.
type reader struct {
	file     string
	data     []byte
	terms    library.Terms
	rows     []row          // of terms.Policies
	hoursAt  map[string]int // "hours.tuesday" → its line
	table    string
	problems []config.Problem
}

// row is where a row of the file and its keys stand, and what was reported already.
type row struct {
	line int
	keys map[string]int
	bad  map[string]bool
}

// Parse reads a file of lending rules. A key that is left out has the
// default of the general row; category, item_type and branch must be there. A
// calendar that is left out has no closed days and no known hours.
//
// Errors: *config.Errors with every problem, each with its line.
func Parse(file string, data []byte) (library.Terms, error) {
	// A byte order mark is what the editor of Windows puts there; the parser
	// tells offsets from capacities, so the copy has no spare room.
	data = slices.Clip(bytes.Clone(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r := &reader{file: file, data: data, hoursAt: map[string]int{}}
	switch {
	case len(data) > config.MaxFileBytes:
		r.report(1, "", "the file is larger than 1 MiB", "a file of lending rules")
	case !utf8.Valid(data):
		r.report(1, "", "is not UTF-8 text", "text saved as UTF-8")
	default:
		r.read()
	}
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b config.Problem) int { return cmp.Compare(a.Line, b.Line) })
		return library.Terms{}, &config.Errors{Problems: r.problems}
	}
	return r.terms, nil
}

func (r *reader) report(line int, key, message, allowed string) {
	r.problems = append(r.problems, config.Problem{File: r.file, Line: line, Key: key, Message: message, Allowed: allowed})
}

func (r *reader) read() {
	var whole map[string]any
	if err := toml.Unmarshal(r.data, &whole); err != nil {
		line := 1
		var where *toml.DecodeError
		if errors.As(err, &where) {
			line, _ = where.Position()
		}
		r.report(line, "", strings.TrimPrefix(err.Error(), "toml: "), "")
		return
	}
	var p unstable.Parser
	p.Reset(r.data)
	for p.NextExpression() {
		switch n := p.Expression(); n.Kind {
		case unstable.Table, unstable.ArrayTable:
			r.header(n)
		case unstable.KeyValue:
			r.keyValue(n)
		}
	}
	r.check()
}

func (r *reader) line(offset uint32) int {
	return 1 + bytes.Count(r.data[:min(int(offset), len(r.data))], []byte("\n"))
}

// keyOf is a node's dotted key and its line.
func (r *reader) keyOf(n *unstable.Node) (name string, line int) {
	var parts []string
	for it := n.Key(); it.Next(); {
		if line == 0 {
			line = r.line(it.Node().Raw.Offset)
		}
		parts = append(parts, string(it.Node().Data))
	}
	return strings.Join(parts, "."), line
}

func (r *reader) header(n *unstable.Node) {
	name, line := r.keyOf(n)
	r.table = name
	switch {
	case name == tablePolicy && n.Kind == unstable.ArrayTable:
		r.terms.Policies = append(r.terms.Policies, plainRow())
		r.rows = append(r.rows, row{line: line, keys: map[string]int{}, bad: map[string]bool{}})
	case name == tablePolicy:
		r.table = "?" // its keys are not reported beside
		r.report(line, name, "is a list of rows", "[[policy]]")
	case slices.Contains([]string{tableCalendar, tableHours, tableSpecial}, name) && n.Kind == unstable.Table:
		return
	default:
		r.table = "?"
		r.report(line, name, "there is no such table", allTables)
	}
}

// plainRow has the defaults of every column but those it is found by.
func plainRow() library.Policy {
	p := library.DefaultPolicies()[0]
	p.Category, p.ItemType, p.Branch = "", "", ""
	return p
}

func (r *reader) keyValue(n *unstable.Node) {
	key, line := r.keyOf(n)
	from, length := int(n.Raw.Offset), int(n.Raw.Length)
	var values map[string]any
	if err := toml.Unmarshal(r.data[from:from+length], &values); err != nil {
		r.report(line, key, strings.TrimPrefix(err.Error(), "toml: "), "")
		return
	}
	switch value := values[key]; r.table {
	case tablePolicy:
		r.policyKey(key, line, value)
	case tableCalendar:
		r.calendarKey(key, line, value)
	case tableHours:
		r.hoursKey(hours, key, line, value)
	case tableSpecial:
		r.hoursKey(specialHours, key, line, value)
	case "":
		r.report(line, key, "stands in no table", allTables)
	}
}

func (r *reader) policyKey(key string, line int, value any) {
	i := len(r.rows) - 1
	row, p := &r.rows[i], &r.terms.Policies[i]
	row.keys[key] = line
	wrong := func(message, allowed string) {
		row.bad[key] = true
		r.report(line, key, message, allowed)
	}
	for _, k := range rowKeys {
		if k.name == key {
			text, ok := value.(string)
			if !ok {
				wrong("is not a text in quotes", k.allowed)
			}
			*k.at(p) = text
			return
		}
	}
	names := []string{"category", "item_type", "branch"}
	for _, f := range library.PolicyFields {
		if names = append(names, f.Name); f.Name != key {
			continue
		}
		n, number := value.(int64)
		yes, yesNo := value.(bool)
		switch {
		case f.YesNo && yesNo:
			n = 0
			if yes {
				n = 1
			}
		case f.YesNo || !number:
			wrong("is not "+map[bool]string{true: "true or false", false: "a whole number"}[f.YesNo], f.Allowed())
			return
		case n < f.Min || n > f.Max:
			wrong(fmt.Sprintf("%d is out of range", n), f.Allowed())
			return
		}
		f.Set(p, n)
		return
	}
	wrong("there is no such key", strings.Join(names, ", "))
}

// check tells what is wrong between the keys, beside what was reported of each.
func (r *reader) check() {
	sound := true // whether every row is found by what it says
	for i := range r.rows {
		row := &r.rows[i]
		for _, k := range rowKeys {
			if _, ok := row.keys[k.name]; !ok {
				row.bad[k.name] = true
				r.report(row.line, k.name, "is missing in this row", k.allowed)
			}
			sound = sound && !row.bad[k.name]
		}
	}
	cal := &r.terms.Calendar
	cal.Hours, cal.SpecialHours = cal.HoursByWeekday(), cal.HoursByDate()
	for _, p := range r.terms.Check() {
		switch {
		case p.Row < 0 && p.Field != "":
			r.report(r.hoursAt[p.Field], p.Field, p.Message, p.Allowed)
		case p.Row < 0 && len(r.problems) == 0:
			r.report(1, tablePolicy, p.Message, p.Allowed)
		case p.Row < 0 || r.rows[p.Row].bad[p.Field]:
		case p.Repeats >= 0 && sound:
			r.report(r.rows[p.Row].line, tablePolicy, fmt.Sprintf("the same row as in line %d", r.rows[p.Repeats].line), p.Allowed)
		case p.Repeats < 0:
			line := r.rows[p.Row].line
			if at, ok := r.rows[p.Row].keys[p.Field]; ok {
				line = at
			}
			r.report(line, p.Field, p.Message, p.Allowed)
		}
	}
}
