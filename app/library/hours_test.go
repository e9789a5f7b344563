package library

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func spans(texts ...string) (out []Span) {
	for _, s := range texts {
		v, err := ParseSpan(s)
		if err != nil {
			panic(err)
		}
		out = append(out, v)
	}
	return out
}

var allWeek = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// week is closed on Mondays and on 1 October; on Tuesdays there is a noon break,
// on Sundays nothing is known, and two days have hours of their own.
func week() Calendar {
	c := Calendar{ClosedWeekdays: []time.Weekday{time.Monday}, ClosedDates: []Date{day("2026-10-01")},
		SpecialHours: []DateHours{{day("2026-10-05"), spans("10:00-16:00")}, {day("2026-10-07"), spans("22:00-24:00")}}}
	for _, w := range []time.Weekday{time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday} {
		c.Hours = append(c.Hours, WeekdayHours{w, spans("09:00-20:30")})
	}
	c.Hours[0].Spans = spans("09:00-12:00", "13:30-20:30")
	return c
}

func TestAccept_L48_a_day_has_the_hours_of_its_weekday_unless_it_has_its_own(t *testing.T) {
	for _, c := range []struct {
		day, want string
		open      bool
	}{
		{"2026-10-06", "09:00-12:00, 13:30-20:30", true}, // a Tuesday
		{"2026-10-02", "09:00-20:30", true},
		{"2026-09-28", "", false},           // a Monday
		{"2026-10-05", "10:00-16:00", true}, // a Monday with hours of its own
		{"2026-10-01", "", false},           // closed
		{"2026-10-04", "", true},            // a Sunday: open, at hours that are not known
		{"2026-10-07", "22:00-24:00", true},
	} {
		if got := spansText(week().HoursOn(day(c.day))); got != c.want || week().Open(day(c.day)) != c.open {
			t.Errorf("%s: %q, want %q; open %v", c.day, got, c.want, week().Open(day(c.day)))
		}
	}
	if got := (Calendar{}).HoursOn(day("2026-10-06")); len(got) != 0 {
		t.Errorf("where nothing is known: %v", got)
	}
	// Terms of before closed dates were kept without hours: closed counts.
	both := Calendar{ClosedDates: []Date{day("2026-10-01")}, SpecialHours: []DateHours{{day("2026-10-01"), spans("09:00-12:00")}}}
	if got := both.HoursOn(day("2026-10-01")); len(got) != 0 {
		t.Errorf("a closed date has hours %v", got)
	}
	// What is handed out is not the calendar's own.
	c := week()
	c.HoursOn(day("2026-10-06"))[0].From = 0
	c.HoursOn(day("2026-10-05"))[0].From = 0
	if c.Hours[0].Spans[0].From != 9*60 || c.SpecialHours[0].Spans[0].From != 10*60 {
		t.Error("the calendar was changed from outside")
	}
}

func TestAccept_L48_hours_of_a_day_open_a_closed_weekday_for_due_dates_too(t *testing.T) {
	c := week()
	if got := c.NextOpen(day("2026-10-05")); got != day("2026-10-05") {
		t.Errorf("the next open day is %s", got)
	}
	if got := c.NextOpen(day("2026-10-01")); got != day("2026-10-02") {
		t.Errorf("after the closed date comes %s", got)
	}
}

func TestAccept_L48_open_now_and_when_next(t *testing.T) {
	shanghai, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		now         string
		open, known bool
		next        string // "" = nobody can say
	}{
		{"2026-10-06 08:59", false, true, "2026-10-06 09:00"},
		{"2026-10-06 09:00", true, true, "2026-10-06 13:30"},
		{"2026-10-06 11:59", true, true, "2026-10-06 13:30"},
		{"2026-10-06 12:00", false, true, "2026-10-06 13:30"},
		{"2026-10-06 20:30", false, true, "2026-10-07 22:00"},
		{"2026-10-07 23:59", true, true, "2026-10-08 09:00"},
		{"2026-10-08 00:00", false, true, "2026-10-08 09:00"},
		{"2026-09-30 21:00", false, true, "2026-10-02 09:00"}, // a closed date lies between
		{"2026-10-01 10:00", false, true, "2026-10-02 09:00"},
		{"2026-09-28 10:00", false, true, "2026-09-29 09:00"}, // a Monday
		{"2026-10-03 12:00", true, true, ""},                  // tomorrow is a Sunday
		{"2026-10-03 22:00", false, true, ""},
		{"2026-10-04 12:00", false, false, ""},
		{"2026-10-04 23:59", false, false, ""},
		{"2026-10-05 09:00", false, true, "2026-10-05 10:00"},
	} {
		now, err := time.ParseInLocation("2006-01-02 15:04", c.now, shanghai)
		if err != nil {
			t.Fatal(err)
		}
		open, known := week().OpenAt(now.UTC(), shanghai)
		at, ok := week().NextOpening(now.UTC(), shanghai)
		next := ""
		if ok {
			next = at.In(shanghai).Format("2006-01-02 15:04")
		}
		if open != c.open || known != c.known || next != c.next {
			t.Errorf("%s: open %v, known %v, next %q; want %v, %v, %q", c.now, open, known, next, c.open, c.known, c.next)
		}
	}
}

