package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"shuting/app/records"
	"shuting/app/store/badgerstore"
)

// stretches of a run whose medians show how steady a ratio is.
const stretches = 5

func ms(d []time.Duration) string { return inMS(quantile(d, .5)) }

func versus(ours, yardstick []time.Duration) string { return versusAt(ours, yardstick, .5) }

// versusAt is versus for another quantile than the median.
func versusAt(ours, yardstick []time.Duration, q float64) string {
	return inMS(quantile(ours, q)) + " : " + inMS(quantile(yardstick, q))
}

func lendingPart(ctx context.Context, b *bench) ([]row, error) {
	var c, slow costs
	if err := child(ctx, b.work, "costs", b.count(2000, 200), nil, &c); err != nil {
		return nil, err
	}
	if err := child(ctx, b.work, "costs", b.count(200, 30), slowDisk(), &slow); err != nil {
		return nil, err
	}
	raw := fmt.Sprintf("append + fsync of %d bytes", c.Bytes)
	rows := fmt.Sprintf("SQLite, WAL, FULL: the same %d rows", c.Rows)
	return []row{
		{What: "check-out", Yardstick: raw, Seen: versus(c.CheckOut, c.Raw), Ratio: ratio(c.CheckOut, c.Raw, stretches), Aim: atMost(1.5), Why: whyRaw(c)},
		{What: "check-out, slow disk", Yardstick: raw, Seen: versus(slow.CheckOut, slow.Raw), Ratio: ratio(slow.CheckOut, slow.Raw, stretches), Aim: atMost(1.5), Why: whyTwoSyncs},
		{What: "check-out", Yardstick: rows, Seen: versus(c.CheckOut, c.SQLite), Ratio: ratio(c.CheckOut, c.SQLite, stretches), Aim: atMost(1.2), Why: whySQLite(c)},
		{What: "check-out, slow disk", Yardstick: rows, Seen: versus(slow.CheckOut, slow.SQLite), Ratio: ratio(slow.CheckOut, slow.SQLite, stretches), Aim: atMost(1.2), Why: whyTwoSyncs},
		{What: "the store alone, same rows", Yardstick: raw, Seen: versus(c.Engine, c.Raw), Ratio: ratio(c.Engine, c.Raw, stretches)},
		{What: "the store alone, same rows", Yardstick: rows, Seen: versus(c.Engine, c.SQLite), Ratio: ratio(c.Engine, c.SQLite, stretches)},
		{What: "experiment: check-out with one sync", Yardstick: raw, Seen: versus(c.OneSync, c.Raw), Ratio: ratio(c.OneSync, c.Raw, stretches)},
		{What: "experiment: check-out with one sync, slow disk", Yardstick: raw, Seen: versus(slow.OneSync, slow.Raw), Ratio: ratio(slow.OneSync, slow.Raw, stretches)},
		{What: "experiment: check-out with one sync, slow disk", Yardstick: rows, Seen: versus(slow.OneSync, slow.SQLite), Ratio: ratio(slow.OneSync, slow.SQLite, stretches)},
	}, nil
}

func syncsPart(ctx context.Context, b *bench) ([]row, error) {
	n := b.count(500, 100)
	calls, err := countSyncs(ctx, b.work, n)
	if err != nil {
		return nil, err
	}
	var seen []string
	for _, name := range calls.names() {
		seen = append(seen, fmt.Sprintf("%s %d", name, calls[name]))
	}
	per := float64(calls.total()) / float64(n)
	return []row{{What: "sync calls of a check-out", Yardstick: "one", Seen: fmt.Sprintf("in %d check-outs: %s", n, strings.Join(seen, ", ")),
		Ratio: spread{per, per, per}, Aim: atMost(1.05), AimText: "1", Why: whyTwoSyncs}}, nil
}

func writersPart(ctx context.Context, b *bench) ([]row, error) {
	var rows []row
	for _, disk := range []struct {
		name   string
		strace []string
		rounds int
	}{{"", nil, b.count(40, 8)}, {", slow disk", slowDisk(), b.count(12, 3)}} {
		var t throughput
		if err := child(ctx, b.work, "writers", disk.rounds, disk.strace, &t); err != nil {
			return nil, err
		}
		perSecond := func(d []time.Duration) float64 { return float64(t.CheckOut) / quantile(d, .5).Seconds() }
		rows = append(rows, row{What: "ten writers at once" + disk.name, Yardstick: "one writer, the same check-outs",
			Seen:  fmt.Sprintf("%.0f/s : %.0f/s, %.2f commits a check-out", perSecond(t.Ten), perSecond(t.One), t.Commits),
			Ratio: ratio(t.One, t.Ten, stretches), Aim: atLeast(3), Why: whyWriters})
	}
	return rows, nil
}

