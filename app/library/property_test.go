package library

import (
	"flag"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"
)

// With the seed that a failure names, the same facts are drawn again.
var seed = flag.Uint64("library.seed", 0, "seed of the property tests; 0 draws one")

const draws = 20_000

// drawer makes up facts: mostly sound ones, so that each trouble is seen
// alone, with others, and not at all.
type drawer struct {
	*rand.Rand
	zones []*time.Location
}

func newDrawer(t *testing.T) drawer {
	s := *seed
	if s == 0 {
		s = uint64(time.Now().UnixNano())
	}
	t.Logf("seed %d (go test -library.seed=%d)", s, s)
	d := drawer{Rand: rand.New(rand.NewPCG(s, 0))}
	for _, name := range []string{"Asia/Shanghai", "Europe/Berlin", "America/Santiago", "UTC"} {
		d.zones = append(d.zones, mustZone(t, name))
	}
	return d
}

func (d drawer) oneIn(n int) bool { return d.IntN(n) == 0 }

func pick[T any](d drawer, from ...T) T { return from[d.IntN(len(from))] }

// around is a day within a fortnight of today, or sometimes none.
func (d drawer) around(today Date) Date {
	if d.oneIn(3) {
		return Date{}
	}
	return today.AddDays(d.IntN(29) - 14)
}

func (d drawer) patron(id string, today Date) *Patron {
	p := &Patron{ID: id, Category: pick(d, Adult, Child, Teen, Senior, StaffMember, Provisional), Branch: pick(d, here, away), OnlyHomeBranch: d.oneIn(4)}
	if d.oneIn(4) {
		p.ExpiresOn, p.ProvisionalUntil = d.around(today), d.around(today)
	}
	if d.oneIn(6) {
		p.SuspendedUntil, p.SuspendedWhy = d.around(today), "staff"
	}
	return p
}

func (d drawer) policies() Policies {
	switch d.IntN(4) {
	case 0:
		return nil
	case 1:
		return Policies{{Category: "*", ItemType: pick(d, "*", "book", "reference"), Branch: pick(d, "*", here), LoanLimit: d.IntN(4),
			TypeLimit: d.IntN(3), LoanDays: d.IntN(400), Renewals: d.IntN(3), RenewDays: d.IntN(60), RenewFromDays: d.IntN(10),
			ChargeBlockFen: int64(d.IntN(500)), MinAge: d.IntN(3), OnSite: d.oneIn(5)}}
	}
	return DefaultPolicies()
}

func (d drawer) calendar(today Date) Calendar {
	var c Calendar
	for w := time.Sunday; w < time.Saturday; w++ { // Saturday stays open
		if d.oneIn(3) {
			c.ClosedWeekdays = append(c.ClosedWeekdays, w)
		}
	}
	for n := range 90 {
		if d.oneIn(10) {
			c.ClosedDates = append(c.ClosedDates, today.AddDays(n))
		}
	}
	return c
}

func (d drawer) queue() []Hold {
	q := waiting(pick(d, [][]string{nil, nil, {me}, {other}, {me, other}, {other, me}}...)...)
	for i := range q {
		if d.oneIn(4) {
			q[i].Item = pick(d, copyID, "i7")
		}
		q[i].PickUp = pick(d, here, away, "")
	}
	return q
}

func (d drawer) item(now time.Time) *Item {
	it := &Item{ID: copyID, TitleID: titleID, Branch: pick(d, here, here, away), Type: pick(d, Book, Book, Periodical, Reference, Audiovisual),
		State:  pick(d, ItemAvailable, ItemAvailable, ItemOnLoan, ItemOnShelf, ItemInTransit, ItemLost, ItemWithdrawn, ItemDamaged),
		OnSite: d.oneIn(8), NotForLoan: d.oneIn(8), OnlyAtBranch: d.oneIn(6), MinAge: pick(d, 0, 0, 3, 14, 18), Parts: pick(d, "", "", "CD")}
	if d.oneIn(3) {
		it.ReturnedAt = now.Add(time.Duration(d.IntN(300)-150) * time.Second)
	}
	return it
}

