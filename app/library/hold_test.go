package library

import "testing"

func TestHold(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*HoldFacts)
		want   string
	}{
		{"is placed when nothing stands against it", func(*HoldFacts) {}, ""},
		{"is placed as the last one allowed", func(f *HoldFacts) { f.Standing.Holds = 4 }, ""},
		{"is refused above the limit", func(f *HoldFacts) { f.Standing.Holds = 5 }, "hold_limit block limit=5 now=5"},
		{"is refused a second time on the same title", func(f *HoldFacts) { f.Exists = true }, "hold_exists block"},
		{"is refused on a title the patron has", func(f *HoldFacts) { f.OnLoan = true }, "hold_yours_on_loan block"},
		{"is refused on a title that is never lent", func(f *HoldFacts) { f.Lendable = false }, "hold_not_allowed block"},
		{"is refused where the policy allows none, and no limit of none is told", func(f *HoldFacts) { f.Policy.Holds = 0 }, "hold_not_allowed block"},
		{"is refused with every reason, in order", func(f *HoldFacts) {
			f.Standing.Holds, f.Exists, f.OnLoan, f.Lendable = 6, true, true, false
		}, "hold_limit block limit=5 now=6; hold_exists block; hold_yours_on_loan block; hold_not_allowed block"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := HoldFacts{Patron: Patron{ID: me, Category: Adult}, Policy: Policy{Holds: 5, LoanDays: 30}, Lendable: true}
			c.change(&f)
			if got := told(DecideHold(f)); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

func TestHoldAndLoanAreOpenUntilTheyEnd(t *testing.T) {
	for state, want := range map[HoldState]bool{HoldWaiting: true, HoldReady: true, HoldFulfilled: false, HoldCancelled: false, HoldExpired: false} {
		if got := (Hold{State: state}).Open(); got != want {
			t.Errorf("a hold that is %s: open %v", state, got)
		}
	}
	l := Loan{Due: day("2026-06-10")}
	if !l.Open() {
		t.Error("a loan that nobody has returned is open")
	}
	if l.ReturnedAt = mustTime(t, thisMorning); l.Open() {
		t.Error("a returned loan is not open")
	}
	for on, want := range map[string]bool{"2026-06-09": false, "2026-06-10": false, "2026-06-11": true} {
		if got := l.Overdue(day(on)); got != want {
			t.Errorf("due on the 10th: overdue on %s is %v", on, got)
		}
	}
}
