// Package store is the kiosk's one small transactional key-value contract.
//
// Everything durable passes through it. A backend (badgerstore, later
// etcdstore) is done when the suite in storetest passes; nothing above this
// package may change for it. Keys and values are plain bytes, ordered by
// bytes.Compare.
//
// The promise: when Update returns nil, every write of the transaction is on
// durable storage and survives the loss of power; when it returns an error,
// none of them will ever be seen. There is one exception, because no disk can
// promise better: ErrFailed, after which the outcome is known at the next open.
package store

import (
	"context"
	"errors"
)

// Limits of one transaction, the same for every backend, so that a record
// layout that works on one kiosk also works on a shared store. A transaction
// over a limit is refused whole with ErrTooLarge.
const (
	MaxWrites     = 120       // distinct keys set or deleted
	MaxBytes      = 1 << 20   // keys plus values of all calls; a key written again counts again
	MaxKeyBytes   = 512       // one key
	MaxValueBytes = 512 << 10 // one value
)

var (
	// ErrNotFound: Get found no such key.
	ErrNotFound = errors.New("store: key not found")
	// ErrConflict: another transaction committed a write to something this one
	// read. Nothing was written. Update has already tried again several times.
	ErrConflict = errors.New("store: conflict")
	// ErrTooLarge: a limit above was passed. Nothing was written.
	ErrTooLarge = errors.New("store: transaction too large")
	// ErrReadOnly: Set or Delete inside View.
	ErrReadOnly = errors.New("store: read-only transaction")
	// ErrReserved: the key or the prefix of a Range is empty or begins with
	// 0x00; those are the backend's own.
	ErrReserved = errors.New("store: reserved key")
	// ErrClosed: the store was closed, or a Tx was used after its fn returned.
	ErrClosed = errors.New("store: closed")
	// ErrNoSpace: free space is under the floor. Nothing was written; reads go on.
	ErrNoSpace = errors.New("store: not enough free space")
	// ErrFailed: the engine or its disk broke. The store stops for good: this
	// call and every later one return it. If it comes out of an Update whose
	// commit had begun, the next open shows whether the commit took place.
	ErrFailed = errors.New("store: failed")
	// ErrStop, returned by a Scan callback, ends the scan without an error.
	ErrStop = errors.New("store: stop scanning")
)

// Store is one open store. It is safe for concurrent use. Whoever opened it
// closes it; Close waits for running transactions and may be called twice.
type Store interface {
	// View runs fn on one consistent snapshot.
	View(ctx context.Context, fn func(Tx) error) error

	// Update runs fn and commits its writes together, durably. On a conflict it
	// runs fn again on a fresh snapshot, so fn must have no effect outside the
	// transaction: no device, no network, no counter; ids, times and random
	// values are drawn before. An error from fn is returned as it is and
	// discards every write; so does any error of the Tx other than ErrNotFound,
	// even when fn ignored it. A done ctx stops it before the commit.
	// An Update that wrote nothing commits nothing and needs no free space.
	//
	// Conflicts are found per key that was read with Get (or seen by Scan), not
	// per range: a key that appears inside a scanned range after the scan is not
	// a conflict. Whatever is counted therefore needs one guard key that every
	// such transaction reads and writes. Writing without reading never conflicts.
	Update(ctx context.Context, fn func(Tx) error) error

	Close() error
}

// Tx is one transaction; it is valid only inside the fn it was given to, and
// for one goroutine. It sees its own writes. Slices passed in are copied;
// slices handed out belong to the caller. A value may be empty: it comes back
// as an empty slice without an error.
type Tx interface {
	Get(key []byte) ([]byte, error)
	Set(key, value []byte) error
	// Delete removes a key; a missing key is not an error. Business records are
	// never deleted, only derived ones.
	Delete(key []byte) error
	// Scan calls fn for every key from r in byte order. An error from fn ends
	// the scan and is returned, except ErrStop. fn may use the Tx, also to scan;
	// whether the rest of a scan sees what fn writes meanwhile is not promised.
	Scan(r Range, fn func(key, value []byte) error) error
}

// Range names what to scan: keys with Prefix (which must not be empty),
// strictly after After when that is set, at most Limit of them when Limit > 0;
// backwards when Reverse (After is then the upper end, exclusive). After and
// Limit together page through a large range.
type Range struct {
	Prefix  []byte
	After   []byte
	Limit   int
	Reverse bool
}
