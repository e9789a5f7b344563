package window

import (
	"os"
	"testing"
)

func TestPage_memory_counts_what_the_process_holds_for_itself(t *testing.T) {
	const status = "Name:\tWebKitWebProces\nPPid:\t41\nVmRSS:\t  900 kB\nRssAnon:\t     100 kB\nRssFile:\t     700 kB\nRssShmem:\t      28 kB\n"
	if held, ours := parseStatus(status, 41); held != 128<<10 || !ours {
		t.Errorf("%d bytes, ours: %v; want 131072 of ours", held, ours)
	}
	if _, ours := parseStatus(status, 42); ours {
		t.Error("the page of another program was taken for ours")
	}
}

func TestPage_memory_reads_what_this_kernel_writes(t *testing.T) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	if held, ours := parseStatus(string(status), os.Getppid()); held < 1<<20 || !ours {
		t.Errorf("%d bytes, ours: %v; a Go program holds more than a mebibyte", held, ours)
	}
}

func TestPage_memory_without_a_page_is_unknown(t *testing.T) {
	if held := PageMemory(); held != 0 {
		t.Errorf("%d bytes without a window", held)
	}
}
