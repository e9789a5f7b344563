package library

import (
	"encoding/json"
	"math"
	"testing"
	"time"
)

func TestDueDate(t *testing.T) {
	weekend := Calendar{ClosedWeekdays: []time.Weekday{time.Saturday, time.Sunday}}
	for _, c := range []struct {
		name, zone, now string
		days            int
		cal             Calendar
		want            string
	}{
		{"counts civil days", "Asia/Shanghai", "2026-06-10T10:00:00+08:00", 30, Calendar{}, "2026-07-10"},
		{"is the same for the first second of a day", "Asia/Shanghai", "2026-06-10T00:00:00+08:00", 30, Calendar{}, "2026-07-10"},
		{"and for its last", "Asia/Shanghai", "2026-06-10T23:59:59+08:00", 30, Calendar{}, "2026-07-10"},
		{"goes by the library's day, not by that of Greenwich", "Asia/Shanghai", "2026-06-09T16:00:00Z", 30, Calendar{}, "2026-07-10"},
		{"on a closed day moves to the next open one", "Asia/Shanghai", "2026-06-11T10:00:00+08:00", 30, weekend, "2026-07-13"},
		{"on an open day stays", "Asia/Shanghai", "2026-06-10T10:00:00+08:00", 30, weekend, "2026-07-10"},
		{"moves over a holiday that follows a weekend", "Asia/Shanghai", "2026-06-11T10:00:00+08:00", 30,
			Calendar{ClosedWeekdays: weekend.ClosedWeekdays, ClosedDates: []Date{day("2026-07-13"), day("2026-07-14")}}, "2026-07-15"},
		{"moves over a week of holidays into the next month", "Asia/Shanghai", "2026-08-26T10:00:00+08:00", 30,
			Calendar{ClosedDates: []Date{day("2026-09-25"), day("2026-09-26"), day("2026-09-27"), day("2026-09-28"), day("2026-09-29"), day("2026-09-30")}}, "2026-10-01"},
		{"at the end of a month of thirty-one days", "Asia/Shanghai", "2026-01-31T10:00:00+08:00", 30, Calendar{}, "2026-03-02"},
		{"at the end of a month before a leap day", "Asia/Shanghai", "2028-01-31T10:00:00+08:00", 30, Calendar{}, "2028-03-01"},
		{"on a leap day", "Asia/Shanghai", "2028-01-30T10:00:00+08:00", 30, Calendar{}, "2028-02-29"},
		{"from a leap day", "Asia/Shanghai", "2028-02-29T10:00:00+08:00", 366, Calendar{}, "2029-03-01"},
		{"in 2100, which has no leap day", "Asia/Shanghai", "2100-02-28T10:00:00+08:00", 1, Calendar{}, "2100-03-01"},
		{"over the end of a year", "Asia/Shanghai", "2026-12-15T10:00:00+08:00", 30, Calendar{}, "2027-01-14"},
		{"across the short day of spring", "Europe/Berlin", "2026-03-28T23:30:00+01:00", 1, Calendar{}, "2026-03-29"},
		{"across the long day of autumn", "Europe/Berlin", "2026-10-24T23:30:00+02:00", 2, Calendar{}, "2026-10-26"},
		{"in the hour told twice", "Europe/Berlin", "2026-10-25T02:30:00+01:00", 30, Calendar{}, "2026-11-24"},
		{"where midnight is skipped", "America/Santiago", "2026-09-06T01:30:00-03:00", 30, Calendar{}, "2026-10-06"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckOut(t)
			f.Zone, f.Now, f.Calendar, f.Who.Patron.ExpiresOn = mustZone(t, c.zone), mustTime(t, c.now), c.cal, Date{}
			f.Policies = Policies{{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 1, LoanDays: c.days}}
			d := DecideCheckOut(f)
			if !d.Allowed() || d.Due != day(c.want) {
				t.Errorf("due %s, want %s (%s)", d.Due, c.want, told(d.Reasons))
			}
		})
	}
}

