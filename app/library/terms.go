package library

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Terms are what the library as a whole has decided: the lending matrix, the days
// it is closed and its opening hours.
type Terms struct {
	Policies Policies
	Calendar Calendar
}

// PolicyField is one column of a policy row. Yes or no counts as 1 or 0, so
// that every column can be read, shown and compared alike.
type PolicyField struct {
	Name     string // as files call it
	About    string // what it says, with its unit
	Min, Max int64
	YesNo    bool
	Get      func(Policy) int64
	Set      func(*Policy, int64)
}

func number(name, about string, low, high int64, at func(*Policy) *int) PolicyField {
	return PolicyField{Name: name, About: about, Min: low, Max: high,
		Get: func(p Policy) int64 { return int64(*at(&p)) }, Set: func(p *Policy, v int64) { *at(p) = int(v) }}
}

func fen(name, about string, at func(*Policy) *int64) PolicyField {
	return PolicyField{Name: name, About: about, Max: 10_000_000,
		Get: func(p Policy) int64 { return *at(&p) }, Set: func(p *Policy, v int64) { *at(p) = v }}
}

// PolicyFields are all columns beside the three that a row is found by.
var PolicyFields = []PolicyField{
	number("loan_limit", "items of all types a reader may have at once", 0, 1000, func(p *Policy) *int { return &p.LoanLimit }),
	number("type_limit", "of these, items of this type; 0 = no limit of its own", 0, 1000, func(p *Policy) *int { return &p.TypeLimit }),
	number("loan_days", "days of a loan; 0 = not for loan", 0, 3650, func(p *Policy) *int { return &p.LoanDays }),
	number("renewals", "how often one loan may be renewed", 0, 100, func(p *Policy) *int { return &p.Renewals }),
	number("renew_days", "days of each renewal", 0, 3650, func(p *Policy) *int { return &p.RenewDays }),
	number("renew_from_days", "renewal begins so many days before the due date; 0 = at any time", 0, 3650, func(p *Policy) *int { return &p.RenewFromDays }),
	number("holds", "holds a reader may have at once; 0 = none", 0, 1000, func(p *Policy) *int { return &p.Holds }),
	number("shelf_days", "days a copy waits on the hold shelf", 1, 365, func(p *Policy) *int { return &p.ShelfDays }),
	fen("overdue_fen", "charge for each day late, in fen", func(p *Policy) *int64 { return &p.OverdueFen }),
	fen("lost_fen", "charge for a lost item, in fen", func(p *Policy) *int64 { return &p.LostFen }),
	fen("damaged_fen", "charge for a damaged item, in fen", func(p *Policy) *int64 { return &p.DamagedFen }),
	number("found_days", "found within so many days, a lost item's unpaid charge is taken back; 0 = never", 0, 3650, func(p *Policy) *int { return &p.FoundDays }),
	fen("charge_block_fen", "unpaid charges, in fen, from which on nothing more is lent; 0 = never", func(p *Policy) *int64 { return &p.ChargeBlockFen }),
	number("min_age", "least age of the reader, in years; 0 = any", 0, 120, func(p *Policy) *int { return &p.MinAge }),
	{Name: "on_site", About: "true: read here only, not taken home", Max: 1, YesNo: true, Get: func(p Policy) int64 {
		if p.OnSite {
			return 1
		}
		return 0
	}, Set: func(p *Policy, v int64) { p.OnSite = v == 1 }},
}

// Show is a value of the column as files write it.
func (f PolicyField) Show(v int64) string {
	if f.YesNo {
		return strconv.FormatBool(v == 1)
	}
	return strconv.FormatInt(v, 10)
}

// Allowed says which values the column takes.
func (f PolicyField) Allowed() string {
	if f.YesNo {
		return "true, false"
	}
	return fmt.Sprintf("%d to %d", f.Min, f.Max)
}

// Categories and ItemTypes are the values of the first two columns; "*" is any.
var (
	Categories = []string{"*", string(Adult), string(Child), string(Teen), string(Senior), string(StaffMember), string(Provisional)}
	ItemTypes  = []string{"*", string(Book), string(Periodical), string(Reference), string(Audiovisual)}
)

// Row names a policy by the columns it is found by.
func (p Policy) Row() string {
	return fmt.Sprintf("category %s, item_type %s, branch %s", p.Category, p.ItemType, p.Branch)
}

// Problem of terms: the row it is in, the column ("" for the row as a whole) or
// the opening hours, what is wrong and what is allowed.
type Problem struct {
	Row              int // from 0; -1 = the calendar, or with no Field the terms as a whole
	Field            string
	Repeats          int // the row it is the same as, from 0; -1 = none
	Message, Allowed string
}