func (d drawer) checkOut() CheckOutFacts {
	f := CheckOutFacts{Now: time.Unix(d.Int64N(4_000_000_000), 0), Zone: pick(d, d.zones...), Branch: pick(d, here, away), Policies: d.policies()}
	today := DateOf(f.Now, f.Zone)
	f.Calendar, f.Queue = d.calendar(today), d.queue()
	if !d.oneIn(20) {
		f.Who.Card = &Card{Patron: me, State: pick(d, CardActive, CardActive, CardActive, CardLost, CardReplaced)}
	}
	if !d.oneIn(20) {
		f.Who.Patron = d.patron(me, today)
	}
	if d.oneIn(4) {
		f.Who.Guardian = d.patron("g1", today)
	}
	f.Who.Overdue = max(0, d.IntN(6)-3)
	f.Who.Standing = Standing{Loans: d.IntN(22), ByType: map[ItemType]int{Book: d.IntN(3), Periodical: d.IntN(7)}, ChargesFen: int64(d.IntN(1200))}
	if d.oneIn(2) {
		f.Born = today.AddDays(-d.IntN(40_000))
	}
	if !d.oneIn(20) {
		f.Item = d.item(f.Now)
		if d.oneIn(3) {
			f.Loan = &Loan{ID: "l1", Patron: pick(d, me, other), Item: copyID, Title: titleID, ItemType: f.Item.Type, Due: today.AddDays(d.IntN(60) - 30)}
		}
		if d.oneIn(3) {
			f.Ready = &Hold{ID: "h9", Patron: pick(d, me, other), State: pick(d, HoldReady, HoldReady, HoldExpired, HoldWaiting)}
		}
	}
	if d.oneIn(4) {
		f.TitleLoan = &Loan{ID: "l9", Patron: me, Item: "i9", Due: today}
	}
	f.TitleAge = pick(d, 0, 0, 12)
	f.Confirmed = pick(d, nil, []string{ItemHasParts}, []string{ItemHasParts, TitleAlreadyYours, ItemOnLoanToYou, LoanLimit, ItemIsDamaged})
	return f
}

func TestCheckOutHoldsToItsPromises(t *testing.T) {
	d := newDrawer(t)
	seen, lent := map[string]int{}, 0
	for n := range draws {
		f := d.checkOut()
		got := DecideCheckOut(f)
		list := codes(got.Reasons)
		for i, r := range got.Reasons {
			seen[r.Code]++
			if i > 0 && placeInHouse(list[i-1]) >= placeInHouse(r.Code) {
				t.Fatalf("draw %d: out of order or twice: %v", n, list)
			}
			if at := placeInHouse(r.Code); at < 0 || houseOrder[at].mark != r.Mark {
				t.Fatalf("draw %d: %s marked %s", n, r.Code, r.Mark)
			}
		}
		if again := DecideCheckOut(f); !reflect.DeepEqual(got, again) {
			t.Fatalf("draw %d: the same facts gave two answers:\n%+v\n%+v", n, got, again)
		}
		if got.Allowed() {
			lent++
			checkLent(t, n, f, got)
		} else if !got.Due.IsZero() || got.Recovered || got.Fulfils != "" {
			t.Fatalf("draw %d: a refusal records %+v", n, got)
		}
		checkConfirmation(t, n, f, got)
	}
	if lent < draws/1000 {
		t.Errorf("only %d of %d draws were lent: the draws show too little", lent, draws)
	}
	for _, c := range houseOrder {
		if seen[c.code] == 0 {
			t.Errorf("%s was never drawn", c.code)
		}
	}
}

func checkLent(t *testing.T, n int, f CheckOutFacts, got CheckOutDecision) {
	t.Helper()
	today := DateOf(f.Now, f.Zone)
	switch {
	case f.Who.Card == nil || f.Who.Patron == nil || f.Item == nil:
		t.Fatalf("draw %d: lent to nobody, or nothing", n)
	case got.Due.Before(today.AddDays(got.Policy.LoanDays)) || !f.Calendar.Open(got.Due):
		t.Fatalf("draw %d: due %s, lent on %s for %d days", n, got.Due, today, got.Policy.LoanDays)
	case f.Loan != nil && f.Item.State != ItemLost:
		t.Fatalf("draw %d: lent while on loan", n)
	case got.Recovered != (f.Item.State == ItemLost):
		t.Fatalf("draw %d: %s, recovered %v", n, f.Item.State, got.Recovered)
	case got.Policy.LoanDays == 0 || got.Policy.OnSite:
		t.Fatalf("draw %d: lent under %+v", n, got.Policy)
	}
	if got.Fulfils == "" {
		return
	}
	mine := f.Ready != nil && f.Ready.ID == got.Fulfils && f.Ready.Patron == me && f.Ready.Open()
	for _, h := range f.Queue {
		mine = mine || (h.ID == got.Fulfils && h.Patron == me)
	}
	if !mine {
		t.Fatalf("draw %d: fulfils %s, which is not an open hold of the patron", n, got.Fulfils)
	}
}

// checkConfirmation compares with the answer to the same facts before
// anything was confirmed.
func checkConfirmation(t *testing.T, n int, f CheckOutFacts, got CheckOutDecision) {
	t.Helper()
	confirmed := f.Confirmed
	f.Confirmed = nil
	var want []Reason
	for _, r := range DecideCheckOut(f).Reasons {
		if (r.Code == ItemHasParts || r.Code == TitleAlreadyYours) && slices.Contains(confirmed, r.Code) {
			continue
		}
		want = append(want, r)
	}
	if !reflect.DeepEqual(got.Reasons, want) {
		t.Fatalf("draw %d: after confirming %v\ngot  %v\nwant %v", n, confirmed, told(got.Reasons), told(want))
	}
}

