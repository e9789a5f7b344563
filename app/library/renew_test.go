package library

import (
	"testing"
	"time"
)

// calmRenew is an adult's own book, due in ten days and never renewed.
func calmRenew(tb testing.TB) RenewFacts {
	f := calmCheckOut(tb)
	lentTo(&f, me)
	return RenewFacts{Now: f.Now, Zone: f.Zone, Branch: here, Policies: f.Policies, Who: f.Who, Item: f.Item, Loan: *f.Loan}
}

func TestAccept_L42_a_renewal_is_refused_with_every_code_and_its_facts(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*RenewFacts)
		want   string
	}{
		{"lengthens an ordinary loan", func(*RenewFacts) {}, ""},
		{"refuses a second renewal", func(f *RenewFacts) { f.Loan.Renewals = 1 }, "renew_limit block limit=1"},
		{"gives staff a second renewal", func(f *RenewFacts) { f.Who.Patron.Category, f.Loan.Renewals = StaffMember, 1 }, ""},
		{"refuses periodicals", func(f *RenewFacts) { f.Loan.ItemType = Periodical }, "renew_limit block limit=0"},
		{"refuses on a provisional card", func(f *RenewFacts) { f.Who.Patron.Category = Provisional }, "renew_limit block limit=0"},
		{"refuses what no row of the policies matches", func(f *RenewFacts) { f.Policies = nil }, "renew_limit block limit=0"},
		{"refuses before the first day, and says which that is", func(f *RenewFacts) { f.Policies[0].RenewFromDays = 9 },
			"renew_too_soon block from=2026-06-11"},
		{"goes from the first day on", func(f *RenewFacts) { f.Policies[0].RenewFromDays = 10 }, ""},
		{"refuses when another patron waits", func(f *RenewFacts) { f.Queue = waiting(other) }, "renew_reserved block"},
		{"goes when the one who waits is the patron", func(f *RenewFacts) { f.Queue = waiting(me) }, ""},
		{"refuses when another patron waits behind the patron", func(f *RenewFacts) { f.Queue = waiting(me, other) }, "renew_reserved block"},
		{"goes when another copy is on its way to the only one who waits", func(f *RenewFacts) {
			f.Queue = waiting(other)
			f.Queue[0].Item = "i7"
		}, ""},
		{"goes on the due day itself", func(f *RenewFacts) { f.Loan.Due = day("2026-06-10") }, ""},
		{"refuses the day after, and does not blame the patron for this loan twice", func(f *RenewFacts) {
			f.Loan.Due, f.Who.Overdue = day("2026-06-09"), 1
		}, "renew_overdue block due=2026-06-09"},
		{"refuses when another loan is overdue", func(f *RenewFacts) { f.Who.Overdue = 1 }, "renew_patron_blocked block why=patron_overdue"},
		{"tells both when this loan and another are overdue", func(f *RenewFacts) {
			f.Loan.Due, f.Who.Overdue = day("2026-06-09"), 2
		}, "renew_overdue block due=2026-06-09; renew_patron_blocked block why=patron_overdue"},
		{"refuses a suspended patron", func(f *RenewFacts) { f.Who.Patron.SuspendedUntil = day("2026-06-10") },
			"renew_patron_blocked block why=patron_suspended"},
		{"refuses an expired card", func(f *RenewFacts) { f.Who.Patron.ExpiresOn = day("2026-06-09") },
			"renew_patron_blocked block why=card_expired"},
		{"refuses a lost card", func(f *RenewFacts) { f.Who.Card.State = CardLost }, "renew_patron_blocked block why=card_lost"},
		{"refuses who owes the threshold", func(f *RenewFacts) { f.Who.Standing.ChargesFen = 1000 }, "renew_patron_blocked block why=patron_charges"},
		{"refuses a child whose guardian is suspended", func(f *RenewFacts) {
			f.Who.Guardian = &Patron{SuspendedUntil: day("2026-06-10")}
		}, "renew_patron_blocked block why=guardian_blocked"},
		{"refuses who is not known any more", func(f *RenewFacts) { f.Who = PatronFacts{} }, "renew_patron_blocked block why=card_unknown"},
		{"goes at the limit: nothing is added", func(f *RenewFacts) { f.Who.Standing.Loans = 10 }, ""},
		{"refuses a lost item", func(f *RenewFacts) { f.Item.State = ItemLost }, "renew_item_blocked block why=item_lost"},
		{"refuses a withdrawn item", func(f *RenewFacts) { f.Item.State = ItemWithdrawn }, "renew_item_blocked block why=item_withdrawn"},
		{"refuses a damaged item", func(f *RenewFacts) { f.Item.State = ItemDamaged }, "renew_item_blocked block why=item_damaged"},
		{"refuses an item that is not lent any more", func(f *RenewFacts) { f.Item.State = ItemAvailable }, "renew_item_blocked block why=item_unknown"},
		{"refuses an item that is no longer lent", func(f *RenewFacts) { f.Item.NotForLoan = true }, "renew_item_blocked block why=item_not_for_loan"},
		{"refuses an item that is gone", func(f *RenewFacts) { f.Item = nil }, "renew_item_blocked block why=item_unknown"},
		{"tells every reason, in order", func(f *RenewFacts) {
			f.Policies[0].RenewFromDays, f.Loan.Renewals, f.Queue = 3, 1, waiting(other)
			f.Who.Card.State, f.Item.State = CardReplaced, ItemLost
		}, "renew_limit block limit=1; renew_too_soon block from=2026-06-17; renew_reserved block; renew_patron_blocked block why=card_replaced; " +
			"renew_item_blocked block why=item_lost"},
		{"tells overdue in its place", func(f *RenewFacts) {
			f.Loan.Due, f.Loan.Renewals, f.Queue, f.Who.Overdue, f.Item = day("2026-06-01"), 1, waiting(other), 2, nil
		}, "renew_limit block limit=1; renew_reserved block; renew_overdue block due=2026-06-01; renew_patron_blocked block why=patron_overdue; " +
			"renew_item_blocked block why=item_unknown"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmRenew(t)
			c.change(&f)
			d := DecideRenew(f)
			if got := told(d.Reasons); got != c.want {
				t.Errorf("told %q, want %q", got, c.want)
			}
			if (c.want == "") == d.Due.IsZero() {
				t.Errorf("due %q", d.Due)
			}
		})
	}
}

