//go:build !windows

package app

import (
	"fmt"
	"os"
	"syscall"
)

// startAnew replaces this run of the program by a new one with the same words:
// the window's libraries cannot be started twice in one process.
func startAnew() error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("start anew: %w", err)
	}
	return fmt.Errorf("start anew: %w", syscall.Exec(self, os.Args, os.Environ()))
}
