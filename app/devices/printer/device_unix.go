//go:build unix

package printer

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// openDevice opens a device of the system, as /dev/usb/lp0, without waiting for
// it and without making a file where there is no device. An ordinary file is
// refused: the receipts of all readers would gather in it.
func openDevice(path string) (link, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	mode := os.O_RDWR
	switch kind := info.Mode().Type(); {
	case kind&fs.ModeNamedPipe != 0:
		mode = os.O_WRONLY // reading it would give back what was written
	case kind&fs.ModeCharDevice == 0:
		return nil, fmt.Errorf("%s: %w", path, errNoDevice)
	}
	f, err := os.OpenFile(path, mode|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
	if errors.Is(err, fs.ErrPermission) && mode == os.O_RDWR {
		mode = os.O_WRONLY
		f, err = os.OpenFile(path, mode|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
	}
	if err != nil {
		return nil, err
	}
	return deviceLink{f, mode == os.O_RDWR}, nil
}

// deviceLink is an open device.
type deviceLink struct {
	*os.File
	answers bool
}

func (l deviceLink) SetReadWait(d time.Duration) error {
	if !l.answers {
		return errors.New("the device cannot be read")
	}
	return l.SetReadDeadline(time.Now().Add(d))
}

func (l deviceLink) Abort() { _ = l.SetDeadline(time.Unix(1, 0)) }
