package records

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"shuting/app/library"
	"shuting/app/store"
)

func TestATitleIsFoundByItsNumbersAsTheyAreNow(t *testing.T) {
	r, _ := mustNew(t)
	mustDo(t, r, "a", func(t *Tx) error {
		return t.PutTitle(library.Title{ID: "t1", Control: "nlc/1", ISBNs: []string{"1", "2"}})
	})
	mustDo(t, r, "b", func(t *Tx) error {
		return errors.Join(t.PutTitle(library.Title{ID: "t1", Control: "nlc/2", ISBNs: []string{"2", "3"}}),
			t.PutTitle(library.Title{ID: "t2", Control: "nlc/1", ISBNs: []string{"3"}}))
	})
	mustView(t, r, func(tx *Tx) error {
		for isbn, want := range map[string]string{"1": "[]", "2": "[t1]", "3": "[t1 t2]"} {
			found, err := tx.TitlesByISBN(isbn)
			ids := []string{}
			for _, v := range found {
				ids = append(ids, v.ID)
			}
			if err != nil || fmt.Sprint(ids) != want {
				t.Errorf("ISBN %s: %v (%v), want %s", isbn, ids, err, want)
			}
		}
		for control, want := range map[string]string{"nlc/1": "t2", "nlc/2": "t1"} {
			if v, err := tx.TitleByControl(control); err != nil || v.ID != want {
				t.Errorf("%s: %q (%v), want %s", control, v.ID, err, want)
			}
		}
		if _, err := tx.TitleByControl("nlc/3"); !errors.Is(err, ErrNotFound) {
			t.Errorf("an unknown control number: %v", err)
		}
		return nil
	})
	wantClean(t, r)
}

func TestANumberBelongsToOneRecord(t *testing.T) {
	r, _ := mustNew(t)
	mustDo(t, r, "a", func(t *Tx) error {
		return errors.Join(t.PutTitle(library.Title{ID: "t1", Control: "nlc/1"}), t.PutItem(library.Item{ID: "i1", TitleID: "t1", Barcode: "B1"}),
			t.PutItem(library.Item{ID: "i2", TitleID: "t1"}), t.PutItem(library.Item{ID: "i3", TitleID: "t1"}))
	})
	for name, fn := range map[string]func(*Tx) error{
		"a control number": func(t *Tx) error { return t.PutTitle(library.Title{ID: "t2", Control: "nlc/1"}) },
		"a barcode":        func(t *Tx) error { return t.PutItem(library.Item{ID: "i2", TitleID: "t1", Barcode: "B1"}) },
		"a place in the queue": func(t *Tx) error {
			return errors.Join(t.PutHold(library.Hold{ID: "h1", Title: "t1", Seq: 1, State: library.HoldWaiting}),
				t.PutHold(library.Hold{ID: "h2", Title: "t1", Seq: 1, State: library.HoldWaiting}))
		},
	} {
		_, err := r.Do(context.Background(), command(name), "test", func(t *Tx) (Outcome, error) { return Outcome{}, fn(t) })
		if !errors.Is(err, ErrTaken) {
			t.Errorf("%s: got %v, want ErrTaken", name, err)
		}
	}
	mustDo(t, r, "b", func(t *Tx) error { return t.PutItem(library.Item{ID: "i1", TitleID: "t1", Barcode: "B2"}) })
	mustDo(t, r, "c", func(t *Tx) error { return t.PutItem(library.Item{ID: "i2", TitleID: "t1", Barcode: "B1"}) })
	mustDo(t, r, "d", func(t *Tx) error { return t.PutItem(library.Item{ID: "i1", TitleID: "t1"}) })
	mustView(t, r, func(tx *Tx) error {
		if v, err := tx.ItemByBarcode("B1"); err != nil || v.ID != "i2" {
			t.Errorf("B1 leads to %q (%v), want i2", v.ID, err)
		}
		if _, err := tx.ItemByBarcode("B2"); !errors.Is(err, ErrNotFound) {
			t.Errorf("a barcode that was taken off: %v", err)
		}
		return nil
	})
	wantClean(t, r)
}

