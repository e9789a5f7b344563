package records

import (
	"context"
	"errors"
	"strings"
	"testing"

	"shuting/app/library"
	"shuting/app/store"
)

// damaged writes something wrong into the store, past every rule, and puts back
// what was there at the end of the test.
func damaged(t *testing.T, s store.Store, fn func(*Tx) error) {
	t.Helper()
	before := map[string][]byte{}
	mustUpdate(t, s, func(tx store.Tx) error {
		o := newOverlay(tx)
		if err := fn(&Tx{s: o}); err != nil {
			return err
		}
		for k := range o.writes {
			v, err := tx.Get([]byte(k))
			if err != nil && !errors.Is(err, store.ErrNotFound) {
				return err
			}
			before[k] = v
		}
		return o.flush()
	})
	t.Cleanup(func() {
		mustUpdate(t, s, func(tx store.Tx) error {
			for k, v := range before {
				err := tx.Delete([]byte(k))
				if v != nil {
					err = tx.Set([]byte(k), v)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// edit changes one stored record and nothing that belongs to it.
func edit[T any](k []byte, change func(*T)) func(*Tx) error {
	return func(t *Tx) error {
		v, err := get[T](t, k)
		if err != nil {
			return err
		}
		change(&v)
		return put(t, k, v)
	}
}

func drop(k []byte) func(*Tx) error {
	return func(t *Tx) error {
		if _, err := t.s.Get(k); err != nil {
			return err // what is not there cannot be damaged
		}
		return t.s.Delete(k)
	}
}

func set(k []byte, v string) func(*Tx) error {
	return func(t *Tx) error { return t.s.Set(k, []byte(v)) }
}

func add(k []byte, v any) func(*Tx) error { return func(t *Tx) error { return put(t, k, v) } }

func TestCheckIsCleanOnAGoodLibrary(t *testing.T) {
	r, _ := goodLibrary(t)
	rep := wantClean(t, r)
	for kind, want := range map[string]int{"titles": 2, "control numbers": 1, "ISBN entries": 2, "items": 5, "barcodes": 4, "loans": 3, "open loans": 2,
		"open-loan entries": 2, "holds": 3, "open-hold entries": 2, "queue entries": 1, "charges": 2, "patrons": 2, "counters": 2, "cards": 2,
		"reading histories": 2, "reading histories to erase": 1, "reading history entries": 1, "personal fields": 1, "personal keys": 1, "PINs": 1, "attempts": 1, "ledgers": 1, "ledger entries": 3, "commands": 3, "settings": 1} {
		if rep.Counts[kind] != want {
			t.Errorf("it walked %d %s, want %d", rep.Counts[kind], kind, want)
		}
	}
}

func TestCheckFindsEachKindOfDamage(t *testing.T) {
	r, s := goodLibrary(t)
	card := key(spaceCard, r.CardKey("card of p1"))
	type (
		item  = library.Item
		loan  = library.Loan
		hold  = library.Hold
		title = library.Title
	)
	for _, c := range []struct {
		name   string
		damage func(*Tx) error
		want   string
	}{
		// Loans.
		{"an item lent twice", func(t *Tx) error {
			return t.PutLoan(loan{ID: "l9", Patron: "p2", Item: "i1", ItemType: library.Book})
		}, "loan l9: item i1 is lent twice or not marked as lent"},
		{"an item lent and not marked as lent", edit(key(spaceItem, "i1"), func(v *item) { v.State, v.LoanID = library.ItemAvailable, "" }), "loan l1: item i1 is lent twice or not marked as lent"},
		{"a loan without its item", drop(key(spaceItem, "i1")), "loan l1: its item i1 is missing"},
		{"a closed loan without its item", edit(key(spaceLoan, "l0"), func(v *loan) { v.Item = "gone" }), "loan l0: its item gone is missing"},
		{"a loan without its patron", drop(key(spacePatron, "p1")), "loan l1: its patron p1 is missing"},
		{"a closed loan without its patron", edit(key(spaceLoan, "l0"), func(v *loan) { v.Patron = "gone" }), "loan l0: its patron gone is missing"},
		{"an open loan that is in no list", drop(key(spaceOpenLoan, "p1", "l1")), "loan l1: not in its patron's list"},
		{"a closed loan in the list", set(key(spaceOpenLoan, "p2", "l0"), ""), "open-loan entry of loan l0: the loan is closed or another patron's"},
		{"a loan in another patron's list", set(key(spaceOpenLoan, "p2", "l1"), ""), "open-loan entry of loan l1: the loan is closed or another patron's"},
		{"a list entry without a loan", set(key(spaceOpenLoan, "p1", "l9"), ""), "open-loan entry: loan l9 is missing"},
		{"a loan under another id", edit(key(spaceLoan, "l0"), func(v *loan) { v.ID = "l9" }), "loan l0: stored under another id"},
		{"a loan that cannot be read", set(key(spaceLoan, "l0"), "\x01\xff"), "loan l0: cannot be read"},
		{"a loan in a newer encoding", set(key(spaceLoan, "l1"), "\x02"), "loan l1: cannot be read"},

		// Items and titles.
		{"an item on loan without a loan", edit(key(spaceItem, "i5"), func(v *item) { v.State = library.ItemOnLoan }), "item i5: on loan without a loan"},
		{"an item whose loan is missing", edit(key(spaceItem, "i5"), func(v *item) { v.State, v.LoanID = library.ItemOnLoan, "l9" }), "item i5: its loan l9 is missing"},
		{"an item with a closed loan", edit(key(spaceItem, "i5"), func(v *item) { v.State, v.LoanID = library.ItemOnLoan, "l0" }), "item i5: its loan l0 is closed or of another item"},
		{"an item with the loan of another", edit(key(spaceItem, "i5"), func(v *item) { v.State, v.LoanID = library.ItemOnLoan, "l1" }), "item i5: its loan l1 is closed or of another item"},
		{"an item lent and said to be available", edit(key(spaceItem, "i1"), func(v *item) { v.State = library.ItemAvailable }), "item i1: has an open loan but is available"},
		{"an item without its title", drop(key(spaceTitle, "t2")), "item i5: its title t2 is missing"},
		{"an item whose barcode entry is missing", drop(key(spaceBarcode, "B1")), "item i1: its barcode leads elsewhere"},
		{"a barcode that leads to another item", set(key(spaceBarcode, "B1"), "i2"), "item i1: its barcode leads elsewhere"},
		{"a barcode entry that the item does not carry", set(key(spaceBarcode, "B9"), "i1"), "barcode entry of item i1: the item carries another"},
		{"a barcode entry without an item", set(key(spaceBarcode, "B9"), "i9"), "barcode entry: item i9 is missing"},
		{"an item that cannot be read", set(key(spaceItem, "i5"), "\x01\x01"), "item i5: cannot be read"},
		{"an item under another id", edit(key(spaceItem, "i5"), func(v *item) { v.ID = "i9" }), "item i5: stored under another id"},
		{"a title that cannot be read", set(key(spaceTitle, "t2"), ""), "title t2: cannot be read"},
		{"a title under another id", edit(key(spaceTitle, "t2"), func(v *title) { v.ID = "t9" }), "title t2: stored under another id"},
		{"a title not found by its control number", drop(key(spaceControl, "nlc/001")), "title t1: its control number leads elsewhere"},
		{"a control number without a title", set(key(spaceControl, "nlc/9"), "t9"), "control number nlc/9: title t9 is missing"},
		{"a control number the title does not carry", set(key(spaceControl, "nlc/9"), "t1"), "control number nlc/9: title t1 carries another"},
		{"a title not found by its ISBN", drop(key(spaceISBN, "9787000000018", "t1")), "title t1: not found by its ISBN 9787000000018"},
		{"an ISBN without a title", set(key(spaceISBN, "1", "t9"), ""), "ISBN 1: title t9 is missing"},
		{"an ISBN the title does not carry", set(key(spaceISBN, "1", "t1"), ""), "ISBN 1: title t1 does not carry it"},

		// Holds.
		{"a copy on the hold shelf without a hold", edit(key(spaceItem, "i5"), func(v *item) { v.State = library.ItemOnShelf }), "item i5: on the hold shelf without a hold"},
		{"a copy whose hold is missing", edit(key(spaceItem, "i2"), func(v *item) { v.HoldID = "h9" }), "item i2: its hold h9 is missing"},
		{"a copy that waits and is available", edit(key(spaceItem, "i3"), func(v *item) { v.State = library.ItemAvailable }), "item i3: waits for a hold but is available"},
		{"two copies for one hold", edit(key(spaceItem, "i3"), func(v *item) { v.HoldID = "h1" }), "item i3: its hold h1 is served by another copy"},
		{"a hold that is ready while its copy travels", edit(key(spaceItem, "i2"), func(v *item) { v.State = library.ItemInTransit }), "item i2: its hold h1 is ready but it is in_transit"},
		{"a ready hold whose copy does not wait", edit(key(spaceItem, "i2"), func(v *item) { v.State, v.HoldID = library.ItemAvailable, "" }), "hold h1: ready, but item i2 does not wait for it"},
		{"a ready hold without its copy", edit(key(spaceHold, "h1"), func(v *hold) { v.Item = "i9" }), "hold h1: its item i9 is missing"},
		{"a waiting hold that is in no queue", drop(seqKey(spaceQueue, "t1", 2)), "hold h2: waits but is not in the queue"},
		{"a queue entry of an ended hold", set(seqKey(spaceQueue, "t1", 1), "h0"), "queue entry of hold h0: the hold is fulfilled"},
		{"a queue entry at another place", set(seqKey(spaceQueue, "t1", 9), "h2"), "queue entry of hold h2: at another place"},
		{"a queue entry of another title", set(seqKey(spaceQueue, "t2", 2), "h2"), "queue entry of hold h2: at another place"},
		{"a queue entry without a place", set(key(spaceQueue, "t1/x"), "h2"), "queue entry of hold h2: at another place"},
		{"a queue entry without a hold", set(seqKey(spaceQueue, "t1", 9), "h9"), "queue entry of title t1: hold h9 is missing"},
		{"an open hold that is in no list", drop(key(spaceHoldBy, "p1", "h2")), "hold h2: not in its patron's list"},
		{"an ended hold in the list", set(key(spaceHoldBy, "p1", "h0"), ""), "open-hold entry of hold h0: the hold is fulfilled"},
		{"a list entry without a hold", set(key(spaceHoldBy, "p1", "h9"), ""), "open-hold entry: hold h9 is missing"},
		{"a hold without its title", edit(key(spaceHold, "h0"), func(v *hold) { v.Title = "t9" }), "hold h0: its title t9 is missing"},
		{"a hold without its patron", edit(key(spaceHold, "h0"), func(v *hold) { v.Patron = "p9" }), "hold h0: its patron p9 is missing"},
		{"a hold under another id", edit(key(spaceHold, "h0"), func(v *hold) { v.ID = "h9" }), "hold h0: stored under another id"},
		{"a hold that cannot be read", set(key(spaceHold, "h0"), "\x00"), "hold h0: cannot be read"},

		// Counters.
		{"a count of loans that is off", edit(key(spaceGuard, "p1"), func(v *library.Standing) { v.Loans++ }), "patron p1: counter says 3 loans, there are 2"},
		{"a count of a type that is off", edit(key(spaceGuard, "p1"), func(v *library.Standing) { v.ByType[library.Periodical] = 0 }), "patron p1: counter says 0 of type periodical, there are 1"},
		{"a count of a type nobody has", edit(key(spaceGuard, "p1"), func(v *library.Standing) { v.ByType[library.Audiovisual] = 1 }), "patron p1: counter says 1 of type audiovisual, there are 0"},
		{"a count of holds that is off", edit(key(spaceGuard, "p2"), func(v *library.Standing) { v.Holds = 0 }), "patron p2: counter says 0 holds, there are 1"},
		{"a sum of charges that is off", edit(key(spaceGuard, "p2"), func(v *library.Standing) { v.ChargesFen = 530 }), "patron p2: counter says 530 fen of charges, there are 30"},
		{"no counters where something is open", drop(key(spaceGuard, "p1")), "patron p1: counter says 0 loans, there are 2"},
		{"counters that cannot be read", set(key(spaceGuard, "p1"), "\x01"), "patron p1: counters cannot be read"},
		{"counters of nobody", add(key(spaceGuard, "p9"), library.Standing{}), "counters of patron p9: the patron is missing"},
		{"a charge of nobody", add(key(spaceCharge, "p9", "c9"), Charge{ID: "c9", Patron: "p9"}), "charge p9/c9: its patron is missing"},
		{"a charge for no loan", add(key(spaceCharge, "p2", "c9"), Charge{ID: "c9", Patron: "p2", Loan: "l9"}), "charge p2/c9: its loan l9 is missing"},
		{"a charge under another id", add(key(spaceCharge, "p2", "c9"), Charge{ID: "c1", Patron: "p2"}), "charge p2/c9: stored under another id"},
		{"a charge that cannot be read", set(key(spaceCharge, "p2", "c1"), "?"), "charge p2/c1: cannot be read"},

		// Patrons and what belongs to them.
		{"a patron that cannot be read", set(key(spacePatron, "p1"), "\x01"), "patron p1: cannot be read"},
		{"a patron under another id", edit(key(spacePatron, "p2"), func(v *library.Patron) { v.ID = "p9" }), "patron p2: stored under another id"},
		{"personal fields that do not open", set(key(spacePersonal, "p1"), "short"), "patron p1: personal fields cannot be opened"},
		{"personal fields that are gone", drop(key(spacePersonal, "p1")), "patron p1: personal fields cannot be opened"},
		{"personal fields of nobody", set(key(spacePersonal, "p9"), "x"), "personal fields of patron p9: the patron is missing"},
		{"a personal key of nobody", set(key(spaceKey, "p9"), "x"), "personal keys of patron p9: the patron is missing"},
		{"a PIN of nobody", set(key(spacePIN, "p9"), "x"), "PINs of patron p9: the patron is missing"},
		{"a card of nobody", edit(card, func(v *library.Card) { v.Patron = "p9" }), "card: its patron p9 is missing"},
		{"a card that cannot be read", set(card, "\x01"), "card entry: cannot be read"},
		{"PIN attempts that cannot be read", set(key(spaceAttempt, "kiosk"), "\x07"), "PIN attempts entry: cannot be read"},

		// Settings.
		{"policies that cannot be read", set(key(spaceSetting, SettingPolicies), "\x01\x01"), "settings: cannot be read"},
		{"a setting that cannot be read", set(key(spaceSetting, "other"), "\x01"), "setting other: cannot be read"},
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
			if rep.Clean() {
				t.Error("it calls that clean")
			}
		})
	}
	wantClean(t, r) // everything was put back
}

func TestCheckNeverNamesAReader(t *testing.T) {
	r, s := goodLibrary(t)
	damaged(t, s, func(t *Tx) error {
		return errors.Join(t.s.Set(key(spacePersonal, "p1"), []byte("x")), t.s.Delete(key(spaceBarcode, "B1")), t.s.Delete(key(spacePatron, "p2")))
	})
	rep, err := r.Check(context.Background(), nil)
	if err != nil || len(rep.Findings) < 3 {
		t.Fatalf("%d findings (%v)", len(rep.Findings), err)
	}
	for _, f := range rep.Findings {
		for _, private := range []string{person.Name, person.CardNumber, person.Document, person.Phone, r.CardKey("card of p2")} {
			if strings.Contains(f, private) {
				t.Errorf("a finding tells %q", private)
			}
		}
	}
}

func TestAnErasedPatronIsClean(t *testing.T) {
	r, s := goodLibrary(t)
	damaged(t, s, drop(key(spaceKey, "p1")))
	wantClean(t, r)
}

func TestCheckCountsWhatItDoesNotList(t *testing.T) {
	r, s := mustNew(t)
	for from := 0; from < maxFindings+40; from += 100 {
		mustUpdate(t, s, func(tx store.Tx) error {
			for i := from; i < min(from+100, maxFindings+40); i++ {
				if err := tx.Set(key(spaceTitle, string(rune('a'+i/100))+string(rune('a'+i%100))), []byte{9}); err != nil {
					return err
				}
			}
			return nil
		})
	}
	told := 0
	rep, err := r.Check(context.Background(), func(kind string, n int) {
		if kind == "titles" {
			told = n
		}
	})
	if err != nil || len(rep.Findings) != maxFindings || rep.More != 40 || told != 1024 {
		t.Errorf("%d findings and %d more, progress %d (%v)", len(rep.Findings), rep.More, told, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = r.Check(ctx, func(string, int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
