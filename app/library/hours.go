package library

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// dayMinutes are those of a civil day, whatever a clock change does to it.
const dayMinutes = 24 * 60

// SpanForm says how a span is written.
const SpanForm = `"09:00-20:30", from 00:00 to 24:00`

// Span is a time from one hour of a civil day to another, as the clock on the
// wall shows them, in minutes after midnight. To is not part of it; 24:00 is 1440.
type Span struct{ From, To int }

// ParseSpan reads 09:00-20:30: two digits each, the beginning before the end.
func ParseSpan(s string) (Span, error) {
	from, to, _ := strings.Cut(s, "-")
	a, okA := clock(from)
	b, okB := clock(to)
	if v := (Span{a, b}); okA && okB && v.sound() {
		return v, nil
	}
	return Span{}, fmt.Errorf("hours %q: want %s", s, SpanForm)
}

// clock reads a time of day as minutes after midnight.
func clock(s string) (minutes int, ok bool) {
	if len(s) != 5 || s[2] != ':' {
		return 0, false
	}
	h, err1 := strconv.ParseUint(s[:2], 10, 8)
	m, err2 := strconv.ParseUint(s[3:], 10, 8)
	return int(h*60 + m), err1 == nil && err2 == nil && m < 60
}

func (s Span) sound() bool { return s.From >= 0 && s.From < s.To && s.To <= dayMinutes }

// String is 09:00-20:30.
func (s Span) String() string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", s.From/60, s.From%60, s.To/60, s.To%60)
}

// MarshalText and UnmarshalText keep the stored form readable.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Span) UnmarshalText(b []byte) (err error) {
	*s, err = ParseSpan(string(b))
	return err
}

// WeekdayHours are the opening hours of each such weekday.
type WeekdayHours struct {
	Weekday time.Weekday
	Spans   []Span // in order, one or more
}

// DateHours are the opening hours of one day, in place of its weekday's. They
// open a weekday that is otherwise closed.
type DateHours struct {
	Date  Date
	Spans []Span // in order, one or more
}

// HoursOn are the opening hours of a day, in order. None: the library is closed,
// or, when Open says otherwise, its hours are not known.
func (c Calendar) HoursOn(d Date) []Span {
	if !c.Open(d) {
		return nil
	}
	if spans, ok := c.special(d); ok {
		return slices.Clone(spans)
	}
	for _, h := range c.Hours {
		if h.Weekday == d.Weekday() {
			return slices.Clone(h.Spans)
		}
	}
	return nil
}

func (c Calendar) special(d Date) (spans []Span, ok bool) {
	for _, h := range c.SpecialHours {
		if h.Date == d && len(h.Spans) > 0 {
			return h.Spans, true
		}
	}
	return nil, false
}

// OpenAt tells whether the library is open at an instant; known is false when
// the hours of that day are not known.
func (c Calendar) OpenAt(t time.Time, zone *time.Location) (open, known bool) {
	day := DateOf(t, zone)
	spans := c.HoursOn(day)
	h, m, _ := t.In(zone).Clock()
	now := h*60 + m
	open = slices.ContainsFunc(spans, func(s Span) bool { return s.From <= now && now < s.To })
	return open, len(spans) > 0 || !c.Open(day)
}

// NextOpening is when the library opens next after now, also when it is open
// now. ok is false when it does not within a year, or when a day whose hours are
// not known comes first: then nobody can say.
func (c Calendar) NextOpening(now time.Time, zone *time.Location) (at time.Time, ok bool) {
	today := DateOf(now, zone)
	for n := range 366 {
		day := today.AddDays(n)
		spans := c.HoursOn(day)
		if len(spans) == 0 && c.Open(day) {
			return time.Time{}, false
		}
		for _, s := range spans {
			at := time.Date(day.Year, day.Month, day.Day, s.From/60, s.From%60, 0, 0, zone)
			// What goes on from the span before, as over midnight, does not open.
			if before, _ := c.OpenAt(at.Add(-time.Second), zone); at.After(now) && !before {
				return at, true
			}
		}
	}
	return time.Time{}, false
}

// The columns of Problem.Field and the names of files for opening hours.
const (
	FieldHours        = "hours"
	FieldSpecialHours = "special_hours"
)

