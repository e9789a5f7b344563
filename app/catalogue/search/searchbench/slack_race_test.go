//go:build race

package searchbench

// Under the race detector everything is slow but bytes.Index.
const (
	slack  = 30
	titles = 5_000
)
