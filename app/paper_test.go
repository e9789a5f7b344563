package app

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shuting/app/devices/printer/printertest"
	"shuting/app/visit"
)

// newDemoKiosk is a kiosk over a demo library, with these settings on top.
func newDemoKiosk(t *testing.T, text string) *Kiosk {
	t.Helper()
	o, _ := fresh(t)
	o.Demo, o.ConfigFile = true, filepath.Join(t.TempDir(), "kiosk.toml")
	if err := os.WriteFile(o.ConfigFile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	})
	return k
}

// networkPrinter is a printer behind an address.
func networkPrinter(t *testing.T) (*printertest.Printer, string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := printertest.New()
	go p.Listen(l)
	t.Cleanup(func() { p.Release(); l.Close() })
	return p, l.Addr().String()
}

// until looks again and again for a snapshot.
func (k *Kiosk) until(t *testing.T, what string, is func(visit.Snapshot) bool) visit.Snapshot {
	t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) {
		if s := k.visit.Snapshot(); is(s) {
			return s
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
	return visit.Snapshot{}
}

func mustScan(t *testing.T, k *Kiosk, codes ...string) visit.Snapshot {
	t.Helper()
	var s visit.Snapshot
	for i, code := range codes {
		var err error
		if s, err = k.visit.Scan(code, fmt.Sprint(t.Name(), code, i)); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

const (
	demoAdult = "LB202600029"
	demoBook  = "LQ000401"
	// demoElsewhere belongs to another branch.
	demoElsewhere = "LQ010003"
)

func TestAccept_L50_a_receipt_comes_out_of_the_printer_without_a_name(t *testing.T) {
	p, address := networkPrinter(t)
	k := newDemoKiosk(t, fmt.Sprintf("[printer]\nkind = \"network\"\naddress = %q\n", address))
	k.untilPrinter(t)
	mustScan(t, k, demoAdult, demoBook)
	s, err := k.visit.Finish()
	if err != nil || s.Goodbye.Print != visit.PrintOffered {
		t.Fatalf("%v, goodbye %+v", err, s.Goodbye)
	}
	if _, err := k.visit.PrintReceipt("print"); err != nil {
		t.Fatal(err)
	}
	k.until(t, "printed", func(s visit.Snapshot) bool { return s.Goodbye != nil && s.Goodbye.Print == visit.PrintDone })
	var paper []byte
	for _, job := range p.WaitJobs(2) { // the question for its status, and the receipt
		paper = append(paper, job...)
	}
	if !bytes.Contains(paper, []byte("*******0029")) {
		t.Errorf("no masked number on the paper")
	}
	for _, secret := range []string{demoAdult, "林", "\xc1\xd6"} { // the name in GBK too
		if bytes.Contains(paper, []byte(secret)) {
			t.Errorf("%q is on the paper", secret)
		}
	}
}

// untilPrinter waits until the printer has said how it is.
func (k *Kiosk) untilPrinter(t *testing.T) {
	t.Helper()
	k.until(t, "the printer was asked", func(visit.Snapshot) bool { return k.paper.trouble.Load() != nil })
}

func TestAccept_L50_a_printer_that_never_reads_holds_up_no_loan(t *testing.T) {
	p, address := networkPrinter(t)
	k := newDemoKiosk(t, fmt.Sprintf("[printer]\nkind = \"network\"\naddress = %q\nslips = true\n", address))
	k.untilPrinter(t)
	p.Set(printertest.State{Deaf: true})
	mustScan(t, k, demoAdult, demoBook)
	if _, err := k.visit.Finish(); err != nil {
		t.Fatal(err)
	}
	if _, err := k.visit.PrintReceipt("print"); err != nil {
		t.Fatal(err)
	}
	// The next reader comes while the paper hangs: borrowing goes on.
	began := time.Now()
	s := mustScan(t, k, "LB202600052", "LQ002301")
	if s.Borrowed != 1 {
		t.Fatalf("entries %+v", s.Entries)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("a loan took %v beside a printer that hangs", took)
	}
}

func TestAccept_L50_no_printer_where_it_should_be_offers_nothing(t *testing.T) {
	for name, settings := range map[string]string{
		"off by default": "",
		"switched off":   "[printer]\nkind = \"network\"\naddress = \"127.0.0.1:1\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			k := newDemoKiosk(t, settings)
			if k.paper != nil {
				k.untilPrinter(t)
			}
			mustScan(t, k, demoAdult, demoBook)
			s, err := k.visit.Finish()
			if err != nil || s.Goodbye.Print != visit.PrintNone || s.Goodbye.Borrowed != 1 {
				t.Errorf("%v, goodbye %+v", err, s.Goodbye)
			}
		})
	}
}

func TestAccept_L43_slips_for_the_hold_shelf_and_for_transit_come_out(t *testing.T) {
	p, address := networkPrinter(t)
	k := newDemoKiosk(t, fmt.Sprintf("[printer]\nkind = \"network\"\naddress = %q\nslips = true\n[language]\ndefault = \"en\"\n", address))
	k.untilPrinter(t)
	if _, err := k.visit.Begin(visit.ScreenReturn); err != nil {
		t.Fatal(err)
	}
	s := mustScan(t, k, "LQ005901") // others wait for it
	if s.Entries[0].Result != "returned_reserved" {
		t.Fatalf("result %s", s.Entries[0].Result)
	}
	jobs := p.WaitJobs(2)
	slip := string(jobs[1])
	if !strings.Contains(slip, "HOLD SHELF") || !strings.Contains(slip, "*******") || !strings.Contains(slip, "LQ005901") {
		t.Errorf("slip %q", slip)
	}
	mustScan(t, k, demoAdult, demoElsewhere)
	if _, err := k.visit.Begin(visit.ScreenReturn); err != nil {
		t.Fatal(err)
	}
	if s = mustScan(t, k, demoElsewhere); s.Entries[0].Result != "returned_other_branch" {
		t.Fatalf("result %s", s.Entries[0].Result)
	}
	slip = string(p.WaitJobs(3)[2])
	if !strings.Contains(slip, "TRANSIT") || !strings.Contains(slip, demoElsewhere) || strings.Contains(slip, "*") {
		t.Errorf("slip %q", slip)
	}
}

func TestAccept_L45_after_a_restart_the_reader_is_told(t *testing.T) {
	for name, finished := range map[string]bool{"of a visit that was cut off": false, "nothing of one that had ended": true} {
		t.Run(name, func(t *testing.T) {
			o, _ := fresh(t)
			o.Demo = true
			k, err := New(o)
			if err != nil {
				t.Fatal(err)
			}
			mustScan(t, k, demoAdult, demoBook)
			if finished {
				if s, err := k.visit.Finish(); err != nil || s.Goodbye == nil {
					t.Fatalf("no farewell: %v", err)
				}
			}
			if err := k.Close(); err != nil {
				t.Fatal(err)
			}
			if k, err = New(o); err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := k.Close(); err != nil {
					t.Error(err)
				}
			}()
			s := mustScan(t, k, demoAdult)
			switch {
			case finished && (s.Notice != nil || len(s.Entries) != 0):
				t.Errorf("notice %+v, entries %+v", s.Notice, s.Entries)
			case !finished && (s.Notice == nil || s.Notice.Kind != "interrupted" || s.Borrowed != 1 || s.Entries[0].Item.Barcode != demoBook):
				t.Errorf("notice %+v, entries %+v", s.Notice, s.Entries)
			}
		})
	}
}

func TestAccept_L48_the_idle_screen_knows_the_hours(t *testing.T) {
	k := newDemoKiosk(t, "")
	terms, err := k.house.circulation.Terms(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	o := &opening{house: k.house}
	zone := k.house.zone
	noon := time.Date(2026, 11, 25, 12, 0, 0, 0, zone) // a Wednesday
	if _, known := terms.Calendar.OpenAt(noon, zone); !known {
		t.Fatal("the demo library has no hours")
	}
	if today := o.today(noon); today == nil || len(today.Spans) == 0 {
		t.Errorf("today %+v", today)
	}
	if night := o.today(noon.Add(11*time.Hour + 30*time.Minute)); night == nil || night.Open || night.Next == "" {
		t.Errorf("at night %+v", night)
	}
}