func windowsPart(ctx context.Context, b *bench) (rows []row, err error) {
	program := filepath.Join(b.root, "build", "bin", "shuting")
	if _, err := os.Stat(program); err != nil {
		return nil, fmt.Errorf("the program is not built: %w", err)
	}
	empty := filepath.Join(b.work, "emptywindow")
	build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-tags", "desktop,production,webkit2_41", "-ldflags", "-s -w", "-o", empty, "./emptywindow")
	build.Dir = filepath.Join(b.root, "build", "bench")
	if said, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the empty window: %w\n%s", err, said)
	}
	page, err := servePage(ctx, filepath.Join(b.root, "frontend", "dist"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, page.close()) }()
	home := filepath.Join(b.work, "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		return nil, err
	}
	d, err := openDisplay(ctx, home, filepath.Join(b.root, "build", "e2e", "window", "openbox.xml"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	all, err := measureWindows(ctx, d, []starter{
		{"kiosk", []string{program, "--demo", "--data", filepath.Join(home, "library")}},
		{"empty", []string{empty}},
		{"chromium", []string{"chromium", "--kiosk", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-default-browser-check",
			"--disable-background-networking", "--disable-features=Translate", "--disable-component-update", "--password-store=basic",
			"--window-position=0,0", fmt.Sprintf("--window-size=%d,%d", screenWidth, screenHeight),
			"--user-data-dir=" + filepath.Join(home, "chromium"), page.URL}},
	}, b.count(9, 2))
	if err != nil {
		return nil, err
	}
	opening, err := openingTimes(ctx, filepath.Join(home, "library"), len(all[0].Ready))
	if err != nil {
		return nil, err
	}
	share := row{What: "of the start: opening the library", Yardstick: "the kiosk's whole start",
		Seen: versus(opening, all[0].Ready), Ratio: ratio(opening, all[0].Ready, 1)}
	return append(windowRows(all[0], all[1], all[2]), share), nil
}

// openingTimes are how long the kiosk's library takes to open, which it does
// before it makes a window.
func openingTimes(ctx context.Context, dir string, n int) ([]time.Duration, error) {
	var times []time.Duration
	for range n {
		began := time.Now()
		engine, err := badgerstore.Open(badgerstore.Options{Dir: dir})
		if err != nil {
			return nil, err
		}
		r, err := records.Open(ctx, records.Options{Store: engine, SealKey: engine.SealKey(), Kiosk: kiosk})
		times = append(times, time.Since(began))
		if err == nil {
			r.Close()
		}
		if err := errors.Join(err, engine.Close()); err != nil {
			return nil, err
		}
	}
	return times, nil
}

func windowRows(kiosk, empty, chromium startup) []row {
	mb := func(v []float64) float64 { return quantileOf(v, .5) / 1e6 }
	var rows []row
	for _, y := range []struct {
		name string
		than startup
		aim  aim
	}{{"an empty Wails window", empty, atMost(1.3)}, {"Chromium --kiosk, the same page", chromium, atMost(.75)}} {
		memory := func(ours, theirs []float64) spread {
			v := quantileOf(ours, .5) / quantileOf(theirs, .5)
			return spread{v, quantileOf(ours, 0) / quantileOf(theirs, 1), quantileOf(ours, 1) / quantileOf(theirs, 0)}
		}
		rows = append(rows,
			row{What: "start to the usable idle screen", Yardstick: y.name, Seen: versus(kiosk.Ready, y.than.Ready),
				Ratio: ratio(kiosk.Ready, y.than.Ready, min(stretches, len(kiosk.Ready))), Aim: y.aim, Why: whyStart},
			row{What: "memory of the process tree", Yardstick: y.name,
				Seen:  fmt.Sprintf("%.0f MB in %d : %.0f MB in %d processes", mb(kiosk.Alone), kiosk.Last.Processes, mb(y.than.Alone), y.than.Last.Processes),
				Ratio: memory(kiosk.Alone, y.than.Alone), Aim: y.aim, Why: whyMemory},
			row{What: "the same as PSS", Yardstick: y.name, Seen: fmt.Sprintf("%.0f MB (%s) : %.0f MB (%s)", mb(kiosk.PSS), kiosk.Last, mb(y.than.PSS), y.than.Last),
				Ratio: memory(kiosk.PSS, y.than.PSS)},
			row{What: "the same as RSS", Yardstick: y.name,
				Seen: fmt.Sprintf("%.0f MB : %.0f MB", mb(kiosk.RSS), mb(y.than.RSS)), Ratio: memory(kiosk.RSS, y.than.RSS)})
	}
	return rows
}