func TestCheckInHoldsToItsPromises(t *testing.T) {
	order := []string{"returned", "not_on_loan", "item_unknown", "returned_reserved", "returned_other_branch", "returned_was_lost",
		"returned_has_parts", "already_returned_now"}
	d := newDrawer(t)
	seen := map[string]int{}
	for n := range draws {
		o := d.checkOut()
		f := CheckInFacts{Now: o.Now, Zone: o.Zone, Branch: o.Branch, Calendar: o.Calendar, Item: o.Item, Loan: o.Loan, Queue: o.Queue,
			Policy: Policy{OverdueFen: int64(d.IntN(20))}, ShelfDays: d.IntN(5), SecondScan: time.Minute}
		got := DecideCheckIn(f)
		last := -1
		for _, c := range got.Outcomes {
			seen[c]++
			at := slices.Index(order, c)
			if at <= last {
				t.Fatalf("draw %d: strange, out of order or twice: %v", n, got.Outcomes)
			}
			last = at
		}
		today := DateOf(f.Now, f.Zone)
		switch {
		case last < 0:
			t.Fatalf("draw %d: nothing is told", n)
		case got.CloseLoan != (f.Loan != nil):
			t.Fatalf("draw %d: a loan of %v, closed %v", n, f.Loan, got.CloseLoan)
		case got.CloseLoan && got.State == "":
			t.Fatalf("draw %d: the loan ends and the item has no state", n)
		case got.DaysLate < 0 || got.ChargeFen != int64(got.DaysLate)*f.Policy.OverdueFen:
			t.Fatalf("draw %d: %d days, %d fen", n, got.DaysLate, got.ChargeFen)
		case (got.State == ItemInTransit) != (got.TransitTo != "") || got.TransitTo == f.Branch:
			t.Fatalf("draw %d: %s to %q from %q", n, got.State, got.TransitTo, f.Branch)
		case (got.State == ItemOnShelf) == got.Deadline.IsZero() || (got.State == ItemOnShelf && got.Hold == ""):
			t.Fatalf("draw %d: %s until %q for hold %q", n, got.State, got.Deadline, got.Hold)
		case got.State == ItemOnShelf && (!got.Deadline.After(today) || !f.Calendar.Open(got.Deadline)):
			t.Fatalf("draw %d: on %s on the shelf until %s", n, today, got.Deadline)
		case (got.Hold != "") != slices.Contains(got.Outcomes, ReturnedReserved):
			t.Fatalf("draw %d: hold %q, told %v", n, got.Hold, got.Outcomes)
		}
	}
	for _, c := range order {
		if seen[c] == 0 {
			t.Errorf("%s was never drawn", c)
		}
	}
}

func TestRenewHoldsToItsPromises(t *testing.T) {
	order := []string{"renew_limit", "renew_too_soon", "renew_reserved", "renew_overdue", "renew_patron_blocked", "renew_item_blocked"}
	d := newDrawer(t)
	seen, renewed := map[string]int{}, 0
	for n := range draws {
		o := d.checkOut()
		today := DateOf(o.Now, o.Zone)
		f := RenewFacts{Now: o.Now, Zone: o.Zone, Branch: o.Branch, Calendar: o.Calendar, Policies: o.Policies, Who: o.Who, Item: o.Item, Queue: o.Queue,
			Loan: Loan{ID: "l1", Patron: me, Item: copyID, ItemType: Book, Due: today.AddDays(d.IntN(20) - 5), Renewals: d.IntN(2)}}
		got := DecideRenew(f)
		last := -1
		for _, r := range got.Reasons {
			seen[r.Code]++
			at := slices.Index(order, r.Code)
			if at <= last || r.Mark != Block {
				t.Fatalf("draw %d: strange, out of order, twice or not a block: %s", n, told(got.Reasons))
			}
			last = at
		}
		if len(got.Reasons) > 0 {
			if !got.Due.IsZero() {
				t.Fatalf("draw %d: refused and due %s", n, got.Due)
			}
			continue
		}
		renewed++
		if got.Due.Before(f.Loan.Due) || got.Due.Before(today) || !f.Calendar.Open(got.Due) || f.Loan.Overdue(today) {
			t.Fatalf("draw %d: on %s a loan due %s is now due %s", n, today, f.Loan.Due, got.Due)
		}
	}
	if renewed < draws/1000 {
		t.Errorf("only %d of %d draws were renewed: the draws show too little", renewed, draws)
	}
	for _, c := range order {
		if seen[c] == 0 {
			t.Errorf("%s was never drawn", c)
		}
	}
}
