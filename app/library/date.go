package library

import (
	"fmt"
	"slices"
	"time"
)

// Date is a civil day without a zone: what is stamped into a book. The zero
// Date means "none".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// DateOf is the civil day of an instant in a zone.
func DateOf(t time.Time, zone *time.Location) Date {
	y, m, d := t.In(zone).Date()
	return Date{y, m, d}
}

// ParseDate reads 2006-01-02 and refuses days that do not exist.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("date %q: want yyyy-mm-dd, a real day", s)
	}
	return DateOf(t, time.UTC), nil
}

// IsZero tells whether no day is set.
func (d Date) IsZero() bool { return d == Date{} }

func (d Date) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// AddDays counts civil days, so a clock change never moves a due date.
func (d Date) AddDays(n int) Date {
	y, m, day := d.utc().AddDate(0, 0, n).Date()
	return Date{y, m, day}
}

// Before and After compare two days.
func (d Date) Before(o Date) bool { return d.utc().Before(o.utc()) }

// After tells whether d comes later than o.
func (d Date) After(o Date) bool { return d.utc().After(o.utc()) }

// DaysUntil is the number of civil days from d to o; negative when o is past.
func (d Date) DaysUntil(o Date) int { return int((o.utc().Unix() - d.utc().Unix()) / 86400) }

// Weekday of the day.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// String is 2006-01-02, or "" for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.utc().Format(time.DateOnly)
}

// MarshalText and UnmarshalText keep the stored and the sent form readable.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote; empty text is no day.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Age in whole years on a day. Someone born on 29 February is a year older on
// 1 March of other years.
func Age(born, on Date) int {
	n := on.Year - born.Year
	if on.Month < born.Month || (on.Month == born.Month && on.Day < born.Day) {
		n--
	}
	return n
}

// Calendar knows when the library is closed and, as far as they are known, its
// opening hours.
type Calendar struct {
	ClosedWeekdays []time.Weekday
	ClosedDates    []Date
	Hours          []WeekdayHours // of weekdays that are not closed, each once
	SpecialHours   []DateHours    // of single days, each once
}

// Open tells whether the library is open at any hour of that day. A closed date
// is closed; hours of that very day open a closed weekday.
func (c Calendar) Open(d Date) bool {
	if slices.Contains(c.ClosedDates, d) {
		return false
	}
	if _, special := c.special(d); special {
		return true
	}
	return !slices.Contains(c.ClosedWeekdays, d.Weekday())
}

// NextOpen is d, or the first open day after it. A calendar with no open day
// within a year (a mistake, or a long renovation) leaves d as it is.
func (c Calendar) NextOpen(d Date) Date {
	for n := range 366 {
		if x := d.AddDays(n); c.Open(x) {
			return x
		}
	}
	return d
}
