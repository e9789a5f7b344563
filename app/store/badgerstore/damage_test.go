package badgerstore

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Each case does one thing to a real folder. The open must be refused with one
// of the codes, and must not change a byte.
var damages = []struct {
	name  string
	harm  func(tb testing.TB, o Options)
	codes []Code
}{
	{"the data folder is emptied", func(tb testing.TB, o Options) {
		mustRemove(tb, o.storeDir())
		mustRemove(tb, o.sentinelPath())
		mustRemove(tb, o.watermarkPath())
	}, []Code{CodeDataEmptied}},
	{"the data folder is gone", func(tb testing.TB, o Options) { mustRemove(tb, o.Dir) }, []Code{CodeDataEmptied}},
	{"the store folder is emptied", func(tb testing.TB, o Options) {
		mustRemove(tb, o.storeDir())
		if err := os.Mkdir(o.storeDir(), 0o700); err != nil {
			tb.Fatal(err)
		}
	}, []Code{CodeFilesMissing}},
	{"the store folder is gone", func(tb testing.TB, o Options) { mustRemove(tb, o.storeDir()) }, []Code{CodeFilesMissing}},

	{"the sentinel is missing", func(tb testing.TB, o Options) { mustRemove(tb, o.sentinelPath()) }, []Code{CodeSentinelMissing}},
	{"a bit of the sentinel is flipped", func(tb testing.TB, o Options) { flip(tb, o.sentinelPath(), 60) }, []Code{CodeSentinelDamaged}},
	{"the sentinel is empty", func(tb testing.TB, o Options) { cut(tb, o.sentinelPath(), 0) }, []Code{CodeSentinelDamaged}},
	{"the sentinel is of a newer program", func(tb testing.TB, o Options) {
		mustWrite(tb, o.sentinelPath(), []byte(`{"format": 2, "library": {"name": "unknown shape"}}`))
	}, []Code{CodeNewerFormat}},
	{"the watermark is missing", func(tb testing.TB, o Options) { mustRemove(tb, o.watermarkPath()) }, []Code{CodeWatermarkMissing}},
	{"the watermark is cut", func(tb testing.TB, o Options) { cut(tb, o.watermarkPath(), slotSize) }, []Code{CodeWatermarkDamaged}},
	{"both slots of the watermark are damaged", func(tb testing.TB, o Options) {
		flip(tb, o.watermarkPath(), 12)
		flip(tb, o.watermarkPath(), slotSize+17)
	}, []Code{CodeWatermarkDamaged}},

	{"MANIFEST is missing", func(tb testing.TB, o Options) { mustRemove(tb, filesOf(tb, o, "MANIFEST")[0]) }, []Code{CodeManifestMissing}},
	{"MANIFEST is empty", func(tb testing.TB, o Options) { cut(tb, filesOf(tb, o, "MANIFEST")[0], 0) }, []Code{CodeManifestDamaged}},
	{"a bit in the middle of MANIFEST is flipped", func(tb testing.TB, o Options) { flip(tb, filesOf(tb, o, "MANIFEST")[0], 26) }, []Code{CodeManifestDamaged}},
	{"MANIFEST lost its later half", func(tb testing.TB, o Options) { cut(tb, filesOf(tb, o, "MANIFEST")[0], 16) }, []Code{CodeLogDamaged, CodeCommitsLost}},
	{"MANIFEST is of a newer engine", func(tb testing.TB, o Options) {
		path := filesOf(tb, o, "MANIFEST")[0]
		content := mustRead(tb, path)
		content[7] = engineFormat + 1
		mustWrite(tb, path, content)
	}, []Code{CodeNewerFormat}},

	{"KEYREGISTRY is missing", func(tb testing.TB, o Options) { mustRemove(tb, filesOf(tb, o, "KEYREGISTRY")[0]) }, []Code{CodeRegistryMissing}},
	{"a bit of a data key in KEYREGISTRY is flipped", func(tb testing.TB, o Options) { flip(tb, filesOf(tb, o, "KEYREGISTRY")[0], -5) }, []Code{CodeRegistryDamaged}},
	{"a bit of the head of KEYREGISTRY is flipped", func(tb testing.TB, o Options) { flip(tb, filesOf(tb, o, "KEYREGISTRY")[0], 20) }, []Code{CodeWrongKey}},
	{"KEYREGISTRY is cut", func(tb testing.TB, o Options) { cut(tb, filesOf(tb, o, "KEYREGISTRY")[0], 40) }, []Code{CodeRegistryDamaged}},
	{"KEYREGISTRY lost its data keys", func(tb testing.TB, o Options) { cut(tb, filesOf(tb, o, "KEYREGISTRY")[0], registryHead) }, []Code{CodeRegistryDamaged}},

	{"a table is missing", func(tb testing.TB, o Options) { mustRemove(tb, filesOf(tb, o, "*.sst")[0]) }, []Code{CodeTableMissing}},
	{"a table is cut", func(tb testing.TB, o Options) {
		path := filesOf(tb, o, "*.sst")[0]
		cut(tb, path, int64(len(mustRead(tb, path))/2))
	}, []Code{CodeTableDamaged}},
	{"a table is empty", func(tb testing.TB, o Options) { cut(tb, filesOf(tb, o, "*.sst")[0], 0) }, []Code{CodeTableDamaged}},
	{"a bit in a table is flipped", func(tb testing.TB, o Options) { flip(tb, filesOf(tb, o, "*.sst")[0], 3000) }, []Code{CodeTableDamaged}},
	{"a bit in the index of a table is flipped", func(tb testing.TB, o Options) { flip(tb, filesOf(tb, o, "*.sst")[0], -60) }, []Code{CodeTableDamaged}},

	{"the log is missing", func(tb testing.TB, o Options) { mustRemove(tb, filesOf(tb, o, "*.mem")[0]) }, []Code{CodeCommitsLost}},
	{"the log is empty", func(tb testing.TB, o Options) { cut(tb, filesOf(tb, o, "*.mem")[0], 0) }, []Code{CodeCommitsLost}},
	{"the log is cut", func(tb testing.TB, o Options) {
		path := filesOf(tb, o, "*.mem")[0]
		cut(tb, path, int64(used(tb, path)/2))
	}, []Code{CodeCommitsLost}},
	{"a bit at the beginning of the log is flipped", func(tb testing.TB, o Options) { flip(tb, filesOf(tb, o, "*.mem")[0], logHead+30) }, []Code{CodeLogDamaged}},
	{"a bit in the middle of the log is flipped", func(tb testing.TB, o Options) {
		path := filesOf(tb, o, "*.mem")[0]
		flip(tb, path, used(tb, path)/2)
	}, []Code{CodeLogDamaged}},
	{"a bit of the last commit in the log is flipped", func(tb testing.TB, o Options) {
		path := filesOf(tb, o, "*.mem")[0]
		flip(tb, path, used(tb, path)-60)
	}, []Code{CodeCommitsLost}},
	{"a bit in the head of the log is flipped", func(tb testing.TB, o Options) { flip(tb, filesOf(tb, o, "*.mem")[0], 11) }, []Code{CodeLogDamaged, CodeCommitsLost}},
	{"a page in the middle of the log reads as zero", func(tb testing.TB, o Options) {
		path := filesOf(tb, o, "*.mem")[0]
		content := mustRead(tb, path)
		clear(content[4096:8192])
		mustWrite(tb, path, content)
	}, []Code{CodeLogDamaged}},
	{"the value log is missing", func(tb testing.TB, o Options) {
		for _, path := range filesOf(tb, o, "*.vlog") {
			mustRemove(tb, path)
		}
	}, []Code{CodeFilesMissing}},
	{"the value log is cut", func(tb testing.TB, o Options) { cut(tb, filesOf(tb, o, "*.vlog")[0], 7) }, []Code{CodeLogDamaged}},
	{"the head of the value log is damaged", func(tb testing.TB, o Options) { flip(tb, filesOf(tb, o, "*.vlog")[0], 5) }, []Code{CodeLogDamaged}},

	{"the keys are missing", func(tb testing.TB, o Options) { mustRemove(tb, o.KeysDir) }, []Code{CodeKeysMissing}},
	{"the store's key is missing", func(tb testing.TB, o Options) { mustRemove(tb, o.storeKeyPath()) }, []Code{CodeKeysMissing}},
	{"the sealing key is missing", func(tb testing.TB, o Options) { mustRemove(tb, o.sealKeyPath()) }, []Code{CodeKeysMissing}},
	{"a key is short", func(tb testing.TB, o Options) { cut(tb, o.storeKeyPath(), 31) }, []Code{CodeKeyDamaged}},
	{"a bit of the store's key is flipped", func(tb testing.TB, o Options) { flip(tb, o.storeKeyPath(), 9) }, []Code{CodeKeyDamaged}},
	{"a bit of the sealing key is flipped", func(tb testing.TB, o Options) { flip(tb, o.sealKeyPath(), 9) }, []Code{CodeKeyDamaged}},
	{"the record of the keys is damaged", func(tb testing.TB, o Options) { flip(tb, o.libraryPath(), 60) }, []Code{CodeKeyDamaged}},
	{"the record of the keys and the code are missing", func(tb testing.TB, o Options) {
		mustRemove(tb, o.libraryPath())
		mustRemove(tb, o.pendingPath())
	}, []Code{CodeKeysMissing}},
	{"the record of the keys is missing while the code is there", func(tb testing.TB, o Options) { mustRemove(tb, o.libraryPath()) }, []Code{CodeKeysMissing}},
	{"the keys are of another library", func(tb testing.TB, o Options) {
		mustRemove(tb, o.KeysDir)
		if err := copyTree(stranger(tb).KeysDir, o.KeysDir); err != nil {
			tb.Fatal(err)
		}
	}, []Code{CodeKeysOther}},
	{"the store is of another library", func(tb testing.TB, o Options) {
		mustRemove(tb, o.storeDir())
		if err := copyTree(stranger(tb).storeDir(), o.storeDir()); err != nil {
			tb.Fatal(err)
		}
	}, []Code{CodeWrongKey}},
}

