package badgerstore

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/table"
)

// Verify reads every table from the disk and checks every block, as well as the
// list of tables and the data keys. Progress, which may be nil, is told how many
// of how many tables are done. Damage comes back as an *OpenError and does not
// stop the store. It reads as fast as the disk allows, while transactions go on.
func (s *Store) Verify(ctx context.Context, progress func(done, total int)) error {
	if err := s.begin(ctx); err != nil {
		return err
	}
	defer s.running.Done()
	manifest, registry, refusal := s.trusted()
	if refusal != nil {
		return refusal
	}
	ids := slices.Sorted(maps.Keys(manifest.Tables))
	for i, id := range ids {
		if err := s.verifyTable(ctx, id, manifest, registry); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, len(ids))
		}
	}
	return nil
}

// trusted reads the list of tables and the data keys as they lie on the disk.
func (s *Store) trusted() (badger.Manifest, *badger.KeyRegistry, *OpenError) {
	manifest, refusal := checkManifest(s.opts.storeDir())
	if refusal != nil {
		return manifest, nil, refusal
	}
	registry, refusal := checkRegistry(s.opts.storeDir(), s.keys.store)
	return manifest, registry, refusal
}

// verifyTable checks one table, unless it was merged into others meanwhile.
func (s *Store) verifyTable(ctx context.Context, id uint64, manifest badger.Manifest, registry *badger.KeyRegistry) error {
	path := table.NewFilename(id, s.opts.storeDir())
	t, err := openTable(path, manifest.Tables[id].KeyID, registry)
	if err == nil {
		err = errors.Join(t.verify(ctx), t.close())
	}
	if err == nil || (errors.Is(err, fs.ErrNotExist) && !s.inUse(id)) {
		return nil
	}
	// Badger cuts a table to nothing just before it deletes it.
	if errors.Is(err, errTable) && !s.inUse(id) {
		return nil
	}
	return tableRefusal(path, err)
}

func (s *Store) inUse(id uint64) bool {
	return slices.ContainsFunc(s.db.Tables(), func(t badger.TableInfo) bool { return t.ID == id })
}

// verifyRest checks in the background what Open had no time for. Damage stops
// the store: Badger would answer as if the keys in a damaged block did not exist.
func (s *Store) verifyRest(ids []uint64) {
	ctx, cancel := context.WithCancel(context.Background())
	s.stopChecking = cancel
	s.unchecked.Store(int64(len(ids)))
	if len(ids) == 0 {
		return
	}
	s.running.Go(func() {
		manifest, registry, refusal := s.trusted()
		if refusal != nil {
			_ = s.fail(refusal)
			return
		}
		for _, id := range ids {
			if _, listed := manifest.Tables[id]; listed {
				if err := s.verifyTable(ctx, id, manifest, registry); ctx.Err() != nil {
					return
				} else if err != nil {
					_ = s.fail(err)
					return
				}
			}
			s.unchecked.Add(-1)
		}
	})
}
