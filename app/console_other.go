//go:build !windows

package app

// attachConsole: here a program always has the console it was started from.
func attachConsole() {}