// stranger returns another, closed library.
func stranger(tb testing.TB) Options {
	tb.Helper()
	o, err := newOptions(tb).normalised()
	if err != nil {
		tb.Fatal(err)
	}
	mustClose(tb, mustOpen(tb, o))
	return o
}

func TestAccept_L07_a_damaged_folder_is_refused_and_left_alone(t *testing.T) {
	for _, d := range damages {
		t.Run(d.name, func(t *testing.T) {
			o := sample(t)
			d.harm(t, o)
			before := fingerprints(t, o)
			s, err := Open(o)
			if err == nil {
				mustClose(t, s)
				t.Fatal("the damaged folder was opened")
			}
			refusal := refusedWith(t, err, d.codes...)
			mustBeUnchanged(t, o, before)
			if refusal.Code == CodeCommitsLost && refusal.Lost == 0 {
				t.Error("does not say how many commits are lost")
			}
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrKeys) && refusal.Code != CodeNewerFormat {
				t.Errorf("%v belongs to no group", refusal.Code)
			}
		})
	}
}

func TestAccept_L07_a_copy_that_stopped_anywhere_is_refused(t *testing.T) {
	whole := sample(t)
	var files []string
	if err := filepath.WalkDir(whole.Dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != "LOCK" && d.Name() != "DISCARD" {
			rel, _ := filepath.Rel(whole.Dir, path)
			files = append(files, rel)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(files) < 7 {
		t.Fatalf("only %d files in the sample: %v", len(files), files)
	}
	for n := range files {
		o := sample(t)
		mustRemove(t, o.Dir)
		for _, rel := range files[:n] {
			target := filepath.Join(o.Dir, rel)
			if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := copyFile(filepath.Join(whole.Dir, rel), target); err != nil {
				t.Fatal(err)
			}
		}
		before := fingerprints(t, o)
		if s, err := Open(o); err == nil {
			mustClose(t, s)
			t.Errorf("opened with only %v", files[:n])
		} else if !errors.Is(err, ErrDamaged) {
			t.Errorf("with only %v: %v", files[:n], err)
		}
		mustBeUnchanged(t, o, before)
	}
}

func TestAccept_L07_what_a_kill_or_a_power_cut_leaves_is_opened(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(tb testing.TB, o Options)
	}{
		{"nothing special", func(testing.TB, Options) {}},
		{"a part of a transaction that was not acknowledged", func(tb testing.TB, o Options) {
			before := mustRead(tb, o.watermarkPath())
			commitAndKill(tb, o, "unacknowledged")
			path := filesOf(tb, o, "*.mem")[0]
			content := mustRead(tb, path)
			clear(content[used(tb, path)-30:])
			mustWrite(tb, path, content)
			mustWrite(tb, o.watermarkPath(), before)
		}},
		{"a transaction whose middle did not reach the disk", func(tb testing.TB, o Options) {
			before := mustRead(tb, o.watermarkPath())
			commitAndKill(tb, o, strings.Repeat("long", 4000))
			path := filesOf(tb, o, "*.mem")[0]
			content, end := mustRead(tb, path), used(tb, path)
			clear(content[end-9000 : end-9000+4096])
			mustWrite(tb, path, content)
			mustWrite(tb, o.watermarkPath(), before)
		}},
		{"a commit that was not acknowledged any more", func(tb testing.TB, o Options) {
			before := mustRead(tb, o.watermarkPath())
			commitAndKill(tb, o, "x")
			mustWrite(tb, o.watermarkPath(), before)
		}},
		{"the beginning of a record behind MANIFEST", func(tb testing.TB, o Options) {
			path := filesOf(tb, o, "MANIFEST")[0]
			content := mustRead(tb, path)
			mustWrite(tb, path, append(content, 0, 0, 0, 40, 1, 2, 3, 4, 5, 6))
		}},
		{"files made but not filled", func(tb testing.TB, o Options) {
			mustWrite(tb, filepath.Join(o.storeDir(), "00099.mem"), nil)
			mustWrite(tb, filepath.Join(o.storeDir(), "000099.vlog"), nil)
			mustWrite(tb, filepath.Join(o.storeDir(), "000777.sst"), []byte("not yet in MANIFEST"))
			mustWrite(tb, o.sentinelPath()+".tmp", []byte("{"))
		}},
		{"one slot of the watermark is torn", func(tb testing.TB, o Options) { flip(tb, o.watermarkPath(), 9) }},
		{"the watermark is behind", func(tb testing.TB, o Options) { mustWrite(tb, o.watermarkPath(), firstWatermark(5)) }},
		{"the discard statistics are missing", func(tb testing.TB, o Options) { mustRemove(tb, filesOf(tb, o, "DISCARD")[0]) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := sample(t)
			c.do(t, o)
			for range 2 { // also once more after a clean close
				s := mustOpen(t, o)
				mustBeWhole(t, s)
				mustSet(t, s, "after", "x")
				mustClose(t, s)
			}
		})
	}
}

// commitAndKill makes one more commit and leaves the folders as if the process
// had been killed right after it.
func commitAndKill(tb testing.TB, o Options, value string) {
	tb.Helper()
	root, killed := filepath.Dir(o.Dir), filepath.Join(tb.TempDir(), "killed")
	s := mustOpen(tb, o)
	// The engine first moves the old log into a table; a copy in the middle of
	// that would be no picture of one moment.
	waitFor(tb, func() bool { return len(filesOf(tb, o, "*.mem")) == 1 })
	mustSet(tb, s, "one more", value)
	if err := copyTree(root, killed); err != nil {
		tb.Fatal(err)
	}
	mustClose(tb, s)
	mustRemove(tb, o.Dir)
	mustRemove(tb, o.KeysDir)
	if err := copyTree(killed, root); err != nil {
		tb.Fatal(err)
	}
}

func TestAccept_L07_keys_that_others_can_read_are_refused(t *testing.T) {
	if !modesMatter {
		t.Log("this system has no modes: nothing to refuse")
		return
	}
	for _, c := range []struct {
		path func(Options) string
		mode os.FileMode
	}{
		{Options.storeKeyPath, 0o640}, {Options.sealKeyPath, 0o604}, {func(o Options) string { return o.KeysDir }, 0o770},
	} {
		o := sample(t)
		if err := os.Chmod(c.path(o), c.mode); err != nil {
			t.Fatal(err)
		}
		before := fingerprints(t, o)
		_, err := Open(o)
		refusedWith(t, err, CodeKeysExposed)
		mustBeUnchanged(t, o, before)
	}
}

func TestAccept_L07_a_second_open_of_the_same_folder_is_refused(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	_, err := Open(o)
	refusedWith(t, err, CodeInUse)
	if !errors.Is(err, ErrInUse) {
		t.Errorf("%v is not ErrInUse", err)
	}
	mustSet(t, s, "still", "works")
	mustClose(t, s)
	mustClose(t, mustOpen(t, o))
}