// A place in the queue is given out again when its hold became ready. The end
// of that hold must not throw the next one out of the queue.
func TestAHoldThatEndsLeavesTheQueueOfOthersAlone(t *testing.T) {
	for _, end := range []library.HoldState{library.HoldFulfilled, library.HoldCancelled, library.HoldExpired} {
		r, _ := mustNew(t)
		first := library.Hold{ID: "h1", Title: "t1", Patron: "p1", Seq: 1, State: library.HoldWaiting}
		mustDo(t, r, "catalogue", func(t *Tx) error {
			return errors.Join(t.PutTitle(library.Title{ID: "t1"}), t.PutItem(library.Item{ID: "i1", TitleID: "t1", State: library.ItemOnShelf, HoldID: "h1"}),
				t.PutPatron(library.Patron{ID: "p1"}), t.PutPatron(library.Patron{ID: "p2"}),
				t.PutStanding("p1", library.Standing{Holds: 1}), t.PutStanding("p2", library.Standing{Holds: 1}), t.PutHold(first))
		})
		first.State, first.Item = library.HoldReady, "i1"
		mustDo(t, r, "ready", func(t *Tx) error { return t.PutHold(first) })
		mustDo(t, r, "second", func(tx *Tx) error {
			seq, err := tx.NextHoldSeq("t1")
			return errors.Join(err, tx.PutHold(library.Hold{ID: "h2", Title: "t1", Patron: "p2", Seq: seq, State: library.HoldWaiting}))
		})
		wantClean(t, r)
		first.State = end
		mustDo(t, r, "end", func(t *Tx) error { return errors.Join(t.PutHold(first), t.PutStanding("p1", library.Standing{})) })
		mustView(t, r, func(tx *Tx) error {
			queue, err := tx.Queue("t1")
			if err != nil || len(queue) != 1 || queue[0].ID != "h2" {
				t.Errorf("%s: the queue is %+v (%v), want h2", end, queue, err)
			}
			return nil
		})
		wantClean(t, r)
	}
}

func TestQueuesAndListsKeepTheirOrder(t *testing.T) {
	r, _ := goodLibrary(t)
	mustDo(t, r, "more", func(t *Tx) error {
		for _, id := range []string{"h8", "h7", "h9"} {
			seq, err := t.NextHoldSeq("t1")
			if err != nil {
				return err
			}
			if err := t.PutHold(library.Hold{ID: id, Title: "t1", Patron: "p2", Seq: seq, State: library.HoldWaiting}); err != nil {
				return err
			}
		}
		return nil
	})
	mustView(t, r, func(tx *Tx) error {
		var queue, holds, loans []string
		q, err1 := tx.Queue("t1")
		for _, h := range q {
			queue = append(queue, h.ID)
		}
		o, err2 := tx.OpenHolds("p2")
		for _, h := range o {
			holds = append(holds, h.ID)
		}
		l, err3 := tx.OpenLoans("p1")
		for _, v := range l {
			loans = append(loans, v.ID)
		}
		if !slices.Equal(queue, []string{"h2", "h8", "h7", "h9"}) {
			t.Errorf("queue %v, want the order of arrival", queue)
		}
		if !slices.Equal(holds, []string{"h1", "h7", "h8", "h9"}) || !slices.Equal(loans, []string{"l1", "l2"}) {
			t.Errorf("open holds %v, open loans %v", holds, loans)
		}
		return errors.Join(err1, err2, err3)
	})
}

