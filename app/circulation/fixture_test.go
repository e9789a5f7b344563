package circulation

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
	"shuting/app/store/badgerstore"
)

const kiosk = "k1"

var (
	zone    = time.FixedZone("CST", 8*3600)
	noon    = time.Date(2026, 3, 2, 12, 0, 0, 0, zone) // a Monday
	sealKey = []byte("0123456789abcdef0123456789abcdef")
)

// house is one kiosk's circulation over a real store, with a clock set by hand.
type house struct {
	testing.TB
	dir     string
	store   store.Store
	records *records.Records
	*Service
	now *time.Time
	ids *atomic.Int64
}

func newHouse(tb testing.TB) *house {
	tb.Helper()
	now := noon
	h := &house{TB: tb, dir: tb.TempDir(), now: &now, ids: &atomic.Int64{}}
	h.open()
	return h
}

func openStore(dir string) (*badgerstore.Store, error) {
	return badgerstore.Open(badgerstore.Options{Dir: filepath.Join(dir, "data"),
		FreeSpace: func(string) (uint64, error) { return 1 << 40, nil }})
}

func (h *house) open() {
	h.Helper()
	s, err := openStore(h.dir)
	if err != nil {
		h.Fatalf("open the store: %v", err)
	}
	h.Cleanup(func() {
		if err := s.Close(); err != nil {
			h.Errorf("close the store: %v", err)
		}
	})
	h.store = s
	h.serve(kiosk, "main")
}

// serve opens the records of a kiosk at a branch over the store.
func (h *house) serve(kiosk, branch string) {
	h.Helper()
	r, err := records.Open(context.Background(), records.Options{Store: h.store, SealKey: sealKey, Kiosk: kiosk})
	if err != nil {
		h.Fatalf("open the records: %v", err)
	}
	h.Cleanup(r.Close)
	h.records = r
	h.Service = service(r, branch)
}

func service(r *records.Records, branch string) *Service {
	return New(Options{Records: r, Zone: zone, Branch: branch, SecondScan: time.Minute})
}

// at is the same house seen from a kiosk at another branch.
func (h *house) at(branch string) *house {
	other := *h
	other.Service = service(h.records, branch)
	return &other
}

func (h *house) reopen() {
	h.Helper()
	h.records.Close()
	if err := h.store.Close(); err != nil {
		h.Fatal(err)
	}
	h.open()
}

func (h *house) pass(d time.Duration) { *h.now = h.now.Add(d) }
func (h *house) days(n int)           { h.pass(time.Duration(n) * 24 * time.Hour) }
func (h *house) today() library.Date  { return library.DateOf(*h.now, zone) }

func (h *house) command() library.Command {
	return library.Command{ID: fmt.Sprintf("%s-c%d", h.records.Kiosk(), h.ids.Add(1)), Visit: "v", Actor: "patron", At: *h.now}
}

// write changes records as staff or an import would.
func (h *house) write(fn func(*records.Tx) error) {
	h.Helper()
	_, err := h.records.Do(context.Background(), h.command(), "test", func(t *records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done"}, fn(t)
	})
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) view(fn func(*records.Tx) error) {
	h.Helper()
	if err := h.records.View(context.Background(), fn); err != nil {
		h.Fatal(err)
	}
}

// addTitle makes a title with items; the ids of the items are their barcodes.
func (h *house) addTitle(id string, barcodes ...string) {
	h.Helper()
	h.write(func(t *records.Tx) error {
		err := t.PutTitle(library.Title{ID: id, Title: "书 " + id, Class: "I247.5"})
		for _, b := range barcodes {
			err = errors.Join(err, t.PutItem(library.Item{ID: b, Barcode: b, TitleID: id, Branch: "main", At: "main", Type: library.Book, State: library.ItemAvailable}))
		}
		return err
	})
}

func (h *house) addPatrons(ids ...string) {
	h.Helper()
	h.write(func(t *records.Tx) error {
		var err error
		for _, id := range ids {
			err = errors.Join(err, t.PutPatron(library.Patron{ID: id, Category: library.Adult, Branch: "main"}))
		}
		return err
	})
}

// policies puts one row before the published ones, for everybody.
func (h *house) policy(change func(*library.Policy)) {
	h.Helper()
	p := library.Policy{Category: "*", ItemType: "*", Branch: "*", LoanLimit: 10, LoanDays: 30, Renewals: 1, RenewDays: 30, Holds: 5, ShelfDays: 3}
	change(&p)
	h.write(func(t *records.Tx) error { return t.PutSetting(records.SettingPolicies, library.Policies{p}) })
}

func (h *house) editItem(id string, change func(*library.Item)) {
	h.Helper()
	h.write(func(t *records.Tx) error {
		it, err := t.Item(id)
		change(&it)
		return errors.Join(err, t.PutItem(it))
	})
}

