package policyfile

import (
	"bytes"
	"errors"
	"reflect"
	"testing"

	"shuting/app/config"
	"shuting/app/library"
)

// FuzzParse holds for any bytes: no panic; either terms that may come into force
// and are read the same from what Format writes, or a report whose lines exist.
func FuzzParse(f *testing.F) {
	f.Add([]byte(Format(library.Terms{Policies: library.DefaultPolicies()})))
	f.Add([]byte("[calendar]\nclosed_weekdays = ['sunday', \"monday\"]\nclosed_dates = [2026-10-01, '2028-02-29', 2026-10-01T00:00:00Z]\n" + everybody + "on_site = true\n"))
	f.Add([]byte(Format(library.Terms{Policies: library.DefaultPolicies(), Calendar: library.Calendar{Hours: []library.WeekdayHours{{Weekday: 2, Spans: []library.Span{{From: 540, To: 1440}}}},
		SpecialHours: []library.DateHours{{Date: library.Date{Year: 2026, Month: 12, Day: 31}, Spans: []library.Span{{From: 0, To: 1}, {From: 1, To: 2}}}}}})))
	f.Add([]byte("[calendar]\nhours = { tuesday = ['09:00-12:00', \"13:00-24:00\"], 'sunday' = [\n'10:00-16:00'] }\nspecial_hours = { 2026-12-31 = ['09:00-16:00'], \"2028-02-29\" = [] }\n" + everybody))
	f.Add([]byte("[calendar.hours]\nmonday = ['00:00-24:00']\n[\"calendar.hours\"]\nmonday = ['09:00-08:00']\n[calendar.special_hours]\n2026-12-31.x = 1\n" + everybody))
	f.Add([]byte("policy = [{category = '*'}]\n[[policy]]\nloan_days = 0x10\nloan.days = 1\n[policy.a]\n[[calendar]]\n"))
	f.Add([]byte("\ufeff# x\r\n[[policy]]\r\ncategory = \"\"\"*\"\"\"\r\nbranch = '*' # y\r\nitem_type = \"\\u002a\"\r\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		terms, err := Parse("f", data)
		if !bytes.Equal(before, data) {
			t.Fatal("Parse changed its input")
		}
		if err == nil {
			if wrong := terms.Check(); len(wrong) > 0 {
				t.Fatalf("accepted %+v", wrong)
			}
			again, err := Parse("again", []byte(Format(terms)))
			if err != nil || !reflect.DeepEqual(again.Policies, terms.Policies) || len(again.Changes(terms))+len(terms.Changes(again)) != 0 {
				t.Fatalf("written and read again (%v):\n%+v\nwant\n%+v", err, again, terms)
			}
			return
		}
		var faults *config.Errors
		if !errors.As(err, &faults) || len(faults.Problems) == 0 || !reflect.DeepEqual(terms, library.Terms{}) {
			t.Fatalf("%+v, error %#v", terms, err)
		}
		lines := bytes.Count(data, []byte("\n")) + 1
		for _, p := range faults.Problems {
			if p.Line < 1 || p.Line > lines || p.Message == "" {
				t.Fatalf("problem in line %d of %d: %v", p.Line, lines, p)
			}
		}
	})
}
