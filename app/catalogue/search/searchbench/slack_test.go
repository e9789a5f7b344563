//go:build !race

package searchbench

// slack is how many times the scan's time an index may take in a test of so
// many titles.
const (
	slack  = 2
	titles = 20_000
)
