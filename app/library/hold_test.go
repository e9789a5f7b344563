package library

import "testing"

// calmHold is an adult who waits for nothing yet, and a title that may be lent.
func calmHold(tb testing.TB) HoldFacts {
	f := calmCheckOut(tb)
	return HoldFacts{Now: f.Now, Zone: f.Zone, Branch: here, Who: f.Who, Policy: f.Policies[0], Lendable: true}
}

func TestAccept_L42_a_hold_is_refused_with_every_code_and_its_facts(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*HoldFacts)
		want   string
	}{
		{"is placed when nothing stands against it", func(*HoldFacts) {}, ""},
		{"is placed as the last one allowed", func(f *HoldFacts) { f.Who.Standing.Holds = 4 }, ""},
		{"is placed by who has overdue items, charges and full hands", func(f *HoldFacts) {
			f.Who.Overdue, f.Who.Standing.ChargesFen, f.Who.Standing.Loans = 2, 100_000, 10
		}, ""},
		{"is placed on a card good at another branch only", func(f *HoldFacts) {
			f.Who.Patron.OnlyHomeBranch, f.Who.Patron.Branch = true, away
		}, ""},
		{"is refused at the limit", func(f *HoldFacts) { f.Who.Standing.Holds = 5 }, "hold_limit block limit=5 now=5"},
		{"is refused above a limit that was lowered", func(f *HoldFacts) { f.Who.Standing.Holds = 7 }, "hold_limit block limit=5 now=7"},
		{"is refused a second time on the same title, with the place", func(f *HoldFacts) {
			f.Open, f.Position = &waiting(me)[0], 3
		}, "hold_exists block position=3 state=waiting"},
		{"is refused on a title that is ready, with the last day", func(f *HoldFacts) {
			f.Open = &Hold{State: HoldReady, Deadline: day("2026-06-12")}
		}, "hold_exists block state=ready until=2026-06-12"},
		{"is refused on a title the patron has, with its due date", func(f *HoldFacts) { f.Loan = &Loan{Due: day("2026-06-20")} },
			"hold_yours_on_loan block due=2026-06-20"},
		{"is refused on a title that is never lent", func(f *HoldFacts) { f.Lendable = false }, "hold_not_allowed block why=not_lendable"},
		{"is refused where the policy allows none, and no limit of none is told", func(f *HoldFacts) { f.Policy.Holds = 0 },
			"hold_not_allowed block why=no_holds"},
		{"is refused to a suspended patron", func(f *HoldFacts) { f.Who.Patron.SuspendedUntil = day("2026-06-10") },
			"hold_not_allowed block why=patron_suspended"},
		{"is refused on an expired card", func(f *HoldFacts) { f.Who.Patron.ExpiresOn = day("2026-06-09") }, "hold_not_allowed block why=card_expired"},
		{"is refused on a lost card", func(f *HoldFacts) { f.Who.Card.State = CardLost }, "hold_not_allowed block why=card_lost"},
		{"is refused on a replaced card", func(f *HoldFacts) { f.Who.Card.State = CardReplaced }, "hold_not_allowed block why=card_replaced"},
		{"is refused to who is not known", func(f *HoldFacts) { f.Who = PatronFacts{} }, "hold_not_allowed block why=card_unknown"},
		{"is refused to a child whose guardian is suspended", func(f *HoldFacts) { f.Who.Guardian = &Patron{SuspendedUntil: day("2026-06-10")} },
			"hold_not_allowed block why=guardian_blocked"},
		{"is refused on a provisional card past its days", func(f *HoldFacts) {
			f.Who.Patron.Category, f.Who.Patron.ProvisionalUntil = Provisional, day("2026-06-09")
		}, "hold_not_allowed block why=patron_provisional"},
		{"is refused with every reason, in order", func(f *HoldFacts) {
			f.Who.Standing.Holds, f.Open, f.Position, f.Loan, f.Lendable = 6, &waiting(me)[0], 1, &Loan{Due: day("2026-06-20")}, false
		}, "hold_limit block limit=5 now=6; hold_exists block position=1 state=waiting; hold_yours_on_loan block due=2026-06-20; " +
			"hold_not_allowed block why=not_lendable"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmHold(t)
			c.change(&f)
			if got := told(DecideHold(f)); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

func TestAccept_L42_a_copy_is_worth_waiting_for_when_it_may_be_lent_one_day(t *testing.T) {
	lent := Policy{ItemType: "*", LoanDays: 30}
	for _, c := range []struct {
		name  string
		item  Item
		terms Policy
		want  bool
	}{
		{"on the shelf", Item{Type: Book, State: ItemAvailable}, lent, true},
		{"on loan", Item{Type: Book, State: ItemOnLoan}, lent, true},
		{"on the hold shelf", Item{Type: Book, State: ItemOnShelf}, lent, true},
		{"in transit", Item{Type: Book, State: ItemInTransit}, lent, true},
		{"lost", Item{Type: Book, State: ItemLost}, lent, false},
		{"withdrawn", Item{Type: Book, State: ItemWithdrawn}, lent, false},
		{"damaged", Item{Type: Book, State: ItemDamaged}, lent, false},
		{"not for loan", Item{Type: Book, State: ItemAvailable, NotForLoan: true}, lent, false},
		{"to be read on site", Item{Type: Book, State: ItemAvailable, OnSite: true}, lent, false},
		{"to be read on site by the terms", Item{Type: Book, State: ItemAvailable}, Policy{ItemType: "*", LoanDays: 30, OnSite: true}, false},
		{"not lent by the terms", Item{Type: Book, State: ItemAvailable}, Policy{ItemType: "*"}, false},
		{"a reference work under a row for all types", Item{Type: Reference, State: ItemAvailable}, lent, false},
		{"a reference work under a row of its own", Item{Type: Reference, State: ItemAvailable}, Policy{ItemType: "reference", LoanDays: 2}, true},
	} {
		if got := CopyHoldable(c.item, c.terms); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
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
