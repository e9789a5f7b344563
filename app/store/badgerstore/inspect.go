package badgerstore

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/table"
)

// commitKey holds the number of the last commit. Keys of callers are stored
// behind callerPrefix, so this one sorts before all of them.
var commitKey = []byte("\x00commit")

func encodeCommit(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

func decodeCommit(value []byte) (uint64, bool) {
	if len(value) != 8 {
		return 0, false
	}
	n := binary.BigEndian.Uint64(value)
	return n, n != 0
}

// inspection is what a read-only look at Badger's folder found.
type inspection struct {
	commits    uint64   // number of the last commit in the folder
	leftovers  []string // empty files of an interrupted creation, to be removed
	unverified []uint64 // tables whose blocks were beyond the budget
	registry   *badger.KeyRegistry
}

// inspect reads what Badger would trust and refuses what it must not see. It
// changes nothing. budget is how many bytes of table blocks to check in full.
func inspect(ctx context.Context, dir string, key []byte, budget int64) (*inspection, error) {
	manifest, refusal := checkManifest(dir)
	if refusal != nil {
		return nil, refusal
	}
	registry, refusal := checkRegistry(dir, key)
	if refusal != nil {
		return nil, refusal
	}
	in := &inspection{registry: registry}
	if err := in.tables(ctx, dir, manifest, budget); err != nil {
		return nil, err
	}
	if refusal := in.logs(dir); refusal != nil {
		return nil, refusal
	}
	if refusal := in.valueLogs(dir); refusal != nil {
		return nil, refusal
	}
	return in, nil
}

// tables checks every table of the manifest, newest first, as those are the
// likeliest to have met a power cut.
func (in *inspection) tables(ctx context.Context, dir string, manifest badger.Manifest, budget int64) error {
	ids := make([]uint64, 0, len(manifest.Tables))
	for id := range manifest.Tables {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	slices.Reverse(ids)
	for _, id := range ids {
		path := table.NewFilename(id, dir)
		t, err := openTable(path, manifest.Tables[id].KeyID, in.registry)
		if err != nil {
			return tableRefusal(path, err)
		}
		n, err := t.newestCommit()
		in.commits = max(in.commits, n)
		switch {
		case err != nil:
		case budget < t.size:
			in.unverified = append(in.unverified, id)
			budget = 0 // smaller, older ones must not jump the queue
		default:
			budget -= t.size
			err = t.verify(ctx)
		}
		if err := errors.Join(err, t.close()); err != nil {
			return tableRefusal(path, err)
		}
	}
	return nil
}

func tableRefusal(path string, err error) error {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, fs.ErrNotExist):
		return damaged(CodeTableMissing, path, "a table is missing")
	case errors.Is(err, errTable):
		return damaged(CodeTableDamaged, path, "a table is cut or damaged")
	}
	return damaged(CodeTableDamaged, path, "a table cannot be read").because(err)
}

// logs checks the memtable logs: together with the tables they must hold an
// unbroken run of commits.
func (in *inspection) logs(dir string) *OpenError {
	names, refusal := numbered(dir, ".mem")
	if refusal != nil {
		return refusal
	}
	for _, name := range names {
		path := filepath.Join(dir, name)
		data, err := os.ReadFile(path)
		if err != nil {
			return damaged(CodeLogDamaged, path, "a log cannot be read").because(err)
		}
		if len(data) == 0 {
			in.leftovers = append(in.leftovers, path)
			continue
		}
		scan, err := scanLog(data, in.registry)
		if err != nil {
			return damaged(CodeLogDamaged, path, "a log is damaged in the middle")
		}
		// A log may repeat what tables hold already.
		if scan.first > in.commits+1 {
			return damaged(CodeLogDamaged, path, "commits %d to %d are missing before this log", in.commits+1, scan.first-1)
		}
		in.commits = max(in.commits, scan.last)
	}
	return nil
}

// valueLogs checks that the value logs are there and, as this store writes none,
// without values.
func (in *inspection) valueLogs(dir string) *OpenError {
	names, refusal := numbered(dir, ".vlog")
	if refusal != nil {
		return refusal
	}
	whole := 0
	for _, name := range names {
		path := filepath.Join(dir, name)
		head, empty, err := readHead(path)
		switch {
		case err != nil:
			return damaged(CodeLogDamaged, path, "a value log cannot be read").because(err)
		case len(head) == 0:
			in.leftovers = append(in.leftovers, path)
			continue
		case len(head) < logHead || !empty:
			return damaged(CodeLogDamaged, path, "a value log is cut or holds what this program never writes")
		}
		if _, err := in.registry.DataKey(binary.BigEndian.Uint64(head)); err != nil {
			return damaged(CodeLogDamaged, path, "a value log names an unknown data key")
		}
		whole++
	}
	if whole == 0 {
		return damaged(CodeFilesMissing, dir, "the value log is missing, so the folder is not complete")
	}
	return nil
}

// readHead returns up to logHead bytes and whether all that follows is zero.
func readHead(path string) (head []byte, empty bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	head, err = io.ReadAll(io.LimitReader(f, logHead))
	if err != nil {
		return nil, false, err
	}
	zero, buf := make([]byte, 1<<18), make([]byte, 1<<18)
	for {
		n, err := f.Read(buf)
		if !bytes.Equal(buf[:n], zero[:n]) {
			return head, false, nil
		}
		if errors.Is(err, io.EOF) {
			return head, true, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
}

// numbered lists the files "<number><ext>" in the order of their numbers.
func numbered(dir, ext string) ([]string, *OpenError) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, damaged(CodeFilesMissing, dir, "the folder cannot be read").because(err)
	}
	numbers := map[string]uint64{}
	var names []string
	for _, e := range entries {
		stem, ok := strings.CutSuffix(e.Name(), ext)
		if !ok {
			continue
		}
		n, err := strconv.ParseUint(stem, 10, 32)
		if err != nil {
			return nil, damaged(CodeFilesMissing, filepath.Join(dir, e.Name()), "a file has a name that does not belong here")
		}
		numbers[e.Name()] = n
		names = append(names, e.Name())
	}
	slices.SortFunc(names, func(a, b string) int { return int(numbers[a]) - int(numbers[b]) })
	return names, nil
}
