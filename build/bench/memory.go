package main

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// footprint is the memory of a process and everything below it, in bytes.
type footprint struct {
	// Alone is what the tree would take if nothing else ran: anonymous memory,
	// and each page of a file once however many of its processes map it. Unlike
	// PSS it does not shrink when others on the machine use the same libraries.
	Alone     int
	PSS, RSS  int // shared pages divided among all who map them; counted in each process
	Processes int
	Parts     map[string]int // PSS by name of process
	files     map[string]int // the most that one process has of each mapped piece of a file
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
	f := footprint{Parts: map[string]int{}, files: map[string]int{}}
	for todo := []int{root}; len(todo) > 0; {
		pid := todo[0]
		todo = append(todo[1:], children[pid]...)
		if err := f.add(pid); err != nil && pid == root {
			return f, err // another one may have ended while we looked
		}
	}
	for _, bytes := range f.files {
		f.Alone += bytes
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

// mapping is one entry of a process's smaps, in kB.
type mapping struct {
	file                string // where in which file; "" = anonymous
	rss, pss, anonymous int
}

func (f *footprint) add(pid int) error {
	name, err := os.ReadFile(fmt.Sprintf("/proc/%d/comm", pid))
	if err != nil {
		return err
	}
	file, err := os.Open(fmt.Sprintf("/proc/%d/smaps", pid))
	if err != nil {
		return err
	}
	defer file.Close()
	pss := f.PSS
	if err := readMappings(file, f.take); err != nil {
		return err
	}
	f.Parts[strings.TrimSpace(string(name))] += f.PSS - pss
	f.Processes++
	return nil
}

func (f *footprint) take(m mapping) {
	f.RSS += m.rss << 10
	f.PSS += m.pss << 10
	if m.file == "" {
		f.Alone += m.pss << 10 // shared only within the tree, by a fork
		return
	}
	f.Alone += m.anonymous << 10 // pages that were changed and so left the file
	f.files[m.file] = max(f.files[m.file], (m.rss-m.anonymous)<<10)
}

// readMappings calls each for every mapping in an smaps file.
func readMappings(r io.Reader, each func(mapping)) error {
	var m mapping
	begun := false
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		fields := strings.Fields(lines.Text())
		if len(fields) >= 5 && !strings.HasSuffix(fields[0], ":") {
			if begun {
				each(m)
			}
			begun, m = true, mapping{}
			if inode := fields[4]; inode != "0" {
				m.file = fields[3] + " " + inode + " " + fields[2]
			}
			continue
		}
		if len(fields) != 3 || fields[2] != "kB" {
			continue
		}
		kb, err := strconv.Atoi(fields[1])
		if err != nil {
			return err
		}
		switch fields[0] {
		case "Rss:":
			m.rss = kb
		case "Pss:":
			m.pss = kb
		case "Anonymous:":
			m.anonymous = kb
		}
	}
	if begun {
		each(m)
	}
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
