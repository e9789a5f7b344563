package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// syncCalls tell of a trace how often each file was synced between the marks.
type syncCalls map[string]int // "msync 00001.mem" → calls

func (s syncCalls) total() int {
	n := 0
	for _, k := range s {
		n += k
	}
	return n
}

// names of the calls, the most frequent first.
func (s syncCalls) names() []string {
	names := make([]string, 0, len(s))
	for name := range s {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if s[a] != s[b] {
			return s[b] - s[a]
		}
		return strings.Compare(a, b)
	})
	return names
}

// Marks that the measured process leaves in its trace by removing a file of
// that name, which is not there.
const (
	markBegin = "shuting-bench-begin"
	markEnd   = "shuting-bench-end"
)

// traced are the calls strace is asked for: those that reach the disk, and
// those that tell which file an address belongs to.
const (
	syncing = "fsync,fdatasync,msync,sync_file_range"
	traced  = syncing + ",sync,syncfs,mmap,munmap,mremap,unlinkat"
)

var (
	tracedLine = regexp.MustCompile(`^(\d+) +(.*)$`)
	mapped     = regexp.MustCompile(`^mmap\(.*, \d+<(.+)>, (?:0x)?[0-9a-f]+\) += 0x([0-9a-f]+)$`)
	remapped   = regexp.MustCompile(`^mremap\(0x([0-9a-f]+), .*\) += 0x([0-9a-f]+)$`)
	msynced    = regexp.MustCompile(`^msync\(0x([0-9a-f]+),`)
	filesynced = regexp.MustCompile(`^(fsync|fdatasync|sync_file_range|syncfs)\(\d+<(.+?)>`)
)

// readTrace reads what `strace -f -y` wrote and counts the sync calls between
// the marks, each with the name of its file.
func readTrace(r io.Reader) (syncCalls, error) {
	t := trace{files: map[uint64]string{}, halves: map[string]string{}, calls: syncCalls{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if m := tracedLine.FindStringSubmatch(lines.Text()); m != nil {
			t.line(m[1], m[2])
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if !t.ended {
		return nil, errors.New("the trace does not hold both marks")
	}
	return t.calls, nil
}

type trace struct {
	files         map[uint64]string // by address of the mapping
	halves        map[string]string // begun calls, by thread
	inside, ended bool
	calls         syncCalls
}

// line takes one line of a thread; a call that others interrupted comes in two
// halves.
func (t *trace) line(thread, call string) {
	if begun, ok := strings.CutSuffix(call, " <unfinished ...>"); ok {
		t.halves[thread] = begun
		return
	}
	if strings.HasPrefix(call, "<... ") {
		_, rest, ok := strings.Cut(call, " resumed>")
		if !ok {
			return
		}
		call = t.halves[thread] + rest
		delete(t.halves, thread)
	}
	t.call(call)
}

func (t *trace) call(call string) {
	switch {
	case strings.HasPrefix(call, "unlinkat("):
		t.inside = t.inside && !strings.Contains(call, markEnd) || strings.Contains(call, markBegin)
		t.ended = t.ended || strings.Contains(call, markEnd)
	case mapped.MatchString(call):
		m := mapped.FindStringSubmatch(call)
		t.files[address(m[2])] = filepath.Base(m[1])
	case remapped.MatchString(call):
		m := remapped.FindStringSubmatch(call)
		from, to := address(m[1]), address(m[2])
		name := t.files[from]
		delete(t.files, from)
		t.files[to] = name
	case !t.inside:
	case msynced.MatchString(call):
		name := t.files[address(msynced.FindStringSubmatch(call)[1])]
		t.count("msync", name)
	case filesynced.MatchString(call):
		m := filesynced.FindStringSubmatch(call)
		t.count(m[1], filepath.Base(m[2]))
	case strings.HasPrefix(call, "sync("):
		t.count("sync", "everything")
	}
}

func (t *trace) count(call, file string) {
	if file == "" {
		file = "unknown mapping"
	}
	t.calls[call+" "+file]++
}

func address(hex string) uint64 {
	n, err := strconv.ParseUint(hex, 16, 64)
	if err != nil {
		panic(fmt.Sprintf("address %q: the patterns allow hexadecimal digits only", hex))
	}
	return n
}