func TestAccept_L43_a_renewed_due_date_crosses_closed_days_month_ends_and_clock_changes(t *testing.T) {
	weekend := Calendar{ClosedWeekdays: []time.Weekday{time.Saturday, time.Sunday}}
	for _, c := range []struct {
		name   string
		change func(*RenewFacts)
		want   string
	}{
		{"counts from the old due date when that is later", func(*RenewFacts) {}, "2026-07-20"},
		{"counts from today on the due day", func(f *RenewFacts) { f.Loan.Due = day("2026-06-10") }, "2026-07-10"},
		{"counts the days of the patron's row", func(f *RenewFacts) { f.Who.Patron.Category = StaffMember }, "2026-08-19"},
		{"moves to the next open day", func(f *RenewFacts) { f.Loan.Due, f.Calendar = day("2026-06-11"), weekend }, "2026-07-13"},
		{"never brings the due date nearer", func(f *RenewFacts) { f.Policies[0].RenewDays = 0 }, "2026-06-20"},
		{"crosses a leap day", func(f *RenewFacts) {
			f.Now, f.Loan.Due, f.Who.Patron.ExpiresOn = mustTime(t, "2028-02-10T10:00:00+08:00"), day("2028-02-15"), Date{}
		}, "2028-03-16"},
		{"counts days at a month's end, not months", func(f *RenewFacts) {
			f.Now, f.Loan.Due = mustTime(t, "2027-01-31T10:00:00+08:00"), day("2027-01-31")
		}, "2027-03-02"},
		{"counts days at a month's end in a leap year", func(f *RenewFacts) {
			f.Now, f.Loan.Due, f.Who.Patron.ExpiresOn = mustTime(t, "2028-01-31T10:00:00+08:00"), day("2028-01-31"), Date{}
		}, "2028-03-01"},
		{"can fall on the leap day", func(f *RenewFacts) {
			f.Now, f.Loan.Due, f.Who.Patron.ExpiresOn = mustTime(t, "2028-01-30T10:00:00+08:00"), day("2028-01-30"), Date{}
		}, "2028-02-29"},
		{"moves past a leap day that is closed", func(f *RenewFacts) {
			f.Now, f.Loan.Due, f.Who.Patron.ExpiresOn = mustTime(t, "2028-01-30T10:00:00+08:00"), day("2028-01-30"), Date{}
			f.Calendar.ClosedDates = []Date{day("2028-02-29")}
		}, "2028-03-01"},
		{"crosses the change of the clock", func(f *RenewFacts) {
			f.Zone, f.Now, f.Loan.Due = mustZone(t, "Europe/Berlin"), mustTime(t, "2026-10-24T23:30:00+02:00"), day("2026-10-24")
		}, "2026-11-23"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := calmRenew(t)
			c.change(&f)
			d := DecideRenew(f)
			if len(d.Reasons) > 0 {
				t.Fatalf("refused: %s", told(d.Reasons))
			}
			if d.Due != day(c.want) {
				t.Errorf("due %s, want %s", d.Due, c.want)
			}
		})
	}
	t.Run("at an overdue loan is refused rather than counted from today", func(t *testing.T) {
		f := calmRenew(t)
		f.Loan.Due, f.Who.Overdue = day("2026-06-09"), 1
		if d := DecideRenew(f); !d.Due.IsZero() {
			t.Errorf("due %s", d.Due)
		}
	})
}
