// Package records keeps the library's typed records in the store: their keys
// and encodings, the indexes and guard keys that belong to them, the sealed
// personal fields, the hash-chained ledger, the schema version and its
// migrations, and Check, which walks everything and proves the invariants.
//
// It is the one writer of a kiosk: every business change passes through Do,
// one at a time; changes that wait at the same moment share one durable
// commit. Do gives the exactly-once promise: a command id seen before returns
// the recorded result and writes nothing.
//
// The limits of store.MaxWrites and store.MaxBytes hold for each change.
package records
