package visit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"shuting/app/library"
)

var errNoSpace = errors.New("no space")

// clock is advanced by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// desk is a library of a few cards and books kept in memory: it lends each
// book once, remembers commands, and can be told to fail.
type desk struct {
	mu       sync.Mutex
	clock    *clock
	askPIN   bool
	pin      string
	wrong    int
	lent     map[string]string // barcode → patron
	seen     map[string]library.LoanAnswer
	commands []string
	visits   map[string]bool
	fail     []error // taken one per call of CheckOut
	late     bool    // fail after the work is done
	lending  bool
	account  // see deskaccount_test.go
	codes    []string
}

func newDesk(c *clock) *desk {
	return &desk{clock: c, lent: map[string]string{}, seen: map[string]library.LoanAnswer{}, visits: map[string]bool{}, lending: true, pin: "135790"}
}

func (d *desk) Health() ([]string, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.codes, d.lending
}

func (d *desk) IsCard(s string) bool { return strings.HasPrefix(s, "LB") }
func (d *desk) IsItem(s string) bool { return strings.HasPrefix(s, "S") || strings.HasPrefix(s, "978") }
func (d *desk) MaxLength() int       { return 64 }

func (d *desk) visitor(card string) library.SignInAnswer {
	if strings.HasSuffix(card, "9") {
		return library.SignInAnswer{Reasons: []library.Reason{{Code: library.CardUnknown, Mark: library.Block}}}
	}
	return library.SignInAnswer{Visitor: &library.Visitor{PatronID: "p" + card, MaskedName: "张*", Category: d.category, LoanLimit: 10, LoanDays: 30}}
}

func (d *desk) SignIn(_ context.Context, cmd library.Command, card string) (library.SignInAnswer, error) {
	d.note(cmd)
	if d.askPIN {
		return library.SignInAnswer{NeedPIN: true}, nil
	}
	return d.visitor(card), nil
}

func (d *desk) EnterPIN(_ context.Context, cmd library.Command, card, pin string) (library.SignInAnswer, error) {
	d.note(cmd)
	if pin != d.pin {
		d.wrong++
		return library.SignInAnswer{NeedPIN: true, Wrong: true, Wait: time.Duration(d.wrong) * 5 * time.Second}, nil
	}
	return d.visitor(card), nil
}

func (d *desk) note(cmd library.Command) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.commands = append(d.commands, cmd.ID)
	d.visits[cmd.Visit] = true
}

func (d *desk) thing(barcode string) library.LoanAnswer {
	it := library.Item{ID: "i" + barcode, Barcode: barcode, CallNumber: "I247.5/1"}
	if strings.HasPrefix(barcode, "SP") {
		it.Parts = "一张光盘"
	}
	return library.LoanAnswer{Known: !strings.HasPrefix(barcode, "S0") && !strings.HasPrefix(barcode, "978"), Item: it,
		Title: library.Title{ID: "title of " + barcode, Title: "书" + barcode, Author: "作者", Class: "I247.5"}}
}

// TitleOf: the copies whose barcodes end in 9 are of no title.
func (d *desk) TitleOf(_ context.Context, barcode string) (string, error) {
	if strings.HasSuffix(barcode, "9") {
		return "", nil
	}
	return "title of " + barcode, nil
}

func (d *desk) Look(_ context.Context, barcode string) (library.LoanAnswer, error) {
	return d.thing(barcode), nil
}

func (d *desk) CheckOut(_ context.Context, cmd library.Command, patron, barcode string, confirmed []string) (library.LoanAnswer, error) {
	d.note(cmd)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.begun++
	if hung := d.hung; hung != nil {
		d.mu.Unlock()
		<-hung
		d.mu.Lock()
	}
	var err error
	if len(d.fail) > 0 {
		err, d.fail = d.fail[0], d.fail[1:]
		if !d.late {
			return library.LoanAnswer{}, err
		}
	}
	if a, ok := d.seen[cmd.ID]; ok {
		return a, err
	}
	a := d.thing(barcode)
	defer func() { d.tell(cmd, library.ToldLent, a) }()
	block := func(code string) {
		a.Reasons = append(a.Reasons, library.Reason{Code: code, Mark: library.MarkOf(code)})
	}
	switch owner, lent := d.lent[barcode]; {
	case !a.Known:
		block(library.ItemUnknown)
	case lent && owner == patron:
		block(library.ItemOnLoanToYou)
	case lent:
		block(library.ItemOnLoanToOther)
	case a.Item.Parts != "" && len(confirmed) == 0:
		block(library.ItemHasParts)
	default:
		d.lent[barcode], a.Loan, a.Due = patron, "l"+barcode, library.Date{Year: 2026, Month: 12, Day: 22}
	}
	d.seen[cmd.ID] = a
	return a, err
}

