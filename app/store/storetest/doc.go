// Package storetest is the suite that every backend of package store must pass.
// Each sentence of the contract has a test here; a backend runs them all with
//
//	storetest.Run(t, storetest.Backend{Open: …, Reopen: …})
//
// The suite uses only the contract. It runs transactions concurrently and one
// inside another's fn, so a backend that lets only one transaction exist at a
// time does not pass.
//
// Limits: durability against the loss of power and damaged files differ by
// backend and are tested there.
package storetest

import (
	"testing"

	"shuting/app/store"
)

// Backend is how the suite gets its stores.
type Backend struct {
	// Open returns a new, empty store; the suite closes it.
	Open func(tb testing.TB) store.Store
	// Reopen closes s and returns a store over the same data.
	Reopen func(tb testing.TB, s store.Store) store.Store
}

// Run runs the whole suite.
func Run(t *testing.T, b Backend) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Backend)
	}{
		{"a transaction sees its own writes and others see them after the commit", readYourWrites},
		{"a view stays on its snapshot", snapshot},
		{"all writes of a transaction appear together", atomicity},
		{"an error from fn is returned as it is and discards everything", errorDiscards},
		{"a panic in fn discards everything", panicDiscards},
		{"a view cannot write", readOnly},
		{"reserved keys and prefixes are refused", reservedKeys},
		{"every other byte string is a key", anyKey},
		{"an empty value is a value", emptyValue},
		{"slices given and handed out are independent", independentSlices},
		{"a deleted key is gone and a missing one may be deleted", deletes},
		{"an ignored error of the transaction still discards everything", ignoredError},
		{"a Tx is dead after its fn", deadTx},
		{"limits hold exactly", TooLarge},
		{"a scan goes in byte order, both ways", scanOrder},
		{"a scan pages with After and Limit", scanPages},
		{"a scan is bounded by its prefix", scanBounds},
		{"a scan sees the transaction's own writes", scanOwnWrites},
		{"a scan stops on ErrStop and on errors", scanStops},
		{"a scan may use the transaction and scan inside", scanNested},
		{"a conflicting transaction runs again", ConflictRetry},
		{"a transaction that always loses ends in ErrConflict", conflictGivesUp},
		{"a scanned key that changes is a conflict", scanConflict},
		{"writing without reading never conflicts", blindWrites},
		{"counted limits need a guard key", Phantom},
		{"fn run twice does nothing twice", RunTwice},
		{"a done context stops before the commit", contextDone},
		{"many writers keep a shared counter right", manyWriters},
		{"close may be called twice and ends the store", closing},
		{"close waits for running transactions", closeWaits},
		{"reopening keeps everything", reopening},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, b) })
	}
}
