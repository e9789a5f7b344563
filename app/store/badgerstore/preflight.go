package badgerstore

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// situation is what the two folders hold, by name only.
type situation struct {
	sentinel, store, watermark bool // in the data folder
	library, pending, keyFiles bool // in the folder of the keys
}

func (s situation) data() bool { return s.sentinel || s.store || s.watermark }

func look(o Options) (situation, *OpenError) {
	var s situation
	for path, found := range map[string]*bool{
		o.sentinelPath(): &s.sentinel, o.watermarkPath(): &s.watermark,
		o.libraryPath(): &s.library, o.pendingPath(): &s.pending,
	} {
		there, refusal := exists(path)
		if refusal != nil {
			return s, refusal
		}
		*found = there
	}
	for _, path := range []string{o.storeKeyPath(), o.sealKeyPath()} {
		there, refusal := exists(path)
		if refusal != nil {
			return s, refusal
		}
		s.keyFiles = s.keyFiles || there
	}
	entries, err := os.ReadDir(o.storeDir())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s, unreadable(o.storeDir(), err)
	}
	s.store = len(entries) > 0
	return s, nil
}

func exists(path string) (bool, *OpenError) {
	_, err := os.Stat(path)
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	}
	return false, unreadable(path, err)
}

func unreadable(path string, err error) *OpenError {
	return refuse(CodeFolder, path, "Check the path and its permissions", "it cannot be looked at").because(err)
}

// isNew reports whether a library may be made here (or its making completed),
// and refuses when something says that there is or was one.
func (s situation) isNew(o Options) (bool, *OpenError) {
	switch {
	case s.library:
		if !s.data() {
			return false, damaged(CodeDataEmptied, o.Dir, "the data folder is empty, but its keys (%s) remember a library", o.KeysDir)
		}
		return false, nil
	case s.pending:
		return true, nil // interrupted first start: library.json comes last
	case s.keyFiles:
		return false, refuse(CodeKeysMissing, o.libraryPath(), todoRecover, "the folder of the keys is not complete")
	case s.data():
		return false, refuse(CodeKeysMissing, o.KeysDir, todoRecover, "there is a library, but its keys are missing")
	}
	return true, nil
}

// vouched is what the preflight has proven.
type vouched struct {
	id   identity
	keys keys
	*inspection
}

// preflight reads everything Badger would trust and refuses what does not hold
// together. It changes nothing.
func preflight(ctx context.Context, o Options) (*vouched, error) {
	id, refusal := checkIdentity(o)
	if refusal != nil {
		return nil, refusal
	}
	if entries, err := os.ReadDir(o.storeDir()); err != nil || len(entries) == 0 {
		return nil, damaged(CodeFilesMissing, o.storeDir(), "the folder of the store is missing or empty")
	}
	k, refusal := readKeys(o, id)
	if refusal != nil {
		return nil, refusal
	}
	mark, refusal := checkWatermark(o)
	if refusal != nil {
		return nil, refusal
	}
	in, err := inspect(ctx, o.storeDir(), k.store, o.VerifyAtOpen)
	if err != nil {
		return nil, err
	}
	if in.commits < mark {
		lost := damaged(CodeCommitsLost, o.storeDir(), "the store ends at commit %d, but %d were acknowledged", in.commits, mark)
		lost.Lost = mark - in.commits
		return nil, lost
	}
	if refusal := roomToStart(o); refusal != nil {
		return nil, refusal
	}
	return &vouched{id: id, keys: k, inspection: in}, nil
}

// checkIdentity compares the record beside the data with the one beside the keys.
func checkIdentity(o Options) (identity, *OpenError) {
	sentinel, refusal := readSentinel(o)
	if refusal != nil {
		return identity{}, refusal
	}
	text, err := os.ReadFile(o.libraryPath())
	if err != nil {
		return identity{}, refuse(CodeKeysMissing, o.libraryPath(), todoRecover, "the record of the keys cannot be read").because(err)
	}
	library, err := parseIdentity(text)
	switch {
	case errors.Is(err, errIdentityNewer):
		return identity{}, refuse(CodeNewerFormat, o.libraryPath(), todoNewer, "the keys were made by a newer program")
	case err != nil:
		return identity{}, refuse(CodeKeyDamaged, o.libraryPath(), todoRecover, "the record of the keys is damaged")
	case library.Check != sentinel.Check:
		return identity{}, refuse(CodeKeysOther, o.KeysDir, todoRecover, "the keys belong to another library")
	}
	return sentinel, nil
}

func readSentinel(o Options) (identity, *OpenError) {
	path := o.sentinelPath()
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return identity{}, damaged(CodeSentinelMissing, path, "the record that says whose data this is, is missing")
	case err != nil:
		return identity{}, unreadable(path, err)
	}
	id, err := parseIdentity(text)
	switch {
	case errors.Is(err, errIdentityNewer):
		return id, refuse(CodeNewerFormat, path, todoNewer, "the data was written by a newer program")
	case err != nil:
		return id, damaged(CodeSentinelDamaged, path, "the record that says whose data this is, is damaged")
	}
	return id, nil
}

func checkWatermark(o Options) (uint64, *OpenError) {
	path := o.watermarkPath()
	content, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, damaged(CodeWatermarkMissing, path, "the count of acknowledged commits is missing, so the folder is not complete")
	}
	if err != nil {
		return 0, unreadable(path, err)
	}
	n, err := parseWatermark(content)
	if err != nil {
		return 0, damaged(CodeWatermarkDamaged, path, "the count of acknowledged commits is damaged").because(err)
	}
	return n, nil
}

// roomToStart refuses to let Badger write on a disk that is almost full: it
// would die in the middle of it.
func roomToStart(o Options) *OpenError {
	free, err := o.FreeSpace(existingParent(o.Dir))
	if err != nil {
		return unreadable(o.Dir, err)
	}
	if free < startFreeBytes {
		return refuse(CodeNoSpace, o.Dir, "Free some space and start again; nothing is lost",
			"%d bytes are free, %d are needed to start", free, uint64(startFreeBytes))
	}
	return nil
}

func existingParent(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			return dir
		}
		dir = filepath.Dir(dir)
	}
}
