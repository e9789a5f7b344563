package circulation

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// cancel ends the patron's one open hold.
func (h *house) cancel(patron string) bool {
	h.Helper()
	ok, err := h.CancelHold(context.Background(), h.command(), patron, h.holdOf(patron).ID)
	if err != nil {
		h.Fatal(err)
	}
	h.wantClean()
	return ok
}

func (h *house) expireAll() int {
	h.Helper()
	n, err := h.ExpireHolds(context.Background(), *h.now)
	if err != nil {
		h.Fatal(err)
	}
	h.wantClean()
	return n
}

func (h *house) wantHold(id string, state library.HoldState) {
	h.Helper()
	h.view(func(t *records.Tx) error {
		one, err := t.Hold(id)
		if one.State != state {
			h.Errorf("hold %s is %s, want %s", id, one.State, state)
		}
		return err
	})
}

func TestAccept_L42_a_hold_shows_its_place_and_never_ready_before_it_is(t *testing.T) {
	h := withHolds(t)
	west := h.at("west")
	h.out("p1", "B1")
	h.out("p1", "B2", library.TitleAlreadyYours)
	h.want("first", h.hold("p2", "t1", "west"), "")
	h.pass(time.Minute)
	h.want("second", h.hold("p3", "t1", "main"), "")
	h.pass(time.Minute)
	h.want("another title", h.hold("p3", "t2", "main"), "")
	h.want("the first", h.holdsOf("p2"), "t1 1 of 2")
	h.want("the second", h.holdsOf("p3"), "t1 2 of 2; t2 1 of 1")
	h.want("a copy comes back", h.in("B1"), library.ReturnedReserved)
	h.want("it travels: not ready", h.holdsOf("p2"), "t1 1 of 2 on its way")
	h.pass(2 * time.Minute)
	h.want("it arrives", west.in("B1"), library.ReturnedReserved)
	h.want("now it is ready", h.holdsOf("p2"), "t1 ready until "+h.today().AddDays(3).String())
	h.want("the other is first now", h.holdsOf("p3"), "t1 1 of 1; t2 1 of 1")
	h.want("the second copy", h.in("B2"), library.ReturnedReserved)
	h.want("what is ready comes first", h.holdsOf("p3"), "t1 ready until "+h.today().AddDays(3).String()+"; t2 1 of 1")
	h.want("pick-up", west.out("p2", "B1"), "")
	h.want("pick-up", h.out("p3", "B2"), "")
	h.want("after it", h.holdsOf("p2")+"|"+h.holdsOf("p3"), "|t2 1 of 1")
	h.want("nobody else's", h.holdsOf("p1"), "")
}

func TestAccept_L42_a_hold_is_cancelled_by_its_reader_only_and_once(t *testing.T) {
	h := withHolds(t)
	h.out("p1", "B1")
	h.hold("p2", "t1", "main")
	h.hold("p3", "t1", "main")
	first := h.holdOf("p2").ID
	ctx := context.Background()
	for _, who := range []struct{ patron, hold string }{{"p3", first}, {"p2", "k1-none"}} {
		if ok, err := h.CancelHold(ctx, h.command(), who.patron, who.hold); ok || err != nil {
			t.Errorf("%v: cancelled %v (%v)", who, ok, err)
		}
	}
	h.wantHold(first, library.HoldWaiting)
	cmd := h.command()
	for range 2 { // a double tap is one cancellation
		if ok, err := h.CancelHold(ctx, cmd, "p2", first); !ok || err != nil {
			t.Fatalf("cancelled %v (%v)", ok, err)
		}
	}
	if e := h.last(); e.Operation != "cancel_hold" || e.Outcome != "done" || !slices.Equal(e.Subjects, []string{"p2", "t1", first}) ||
		e.Facets["class"] != "I" || e.Facets["category"] != "adult" || e.Facets["branch"] != "main" {
		t.Errorf("ledger: %+v", e)
	}
	h.wantClean()
	h.wantHold(first, library.HoldCancelled)
	if ok, err := h.CancelHold(ctx, h.command(), "p2", first); ok || err != nil {
		t.Errorf("a second time: %v (%v)", ok, err)
	}
	h.want("the next is first", h.holdsOf("p3"), "t1 1 of 1")
	h.want("and gets the copy", h.in("B1"), library.ReturnedReserved)
	h.want("one may wait again", h.hold("p2", "t1", "main"), "")
	h.want("at the end", h.holdsOf("p2"), "t1 1 of 1")
	h.want("who cancels what is ready frees the copy", fmt.Sprint(h.cancel("p3")), "true")
	h.want("for the next", h.holdsOf("p2"), "t1 ready until "+h.today().AddDays(3).String())
	if it := h.item("B1"); it.State != library.ItemOnShelf || it.HoldID != h.holdOf("p2").ID {
		t.Errorf("item %+v", it)
	}
	h.want("the last one", fmt.Sprint(h.cancel("p2")), "true")
	if it := h.item("B1"); it.State != library.ItemAvailable || it.HoldID != "" {
		t.Errorf("item %+v, want it free", it)
	}
	for _, p := range []string{"p2", "p3"} {
		if s := h.standing(p); s.Holds != 0 {
			t.Errorf("%s: %+v", p, s)
		}
	}
}

