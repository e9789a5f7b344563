package badgerstore

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"shuting/app/store"
)

// A sample library has commits in tables (from two closed sessions) and in a
// log, as a process leaves it that was killed: it is copied while open.
const (
	sampleSessions = 3
	sampleCommits  = 40 // per session
	sampleWrites   = 3  // keys per commit
)

var (
	sampleOnce sync.Once
	sampleRoot string
	sampleErr  error
)

func sampleKey(session, commit, i int) string {
	return fmt.Sprintf("s%d/c%03d/k%d", session, commit, i)
}

func sampleValue(session, commit, i int) string {
	return strings.Repeat(fmt.Sprintf("value %d %d %d;", session, commit, i), 20)
}

func makeSample() error {
	root, err := os.MkdirTemp("", "shuting-sample-")
	if err != nil {
		return err
	}
	sampleRoot = filepath.Join(root, "killed")
	o := Options{Dir: filepath.Join(root, "live", "data"), FreeSpace: plenty}
	for session := range sampleSessions {
		s, err := Open(o)
		if err != nil {
			return err
		}
		for c := range sampleCommits {
			err := s.Update(ctx, func(tx store.Tx) error {
				var errs []error
				for i := range sampleWrites {
					errs = append(errs, tx.Set([]byte(sampleKey(session, c, i)), []byte(sampleValue(session, c, i))))
				}
				return errors.Join(errs...)
			})
			if err != nil {
				return err
			}
		}
		if session == sampleSessions-1 {
			err = errors.Join(copyTree(filepath.Join(root, "live"), sampleRoot), shorten(filepath.Join(sampleRoot, "data", "store")))
		}
		if err := errors.Join(err, s.Close()); err != nil {
			return err
		}
	}
	return nil
}

// shorten cuts most of the zeros behind the logs, 48 MiB of them, to make the
// many copies of the sample cheap. Logs of full length are met in the kill test.
func shorten(dir string) error {
	for _, pattern := range []string{"*.mem", "*.vlog"} {
		paths, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, path := range paths {
			content, err := os.ReadFile(path)
			if err == nil {
				err = os.Truncate(path, int64(len(bytes.TrimRight(content, "\x00"))+(64<<10)))
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// sample returns a fresh copy of the sample library.
func sample(tb testing.TB) Options {
	tb.Helper()
	sampleOnce.Do(func() { sampleErr = makeSample() })
	if sampleErr != nil {
		tb.Fatalf("sample library: %v", sampleErr)
	}
	root := tb.TempDir()
	if err := copyTree(sampleRoot, root); err != nil {
		tb.Fatal(err)
	}
	o, err := Options{Dir: filepath.Join(root, "data"), FreeSpace: plenty}.normalised()
	if err != nil {
		tb.Fatal(err)
	}
	return o
}

// mustBeWhole fails unless every value of the sample library is there.
func mustBeWhole(tb testing.TB, s *Store) {
	tb.Helper()
	for session := range sampleSessions {
		for c := range sampleCommits {
			for i := range sampleWrites {
				mustHave(tb, s, sampleKey(session, c, i), sampleValue(session, c, i))
			}
		}
	}
}

// copyTree copies a folder and leaves holes where a file is zero: Badger's logs
// are mostly that.
func copyTree(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		if d.IsDir() {
			return os.MkdirAll(target, 0o700)
		}
		return copyFile(path, target)
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	buf, zero := make([]byte, 64<<10), make([]byte, 64<<10)
	at := int64(0)
	for {
		n, err := in.Read(buf)
		if !bytes.Equal(buf[:n], zero[:n]) {
			if _, err := out.WriteAt(buf[:n], at); err != nil {
				return errors.Join(err, out.Close())
			}
		}
		at += int64(n)
		if errors.Is(err, io.EOF) {
			return errors.Join(out.Truncate(at), out.Close())
		}
		if err != nil {
			return errors.Join(err, out.Close())
		}
	}
}

// fingerprints describes every file and folder below the two folders of o: name,
// mode, size, time of the last change and a checksum of the content.
func fingerprints(tb testing.TB, o Options) map[string]string {
	tb.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(filepath.Dir(o.Dir), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		all[path] = fmt.Sprint(info.Mode(), info.ModTime().UnixNano())
		if d.IsDir() {
			return nil
		}
		content, err := os.ReadFile(path)
		all[path] += fmt.Sprint(" ", len(content), " ", crc32.Checksum(content, castagnoli))
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func mustBeUnchanged(tb testing.TB, o Options, before map[string]string) {
	tb.Helper()
	after := fingerprints(tb, o)
	if maps.Equal(before, after) {
		return
	}
	for path := range before {
		if after[path] != before[path] {
			tb.Errorf("changed by a refused open: %s: %s → %s", path, before[path], after[path])
		}
	}
	for path := range after {
		if before[path] == "" {
			tb.Errorf("made by a refused open: %s", path)
		}
	}
}

// The functions below damage a file of the library and end the test when there
// is nothing to damage.

func filesOf(tb testing.TB, o Options, pattern string) []string {
	tb.Helper()
	paths, err := filepath.Glob(filepath.Join(o.storeDir(), pattern))
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no %s in the sample library (%v)", pattern, err)
	}
	size := map[string]int{}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) { // an open engine may have removed it
			tb.Fatal(err)
		}
		size[path] = len(bytes.TrimRight(content, "\x00"))
	}
	slices.SortFunc(paths, func(a, b string) int { return size[b] - size[a] }) // fullest first
	return paths
}

func mustRead(tb testing.TB, path string) []byte {
	tb.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

func mustWrite(tb testing.TB, path string, content []byte) {
	tb.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		tb.Fatal(err)
	}
}

func mustRemove(tb testing.TB, path string) {
	tb.Helper()
	if _, err := os.Stat(path); err != nil {
		tb.Fatal(err)
	}
	if err := os.RemoveAll(path); err != nil {
		tb.Fatal(err)
	}
}

func cut(tb testing.TB, path string, size int64) {
	tb.Helper()
	if err := os.Truncate(path, size); err != nil {
		tb.Fatal(err)
	}
}

// flip changes one bit of the byte at offset; a negative one counts from the end.
func flip(tb testing.TB, path string, offset int) {
	tb.Helper()
	content := mustRead(tb, path)
	if offset < 0 {
		offset += len(content)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		tb.Fatal(err)
	}
	_, err = f.WriteAt([]byte{content[offset] ^ 0x10}, int64(offset))
	if err := errors.Join(err, f.Close()); err != nil {
		tb.Fatal(err)
	}
}

// used is the length of a log up to its last byte that is not zero.
func used(tb testing.TB, path string) int {
	tb.Helper()
	return len(bytes.TrimRight(mustRead(tb, path), "\x00"))
}
