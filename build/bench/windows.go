package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"
)

// starter is a program with a window that is measured.
type starter struct {
	Name string
	Line []string
}

// startup is what was seen of one program.
type startup struct {
	Name   string
	Ready  []time.Duration // from exec to the picture that stays
	Alone  []float64       // bytes, at rest; see footprint
	PSS    []float64
	RSS    []float64
	Last   footprint // of the last start
	learnt picture
}

const (
	startLimit = 60 * time.Second
	restFor    = 3 * time.Second // how long a picture stands before it counts as settled
	memoryAt   = 4 * time.Second // after it was ready
)

// measureWindows starts each program rounds times, in turn, on one display. A
// first start of each that is not counted shows what it looks like when ready,
// fills caches and lets it make its folders.
func measureWindows(ctx context.Context, d *display, programs []starter, rounds int) ([]startup, error) {
	empty := d.glance()
	all := make([]startup, len(programs))
	for i, p := range programs {
		all[i].Name = p.Name
		if err := all[i].learn(ctx, d, p, empty); err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name, err)
		}
	}
	for r := range rounds {
		for j := range programs {
			i := (r + j) % len(programs)
			if err := all[i].once(ctx, d, programs[i]); err != nil {
				return nil, fmt.Errorf("%s: %w", programs[i].Name, err)
			}
		}
	}
	return all, nil
}

// learn starts a program for the first time and remembers its settled screen.
func (s *startup) learn(ctx context.Context, d *display, p starter, empty []uint32) error {
	cmd, err := d.run(ctx, p.Line...)
	if err != nil {
		return err
	}
	defer end(cmd)
	if err := d.awaitChange(empty, cmd); err != nil {
		return err
	}
	// A window may stand empty for a while before its page comes.
	for until := time.Now().Add(startLimit); ; {
		if err = d.awaitStill(restFor, startLimit); err != nil {
			return err
		}
		if s.learnt, err = d.learn(empty, restFor); err == nil {
			break
		}
		if time.Now().After(until) {
			return err
		}
	}
	end(cmd)
	_, err = d.await(s.learnt, false, startLimit)
	return err
}

// awaitChange returns when a good part of the screen is no longer empty.
func (d *display) awaitChange(empty []uint32, cmd *exec.Cmd) error {
	for until := time.Now().Add(startLimit); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		changed := 0
		for i, c := range d.glance() {
			if c != empty[i] {
				changed++
			}
		}
		if changed > len(empty)/2 {
			return nil
		}
		if footprint, err := footprintOf(cmd.Process.Pid); err != nil || footprint.PSS == 0 {
			return errors.New("it ended before it showed anything")
		}
	}
	return errors.New("it shows nothing")
}

// once starts a program, times it and weighs it.
func (s *startup) once(ctx context.Context, d *display, p starter) error {
	began := time.Now()
	cmd, err := d.run(ctx, p.Line...)
	if err != nil {
		return err
	}
	defer end(cmd)
	ready, err := d.await(s.learnt, true, startLimit)
	if err != nil {
		return err
	}
	time.Sleep(time.Until(ready.Add(memoryAt)))
	f, err := footprintOf(cmd.Process.Pid)
	if err != nil {
		return err
	}
	s.Ready = append(s.Ready, ready.Sub(began))
	s.Alone = append(s.Alone, float64(f.Alone))
	s.PSS = append(s.PSS, float64(f.PSS))
	s.RSS = append(s.RSS, float64(f.RSS))
	s.Last = f
	end(cmd)
	_, err = d.await(s.learnt, false, startLimit)
	return err
}