func (h *house) editPatron(id string, change func(*library.Patron)) {
	h.Helper()
	h.write(func(t *records.Tx) error {
		p, err := t.Patron(id)
		change(&p)
		return errors.Join(err, t.PutPatron(p))
	})
}

func (h *house) wantClean() {
	h.Helper()
	rep, err := h.records.Check(context.Background(), nil)
	if err != nil || !rep.Clean() {
		h.Fatalf("check (%v):\n%s", err, strings.Join(rep.Findings, "\n"))
	}
}

// out, in, renew and hold do one thing, prove every invariant and give the codes
// of the answer; "" means lent, renewed or placed.
func (h *house) out(patron, barcode string, confirmed ...string) string {
	h.Helper()
	a, err := h.CheckOut(context.Background(), h.command(), patron, barcode, confirmed)
	if err != nil {
		h.Fatalf("check out %s: %v", barcode, err)
	}
	h.wantClean()
	return codes(a.Reasons)
}

func (h *house) in(barcode string) string {
	h.Helper()
	a, err := h.CheckIn(context.Background(), h.command(), barcode)
	if err != nil {
		h.Fatalf("check in %s: %v", barcode, err)
	}
	h.wantClean()
	return strings.Join(a.Outcomes, " ")
}

func (h *house) renew(patron, barcode string) string {
	h.Helper()
	a, err := h.Renew(context.Background(), h.command(), patron, barcode)
	if err != nil {
		h.Fatalf("renew %s: %v", barcode, err)
	}
	h.wantClean()
	return codes(a.Reasons)
}

func (h *house) hold(patron, title, pickUp string) string {
	h.Helper()
	a, err := h.PlaceHold(context.Background(), h.command(), patron, title, library.Book, pickUp)
	if err != nil {
		h.Fatalf("hold %s: %v", title, err)
	}
	h.wantClean()
	return codes(a.Reasons)
}

func codes(rs []library.Reason) string {
	var out []string
	for _, r := range rs {
		out = append(out, r.Code)
	}
	return strings.Join(out, " ")
}

func (h *house) want(what, got, want string) {
	h.Helper()
	if got != want {
		h.Errorf("%s: %q, want %q", what, got, want)
	}
}

func (h *house) item(id string) (it library.Item) {
	h.Helper()
	h.view(func(t *records.Tx) (err error) { it, err = t.Item(id); return err })
	return it
}

func (h *house) loanOf(item string) (l library.Loan) {
	h.Helper()
	h.view(func(t *records.Tx) (err error) { l, err = t.Loan(h.item(item).LoanID); return err })
	return l
}

func (h *house) standing(patron string) (s library.Standing) {
	h.Helper()
	h.view(func(t *records.Tx) (err error) { s, err = t.Standing(patron); return err })
	return s
}

// holdOf is the patron's one open hold.
func (h *house) holdOf(patron string) (one library.Hold) {
	h.Helper()
	h.view(func(t *records.Tx) error {
		open, err := t.OpenHolds(patron)
		if err == nil && len(open) != 1 {
			h.Errorf("%s has %d open holds, want 1", patron, len(open))
		} else if err == nil {
			one = open[0]
		}
		return err
	})
	return one
}

// holdsOf are the patron's holds as the account shows them, in one line:
// "t1 ready until 2026-03-05; t2 2 of 3".
func (h *house) holdsOf(patron string) string {
	h.Helper()
	all, err := h.Holds(context.Background(), patron, *h.now)
	if err != nil {
		h.Fatal(err)
	}
	var out []string
	for _, a := range all {
		text := fmt.Sprintf("%s %d of %d", a.Title.ID, a.Position, a.Waiting)
		switch {
		case a.State == library.HoldReady:
			text = fmt.Sprintf("%s ready until %s", a.Title.ID, a.Deadline)
		case a.OnItsWay:
			text += " on its way"
		}
		out = append(out, text)
	}
	return strings.Join(out, "; ")
}

// owes are the patron's charges as the account shows them: "overdue t1 40 2026-04-02".
func (h *house) owes(patron string) string {
	h.Helper()
	all, err := h.Charges(context.Background(), patron)
	if err != nil {
		h.Fatal(err)
	}
	var out []string
	sum := int64(0)
	for _, c := range all {
		sum += c.Fen
		out = append(out, fmt.Sprintf("%s %s %d %s", c.Kind, c.Title.ID, c.Fen, c.On))
	}
	if s := h.standing(patron); s.ChargesFen != sum {
		h.Errorf("%s owes %d fen, the charges are %d", patron, s.ChargesFen, sum)
	}
	return strings.Join(out, "; ")
}

// last is the newest entry of the ledger.
func (h *house) last() records.Entry {
	h.Helper()
	all := h.ledger()
	return all[len(all)-1]
}

func (h *house) ledger() (all []records.Entry) {
	h.Helper()
	if err := h.records.Ledger(context.Background(), 0, 0, func(e records.Entry) error { all = append(all, e); return nil }); err != nil {
		h.Fatal(err)
	}
	return all
}
