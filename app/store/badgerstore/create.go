package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/dgraph-io/badger/v4"
)

// create makes a new library, or completes one whose making was interrupted at
// any point. library.json is written last: as long as it is missing while
// recovery.pending is there, no Open has ever returned and no data can be lost.
// Every step either does nothing when it was done before or does it over with
// the same result.
func create(o Options, p *pendingCode) error {
	if refusal := roomToStart(o); refusal != nil {
		return refusal
	}
	if err := makeDir(o.KeysDir); err != nil {
		return err
	}
	if err := os.Chmod(o.KeysDir, 0o700); err != nil {
		return err
	}
	if p == nil {
		fresh, err := newPending()
		if err != nil {
			return err
		}
		if err := fresh.write(o); err != nil {
			return err
		}
		p = &fresh
	}
	code, err := parseCode(p.Code)
	if err != nil {
		return err
	}
	k, err := code.derive(p.Library)
	if err != nil {
		return err
	}
	id := newIdentity(p.Library, p.Created, code, k)
	if refusal := mayComplete(o, id, k); refusal != nil {
		return refusal
	}
	if err := writeKeys(o, k); err != nil {
		return err
	}
	if err := createEngine(o, k.store); err != nil {
		return err
	}
	if err := writeDurably(o.watermarkPath(), firstWatermark(1), o.step); err != nil {
		return err
	}
	text, err := id.encode()
	if err != nil {
		return err
	}
	if err := writeDurably(o.sentinelPath(), text, o.step); err != nil {
		return err
	}
	return writeDurably(o.libraryPath(), text, o.step)
}

// mayComplete makes sure that what already lies in the data folder is the
// beginning of this very library and has never been used.
func mayComplete(o Options, id identity, k keys) error {
	now, refusal := look(o)
	if refusal != nil {
		return refusal
	}
	if now.sentinel {
		there, refusal := readSentinel(o)
		if refusal != nil {
			return refusal
		}
		if there.Check != id.Check {
			return refuse(CodeKeysOther, o.KeysDir, todoRecover, "the keys belong to another library")
		}
	}
	if !now.store {
		return nil
	}
	in, err := inspect(context.Background(), o.storeDir(), k.store, o.VerifyAtOpen)
	if err != nil {
		return err
	}
	if in.commits != 1 {
		return refuse(CodeKeysMissing, o.libraryPath(), todoRecover, "the folder of the keys is not complete")
	}
	return nil
}

// createEngine makes Badger's folder under another name and gives it its name
// when it is complete with commit 1, so a store without a commit never occurs.
func createEngine(o Options, key []byte) error {
	if entries, err := os.ReadDir(o.storeDir()); err == nil && len(entries) > 0 {
		return nil
	}
	dir := o.newStoreDir()
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := makeDir(dir); err != nil {
		return err
	}
	err := guard("creating", func() (err error) {
		db, err := badger.Open(engineOptions(dir, key, o.Logger))
		if err != nil {
			return &engineError{op: "creating", cause: err}
		}
		o.step("engine opened")
		err = db.Update(func(txn *badger.Txn) error { return txn.Set(commitKey, encodeCommit(1)) })
		o.step("engine written")
		return errors.Join(err, db.Close())
	})
	if err != nil {
		return err
	}
	o.step("engine closed")
	if err := syncTree(dir); err != nil {
		return err
	}
	if err := os.Remove(o.storeDir()); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("empty store folder: %w", err)
	}
	if err := os.Rename(dir, o.storeDir()); err != nil {
		return err
	}
	if err := syncDir(o.Dir); err != nil {
		return err
	}
	o.step("engine named")
	return nil
}

// syncTree makes every file in dir, and dir itself, durable.
func syncTree(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		f, err := os.OpenFile(filepath.Join(dir, e.Name()), os.O_RDWR, 0)
		if err != nil {
			return err
		}
		if err := errors.Join(f.Sync(), f.Close()); err != nil {
			return err
		}
	}
	return syncDir(dir)
}