func TestAccept_L42_a_cancelled_hold_leaves_its_travelling_copy_to_the_next(t *testing.T) {
	h := withHolds(t)
	west := h.at("west")
	h.out("p1", "B1")
	h.hold("p2", "t1", "west")
	h.in("B1")
	h.cancel("p2")
	h.hold("p3", "t1", "west")
	h.pass(2 * time.Minute)
	h.want("it arrives", west.in("B1"), library.ReturnedReserved)
	h.want("for the next", h.holdsOf("p3"), "t1 ready until "+h.today().AddDays(3).String())
}

func TestAccept_L42_a_hold_not_picked_up_expires_once_and_the_next_gets_the_copy(t *testing.T) {
	h := withHolds(t)
	h.out("p1", "B1")
	h.hold("p2", "t1", "main")
	h.hold("p3", "t1", "main")
	h.in("B1")
	first := h.holdOf("p2").ID
	h.days(3)
	h.want("on its last day", fmt.Sprint(h.expireAll()), "0")
	h.wantHold(first, library.HoldReady)
	h.days(1)
	entries := len(h.ledger())
	h.want("the day after", fmt.Sprint(h.expireAll()), "1")
	h.wantHold(first, library.HoldExpired)
	h.want("the next", h.holdsOf("p3"), "t1 ready until "+h.today().AddDays(3).String())
	if e := h.last(); len(h.ledger()) != entries+1 || e.Operation != "expire_hold" || e.Actor != "system" || e.Facets["class"] != "I" ||
		!slices.Equal(e.Subjects, []string{"p2", "t1", first, "B1", h.holdOf("p3").ID}) {
		t.Errorf("ledger: %+v", e)
	}
	h.want("again", fmt.Sprint(h.expireAll()), "0")
	if n := len(h.ledger()); n != entries+1 {
		t.Errorf("a run that ends nothing wrote %d entries", n-entries-1)
	}
	if s := h.standing("p2"); s.Holds != 0 {
		t.Errorf("standing %+v", s)
	}
	h.want("the copy is not for who came too late", h.out("p2", "B1"), library.ItemReserved)
	h.days(4)
	h.want("the next does not come either", fmt.Sprint(h.expireAll()), "1")
	if it := h.item("B1"); it.State != library.ItemAvailable || it.HoldID != "" {
		t.Errorf("item %+v, want it back in its place", it)
	}
	h.want("then anybody takes it", h.out("p2", "B1"), "")
}

