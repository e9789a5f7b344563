package patrons

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

const (
	kiosk  = "k1"
	branch = "main"
	pin    = "485920"
	wrong  = "111213"
)

var (
	noon    = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	zone    = time.FixedZone("CST", 8*3600)
	sealKey = []byte("0123456789abcdef0123456789abcdef")
)

// house is one kiosk's patrons over a real store, with a clock set by hand.
type house struct {
	*testing.T
	dir     string
	store   store.Store
	records *records.Records
	*Service
	now time.Time
	ids atomic.Int64
}

func newHouse(t *testing.T, askPIN bool, d Delays) *house {
	t.Helper()
	h := &house{T: t, dir: t.TempDir(), now: noon}
	h.open(askPIN, d)
	return h
}

func (h *house) open(askPIN bool, d Delays) {
	h.Helper()
	s, err := badgerstore.Open(badgerstore.Options{Dir: filepath.Join(h.dir, "data"),
		FreeSpace: func(string) (uint64, error) { return 1 << 40, nil }})
	if err != nil {
		h.Fatalf("open the store: %v", err)
	}
	h.Cleanup(func() {
		if err := s.Close(); err != nil {
			h.Errorf("close the store: %v", err)
		}
	})
	r, err := records.Open(context.Background(), records.Options{Store: s, SealKey: sealKey, Kiosk: kiosk})
	if err != nil {
		h.Fatalf("open the records: %v", err)
	}
	h.Cleanup(r.Close)
	h.store, h.records = s, r
	h.Service = New(Options{Records: r, Zone: zone, Branch: branch, AskPIN: askPIN, Delays: d})
}

// reopen closes everything and opens it again, as a restart does.
func (h *house) reopen(askPIN bool, d Delays) {
	h.Helper()
	h.records.Close()
	if err := h.store.Close(); err != nil {
		h.Fatal(err)
	}
	h.open(askPIN, d)
}

func (h *house) command() library.Command {
	return library.Command{ID: fmt.Sprintf("%s-c%d", kiosk, h.ids.Add(1)), Visit: "v", Actor: "patron", At: h.now}
}

func (h *house) mustEnrol(n NewPatron) {
	h.Helper()
	if err := h.Enrol(context.Background(), h.command(), n); err != nil {
		h.Fatalf("enrol: %v", err)
	}
}

// reader is an adult with a card of this number and the PIN of these tests.
func reader(id, card string) NewPatron {
	return NewPatron{Patron: library.Patron{ID: id, Category: library.Adult, Branch: branch},
		Personal: library.Personal{Name: "欧阳书亭", CardNumber: card, Born: library.Date{Year: 1988, Month: 1, Day: 1},
			Document: "13999919880101001X", Phone: "13800007788"}, PIN: pin}
}

func (h *house) mustSignIn(card string) library.SignInAnswer {
	h.Helper()
	a, err := h.SignIn(context.Background(), h.command(), card)
	if err != nil {
		h.Fatalf("sign in: %v", err)
	}
	return a
}

func (h *house) mustEnter(card, pin string) library.SignInAnswer {
	h.Helper()
	return h.mustEnterAs(h.command(), card, pin)
}

func (h *house) mustEnterAs(cmd library.Command, card, pin string) library.SignInAnswer {
	h.Helper()
	a, err := h.EnterPIN(context.Background(), cmd, card, pin)
	if err != nil {
		h.Fatalf("enter PIN: %v", err)
	}
	return a
}

// outcomes are those of the sign-ins in the ledger, in order.
func (h *house) outcomes() string {
	h.Helper()
	var all []string
	err := h.records.Ledger(context.Background(), 0, 0, func(e records.Entry) error {
		if e.Operation == "sign_in" {
			all = append(all, e.Outcome)
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
	return strings.Join(all, " ")
}

func (h *house) wantClean() {
	h.Helper()
	rep, err := h.records.Check(context.Background(), nil)
	if err != nil || !rep.Clean() {
		h.Errorf("check (%v):\n%s", err, strings.Join(rep.Findings, "\n"))
	}
}

func (h *house) failed(owner string) int {
	h.Helper()
	var a records.Attempts
	err := h.records.View(context.Background(), func(t *records.Tx) (err error) { a, err = t.Attempts(owner); return err })
	if err != nil {
		h.Fatal(err)
	}
	return a.Failed
}

// codes of reasons, in order.
func codes(rs []library.Reason) string {
	var out []string
	for _, r := range rs {
		out = append(out, r.Code)
	}
	return strings.Join(out, " ")
}

func wantTaken(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, records.ErrTaken) {
		t.Errorf("got %v, want ErrTaken", err)
	}
}
