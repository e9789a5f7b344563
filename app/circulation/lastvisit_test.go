package circulation

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// visitor does things at the kiosk in one visit.
type visitor struct {
	*house
	visit, actor, patron string
}

func (h *house) visitor(visit, patron string) visitor {
	return visitor{h, visit, library.ActorPatron, patron}
}

func (v visitor) command() library.Command {
	v.pass(time.Second)
	cmd := v.house.command()
	cmd.Visit, cmd.Actor = v.visit, v.actor
	return cmd
}

// do does acts, each a word and what it is about: "out B1", "in B1", "hold t1".
func (v visitor) do(acts ...string) {
	v.Helper()
	ctx := context.Background()
	for _, a := range acts {
		what, id, _ := strings.Cut(a, " ")
		var err error
		switch cmd := v.command(); what {
		case "out":
			_, err = v.CheckOut(ctx, cmd, v.patron, id, nil)
		case "in":
			_, err = v.CheckIn(ctx, cmd, id)
		case "renew":
			_, err = v.Renew(ctx, cmd, v.patron, id)
		case "all":
			_, err = v.RenewAll(ctx, cmd, v.patron)
		case "hold":
			_, err = v.PlaceHold(ctx, cmd, v.patron, id, "", "main")
		case "cancel":
			_, err = v.CancelHold(ctx, cmd, v.patron, v.holdOf(v.patron).ID)
		case "history":
			err = v.SetHistory(ctx, cmd, v.patron, true)
		}
		if err != nil {
			v.Fatalf("%s: %v", a, err)
		}
	}
}

// lastly is the last visit in one line: "v1 p1: lent B1 2026-04-01, held t2".
func (h *house) lastly(since time.Time) string {
	h.Helper()
	last, err := h.LastVisit(context.Background(), since)
	if err != nil {
		h.Fatal(err)
	}
	if last.Visit == "" {
		if last.Patron != "" || len(last.Acts) > 0 || !last.At.IsZero() {
			h.Errorf("no visit, and yet %+v", last)
		}
		return ""
	}
	var acts []string
	for _, a := range last.Acts {
		if a.Command == "" || a.Title.ID == "" {
			h.Errorf("told %+v", a)
		}
		about := a.Item.Barcode
		if about == "" {
			about = a.Title.ID
		}
		acts = append(acts, words(a.What, about, a.Due.String(), strings.Join(a.Outcomes, "+")))
	}
	return words(last.Visit, last.Patron) + ": " + strings.Join(acts, ", ")
}

func words(all ...string) string { return strings.Join(strings.Fields(strings.Join(all, " ")), " ") }

func withVisits(t *testing.T) *house {
	h := newHouse(t)
	h.addPatrons("p1", "p2")
	for i := range 4 {
		h.addTitle(fmt.Sprint("t", i), fmt.Sprint("B", i))
	}
	return h
}

func TestAccept_L45_after_a_restart_what_the_last_visit_did_is_told(t *testing.T) {
	h := withVisits(t)
	long := time.Time{}
	h.want("before anybody came", h.lastly(long), "")
	h.visitor("v1", "p1").do("out B0", "out B1")
	both := "v1 p1: lent B0 2026-04-01, lent B1 2026-04-01"
	h.want("two lent", h.lastly(long), both)
	h.visitor("v2", "").do("in B0", "in B9", "in B0", "in B3") // an unknown one, one twice, one that nobody had
	h.want("returns are nobody's", h.lastly(long), "v2: returned B0 returned")
	h.visitor("v3", "p2").do("out B1", "hold t1", "out B2", "renew B2", "renew B2", "in B1", "cancel", "history")
	third := "v3 p2: held t1, lent B2 2026-04-01, renewed B2 2026-05-01, returned B1 returned_reserved, cancelled t1"
	h.want("all that was done, nothing that was refused", h.lastly(long), third)
	n := len(h.ledger())
	h.reopen()
	h.want("after a restart", h.lastly(long), third)
	if len(h.ledger()) != n {
		t.Errorf("asking wrote %d entries", len(h.ledger())-n)
	}
	newest := *h.now
	h.want("up to its newest act", h.lastly(newest.Add(-time.Second)), third) // switching the history on came after it
	h.want("but not when that is older", h.lastly(newest), "")
}

func TestAccept_L45_what_an_earlier_visit_did_is_never_told_for_a_later_one(t *testing.T) {
	h := withVisits(t)
	h.visitor("v1", "p1").do("out B0")
	refused := h.visitor("v2", "p2")
	refused.do("out B0", "hold t0", "cancel")
	h.want("something was done", h.lastly(time.Time{}), "v2 p2: held t0, cancelled t0")
	h.visitor("v3", "p2").do("out B0")
	h.want("a visit in which all was refused", h.lastly(time.Time{}), "")
	h.visitor("v4", "").do("in B3")
	h.want("a visit in which nothing was on loan", h.lastly(time.Time{}), "")

	// Neither the system, nor the demo's story, nor staff at the desk are a visit.
	h.visitor("v5", "p1").do("out B1")
	for _, actor := range []string{"system", "staff:li"} {
		other := h.visitor("v6", "p2")
		other.actor = actor
		other.do("out B2", "in B2")
	}
	nobody := h.visitor("", "p2")
	nobody.do("out B3")
	h.want("what others did in between", h.lastly(time.Time{}), "v5 p1: lent B1 2026-04-01")
	// Another kiosk's acts are not this one's.
	h.records.Close()
	h.serve("k2", "main")
	h.want("at another kiosk", h.lastly(time.Time{}), "")
}

