package circulation

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

func TestAccept_L41_terms_come_into_force_in_one_recorded_change(t *testing.T) {
	h := newHouse(t)
	ctx := context.Background()
	now, err := h.Terms(ctx)
	if err != nil || !reflect.DeepEqual(now.Policies, library.DefaultPolicies()) || len(now.Calendar.ClosedDates)+len(now.Calendar.ClosedWeekdays) != 0 {
		t.Errorf("where nothing is stored: %+v (%v)", now, err)
	}
	if changes, err := h.SetTerms(ctx, h.command(), now); err != nil || len(changes) != 0 || len(h.ledger()) != 0 {
		t.Errorf("the defaults once more changed %+v (%v) and wrote %d entries", changes, err, len(h.ledger()))
	}
	want := library.Terms{Policies: library.DefaultPolicies(), Calendar: library.Calendar{ClosedWeekdays: []time.Weekday{time.Monday}}}
	want.Policies[0].LoanDays = 28
	cmd := h.command()
	for range 2 { // a repeat of the command says what it changed and changes nothing
		changes, err := h.SetTerms(ctx, cmd, want)
		if err != nil || len(changes) != 2 || changes[0].Fields[0] != (library.FieldChange{Name: "loan_days", Old: "30", New: "28"}) || changes[1].What != "closed every monday" {
			t.Errorf("changed %+v (%v)", changes, err)
		}
	}
	if e := h.last(); len(h.ledger()) != 1 || e.Operation != "set_terms" || e.Facets["branch"] != "main" {
		t.Errorf("ledger: %+v", h.ledger())
	}
	h.reopen()
	if now, err = h.Terms(ctx); err != nil || !reflect.DeepEqual(now.Policies, want.Policies) || len(now.Changes(want)) != 0 {
		t.Errorf("after a restart: %+v (%v)", now, err)
	}
	wrong := want
	wrong.Policies = wrong.Policies[1:]
	if _, err := h.SetTerms(ctx, h.command(), wrong); !errors.Is(err, ErrTerms) || len(h.ledger()) != 1 {
		t.Errorf("without a row for everybody: %v", err)
	}
}

func TestAccept_L41_the_most_specific_row_decides_at_each_branch(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addTitle("t2", "B2")
	h.addTitle("t3", "B3")
	h.addPatrons("p1")
	h.editItem("B2", func(it *library.Item) { it.Type = library.Audiovisual })
	row := func(category, item, branch string, days int) library.Policy {
		return library.Policy{Category: category, ItemType: item, Branch: branch, LoanLimit: 10, LoanDays: days, ShelfDays: 3}
	}
	terms := library.Terms{Policies: library.Policies{row("*", "*", "*", 30), row("*", "audiovisual", "*", 7), row("adult", "*", "bus", 14), row("adult", "audiovisual", "bus", 0)}}
	if _, err := h.SetTerms(context.Background(), h.command(), terms); err != nil {
		t.Fatal(err)
	}
	bus := h.at("bus")
	for _, c := range []struct {
		at      *house
		barcode string
		days    int
	}{{h, "B1", 30}, {h, "B2", 7}, {bus, "B3", 14}} {
		c.at.want("check out", c.at.out("p1", c.barcode), "")
		if l := h.loanOf(c.barcode); l.Due != h.today().AddDays(c.days) {
			t.Errorf("%s: due %s, want %d days", c.barcode, l.Due, c.days)
		}
	}
	h.in("B2")
	h.want("not lent on the bus", bus.out("p1", "B2"), library.ItemNotForLoan)
	h.want("but here", h.out("p1", "B2"), "")
}

