//go:build unix

package window

import (
	"syscall"
	"testing"
)

func TestAccept_L05_SIGTERM_stops_the_program(t *testing.T) {
	s := NewStopping(func() {})
	quit := make(chan struct{}, 100)
	s.Ready(func() { quit <- struct{}{} })
	if err := syscall.Kill(syscall.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "being told", s.Told())
	waitFor(t, "closing the window", quit)
	s.Done()
}
