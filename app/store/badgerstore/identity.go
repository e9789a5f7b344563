package badgerstore

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"time"
)

// formatVersion is the newest layout of the data folder this program knows.
const formatVersion = 1

// identity says whose folder this is. The same record lies in both folders: as
// sentinel beside the data and as library.json beside the keys, so that each
// can tell what became of the other. It holds fingerprints, no secret.
type identity struct {
	Format   int       `json:"format"`
	Library  string    `json:"library"`
	Created  time.Time `json:"created"`
	StoreKey string    `json:"store_key"`
	SealKey  string    `json:"seal_key"`
	Recovery string    `json:"recovery"`
	// Check is a hash over the rest: a flipped bit must not look like another
	// library.
	Check string `json:"check"`
}

var (
	errIdentityDamaged = errors.New("not a readable identity record")
	errIdentityNewer   = errors.New("written by a newer program")
)

func newLibraryID() (string, error) {
	var b [16]byte
	_, err := rand.Read(b[:])
	return hex.EncodeToString(b[:]), err
}

func newIdentity(library string, created time.Time, s secret, k keys) identity {
	id := identity{
		Format: formatVersion, Library: library, Created: created.UTC().Truncate(time.Second),
		StoreKey: fingerprint("store", k.store),
		SealKey:  fingerprint("seal", k.seal),
		Recovery: fingerprint("recovery", s[:]),
	}
	id.Check = id.hash()
	return id
}

func (id identity) hash() string {
	id.Check = ""
	text, err := json.Marshal(id)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

func (id identity) encode() ([]byte, error) {
	text, err := json.MarshalIndent(id, "", "  ")
	return append(text, '\n'), err
}

// parseIdentity also reads the format number of a record it does not otherwise
// understand: that is how a newer one is told from a damaged one.
func parseIdentity(text []byte) (identity, error) {
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return identity{}, errIdentityDamaged
	}
	if head.Format > formatVersion {
		return identity{}, errIdentityNewer
	}
	var id identity
	if err := json.Unmarshal(text, &id); err != nil || id.Check == "" || id.Check != id.hash() {
		return identity{}, errIdentityDamaged
	}
	return id, nil
}