// Every code that lending itself gives, through the store. What is told of a card
// before it comes this far stands in patrons; already_borrowed_now in visit.
func TestAccept_L42_every_code_of_lending_is_reached(t *testing.T) {
	guardian := func(h *house) {
		h.write(func(tx *records.Tx) error {
			return errors.Join(tx.PutPatron(library.Patron{ID: "g", SuspendedUntil: h.today()}),
				tx.PutPatron(library.Patron{ID: "p1", Category: library.Child, Branch: "main", Guardian: "g"}))
		})
	}
	item := func(change func(*library.Item)) func(*house) {
		return func(h *house) { h.editItem("B1", change) }
	}
	patron := func(change func(*library.Patron)) func(*house) {
		return func(h *house) { h.editPatron("p1", change) }
	}
	state := func(s library.ItemState) func(*house) { return item(func(it *library.Item) { it.State = s }) }
	for _, c := range []struct {
		do   string // out, in, renew, hold
		set  func(*house)
		want string
	}{
		{"out", patron(func(p *library.Patron) { p.ExpiresOn = library.Date{Year: 2026, Month: 3, Day: 1} }), "card_expired"},
		{"out", patron(func(p *library.Patron) { p.SuspendedUntil = library.Date{Year: 2026, Month: 3, Day: 2} }), "patron_suspended"},
		{"out", patron(func(p *library.Patron) {
			p.Category, p.ProvisionalUntil = library.Provisional, library.Date{Year: 2026, Month: 3, Day: 1}
		}), "patron_provisional"},
		{"out", func(h *house) { h.out("p1", "B3"); h.days(31) }, "patron_overdue"},
		{"out", func(h *house) {
			h.policy(func(p *library.Policy) { p.DamagedFen, p.ChargeBlockFen = 50, 50 })
			h.out("p1", "B3")
			h.damage("B3", "")
		}, "patron_charges"},
		{"out", func(h *house) { h.policy(func(p *library.Policy) { p.LoanLimit = 1 }); h.out("p1", "B3") }, "loan_limit"},
		{"out", func(h *house) { h.policy(func(p *library.Policy) { p.TypeLimit = 1 }); h.out("p1", "B3") }, "loan_limit_type"},
		{"out", patron(func(p *library.Patron) { p.OnlyHomeBranch, p.Branch = true, "west" }), "patron_wrong_branch"},
		{"out", guardian, "guardian_blocked"},
		{"out unknown", nil, "item_unknown"},
		{"out", func(h *house) { h.out("p2", "B1") }, "item_on_loan_to_other"},
		{"out", func(h *house) { h.out("p1", "B1") }, "item_on_loan_to_you"},
		{"out", item(func(it *library.Item) { it.NotForLoan = true }), "item_not_for_loan"},
		{"out", item(func(it *library.Item) { it.Type = library.Reference }), "item_reference"},
		{"out", item(func(it *library.Item) { it.OnSite = true }), "item_on_site_only"},
		{"out", state(library.ItemWithdrawn), "item_withdrawn"},
		{"out", func(h *house) { h.damage("B1", "") }, "item_damaged"},
		{"out", func(h *house) { h.hold("p2", "t1", "main") }, "item_reserved_for_other"},
		{"out", func(h *house) { h.out("p2", "B1"); h.at("west").in("B1") }, "item_in_transit"},
		{"out", item(func(it *library.Item) { it.OnlyAtBranch, it.Branch = true, "west" }), "item_wrong_branch"},
		{"out", func(h *house) {
			h.editItem("B1", func(it *library.Item) { it.MinAge = 12 })
			h.editPatron("p1", func(p *library.Patron) { p.Category = library.Child })
		}, "item_age"},
		{"out", item(func(it *library.Item) { it.Parts = "CD" }), "item_has_parts"},
		{"out", func(h *house) { h.out("p1", "B2") }, "title_already_yours"},

		{"in", func(h *house) { h.out("p1", "B1") }, "returned"},
		{"in", nil, "not_on_loan"},
		{"in unknown", nil, "item_unknown"},
		{"in", func(h *house) { h.out("p1", "B1"); h.hold("p2", "t1", "main") }, "returned_reserved"},
		{"in", func(h *house) { h.editItem("B1", func(it *library.Item) { it.Branch = "west" }); h.out("p1", "B1") }, "returned_other_branch"},
		{"in", func(h *house) { h.out("p1", "B1"); h.lose("B1") }, "returned_was_lost"},
		{"in", func(h *house) {
			h.out("p1", "B1")
			h.editItem("B1", func(it *library.Item) { it.Parts = "CD" })
		}, "returned_has_parts"},
		{"in", func(h *house) { h.out("p1", "B1"); h.in("B1") }, "already_returned_now"},

		{"renew", func(h *house) { h.out("p1", "B1"); h.renew("p1", "B1") }, "renew_limit"},
		{"renew", func(h *house) { h.policy(func(p *library.Policy) { p.RenewFromDays = 5 }); h.out("p1", "B1") }, "renew_too_soon"},
		{"renew", func(h *house) { h.out("p1", "B1"); h.hold("p2", "t1", "main") }, "renew_reserved"},
		{"renew", func(h *house) { h.out("p1", "B1"); h.days(31) }, "renew_overdue"},
		{"renew", func(h *house) {
			h.out("p1", "B1")
			h.editPatron("p1", func(p *library.Patron) { p.SuspendedUntil = h.today() })
		}, "renew_patron_blocked"},
		{"renew", func(h *house) { h.out("p1", "B1"); h.lose("B1") }, "renew_item_blocked"},

		{"hold", func(h *house) { h.policy(func(p *library.Policy) { p.Holds = 1 }); h.hold("p1", "t2", "main") }, "hold_limit"},
		{"hold", func(h *house) { h.hold("p1", "t1", "main") }, "hold_exists"},
		{"hold", func(h *house) { h.out("p1", "B1") }, "hold_yours_on_loan"},
		{"hold", func(h *house) { h.policy(func(p *library.Policy) { p.Holds = 0 }) }, "hold_not_allowed"},
	} {
		t.Run(c.do+" "+c.want, func(t *testing.T) {
			h := withHolds(t)
			if c.set != nil {
				c.set(h)
			}
			acts := map[string]func() string{
				"out": func() string { return h.out("p1", "B1") }, "out unknown": func() string { return h.out("p1", "B9") },
				"in": func() string { return h.in("B1") }, "in unknown": func() string { return h.in("B9") },
				"renew": func() string { return h.renew("p1", "B1") }, "hold": func() string { return h.hold("p1", "t1", "main") },
			}
			h.want(c.do, acts[c.do](), c.want)
		})
	}
}
