package policyfile

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"shuting/app/config"
	"shuting/app/library"
)

func open(from, to int) library.Span { return library.Span{From: from * 60, To: to * 60} }

func TestAccept_L48_opening_hours_are_read_in_one_line_or_a_line_a_day(t *testing.T) {
	want := library.Calendar{
		Hours: []library.WeekdayHours{
			{Weekday: time.Tuesday, Spans: []library.Span{{From: 9 * 60, To: 20*60 + 30}}},
			{Weekday: time.Friday, Spans: []library.Span{open(9, 12), open(13, 24)}},
			{Weekday: time.Sunday, Spans: []library.Span{open(10, 16)}},
		},
		SpecialHours: []library.DateHours{
			{Date: library.Date{Year: 2026, Month: 12, Day: 31}, Spans: []library.Span{open(9, 16)}},
			{Date: library.Date{Year: 2027, Month: 2, Day: 5}, Spans: []library.Span{open(0, 1)}},
		},
	}
	for name, text := range map[string]string{
		"in one line": `[calendar]
hours = { friday = ["09:00-12:00", "13:00-24:00"], tuesday = ["09:00-20:30"], sunday = ["10:00-16:00"] }
special_hours = { "2027-02-05" = ["00:00-01:00"], 2026-12-31 = ['09:00-16:00'] }
`,
		"a line a day": `[calendar.special_hours]
2027-02-05 = ["00:00-01:00"]
"2026-12-31" = ["09:00-16:00"]
[calendar.hours]
sunday = ["10:00-16:00"]
friday = [
  "09:00-12:00", # before noon
  "13:00-24:00",
]
tuesday = ["09:00-20:30"]
`,
	} {
		got, err := Parse("r.toml", []byte(text+everybody))
		if err != nil || !reflect.DeepEqual(got.Calendar, want) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", name, err, got.Calendar, want)
		}
	}
	terms := library.Terms{Policies: library.DefaultPolicies(), Calendar: want}
	text := Format(terms)
	if got, err := Parse("printed.toml", []byte(text)); err != nil || !reflect.DeepEqual(got, terms) {
		t.Errorf("what is printed is read as %+v (%v)", got.Calendar, err)
	}
	if !strings.Contains(text, "\nfriday = [\"09:00-12:00\", \"13:00-24:00\"]\n") || !strings.Contains(text, "\n\"2026-12-31\" = [\"09:00-16:00\"]\n") {
		t.Errorf("printed:\n%s", text)
	}
}

// Whoever takes the examples of the comments has hours that can be read.
func TestAccept_L48_the_examples_of_a_printed_file_can_be_read(t *testing.T) {
	text := Format(library.Terms{Policies: library.DefaultPolicies()})
	for _, example := range []string{`tuesday = ["09:00-12:00", "13:00-20:30"]`, `"2026-12-31" = ["09:00-16:00"]`} {
		if !strings.Contains(text, example) {
			t.Errorf("no example %s in\n%s", example, text)
		}
	}
	text = strings.Replace(text, "[calendar.hours]\n", "[calendar.hours]\ntuesday = [\"09:00-12:00\", \"13:00-20:30\"]\n", 1)
	text = strings.Replace(text, "[calendar.special_hours]\n", "[calendar.special_hours]\n\"2026-12-31\" = [\"09:00-16:00\"]\n", 1)
	if got, err := Parse("r.toml", []byte(text)); err != nil || len(got.Calendar.Hours) != 1 || len(got.Calendar.SpecialHours) != 1 {
		t.Errorf("%+v (%v)", got.Calendar, err)
	}
}

