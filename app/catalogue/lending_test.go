package catalogue_test

import (
	"context"
	"testing"
	"time"

	"shuting/app/circulation"
	"shuting/app/library"
	"shuting/app/records"
)

func TestAccept_L12_import_again_leaves_loans_holds_and_item_states_alone(t *testing.T) {
	h := mustHouse(t)
	h.mustImport(joined(book(1, "1000001", "1000002", "1000003"), book(2, "1000004")))
	for _, id := range []string{"k1-ann", "k1-ben"} {
		h.mustDo(func(tx *records.Tx) error {
			return tx.PutPatron(library.Patron{ID: id, Category: library.Adult, Branch: "main"})
		})
	}
	lending := circulation.New(circulation.Options{Records: h.records, Zone: time.UTC, Branch: "main"})
	ctx := context.Background()

	// Lent; on the hold shelf; lost by staff's mark; another title's copy on loan too.
	for _, code := range []string{"1000001", "1000004"} {
		if a, err := lending.CheckOut(ctx, h.command(), "k1-ann", code, nil); err != nil || !a.Done() {
			t.Fatalf("check out %s: %+v, %v", code, a.Reasons, err)
		}
	}
	if a, err := lending.PlaceHold(ctx, h.command(), "k1-ben", h.mustTitle("cnmarc:000001").ID, library.Book, "main"); err != nil || !a.Done() {
		t.Fatalf("hold: %v, %v", a.Reasons, err)
	}
	if a, err := lending.CheckIn(ctx, h.command(), "1000001"); err != nil || a.Item.State != library.ItemOnShelf {
		t.Fatalf("check in: %+v, %v", a, err)
	}
	lost := h.mustItem("1000003")
	lost.State, lost.NotForLoan, lost.Parts, lost.MinAge, lost.OnSite = library.ItemLost, true, "地图", 14, true
	h.mustDo(func(tx *records.Tx) error { return tx.PutItem(lost) })

	codes := []string{"1000001", "1000002", "1000003", "1000004"}
	before := map[string]library.Item{}
	for _, c := range codes {
		before[c] = h.mustItem(c)
	}
	if before["1000001"].HoldID == "" || before["1000004"].LoanID == "" {
		t.Fatalf("not what the test needs: %+v", before)
	}

	// The same books again, but serials now and in another place.
	moved := func(n string, codes ...string) []byte {
		fields := []field{{"001", "00000" + n}, {"010", "  $a" + isbn(int(n[0]-'0'))}, {"200", "1 $a改了名的书" + n}}
		for _, c := range codes {
			fields = append(fields, field{"905", "  $b" + c + "$dK1$e2$c三楼"})
		}
		return record("nas0", false, fields...)
	}
	sum := h.mustImport(joined(moved("1", codes[:3]...), moved("2", codes[3])))
	if sum.Updated != 2 || sum.ItemsUpdated != 4 {
		t.Fatalf("summary: %+v", sum)
	}
	for _, c := range codes {
		want := before[c]
		want.Place, want.CallNumber, want.Type = "三楼", "K1/2", library.Periodical
		if got := h.mustItem(c); got != want {
			t.Errorf("item %s\n got %+v\nwant %+v", c, got, want)
		}
	}
	h.mustBeClean()
	// What was lent before can still be returned, and counts right.
	if a, err := lending.CheckIn(ctx, h.command(), "1000004"); err != nil || a.Outcomes[0] != "returned" {
		t.Errorf("return: %+v, %v", a, err)
	}
	if a, err := lending.CheckOut(ctx, h.command(), "k1-ben", "1000001", nil); err != nil || !a.Done() {
		t.Errorf("the hold is not lent: %+v, %v", a.Reasons, err)
	}
}

func (h *house) mustDo(fn func(*records.Tx) error) {
	h.Helper()
	_, err := h.records.Do(context.Background(), h.command(), "test", func(tx *records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done"}, fn(tx)
	})
	if err != nil {
		h.Fatal(err)
	}
}
