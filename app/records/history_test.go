package records

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/store"
)

// keptBy are the ids of the loans in a patron's reading history, newest first.
func keptBy(t *testing.T, r *Records, patron string, most int) (ids []string, more bool) {
	t.Helper()
	mustView(t, r, func(tx *Tx) error {
		loans, m, err := tx.PastLoans(patron, most)
		for _, l := range loans {
			ids = append(ids, l.ID)
		}
		more = m
		return err
	})
	return ids, more
}

// entriesOfHistories counts what is stored of reading histories: entries, and
// lists to erase.
func entriesOfHistories(t *testing.T, s store.Store) (entries, lists int) {
	t.Helper()
	everything(t, s, func(k, _ []byte) {
		switch {
		case strings.HasPrefix(string(k), spacePast):
			entries++
		case strings.HasPrefix(string(k), spaceErase):
			lists++
		}
	})
	return entries, lists
}

// withHistory is a library of one reader whose history holds so many loans.
func withHistory(t *testing.T, loans int) (*Records, store.Store) {
	t.Helper()
	r, s := mustNew(t)
	mustDo(t, r, "reader", func(tx *Tx) error {
		return errors.Join(tx.PutPatron(library.Patron{ID: "p1", Category: library.Adult}), tx.PutTitle(library.Title{ID: "t1"}),
			tx.PutItem(library.Item{ID: "i1", TitleID: "t1", State: library.ItemAvailable}), tx.KeepHistory("p1", "r1", noon))
	})
	for from := 0; from < loans; from += 25 {
		mustDo(t, r, fmt.Sprint("from ", from), func(tx *Tx) error {
			for i := from; i < min(from+25, loans); i++ {
				l := library.Loan{ID: fmt.Sprintf("l%04d", i), Patron: "p1", Item: "i1", Title: "t1", Out: noon, ReturnedAt: noon.Add(time.Duration(i) * time.Minute)}
				if err := errors.Join(tx.PutLoan(l), tx.ListPastLoan(l)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return r, s
}

func TestAccept_L47_a_reading_history_is_read_from_its_newest_loan(t *testing.T) {
	r, _ := withHistory(t, 30)
	wantClean(t, r)
	for _, c := range []struct {
		most, want int
		more       bool
	}{{0, 0, true}, {1, 1, true}, {29, 29, true}, {30, 30, false}, {100, 30, false}} {
		ids, more := keptBy(t, r, "p1", c.most)
		if len(ids) != c.want || more != c.more {
			t.Errorf("at most %d: %d loans, more %v", c.most, len(ids), more)
		}
		for i, id := range ids {
			if want := fmt.Sprintf("l%04d", 29-i); id != want {
				t.Errorf("at most %d: place %d has %s, want %s", c.most, i, id, want)
			}
		}
	}
	if ids, more := keptBy(t, r, "p2", 10); len(ids) != 0 || more {
		t.Errorf("of somebody who keeps none: %v, %v", ids, more)
	}
}

func TestAccept_L47_a_reading_history_is_gone_at_once_and_erased_in_small_batches(t *testing.T) {
	const loans = 2*eraseBatch + 7
	r, s := withHistory(t, loans)
	ctx := context.Background()
	mustDo(t, r, "off", func(tx *Tx) error { return tx.DropHistory("p1") })
	if ids, _ := keptBy(t, r, "p1", 10); len(ids) != 0 {
		t.Errorf("switched off it shows %v", ids)
	}
	wantClean(t, r)
	if n, lists := entriesOfHistories(t, s); n != loans || lists != 1 {
		t.Fatalf("%d entries in %d lists before erasing: the test shows nothing", n, lists)
	}

	// One batch, a call that is cut off, and a restart: the rest follows.
	if n, err := r.EraseHistories(ctx); n != eraseBatch || err != nil {
		t.Errorf("first batch: %d (%v)", n, err)
	}
	wantClean(t, r)
	done, stop := context.WithCancel(ctx)
	stop()
	if n, err := r.EraseHistories(done); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("cut off: %d (%v)", n, err)
	}
	if n, _ := entriesOfHistories(t, s); n != loans-eraseBatch {
		t.Errorf("%d entries are left", n)
	}
	r.Close()
	r = mustOpen(t, s)
	// In the meantime a new history has begun: it is empty, and is let be.
	mustDo(t, r, "on again", func(tx *Tx) error {
		l := library.Loan{ID: "new", Patron: "p1", Item: "i1", Title: "t1", Out: noon, ReturnedAt: noon}
		return errors.Join(tx.KeepHistory("p1", "r2", noon), tx.PutLoan(l), tx.ListPastLoan(l))
	})
	if ids, more := keptBy(t, r, "p1", 10); len(ids) != 1 || ids[0] != "new" || more {
		t.Errorf("switched on again it shows %v", ids)
	}
	batches := 0
	for n := 1; n > 0; batches++ {
		var err error
		if n, err = r.Forget(ctx, noon); err != nil || n > eraseBatch+1 {
			t.Fatalf("%d in one transaction (%v)", n, err)
		}
	}
	if n, lists := entriesOfHistories(t, s); n != 1 || lists != 0 || batches != 3 {
		t.Errorf("after %d batches %d entries and %d lists are left", batches, n, lists)
	}
	wantClean(t, r)
}

func TestAccept_L47_a_reading_history_that_begins_anew_ends_the_one_before(t *testing.T) {
	r, s := withHistory(t, 3)
	mustDo(t, r, "again", func(tx *Tx) error { return tx.KeepHistory("p1", "r2", noon) })
	if ids, _ := keptBy(t, r, "p1", 10); len(ids) != 0 {
		t.Errorf("it shows %v", ids)
	}
	if n, err := r.EraseHistories(context.Background()); n != 4 || err != nil {
		t.Errorf("%d erased (%v)", n, err)
	}
	if n, lists := entriesOfHistories(t, s); n+lists != 0 {
		t.Errorf("%d entries and %d lists are left", n, lists)
	}
	mustDo(t, r, "off", func(tx *Tx) error {
		return errors.Join(tx.DropHistory("p1"), tx.DropHistory("p1"), tx.DropHistory("p2"))
	})
	wantClean(t, r)
}

func TestAccept_L47_check_finds_a_reading_history_that_is_wrong(t *testing.T) {
	r, s := goodLibrary(t)
	const patron = "reading history of patron "
	entry := func(l library.Loan, list string) string { return string(pastKey(l, list)) }
	at := func(p, loan string, when time.Time) library.Loan {
		return library.Loan{ID: loan, Patron: p, ReturnedAt: when}
	}
	for _, c := range []struct {
		name   string
		damage func(*Tx) error
		want   string
	}{
		{"an open loan", set([]byte(entry(at("p1", "l1", noon), "r2")), ""), patron + "p1: loan l1 has not ended"},
		{"another patron's loan", set([]byte(entry(at("p1", "l0", noon), "r2")), ""), patron + "p1: loan l0 is another patron's"},
		{"a loan that is not there", set([]byte(entry(at("p2", "l9", noon), "r3")), ""), patron + "p2: loan l9 is missing"},
		{"another time of return", set([]byte(entry(at("p2", "l0", noon.Add(time.Second)), "r3")), ""), patron + "p2: loan l0 ended at another time"},
		{"an entry of no loan", set(key(spacePast, "p2/r3/1234567"), ""), patron + "p2: an entry without a loan"},
		{"an entry of nobody's list", set(key(spacePast, "p2"), ""), patron + "p2: an entry without a loan"},
		{"an entry left over", set([]byte(entry(at("p2", "l0", noon), "r9")), ""), patron + "p2: an entry of loan l0 though it is switched off"},
		{"a history that vanished", drop(key(spaceHistory, "p2")), patron + "p2: an entry of loan l0 though it is switched off"},
		{"a history of nobody", add(key(spaceHistory, "p9"), History{List: "r9", Since: noon}), patron + "p9: the patron is missing"},
		{"a history without a list", edit(key(spaceHistory, "p1"), func(h *History) { h.List = "" }), patron + "p1: has no list"},
		{"a history without a beginning", edit(key(spaceHistory, "p1"), func(h *History) { h.Since = time.Time{} }), patron + "p1: has no list or no beginning"},
		{"a history that cannot be read", set(key(spaceHistory, "p1"), "\x01"), patron + "p1: cannot be read"},
		{"a kept list that is to be erased", set(key(spaceErase, "p1", "r2"), ""), patron + "p1: kept and to be erased"},
	} {
		t.Run(c.name, func(t *testing.T) {
			damaged(t, s, c.damage)
			rep, err := r.Check(context.Background(), nil)
			if err != nil {
				t.Fatalf("it gives up: %v", err)
			}
			if all := strings.Join(rep.Findings, "\n"); !strings.Contains(all, c.want) {
				t.Errorf("it does not say %q but:\n%s", c.want, all)
			}
		})
	}
	wantClean(t, r)

	// Who reads the list passes over what Check tells of.
	damaged(t, s, func(tx *Tx) error {
		return errors.Join(set(key(spacePast, "p2/r3/x"), "")(tx), set([]byte(entry(at("p2", "l9", noon), "r3")), "")(tx))
	})
	if ids, more := keptBy(t, r, "p2", 1); len(ids) != 1 || ids[0] != "l0" || more {
		t.Errorf("read past the damage: %v, %v", ids, more)
	}
}

func TestTheNewestEntriesOfTheLedgerComeFirst(t *testing.T) {
	r, _ := mustNew(t)
	for i := range 5 {
		mustDo(t, r, fmt.Sprint("e", i), func(*Tx) error { return nil })
	}
	read := func(most, stop int) (said string) {
		t.Helper()
		mustView(t, r, func(tx *Tx) error {
			said = ""
			return tx.LastEntries(kiosk, most, func(e Entry, _ error) error {
				if len(said)/3 == stop {
					return store.ErrStop
				}
				said += strings.TrimPrefix(e.Command, kiosk+"-") + " "
				return nil
			})
		})
		return said
	}
	for _, c := range []struct {
		most, stop int
		want       string
	}{{3, -1, "e4 e3 e2 "}, {10, -1, "e4 e3 e2 e1 e0 "}, {10, 2, "e4 e3 "}} {
		if got := read(c.most, c.stop); got != c.want {
			t.Errorf("at most %d, stopped after %d: %q, want %q", c.most, c.stop, got, c.want)
		}
	}
	mustView(t, r, func(tx *Tx) error {
		return tx.LastEntries("k", 10, func(e Entry, _ error) error { t.Errorf("an entry of %s for kiosk k", e.Kiosk); return nil })
	})
}

func TestAccept_L48_a_calendar_stored_before_there_were_hours_is_read(t *testing.T) {
	stored, err := hex.DecodeString("01a26b436c6f7365644461746573816a323032362d30342d30316e436c6f7365645765656b646179738101")
	if err != nil {
		t.Fatal(err)
	}
	var cal library.Calendar
	if err := decode(stored, &cal); err != nil || len(cal.ClosedDates) != 1 || cal.ClosedDates[0] != day || len(cal.ClosedWeekdays) != 1 ||
		len(cal.Hours)+len(cal.SpecialHours) != 0 {
		t.Errorf("%+v (%v)", cal, err)
	}
}
