package library

import (
	"slices"
	"testing"
)

// houseOrder is the order in which the house tells refusals, with their marks:
// twelve of the patron, then fourteen of the item.
var houseOrder = []struct {
	code string
	mark Mark
}{
	{"card_unknown", Block},
	{"card_expired", Block},
	{"card_lost", Block},
	{"card_replaced", Block},
	{"patron_suspended", Block},
	{"patron_provisional", Staff},
	{"patron_overdue", Staff},
	{"patron_charges", Staff},
	{"loan_limit", Staff},
	{"loan_limit_type", Staff},
	{"patron_wrong_branch", Block},
	{"guardian_blocked", Block},
	{"item_unknown", Block},
	{"item_on_loan_to_other", Block},
	{"item_on_loan_to_you", Ask},
	{"item_not_for_loan", Block},
	{"item_reference", Block},
	{"item_on_site_only", Staff},
	{"item_withdrawn", Block},
	{"item_damaged", Block},
	{"item_reserved_for_other", Block},
	{"item_in_transit", Block},
	{"item_wrong_branch", Block},
	{"item_age", Staff},
	{"item_has_parts", Ask},
	{"title_already_yours", Ask},
}

// refusals has one case per code: the single fact that brings it about, and
// exactly what is told then.
var refusals = []struct {
	name   string
	change func(*CheckOutFacts)
	want   string
}{
	{"a card that is not known", func(f *CheckOutFacts) { f.Who = PatronFacts{} }, "card_unknown block"},
	{"a card past its last day", func(f *CheckOutFacts) { f.Who.Patron.ExpiresOn = day("2026-06-09") }, "card_expired block on=2026-06-09"},
	{"a card reported lost", func(f *CheckOutFacts) { f.Who.Card.State = CardLost }, "card_lost block"},
	{"a card that was replaced", func(f *CheckOutFacts) { f.Who.Card.State = CardReplaced }, "card_replaced block"},
	{"a suspended patron, until when and why", func(f *CheckOutFacts) {
		f.Who.Patron.SuspendedUntil, f.Who.Patron.SuspendedWhy = day("2026-07-01"), "damage"
	}, "patron_suspended block until=2026-07-01 why=damage"},
	{"a provisional card past its days", func(f *CheckOutFacts) {
		f.Who.Patron.Category, f.Who.Patron.ProvisionalUntil = Provisional, day("2026-06-09")
	}, "patron_provisional staff until=2026-06-09"},
	{"a patron with overdue loans, how many", func(f *CheckOutFacts) { f.Who.Overdue, f.Who.Standing.Loans = 3, 3 },
		"patron_overdue staff count=3"},
	{"a patron who owes the threshold", func(f *CheckOutFacts) { f.Who.Standing.ChargesFen = 1000 },
		"patron_charges staff amount=1000 threshold=1000"},
	{"a patron with as many loans as allowed", func(f *CheckOutFacts) { f.Who.Standing.Loans = 10 }, "loan_limit staff limit=10 now=10"},
	{"a sixth periodical", func(f *CheckOutFacts) {
		f.Item.Type, f.Who.Standing = Periodical, Standing{Loans: 5, ByType: map[ItemType]int{Periodical: 5}}
	}, "loan_limit_type staff limit=5 now=5 type=periodical"},
	{"a card good at another branch only", func(f *CheckOutFacts) {
		f.Who.Patron.OnlyHomeBranch, f.Who.Patron.Branch = true, away
	}, "patron_wrong_branch block branch=south"},
	{"a child whose guardian is suspended", func(f *CheckOutFacts) {
		f.Who.Guardian = &Patron{ID: other, SuspendedUntil: day("2026-06-10")}
	}, "guardian_blocked block"},
	{"a barcode that belongs to no item", func(f *CheckOutFacts) { f.Item = nil }, "item_unknown block"},
	{"an item on loan to somebody else", func(f *CheckOutFacts) { lentTo(f, other) }, "item_on_loan_to_other block"},
	{"an item the patron has already, with its due date", func(f *CheckOutFacts) { lentTo(f, me) }, "item_on_loan_to_you ask due=2026-06-20"},
	{"an item that is not lent", func(f *CheckOutFacts) { f.Item.NotForLoan = true }, "item_not_for_loan block"},
	{"a reference work", func(f *CheckOutFacts) { f.Item.Type = Reference }, "item_reference block"},
	{"an item to be used on site", func(f *CheckOutFacts) { f.Item.OnSite = true }, "item_on_site_only staff"},
	{"a withdrawn item", func(f *CheckOutFacts) { f.Item.State = ItemWithdrawn }, "item_withdrawn block"},
	{"a damaged item", func(f *CheckOutFacts) { f.Item.State = ItemDamaged }, "item_damaged block"},
	{"an item on the hold shelf for somebody else", func(f *CheckOutFacts) { onShelfFor(f, other) }, "item_reserved_for_other block"},
	{"an item on its way to a branch", func(f *CheckOutFacts) { f.Item.State = ItemInTransit }, "item_in_transit block"},
	{"an item lent at its own branch only", func(f *CheckOutFacts) { f.Item.OnlyAtBranch, f.Item.Branch = true, away },
		"item_wrong_branch block branch=south"},
	{"an item for older readers, with the age", func(f *CheckOutFacts) { f.Item.MinAge, f.Born = 14, day("2016-01-01") }, "item_age staff minimum=14"},
	{"an item with parts, and which", func(f *CheckOutFacts) { f.Item.Parts = "2 CD" }, "item_has_parts ask parts=2 CD"},
	{"another copy of a title the patron has", func(f *CheckOutFacts) {
		f.TitleLoan = &Loan{ID: "l9", Patron: me, Item: "i9", Title: titleID, Due: day("2026-06-15")}
	}, "title_already_yours ask due=2026-06-15"},
}

