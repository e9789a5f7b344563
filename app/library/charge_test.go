package library

import (
	"testing"
	"time"
)

func TestAccept_L44_what_the_end_of_a_loan_costs(t *testing.T) {
	for _, c := range []struct {
		name, due, lost string
		terms           Policy
		today           string
		want            LoanEnd
	}{
		{"in time", "2026-06-10", "", Policy{OverdueFen: 10}, "2026-06-10", LoanEnd{}},
		{"late where that is free", "2026-06-10", "", Policy{}, "2026-06-15", LoanEnd{DaysLate: 5}},
		{"late where it costs", "2026-06-10", "", Policy{OverdueFen: 10}, "2026-06-15", LoanEnd{DaysLate: 5, ChargeFen: 50}},
		{"lost in time and found in time", "2026-06-10", "2026-06-01", Policy{OverdueFen: 10, FoundDays: 30}, "2026-06-05", LoanEnd{CancelLost: true}},
		{"lost in time and found late: the loss was what counted", "2026-06-10", "2026-06-01", Policy{OverdueFen: 10, FoundDays: 30}, "2026-06-20",
			LoanEnd{CancelLost: true}},
		{"lost late: the days up to then", "2026-06-10", "2026-06-13", Policy{OverdueFen: 10, FoundDays: 30}, "2026-07-01",
			LoanEnd{DaysLate: 3, ChargeFen: 30, CancelLost: true}},
		{"found on the last day that takes the charge back", "2026-06-10", "2026-06-01", Policy{FoundDays: 30}, "2026-07-01", LoanEnd{CancelLost: true}},
		{"found the day after", "2026-06-10", "2026-06-01", Policy{FoundDays: 30}, "2026-07-02", LoanEnd{}},
		{"found where nothing is taken back", "2026-06-10", "2026-06-01", Policy{}, "2026-06-01", LoanEnd{}},
		{"found on a day before it was lost, by a clock set back", "2026-06-10", "2026-06-20", Policy{OverdueFen: 10, FoundDays: 30}, "2026-06-12",
			LoanEnd{DaysLate: 2, ChargeFen: 20, CancelLost: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := Loan{Due: day(c.due)}
			if c.lost != "" {
				l.LostOn = day(c.lost)
			}
			if got := EndLoan(l, c.terms, day(c.today)); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestAccept_L43_a_found_item_ends_the_loan_it_was_lost_under(t *testing.T) {
	found := func(patron string) CheckOutFacts {
		f := calmCheckOut(t)
		lentTo(&f, patron)
		f.Item.State, f.Loan.Due, f.Loan.LostOn = ItemLost, day("2026-06-01"), day("2026-06-05")
		f.LoanTerms = Policy{OverdueFen: 10, FoundDays: 30}
		return f
	}
	t.Run("with what it cost up to the day it was lost", func(t *testing.T) {
		d := DecideCheckOut(found(other))
		if want := (LoanEnd{DaysLate: 4, ChargeFen: 40, CancelLost: true}); !d.Allowed() || !d.Recovered || d.Ended != want {
			t.Errorf("got %+v (%s), want %+v", d.Ended, told(d.Reasons), want)
		}
	})
	t.Run("and a charge that is taken back does not keep its finder from borrowing it", func(t *testing.T) {
		f := found(me)
		f.Who.Standing.ChargesFen, f.LostFen = 3200, 3000
		if d := DecideCheckOut(f); !d.Allowed() {
			t.Errorf("refused: %s", told(d.Reasons))
		}
		f.Who.Standing.ChargesFen = 4000
		if got := told(DecideCheckOut(f).Reasons); got != "patron_charges staff amount=1000 threshold=1000" {
			t.Errorf("told %q", got)
		}
	})
	t.Run("but one that stays does", func(t *testing.T) {
		f := found(me)
		f.Who.Standing.ChargesFen, f.LostFen, f.LoanTerms.FoundDays = 3200, 3000, 3
		if got := told(DecideCheckOut(f).Reasons); got != "patron_charges staff amount=3200 threshold=1000" {
			t.Errorf("told %q", got)
		}
	})
	t.Run("and ends nothing when it was nobody's", func(t *testing.T) {
		f := found(other)
		f.Loan, f.Item.LoanID = nil, ""
		if d := DecideCheckOut(f); !d.Recovered || d.Ended != (LoanEnd{}) {
			t.Errorf("got %+v", d)
		}
	})
	t.Run("and a refusal ends nothing", func(t *testing.T) {
		f := found(other)
		f.Item.NotForLoan = true
		if d := DecideCheckOut(f); d.Allowed() || d.Recovered || d.Ended != (LoanEnd{}) {
			t.Errorf("got %+v", d)
		}
	})
}

func TestAccept_L42_a_copy_freed_on_the_hold_shelf_goes_to_the_next(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*CheckInFacts)
		want   CheckInDecision
	}{
		{"back to its place when nobody waits", func(*CheckInFacts) {}, CheckInDecision{State: ItemAvailable}},
		{"to the next who waits, with a full shelf time", func(f *CheckInFacts) { f.Queue = waiting(me) },
			CheckInDecision{State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"past one who has another copy on its way", func(f *CheckInFacts) {
			f.Queue = waiting(other, me)
			f.Queue[0].Item = "i7"
		}, CheckInDecision{State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"on its way to where the next picks up", func(f *CheckInFacts) {
			f.Queue = waiting(me)
			f.Queue[0].PickUp = away
		}, CheckInDecision{State: ItemInTransit, Hold: "h-p1", TransitTo: away}},
		{"home when it is of another branch", func(f *CheckInFacts) { f.Item.Branch = away }, CheckInDecision{State: ItemInTransit, TransitTo: away}},
		{"to the next, over closed days", func(f *CheckInFacts) {
			f.Queue, f.Calendar = waiting(me), Calendar{ClosedWeekdays: []time.Weekday{time.Saturday, time.Sunday}}
		}, CheckInDecision{State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-15")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckIn(t)
			noLoan(&f, ItemOnShelf)
			c.change(&f)
			if got := DecideFreed(f); !sameCheckIn(got, c.want) {
				t.Errorf("\ngot  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

// The due date of a check-out: the days of the row, then the next open day.
func TestAccept_L43_a_due_date_crosses_closed_days_month_ends_and_clock_changes(t *testing.T) {
	weekend := []time.Weekday{time.Saturday, time.Sunday}
	for _, c := range []struct {
		name, zone, now string
		days            int
		closed          []time.Weekday
		dates           []string
		want            string
	}{
		{"thirty days are days, not a month", "Asia/Shanghai", "2027-01-31T10:00:00+08:00", 30, nil, nil, "2027-03-02"},
		{"in a leap year", "Asia/Shanghai", "2028-01-31T10:00:00+08:00", 30, nil, nil, "2028-03-01"},
		{"on the leap day", "Asia/Shanghai", "2028-01-30T10:00:00+08:00", 30, nil, nil, "2028-02-29"},
		{"lent on the leap day", "Asia/Shanghai", "2028-02-29T23:59:59+08:00", 1, nil, nil, "2028-03-01"},
		{"a century without a leap day", "Asia/Shanghai", "2100-02-28T10:00:00+08:00", 1, nil, nil, "2100-03-01"},
		{"over the year's end", "Asia/Shanghai", "2026-12-15T10:00:00+08:00", 30, nil, nil, "2027-01-14"},
		{"the day begins at the library's midnight", "Asia/Shanghai", "2026-06-10T16:00:00Z", 1, nil, nil, "2026-06-12"},
		{"and not before", "Asia/Shanghai", "2026-06-10T15:59:59Z", 1, nil, nil, "2026-06-11"},
		{"on an open day it stays", "Asia/Shanghai", "2026-06-10T10:00:00+08:00", 1, weekend, nil, "2026-06-11"},
		{"a closed Saturday moves it to Monday", "Asia/Shanghai", "2026-06-10T10:00:00+08:00", 3, weekend, nil, "2026-06-15"},
		{"closed days in a row are all passed", "Asia/Shanghai", "2026-06-10T10:00:00+08:00", 3, weekend, []string{"2026-06-15", "2026-06-16"}, "2026-06-17"},
		{"a closed week ends in the next", "Asia/Shanghai", "2026-09-30T10:00:00+08:00", 1, nil,
			[]string{"2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07"}, "2026-10-08"},
		{"a library that never opens keeps the day", "Asia/Shanghai", "2026-06-10T10:00:00+08:00", 1,
			[]time.Weekday{0, 1, 2, 3, 4, 5, 6}, nil, "2026-06-11"},
		{"the short day of spring", "Europe/Berlin", "2026-03-28T23:30:00+01:00", 1, nil, nil, "2026-03-29"},
		{"the hour that is told twice", "Europe/Berlin", "2026-10-25T02:30:00+02:00", 1, nil, nil, "2026-10-26"},
		{"a day that has no midnight", "America/Santiago", "2026-09-05T12:00:00-04:00", 1, nil, nil, "2026-09-06"},
		{"a winter, across both changes", "Europe/Berlin", "2026-10-01T12:00:00+02:00", 182, nil, nil, "2027-04-01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckOut(t)
			f.Zone, f.Now, f.Policies, f.Who.Patron.ExpiresOn = mustZone(t, c.zone), mustTime(t, c.now), Policies{{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 1, LoanDays: c.days}}, Date{}
			f.Calendar.ClosedWeekdays = c.closed
			for _, d := range c.dates {
				f.Calendar.ClosedDates = append(f.Calendar.ClosedDates, day(d))
			}
			if d := DecideCheckOut(f); d.Due != day(c.want) {
				t.Errorf("due %s, want %s (%s)", d.Due, c.want, told(d.Reasons))
			}
		})
	}
}
