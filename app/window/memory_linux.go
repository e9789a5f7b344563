//go:build linux

package window

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// pageProcess is the name the kernel keeps for WebKit's page process: it cuts
// names after fifteen letters.
const pageProcess = "WebKitWebProces"

// PageMemory is what the page's process holds for itself (anonymous and shared
// memory), in bytes; 0 when it cannot be told.
func PageMemory() int64 {
	files, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		return 0
	}
	for _, file := range files {
		status, err := os.ReadFile(file)
		if err != nil || !bytes.HasPrefix(status, []byte("Name:\t"+pageProcess+"\n")) {
			continue // another program, or one that has just ended
		}
		if held, ours := parseStatus(string(status), os.Getpid()); ours {
			return held
		}
	}
	return 0
}

// parseStatus reads a status file of the kernel: the memory that a process
// holds for itself, in bytes, and whether parent started it.
func parseStatus(status string, parent int) (held int64, ours bool) {
	for line := range strings.Lines(status) {
		name, value, _ := strings.Cut(line, ":")
		value, _, _ = strings.Cut(strings.TrimSpace(value), " ")
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			continue
		}
		switch name {
		case "PPid":
			ours = int(n) == parent
		case "RssAnon", "RssShmem":
			held += n << 10
		}
	}
	return held, ours
}
