package badgerstore

import (
	"fmt"
	"os"
	"path/filepath"
)

// writeDurably puts content at path so that after a crash there is either the
// old file or the whole new one. The file is for its owner alone.
func writeDurably(path string, content []byte, step func(string)) (err error) {
	tmp := path + ".tmp"
	f, err := os.OpenFile(tmp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if f != nil {
			_ = f.Close()
		}
	}()
	if _, err = f.Write(content); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	err = f.Close()
	f = nil
	if err != nil {
		return err
	}
	step("written " + filepath.Base(path))
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	if err := syncDir(filepath.Dir(path)); err != nil {
		return err
	}
	step("named " + filepath.Base(path))
	return nil
}

// makeDir creates dir for its owner alone and makes its name durable.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}

// removeDurably deletes path so that it does not come back after a power cut.
func removeDurably(path string) error {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return fmt.Errorf("remove: %w", err)
	}
	return syncDir(filepath.Dir(path))
}
