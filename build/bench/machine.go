package main

import (
	"debug/buildinfo"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// machine is what the numbers were measured on.
type machine struct {
	CPU, Kernel, System, FileSystem string
	Cores                           int
	MemoryMB                        int
	Versions                        string
	Append, Overwrite, Clean        []time.Duration // one durable write each; a sync with nothing to write
	LoadBefore, LoadAfter           string
	Day                             string
}

func describeMachine(b *bench) (machine, error) {
	m := machine{Cores: runtime.NumCPU(), CPU: afterColon("/proc/cpuinfo", "model name"), LoadBefore: load(),
		System: strings.Trim(afterEquals("/etc/os-release", "PRETTY_NAME"), `"`), Day: time.Now().UTC().Format(time.DateOnly)}
	var kb int
	if _, err := fmt.Sscanf(afterColon("/proc/meminfo", "MemTotal"), "%d kB", &kb); err == nil {
		m.MemoryMB = kb / 1024
	}
	var u unix.Utsname
	if err := unix.Uname(&u); err != nil {
		return m, err
	}
	m.Kernel = unix.ByteSliceToString(u.Release[:])
	var err error
	if m.FileSystem, err = fileSystem(b.work); err != nil {
		return m, err
	}
	m.Versions = versions(b)
	return m, m.timeSyncs(b.work, b.count(300, 60))
}

func (m machine) lines() []string {
	return []string{
		fmt.Sprintf("%s, %d cores, %d MB; %s, Linux %s, %s", m.CPU, m.Cores, m.MemoryMB, m.System, m.Kernel, m.Day),
		fmt.Sprintf("%s; append 1 KiB + fsync %s, overwrite 1 KiB + fdatasync %s, fsync of an unchanged file %s (p50)", m.FileSystem, ms(m.Append), ms(m.Overwrite), ms(m.Clean)),
		m.Versions,
		fmt.Sprintf("load (1 min) before %s, after %s", m.LoadBefore, m.LoadAfter),
	}
}

func afterColon(path, name string) string  { return after(path, name, ":") }
func afterEquals(path, name string) string { return after(path, name, "=") }

// after finds the first line of a file that names something.
func after(path, name, separator string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(text)) {
		if left, right, ok := strings.Cut(line, separator); ok && strings.TrimSpace(left) == name {
			return strings.TrimSpace(right)
		}
	}
	return "unknown"
}

func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	one, _, _ := strings.Cut(string(text), " ")
	return one
}

// fileSystem names the kind of file system under dir: that of the longest mount
// point above it.
func fileSystem(dir string) (string, error) {
	text, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return "", err
	}
	longest, kind := "", ""
	for line := range strings.Lines(string(text)) {
		left, right, ok := strings.Cut(line, " - ")
		at, what := strings.Fields(left), strings.Fields(right)
		if !ok || len(at) < 6 || len(what) < 1 {
			continue
		}
		inside := at[4] == "/" || dir == at[4] || strings.HasPrefix(dir, at[4]+"/")
		if inside && len(at[4]) >= len(longest) {
			longest, kind = at[4], what[0]
		}
	}
	if kind == "" {
		return "", errors.New("no mount point above the work folder")
	}
	return kind, nil
}

// timeSyncs tells how long the plainest durable writes take here.
func (m *machine) timeSyncs(dir string, n int) (err error) {
	f, err := os.Create(filepath.Join(dir, "sync"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	kib := make([]byte, 1024)
	put := func(i int) error {
		kib[0]++
		_, err := f.WriteAt(kib, int64(i*len(kib)))
		return err
	}
	timed := func(times *[]time.Duration, work func() error) error {
		began := time.Now()
		err := work()
		*times = append(*times, time.Since(began))
		return err
	}
	for i := range n {
		err := errors.Join(
			timed(&m.Append, func() error { return errors.Join(put(i), f.Sync()) }),
			timed(&m.Clean, f.Sync),
			timed(&m.Overwrite, func() error { return errors.Join(put(i), unix.Fdatasync(int(f.Fd()))) }))
		if err != nil {
			return err
		}
	}
	return nil
}

// versions of what is compared, as far as they can be found.
func versions(b *bench) string {
	out := []string{runtime.Version()}
	add := func(name, version string) {
		if version != "" {
			out = append(out, name+" "+version)
		}
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		add("Badger", dependency(info, "github.com/dgraph-io/badger/v4"))
		add("SQLite (modernc)", dependency(info, "modernc.org/sqlite"))
	}
	if info, err := buildinfo.ReadFile(filepath.Join(b.root, "build", "bin", "shuting")); err == nil {
		add("Wails", dependency(info, "github.com/wailsapp/wails/v2"))
	}
	add("WebKitGTK", saidBy("pkg-config", "--modversion", "webkit2gtk-4.1"))
	out = append(out, saidBy("chromium", "--version"))
	return strings.TrimSuffix(strings.Join(out, ", "), ", ")
}

func dependency(info *debug.BuildInfo, path string) string {
	for _, d := range info.Deps {
		if d.Path == path {
			return d.Version
		}
	}
	return ""
}

func saidBy(line ...string) string {
	said, err := exec.Command(line[0], line[1:]...).Output()
	if err != nil {
		return ""
	}
	first, _, _ := strings.Cut(strings.TrimSpace(string(said)), "\n")
	return first
}
