package main

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// footprint is the memory of a process and everything below it, in bytes.
type footprint struct {
	PSS, RSS  int // shared pages counted once in sum; shared pages counted in each process
	Processes int
	Parts     map[string]int // PSS by name of process
}

// footprintOf adds up the tree of processes below root.
func footprintOf(root int) (footprint, error) {
	children := map[int][]int{}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return footprint{}, err
	}
	for _, path := range stats {
		pid, parent, ok := parentOf(path)
		if ok {
			children[parent] = append(children[parent], pid)
		}
	}
	f := footprint{Parts: map[string]int{}}
	for todo := []int{root}; len(todo) > 0; {
		pid := todo[0]
		todo = append(todo[1:], children[pid]...)
		if err := f.add(pid); err != nil && pid == root {
			return f, err // another one may have ended while we looked
		}
	}
	return f, nil
}

// parentOf reads a process's stat file; the name in it may hold anything.
func parentOf(path string) (pid, parent int, ok bool) {
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, 0, false
	}
	line := string(text)
	head, _, _ := strings.Cut(line, " ")
	fields := strings.Fields(line[strings.LastIndexByte(line, ')')+1:])
	if len(fields) < 2 || fields[0] == "Z" {
		return 0, 0, false
	}
	pid, errPid := strconv.Atoi(head)
	parent, errParent := strconv.Atoi(fields[1])
	return pid, parent, errPid == nil && errParent == nil
}

func (f *footprint) add(pid int) error {
	file, err := os.Open(fmt.Sprintf("/proc/%d/smaps_rollup", pid))
	if err != nil {
		return err
	}
	defer file.Close()
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) != 3 || fields[2] != "kB" {
			continue
		}
		kb, err := strconv.Atoi(fields[1])
		if err != nil {
			return err
		}
		switch fields[0] {
		case "Pss:":
			f.PSS += kb << 10
			f.Parts[strings.TrimSpace(string(name))] += kb << 10
		case "Rss:":
			f.RSS += kb << 10
		}
	}
	f.Processes++
	return lines.Err()
}

// String names the parts in MB, the largest first.
func (f footprint) String() string {
	names := slices.SortedFunc(maps.Keys(f.Parts), func(a, b string) int { return f.Parts[b] - f.Parts[a] })
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %.0f", name, float64(f.Parts[name])/1e6)
	}
	return strings.Join(names, ", ")
}
