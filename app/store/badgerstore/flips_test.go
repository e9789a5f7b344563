package badgerstore

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/dgraph-io/badger/v4"
)

// For every byte of the small files and many of the large ones: a flipped bit is
// either found by the check of that file, or leaves fewer commits than the
// watermark has, which Open refuses.
func TestAccept_L07_no_flipped_bit_goes_unnoticed(t *testing.T) {
	o := sample(t)
	key := mustRead(t, o.storeKeyPath())
	manifest, refusal := checkManifest(o.storeDir())
	if refusal != nil {
		t.Fatal(refusal)
	}
	registry, refusal := checkRegistry(o.storeDir(), key)
	if refusal != nil {
		t.Fatal(refusal)
	}
	const last = sampleSessions*sampleCommits + 1
	log := filesOf(t, o, "*.mem")[0]
	if scan, err := scanLog(mustRead(t, log), registry); err != nil || scan.last != last {
		t.Fatalf("the undamaged log ends at commit %d (%v), want %d", scan.last, err, last)
	}
	for _, f := range []struct {
		pattern string
		stride  int
		// noticed looks at the damaged content, which also lies at path.
		noticed func(path string, content []byte) bool
	}{
		{"MANIFEST", 1, func(path string, _ []byte) bool {
			m, refusal := checkManifest(filepath.Dir(path))
			if refusal != nil {
				return true
			}
			// Fewer tables mean fewer commits or a gap before the log.
			in, err := inspect(ctx, filepath.Dir(path), key, 1<<30)
			return !maps.Equal(m.Tables, manifest.Tables) && (err != nil || in.commits < last)
		}},
		{"KEYREGISTRY", 1, func(path string, _ []byte) bool {
			_, refusal := checkRegistry(filepath.Dir(path), key)
			return refusal != nil
		}},
		{"*.sst", 61, func(path string, _ []byte) bool {
			return tableDamaged(path, manifest, registry)
		}},
		{"*.mem", 41, func(_ string, content []byte) bool {
			scan, err := scanLog(content, registry)
			return err != nil || scan.last < last
		}},
	} {
		path := filesOf(t, o, f.pattern)[0]
		content := bytes.TrimRight(mustRead(t, path), "\x00")
		if f.pattern != "*.mem" {
			content = mustRead(t, path)
		}
		checked, unnoticed := 0, 0
		for at := 0; at < len(content); at += f.stride {
			for _, bit := range []byte{1, 0x40} {
				content[at] ^= bit
				mustWrite(t, path, content)
				checked++
				if !f.noticed(path, content) {
					unnoticed++
					t.Errorf("%s: bit %#x of byte %d of %d goes unnoticed", f.pattern, bit, at, len(content))
				}
				content[at] ^= bit
			}
		}
		mustWrite(t, path, content)
		if checked < 100 {
			t.Errorf("%s: only %d bits were tried", f.pattern, checked)
		}
	}
}

func tableDamaged(path string, manifest badger.Manifest, registry *badger.KeyRegistry) bool {
	keyID := uint64(0)
	for _, m := range manifest.Tables {
		keyID = m.KeyID
	}
	table, err := openTable(path, keyID, registry)
	if err != nil {
		return true
	}
	return errors.Join(table.verify(ctx), table.close()) != nil
}

func TestManyCutsOfALogAreNoticed(t *testing.T) {
	o := sample(t)
	registry, refusal := checkRegistry(o.storeDir(), mustRead(t, o.storeKeyPath()))
	if refusal != nil {
		t.Fatal(refusal)
	}
	content := bytes.TrimRight(mustRead(t, filesOf(t, o, "*.mem")[0]), "\x00")
	for size := range len(content) {
		if size%37 != 0 {
			continue
		}
		scan, err := scanLog(content[:size], registry)
		if err == nil && scan.last == sampleSessions*sampleCommits+1 {
			t.Errorf("cut to %d of %d bytes the log still counts as whole", size, len(content))
		}
	}
}

func TestWatermarkSurvivesATornSlot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "watermark")
	if err := os.WriteFile(path, firstWatermark(1), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := openWatermark(path, 1)
	if err != nil {
		t.Fatal(err)
	}
	for n := uint64(2); n <= 9; n++ {
		if err := w.note(n); err != nil {
			t.Fatal(err)
		}
		content := mustRead(t, path)
		if got, err := parseWatermark(content); err != nil || got != n {
			t.Errorf("after %d: %d (%v)", n, got, err)
		}
		content[n%2*slotSize+10] ^= 1 // the slot just written
		if got, err := parseWatermark(content); err != nil || got != n-1 {
			t.Errorf("with the newest slot torn: %d (%v), want %d", got, err, n-1)
		}
	}
	if err := w.close(); err != nil {
		t.Fatal(err)
	}
}
