package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"shuting/app/catalogue/marc"
	"shuting/app/catalogue/marctest"
)

// times is how much larger the second file of the import's memory is.
const times = 20

// importPart reads a file of records beside yaz-marcdump, and brings in two
// files with the program itself.
func importPart(ctx context.Context, b *bench) ([]row, error) {
	rows, err := parsingRows(ctx, b)
	if err != nil {
		return nil, err
	}
	few := b.count(10_000, 500)
	small, err := importing(ctx, b, few)
	if err != nil {
		return nil, err
	}
	large, err := importing(ctx, b, few*times)
	if err != nil {
		return nil, err
	}
	one := func(x float64) spread { return spread{x, x, x} }
	mb := func(bytes int) string { return fmt.Sprintf("%.0f MB", float64(bytes)/1e6) }
	size := thousands(large.Titles)
	return append(rows,
		row{What: "import of " + size + " titles: memory of the program, second half", Yardstick: "the first half",
			Seen:  fmt.Sprintf("%s : %s at the highest, without mapped files", mb(large.Late), mb(large.Early)),
			Ratio: one(float64(large.Late) / float64(large.Early)), Aim: atMost(1.1), Why: whyImportMemory},
		row{What: "import of " + size + " titles: memory of the program", Yardstick: "of " + thousands(small.Titles),
			Seen:  fmt.Sprintf("%s : %s at the highest", mb(max(large.Early, large.Late)), mb(max(small.Early, small.Late))),
			Ratio: one(float64(max(large.Early, large.Late)) / float64(max(small.Early, small.Late)))},
		row{What: "import of " + size + " titles: rate", Yardstick: "of " + thousands(small.Titles),
			Seen: fmt.Sprintf("%.0f : %.0f titles/s", large.rate(), small.rate()), Ratio: one(large.rate() / small.rate())},
		row{What: "the same file again", Yardstick: "the first time", Seen: fmt.Sprintf("%.1f s : %.1f s", large.Again.Seconds(), large.Took.Seconds()),
			Ratio: one(float64(large.Again) / float64(large.Took))},
		row{What: "import of " + size + " titles: bytes on disk", Yardstick: "the file, UTF-8",
			Seen:  fmt.Sprintf("%d : %d bytes a title", large.Disk/large.Titles, large.File/large.Titles),
			Ratio: one(float64(large.Disk) / float64(large.File))}), nil
}

// parsingRows compares the processor time of reading a file with that of
// yaz-marcdump.
func parsingRows(ctx context.Context, b *bench) ([]row, error) {
	n := b.count(100_000, 5_000)
	var rows []row
	for _, form := range []struct {
		form marctest.Form
		name string
		yaz  []string
	}{{marctest.UTF8, "UTF-8", nil}, {marctest.GB18030, "GB18030", []string{"-f", "gb18030", "-t", "utf-8"}}} {
		path := filepath.Join(b.work, "records-"+string(form.form))
		if _, err := writeRecords(path, n, form.form); err != nil {
			return nil, err
		}
		var ours, yaz []time.Duration
		for range b.count(7, 2) {
			cmd := exec.CommandContext(ctx, "yaz-marcdump", append(form.yaz, path)...)
			if err := cmd.Run(); err != nil {
				return nil, fmt.Errorf("yaz-marcdump: %w", err)
			}
			yaz = append(yaz, cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime())
			took, err := readRecords(path, n)
			if err != nil {
				return nil, err
			}
			ours = append(ours, took)
		}
		rows = append(rows, row{What: fmt.Sprintf("reading %s MARC records, %s", thousands(n), form.name), Yardstick: "yaz-marcdump, the same file",
			Seen:  fmt.Sprintf("%.2f s : %.2f s of processor time", quantile(ours, .5).Seconds(), quantile(yaz, .5).Seconds()),
			Ratio: ratio(ours, yaz, 1), Aim: atMost(1), Why: whyParsing})
	}
	return rows, nil
}

func writeRecords(path string, n int, form marctest.Form) (size int, err error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	out := bufio.NewWriterSize(f, 1<<20)
	if err := errors.Join(marctest.Write(out, n, form), out.Flush()); err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return int(info.Size()), nil
}

// readRecords gives the processor time it takes to read and decode a whole file.
func readRecords(path string, want int) (took time.Duration, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	began := processorTime()
	r := marc.NewReader(f, marc.Options{})
	for n := 0; ; n++ {
		record, skipped, err := r.Next()
		if errors.Is(err, io.EOF) {
			if n != want {
				return 0, fmt.Errorf("%d records of %d", n, want)
			}
			return processorTime() - began, nil
		}
		if err != nil || record == nil {
			return 0, fmt.Errorf("record %d: %v, %w", n, skipped, err)
		}
	}
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// imported is one file brought in by the program.
type imported struct {
	Titles, File, Disk int // bytes
	Early, Late        int // the most memory seen in each half of the time
	Took, Again        time.Duration
}

func (i imported) rate() float64 { return float64(i.Titles) / i.Took.Seconds() }

func importing(ctx context.Context, b *bench, titles int) (i imported, err error) {
	dir, err := os.MkdirTemp(b.work, "import-")
	if err != nil {
		return i, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path, data := filepath.Join(dir, "records.mrc"), filepath.Join(dir, "data")
	i.Titles = titles
	if i.File, err = writeRecords(path, titles, marctest.UTF8); err != nil {
		return i, err
	}
	var seen []int
	if i.Took, seen, err = runImport(ctx, b, data, path); err != nil {
		return i, err
	}
	for n, bytes := range seen {
		if n < len(seen)/2 {
			i.Early = max(i.Early, bytes)
		} else {
			i.Late = max(i.Late, bytes)
		}
	}
	err = filepath.WalkDir(data, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		// What the file takes, not how long it is: the store's logs have holes.
		if s, ok := info.Sys().(*syscall.Stat_t); ok {
			i.Disk += int(s.Blocks) * 512
		}
		return nil
	})
	if err != nil {
		return i, err
	}
	i.Again, _, err = runImport(ctx, b, data, path)
	return i, err
}

// runImport runs the program's import and looks at its memory again and again.
func runImport(ctx context.Context, b *bench, data, path string) (took time.Duration, seen []int, err error) {
	cmd := exec.CommandContext(ctx, filepath.Join(b.root, "build", "bin", "shuting"), "import", "--data", data, path)
	var said strings.Builder
	cmd.Stdout, cmd.Stderr = &said, &said
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, nil, err
	}
	over := make(chan error, 1)
	go func() { over <- cmd.Wait() }()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		select {
		case err := <-over:
			if err != nil {
				return 0, nil, fmt.Errorf("import: %w\n%s", err, said.String())
			}
			return time.Since(began), seen, nil
		case <-look.C:
			seen = append(seen, ownMemory(cmd.Process.Pid))
		}
	}
}

// ownMemory is what a process has in memory besides files, in bytes; 0 once it
// has ended.
func ownMemory(pid int) int {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "RssAnon:")
	line, _, _ := strings.Cut(rest, "\n")
	kb, err := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(line), "kB")))
	if err != nil {
		return 0
	}
	return kb << 10
}
