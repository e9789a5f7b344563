package app

import (
	"fmt"
	"os"
	"os/exec"
)

// startAnew starts the program once more with the same words and lets this run
// end: the window's libraries cannot be started twice in one process.
func startAnew() error {
	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("start anew: %w", err)
	}
	if err := exec.Command(self, os.Args[1:]...).Start(); err != nil {
		return fmt.Errorf("start anew: %w", err)
	}
	return nil
}
