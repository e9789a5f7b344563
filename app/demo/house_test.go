package demo

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"shuting/app/catalogue"
	"shuting/app/circulation"
	"shuting/app/config"
	"shuting/app/library"
	"shuting/app/patrons"
	"shuting/app/records"
	"shuting/app/store/badgerstore"
)

var ctx = context.Background()

const (
	kiosk  = "hall-2"
	branch = "main"
)

// house is a kiosk with an empty library, on a real store.
type house struct {
	tb          testing.TB
	records     *records.Records
	catalogue   *catalogue.Service
	patrons     *patrons.Service
	circulation *circulation.Service
	zone        *time.Location
	now         time.Time
}

// quietMorning is a moment without anything special about its date.
const quietMorning = "2026-11-18T09:30:00+08:00"

func newHouse(tb testing.TB, now string) *house {
	tb.Helper()
	at, err := time.Parse(time.RFC3339, now)
	if err != nil {
		tb.Fatal(err)
	}
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		tb.Fatal(err)
	}
	s, err := badgerstore.Open(badgerstore.Options{Dir: filepath.Join(tb.TempDir(), "data"),
		FreeSpace: func(string) (uint64, error) { return 1 << 40, nil }})
	if err != nil {
		tb.Fatalf("open the store: %v", err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Errorf("close the store: %v", err)
		}
	})
	r, err := records.Open(ctx, records.Options{Store: s, SealKey: s.SealKey(), Kiosk: kiosk})
	if err != nil {
		tb.Fatalf("open the records: %v", err)
	}
	tb.Cleanup(r.Close)
	_, items, err := config.Default().Scan.Compile()
	if err != nil {
		tb.Fatal(err)
	}
	return &house{tb: tb, records: r, zone: zone, now: at,
		catalogue:   catalogue.New(catalogue.Options{Records: r, Branch: branch, ItemPattern: items}),
		patrons:     patrons.New(patrons.Options{Records: r, Zone: zone, Branch: branch, Delays: patrons.DefaultDelays()}),
		circulation: circulation.New(circulation.Options{Records: r, Zone: zone, Branch: branch, SecondScan: time.Minute}),
	}
}

func (h *house) options() Options {
	return Options{Catalogue: h.catalogue, Patrons: h.patrons, Circulation: h.circulation, At: h.at, Now: h.now, Zone: h.zone, Kiosk: kiosk, Branch: branch}
}

// at is the desk of another branch.
func (h *house) at(branch string) Returns {
	return circulation.New(circulation.Options{Records: h.records, Zone: h.zone, Branch: branch, SecondScan: time.Minute})
}

func (h *house) mustFill() {
	h.tb.Helper()
	if err := Fill(ctx, h.options()); err != nil {
		h.tb.Fatalf("Fill: %v", err)
	}
}

// mustBeClean checks the whole library and returns how much of what it holds.
func (h *house) mustBeClean() map[string]int {
	h.tb.Helper()
	rep, err := h.records.Check(ctx, nil)
	if err != nil {
		h.tb.Fatalf("Check: %v", err)
	}
	for _, finding := range rep.Findings {
		h.tb.Errorf("Check: %s", finding)
	}
	return rep.Counts
}

// entries counts the ledger.
func (h *house) entries() int {
	h.tb.Helper()
	n := 0
	if err := h.records.Ledger(ctx, 0, 0, func(records.Entry) error { n++; return nil }); err != nil {
		h.tb.Fatal(err)
	}
	return n
}

// command is a new act at the kiosk, now.
func (h *house) command() library.Command {
	return library.Command{ID: records.NewID(kiosk, h.now), Visit: "visit", Actor: "patron", At: h.now}
}

func (h *house) mustSignIn(number string) library.SignInAnswer {
	h.tb.Helper()
	a, err := h.patrons.SignIn(ctx, h.command(), number)
	if err != nil {
		h.tb.Fatalf("sign in: %v", err)
	}
	return a
}

func (h *house) mustCheckOut(patron, barcode string) library.LoanAnswer {
	h.tb.Helper()
	a, err := h.circulation.CheckOut(ctx, h.command(), patron, barcode, nil)
	if err != nil {
		h.tb.Fatalf("check out: %v", err)
	}
	return a
}

// patronOf is the id behind the card of a label.
func patronOf(key string) string { return kiosk + "-demo.patron." + key }

func codes(reasons []library.Reason) []string {
	var out []string
	for _, r := range reasons {
		out = append(out, r.Code)
	}
	return out
}