// Check finds what no library can mean: values out of range, a row twice, no
// row for everybody, opening hours into one another. nil when the terms may come
// into force.
func (t Terms) Check() []Problem {
	var out []Problem
	first := map[[3]string]int{}
	for i, p := range t.Policies {
		add := func(field, allowed, format string, args ...any) {
			out = append(out, Problem{Row: i, Field: field, Repeats: -1, Message: fmt.Sprintf(format, args...), Allowed: allowed})
		}
		if !slices.Contains(Categories, p.Category) {
			add("category", strings.Join(Categories, ", "), "%q is no category", p.Category)
		}
		if !slices.Contains(ItemTypes, p.ItemType) {
			add("item_type", strings.Join(ItemTypes, ", "), "%q is no item type", p.ItemType)
		}
		if !branchCode(p.Branch) {
			add("branch", "* or 1 to 32 of A-Z, a-z, 0-9, ., _ and -", "%q is no branch", p.Branch)
		}
		for _, f := range PolicyFields {
			if v := f.Get(p); v < f.Min || v > f.Max {
				add(f.Name, f.Allowed(), "%d is out of range", v)
			}
		}
		if p.Renewals > 0 && p.RenewDays == 0 {
			add("renew_days", "1 or more where renewals are allowed", "a renewal of 0 days")
		}
		row := [3]string{p.Category, p.ItemType, p.Branch}
		if n, again := first[row]; again {
			add("", "every row once", "the same row as number %d", n+1)
			out[len(out)-1].Repeats = n
		} else {
			first[row] = i
		}
	}
	if _, ok := first[[3]string{"*", "*", "*"}]; !ok {
		out = append(out, Problem{Row: -1, Repeats: -1, Message: "no row for everybody", Allowed: `one row with category, item_type and branch "*"`})
	}
	return append(out, t.Calendar.checkHours()...)
}

func branchCode(s string) bool {
	if s == "*" {
		return true
	}
	return s != "" && len(s) <= 32 && strings.IndexFunc(s, func(c rune) bool {
		return !(c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.ContainsRune("._-", c))
	}) < 0
}

// Changes between terms.
const (
	ChangeNew     = "new"
	ChangeChanged = "changed"
	ChangeGone    = "gone"
)

// TermsChange is one difference between two terms.
type TermsChange struct {
	Kind   string // new, changed, gone
	What   string // the row, the closed weekday or date, whose hours
	Fields []FieldChange
}

// FieldChange is one column of a row that is new or changed; Old is "" in a new
// row.
type FieldChange struct{ Name, Old, New string }

// Changes lists what differs when now comes into force instead of t: the rows
// of the matrix in the order of now, then those that are gone, then the
// calendar. The order of rows says nothing and is no difference.
func (t Terms) Changes(now Terms) []TermsChange {
	old := map[string]Policy{}
	for _, p := range t.Policies {
		old[p.Row()] = p
	}
	var out []TermsChange
	for _, p := range now.Policies {
		before, known := old[p.Row()]
		delete(old, p.Row())
		c := TermsChange{Kind: ChangeChanged, What: p.Row()}
		for _, f := range PolicyFields {
			switch v := f.Get(p); {
			case !known:
				c.Kind = ChangeNew
				c.Fields = append(c.Fields, FieldChange{Name: f.Name, New: f.Show(v)})
			case v != f.Get(before):
				c.Fields = append(c.Fields, FieldChange{f.Name, f.Show(f.Get(before)), f.Show(v)})
			}
		}
		if len(c.Fields) > 0 {
			out = append(out, c)
		}
	}
	for _, p := range t.Policies {
		if _, left := old[p.Row()]; left {
			delete(old, p.Row())
			out = append(out, TermsChange{Kind: ChangeGone, What: p.Row()})
		}
	}
	return append(out, t.Calendar.changes(now.Calendar)...)
}

func (c Calendar) changes(now Calendar) []TermsChange {
	days := func(c Calendar) []string {
		var all []string
		week := slices.SortedFunc(slices.Values(c.ClosedWeekdays), func(a, b time.Weekday) int {
			return cmp.Compare((a+6)%7, (b+6)%7) // from Monday
		})
		for _, w := range week {
			all = append(all, "closed every "+strings.ToLower(w.String()))
		}
		var dates []string
		for _, d := range c.ClosedDates {
			dates = append(dates, "closed on "+d.String())
		}
		slices.Sort(dates)
		return slices.Compact(append(slices.Compact(all), dates...))
	}
	before, after := days(c), days(now)
	var out []TermsChange
	for _, d := range after {
		if !slices.Contains(before, d) {
			out = append(out, TermsChange{Kind: ChangeNew, What: d})
		}
	}
	for _, d := range before {
		if !slices.Contains(after, d) {
			out = append(out, TermsChange{Kind: ChangeGone, What: d})
		}
	}
	return append(out, c.hoursChanges(now)...)
}
