package app

import (
	"context"
	"errors"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

func TestAccept_L42_the_upkeep_of_the_kiosk_ends_holds_that_were_not_picked_up(t *testing.T) {
	o, _ := fresh(t)
	h := mustOpen(t, o)
	ctx := context.Background()
	yesterday := library.DateOf(time.Now(), h.zone).AddDays(-1)
	_, err := h.records.Do(ctx, h.system(time.Now()), "test", func(tx *records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done"}, errors.Join(
			tx.PutTitle(library.Title{ID: "t1"}), tx.PutPatron(library.Patron{ID: "p1", Category: library.Adult}),
			tx.PutItem(library.Item{ID: "B1", Barcode: "B1", TitleID: "t1", Branch: "main", At: "main", Type: library.Book, State: library.ItemOnShelf, HoldID: "h1"}),
			tx.PutHold(library.Hold{ID: "h1", Title: "t1", Patron: "p1", Seq: 1, State: library.HoldReady, Item: "B1", Deadline: yesterday}),
			tx.PutStanding("p1", library.Standing{Holds: 1}))
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h.expireHolds(ctx)
	}
	var it library.Item
	entries := 0
	err = h.records.View(ctx, func(tx *records.Tx) (err error) { it, err = tx.Item("B1"); return err })
	err = errors.Join(err, h.records.Ledger(ctx, 0, 0, func(e records.Entry) error {
		if e.Operation == "expire_hold" {
			entries++
		}
		return nil
	}))
	if err != nil || it.State != library.ItemAvailable || entries != 1 {
		t.Errorf("%v: item %+v, %d entries, want it back on its shelf once", err, it, entries)
	}
}
