package badgerstore

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
)

// engineFormat is the version in the head of the manifest that this program's
// Badger writes.
const engineFormat = 8

// checkManifest reads the list of tables without changing it. A last record cut
// short is what a power cut leaves and is accepted: Badger drops it, and the
// logs still hold what its tables would have.
func checkManifest(dir string) (badger.Manifest, *OpenError) {
	path := filepath.Join(dir, badger.ManifestFilename)
	none := badger.Manifest{}
	content, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return none, damaged(CodeManifestMissing, path, "the list of tables is missing")
	case err != nil:
		return none, damaged(CodeManifestDamaged, path, "the list of tables cannot be read").because(err)
	case len(content) < 8 || string(content[:4]) != "Bdgr":
		return none, damaged(CodeManifestDamaged, path, "the list of tables has no proper beginning")
	}
	if v := binary.BigEndian.Uint16(content[6:]); v > engineFormat && v < engineFormat+8 {
		return none, refuse(CodeNewerFormat, path, todoNewer, "the engine's format is %d, this program knows %d", v, engineFormat)
	}
	f, err := os.Open(path)
	if err != nil {
		return none, damaged(CodeManifestDamaged, path, "the list of tables cannot be read").because(err)
	}
	defer f.Close()
	manifest, end, err := badger.ReplayManifestFile(f, 0, badger.Options{})
	if err != nil {
		return none, damaged(CodeManifestDamaged, path, "the list of tables is damaged")
	}
	if lengthDamaged(content[min(end, int64(len(content))):]) {
		return none, damaged(CodeManifestDamaged, path, "the list of tables has a record of a wrong length")
	}
	return manifest, nil
}

// lengthDamaged tells a record whose length field was hit from one that was cut
// short: its checksum fits some beginning of what is there.
func lengthDamaged(tail []byte) bool {
	if len(tail) < 8 {
		return false
	}
	want, sum := binary.BigEndian.Uint32(tail[4:]), uint32(0)
	for i := 8; ; i++ {
		if sum == want {
			return true
		}
		if i == len(tail) {
			return false
		}
		sum = crc32.Update(sum, castagnoli, tail[i:i+1])
	}
}