// lendsOne waits until an act has been recorded.
func (d *desk) lendsOne() {
	for {
		d.mu.Lock()
		n := len(d.seen)
		d.mu.Unlock()
		if n > 0 {
			return
		}
		runtime.Gosched()
	}
}

func (d *desk) CheckIn(_ context.Context, cmd library.Command, barcode string) (library.ReturnAnswer, error) {
	d.note(cmd)
	d.mu.Lock()
	defer d.mu.Unlock()
	a := d.thing(barcode)
	if d.loseReturn {
		d.told[cmd.ID] = library.Told{What: library.ToldReturned, Outcomes: []string{cmp.Or(d.lostOutcome, library.NotOnLoan)}, Item: a.Item, Title: a.Title}
		return library.ReturnAnswer{}, errLost
	}
	out := library.ReturnAnswer{Known: a.Known, Item: a.Item, Title: a.Title, Outcomes: []string{library.Returned}}
	if !a.Known {
		out.Outcomes = []string{library.ItemUnknown}
	} else if _, lent := d.lent[barcode]; !lent {
		out.Outcomes = []string{library.NotOnLoan}
	}
	delete(d.lent, barcode)
	if d.sent != "" {
		out.Outcomes, out.TransitTo = []string{library.ReturnedOtherBranch}, d.sent
	}
	return out, nil
}

// bench is a visit with everything around it.
type bench struct {
	t         testing.TB
	v         *Visit
	desk      *desk
	clock     *clock
	mu        sync.Mutex
	published []Snapshot
	acked     int
	n         int
}

func newBench(t testing.TB, change ...func(*Options)) *bench {
	c := &clock{now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)}
	b := &bench{t: t, clock: c, desk: newDesk(c)}
	ids := 0
	o := Options{Account: b.desk, Lending: b.desk, Own: b.desk, Printer: b.desk, PickUp: "main", Finding: b.desk, Codes: b.desk, Health: b.desk,
		Times: Times{Warn: 45 * time.Second, End: 65 * time.Second, Goodbye: 8 * time.Second},
		Clock: c.Now, NewID: func(time.Time) string { ids++; return fmt.Sprintf("k1-%06d", ids) },
		Publish: func(s Snapshot) {
			b.mu.Lock()
			defer b.mu.Unlock()
			b.published = append(b.published, s)
		},
		Languages: []string{"zh-Hans", "zh-Hant", "en"}, PINLength: 6, Patience: 5 * time.Second, Acknowledge: func() error { b.acked++; return nil },
		Fault: func(err error) string {
			if errors.Is(err, errNoSpace) {
				return "lending_stopped_space"
			}
			return ""
		},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	for _, f := range change {
		f(&o)
	}
	b.v = New(o)
	t.Cleanup(b.v.Close)
	return b
}

func (b *bench) must(s Snapshot, err error) Snapshot {
	b.t.Helper()
	if err != nil {
		b.t.Fatalf("act failed: %v", err)
	}
	return s
}

// scan scans with a fresh nonce.
func (b *bench) scan(code string) Snapshot {
	b.t.Helper()
	b.n++
	return b.must(b.v.Scan(code, fmt.Sprintf("nonce-%d", b.n)))
}

func (b *bench) pass(d time.Duration) Snapshot {
	b.t.Helper()
	b.clock.advance(d)
	return b.must(b.v.Tick())
}

func (b *bench) on(s Snapshot, want Screen) {
	b.t.Helper()
	if s.Screen != want {
		b.t.Fatalf("screen is %s, want %s", s.Screen, want)
	}
}