func TestAccept_L42_where_a_copy_goes_whose_hold_expired(t *testing.T) {
	t.Run("home, when it lay at another branch", func(t *testing.T) {
		h := withHolds(t)
		west := h.at("west")
		h.out("p1", "B1")
		h.hold("p2", "t1", "west")
		h.in("B1")
		h.pass(2 * time.Minute)
		west.in("B1")
		h.days(4)
		h.want("expired, by a kiosk elsewhere", fmt.Sprint(h.expireAll()), "1")
		if it := h.item("B1"); it.State != library.ItemInTransit || it.At != "west" || it.HoldID != "" {
			t.Errorf("item %+v, want it on its way home", it)
		}
	})
	t.Run("on its way, when the next picks up elsewhere", func(t *testing.T) {
		h := withHolds(t)
		h.out("p1", "B1")
		h.hold("p2", "t1", "main")
		h.hold("p3", "t1", "west")
		h.in("B1")
		h.days(4)
		h.expireAll()
		h.want("not yet ready", h.holdsOf("p3"), "t1 1 of 1 on its way")
		if it := h.item("B1"); it.State != library.ItemInTransit {
			t.Errorf("item %+v", it)
		}
	})
	t.Run("to the next for the days of the next, over closed days", func(t *testing.T) {
		h := withHolds(t)
		h.editPatron("p3", func(p *library.Patron) { p.Category = library.StaffMember })
		h.write(func(tx *records.Tx) error {
			row := library.Policy{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 10, LoanDays: 30, Holds: 5, ShelfDays: 3}
			staff := row
			staff.Category, staff.ShelfDays = string(library.StaffMember), 7
			return tx.PutSetting(records.SettingPolicies, library.Policies{row, staff})
		})
		h.out("p1", "B1")
		h.hold("p2", "t1", "main")
		h.hold("p3", "t1", "main")
		h.in("B1")
		h.days(4)
		h.write(func(tx *records.Tx) error {
			return tx.PutSetting(records.SettingCalendar, library.Calendar{ClosedDates: []library.Date{h.today().AddDays(7)}})
		})
		h.expireAll()
		h.want("seven days and a closed one", h.holdsOf("p3"), "t1 ready until "+h.today().AddDays(8).String())
	})
}

