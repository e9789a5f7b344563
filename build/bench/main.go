// Bench compares the program with yardsticks in one run on one machine and
// writes the table of docs/performance.md. It reports ratios, because absolute
// times say more about the machine than about the program; what is compared is
// measured in turn, so that whatever else the machine does hits both sides.
//
// It needs strace, Xvfb, openbox, dbus-daemon, xprop and chromium, the built
// program (build/build.sh) and the page's packages (build/setup.sh --front). A
// new measurement is a new part in parts.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// bench is one run.
type bench struct {
	root  string // the repository
	work  string // a folder on the same file system that is thrown away
	quick bool
}

// part is one group of measurements.
type part struct {
	name string
	run  func(context.Context, *bench) ([]row, error)
}

var parts = []part{
	{"lending", lendingPart},
	{"syncs", syncsPart},
	{"writers", writersPart},
	{"crowded", crowdedPart},
	{"windows", windowsPart},
	{"reaction", reactionPart},
	{"import", importPart},
	{"search", searchPart},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	run := measure
	args := os.Args[1:]
	if len(args) > 0 && args[0] == childWord {
		run, args = runChild, args[1:]
	}
	if err := run(ctx, args); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		os.Exit(1)
	}
}

func measure(ctx context.Context, args []string) (err error) {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	quick := flags.Bool("quick", false, "a short run, to see that everything works; its numbers are rough")
	only := flags.String("only", "", "parts to run, with commas, of "+strings.Join(names, ",")+"; the page is then left as it is")
	root := flags.String("root", "../..", "the repository")
	if err := flags.Parse(args); err != nil {
		return err
	}
	chosen := strings.Split(*only, ",")
	for _, c := range chosen {
		if c != "" && !slices.Contains(names, c) {
			return fmt.Errorf("no part %q", c)
		}
	}
	b := &bench{quick: *quick}
	if b.root, err = filepath.Abs(*root); err != nil {
		return err
	}
	out := filepath.Join(b.root, "build", "out")
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	if b.work, err = os.MkdirTemp(out, "bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.work)) }()
	m, err := describeMachine(b)
	if err != nil {
		return err
	}
	rep := report{machine: m, quick: b.quick}
	for _, p := range parts {
		if *only != "" && !slices.Contains(chosen, p.name) {
			continue
		}
		fmt.Fprintf(os.Stderr, "measuring: %s\n", p.name)
		rows, err := p.run(ctx, b)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		rep.rows = append(rep.rows, rows...)
	}
	rep.machine.LoadAfter = load()
	fmt.Print(rep.terminal())
	if *only != "" {
		return nil
	}
	return rep.writeInto(filepath.Join(b.root, "docs", "performance.md"))
}

// count is how often something is measured: so often, or few times when quick.
func (b *bench) count(full, quick int) int {
	if b.quick {
		return quick
	}
	return full
}
