package badgerstore

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
)

// registryHead is the length of the part that proves the key: an IV and the
// encrypted text that Badger compares.
const registryHead = 16 + 12

// checkRegistry opens the data keys read-only. The key was already proven to be
// this library's, so a mismatch means another library's registry or damage.
func checkRegistry(dir string, key []byte) (*badger.KeyRegistry, *OpenError) {
	path := filepath.Join(dir, badger.KeyRegistryFileName)
	content, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, damaged(CodeRegistryMissing, path, "the file of the data keys is missing, without it nothing can be read")
	case err != nil:
		return nil, damaged(CodeRegistryDamaged, path, "the file of the data keys cannot be read").because(err)
	case !registryWhole(content):
		return nil, damaged(CodeRegistryDamaged, path, "the file of the data keys is cut or damaged")
	}
	registry, err := badger.OpenKeyRegistry(badger.KeyRegistryOptions{
		Dir: dir, ReadOnly: true, EncryptionKey: key, EncryptionKeyRotationDuration: keyRotation,
	})
	if errors.Is(err, badger.ErrEncryptionKeyMismatch) {
		return nil, refuse(CodeWrongKey, path, todoWrongKey, "the key does not fit the data, or the beginning of this file is damaged")
	}
	if err != nil {
		return nil, damaged(CodeRegistryDamaged, path, "the file of the data keys is damaged")
	}
	return registry, nil
}

// registryWhole checks that the records fill the file exactly. Badger's reader
// would take a cut record for the end, and a damaged length for memory to
// allocate. At least one data key must be there.
func registryWhole(content []byte) bool {
	if len(content) <= registryHead {
		return false
	}
	rest := content[registryHead:]
	for len(rest) > 0 {
		if len(rest) < 8 {
			return false
		}
		n := int64(binary.BigEndian.Uint32(rest))
		if n == 0 || n > int64(len(rest)-8) {
			return false
		}
		rest = rest[8+n:]
	}
	return true
}
