package library

import (
	"slices"
	"testing"
)

// TestCheckOut holds the combinations that change the answer. An empty want
// means lent.
func TestCheckOut(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*CheckOutFacts)
		want   string
	}{
		{"lends when nothing stands in the way", func(*CheckOutFacts) {}, ""},

		// Boundaries of the card.
		{"lends on the last day of the card", func(f *CheckOutFacts) { f.Who.Patron.ExpiresOn = day("2026-06-10") }, ""},
		{"lends on a card without an end", func(f *CheckOutFacts) { f.Who.Patron.ExpiresOn = Date{} }, ""},
		{"refuses on the last day of a suspension", func(f *CheckOutFacts) { f.Who.Patron.SuspendedUntil = day("2026-06-10") },
			"patron_suspended block until=2026-06-10"},
		{"lends on the day after a suspension", func(f *CheckOutFacts) { f.Who.Patron.SuspendedUntil = day("2026-06-09") }, ""},
		{"tells a lost card that is also expired both", func(f *CheckOutFacts) {
			f.Who.Card.State, f.Who.Patron.ExpiresOn = CardLost, day("2026-01-01")
		}, "card_expired block on=2026-01-01; card_lost block"},
		{"lends on the last day of a provisional card", func(f *CheckOutFacts) {
			f.Who.Patron.Category, f.Who.Patron.ProvisionalUntil = Provisional, day("2026-06-10")
		}, ""},
		{"refuses the third item on a provisional card", func(f *CheckOutFacts) {
			f.Who.Patron.Category, f.Who.Standing.Loans = Provisional, 2
		}, "loan_limit staff limit=2 now=2"},
		{"no longer asks for the provisional day once the card is a full one", func(f *CheckOutFacts) {
			f.Who.Patron.ProvisionalUntil = day("2026-01-01")
		}, ""},

		// Charges and limits.
		{"lends one fen below the threshold", func(f *CheckOutFacts) { f.Who.Standing.ChargesFen = 999 }, ""},
		{"lends whatever is owed where charges never block", func(f *CheckOutFacts) {
			f.Policies, f.Who.Standing.ChargesFen = Policies{{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 1, LoanDays: 1}}, 1_000_000
		}, ""},
		{"lends the last item of the limit", func(f *CheckOutFacts) { f.Who.Standing.Loans = 9 }, ""},
		{"lends staff what an adult may not have", func(f *CheckOutFacts) {
			f.Who.Patron.Category, f.Who.Standing.Loans = StaffMember, 19
		}, ""},
		{"tells a limit that was lowered below what the patron has", func(f *CheckOutFacts) { f.Who.Standing.Loans = 12 },
			"loan_limit staff limit=10 now=12"},
		{"lends a fifth periodical", func(f *CheckOutFacts) {
			f.Item.Type, f.Who.Standing = Periodical, Standing{Loans: 4, ByType: map[ItemType]int{Periodical: 4}}
		}, ""},
		{"lends a book to somebody with five periodicals", func(f *CheckOutFacts) {
			f.Who.Standing = Standing{Loans: 5, ByType: map[ItemType]int{Periodical: 5}}
		}, ""},
		{"tells both limits when both are reached", func(f *CheckOutFacts) {
			f.Item.Type, f.Who.Standing = Periodical, Standing{Loans: 10, ByType: map[ItemType]int{Periodical: 5}}
		}, "loan_limit staff limit=10 now=10; loan_limit_type staff limit=5 now=5 type=periodical"},
		{"lends when counts by type were never kept", func(f *CheckOutFacts) {
			f.Item.Type, f.Who.Standing.ByType = Periodical, nil
		}, ""},

		// Branch and guardian.
		{"lends at home on a card good at home only", func(f *CheckOutFacts) { f.Who.Patron.OnlyHomeBranch = true }, ""},
		{"lends at another branch on an ordinary card", func(f *CheckOutFacts) { f.Who.Patron.Branch = away }, ""},
		{"refuses a child whose guardian's card has expired", func(f *CheckOutFacts) {
			f.Who.Guardian = &Patron{ID: other, ExpiresOn: day("2026-06-09")}
		}, "guardian_blocked block"},
		{"lends to a child on the last day of the guardian's card", func(f *CheckOutFacts) {
			f.Who.Guardian = &Patron{ID: other, ExpiresOn: day("2026-06-10"), SuspendedUntil: day("2026-06-09")}
		}, ""},
		{"tells the child's own suspension and the guardian's", func(f *CheckOutFacts) {
			f.Who.Patron.SuspendedUntil = day("2026-06-30")
			f.Who.Guardian = &Patron{ID: other, SuspendedUntil: day("2026-06-30")}
		}, "patron_suspended block until=2026-06-30; guardian_blocked block"},

		// Policy rows.
		{"does not lend what no row of the policies matches", func(f *CheckOutFacts) { f.Policies = nil }, "item_not_for_loan block"},
		{"does not lend a reference work that no row matches, and says why", func(f *CheckOutFacts) {
			f.Policies, f.Item.Type = nil, Reference
		}, "item_reference block"},
		{"does not lend a reference work under a row for all types", func(f *CheckOutFacts) {
			f.Policies, f.Item.Type = Policies{{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 10, LoanDays: 30}}, Reference
		}, "item_reference block"},
		{"lends a reference work to a category that has a row for it", func(f *CheckOutFacts) {
			f.Policies, f.Item.Type, f.Who.Patron.Category = append(DefaultPolicies(),
				Policy{Category: string(StaffMember), ItemType: string(Reference), Branch: here, LoanLimit: 20, LoanDays: 2}), Reference, StaffMember
		}, ""},
		{"tells a reference work marked not for loan both", func(f *CheckOutFacts) { f.Item.Type, f.Item.NotForLoan = Reference, true },
			"item_not_for_loan block; item_reference block"},
		{"keeps on site what the policy keeps on site", func(f *CheckOutFacts) {
			f.Policies = Policies{{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 10, LoanDays: 30, OnSite: true}}
		}, "item_on_site_only staff"},
		{"lends at its own branch what is lent there only", func(f *CheckOutFacts) { f.Item.OnlyAtBranch = true }, ""},
		{"lends an item of another branch that stands here", func(f *CheckOutFacts) { f.Item.Branch = away }, ""},

		// Age.
		{"lends on the birthday that reaches the age", func(f *CheckOutFacts) { f.Item.MinAge, f.Born = 14, day("2012-06-10") }, ""},
		{"refuses on the day before that birthday", func(f *CheckOutFacts) { f.Item.MinAge, f.Born = 14, day("2012-06-11") },
			"item_age staff minimum=14"},
		{"takes the highest of the ages of item, title and policy", func(f *CheckOutFacts) {
			f.Policies[0].MinAge, f.Item.MinAge, f.TitleAge, f.Born = 6, 12, 16, day("2012-01-01")
		}, "item_age staff minimum=16"},
		{"takes the age of the policy when it is the highest", func(f *CheckOutFacts) {
			f.Policies[0].MinAge, f.TitleAge, f.Born = 18, 12, day("2012-01-01")
		}, "item_age staff minimum=18"},
		{"refuses a child without a birth date any age limit", func(f *CheckOutFacts) {
			f.Item.MinAge, f.Born, f.Who.Patron.Category = 3, Date{}, Child
		}, "item_age staff minimum=3"},
		{"refuses a provisional card without a birth date any age limit", func(f *CheckOutFacts) {
			f.Item.MinAge, f.Born, f.Who.Patron.Category = 3, Date{}, Provisional
		}, "item_age staff minimum=3"},
		{"lends a teen without a birth date what is for fourteen", func(f *CheckOutFacts) {
			f.Item.MinAge, f.Born, f.Who.Patron.Category = 14, Date{}, Teen
		}, ""},
		{"refuses a teen without a birth date what is for more", func(f *CheckOutFacts) {
			f.Item.MinAge, f.Born, f.Who.Patron.Category = 15, Date{}, Teen
		}, "item_age staff minimum=15"},
		{"lends an adult without a birth date what is for adults", func(f *CheckOutFacts) { f.Item.MinAge, f.Born = 18, Date{} }, ""},
		{"lends a child without a birth date what has no age limit", func(f *CheckOutFacts) {
			f.Born, f.Who.Patron.Category = Date{}, Child
		}, ""},

		// Holds.
		{"lends from the hold shelf to the one it waits for", func(f *CheckOutFacts) { onShelfFor(f, me) }, ""},
		{"lends from the hold shelf though others wait in the queue", func(f *CheckOutFacts) {
			onShelfFor(f, me)
			f.Queue = waiting(other)
		}, ""},
		{"keeps on the hold shelf what waits for another, even for the first of the queue", func(f *CheckOutFacts) {
			onShelfFor(f, other)
			f.Queue = waiting(me)
		}, "item_reserved_for_other block"},
		{"frees the hold shelf of a hold that has ended", func(f *CheckOutFacts) {
			onShelfFor(f, other)
			f.Ready.State = HoldExpired
		}, ""},
		{"gives what an ended hold has freed to the first of the queue only", func(f *CheckOutFacts) {
			onShelfFor(f, me)
			f.Ready.State, f.Queue = HoldCancelled, waiting(other)
		}, "item_reserved_for_other block"},
		{"lends a free copy to the first of the queue", func(f *CheckOutFacts) { f.Queue = waiting(me, other) }, ""},
		{"refuses a free copy to the second of the queue", func(f *CheckOutFacts) { f.Queue = waiting(other, me) }, "item_reserved_for_other block"},
		{"lends a free copy when the only waiting hold has another copy on its way", func(f *CheckOutFacts) {
			f.Queue = waiting(other)
			f.Queue[0].Item = "i7"
		}, ""},
		{"refuses a free copy to whom does not come next after a hold served elsewhere", func(f *CheckOutFacts) {
			f.Queue = waiting(other, "p3", me)
			f.Queue[0].Item = "i7"
		}, "item_reserved_for_other block"},
		{"tells of a lent item that it is lent, not who waits for it", func(f *CheckOutFacts) {
			lentTo(f, other)
			f.Queue = waiting("p3")
		}, "item_on_loan_to_other block"},
		{"does not lend an item in transit even to the one it travels to", func(f *CheckOutFacts) {
			f.Item.State, f.Queue = ItemInTransit, waiting(me)
			f.Queue[0].Item = copyID
		}, "item_in_transit block"},
		{"tells of a damaged item that it is reserved too", func(f *CheckOutFacts) {
			f.Item.State, f.Queue = ItemDamaged, waiting(other)
		}, "item_damaged block; item_reserved_for_other block"},

		// The reader's own loan.
		{"counts an own item no second time against the limits", func(f *CheckOutFacts) {
			f.Item.Type = Periodical
			lentTo(f, me)
			f.Who.Standing = Standing{Loans: 10, ByType: map[ItemType]int{Periodical: 5}}
		}, "item_on_loan_to_you ask due=2026-06-20"},
		{"tells overdue loans before offering renewal", func(f *CheckOutFacts) {
			lentTo(f, me)
			f.Loan.Due, f.Who.Overdue = day("2026-06-09"), 1
		}, "patron_overdue staff count=1; item_on_loan_to_you ask due=2026-06-09"},
		{"says of an own item nothing but that it is theirs", func(f *CheckOutFacts) {
			lentTo(f, me)
			f.Item.Parts, f.Item.MinAge, f.Item.OnSite, f.Queue = "CD", 99, true, waiting(other)
		}, "item_on_loan_to_you ask due=2026-06-20"},
		{"never lends twice, whatever state the item is said to be in", func(f *CheckOutFacts) {
			lentTo(f, other)
			f.Item.State = ItemAvailable
		}, "item_on_loan_to_other block"},
		{"tells both of an item withdrawn while somebody has it", func(f *CheckOutFacts) {
			lentTo(f, other)
			f.Item.State = ItemWithdrawn
		}, "item_on_loan_to_other block; item_withdrawn block"},

		// Found again.
		{"refuses a found item that another waits for", func(f *CheckOutFacts) {
			f.Item.State, f.Queue = ItemLost, waiting(other)
		}, "item_reserved_for_other block"},
		{"asks for the parts of a found item", func(f *CheckOutFacts) { f.Item.State, f.Item.Parts = ItemLost, "CD" }, "item_has_parts ask parts=CD"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckOut(t)
			c.change(&f)
			if got := told(DecideCheckOut(f).Reasons); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

func TestCheckOutRecords(t *testing.T) {
	for _, c := range []struct {
		name      string
		change    func(*CheckOutFacts)
		due       string
		recovered bool
		fulfils   string
	}{
		{"a book for thirty days", func(*CheckOutFacts) {}, "2026-07-10", false, ""},
		{"a periodical for fifteen", func(f *CheckOutFacts) { f.Item.Type = Periodical }, "2026-06-25", false, ""},
		{"a book of staff for sixty", func(f *CheckOutFacts) { f.Who.Patron.Category = StaffMember }, "2026-08-09", false, ""},
		{"a book on a provisional card for fifteen", func(f *CheckOutFacts) { f.Who.Patron.Category = Provisional }, "2026-06-25", false, ""},
		{"a hold on the shelf as fulfilled", func(f *CheckOutFacts) { onShelfFor(f, me) }, "2026-07-10", false, "h-p1"},
		{"a hold in the queue as fulfilled", func(f *CheckOutFacts) { f.Queue = waiting(me, other) }, "2026-07-10", false, "h-p1"},
		{"a hold that is ready with another copy as fulfilled", func(f *CheckOutFacts) {
			f.Elsewhere = &Hold{ID: "h7", Patron: me, State: HoldReady, Item: "i7"}
		}, "2026-07-10", false, "h7"},
		{"nothing of a hold that has ended", func(f *CheckOutFacts) {
			onShelfFor(f, me)
			f.Ready.State = HoldExpired
		}, "2026-07-10", false, ""},
		{"a lost item without a loan as found", func(f *CheckOutFacts) { f.Item.State = ItemLost }, "2026-07-10", true, ""},
		{"a lost item of somebody else as found", func(f *CheckOutFacts) {
			lentTo(f, other)
			f.Item.State = ItemLost
		}, "2026-07-10", true, ""},
		{"a lost item of the patron as found and lent anew", func(f *CheckOutFacts) {
			lentTo(f, me)
			f.Item.State = ItemLost
		}, "2026-07-10", true, ""},
		{"a lost item that the first of the queue has found as their hold", func(f *CheckOutFacts) {
			f.Item.State, f.Queue = ItemLost, waiting(me)
		}, "2026-07-10", true, "h-p1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckOut(t)
			c.change(&f)
			d := DecideCheckOut(f)
			if !d.Allowed() {
				t.Fatalf("refused: %s", told(d.Reasons))
			}
			if d.Due != day(c.due) || d.Recovered != c.recovered || d.Fulfils != c.fulfils {
				t.Errorf("due %s, recovered %v, fulfils %q; want %s, %v, %q", d.Due, d.Recovered, d.Fulfils, c.due, c.recovered, c.fulfils)
			}
		})
	}
}

func TestCheckOutFindingAnOwnLostItem(t *testing.T) {
	// Ten loans of ten, five periodicals of five, one overdue: each because of
	// the very item that is now found.
	found := func(t *testing.T) CheckOutFacts {
		f := calmCheckOut(t)
		f.Item.Type = Periodical
		lentTo(&f, me)
		f.Item.State, f.Loan.Due, f.Who.Overdue = ItemLost, day("2026-06-01"), 1
		f.Who.Standing = Standing{Loans: 10, ByType: map[ItemType]int{Periodical: 5}}
		return f
	}
	t.Run("does not hold the found item against its finder", func(t *testing.T) {
		f := found(t)
		if d := DecideCheckOut(f); !d.Allowed() {
			t.Errorf("refused: %s", told(d.Reasons))
		}
		if f.Who.Overdue != 1 || f.Who.Standing.Loans != 10 || f.Who.Standing.ByType[Periodical] != 5 {
			t.Errorf("the caller's facts were changed: %+v", f.Who)
		}
	})
	t.Run("still tells what other items are overdue", func(t *testing.T) {
		f := found(t)
		f.Who.Overdue = 3
		if got := told(DecideCheckOut(f).Reasons); got != "patron_overdue staff count=2" {
			t.Errorf("told %q", got)
		}
	})
	t.Run("does not help when somebody else had lost it", func(t *testing.T) {
		f := found(t)
		f.Loan.Patron = other
		want := "patron_overdue staff count=1; loan_limit staff limit=10 now=10; loan_limit_type staff limit=5 now=5 type=periodical"
		if got := told(DecideCheckOut(f).Reasons); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	})
}

func TestCheckOutConfirmation(t *testing.T) {
	parts := func(f *CheckOutFacts) { f.Item.Parts = "CD" }
	second := func(f *CheckOutFacts) { f.TitleLoan = &Loan{Patron: me, Due: day("2026-06-15")} }
	for _, c := range []struct {
		name      string
		confirmed []string
		change    []func(*CheckOutFacts)
		want      string
	}{
		{"of the parts lends the item", []string{ItemHasParts}, []func(*CheckOutFacts){parts}, ""},
		{"of a second copy lends it", []string{TitleAlreadyYours}, []func(*CheckOutFacts){second}, ""},
		{"of one question leaves the other", []string{TitleAlreadyYours}, []func(*CheckOutFacts){parts, second}, "item_has_parts ask parts=CD"},
		{"of both questions lends the item", []string{TitleAlreadyYours, ItemHasParts}, []func(*CheckOutFacts){parts, second}, ""},
		{"of something else lifts nothing", []string{"", "ask", "item_has_part"}, []func(*CheckOutFacts){parts}, "item_has_parts ask parts=CD"},
		{"of the parts does not lift what stands beside them", []string{ItemHasParts},
			[]func(*CheckOutFacts){parts, func(f *CheckOutFacts) { f.Who.Standing.Loans = 10 }}, "loan_limit staff limit=10 now=10"},
		{"never lends an own item again: that is a renewal", []string{ItemOnLoanToYou},
			[]func(*CheckOutFacts){func(f *CheckOutFacts) { lentTo(f, me) }}, "item_on_loan_to_you ask due=2026-06-20"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckOut(t)
			for _, change := range c.change {
				change(&f)
			}
			f.Confirmed = c.confirmed
			if got := told(DecideCheckOut(f).Reasons); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

func TestCheckOutConfirmationLiftsOnlyQuestions(t *testing.T) {
	var everything []string
	for _, c := range houseOrder {
		everything = append(everything, c.code)
	}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckOut(t)
			c.change(&f)
			f.Confirmed = everything
			want := c.want
			if code := DecideCheckOut(calmWith(t, c.change)).Reasons[0].Code; slices.Contains([]string{ItemHasParts, TitleAlreadyYours}, code) {
				want = ""
			}
			if got := told(DecideCheckOut(f).Reasons); got != want {
				t.Errorf("told %q, want %q", got, want)
			}
		})
	}
}

func calmWith(tb testing.TB, change func(*CheckOutFacts)) CheckOutFacts {
	f := calmCheckOut(tb)
	change(&f)
	return f
}

func TestOnlyAsks(t *testing.T) {
	ask, staff, block := Reason{Mark: Ask}, Reason{Mark: Staff}, Reason{Mark: Block}
	for _, c := range []struct {
		name    string
		reasons []Reason
		want    bool
	}{
		{"no reason asks nothing", nil, false},
		{"questions alone", []Reason{ask, ask}, true},
		{"a question beside what staff may lift", []Reason{ask, staff}, false},
		{"a question beside a block", []Reason{block, ask}, false},
	} {
		if got := OnlyAsks(c.reasons); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestMarkOfAStrangeCodeIsBlock(t *testing.T) {
	if got := MarkOf("no_such_code"); got != Block {
		t.Errorf("got %s", got)
	}
}
