package records

import (
	"context"
	"errors"
	"fmt"

	"shuting/app/store"
)

// A migration brings the store from one schema version to the next in batches
// that each fit one transaction. step is given the marker the batch before
// left (nil at first) and returns the next marker, or nil when it is through.
// The marker is written with the batch, so a migration that was killed goes on
// where it stood; the version changes with the last batch.
type migration struct {
	to   int
	what string
	step func(tx store.Tx, marker []byte) (next []byte, err error)
}

// migrations in order; the last one's version is the schema of this program.
// Version 1 is the first layout: it only writes its number down.
var migrations = []migration{
	{to: 1, what: "first layout", step: func(store.Tx, []byte) ([]byte, error) { return nil, nil }},
}

type schema struct {
	Version int
	Marker  []byte
}

var schemaKey = key(spaceMeta, "schema")

func readSchema(tx store.Tx) (schema, error) {
	v, err := tx.Get(schemaKey)
	if errors.Is(err, store.ErrNotFound) {
		return schema{}, nil
	}
	if err != nil {
		return schema{}, err
	}
	var s schema
	return s, decode(v, &s)
}

func writeSchema(tx store.Tx, s schema) error {
	v, err := encode(s)
	if err != nil {
		return err
	}
	return tx.Set(schemaKey, v)
}

func migrate(ctx context.Context, s store.Store, steps []migration) error {
	for {
		var now schema
		if err := s.View(ctx, func(tx store.Tx) (err error) { now, err = readSchema(tx); return err }); err != nil {
			return fmt.Errorf("read schema version: %w", err)
		}
		newest := steps[len(steps)-1].to
		if now.Version > newest {
			return fmt.Errorf("%w: schema %d, this program knows %d", ErrNewer, now.Version, newest)
		}
		if now.Version == newest {
			return nil
		}
		if err := migrateBatch(ctx, s, steps); err != nil {
			return err
		}
	}
}

func migrateBatch(ctx context.Context, s store.Store, steps []migration) error {
	return s.Update(ctx, func(tx store.Tx) error {
		now, err := readSchema(tx)
		if err != nil {
			return err
		}
		for _, m := range steps {
			if m.to != now.Version+1 {
				continue
			}
			next, err := m.step(tx, now.Marker)
			if err != nil {
				return fmt.Errorf("migrate to schema %d (%s): %w", m.to, m.what, err)
			}
			if next == nil {
				return writeSchema(tx, schema{Version: m.to})
			}
			return writeSchema(tx, schema{Version: now.Version, Marker: next})
		}
		return fmt.Errorf("no migration from schema %d", now.Version)
	})
}
