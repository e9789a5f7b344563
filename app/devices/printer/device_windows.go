package printer

import (
	"errors"
	"os"
	"time"
)

// openDevice opens a port or a shared printer of the system, as \\.\LPT1. Such
// ports cannot be read with a limit of time, so the printer is not asked.
func openDevice(path string) (link, error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	return deviceLink{f}, nil
}

// deviceLink is an open port.
type deviceLink struct{ *os.File }

func (deviceLink) SetReadWait(time.Duration) error { return errors.New("the port cannot be read") }

func (l deviceLink) Abort() { _ = l.Close() }
