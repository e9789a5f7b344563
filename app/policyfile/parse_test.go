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

const everybody = "[[policy]]\ncategory = \"*\"\nitem_type = \"*\"\nbranch = \"*\"\n"

func TestAccept_L41_what_is_printed_is_read_as_the_same(t *testing.T) {
	odd := library.Terms{Calendar: library.Calendar{ClosedWeekdays: []time.Weekday{time.Sunday, time.Saturday}, ClosedDates: []library.Date{{Year: 2028, Month: 2, Day: 29}}}}
	p := library.Policy{Category: "*", ItemType: "*", Branch: "*"}
	for i, f := range library.PolicyFields {
		f.Set(&p, min(f.Max, max(f.Min, int64(i+1))))
	}
	q := p
	q.Category, q.ItemType, q.Branch, q.OnSite = "teen", "reference", "Bus.2", false
	odd.Policies = library.Policies{q, p}
	for _, want := range []library.Terms{odd, {Policies: library.DefaultPolicies()}} {
		text := Format(want)
		got, err := Parse("printed.toml", []byte(text))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v\ngot  %+v\nwant %+v\n%s", err, got, want, text)
		}
	}
	// As an editor of Windows saves it.
	text := "\ufeff" + strings.ReplaceAll(Format(odd), "\n", "\r\n")
	if got, err := Parse("printed.toml", []byte(text)); err != nil || !reflect.DeepEqual(got, odd) {
		t.Errorf("%v\n%+v", err, got)
	}
	out := Format(odd)
	for _, f := range library.PolicyFields {
		if !strings.Contains(out, f.Name) || !strings.Contains(out, f.About) {
			t.Errorf("%s is not explained", f.Name)
		}
	}
}

func TestAccept_L41_a_wrong_policy_file_is_refused_with_line_key_and_what_is_allowed(t *testing.T) {
	const general = everybody // lines 1 to 4
	for _, c := range []struct {
		name, text string
		want       []string // the beginning of each problem
	}{
		{"not TOML", general + "loan_days = \n", []string{"r.toml:5: "}},
		{"an unknown key", general + "loan_day = 5\n", []string{"r.toml:5: loan_day: there is no such key; allowed: category, item_type, branch, loan_limit, "}},
		{"an unknown table", "[policies]\nx = 1\n" + general, []string{"r.toml:1: policies: there is no such table; allowed: [calendar], [calendar.hours], [calendar.special_hours], [[policy]]"}},
		{"a table instead of a list of rows", "[policy]\ncategory = \"*\"\n", []string{"r.toml:1: "}},
		{"a key in no table", "loan_days = 5\n" + general, []string{"r.toml:1: loan_days: stands in no table"}},
		{"a key of two parts", general + "loan.days = 5\n", []string{"r.toml:5: loan.days: there is no such key"}},
		{"a key twice", general + "holds = 5\nholds = 6\n", []string{"r.toml:6: "}},
		{"a text for a number", general + "loan_days = \"30\"\n", []string{"r.toml:5: loan_days: is not a whole number; allowed: 0 to 3650"}},
		{"a broken number", general + "loan_days = 1.5\n", []string{"r.toml:5: loan_days: is not a whole number"}},
		{"a negative number", general + "overdue_fen = -5\n", []string{"r.toml:5: overdue_fen: -5 is out of range; allowed: 0 to 10000000"}},
		{"a number for yes", general + "on_site = 1\n", []string{"r.toml:5: on_site: is not true or false; allowed: true, false"}},
		{"a yes for a number", general + "holds = true\n", []string{"r.toml:5: holds: is not a whole number"}},
		{"a strange category", general + strings.Replace(general, `"*"`, `"adults"`, 1), []string{"r.toml:6: category: \"adults\" is no category; allowed: *, adult, child"}},
		{"a number as category", general + strings.Replace(general, `"*"`, `5`, 1), []string{"r.toml:6: category: is not a text in quotes; allowed: *, adult"}},
		{"a strange item type", general + strings.Replace(general, "item_type = \"*\"", "item_type = \"dvd\"", 1), []string{"r.toml:7: item_type: \"dvd\" is no item type; allowed: *, book"}},
		{"a branch with a space", general + strings.Replace(general, "branch = \"*\"", "branch = \"a b\"", 1), []string{"r.toml:8: branch: \"a b\" is no branch"}},
		{"no branch", "[[policy]]\ncategory = \"*\"\nitem_type = \"*\"\n", []string{"r.toml:1: branch: is missing in this row"}},
		{"a row twice", general + "\n" + general, []string{"r.toml:6: policy: the same row as in line 1; allowed: every row once"}},
		{"no row for everybody", strings.Replace(general, `"*"`, `"adult"`, 1), []string{"r.toml:1: policy: no row for everybody"}},
		{"an empty file", "", []string{"r.toml:1: policy: no row for everybody"}},
		{"renewals of no days", general + "renewals = 1\nrenew_days = 0\n", []string{"r.toml:6: renew_days: a renewal of 0 days"}},
		{"an unknown key of the calendar", "[calendar]\nclosed = []\n" + general, []string{"r.toml:2: closed: there is no such key; allowed: closed_weekdays, closed_dates, hours, special_hours"}},
		{"a strange weekday", "[calendar]\nclosed_weekdays = [\"Mon\"]\n" + general, []string{"r.toml:2: closed_weekdays: Mon is no weekday; allowed: monday, tuesday"}},
		{"a day that does not exist", "[calendar]\nclosed_dates = [\"2027-02-29\"]\n" + general, []string{"r.toml:2: closed_dates: 2027-02-29 is no day; allowed: days as"}},
		{"a moment for a day", "[calendar]\nclosed_dates = [2027-02-28T10:00:00]\n" + general, []string{"r.toml:2: closed_dates: "}},
		{"a day for a list", "[calendar]\nclosed_dates = 2027-02-28\n" + general, []string{"r.toml:2: closed_dates: is not a list"}},
		{"several, each with its line", "[calendar]\nclosed_weekdays = [\"x\"]\n" + general + "holds = -1\nloan_days = \"a\"\n" + general,
			[]string{"r.toml:2: ", "r.toml:7: ", "r.toml:8: ", "r.toml:9: policy: the same row as in line 3"}},
		{"too large", strings.Repeat("#", config.MaxFileBytes+1), []string{"r.toml:1: the file is larger"}},
		{"not UTF-8", "# \xff\n" + general, []string{"r.toml:1: is not UTF-8"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			terms, err := Parse("r.toml", []byte(c.text))
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
}