func TestAccept_L48_wrong_opening_hours_are_refused_with_line_and_what_is_allowed(t *testing.T) {
	const calendar, weekly, special = "[calendar]\n", "[calendar.hours]\n", "[calendar.special_hours]\n"
	for _, c := range []struct {
		name, text string
		want       []string // the beginning of each problem
	}{
		{"a strange weekday", weekly + "dienstag = [\"09:00-20:30\"]\n", []string{"r.toml:2: hours: dienstag is no weekday; allowed: monday, tuesday, "}},
		{"a strange weekday in one line", calendar + "hours = { Tuesday = [\"09:00-20:30\"] }\n", []string{"r.toml:2: hours: Tuesday is no weekday; allowed: monday, tuesday, "}},
		{"a day that does not exist", special + "\"2027-02-29\" = [\"09:00-20:30\"]\n", []string{"r.toml:2: special_hours: 2027-02-29 is no day; allowed: days as \"2026-12-31\""}},
		{"a span instead of a list", weekly + "friday = \"09:00-20:30\"\n", []string{"r.toml:2: hours.friday: is not a list; allowed: a list of spans as \"09:00-20:30\""}},
		{"hours that are no span", weekly + "monday = [\"09:00-12:00\"]\nfriday = [\n\"9-20\"]\n", []string{"r.toml:3: hours.friday: 9-20 is no span; allowed: \"09:00-20:30\", from 00:00 to 24:00"}},
		{"a number", special + "2026-12-31 = [9]\n", []string{"r.toml:2: special_hours.2026-12-31: 9 is no span; allowed: "}},
		{"after midnight", weekly + "friday = [\"20:00-24:30\"]\n", []string{"r.toml:2: hours.friday: 20:00-24:30 is no span; allowed: \"09:00-20:30\", from 00:00 to 24:00"}},
		{"the end before the beginning", weekly + "friday = [\"20:00-09:00\"]\n", []string{"r.toml:2: hours.friday: 20:00-09:00 is no span"}},
		{"the wrong order", weekly + "friday = [\"13:00-20:00\", \"09:00-12:00\"]\n",
			[]string{"r.toml:2: hours.friday: 09:00-12:00 begins before 13:00-20:00 ends; allowed: spans in order, none into the next"}},
		{"one into the next", calendar + "special_hours = { 2026-12-31 = [\"09:00-12:00\", \"11:00-20:00\"] }\n",
			[]string{"r.toml:2: special_hours.2026-12-31: 11:00-20:00 begins before 09:00-12:00 ends"}},
		{"no hours", weekly + "friday = []\n", []string{"r.toml:2: hours.friday: no hours; allowed: one span or more"}},
		{"a closed weekday", calendar + "closed_weekdays = [\"friday\"]\n" + weekly + "thursday = [\"09:00-12:00\"]\nfriday = [\"09:00-12:00\"]\n",
			[]string{"r.toml:5: hours.friday: a closed weekday has no hours; allowed: hours of weekdays that are not closed"}},
		{"a closed date", calendar + "closed_dates = [2026-10-01]\n" + special + "2026-10-05 = [\"09:00-12:00\"]\n2026-10-01 = [\"09:00-12:00\"]\n",
			[]string{"r.toml:5: special_hours.2026-10-01: a closed date has no hours; allowed: hours of days that are not in closed_dates"}},
		{"a weekday twice", weekly + "friday = [\"09:00-12:00\"]\n\"friday\" = [\"13:00-15:00\"]\n", []string{"r.toml:3: "}},
		{"a weekday in two ways", weekly + "friday = [\"09:00-12:00\"]\n[\"calendar.hours\"]\nfriday = [\"09:00-12:00\"]\n", []string{"r.toml:4: hours.friday: the same day again; allowed: every day once"}},
		{"no table of days", calendar + "hours = [\"09:00-20:30\"]\n", []string{"r.toml:2: hours: is not a table of days; allowed: hours = { … = [\"09:00-20:30\"] }"}},
		{"a list of tables", "[[calendar.hours]]\nfriday = []\n", []string{"r.toml:1: calendar.hours: there is no such table"}},
		{"several, each with its line", weekly + "x = []\nmonday = [\"1\", \"2\"]\n" + special + "y = 3\n",
			[]string{"r.toml:2: hours: x is no weekday", "r.toml:3: hours.monday: 1 is no span", "r.toml:3: hours.monday: 2 is no span",
				"r.toml:5: special_hours.y: is not a list", "r.toml:5: special_hours: y is no day"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			terms, err := Parse("r.toml", []byte(c.text+everybody))
			var problems *config.Errors
			if !errors.As(err, &problems) || len(problems.Problems) != len(c.want) {
				t.Fatalf("%+v, error: %v", terms, err)
			}
			for i, p := range problems.Problems {
				if !strings.HasPrefix(p.String(), c.want[i]) {
					t.Errorf("%q, want %q…", p, c.want[i])
				}
			}
		})
	}
	if _, err := Parse("r.toml", []byte(calendar+"closed_weekdays = [\"monday\"]\nclosed_dates = [2026-10-01]\n"+special+
		"2026-10-05 = [\"09:00-12:00\"] # a Monday\n"+everybody)); err != nil {
		t.Errorf("hours of a day that is closed otherwise: %v", err)
	}
}
