package scannertest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// Scanner is plugged in when it is new. Not for concurrent use.
type Scanner struct {
	tb   testing.TB
	port string
	end  *os.File // the scanner's end of the cable; nil = unplugged
}

// New plugs a scanner in; it is unplugged when the test ends.
func New(tb testing.TB) *Scanner {
	tb.Helper()
	s := &Scanner{tb: tb, port: filepath.Join(tb.TempDir(), "scanner")}
	s.Plug()
	tb.Cleanup(s.Unplug)
	return s
}

// Port is the name to open; it stays when the scanner is plugged in again.
func (s *Scanner) Port() string { return s.port }

// Send sends bytes as they are, with no ending. It waits when the other side
// does not read.
func (s *Scanner) Send(text string) {
	s.tb.Helper()
	if _, err := s.end.WriteString(text); err != nil {
		s.tb.Fatalf("send: %v", err)
	}
}

// Unplug pulls the scanner out: its device goes, and so does the name.
func (s *Scanner) Unplug() {
	s.tb.Helper()
	if s.end == nil {
		return
	}
	if err := os.Remove(s.port); err != nil {
		s.tb.Errorf("unplug: %v", err)
	}
	if err := s.end.Close(); err != nil {
		s.tb.Errorf("unplug: %v", err)
	}
	s.end = nil
}

// Plug plugs the scanner in as a new device under the same name. A scanner that
// is plugged in already leaves the name to the new one and falls silent, without
// an error on its line; the test keeps it open to its end.
func (s *Scanner) Plug() {
	s.tb.Helper()
	end, device, err := pseudoTerminal()
	if err != nil {
		s.tb.Fatalf("plug in: %v", err)
	}
	if s.end != nil {
		old := s.end
		s.tb.Cleanup(func() { _ = old.Close() })
		if err := os.Remove(s.port); err != nil {
			s.tb.Fatalf("plug in: %v", err)
		}
	}
	s.end = end
	if err := os.Symlink(device, s.port); err != nil {
		s.tb.Fatalf("plug in: %v", err)
	}
}

// pseudoTerminal opens a new one and gives its master side and the name of the other.
func pseudoTerminal() (*os.File, string, error) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, "", err
	}
	fd := int(master.Fd())
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err == nil {
		err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0)
	}
	if err != nil {
		_ = master.Close()
		return nil, "", err
	}
	return master, fmt.Sprintf("/dev/pts/%d", number), nil
}
