//go:build unix

package badgerstore

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// folderLock is an exclusive lock on the data folder itself, so that taking it
// writes nothing. The system releases it when the process ends in any way.
type folderLock struct{ dir *os.File }

func lockFolder(dir string) (*folderLock, *OpenError) {
	f, err := os.Open(dir)
	if err != nil {
		return nil, refuse(CodeFolder, dir, "Check the path and its permissions", "the data folder cannot be opened").because(err)
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		return &folderLock{f}, nil
	}
	_ = f.Close()
	if errors.Is(err, unix.EWOULDBLOCK) {
		return nil, inUse(dir)
	}
	return nil, refuse(CodeFolder, dir, "Use a local file system that supports locks", "the data folder cannot be locked").because(err)
}

func (l *folderLock) release() error { return l.dir.Close() }

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	return errors.Join(err, f.Close())
}

// freeSpace is what an ordinary user may still write, in bytes.
func freeSpace(dir string) (uint64, error) {
	var st unix.Statfs_t
	for {
		err := unix.Statfs(dir, &st)
		if err == nil {
			return uint64(st.Bavail) * uint64(st.Bsize), nil //nolint:unconvert // the types differ between systems
		}
		if !errors.Is(err, unix.EINTR) {
			return 0, err
		}
	}
}

const todoModes = "Let only the kiosk's own user read the keys (folder 0700, files 0600), and think about who may have read them"

// checkKeyMode refuses a key that other users of the machine can read.
func checkKeyMode(path string) *OpenError {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // told apart by the reader
	}
	if err != nil {
		return refuse(CodeKeysMissing, path, todoRecover, "the key cannot be looked at").because(err)
	}
	if !info.Mode().IsRegular() {
		return refuse(CodeKeyDamaged, path, todoRecover, "the key is not a plain file")
	}
	if info.Mode().Perm()&0o077 != 0 {
		return refuse(CodeKeysExposed, path, todoModes, "the key has mode %04o", info.Mode().Perm())
	}
	return nil
}

// checkFolderMode refuses a folder of keys that others can change.
func checkFolderMode(dir string) *OpenError {
	info, err := os.Stat(dir)
	if err != nil {
		return refuse(CodeKeysMissing, dir, todoRecover, "the folder of the keys cannot be read").because(err)
	}
	if info.Mode().Perm()&0o022 != 0 {
		return refuse(CodeKeysExposed, dir, todoModes, "the folder of the keys has mode %04o", info.Mode().Perm())
	}
	return nil
}
