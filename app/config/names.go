package config

import (
	"regexp"
	"strconv"
	"strings"
)

// reportUnknown reports a key or table (kind) there is none of, with the nearest
// of candidates and what its table does hold.
func (r *reader) reportUnknown(offset int, kind, name string, candidates []string) {
	for _, f := range r.fields {
		if name == f.key || strings.HasPrefix(name, f.key+".") {
			r.report(offset, f.key, "is one value, not a table", f.allowed)
			return
		}
	}
	message := "unknown " + kind
	if near := nearest(name, candidates); near != "" {
		message += ", did you mean " + near + "?"
	}
	table := ""
	for _, t := range r.tables {
		if strings.HasPrefix(name, t+".") && len(t) > len(table) {
			table = t
		}
	}
	r.report(offset, clip(name), message, r.members(table))
}

// names lists every key and every table.
func (r *reader) names() []string {
	var out []string
	for _, f := range r.fields {
		out = append(out, f.key)
	}
	return append(out, r.tables...)
}

// members tells what stands directly in a table; "" is the top of the file.
func (r *reader) members(table string) string {
	var out []string
	seen := map[string]bool{}
	for _, f := range r.fields {
		rest, inside := f.key, true
		if table != "" {
			rest, inside = strings.CutPrefix(f.key, table+".")
		}
		first, _, _ := strings.Cut(rest, ".")
		if !inside || seen[first] {
			continue
		}
		seen[first] = true
		if table == "" {
			first = "[" + first + "]"
		}
		out = append(out, first)
	}
	return strings.Join(out, ", ")
}

// dotted joins parts below table. A part that is not bare is quoted, so that
// two different keys never read alike and none breaks the line of a report.
func dotted(table string, parts ...string) string {
	var b strings.Builder
	b.WriteString(table)
	for _, p := range parts {
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		if bare.MatchString(p) {
			b.WriteString(p)
		} else {
			b.WriteString(strconv.Quote(p))
		}
	}
	return b.String()
}

var bare = regexp.MustCompile(`\A[A-Za-z0-9_-]+\z`)

const maxShown = 80

// clip keeps a name of the file's own making from filling the report.
func clip(name string) string {
	if r := []rune(name); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return name
}

// nearest returns the candidate a mistyped name was most likely meant to be, or
// "". The right name in the wrong table counts as one slip.
func nearest(name string, candidates []string) string {
	if len(name) > maxShown {
		return ""
	}
	tail := last(name)
	best, least := "", len(tail)/3+2
	for _, c := range candidates {
		slips := distance(plain(name), plain(c))
		if plain(tail) == plain(last(c)) {
			slips = min(slips, 1)
		}
		if slips < least {
			best, least = c, slips
		}
	}
	return best
}

func last(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func plain(name string) string {
	return strings.ReplaceAll(strings.ToLower(name), "-", "_")
}

// distance counts the letters to add, drop or change to turn a into b
// (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
