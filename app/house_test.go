package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store/badgerstore"
	"shuting/app/visit"
)

func fresh(t *testing.T) (Options, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	return Options{DataDir: filepath.Join(t.TempDir(), "data"), Version: "test", Out: &out}, &out
}

func mustOpen(t *testing.T, o Options) *house {
	t.Helper()
	h, err := open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

func TestAccept_L02_a_second_instance_says_so_and_stops(t *testing.T) {
	o, _ := fresh(t)
	mustOpen(t, o)
	began := time.Now()
	_, err := open(context.Background(), o)
	if !errors.Is(err, badgerstore.ErrInUse) {
		t.Fatalf("second open: %v", err)
	}
	if !strings.Contains(err.Error(), "another process") {
		t.Errorf("the message does not say what is wrong: %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("took %v to say so", took)
	}
}

func TestAccept_L02_check_is_clean_on_the_demo_library(t *testing.T) {
	o, out := fresh(t)
	o.Demo = true
	h := mustOpen(t, o)
	if err := h.fillDemo(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Check(context.Background(), o); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(out.String(), "clean: every invariant holds") {
		t.Fatalf("said %q", out)
	}
}

func TestAccept_L02_check_lists_what_is_wrong_and_fails(t *testing.T) {
	o, out := fresh(t)
	o.Demo = true
	h := mustOpen(t, o)
	if err := h.fillDemo(context.Background()); err != nil {
		t.Fatal(err)
	}
	// An item that says it is lent under a loan there is not.
	now := time.Now()
	_, err := h.records.Do(context.Background(), h.system(now), "damage", func(tx *records.Tx) (records.Outcome, error) {
		it, err := tx.ItemByBarcode("LQ000101")
		if err != nil {
			return records.Outcome{}, err
		}
		it.State, it.LoanID = library.ItemOnLoan, "k1-none"
		return records.Outcome{Code: "done"}, tx.PutItem(it)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	out.Reset()
	if err := Check(context.Background(), o); !errors.Is(err, ErrUnclean) {
		t.Fatalf("check: %v\n%s", err, out)
	}
	if !strings.Contains(out.String(), "WRONG  item ") {
		t.Fatalf("said %q", out)
	}
}

func TestDemo_and_real_library_are_kept_apart(t *testing.T) {
	o, _ := fresh(t)
	o.Demo = true
	if err := mustOpen(t, o).Close(); err != nil {
		t.Fatal(err)
	}
	o.Demo = false
	if _, err := open(context.Background(), o); err == nil || !strings.Contains(err.Error(), "--demo") {
		t.Fatalf("a demo library opened as a real one: %v", err)
	}
	real, _ := fresh(t)
	h := mustOpen(t, real)
	_, err := h.records.Do(context.Background(), h.system(time.Now()), "first", func(*records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	real.Demo = true
	if _, err := open(context.Background(), real); err == nil || !strings.Contains(err.Error(), "real library") {
		t.Fatalf("the demo library went into a real one: %v", err)
	}
}

func TestAccept_L03_a_wrong_setting_stops_the_start_with_its_line(t *testing.T) {
	o, _ := fresh(t)
	o.ConfigFile = filepath.Join(t.TempDir(), "kiosk.toml")
	if err := os.WriteFile(o.ConfigFile, []byte("[screen]\ndiagonal = 400\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := open(context.Background(), o)
	if err == nil || !strings.Contains(err.Error(), "kiosk.toml:2") || !strings.Contains(err.Error(), "10") {
		t.Fatalf("said %v", err)
	}
	if _, err := os.Stat(o.DataDir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a data folder was made all the same")
	}
}

func TestAccept_L06_the_recovery_code_is_told_once_and_restores_the_keys(t *testing.T) {
	o, out := fresh(t)
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	s := k.visit.Snapshot()
	code := strings.Join(s.Recovery, "-")
	if s.Screen != visit.ScreenRecovery || !strings.Contains(out.String(), code) {
		t.Fatalf("screen %s shows %q, the console said %q", s.Screen, code, out)
	}
	if _, err := k.bridge.AcknowledgeRecovery(); err != nil {
		t.Fatal(err)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(filepath.Join(o.DataDir, "log", "shuting.log"))
	if err != nil || strings.Contains(string(log), s.Recovery[0]) {
		t.Fatalf("log: %v, or it holds the code", err)
	}
	out.Reset()
	if k, err = New(o); err != nil {
		t.Fatal(err)
	}
	if s := k.visit.Snapshot(); s.Screen != visit.ScreenIdle || s.Recovery != nil || strings.Contains(out.String(), "ecovery") {
		t.Fatalf("told again: screen %s, console %q", s.Screen, out)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(o.DataDir + "-keys"); err != nil {
		t.Fatal(err)
	}
	if _, err := New(o); !errors.Is(err, badgerstore.ErrKeys) || !strings.Contains(err.Error(), "restore-keys") {
		t.Fatalf("without the keys: %v", err)
	}
	if err := RestoreKeys(o, code); err != nil {
		t.Fatal(err)
	}
	if k, err = New(o); err != nil {
		t.Fatal(err)
	}
	if err := k.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAccept_L16_demo_samples_can_be_scanned_from_the_screen(t *testing.T) {
	o, _ := fresh(t)
	o.Demo = true
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := k.Close(); err != nil {
			t.Error(err)
		}
	}()
	s := k.bridge.DemoSamples()
	if len(s.Cards) < 12 || len(s.Books) < 12 {
		t.Fatalf("%d cards, %d books", len(s.Cards), len(s.Books))
	}
	codes, err := newScanCodes(k.house.cfg.Scan)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range s.Cards {
		if !codes.IsCard(c.Number) || c.Bars == "" {
			t.Errorf("card %s (%s) is not a card", c.Number, c.Label)
		}
	}
	for _, b := range s.Books {
		if !codes.IsItem(b.Barcode) || b.Bars == "" {
			t.Errorf("book %s (%s) is not an item", b.Barcode, b.Label)
		}
	}
	if snap := k.visit.Snapshot(); snap.Screen != visit.ScreenIdle {
		t.Errorf("the demo starts on %s", snap.Screen)
	}
}

func TestAccept_L02_check_makes_no_library_where_there_is_none(t *testing.T) {
	o, out := fresh(t)
	if err := Check(context.Background(), o); err == nil || !strings.Contains(err.Error(), "no library") {
		t.Fatalf("check of nothing: %v\n%s", err, out)
	}
	for _, dir := range []string{o.DataDir, o.DataDir + "-keys"} {
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s was made", dir)
		}
	}
}

func TestDemo_never_uses_the_folder_of_the_settings(t *testing.T) {
	dir := t.TempDir()
	o := Options{Demo: true, ConfigFile: filepath.Join(dir, "kiosk.toml")}
	text := fmt.Sprintf("[data]\ndir = %q\nkeys = %q\n", filepath.Join(dir, "real"), filepath.Join(dir, "secret"))
	if err := os.WriteFile(o.ConfigFile, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cfg, err := settings(o)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Data.Dir != filepath.Join(dir, "real-demo") || cfg.Data.Keys != filepath.Join(dir, "real-demo-keys") {
		t.Errorf("the demo would use %s and %s", cfg.Data.Dir, cfg.Data.Keys)
	}
}

func TestDemo_is_not_put_into_a_library_of_another_kiosk(t *testing.T) {
	o, _ := fresh(t)
	h := mustOpen(t, o)
	_, err := h.records.Do(context.Background(), h.system(time.Now()), "first", func(*records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done"}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	o.Demo, o.ConfigFile = true, filepath.Join(t.TempDir(), "kiosk.toml")
	if err := os.WriteFile(o.ConfigFile, []byte("[kiosk]\nid = \"k2\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := open(context.Background(), o); err == nil || !strings.Contains(err.Error(), "real library") {
		t.Fatalf("the demo library went into a real one: %v", err)
	}
}

func TestClose_twice_is_harmless(t *testing.T) {
	o, _ := fresh(t)
	k, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(k.Close(), k.Close()); err != nil {
		t.Fatal(err)
	}
}
