package main

import (
	"strings"
	"testing"
	"time"

	"shuting/app/catalogue/search/searchbench"
)

func TestAccept_L34_search_rows_hold_every_class_and_memory_against_their_aims(t *testing.T) {
	class := func(name string, index, scan time.Duration) searchbench.Class {
		return searchbench.Class{Name: name, Index: searchbench.Times{P50: 1, P99: index}, Scan: searchbench.Times{P50: time.Millisecond, P99: scan}}
	}
	r := searchbench.Report{Titles: 100_000, Build: 3 * time.Second, IndexBytes: 160_000, ScanBytes: 100_000, PlainScanBytes: 50_000,
		Classes: []searchbench.Class{class("quick", 1, 2), class("as quick", 2, 2), class("slow", 3, 2)}}
	got := map[string]string{}
	for _, x := range searchRows(r) {
		what, ok := strings.CutPrefix(x.What, "search, 100,000 titles: ")
		if !ok {
			t.Errorf("row %q", x.What)
		}
		if x.verdict() != "" {
			got[what] = x.verdict()
		}
		if x.verdict() == "missed" && x.Why == "" {
			t.Errorf("%s: missed and not explained", what)
		}
	}
	want := map[string]string{"quick": "met", "as quick": "met", "slow": "missed", "memory": "missed"}
	for what, verdict := range want {
		if got[what] != verdict {
			t.Errorf("%s: %q, want %q", what, got[what], verdict)
		}
	}
}

func TestAccept_L34_the_ready_row_holds_the_start_against_its_aim(t *testing.T) {
	for took, want := range map[time.Duration]string{readyTime: "met", readyTime + time.Millisecond: "missed"} {
		if x := readyRow(readyTitles, took); x.verdict() != want || !strings.Contains(x.What, "100,000 titles") || x.Why == "" {
			t.Errorf("%v: %s: %q, want %q", took, x.What, x.verdict(), want)
		}
	}
}
