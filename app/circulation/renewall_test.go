package circulation

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
)

func (h *house) renewAll(cmd library.Command, patron string) (all []library.RenewAnswer, said string) {
	h.Helper()
	all, err := h.RenewAll(context.Background(), cmd, patron)
	if err != nil {
		h.Fatal(err)
	}
	for _, a := range all {
		said += a.Barcode + " " + map[bool]string{true: a.Due.String(), false: codes(a.Reasons)}[a.Done()] + "\n"
	}
	h.wantClean()
	return all, said
}

func withLoans(t *testing.T) *house {
	h := newHouse(t)
	h.addPatrons("p1", "p2")
	for i := range 4 {
		h.addTitle(fmt.Sprint("t", i), fmt.Sprint("B", i))
	}
	return h
}

func TestAccept_L42_renew_all_gives_each_item_its_own_answer(t *testing.T) {
	h := withLoans(t)
	h.out("p1", "B3")
	h.days(2)
	for i := range 3 {
		h.out("p1", fmt.Sprint("B", i))
		h.pass(time.Second)
	}
	h.hold("p2", "t1", "main")
	h.editItem("B2", func(it *library.Item) { it.NotForLoan = true })
	soon := h.loanOf("B3").Due
	cmd := h.command()
	first, said := h.renewAll(cmd, "p1")
	h.want("the one due first first", said, "B3 "+soon.AddDays(30).String()+"\nB0 "+soon.AddDays(32).String()+"\nB1 renew_reserved\nB2 renew_item_blocked\n")
	entries := len(h.ledger())
	again, _ := h.renewAll(cmd, "p1")
	for i := range again {
		if !reflect.DeepEqual(outcome(again[i].LoanAnswer), outcome(first[i].LoanAnswer)) {
			t.Errorf("the repeat says %+v, first %+v", again[i], first[i])
		}
	}
	if n := len(h.ledger()); n != entries {
		t.Errorf("the repeat wrote %d entries", n-entries)
	}
	_, said = h.renewAll(h.command(), "p1")
	h.want("a second time", said, "B1 renew_reserved\nB2 renew_item_blocked\nB3 renew_limit\nB0 renew_limit\n")
	renewed := 0
	for _, e := range h.ledger() {
		if e.Operation != "renew" {
			continue
		}
		if e.Facets["class"] != "I" || e.Facets["category"] != "adult" || e.Facets["type"] != "book" || len(e.Subjects) != 3 {
			t.Errorf("ledger: %+v", e)
		}
		if e.Outcome == "done" {
			renewed++
		}
	}
	h.want("renewals in the ledger", fmt.Sprint(renewed), "2")
	_, said = h.renewAll(h.command(), "p2")
	h.want("nothing to renew", said, "")
}

// breaking is a store that fails the Updates after a number of them.
type breaking struct {
	store.Store
	left int
}

func (b *breaking) Update(ctx context.Context, fn func(store.Tx) error) error {
	if b.left--; b.left < 0 {
		return store.ErrNoSpace
	}
	return b.Store.Update(ctx, fn)
}

func TestAccept_L45_renew_all_that_was_cut_off_is_continued_by_its_repeat(t *testing.T) {
	for commits := range 4 {
		t.Run(fmt.Sprint("after ", commits, " commits"), func(t *testing.T) {
			h := withLoans(t)
			for i := range 4 {
				h.out("p1", fmt.Sprint("B", i))
			}
			due, whole := h.loanOf("B0").Due, h.store
			h.records.Close()
			h.store = &breaking{whole, commits}
			h.serve(kiosk, "main")
			cmd := h.command()
			_, err := h.RenewAll(context.Background(), cmd, "p1")
			// One commit is its own entry; the renewals share one or a few. Once it is
			// written nobody may say that nothing was.
			if commits < 2 && err == nil {
				t.Error("no error, though the renewals were not written")
			}
			if commits > 0 && errors.Is(err, records.ErrNotDone) {
				t.Errorf("got %v, which says that nothing was recorded", err)
			}
			h.records.Close()
			h.store = whole
			h.serve(kiosk, "main")
			h.wantClean()
			// In the meantime one comes back: the repeat tells so, and renews the rest.
			back := ""
			if h.loanOf("B2").Renewals == 0 && commits > 0 {
				back = "B2"
				h.want("return", h.in(back), library.Returned)
			}
			all, _ := h.renewAll(cmd, "p1")
			if len(all) != 4 {
				t.Fatalf("%d answers", len(all))
			}
			for _, a := range all {
				if a.Barcode == back {
					h.want("what was returned", codes(a.Reasons), library.RenewItemBlocked)
				} else if l := h.loanOf(a.Barcode); !a.Done() || l.Renewals != 1 || l.Due != due.AddDays(30) {
					t.Errorf("%+v, loan %+v", a, l)
				}
			}
		})
	}
}

func TestAccept_L42_the_account_shows_what_may_be_renewed_and_why_not(t *testing.T) {
	h := withLoans(t)
	h.policy(func(p *library.Policy) { p.RenewFromDays = 20 })
	h.out("p1", "B0")
	h.days(15)
	h.out("p1", "B1")
	h.pass(time.Second)
	h.out("p1", "B2")
	h.hold("p2", "t2", "main")
	h.editItem("B2", func(it *library.Item) { it.State = library.ItemLost })
	loans := func() (said string) {
		t.Helper()
		all, err := h.Loans(context.Background(), "p1", *h.now)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range all {
			if a.Title.ID == "" || a.Loan == "" || (len(a.Why) == 0) == a.RenewTo.IsZero() {
				t.Errorf("got %+v", a)
			}
			said += fmt.Sprintf("%s %d days, renewed %d, left %d, to %q %s lost %v\n", a.Item.Barcode, a.DaysLeft, a.Renewals, a.RenewalsLeft, a.RenewTo, codes(a.Why), a.Lost)
		}
		return said
	}
	to := h.loanOf("B0").Due.AddDays(30).String()
	h.want("loans", loans(), "B0 15 days, renewed 0, left 1, to \""+to+"\"  lost false\n"+
		"B1 30 days, renewed 0, left 1, to \"\" renew_too_soon lost false\n"+
		"B2 30 days, renewed 0, left 1, to \"\" renew_too_soon renew_reserved renew_item_blocked lost true\n")
	h.want("what is shown is what happens", h.renew("p1", "B0"), "")
	h.days(31)
	h.want("later", loans(), "B1 -1 days, renewed 0, left 1, to \"\" renew_overdue renew_patron_blocked lost false\n"+
		"B2 -1 days, renewed 0, left 1, to \"\" renew_reserved renew_overdue renew_patron_blocked renew_item_blocked lost true\n"+
		"B0 14 days, renewed 1, left 0, to \"\" renew_limit renew_patron_blocked lost false\n")
	if _, err := h.Loans(context.Background(), "p9", *h.now); !errors.Is(err, records.ErrNotFound) {
		t.Errorf("a patron who is not there: %v", err)
	}
	if all, err := h.Loans(context.Background(), "p2", *h.now); err != nil || len(all) != 0 {
		t.Errorf("%+v (%v)", all, err)
	}
}