func TestAccept_L13_check_out_tells_every_refusal_with_its_mark_and_facts(t *testing.T) {
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			f := calmCheckOut(t)
			c.change(&f)
			d := DecideCheckOut(f)
			if got := told(d.Reasons); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
			if d.Allowed() || !d.Due.IsZero() || d.Recovered || d.Fulfils != "" {
				t.Errorf("a refusal must record nothing: %+v", d)
			}
		})
	}
}

func TestAccept_L13_each_code_of_the_house_list_is_reached_in_its_order(t *testing.T) {
	if len(houseOrder) != 26 {
		t.Fatalf("the list has %d codes, want 12 of the patron and 14 of the item", len(houseOrder))
	}
	// The cases above stand in the order of the list, so what DecideCheckOut
	// says to each, one after another, must spell the list.
	var reached []string
	for _, c := range refusals {
		f := calmCheckOut(t)
		c.change(&f)
		reached = append(reached, codes(DecideCheckOut(f).Reasons)...)
	}
	for i, want := range houseOrder {
		if i >= len(reached) || reached[i] != want.code {
			t.Fatalf("code %d: want %s; reached %v", i+1, want.code, reached)
		}
		if got := MarkOf(want.code); got != want.mark {
			t.Errorf("%s is marked %s, want %s", want.code, got, want.mark)
		}
	}
	if len(reached) != len(houseOrder) {
		t.Errorf("reached %d codes, want %d: %v", len(reached), len(houseOrder), reached)
	}
}

func TestAccept_L13_the_constants_spell_the_house_list(t *testing.T) {
	constants := []string{
		CardUnknown, CardExpired, CardIsLost, CardIsReplaced, PatronSuspended, PatronProvisional, PatronOverdue, PatronCharges,
		LoanLimit, LoanLimitType, PatronWrongBranch, GuardianBlocked,
		ItemUnknown, ItemOnLoanToOther, ItemOnLoanToYou, ItemNotForLoan, ItemIsReference, ItemOnSiteOnly, ItemIsWithdrawn, ItemIsDamaged,
		ItemReserved, ItemIsInTransit, ItemWrongBranch, ItemAge, ItemHasParts, TitleAlreadyYours,
	}
	for i, c := range houseOrder {
		if constants[i] != c.code {
			t.Errorf("constant %d is %s, want %s", i+1, constants[i], c.code)
		}
	}
	if AlreadyBorrowedNow != "already_borrowed_now" {
		t.Errorf("the harmless second scan is called %q", AlreadyBorrowedNow)
	}
}

