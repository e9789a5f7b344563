package circulation

import (
	"context"
	"testing"

	"shuting/app/library"
	"shuting/app/records"
)

func (h *house) place(cmd library.Command, patron, title string, itemType library.ItemType) library.HoldAnswer {
	h.Helper()
	a, err := h.PlaceHold(context.Background(), cmd, patron, title, itemType, "main")
	if err != nil {
		h.Fatalf("hold %s: %v", title, err)
	}
	h.wantClean()
	return a
}

func TestAccept_L42_a_hold_tells_its_place_in_the_queue_and_its_title(t *testing.T) {
	h := withHolds(t)
	h.addPatrons("p4")
	h.out("p1", "B1")
	h.out("p4", "B2")
	for i, p := range []string{"p2", "p3"} {
		a := h.place(h.command(), p, "t1", "")
		if !a.Done() || a.Hold != h.holdOf(p).ID || a.Title.Title != "书 t1" || a.Position != i+1 || a.Waiting != i+1 {
			t.Errorf("the hold of %s: %+v", p, a)
		}
	}
	if a := h.place(h.command(), "p3", "t1", ""); a.Done() || a.Hold != "" || a.Title.ID != "t1" || codes(a.Reasons) != library.HoldExists ||
		a.Reasons[0].Params["position"] != "2" {
		t.Errorf("once more: %+v", a)
	}
}

func TestAccept_L45_a_repeated_hold_gets_the_place_it_got_first(t *testing.T) {
	h := withHolds(t)
	h.out("p1", "B1")
	h.place(h.command(), "p2", "t1", "")
	cmd := h.command()
	first := h.place(cmd, "p3", "t1", "")
	h.in("B1") // the queue moves up: p3 is the first now
	entries := len(h.ledger())
	h.reopen()
	again := h.place(cmd, "p3", "t1", "")
	if first.Position != 2 || first.Waiting != 2 || again.Position != 2 || again.Waiting != 2 || again.Hold != first.Hold || len(h.ledger()) != entries {
		t.Errorf("first %+v, again %+v", first, again)
	}
	h.want("the place now", h.holdsOf("p3"), "t1 1 of 1")
	if told := h.told(cmd.ID); told.What != library.ToldHeld || told.Title.ID != "t1" || told.Position != 2 || told.Waiting != 2 {
		t.Errorf("told %+v", told)
	}
}

// The row for the type decides: books may be held once, audiovisual items twice,
// periodicals not at all.
func TestAccept_L42_a_hold_without_an_item_type_takes_that_of_a_copy_the_reader_may_get(t *testing.T) {
	row := func(itemType string, days, holds int) library.Policy {
		return library.Policy{Category: "*", ItemType: itemType, Branch: "*", LoanLimit: 10, LoanDays: days, Holds: holds, ShelfDays: 3}
	}
	const av, book, magazine, reference = library.Audiovisual, library.Book, library.Periodical, library.Reference
	for _, c := range []struct {
		name   string
		asked  library.ItemType
		copies []library.ItemType
		set    func(*house)
		want   string // the refusal of the reader's second hold
	}{
		{name: "the copy's own type", copies: []library.ItemType{av}},
		{name: "a book", copies: []library.ItemType{book}, want: library.HoldLimit},
		{name: "the first of several", copies: []library.ItemType{av, book}},
		{name: "the other way round", copies: []library.ItemType{book, av}, want: library.HoldLimit},
		{name: "not one that is never lent", copies: []library.ItemType{reference, av}},
		{name: "not one that is lost", copies: []library.ItemType{book, av}, set: func(h *house) {
			h.editItem("c0", func(it *library.Item) { it.State = library.ItemLost })
		}},
		{name: "where none may be lent, the first", copies: []library.ItemType{magazine, reference}, want: library.HoldNotAllowed},
		{name: "where there is none, a book", want: library.HoldLimit + " " + library.HoldNotAllowed},
		{name: "what is asked for counts", asked: av, copies: []library.ItemType{book}},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := withHolds(t)
			h.write(func(tx *records.Tx) error {
				return tx.PutSetting(records.SettingPolicies, library.Policies{row("*", 30, 1), row("audiovisual", 7, 2), row("periodical", 0, 0)})
			})
			h.place(h.command(), "p1", "t2", book)
			var codesOf []string
			for i := range c.copies {
				codesOf = append(codesOf, "c"+string(rune('0'+i)))
			}
			h.addTitle("t9", codesOf...)
			for i, typ := range c.copies {
				h.editItem(codesOf[i], func(it *library.Item) { it.Type = typ })
			}
			if c.set != nil {
				c.set(h)
			}
			h.want("a second hold", codes(h.place(h.command(), "p1", "t9", c.asked).Reasons), c.want)
		})
	}
}
