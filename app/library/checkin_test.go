package library

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// calmCheckIn is an ordinary book of this branch, on loan and due in ten days.
func calmCheckIn(tb testing.TB) CheckInFacts {
	return CheckInFacts{
		Now: mustTime(tb, thisMorning), Zone: mustZone(tb, "Asia/Shanghai"), Branch: here,
		Policy:    Policy{OverdueFen: 10},
		Item:      &Item{ID: copyID, TitleID: titleID, Branch: here, At: here, Type: Book, State: ItemOnLoan, LoanID: "l1"},
		Loan:      &Loan{ID: "l1", Patron: other, Item: copyID, Title: titleID, ItemType: Book, Due: day("2026-06-20")},
		ShelfDays: 3, SecondScan: time.Minute,
	}
}

func noLoan(f *CheckInFacts, s ItemState) { f.Loan, f.Item.LoanID, f.Item.State = nil, "", s }

func TestAccept_L13_check_in_tells_every_outcome_and_records_it(t *testing.T) {
	for _, c := range []struct {
		name     string
		change   func(*CheckInFacts)
		outcomes string
		want     CheckInDecision // Outcomes are compared apart
	}{
		{"an unknown barcode", func(f *CheckInFacts) { f.Item, f.Loan = nil, nil }, "item_unknown", CheckInDecision{}},
		{"a loan in time", func(*CheckInFacts) {}, "returned", CheckInDecision{CloseLoan: true, State: ItemAvailable}},
		{"a loan on its due day", func(f *CheckInFacts) { f.Loan.Due = day("2026-06-10") }, "returned",
			CheckInDecision{CloseLoan: true, State: ItemAvailable}},
		{"a late loan, with the days and the charge", func(f *CheckInFacts) { f.Loan.Due = day("2026-06-03") }, "returned",
			CheckInDecision{CloseLoan: true, State: ItemAvailable, LoanEnd: LoanEnd{DaysLate: 7, ChargeFen: 70}}},
		{"a late loan where being late is free", func(f *CheckInFacts) { f.Loan.Due, f.Policy = day("2026-06-09"), Policy{} }, "returned",
			CheckInDecision{CloseLoan: true, State: ItemAvailable, LoanEnd: LoanEnd{DaysLate: 1}}},

		{"an item nobody has", func(f *CheckInFacts) { noLoan(f, ItemAvailable) }, "not_on_loan", CheckInDecision{}},
		{"an item on the hold shelf, which stays there", func(f *CheckInFacts) {
			noLoan(f, ItemOnShelf)
			f.Queue = waiting(me)
		}, "not_on_loan", CheckInDecision{}},
		{"a withdrawn item nobody has", func(f *CheckInFacts) { noLoan(f, ItemWithdrawn) }, "not_on_loan", CheckInDecision{}},
		{"a damaged item nobody has", func(f *CheckInFacts) { noLoan(f, ItemDamaged) }, "not_on_loan", CheckInDecision{}},
		{"an item nobody has, without asking for parts", func(f *CheckInFacts) {
			noLoan(f, ItemAvailable)
			f.Item.Parts = "CD"
		}, "not_on_loan", CheckInDecision{}},

		{"an item somebody waits for", func(f *CheckInFacts) { f.Queue = waiting(me, "p3") }, "returned_reserved",
			CheckInDecision{CloseLoan: true, State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"an item to be picked up wherever it is", func(f *CheckInFacts) {
			f.Queue = waiting(me)
			f.Queue[0].PickUp = ""
		}, "returned_reserved", CheckInDecision{CloseLoan: true, State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"an item to be picked up elsewhere, on its way and not yet ready", func(f *CheckInFacts) {
			f.Queue = waiting(me)
			f.Queue[0].PickUp = away
		}, "returned_reserved", CheckInDecision{CloseLoan: true, State: ItemInTransit, Hold: "h-p1", TransitTo: away}},
		{"an item of another branch that somebody waits for here", func(f *CheckInFacts) {
			f.Item.Branch, f.Queue = away, waiting(me)
		}, "returned_reserved", CheckInDecision{CloseLoan: true, State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"an item for the second of the queue, another copy being on its way to the first", func(f *CheckInFacts) {
			f.Queue = waiting(me, "p3")
			f.Queue[0].Item = "i7"
		}, "returned_reserved", CheckInDecision{CloseLoan: true, State: ItemOnShelf, Hold: "h-p3", Deadline: day("2026-06-13")}},
		{"a shelf time of nothing, which still gives one day", func(f *CheckInFacts) { f.Queue, f.ShelfDays = waiting(me), 0 },
			"returned_reserved", CheckInDecision{CloseLoan: true, State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-11")}},
		{"a shelf time that would end on a closed day", func(f *CheckInFacts) {
			f.Queue, f.Calendar = waiting(me), Calendar{ClosedWeekdays: []time.Weekday{time.Saturday, time.Sunday}}
		}, "returned_reserved", CheckInDecision{CloseLoan: true, State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-15")}},

		{"an item of another branch", func(f *CheckInFacts) { f.Item.Branch = away }, "returned_other_branch",
			CheckInDecision{CloseLoan: true, State: ItemInTransit, TransitTo: away}},
		{"a lost item with its loan", func(f *CheckInFacts) { f.Item.State = ItemLost }, "returned_was_lost",
			CheckInDecision{CloseLoan: true, State: ItemAvailable}},
		{"a lost item long past its due day", func(f *CheckInFacts) { f.Item.State, f.Loan.Due = ItemLost, day("2026-06-08") }, "returned_was_lost",
			CheckInDecision{CloseLoan: true, State: ItemAvailable, LoanEnd: LoanEnd{DaysLate: 2, ChargeFen: 20}}},
		{"a lost item without a loan", func(f *CheckInFacts) { noLoan(f, ItemLost) }, "returned_was_lost", CheckInDecision{State: ItemAvailable}},
		{"a lost item without a loan that somebody waits for", func(f *CheckInFacts) {
			noLoan(f, ItemLost)
			f.Queue = waiting(me)
		}, "returned_reserved returned_was_lost", CheckInDecision{State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"an item whose parts must be checked", func(f *CheckInFacts) { f.Item.Parts = "CD" }, "returned_has_parts",
			CheckInDecision{CloseLoan: true, State: ItemAvailable}},
		{"everything that can be said at once, what matters most first", func(f *CheckInFacts) {
			f.Item.State, f.Item.Parts, f.Item.Branch, f.Queue = ItemLost, "CD", away, waiting(me)
		}, "returned_reserved returned_was_lost returned_has_parts",
			CheckInDecision{CloseLoan: true, State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"a lost item of another branch with parts", func(f *CheckInFacts) {
			f.Item.State, f.Item.Parts, f.Item.Branch = ItemLost, "CD", away
		}, "returned_other_branch returned_was_lost returned_has_parts", CheckInDecision{CloseLoan: true, State: ItemInTransit, TransitTo: away}},

		{"an item withdrawn while on loan, which stays withdrawn", func(f *CheckInFacts) {
			f.Item.State, f.Item.Branch, f.Queue = ItemWithdrawn, away, waiting(me)
		}, "returned", CheckInDecision{CloseLoan: true, State: ItemWithdrawn}},
		{"an item marked damaged while on loan, which stays damaged", func(f *CheckInFacts) { f.Item.State = ItemDamaged }, "returned",
			CheckInDecision{CloseLoan: true, State: ItemDamaged}},

		{"an item in transit that has come home", func(f *CheckInFacts) { noLoan(f, ItemInTransit) }, "not_on_loan",
			CheckInDecision{State: ItemAvailable}},
		{"an item in transit that is not home yet", func(f *CheckInFacts) {
			noLoan(f, ItemInTransit)
			f.Item.Branch = away
		}, "not_on_loan", CheckInDecision{}},
		{"an item in transit that has come where it is picked up", func(f *CheckInFacts) {
			noLoan(f, ItemInTransit)
			f.Item.Branch, f.Queue = away, waiting(me)
			f.Queue[0].Item = copyID
		}, "returned_reserved", CheckInDecision{State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"an item come home that somebody has begun to wait for", func(f *CheckInFacts) {
			noLoan(f, ItemInTransit)
			f.Queue = waiting(me)
		}, "returned_reserved", CheckInDecision{State: ItemOnShelf, Hold: "h-p1", Deadline: day("2026-06-13")}},
		{"an item in transit to a pick-up elsewhere, which goes on", func(f *CheckInFacts) {
			noLoan(f, ItemInTransit)
			f.Queue = waiting(me)
			f.Queue[0].Item, f.Queue[0].PickUp = copyID, away
		}, "returned_reserved", CheckInDecision{State: ItemInTransit, Hold: "h-p1", TransitTo: away}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckIn(t)
			c.change(&f)
			got := DecideCheckIn(f)
			if o := strings.Join(got.Outcomes, " "); o != c.outcomes {
				t.Errorf("outcomes %q, want %q", o, c.outcomes)
			}
			c.want.Outcomes = got.Outcomes
			if !sameCheckIn(got, c.want) {
				t.Errorf("\ngot  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func sameCheckIn(a, b CheckInDecision) bool {
	same := slices.Equal(a.Outcomes, b.Outcomes)
	a.Outcomes, b.Outcomes = nil, nil
	return same && a.CloseLoan == b.CloseLoan && a.LoanEnd == b.LoanEnd && a.State == b.State &&
		a.Hold == b.Hold && a.Deadline == b.Deadline && a.TransitTo == b.TransitTo
}

func TestCheckInSecondScan(t *testing.T) {
	for _, c := range []struct {
		name  string
		after time.Duration // from the first scan to the second, as the clock tells
		want  string
	}{
		{"at once", 0, AlreadyReturnedNow},
		{"within the minute", 59 * time.Second, AlreadyReturnedNow},
		{"when the minute is over", time.Minute, NotOnLoan},
		{"the next day", 24 * time.Hour, NotOnLoan},
		{"after the clock was set back by seconds", -5 * time.Second, AlreadyReturnedNow},
		{"after the clock was set back by an hour", -time.Hour, NotOnLoan},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckIn(t)
			noLoan(&f, ItemAvailable)
			f.Item.ReturnedAt = f.Now.Add(-c.after)
			if got := DecideCheckIn(f); !sameCheckIn(got, CheckInDecision{Outcomes: []string{c.want}}) {
				t.Errorf("got %+v, want %s and nothing recorded", got, c.want)
			}
		})
	}
	t.Run("of an item lent again meanwhile is a return", func(t *testing.T) {
		f := calmCheckIn(t)
		f.Item.ReturnedAt = f.Now.Add(-20 * time.Second)
		if got := DecideCheckIn(f); !got.CloseLoan || got.Outcomes[0] != Returned {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("of an item that went to the hold shelf stays harmless", func(t *testing.T) {
		f := calmCheckIn(t)
		noLoan(&f, ItemOnShelf)
		f.Item.ReturnedAt, f.Queue = f.Now.Add(-20*time.Second), waiting("p3")
		if got := DecideCheckIn(f); !sameCheckIn(got, CheckInDecision{Outcomes: []string{AlreadyReturnedNow}}) {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("of an item marked lost meanwhile finds it", func(t *testing.T) {
		f := calmCheckIn(t)
		noLoan(&f, ItemLost)
		f.Item.ReturnedAt = f.Now.Add(-20 * time.Second)
		if got := DecideCheckIn(f); got.Outcomes[0] != ReturnedWasLost || got.State != ItemAvailable {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("of an item never returned before is not a second one", func(t *testing.T) {
		f := calmCheckIn(t)
		noLoan(&f, ItemAvailable)
		f.Now = time.Time{}.Add(time.Second) // a clock that was never set
		if got := DecideCheckIn(f).Outcomes[0]; got != NotOnLoan {
			t.Errorf("got %s", got)
		}
	})
}

func TestDaysLateAreCivilDaysOfTheLibrary(t *testing.T) {
	for _, c := range []struct {
		name, zone, due, now string
		want                 int
	}{
		{"the last second of the due day is in time", "Asia/Shanghai", "2026-06-10", "2026-06-10T23:59:59+08:00", 0},
		{"the first second after it is one day late", "Asia/Shanghai", "2026-06-10", "2026-06-11T00:00:00+08:00", 1},
		{"the day is the library's, not that of Greenwich", "Asia/Shanghai", "2026-06-10", "2026-06-10T16:00:00Z", 1},
		{"an evening in Shanghai is not yet the next day", "Asia/Shanghai", "2026-06-10", "2026-06-10T15:59:59Z", 0},
		{"the short day of spring counts as one", "Europe/Berlin", "2026-03-28", "2026-03-30T00:00:00+02:00", 2},
		{"the end of the short day is still that day", "Europe/Berlin", "2026-03-29", "2026-03-29T23:59:59+02:00", 0},
		{"the long day of autumn counts as one", "Europe/Berlin", "2026-10-24", "2026-10-26T00:00:00+01:00", 2},
		{"the hour told twice is one day", "Europe/Berlin", "2026-10-25", "2026-10-25T02:30:00+01:00", 0},
		{"the end of the long day is still that day", "Europe/Berlin", "2026-10-25", "2026-10-25T23:59:59+01:00", 0},
		{"a winter is counted across both changes", "Europe/Berlin", "2025-10-01", "2026-04-01T12:00:00+02:00", 182},
		{"a leap day counts", "Asia/Shanghai", "2028-02-28", "2028-03-01T09:00:00+08:00", 2},
		{"closed days count like others", "Asia/Shanghai", "2026-06-05", "2026-06-08T09:00:00+08:00", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckIn(t)
			f.Zone, f.Now, f.Loan.Due = mustZone(t, c.zone), mustTime(t, c.now), day(c.due)
			f.Calendar = Calendar{ClosedWeekdays: []time.Weekday{time.Saturday, time.Sunday}}
			if got := DecideCheckIn(f); got.DaysLate != c.want || got.ChargeFen != int64(10*c.want) {
				t.Errorf("%d days late, %d fen; want %d days", got.DaysLate, got.ChargeFen, c.want)
			}
		})
	}
}
