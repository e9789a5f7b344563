package main

import (
	"bytes"
	"context"
	"sync"

	"shuting/app/store"
)

// write is one Set or Delete that was committed.
type write struct {
	Key    []byte
	Value  []byte // nil: deleted
	Delete bool
}

// countingStore notes what the last committed Update wrote, so that the
// yardsticks can be given exactly the same rows and bytes.
type countingStore struct {
	store.Store
	mu      sync.Mutex
	last    []write
	commits int
	each    func([]write) // called with the writes of every commit; nil: nobody asks
}

// Update passes fn on and remembers the writes of the run that was committed.
func (c *countingStore) Update(ctx context.Context, fn func(store.Tx) error) error {
	var run []write
	err := c.Store.Update(ctx, func(tx store.Tx) error {
		run = run[:0] // fn may run more than once; only its last run is committed
		return fn(&countingTx{Tx: tx, writes: &run})
	})
	if err != nil || len(run) == 0 {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = run
	c.commits++
	if c.each != nil {
		c.each(run)
	}
	return nil
}

// Last are the writes of the last commit and their size in bytes, keys plus values.
func (c *countingStore) Last() ([]write, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last, sizeOf(c.last)
}

// Commits so far.
func (c *countingStore) Commits() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.commits
}

func sizeOf(ws []write) int {
	n := 0
	for _, w := range ws {
		n += len(w.Key) + len(w.Value)
	}
	return n
}

type countingTx struct {
	store.Tx
	writes *[]write
}

func (t *countingTx) Set(key, value []byte) error {
	if err := t.Tx.Set(key, value); err != nil {
		return err
	}
	*t.writes = append(*t.writes, write{Key: bytes.Clone(key), Value: bytes.Clone(value)})
	return nil
}

func (t *countingTx) Delete(key []byte) error {
	if err := t.Tx.Delete(key); err != nil {
		return err
	}
	*t.writes = append(*t.writes, write{Key: bytes.Clone(key), Delete: true})
	return nil
}
