//go:build !linux

package window

// PageMemory cannot be told here: 0.
func PageMemory() int64 { return 0 }