func TestAccept_L42_many_holds_expire_each_exactly_once_from_two_kiosks_at_once(t *testing.T) {
	const holds = 12
	one, two := twoKiosks(t)
	for i := range holds {
		title, item, patron := fmt.Sprint("t", i), fmt.Sprint("B", i), fmt.Sprint("p", i)
		one.addTitle(title, item)
		one.addPatrons(patron)
		one.write(func(tx *records.Tx) error {
			it, err := tx.Item(item)
			if err != nil {
				return err
			}
			it.State, it.HoldID = library.ItemOnShelf, "h"+item
			if err := tx.PutStanding(patron, library.Standing{Holds: 1}); err != nil {
				return err
			}
			if err := tx.PutItem(it); err != nil {
				return err
			}
			return tx.PutHold(library.Hold{ID: "h" + item, Title: title, Patron: patron, Seq: 1, State: library.HoldReady, Item: item, Deadline: one.today()})
		})
	}
	one.days(1)
	var all sync.WaitGroup
	ended := make([]int, 4)
	for i, h := range []*house{one, two, one, two} {
		all.Go(func() {
			var err error
			if ended[i], err = h.ExpireHolds(context.Background(), *one.now); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	one.wantClean()
	if sum := ended[0] + ended[1] + ended[2] + ended[3]; sum != holds {
		t.Errorf("%v ended, want %d together", ended, holds)
	}
	for i := range holds {
		one.wantHold(fmt.Sprint("hB", i), library.HoldExpired)
	}
}

func TestAccept_L42_an_expiry_that_is_cancelled_is_continued(t *testing.T) {
	h := withHolds(t)
	h.out("p1", "B1")
	h.hold("p2", "t1", "main")
	h.in("B1")
	h.days(5)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if n, err := h.ExpireHolds(ctx, *h.now); n != 0 || err == nil {
		t.Errorf("%d ended (%v)", n, err)
	}
	h.reopen()
	h.want("after a restart", fmt.Sprint(h.expireAll()), "1")
}

func TestAccept_L42_hold_refusals_tell_their_facts(t *testing.T) {
	h := withHolds(t)
	h.addTitle("t3", "B4")
	h.policy(func(p *library.Policy) { p.Holds = 1 })
	params := func(patron, title string) string {
		t.Helper()
		a, err := h.PlaceHold(context.Background(), h.command(), patron, title, library.Book, "main")
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, r := range a.Reasons {
			out = append(out, fmt.Sprintf("%s %s %v", r.Code, r.Mark, r.Params))
		}
		return strings.Join(out, "; ")
	}
	h.out("p1", "B1")
	h.want("what one has", params("p1", "t1"), "hold_yours_on_loan block map[due:"+h.today().AddDays(30).String()+"]")
	h.want("placed", params("p2", "t1"), "")
	h.want("the same again", params("p2", "t1"), "hold_limit block map[limit:1 now:1]; hold_exists block map[position:1 state:waiting]")
	h.in("B1")
	h.want("when it is ready", params("p2", "t1"), "hold_limit block map[limit:1 now:1]; hold_exists block map[state:ready until:"+h.today().AddDays(3).String()+"]")
	h.editItem("B4", func(it *library.Item) { it.NotForLoan = true })
	h.want("no copy is lent", params("p3", "t3"), "hold_not_allowed block map[why:not_lendable]")
	h.editItem("B4", func(it *library.Item) { it.NotForLoan, it.State = false, library.ItemWithdrawn })
	h.want("the only copy is withdrawn", params("p3", "t3"), "hold_not_allowed block map[why:not_lendable]")
	h.editPatron("p3", func(p *library.Patron) { p.SuspendedUntil = h.today() })
	h.want("a suspended reader", params("p3", "t2"), "hold_not_allowed block map[why:patron_suspended]")
	h.editPatron("p3", func(p *library.Patron) { *p = library.Patron{ID: "p3", Category: library.Provisional} })
	h.write(func(tx *records.Tx) error { return tx.PutSetting(records.SettingPolicies, library.DefaultPolicies()) })
	h.want("a provisional card", params("p3", "t2"), "hold_not_allowed block map[why:no_holds]")
	if e := h.last(); e.Outcome != "refused" || e.Facets["category"] != "provisional" || e.Facets["class"] != "I" {
		t.Errorf("ledger: %+v", e)
	}
}

func TestAccept_L42_a_hold_whose_copy_is_lost_on_the_shelf_is_first_again(t *testing.T) {
	h := withHolds(t)
	h.out("p1", "B1")
	h.hold("p2", "t1", "main")
	h.in("B1")
	h.hold("p3", "t1", "main")
	h.want("ready", h.holdsOf("p2"), "t1 ready until "+h.today().AddDays(3).String())
	if _, err := h.MarkLost(context.Background(), h.command(), "B1"); err != nil {
		t.Fatal(err)
	}
	h.wantClean()
	h.want("who had it ready is before the one who came later", h.holdsOf("p2")+"|"+h.holdsOf("p3"), "t1 1 of 2|t1 2 of 2")
	h.want("a free copy is theirs", h.out("p3", "B2"), library.ItemReserved)
	h.want("a free copy is theirs", h.out("p2", "B2"), "")
	h.want("and it is found for the next", h.in("B1"), library.ReturnedReserved+" "+library.ReturnedWasLost)
	h.want("next", h.holdsOf("p3"), "t1 ready until "+h.today().AddDays(3).String())
	if _, err := h.MarkDamaged(context.Background(), h.command(), "B1", ""); err != nil {
		t.Fatal(err)
	}
	h.wantClean()
	h.want("a damaged one too", h.holdsOf("p3"), "t1 1 of 1")
}

func TestAccept_L42_a_reader_who_takes_another_copy_has_what_they_waited_for(t *testing.T) {
	h := withHolds(t)
	h.out("p1", "B1")
	h.out("p1", "B2", library.TitleAlreadyYours)
	h.hold("p2", "t1", "main")
	h.in("B1")
	first := h.holdOf("p2").ID
	h.want("the other copy comes back too", h.in("B2"), library.Returned)
	h.want("and is taken from its place", h.out("p2", "B2"), "")
	h.wantHold(first, library.HoldFulfilled)
	if it := h.item("B1"); it.State != library.ItemAvailable || it.HoldID != "" {
		t.Errorf("item %+v, want it free", it)
	}
	if e := h.last(); !slices.Equal(e.Subjects, []string{"p2", "B2", h.loanOf("B2").ID, "B1"}) {
		t.Errorf("ledger: %+v", e)
	}
	h.want("anybody has it", h.out("p3", "B1"), "")
}