// troubledCheckOut is a reader and an item with everything wrong that can be
// wrong at the same time.
func troubledCheckOut(tb testing.TB) CheckOutFacts {
	f := calmCheckOut(tb)
	f.Policies = Policies{{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 5, TypeLimit: 2, LoanDays: 30, ChargeBlockFen: 500}}
	f.Who.Card.State = CardLost
	*f.Who.Patron = Patron{ID: me, Category: Provisional, Branch: away, OnlyHomeBranch: true, ExpiresOn: day("2026-06-01"),
		SuspendedUntil: day("2026-07-01"), SuspendedWhy: "staff", ProvisionalUntil: day("2026-05-31")}
	f.Who.Guardian = &Patron{ID: other, ExpiresOn: day("2026-06-09")}
	f.Who.Overdue = 2
	f.Who.Standing = Standing{Loans: 5, ByType: map[ItemType]int{Reference: 2}, ChargesFen: 700}
	f.Born = day("2020-01-01")
	*f.Item = Item{ID: copyID, TitleID: titleID, Branch: away, Type: Reference, State: ItemWithdrawn, Parts: "map", MinAge: 12,
		OnSite: true, NotForLoan: true, OnlyAtBranch: true}
	f.Loan = &Loan{ID: "l1", Patron: other, Item: copyID, Title: titleID, ItemType: Reference, Due: day("2026-06-20")}
	f.TitleLoan = &Loan{ID: "l9", Patron: me, Item: "i9", Title: titleID, Due: day("2026-06-02")}
	f.Queue = waiting(other)
	return f
}

func TestAccept_L13_all_reasons_are_told_together_and_in_order(t *testing.T) {
	got := codes(DecideCheckOut(troubledCheckOut(t)).Reasons)
	want := []string{}
	// What cannot be true together with the rest is left out: an unknown card
	// or item has no other trouble of its own kind, a card has one state, an
	// item has one state and one borrower.
	apart := []string{CardUnknown, CardIsReplaced, ItemUnknown, ItemOnLoanToYou, ItemIsDamaged, ItemIsInTransit}
	for _, c := range houseOrder {
		if !slices.Contains(apart, c.code) {
			want = append(want, c.code)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestAccept_L13_the_other_states_take_their_place_in_the_order(t *testing.T) {
	for _, c := range []struct {
		card  CardState
		item  ItemState
		wants []string
	}{
		{CardReplaced, ItemDamaged, []string{CardIsReplaced, ItemIsDamaged}},
		{CardActive, ItemInTransit, []string{ItemIsInTransit}},
	} {
		f := troubledCheckOut(t)
		f.Who.Card.State, f.Item.State = c.card, c.item
		got := codes(DecideCheckOut(f).Reasons)
		if !slices.IsSortedFunc(got, func(a, b string) int { return placeInHouse(a) - placeInHouse(b) }) {
			t.Errorf("out of order: %v", got)
		}
		for _, w := range c.wants {
			if !slices.Contains(got, w) {
				t.Errorf("%s is missing in %v", w, got)
			}
		}
	}
}

// placeInHouse is a code's place in the house list, -1 for a stranger.
func placeInHouse(code string) int {
	for i, c := range houseOrder {
		if c.code == code {
			return i
		}
	}
	return -1
}

func TestAccept_L13_an_unknown_card_and_an_unknown_item_are_told_together(t *testing.T) {
	f := calmCheckOut(t)
	f.Who, f.Item = PatronFacts{}, nil
	if got := told(DecideCheckOut(f).Reasons); got != "card_unknown block; item_unknown block" {
		t.Errorf("told %q", got)
	}
}

func TestAccept_L13_an_unknown_card_still_learns_what_is_wrong_with_the_item(t *testing.T) {
	f := troubledCheckOut(t)
	f.Who.Card = nil // the number leads nowhere, whatever else was gathered
	got := codes(DecideCheckOut(f).Reasons)
	want := []string{CardUnknown, ItemOnLoanToOther, ItemNotForLoan, ItemIsReference, ItemOnSiteOnly, ItemIsWithdrawn, ItemReserved,
		ItemWrongBranch, ItemHasParts}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestAccept_L13_a_card_whose_patron_is_gone_is_unknown(t *testing.T) {
	f := calmCheckOut(t)
	f.Who.Patron, f.TitleLoan = nil, &Loan{ID: "l9", Item: "i9", Title: titleID, Due: day("2026-06-15")}
	if got := told(DecideCheckOut(f).Reasons); got != "card_unknown block" {
		t.Errorf("told %q", got)
	}
}

func TestAccept_L13_an_unknown_item_still_tells_what_is_wrong_with_the_card(t *testing.T) {
	f := troubledCheckOut(t)
	f.Item, f.Loan, f.TitleLoan, f.Queue = nil, nil, nil, nil
	got := codes(DecideCheckOut(f).Reasons)
	want := []string{CardExpired, CardIsLost, PatronSuspended, PatronProvisional, PatronOverdue, PatronCharges, LoanLimit,
		PatronWrongBranch, GuardianBlocked, ItemUnknown}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
