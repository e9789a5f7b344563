package badgerstore

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// folderLock is a file that only one process can have open; the system deletes
// it when that process ends in any way.
type folderLock struct{ handle windows.Handle }

func lockFolder(dir string) (*folderLock, *OpenError) {
	name, err := windows.UTF16PtrFromString(filepath.Join(dir, "in-use"))
	if err != nil {
		return nil, refuse(CodeFolder, dir, "Check the path", "the data folder cannot be opened").because(err)
	}
	handle, err := windows.CreateFile(name, windows.GENERIC_WRITE, 0, nil, windows.OPEN_ALWAYS,
		windows.FILE_ATTRIBUTE_TEMPORARY|windows.FILE_FLAG_DELETE_ON_CLOSE, 0)
	switch {
	case err == nil:
		return &folderLock{handle}, nil
	case errors.Is(err, windows.ERROR_SHARING_VIOLATION), errors.Is(err, windows.ERROR_ACCESS_DENIED):
		return nil, inUse(dir)
	}
	return nil, refuse(CodeFolder, dir, "Check the path and its permissions", "the data folder cannot be locked").because(err)
}

func (l *folderLock) release() error { return windows.CloseHandle(l.handle) }

// syncDir does nothing: Windows has no way to sync a folder.
func syncDir(string) error { return nil }

// freeSpace is what this user may still write, in bytes.
func freeSpace(dir string) (uint64, error) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, err
	}
	var free uint64
	err = windows.GetDiskFreeSpaceEx(name, &free, nil, nil)
	return free, err
}

// checkKeyMode has nothing to look at: access lists are inherited from the
// user's profile, where the installer puts the folder.
func checkKeyMode(string) *OpenError { return nil }

func checkFolderMode(dir string) *OpenError {
	if _, err := os.Stat(dir); err != nil {
		return refuse(CodeKeysMissing, dir, todoRecover, "the folder of the keys cannot be read").because(err)
	}
	return nil
}
