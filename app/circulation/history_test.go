package circulation

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

func (h *house) setHistory(patron string, on bool) {
	h.Helper()
	if err := h.SetHistory(context.Background(), h.command(), patron, on); err != nil {
		h.Fatalf("history of %s: %v", patron, err)
	}
	h.wantClean()
}

// read is the patron's reading history in one line: "on since 2026-03-02: t1
// 2026-03-02 to 2026-03-04".
func (h *house) read(patron string) string {
	h.Helper()
	all, err := h.History(context.Background(), patron, 10)
	if err != nil {
		h.Fatal(err)
	}
	if !all.On {
		if all.More || len(all.Loans) > 0 || !all.Since.IsZero() {
			h.Errorf("switched off, and yet %+v", all)
		}
		return "off"
	}
	out := []string{}
	for _, l := range all.Loans {
		out = append(out, fmt.Sprintf("%s %s to %s", l.Title.ID, l.Out, l.Back))
	}
	return strings.TrimSpace("on since " + all.Since.String() + ": " + strings.Join(out, "; "))
}

// walked is what Check counted of one kind of record.
func (h *house) walked(kind string) int {
	h.Helper()
	rep, err := h.records.Check(context.Background(), nil)
	if err != nil || !rep.Clean() {
		h.Fatalf("check (%v): %v", err, rep.Findings)
	}
	return rep.Counts[kind]
}

func TestAccept_L47_without_being_switched_on_no_reading_history_is_kept(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	h.out("p1", "B1")
	h.in("B1")
	h.want("history", h.read("p1"), "off")
	if n := h.walked("reading histories") + h.walked("reading history entries"); n != 0 {
		t.Errorf("%d records of reading histories", n)
	}
	// Switched on later it does not look back.
	h.setHistory("p1", true)
	h.want("history", h.read("p1"), "on since 2026-03-02:")
}

func TestAccept_L47_a_reading_history_shows_what_was_returned_newest_first(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addTitle("t2", "B2")
	h.addPatrons("p1", "p2")
	h.out("p1", "B1") // begun before: what counts is that it ends afterwards
	h.days(1)
	h.setHistory("p1", true)
	h.out("p1", "B2")
	h.want("what is out is not in it", h.read("p1"), "on since 2026-03-03:")
	h.days(1)
	h.in("B1")
	h.days(1)
	h.in("B2")
	h.out("p2", "B1")
	h.days(1)
	h.in("B1") // another reader's
	both := "on since 2026-03-03: t2 2026-03-03 to 2026-03-05; t1 2026-03-02 to 2026-03-04"
	h.want("history", h.read("p1"), both)
	h.want("of the other", h.read("p2"), "off")
	h.reopen()
	h.want("after a restart", h.read("p1"), both)
	one, err := h.History(context.Background(), "p1", 1)
	if err != nil || len(one.Loans) != 1 || !one.More || one.Loans[0].Title.Title != "书 t2" {
		t.Errorf("the newest alone: %+v (%v)", one, err)
	}
	if _, err := h.History(context.Background(), "p9", 1); !errors.Is(err, records.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
}

func TestAccept_L47_every_way_a_loan_ends_enters_it_into_the_reading_history(t *testing.T) {
	for name, end := range map[string]func(h *house){
		"returned":                    func(h *house) { h.in("B1") },
		"returned at another branch":  func(h *house) { h.at("west").in("B1") },
		"returned for another reader": func(h *house) { h.hold("p2", "t1", "main"); h.in("B1") },
		"returned damaged":            func(h *house) { h.damage("B1", ""); h.in("B1") },
		"lost and returned":           func(h *house) { h.lose("B1"); h.in("B1") },
		"lost and found by another":   func(h *house) { h.lose("B1"); h.out("p2", "B1") },
		"lost and found by oneself":   func(h *house) { h.lose("B1"); h.out("p1", "B1") },
		"lost and paid for": func(h *house) {
			h.lose("B1")
			owed, err := h.Charges(context.Background(), "p1")
			if err != nil || len(owed) != 1 {
				h.Fatalf("%+v (%v)", owed, err)
			}
			if _, err := h.Pay(context.Background(), h.command(), "p1", owed[0].Charge); err != nil {
				h.Fatal(err)
			}
			h.wantClean()
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.policy(func(p *library.Policy) { p.LostFen = 3000 })
			h.addTitle("t1", "B1")
			h.addPatrons("p1", "p2")
			h.setHistory("p1", true)
			h.want("lent", h.out("p1", "B1"), "")
			h.days(2)
			end(h)
			h.want("history", h.read("p1"), "on since 2026-03-02: t1 2026-03-02 to 2026-03-04")
			h.want("of the other", h.read("p2"), "off")
		})
	}
}

