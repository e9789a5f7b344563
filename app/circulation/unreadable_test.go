package circulation

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
)

// breakRecords makes stored values unreadable, past every rule.
func (h *house) breakRecords(keys ...string) {
	h.Helper()
	err := h.store.Update(context.Background(), func(tx store.Tx) error {
		for _, k := range keys {
			if _, err := tx.Get([]byte(k)); err != nil {
				return fmt.Errorf("%s: %w", k, err)
			}
			if err := tx.Set([]byte(k), []byte{1, 0xff}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
}

// logged gives the house a log that can be read.
func (h *house) logged() *bytes.Buffer {
	var log bytes.Buffer
	h.Service = New(Options{Records: h.records, Zone: zone, Branch: "main", SecondScan: time.Minute, Log: slog.New(slog.NewTextHandler(&log, nil))})
	return &log
}

// wantKinds proves that the log names these kinds of records and none of these ids.
func (h *house) wantKinds(log *bytes.Buffer, kinds, ids []string) {
	h.Helper()
	for _, k := range kinds {
		if !strings.Contains(log.String(), "kind="+k) && !strings.Contains(log.String(), `kind="`+k+`"`) {
			h.Errorf("the log does not name %q:\n%s", k, log)
		}
	}
	for _, id := range ids {
		if strings.Contains(log.String(), id) {
			h.Errorf("the log names %q:\n%s", id, log)
		}
	}
}

func TestAccept_L47_one_unreadable_title_or_item_hides_no_other_loan(t *testing.T) {
	h := withVisits(t)
	for i := range 4 {
		h.pass(time.Second) // so that ids tell the order
		h.out("p1", fmt.Sprint("B", i))
	}
	h.hold("p2", "t3", "main")
	log := h.logged()
	h.breakRecords("ti1:t0", "it1:B1", "ho1:"+h.holdOf("p2").ID)
	loans, err := h.Loans(context.Background(), "p1", *h.now)
	if err != nil || len(loans) != 4 {
		t.Fatalf("%d loans (%v)", len(loans), err)
	}
	var got []string
	for _, l := range loans {
		if l.Due.IsZero() || (l.RenewTo.IsZero() != (len(l.Why) > 0)) {
			t.Errorf("loan %+v", l)
		}
		got = append(got, words(l.Item.Barcode, l.Title.ID, codes(l.Why)))
	}
	h.want("loans", strings.Join(got, ", "), "B0 renew_item_blocked, t1 renew_item_blocked, B2 t2, B3 t3 renew_item_blocked")
	h.wantKinds(log, []string{"title", "item", "hold"}, []string{"t0", "B0", "B1", "p1"})
}

func TestAccept_L47_renewing_all_goes_on_beside_an_unreadable_record(t *testing.T) {
	h := withVisits(t)
	for i := range 3 {
		h.pass(time.Second) // so that ids tell the order
		h.out("p1", fmt.Sprint("B", i))
	}
	log := h.logged()
	h.breakRecords("ti1:t0", "it1:B1")
	cmd := h.command()
	for _, when := range []string{"at once", "once more"} {
		all, err := h.RenewAll(context.Background(), cmd, "p1")
		if err != nil || len(all) != 3 {
			t.Fatalf("%s: %+v (%v)", when, all, err)
		}
		h.want(when, words(codes(all[0].Reasons), codes(all[1].Reasons), codes(all[2].Reasons), all[2].Due.String()), "renew_item_blocked renew_item_blocked 2026-05-01")
		if all[0].Loan == "" || all[1].Loan == "" || all[0].Barcode != "B0" {
			t.Errorf("%s: it is not known which: %+v", when, all)
		}
	}
	told := h.told(cmd.ID)
	var parts []string
	for _, p := range told.Parts {
		parts = append(parts, words(p.What, p.Item.Barcode))
	}
	h.want("told", strings.Join(parts, ", "), "not_done B0, not_done, renewed B2")
	h.wantKinds(log, []string{"loan", "title", "item"}, []string{"B0", "B1", "p1"})
}

func TestAccept_L47_one_unreadable_hold_or_title_hides_no_other_hold(t *testing.T) {
	h := withVisits(t)
	broken := ""
	for _, title := range []string{"t0", "t1", "t2"} {
		h.pass(time.Second)
		h.hold("p2", title, "main")
		h.hold("p1", title, "main")
	}
	h.view(func(tx *records.Tx) error {
		open, err := tx.OpenHolds("p1")
		broken = open[2].ID
		return err
	})
	others := ""
	h.view(func(tx *records.Tx) error {
		open, err := tx.OpenHolds("p2")
		others = open[0].ID // before p1 in the queue of t0
		return err
	})
	log := h.logged()
	h.breakRecords("ti1:t1", "ho1:"+broken, "ho1:"+others)
	all, err := h.Holds(context.Background(), "p1", *h.now)
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v (%v)", all, err)
	}
	if a := all[0]; a.Title.ID != "t0" || a.Position != 2 || a.Waiting != 2 || a.Barcode != "" {
		t.Errorf("the whole one: %+v", a)
	}
	if a := all[1]; a.Title.ID != "" || a.Barcode != "B1" || a.Position != 2 {
		t.Errorf("with an unreadable title: %+v", a)
	}
	if a := all[2]; !reflect.DeepEqual(a, library.AccountHold{Hold: broken}) {
		t.Errorf("the unreadable one: %+v", a)
	}
	h.wantKinds(log, []string{"title", "hold"}, []string{broken, others, "B1", "p1"})
}

func TestAccept_L47_an_unreadable_charge_is_still_owed(t *testing.T) {
	h := withCharges(t)
	for _, b := range []string{"B0", "B1", "B2"} {
		h.out("p1", b)
	}
	h.days(34)
	for _, b := range []string{"B0", "B1", "B2"} {
		h.pass(time.Second)
		h.in(b)
	}
	var charges []records.Charge
	h.view(func(tx *records.Tx) (err error) { charges, err = tx.OpenCharges("p1"); return err })
	log := h.logged()
	h.breakRecords("ch1:p1/"+charges[0].ID, "ti1:t2", "lo1:"+charges[1].Loan)
	h.want("owed", h.owes("p1"), fmt.Sprintf("overdue  40 %s; overdue  40 %s;   40 ", h.today(), h.today()))
	h.wantKinds(log, []string{"charge", "title", "loan"}, []string{charges[0].ID, "t2", "p1"})
}

func TestAccept_L45_an_outcome_is_told_without_what_cannot_be_read(t *testing.T) {
	h := withVisits(t)
	v := h.visitor("v1", "p1")
	v.do("out B0", "out B1", "hold t2", "in B3")
	ledger := h.ledger()
	byOp := func(op string, nth int) records.Entry {
		for _, e := range ledger {
			if e.Operation == op {
				if nth == 0 {
					return e
				}
				nth--
			}
		}
		t.Fatalf("no %s", op)
		return records.Entry{}
	}
	lent, gone, held := byOp(opCheckOut, 0), byOp(opCheckOut, 1), byOp(opPlaceHold, 0)
	log := h.logged()
	h.breakRecords("ti1:t0", "ti1:t2", "it1:B1")
	if a := h.told(lent.Command); a.What != library.ToldLent || a.Item.Barcode != "B0" || a.Title.ID != "" || a.Due.IsZero() {
		t.Errorf("with an unreadable title: %+v", a)
	}
	if a := h.told(gone.Command); a.What != library.ToldLent || a.Item.ID != "B1" || a.Title.ID != "t1" {
		t.Errorf("with an unreadable item: %+v", a)
	}
	if a := h.told(held.Command); a.What != library.ToldHeld || a.Position != 1 {
		t.Errorf("a hold of an unreadable title: %+v", a)
	}
	last, err := h.LastVisit(context.Background(), time.Time{})
	if err != nil || len(last.Acts) != 3 || last.Acts[0].Item.Barcode != "B0" || last.Acts[1].Title.ID != "t1" {
		t.Errorf("after a restart: %+v (%v)", last, err)
	}
	h.wantKinds(log, []string{"title", "item"}, []string{"B0", "B1", "t0", "p1"})

	// An entry that cannot be read was recorded, and nobody knows as what.
	h.breakRecords(fmt.Sprintf("le1:%s/%s", kiosk, seq(lent.Seq)))
	if a, err := h.Outcome(context.Background(), lent.Command); err == nil {
		t.Errorf("told %+v of what cannot be read", a)
	}
	last, err = h.LastVisit(context.Background(), time.Time{})
	if err != nil || len(last.Acts) != 2 || last.Acts[0].Item.ID != "B1" {
		t.Errorf("after a restart: %+v (%v)", last, err)
	}
	h.wantKinds(log, []string{"ledger entry"}, []string{"p1"})
}

// seq is a place in the ledger as its key has it: eight bytes, the highest first.
func seq(n uint64) string {
	var b [8]byte
	for i := range b {
		b[i] = byte(n >> (8 * (7 - i)))
	}
	return string(b[:])
}

func TestAccept_L45_a_result_that_cannot_be_read_is_told_as_done_or_refused(t *testing.T) {
	h := withVisits(t)
	log := h.logged()
	for _, c := range []struct {
		op, outcome string
		subjects    []string
		want        string
	}{
		{opCheckOut, "done", []string{"p1", "B0", "l"}, "lent B0"},
		{opCheckOut, "refused", []string{"p1", "B0"}, "refused B0 record_unreadable"},
		{opCheckIn, "returned", []string{"p2", "B1", "l"}, "returned B1"},
		{opCheckIn, "not_on_loan", []string{"B1"}, "returned B1"},
		{opPlaceHold, "refused", []string{"p1", "t0"}, "refused record_unreadable"},
	} {
		h.view(func(tx *records.Tx) error {
			told, err := h.tell(tx, records.Entry{Command: "c", Operation: c.op, Outcome: c.outcome, Subjects: c.subjects, Result: []byte{1, 0xff}})
			h.want(c.op+" "+c.outcome, words(told.What, told.Item.Barcode, codes(told.Reasons)), c.want)
			return err
		})
	}
	h.wantKinds(log, []string{"ledger result"}, []string{"B0", "p1"})
}

func TestAccept_L45_a_visit_that_came_to_its_end_is_not_told(t *testing.T) {
	h := withVisits(t)
	first := h.visitor("v1", "p1")
	first.do("out B0")
	end := first.command()
	if err := h.EndVisit(context.Background(), end); err != nil {
		t.Fatal(err)
	}
	h.want("after the end", h.lastly(time.Time{}), "")
	h.reopen()
	h.want("after a restart", h.lastly(time.Time{}), "")
	h.wantClean()
	// The end is recorded behind the visit: the next reader may have begun.
	second, third := h.visitor("v2", "p1"), h.visitor("v3", "p2")
	second.do("out B1")
	third.do("out B2")
	if err := h.EndVisit(context.Background(), second.command()); err != nil {
		t.Fatal(err)
	}
	h.want("of the next one", h.lastly(time.Time{}), "v3 p2: lent B2 2026-04-01")
	n := len(h.ledger())
	if err := h.EndVisit(context.Background(), end); err != nil || len(h.ledger()) != n {
		t.Errorf("the same end again wrote %d entries (%v)", len(h.ledger())-n, err)
	}
}