// HoursField names the hours of one weekday or date: hours.tuesday,
// special_hours.2026-12-31.
func (h WeekdayHours) HoursField() string {
	return FieldHours + "." + strings.ToLower(h.Weekday.String())
}

// HoursField is that of WeekdayHours, for a date.
func (h DateHours) HoursField() string { return FieldSpecialHours + "." + h.Date.String() }

// checkHours finds what no opening hours can mean.
func (c Calendar) checkHours() (out []Problem) {
	add := func(field, allowed, format string, args ...any) {
		out = append(out, Problem{Row: -1, Repeats: -1, Field: field, Message: fmt.Sprintf(format, args...), Allowed: allowed})
	}
	seen := map[string]bool{}
	look := func(field string, spans []Span) {
		if seen[field] {
			add(field, "every day once", "the same day again")
		}
		seen[field] = true
		if len(spans) == 0 {
			add(field, "one span or more, as "+SpanForm+"; a day without any is closed", "no hours")
		}
		for i, s := range spans {
			switch {
			case !s.sound():
				add(field, SpanForm, "%s is no span", s)
			case i > 0 && s.From < spans[i-1].To:
				add(field, "spans in order, none into the next", "%s begins before %s ends", s, spans[i-1])
			}
		}
	}
	for _, h := range c.Hours {
		field := h.HoursField()
		switch {
		case h.Weekday < time.Sunday || h.Weekday > time.Saturday:
			add(field, "a weekday", "no weekday")
			continue
		case slices.Contains(c.ClosedWeekdays, h.Weekday):
			add(field, "hours of weekdays that are not closed", "a closed weekday has no hours")
		}
		look(field, h.Spans)
	}
	for _, h := range c.SpecialHours {
		if h.Date.IsZero() {
			add(h.HoursField(), "a day", "no day")
			continue
		}
		if slices.Contains(c.ClosedDates, h.Date) {
			add(h.HoursField(), "hours of days that are not in closed_dates", "a closed date has no hours")
		}
		look(h.HoursField(), h.Spans)
	}
	return out
}

// spansText is several as they are shown: 09:00-12:00, 13:00-20:30.
func spansText(spans []Span) string {
	var all []string
	for _, s := range spans {
		all = append(all, s.String())
	}
	return strings.Join(all, ", ")
}

// hoursOf are all opening hours, each with the words it is named by, in order:
// weekdays from Monday, then dates.
func (c Calendar) hoursOf() (names []string, hours map[string]string) {
	hours = map[string]string{}
	list := func(name string, spans []Span) {
		if _, again := hours[name]; !again {
			names = append(names, name)
		}
		hours[name] = spansText(spans)
	}
	for _, h := range c.HoursByWeekday() {
		list("hours of every "+strings.ToLower(h.Weekday.String()), h.Spans)
	}
	for _, h := range c.HoursByDate() {
		list("hours on "+h.Date.String(), h.Spans)
	}
	return names, hours
}

// HoursByWeekday are Hours in the order of the week, from Monday.
func (c Calendar) HoursByWeekday() []WeekdayHours {
	return slices.SortedStableFunc(slices.Values(c.Hours), func(a, b WeekdayHours) int {
		return cmp.Compare((a.Weekday+6)%7, (b.Weekday+6)%7)
	})
}

// HoursByDate are SpecialHours in the order of their days.
func (c Calendar) HoursByDate() []DateHours {
	return slices.SortedStableFunc(slices.Values(c.SpecialHours), func(a, b DateHours) int {
		return cmp.Compare(a.Date.String(), b.Date.String())
	})
}

// hoursChanges lists which opening hours differ when now comes into force.
func (c Calendar) hoursChanges(now Calendar) (out []TermsChange) {
	oldNames, old := c.hoursOf()
	names, hours := now.hoursOf()
	for _, n := range names {
		before, known := old[n]
		change := TermsChange{Kind: ChangeChanged, What: n, Fields: []FieldChange{{Name: "open", Old: before, New: hours[n]}}}
		if !known {
			change.Kind = ChangeNew
		}
		if before != hours[n] {
			out = append(out, change)
		}
	}
	for _, n := range oldNames {
		if _, still := hours[n]; !still {
			out = append(out, TermsChange{Kind: ChangeGone, What: n})
		}
	}
	return out
}
