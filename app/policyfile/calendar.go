package policyfile

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/pelletier/go-toml/v2"

	"shuting/app/library"
)

func (r *reader) calendarKey(key string, line int, value any) {
	list, ok := value.([]any)
	switch {
	case key == hours || key == specialHours:
		r.hoursTable(key, line, value)
	case key != closedWeekdays && key != closedDates:
		r.report(line, key, "there is no such key", strings.Join([]string{closedWeekdays, closedDates, hours, specialHours}, ", "))
	case !ok:
		r.report(line, key, "is not a list", key+" = [ … ]")
	case key == closedWeekdays:
		for _, v := range list {
			name, _ := v.(string)
			day, ok := weekday(name)
			if !ok {
				r.report(line, key, fmt.Sprintf("%v is no weekday", v), strings.Join(weekdays, ", "))
				continue
			}
			r.terms.Calendar.ClosedWeekdays = append(r.terms.Calendar.ClosedWeekdays, day)
		}
	default:
		for _, v := range list {
			day, ok := dateOf(v)
			if !ok {
				r.report(line, key, fmt.Sprintf("%v is no day", v), "days as 2026-10-01")
				continue
			}
			r.terms.Calendar.ClosedDates = append(r.terms.Calendar.ClosedDates, day)
		}
	}
}

// hoursTable reads opening hours that stand in one line: a table in braces.
func (r *reader) hoursTable(key string, line int, value any) {
	days, ok := value.(map[string]any)
	if !ok {
		r.report(line, key, "is not a table of days", key+` = { … = ["09:00-20:30"] }`)
		return
	}
	for _, day := range slices.Sorted(maps.Keys(days)) {
		r.hoursKey(key, day, line, days[day])
	}
}

// hoursKey reads the opening hours of one weekday or date.
func (r *reader) hoursKey(table, day string, line int, value any) {
	spans, ok := r.spans(table+"."+day, line, value)
	if table == hours {
		w, known := weekday(day)
		if !known {
			r.report(line, table, day+" is no weekday", strings.Join(weekdays, ", "))
		} else if h := (library.WeekdayHours{Weekday: w, Spans: spans}); ok {
			r.hoursAt[h.HoursField()] = line
			r.terms.Calendar.Hours = append(r.terms.Calendar.Hours, h)
		}
		return
	}
	d, known := dateOf(day)
	if !known {
		r.report(line, table, day+" is no day", `days as "2026-12-31"`)
	} else if h := (library.DateHours{Date: d, Spans: spans}); ok {
		r.hoursAt[h.HoursField()] = line
		r.terms.Calendar.SpecialHours = append(r.terms.Calendar.SpecialHours, h)
	}
}

// spans reads a list of spans; ok is false when something of it was reported.
func (r *reader) spans(key string, line int, value any) (spans []library.Span, ok bool) {
	list, ok := value.([]any)
	if !ok {
		r.report(line, key, "is not a list", `a list of spans as `+library.SpanForm)
	}
	for _, v := range list {
		text, _ := v.(string)
		s, err := library.ParseSpan(text)
		if err != nil {
			r.report(line, key, fmt.Sprintf("%v is no span", v), library.SpanForm)
			ok = false
		}
		spans = append(spans, s)
	}
	return spans, ok
}

// dateOf takes a TOML date, or one in quotes.
func dateOf(v any) (library.Date, bool) {
	switch v := v.(type) {
	case toml.LocalDate:
		return library.Date{Year: v.Year, Month: time.Month(v.Month), Day: v.Day}, true
	case string:
		d, err := library.ParseDate(v)
		return d, err == nil
	}
	return library.Date{}, false
}
