package badgerstore

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

// Sizes of Badger's parts, in bytes, chosen for a kiosk with little memory.
const (
	memTableSize = 8 << 20
	// Tables are of one small size at every level: merging them takes little memory.
	tableSize        = 1 << 20
	valueLogFileSize = 16 << 20
	numMemtables     = 2
	blockCacheSize   = 8 << 20
	// A million items lie in some 750 tables, whose indexes take more than 8 MiB; what
	// is not in the cache is read and decrypted for every record. A small library
	// uses as much of it as its own indexes take.
	indexCacheSize = 32 << 20
	// valueThreshold is above store.MaxValueBytes: every value lies in the log
	// and the tables, never in the value log, whose sync errors Badger only logs.
	valueThreshold = 1 << 20
	// keyRotation is long because a new data key is no safer while the old ones
	// lie in the same file; a rotation only adds ways to break.
	keyRotation = 10 * 365 * 24 * time.Hour
)

const (
	// LeastFreeBytes is the smallest floor accepted. Badger maps its logs at
	// twice their size and writes through the map, so a disk that fills up under
	// it kills the process. The floor leaves room for both logs at full size and
	// for once more the same, which flushing and compacting may need meanwhile.
	LeastFreeBytes = 2 * (2*memTableSize + 2*valueLogFileSize)
	// DefaultMinFreeBytes is the floor when Options name none.
	DefaultMinFreeBytes = 200 << 20
	// startFreeBytes is what opening and the replay of the logs may need.
	startFreeBytes = 64 << 20
	// closeFreeBytes is what a tidy close may need to flush the memtable.
	closeFreeBytes = 32 << 20
	// DefaultVerifyAtOpen is how much of the tables Open checks in full.
	DefaultVerifyAtOpen = 256 << 20
)

// Options say where one library lies and how careful to be.
type Options struct {
	// Dir is the data folder. It is created when missing, if nothing says that
	// there was a library in it.
	Dir string
	// KeysDir is the folder of the keys; empty means Dir with "-keys" behind it.
	KeysDir string
	// Existing refuses to make a library where there is none (CodeNoLibrary).
	Existing bool
	// MinFreeBytes is the floor of free space under which Update is refused;
	// 0 means DefaultMinFreeBytes, less than LeastFreeBytes is an error.
	MinFreeBytes uint64
	// VerifyAtOpen is how many bytes of tables are checked in full before Open
	// returns; the rest follows in the background. 0 means DefaultVerifyAtOpen.
	VerifyAtOpen int64
	// FreeSpace tells the free bytes of the file system that holds dir. Nil asks
	// the operating system.
	FreeSpace func(dir string) (uint64, error)
	// Logger gets the store's own messages and the engine's errors, never a key
	// or a value. Nil discards them.
	Logger *slog.Logger

	// step is called by tests after each durable step of the first start.
	step func(name string)
}

func (o Options) normalised() (Options, error) {
	if o.Dir == "" {
		return o, errors.New("badgerstore: no data folder named")
	}
	o.Dir = filepath.Clean(o.Dir)
	if o.KeysDir == "" {
		o.KeysDir = o.Dir + "-keys"
	}
	o.KeysDir = filepath.Clean(o.KeysDir)
	if within(o.Dir, o.KeysDir) || within(o.KeysDir, o.Dir) {
		return o, errors.New("badgerstore: the folder of the keys must lie outside the data folder")
	}
	if o.MinFreeBytes == 0 {
		o.MinFreeBytes = DefaultMinFreeBytes
	}
	if o.MinFreeBytes < LeastFreeBytes {
		return o, fmt.Errorf("badgerstore: floor of free space is %d bytes, at least %d are needed",
			o.MinFreeBytes, uint64(LeastFreeBytes))
	}
	if o.VerifyAtOpen == 0 {
		o.VerifyAtOpen = DefaultVerifyAtOpen
	}
	if o.FreeSpace == nil {
		o.FreeSpace = freeSpace
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.step == nil {
		o.step = func(string) {}
	}
	return o, nil
}

// within reports whether path is dir or lies in it.
func within(dir, path string) bool {
	a, errA := filepath.Abs(dir)
	b, errB := filepath.Abs(path)
	if errA != nil || errB != nil {
		return false
	}
	rel, err := filepath.Rel(a, b)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func (o Options) sentinelPath() string  { return filepath.Join(o.Dir, "shuting.json") }
func (o Options) watermarkPath() string { return filepath.Join(o.Dir, "watermark") }
func (o Options) storeDir() string      { return filepath.Join(o.Dir, "store") }
func (o Options) newStoreDir() string   { return filepath.Join(o.Dir, "store.new") }
func (o Options) libraryPath() string   { return filepath.Join(o.KeysDir, "library.json") }
func (o Options) pendingPath() string   { return filepath.Join(o.KeysDir, "recovery.pending") }
func (o Options) storeKeyPath() string  { return filepath.Join(o.KeysDir, "store.key") }
func (o Options) sealKeyPath() string   { return filepath.Join(o.KeysDir, "seal.key") }

// engineOptions are Badger's settings for a kiosk. Each was chosen for
// durability first and a small footprint second.
func engineOptions(dir string, key []byte, log *slog.Logger) badger.Options {
	o := badger.DefaultOptions(dir).
		WithSyncWrites(true).
		WithDetectConflicts(true).
		WithMemTableSize(memTableSize).
		WithValueLogFileSize(valueLogFileSize).
		WithNumMemtables(numMemtables).
		WithNumCompactors(2).
		WithNumVersionsToKeep(1).
		WithCompression(options.None).
		WithBlockCacheSize(blockCacheSize).
		WithIndexCacheSize(indexCacheSize).
		WithValueThreshold(valueThreshold).
		WithMetricsEnabled(false).
		WithEncryptionKey(key).
		WithEncryptionKeyRotationDuration(keyRotation).
		WithBaseTableSize(tableSize).
		WithLogger(engineLogger{log})
	o.TableSizeMultiplier = 1
	return o
}