func TestAccept_L47_switching_off_removes_the_reading_history_and_on_again_begins_empty(t *testing.T) {
	h := newHouse(t)
	h.addPatrons("p1", "p2")
	for _, p := range []string{"p1", "p2"} {
		h.setHistory(p, true)
	}
	const loans = 70 // more than are erased at a time
	for i := range loans {
		id := fmt.Sprint("B", i)
		h.addTitle("t"+id, id)
		if _, err := h.CheckOut(context.Background(), h.command(), "p1", id, nil); err != nil {
			t.Fatal(err)
		}
		h.pass(time.Second)
		if a, err := h.CheckIn(context.Background(), h.command(), id); err != nil || a.Outcomes[0] != library.Returned {
			t.Fatalf("%+v (%v)", a, err)
		}
	}
	h.out("p2", "B0")
	h.in("B0")
	if n := h.walked("reading history entries"); n != loans+1 {
		t.Fatalf("%d entries, want %d", n, loans+1)
	}
	h.setHistory("p1", false)
	h.want("off", h.read("p1"), "off")
	if n, left := h.walked("reading history entries"), h.walked("reading histories to erase"); n != 1 || left != 0 {
		t.Errorf("%d entries are left, %d lists to erase", n, left)
	}
	h.want("of the other", h.read("p2"), "on since 2026-03-02: tB0 2026-03-02 to 2026-03-02")
	h.setHistory("p1", true)
	h.want("on again", h.read("p1"), "on since 2026-03-02:")
	h.out("p1", "B1")
	h.in("B1")
	h.want("and goes on", h.read("p1"), "on since 2026-03-02: tB1 2026-03-02 to 2026-03-02")
}

func TestAccept_L47_a_repeated_switch_of_the_reading_history_does_nothing_twice(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	on := h.command()
	set := func(cmd library.Command, want bool) {
		t.Helper()
		if err := h.SetHistory(context.Background(), cmd, "p1", want); err != nil {
			t.Fatal(err)
		}
		h.wantClean()
	}
	set(on, true)
	e := h.last()
	if e.Operation != "set_history" || e.Outcome != "done" || e.Facets["category"] != "adult" || len(e.Subjects) != 1 || e.Subjects[0] != "p1" {
		t.Errorf("ledger: %+v", e)
	}
	h.out("p1", "B1")
	h.in("B1")
	n := len(h.ledger())
	set(on, true) // the page asked once more
	kept := "on since 2026-03-02: t1 2026-03-02 to 2026-03-02"
	h.want("a repeat", h.read("p1"), kept)
	if len(h.ledger()) != n {
		t.Errorf("a repeat wrote %d entries", len(h.ledger())-n)
	}
	h.days(3)
	set(h.command(), true) // and another command for what is so already
	h.want("on once more", h.read("p1"), kept)
	h.want("is recorded as nothing", h.last().Outcome, "unchanged")
	off := h.command()
	set(off, false)
	set(h.command(), true)
	set(off, false) // an old command comes again: it was done, and is not done anew
	h.want("on again", h.read("p1"), "on since 2026-03-05:")
	if told := h.told(off.ID); told.What != library.ToldOther {
		t.Errorf("told %+v", told)
	}
	if err := h.SetHistory(context.Background(), h.command(), "p9", true); !errors.Is(err, records.ErrNotFound) {
		t.Errorf("of nobody: %v", err)
	}
}
