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
	"strings"
)

// A measurement runs in a process of its own (this program again), so that it
// can be traced, slowed down and thrown away: bench child KIND DIR COUNT.

const childWord = "child"

// slowSync is how much later each sync call returns on the "slow disk", in
// microseconds: about what a cheap flash card or a turning disk adds.
const slowSync = 5000

func runChild(ctx context.Context, args []string) error {
	if len(args) != 3 {
		return errors.New("a child needs KIND DIR COUNT")
	}
	n, err := strconv.Atoi(args[2])
	if err != nil {
		return err
	}
	var out any
	switch dir := args[1]; args[0] {
	case "costs":
		out, err = measureCosts(ctx, dir, n)
	case "writers":
		out, err = measureWriters(ctx, dir, n)
	case "crowded":
		out, err = measureCrowded(ctx, dir, n)
	case "search":
		out = measureSearch(n)
	case "ready":
		out, err = measureReady(ctx, dir, n)
	case "syncs":
		out, err = n, checkOutBetweenMarks(ctx, dir, n)
	default:
		err = fmt.Errorf("no measurement %q", args[0])
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(out)
}

// checkOutBetweenMarks lends n items and nothing else between the marks. An
// item that was lent stays out; each patron gets a few.
func checkOutBetweenMarks(ctx context.Context, dir string, n int) (err error) {
	d, err := openDeskIn(ctx, dir, "syncs")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	for range warmUp {
		b, err := d.checkOut(ctx, d.patrons[0])
		if err := errors.Join(err, d.checkIn(ctx, b)); err != nil {
			return err
		}
	}
	mark(dir, markBegin)
	for i := range n {
		if _, err := d.checkOut(ctx, d.patrons[i%len(d.patrons)]); err != nil {
			return err
		}
	}
	mark(dir, markEnd)
	return nil
}

// mark shows in the trace; there is no such file, and that is no matter.
func mark(dir, name string) { _ = os.Remove(filepath.Join(dir, name)) }

// child measures in a fresh folder under work, by itself or under strace with
// the options given, and reads its answer into out.
func child(ctx context.Context, work, kind string, n int, strace []string, out any) (err error) {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(work, kind+"-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	line := []string{self, childWord, kind, dir, strconv.Itoa(n)}
	if strace != nil {
		line = append(append([]string{"strace", "--follow-forks", "--seccomp-bpf", "-q"}, strace...), line...)
	}
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	var said strings.Builder
	cmd.Stderr = &said
	answer, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", strings.Join(line, " "), err, said.String())
	}
	return json.Unmarshal(answer, out)
}

// slowDisk are the strace options that let every sync call return later.
func slowDisk() []string {
	return []string{"-o", os.DevNull, "-e", "trace=" + syncing, "-e", fmt.Sprintf("inject=%s:delay_exit=%d", syncing, slowSync)}
}

// countSyncs counts the sync calls of n check-outs.
func countSyncs(ctx context.Context, work string, n int) (syncCalls, error) {
	path := filepath.Join(work, "trace")
	var done int
	err := child(ctx, work, "syncs", n, []string{"-y", "-o", path, "-e", "trace=" + traced}, &done)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	calls, err := readTrace(f)
	if err != nil {
		return nil, err
	}
	return calls, errors.Join(f.Close(), os.Remove(path))
}
