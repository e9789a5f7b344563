package badgerstore

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
)

// keySize is the size of each key file, in bytes: AES-256 for the store, and
// the same for sealing single fields.
const keySize = 32

// keys are the two secrets a running library needs.
type keys struct{ store, seal []byte }

// derive makes both keys from the recovery secret. The library id as salt keeps
// two libraries apart even if their secrets were ever equal.
func (s secret) derive(library string) (keys, error) {
	storeKey, err := hkdf.Key(sha256.New, s[:], []byte(library), "shuting store key v1", keySize)
	if err != nil {
		return keys{}, err
	}
	sealKey, err := hkdf.Key(sha256.New, s[:], []byte(library), "shuting seal key v1", keySize)
	return keys{store: storeKey, seal: sealKey}, err
}

// fingerprint tells one secret from another without telling it. The secrets
// have at least 128 random bits, so a plain hash gives nothing away.
func fingerprint(purpose string, key []byte) string {
	sum := sha256.Sum256(append([]byte("shuting fingerprint v1 "+purpose+"\x00"), key...))
	return hex.EncodeToString(sum[:16])
}

func writeKeys(o Options, k keys) error {
	if err := writeDurably(o.storeKeyPath(), k.store, o.step); err != nil {
		return err
	}
	return writeDurably(o.sealKeyPath(), k.seal, o.step)
}

// readKeys reads both keys and proves that they are the ones id speaks of.
func readKeys(o Options, id identity) (keys, *OpenError) {
	if refusal := checkFolderMode(o.KeysDir); refusal != nil {
		return keys{}, refusal
	}
	storeKey, refusal := readKey(o.storeKeyPath(), "store", id.StoreKey)
	if refusal != nil {
		return keys{}, refusal
	}
	sealKey, refusal := readKey(o.sealKeyPath(), "seal", id.SealKey)
	return keys{store: storeKey, seal: sealKey}, refusal
}

func readKey(path, purpose, want string) ([]byte, *OpenError) {
	if refusal := checkKeyMode(path); refusal != nil {
		return nil, refusal
	}
	key, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse(CodeKeysMissing, path, todoRecover, "the key is missing")
	case err != nil:
		return nil, refuse(CodeKeysMissing, path, todoRecover, "the key cannot be read").because(err)
	case len(key) != keySize:
		return nil, refuse(CodeKeyDamaged, path, todoRecover, "the key has %d bytes instead of %d", len(key), keySize)
	case fingerprint(purpose, key) != want:
		return nil, refuse(CodeKeyDamaged, path, todoRecover, "the key is not the one this library was made with")
	}
	return bytes.Clone(key), nil
}
