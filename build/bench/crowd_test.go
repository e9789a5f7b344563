package main

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestAccept_L56_a_crowd_is_a_sound_library_in_which_everything_measured_succeeds(t *testing.T) {
	ctx := t.Context()
	d, err := openLibrary(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.close(); err != nil {
			t.Error(err)
		}
	}()
	c, err := crowdOf(least)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.fill(ctx, d); err != nil {
		t.Fatal(err)
	}
	if c.patrons() != 40 || len(c.readers) != 4 || len(c.visitors) != 4 {
		t.Fatalf("%d patrons, %d readers, %d visitors", c.patrons(), len(c.readers), len(c.visitors))
	}
	sound := func(when string) {
		t.Helper()
		report, err := d.records.Check(ctx, nil)
		if err != nil || !report.Clean() {
			t.Fatalf("%s: %v, %v", when, err, report.Findings)
		}
	}
	sound("filled")
	var seen acts
	p := place{crowdedDesk{d, c}, &seen, ""}
	chance := rand.New(rand.NewPCG(1, 2))
	for i := range 20 {
		if err := p.once(ctx, chance, i >= 5); err != nil {
			t.Fatal(err)
		}
	}
	if len(seen.CheckOut) != 15 || len(seen.RenewAll) != 15 || len(seen.Look) != 15 {
		t.Errorf("timed %d check-outs, %d renewals, %d looks", len(seen.CheckOut), len(seen.RenewAll), len(seen.Look))
	}
	sound("after use")
	if err := d.renewAll(ctx, c.visitors[0]); err == nil {
		t.Error("a reader with two loans was taken for one with ten")
	}
}

func TestCrowd_comes_only_in_sizes_that_keep_its_shape(t *testing.T) {
	for items, fits := range map[int]bool{0: false, least - 1: false, least: true, least + 10: false, crowdFew: true, 100_000: true, 1_000_000: true} {
		c, err := crowdOf(items)
		if (err == nil) != fits {
			t.Errorf("%d items: %v", items, err)
		}
		if err != nil {
			continue
		}
		loans, taken := 0, map[int]bool{}
		for p := range c.patrons() {
			for range loansOf(p) {
				taken[loans*scatter%len(c.lentTo)] = true
				loans++
			}
		}
		if loans != c.patrons()*12/10 || len(taken) != loans {
			t.Errorf("%d items: %d loans of %d copies", items, loans, len(taken))
		}
	}
}

func TestWidenIndexCache_finds_it_in_the_engine_and_widens_once(t *testing.T) {
	d, err := openLibrary(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.close(); err != nil {
			t.Error(err)
		}
	}()
	if err := widenIndexCache(d.engine, wideIndex); err != nil {
		t.Fatal(err)
	}
	if err := widenIndexCache(d.engine, wideIndex); err == nil {
		t.Error("widened to what it already was")
	}
}

func TestRatioAt_compares_the_same_quantile_of_both(t *testing.T) {
	a := []time.Duration{1, 1, 1, 1, 9}
	b := []time.Duration{1, 1, 1, 1, 3}
	if got := ratioAt(a, b, 1, 1); got != (spread{3, 3, 3}) {
		t.Errorf("worst to worst: %+v", got)
	}
	if got := ratio(a, b, 1); got != (spread{1, 1, 1}) {
		t.Errorf("medians: %+v", got)
	}
}

func TestAccept_L56_reaction_rows_split_what_a_reader_waits_for(t *testing.T) {
	at := func(x float64) *float64 { return &x }
	seen := reactions{
		Kiosk: []reaction{{InDocument: 6, Painted: 30, Called: at(1), Told: at(4)}, {InDocument: 6, Painted: 30, Called: at(1), Told: at(4)}},
		Echo:  []reaction{{InDocument: 1, Painted: 20}, {InDocument: 1, Painted: 20}},
	}
	rows, err := reactionRows(seen)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{1.5, 1.5, .1, 1.3} {
		if got := rows[i].Ratio.Value; got < want-1e-9 || got > want+1e-9 {
			t.Errorf("%s: %v, want %v", rows[i].What, got, want)
		}
	}
	if rows[0].verdict() != "met" {
		t.Errorf("1.5 against 1.5: %s", rows[0].verdict())
	}
	for what, broken := range map[string]reactions{
		"nothing measured":          {},
		"fewer echoes":              {Kiosk: seen.Kiosk, Echo: seen.Echo[:1]},
		"a loan without asking Go":  {Kiosk: seen.Echo, Echo: seen.Echo},
		"a loan without Go's words": {Kiosk: []reaction{{Painted: 3, Called: at(1)}}, Echo: seen.Echo[:1]},
	} {
		if _, err := reactionRows(broken); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}