func TestAccept_L45_each_loan_of_a_renewal_of_all_is_told(t *testing.T) {
	h := withVisits(t)
	v := h.visitor("v1", "p1")
	v.do("out B0", "out B1", "out B2")
	h.hold("p2", "t1", "main")
	v.visit = "v2"
	v.do("all")
	last, err := h.LastVisit(context.Background(), time.Time{})
	if err != nil || last.Visit != "v2" || last.Patron != "p1" || len(last.Acts) != 2 {
		t.Fatalf("%+v (%v)", last, err)
	}
	for _, a := range last.Acts {
		if a.What != library.ToldRenewed || a.Due.String() != "2026-05-01" || a.Item.Barcode == "B1" || h.told(a.Command).Item.Barcode != a.Item.Barcode {
			t.Errorf("told %+v", a)
		}
	}
}

func TestAccept_L45_the_outcome_of_a_renewal_of_all_names_each_loan(t *testing.T) {
	h := withVisits(t)
	h.visitor("v1", "p1").do("out B0", "out B1", "out B2")
	h.hold("p2", "t1", "main")
	whole := h.store
	h.records.Close()
	h.store = &breaking{whole, 1} // cut off after its first commit: nothing is renewed
	h.serve(kiosk, "main")
	cmd := h.command()
	if _, err := h.RenewAll(context.Background(), cmd, "p1"); err == nil {
		t.Fatal("the renewal was not cut off")
	}
	h.records.Close()
	h.store = whole
	h.serve(kiosk, "main")
	parts := func() string {
		t.Helper()
		told := h.told(cmd.ID)
		if told.What != library.ToldRenewedAll || told.Command != cmd.ID {
			t.Errorf("told %+v", told)
		}
		var said []string
		for _, p := range told.Parts {
			if p.Title.ID != "t"+p.Item.Barcode[1:] || !strings.HasPrefix(p.Command, cmd.ID+".") {
				t.Errorf("part %+v", p)
			}
			said = append(said, words(p.Item.Barcode, p.What, p.Due.String(), codes(p.Reasons)))
		}
		return strings.Join(said, ", ")
	}
	h.want("cut off", parts(), "B0 not_done, B1 not_done, B2 not_done")
	h.renewAll(cmd, "p1")
	h.want("gone on with", parts(), "B0 renewed 2026-05-01, B1 refused renew_reserved, B2 renewed 2026-05-01")
	if told := h.told("k1-never"); told.What != library.ToldNotDone || told.Command != "k1-never" {
		t.Errorf("told %+v", told)
	}
}

func TestAccept_L45_after_a_kill_between_commit_and_answer_the_visit_is_told(t *testing.T) {
	h := withVisits(t)
	at := noon.Add(time.Minute)
	act := func(cmd, what, patron, item string) string {
		return fmt.Sprintf("%s-%s %s %s %s %d", kiosk, cmd, what, patron, item, at.UnixNano())
	}
	h.records.Close()
	if err := h.store.Close(); err != nil {
		t.Fatal(err)
	}
	killActing(t, h.dir, []string{act("x1", "out", "p1", "B0"), act("x2", "out", "p1", "B1"), act("x3", "out", "p1", "B1"), act("x4", "renew", "p1", "B0")}, 4)
	h.open()
	h.wantClean()
	// All four were committed, and nobody heard of the last.
	h.want("told", h.lastly(at), "v p1: lent B0 2026-04-01, lent B1 2026-04-01, renewed B0 2026-05-01")
	h.want("too long ago", h.lastly(at.Add(time.Nanosecond)), "")
}

func TestAccept_L45_only_the_end_of_the_ledger_is_read_and_what_is_broken_is_told_without_it(t *testing.T) {
	h := withVisits(t)
	h.visitor("v1", "p1").do("out B0", "out B1")
	staff := h.command()
	staff.Actor = "system"
	_, err := h.records.Do(context.Background(), staff, "test", func(tx *records.Tx) (records.Outcome, error) {
		it, err := tx.Item("B0")
		if err != nil {
			return records.Outcome{}, err
		}
		it.TitleID = "gone"
		return records.Outcome{Code: "done"}, tx.PutItem(it)
	})
	if err != nil {
		t.Fatal(err)
	}
	last, err := h.LastVisit(context.Background(), time.Time{})
	if err != nil || len(last.Acts) != 2 || last.Acts[0].Item.Barcode != "B0" || last.Acts[0].Title.ID != "" || last.Acts[1].Title.ID != "t1" {
		t.Errorf("%+v (%v)", last, err)
	}
	// Far behind other entries it is not looked for any more.
	const crowd = 8
	for n := 0; n <= lookBack; n += crowd {
		failed := make(chan error, crowd)
		for range crowd {
			go func() {
				cmd := h.command()
				cmd.Actor = "system"
				_, err := h.CheckIn(context.Background(), cmd, "B9")
				failed <- err
			}()
		}
		for range crowd {
			if err := <-failed; err != nil {
				t.Fatal(err)
			}
		}
	}
	h.want("long ago", h.lastly(time.Time{}), "")
}