func TestWhatIsNotThereIsErrNotFound(t *testing.T) {
	r, _ := mustNew(t)
	mustView(t, r, func(tx *Tx) error {
		var v any
		for name, get := range map[string]func() error{
			"title":    func() error { _, err := tx.Title("x"); return err },
			"item":     func() error { _, err := tx.Item("x"); return err },
			"barcode":  func() error { _, err := tx.ItemByBarcode("x"); return err },
			"patron":   func() error { _, err := tx.Patron("x"); return err },
			"card":     func() error { _, err := tx.CardByKey("x"); return err },
			"personal": func() error { _, err := tx.Personal("x"); return err },
			"PIN":      func() error { _, err := tx.PINHash("x"); return err },
			"loan":     func() error { _, err := tx.Loan("x"); return err },
			"hold":     func() error { _, err := tx.Hold("x"); return err },
			"setting":  func() error { return tx.Setting("x", &v) },
		} {
			if err := get(); !errors.Is(err, ErrNotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if s, err := tx.Standing("x"); err != nil || s.Loans != 0 || s.ByType == nil {
			t.Errorf("standing of nobody: %+v, %v", s, err)
		}
		if a, err := tx.Attempts("x"); err != nil || a != (Attempts{}) {
			t.Errorf("attempts of nobody: %+v, %v", a, err)
		}
		if pol, cal, err := tx.Terms(); err != nil || len(pol) != len(library.DefaultPolicies()) || len(cal.ClosedDates) != 0 {
			t.Errorf("terms: %v %v %v, want the published defaults", pol, cal, err)
		}
		if err := tx.PutPatron(library.Patron{ID: "x"}); !errors.Is(err, store.ErrReadOnly) {
			t.Errorf("a write in a View: %v", err)
		}
		return nil
	})
}

func TestPatronFacts(t *testing.T) {
	r, _ := goodLibrary(t)
	mustDo(t, r, "child", func(t *Tx) error {
		return errors.Join(t.PutPatron(library.Patron{ID: "p3", Guardian: "p1"}), t.PutPatron(library.Patron{ID: "p4", Guardian: "p9"}))
	})
	mustView(t, r, func(tx *Tx) error {
		card := library.Card{Patron: "p1", State: library.CardActive}
		for _, c := range []struct {
			today   library.Date
			overdue int
		}{{day, 0}, {day.AddDays(1), 2}} {
			f, err := tx.PatronFacts("p1", card, c.today)
			if err != nil || f.Overdue != c.overdue || f.Standing.Loans != 2 || f.Guardian != nil || *f.Card != card {
				t.Errorf("on %s: %+v (%v), want %d overdue", c.today, f, err, c.overdue)
			}
		}
		if f, err := tx.PatronFacts("p3", card, day); err != nil || f.Guardian == nil || f.Guardian.ID != "p1" {
			t.Errorf("a child: %+v (%v)", f, err)
		}
		if f, err := tx.PatronFacts("p4", card, day); err != nil || f.Guardian != nil {
			t.Errorf("a child whose guardian is not here: %+v (%v)", f, err)
		}
		if _, err := tx.PatronFacts("p9", card, day); !errors.Is(err, ErrNotFound) {
			t.Errorf("nobody: %v", err)
		}
		return nil
	})
}

// Two kiosks on one store: their writers do not queue behind each other, so
// only the guard record keeps both from passing the limit.
func TestAccept_L09_two_kiosks_cannot_pass_a_counted_limit_together(t *testing.T) {
	const limit, tries = 2, 12
	s := mustOpenStore(t, t.TempDir())
	kiosks := []*Records{mustOpenAs(t, s, "k1"), mustOpenAs(t, s, "k2")}
	mustDo(t, kiosks[0], "patron", func(t *Tx) error {
		return errors.Join(t.PutPatron(library.Patron{ID: "p"}), t.PutTitle(library.Title{ID: "t"}))
	})
	var all sync.WaitGroup
	for i := range tries {
		item, loan := fmt.Sprint("i", i), fmt.Sprint("l", i)
		mustDo(t, kiosks[0], item, func(t *Tx) error { return t.PutItem(library.Item{ID: item, TitleID: "t"}) })
		all.Go(func() {
			_, err := kiosks[i%2].Do(context.Background(), command("lend"+item), "test", func(t *Tx) (Outcome, error) {
				standing, err := t.Standing("p")
				if err != nil || standing.Loans >= limit {
					return Outcome{Code: "refused"}, err
				}
				standing.Loans++
				standing.ByType[library.Book]++
				return Outcome{Code: "done"}, errors.Join(t.PutStanding("p", standing),
					t.PutItem(library.Item{ID: item, TitleID: "t", State: library.ItemOnLoan, LoanID: loan}),
					t.PutLoan(library.Loan{ID: loan, Patron: "p", Item: item, Title: "t", ItemType: library.Book}))
			})
			if err != nil {
				t.Errorf("try %d: %v", i, err)
			}
		})
	}
	all.Wait()
	mustView(t, kiosks[0], func(tx *Tx) error {
		loans, err := tx.OpenLoans("p")
		if len(loans) != limit {
			t.Errorf("%d loans, want %d", len(loans), limit)
		}
		return err
	})
	if rep := wantClean(t, kiosks[0]); rep.Counts["ledgers"] != 2 {
		t.Errorf("%d ledgers, want one of each kiosk", rep.Counts["ledgers"])
	}
}