func TestAccept_L48_a_library_that_never_opens_again_or_never_closes_has_no_next_opening(t *testing.T) {
	now := time.Date(2026, 10, 6, 12, 0, 0, 0, time.UTC)
	if at, ok := (Calendar{ClosedWeekdays: allWeek}).NextOpening(now, time.UTC); ok {
		t.Errorf("closed for good, it opens %s", at)
	}
	if at, ok := (Calendar{}).NextOpening(now, time.UTC); ok {
		t.Errorf("without hours, it opens %s", at)
	}
	always := Calendar{SpecialHours: []DateHours{{day("2026-10-09"), spans("08:00-09:00", "09:00-24:00")}}}
	for _, w := range allWeek {
		always.Hours = append(always.Hours, WeekdayHours{w, spans("00:00-24:00")})
	}
	if open, known := always.OpenAt(now, time.UTC); !open || !known {
		t.Error("it is closed")
	}
	// Midnight is no opening where the day before goes on into it; the morning
	// after a night that is closed is one.
	if at, ok := always.NextOpening(now, time.UTC); !ok || !at.Equal(time.Date(2026, 10, 9, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("it opens %s, %v", at, ok)
	}
	always.SpecialHours = nil
	if at, ok := always.NextOpening(now, time.UTC); ok {
		t.Errorf("open day and night, it opens %s", at)
	}
}

func TestAccept_L48_opening_hours_follow_the_clock_on_the_wall_when_it_changes(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	c := Calendar{Hours: []WeekdayHours{{time.Sunday, spans("10:00-18:00")}, {time.Saturday, spans("10:00-18:00")}, {time.Monday, spans("10:00-18:00")}}}
	for _, d := range []string{"2026-03-29", "2026-10-25"} { // the clock goes forward, and back
		x := day(d)
		ten := time.Date(x.Year, x.Month, x.Day, 10, 0, 0, 0, berlin)
		if open, _ := c.OpenAt(ten, berlin); !open {
			t.Errorf("%s: closed at ten", d)
		}
		if open, _ := c.OpenAt(ten.Add(-time.Minute), berlin); open {
			t.Errorf("%s: open before ten", d)
		}
		evening := x.AddDays(-1)
		if at, ok := c.NextOpening(time.Date(evening.Year, evening.Month, evening.Day, 20, 0, 0, 0, berlin), berlin); !ok || !at.Equal(ten) {
			t.Errorf("%s: opens %s", d, at)
		}
	}
}

func TestAccept_L48_a_span_is_read_in_one_form_only(t *testing.T) {
	for _, s := range []string{"09:00-20:30", "00:00-24:00", "23:59-24:00", "00:00-00:01"} {
		v, err := ParseSpan(s)
		if err != nil || v.String() != s {
			t.Errorf("%q is read as %q (%v)", s, v, err)
		}
		var again Span
		if b, err := v.MarshalText(); err != nil || again.UnmarshalText(b) != nil || again != v {
			t.Errorf("%q is stored as %q", s, b)
		}
	}
	for _, s := range []string{"", "-", "9:00-20:30", "09:00", "09:00-", "09:00-09:00", "20:30-09:00", "09:00-24:01", "09:60-10:00", "09:00-25:00",
		"24:00-24:00", "09.00-20.30", "09:00–20:30", "09:00 - 20:30", "09:00-20:30 ", "+9:00-20:30", "09:00-20:30-21:00", "０９:00-20:30"} {
		if v, err := ParseSpan(s); err == nil {
			t.Errorf("%q is read as %s", s, v)
		}
	}
}

func TestAccept_L48_opening_hours_that_mean_nothing_are_found(t *testing.T) {
	tuesday := func(texts ...string) Calendar {
		return Calendar{Hours: []WeekdayHours{{time.Tuesday, spans(texts...)}}}
	}
	for _, c := range []struct {
		name, field string
		cal         Calendar
	}{
		{"good ones", "", week()},
		{"one after the other without a break", "", tuesday("09:00-12:00", "12:00-20:00")},
		{"none", "hours.tuesday", tuesday()},
		{"one into the next", "hours.tuesday", tuesday("09:00-12:00", "11:59-20:00")},
		{"in the wrong order", "hours.tuesday", tuesday("13:00-20:00", "09:00-12:00")},
		{"a weekday twice", "hours.tuesday", Calendar{Hours: append(tuesday("09:00-12:00").Hours, tuesday("13:00-20:00").Hours...)}},
		{"a closed weekday", "hours.tuesday", Calendar{ClosedWeekdays: []time.Weekday{time.Tuesday}, Hours: tuesday("09:00-12:00").Hours}},
		{"no weekday", "hours.%!weekday(9)", Calendar{Hours: []WeekdayHours{{9, spans("09:00-12:00")}}}},
		{"a span backwards", "hours.tuesday", Calendar{Hours: []WeekdayHours{{time.Tuesday, []Span{{60, 30}}}}}},
		{"a span over midnight", "hours.tuesday", Calendar{Hours: []WeekdayHours{{time.Tuesday, []Span{{1200, 1441}}}}}},
		{"a span before midnight", "hours.tuesday", Calendar{Hours: []WeekdayHours{{time.Tuesday, []Span{{-1, 60}}}}}},
		{"a date twice", "special_hours.2026-12-31", Calendar{SpecialHours: []DateHours{{day("2026-12-31"), spans("09:00-12:00")}, {day("2026-12-31"), spans("09:00-12:00")}}}},
		{"a date without hours", "special_hours.2026-12-31", Calendar{SpecialHours: []DateHours{{day("2026-12-31"), nil}}}},
		{"a closed date", "special_hours.2026-10-01", Calendar{ClosedDates: []Date{day("2026-10-01")}, SpecialHours: []DateHours{{day("2026-10-01"), spans("09:00-12:00")}}}},
		{"no date", "special_hours.", Calendar{SpecialHours: []DateHours{{Date{}, spans("09:00-12:00")}}}},
	} {
		wrong := Terms{Policies: DefaultPolicies(), Calendar: c.cal}.Check()
		if c.field == "" {
			if len(wrong) > 0 {
				t.Errorf("%s: %+v", c.name, wrong)
			}
			continue
		}
		if len(wrong) != 1 || wrong[0].Row != -1 || wrong[0].Field != c.field || wrong[0].Message == "" || wrong[0].Allowed == "" {
			t.Errorf("%s: %+v", c.name, wrong)
		}
	}
}

func TestAccept_L48_changes_of_opening_hours_are_named(t *testing.T) {
	now := week()
	slices.Reverse(now.Hours) // the order says nothing
	slices.Reverse(now.SpecialHours)
	if got := (Terms{Calendar: week()}).Changes(Terms{Calendar: now}); len(got) != 0 {
		t.Errorf("the same again: %+v", got)
	}
	now = week()
	now.ClosedWeekdays = nil
	now.Hours = append(now.Hours[1:4], WeekdayHours{time.Saturday, spans("09:00-18:00")}, WeekdayHours{time.Monday, spans("13:00-18:00")})
	now.SpecialHours = append(now.SpecialHours[:1:1], DateHours{day("2026-12-31"), spans("09:00-16:00")})
	var got []string
	for _, ch := range (Terms{Calendar: week()}).Changes(Terms{Calendar: now}) {
		line := ch.Kind + " " + ch.What
		for _, f := range ch.Fields {
			line += fmt.Sprintf(" [%s %s→%s]", f.Name, f.Old, f.New)
		}
		got = append(got, line)
	}
	want := []string{
		"gone closed every monday",
		"new hours of every monday [open →13:00-18:00]",
		"changed hours of every saturday [open 09:00-20:30→09:00-18:00]",
		"new hours on 2026-12-31 [open →09:00-16:00]",
		"gone hours of every tuesday",
		"gone hours on 2026-10-07",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
