package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"github.com/dgraph-io/badger/v4"
)

// Open opens the library in o.Dir, or makes one where nothing says that there
// was one before. It refuses with an *OpenError whatever it cannot vouch for and
// then leaves both folders as they were.
func Open(o Options) (*Store, error) {
	o, err := o.normalised()
	if err != nil {
		return nil, err
	}
	lock, err := lockData(o)
	if err != nil {
		return nil, err
	}
	s, err := openLocked(o)
	if err != nil {
		return nil, errors.Join(err, lock.release())
	}
	s.lock = lock
	return s, nil
}

// lockData locks the data folder. It creates a missing one only after a look at
// the keys, because an emptied folder must stay as it was found.
func lockData(o Options) (*folderLock, error) {
	if _, err := os.Stat(o.Dir); errors.Is(err, fs.ErrNotExist) {
		now, refusal := look(o)
		if refusal != nil {
			return nil, refusal
		}
		if _, refusal = now.isNew(o); refusal != nil {
			return nil, refusal
		}
		if o.Existing {
			return nil, noLibrary(o)
		}
		if err := makeDir(o.Dir); err != nil {
			return nil, unreadable(o.Dir, err)
		}
		o.step("data folder made")
	}
	lock, refusal := lockFolder(o.Dir)
	if refusal != nil {
		return nil, refusal
	}
	return lock, nil
}

func noLibrary(o Options) *OpenError {
	return refuse(CodeNoLibrary, o.Dir, "Name the data folder of the library", "there is no library here")
}

func openLocked(o Options) (*Store, error) {
	now, refusal := look(o)
	if refusal != nil {
		return nil, refusal
	}
	fresh, refusal := now.isNew(o)
	if refusal != nil {
		return nil, refusal
	}
	if fresh && o.Existing {
		return nil, noLibrary(o)
	}
	pending, err := readPending(o)
	if fresh {
		if err == nil {
			err = create(o, pending)
		}
		if refusal := (*OpenError)(nil); errors.As(err, &refusal) {
			return nil, refusal
		} else if err != nil {
			return nil, refuse(CodeFolder, o.Dir, "Free some space, check the permissions and start again: an interrupted first start is completed by the next",
				"the library could not be made").because(err)
		}
		pending, err = readPending(o)
	}
	if err != nil {
		// The library itself is whole; refusing it would help nobody.
		o.Logger.Warn("recovery code not yet acknowledged is unreadable", slog.String("cause", err.Error()))
	}
	v, err := preflight(context.Background(), o)
	if err != nil {
		return nil, err
	}
	s, err := start(o, v)
	if err != nil {
		return nil, err
	}
	if pending != nil {
		s.pending = pending.Code
	}
	return s, nil
}

// start lets Badger touch the folder that v vouches for.
func start(o Options, v *vouched) (*Store, error) {
	for _, path := range v.leftovers {
		if err := removeDurably(path); err != nil {
			return nil, refuse(CodeFolder, path, "Check the permissions", "an empty file cannot be removed").because(err)
		}
	}
	s := &Store{opts: o, id: v.id, keys: v.keys, slot: make(chan struct{}, 1)}
	s.commits.Store(v.commits)
	err := guard("opening", func() (err error) {
		s.db, err = badger.Open(engineOptions(o.storeDir(), v.keys.store, o.Logger))
		return err
	})
	if err != nil {
		return nil, refuse(CodeEngine, o.storeDir(), "Start again; if it stays so, restore the folder from a backup",
			"the engine does not open the folder, although nothing was found wrong").because(&engineError{op: "opening", cause: err})
	}
	if err := s.confirm(v.commits); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	s.mark, err = openWatermark(o.watermarkPath(), v.commits)
	if err != nil {
		return nil, errors.Join(unreadable(o.watermarkPath(), err), s.db.Close())
	}
	s.verifyRest(v.unverified)
	return s, nil
}

// confirm checks that Badger kept every commit the preflight has seen.
func (s *Store) confirm(seen uint64) error {
	var kept uint64
	err := guard("confirming", func() error {
		return s.db.View(func(txn *badger.Txn) error {
			item, err := txn.Get(commitKey)
			if err != nil {
				return err
			}
			return item.Value(func(v []byte) error {
				kept, _ = decodeCommit(v)
				return nil
			})
		})
	})
	if err != nil || kept != seen {
		return &OpenError{
			Code: CodeCommitsLost, Path: s.opts.storeDir(), Lost: seen - min(kept, seen),
			What: fmt.Sprintf("the engine kept commits up to %d of %d", kept, seen),
			Todo: "Restore the folder from a backup",
		}
	}
	return nil
}