func TestCalendar(t *testing.T) {
	everyDay := []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday}
	monday := Calendar{ClosedWeekdays: []time.Weekday{time.Monday}, ClosedDates: []Date{day("2026-06-10")}}
	for d, open := range map[string]bool{"2026-06-08": false, "2026-06-09": true, "2026-06-10": false, "2026-06-15": false, "2027-06-10": true} {
		if got := monday.Open(day(d)); got != open {
			t.Errorf("open on %s: %v", d, got)
		}
	}
	if got := monday.NextOpen(day("2026-06-08")); got != day("2026-06-09") {
		t.Errorf("after a closed Monday comes %s", got)
	}
	closed := Calendar{ClosedWeekdays: everyDay}
	if got := closed.NextOpen(day("2026-06-10")); got != day("2026-06-10") {
		t.Errorf("a library closed for good leaves the day as it is, not %s", got)
	}
	var renovation Calendar
	for n := range 365 {
		renovation.ClosedDates = append(renovation.ClosedDates, day("2026-06-10").AddDays(n))
	}
	if got := renovation.NextOpen(day("2026-06-10")); got != day("2027-06-10") {
		t.Errorf("after a year of closure comes %s", got)
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		born, on string
		want     int
	}{
		{"2012-06-10", "2026-06-09", 13},
		{"2012-06-10", "2026-06-10", 14},
		{"2012-12-31", "2026-01-01", 13},
		{"2012-02-29", "2026-02-28", 13}, // born on a leap day: not yet
		{"2012-02-29", "2026-03-01", 14},
		{"2012-02-29", "2028-02-28", 15},
		{"2012-02-29", "2028-02-29", 16},
		{"2026-06-10", "2026-06-10", 0},
	} {
		if got := Age(day(c.born), day(c.on)); got != c.want {
			t.Errorf("born %s, on %s: %d years, want %d", c.born, c.on, got, c.want)
		}
	}
}

func TestParseDateTakesRealDaysOnly(t *testing.T) {
	for _, s := range []string{"2026-06-10", "2028-02-29", "2000-02-29", "0001-01-01"} {
		d, err := ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("%s read as %s: %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2026-02-29", "2100-02-29", "2026-06-31", "2026-13-01", "2026-00-10", "2026-6-1", " 2026-06-10",
		"2026-06-10T00:00:00Z", "10.06.2026", "20260610", "２０２６-06-10"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q read as %s", s, d)
		}
	}
}

func TestDateIsStoredAsText(t *testing.T) {
	type row struct{ Due, None Date }
	in := row{Due: day("2028-02-29")}
	b, err := json.Marshal(in)
	if err != nil || string(b) != `{"Due":"2028-02-29","None":""}` {
		t.Fatalf("%s, %v", b, err)
	}
	out := row{None: day("2026-01-01")}
	if err := json.Unmarshal(b, &out); err != nil || out != in {
		t.Errorf("read back %+v, %v", out, err)
	}
	if err := json.Unmarshal([]byte(`{"Due":"2026-02-30"}`), &out); err == nil {
		t.Error("a day that does not exist was read")
	}
}

func TestDaysAddUp(t *testing.T) {
	start := day("1600-01-01")
	for _, n := range []int{0, 1, -1, 59, 60, 365, 366, 36524, 146097, 200000, -100000} {
		d := start.AddDays(n)
		if got := start.DaysUntil(d); got != n {
			t.Errorf("%d days after %s is %s, which is %d days away", n, start, d, got)
		}
		if d.Before(start) != (n < 0) || d.After(start) != (n > 0) {
			t.Errorf("%s and %s are in the wrong order", start, d)
		}
		if want := time.Weekday(((int(start.Weekday())+n)%7 + 7) % 7); d.Weekday() != want {
			t.Errorf("%s is a %s, want %s", d, d.Weekday(), want)
		}
	}
	if day("1600-01-01").AddDays(146097) != day("2000-01-01") {
		t.Error("four centuries have 146097 days")
	}
	if got := day("2026-06-10").AddDays(math.MaxInt16).DaysUntil(day("2026-06-10")); got != -math.MaxInt16 {
		t.Errorf("backwards: %d", got)
	}
}
