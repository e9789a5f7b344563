package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// reaction is what reaction/watch.ts saw of one scan, in milliseconds after the
// scanner's Return.
type reaction struct {
	InDocument, Painted float64
	Called, Told        *float64 // nil on a page without Go
	Style, Layout       float64  // the browser's own work meanwhile
}

// reactions are those of the kiosk's page and of a page that only echoes the
// scan, as many of each, measured in turn.
type reactions struct{ Kiosk, Echo []reaction }

// reactionPart times the page with its real bindings in a browser; the window
// has the same page, but no way to be timed from outside.
func reactionPart(ctx context.Context, b *bench) ([]row, error) {
	program := filepath.Join(b.work, "shuting-dev")
	build := exec.CommandContext(ctx, "go", "build", "-tags", "dev,webkit2_41", "-o", program, ".")
	build.Dir = b.root
	if said, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("build the program for a browser: %w\n%s", err, said)
	}
	path := filepath.Join(b.work, "reactions.json")
	modules := filepath.Join(b.root, "frontend", "node_modules")
	run := exec.CommandContext(ctx, filepath.Join(modules, ".bin", "playwright"), "test", "--config", "playwright.config.ts")
	run.Dir = filepath.Join(b.root, "build", "bench", "reaction")
	run.Env = append(os.Environ(), "NODE_PATH="+modules, "SHUTING_DEV="+program, "REACTIONS="+path, "BOOKS="+strconv.Itoa(b.count(200, 24)))
	if said, err := run.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("the page in a browser: %w\n%s", err, said)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var seen reactions
	if err := json.Unmarshal(text, &seen); err != nil {
		return nil, err
	}
	return reactionRows(seen)
}

func reactionRows(seen reactions) ([]row, error) {
	if len(seen.Kiosk) == 0 || len(seen.Kiosk) != len(seen.Echo) {
		return nil, fmt.Errorf("%d reactions of the kiosk, %d of the echo", len(seen.Kiosk), len(seen.Echo))
	}
	var calls, draws []time.Duration
	for _, r := range seen.Kiosk {
		if r.Called == nil || r.Told == nil {
			return nil, errors.New("a loan was shown of which Go had not been asked")
		}
		calls = append(calls, fromMS(*r.Told-*r.Called))
		draws = append(draws, fromMS(r.Painted-*r.Told))
	}
	ours, echo := painted(seen.Kiosk), painted(seen.Echo)
	what := fmt.Sprintf("from the scanner's Return to the loan on the glass, %d books", len(seen.Kiosk))
	why := whyReaction(calls, draws, seen)
	return []row{
		{What: what, Yardstick: "a page that echoes the scan", Seen: versus(ours, echo), Ratio: ratio(ours, echo, stretches), Aim: atMost(1.5), Why: why},
		{What: what + ": p99", Yardstick: "a page that echoes the scan, p99", Seen: versusAt(ours, echo, .99), Ratio: ratioAt(ours, echo, .99, stretches), Aim: atMost(1.5), Why: why},
		{What: "of it: the call of Go, with the durable commit", Yardstick: "the whole", Seen: versus(calls, ours) + ", p99 " + versusAt(calls, ours, .99), Ratio: ratio(calls, ours, 1)},
		{What: "of it: from Go's word to the loan on the glass", Yardstick: "the echo's whole", Seen: versus(draws, echo) + ", p99 " + versusAt(draws, echo, .99), Ratio: ratio(draws, echo, stretches)},
	}, nil
}

func painted(all []reaction) []time.Duration {
	var out []time.Duration
	for _, r := range all {
		out = append(out, fromMS(r.Painted))
	}
	return out
}

func fromMS(ms float64) time.Duration { return time.Duration(ms * float64(time.Millisecond)) }
