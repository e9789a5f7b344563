package catalogue

import (
	"fmt"
	"time"
)

// Progress of an import.
type Progress struct {
	Records int           // handled so far
	Before  int           // of them, how many an earlier run had handled
	Reached int64         // how much of the file is handled: bytes, in a workbook rows
	Skipped int64         // of it, how much an earlier run had handled
	Total   int64         // of the file; 0 = unknown
	Elapsed time.Duration // since the first record that was not handled before
}

// Rate in records per second; 0 before there is one.
func (p Progress) Rate() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.Records-p.Before) / p.Elapsed.Seconds()
}

// Left is how long the rest will take at the rate so far; 0 when unknown.
func (p Progress) Left() time.Duration {
	done := p.Reached - p.Skipped
	if p.Total <= 0 || done <= 0 || p.Reached >= p.Total {
		return 0
	}
	return time.Duration(float64(p.Elapsed) * float64(p.Total-p.Reached) / float64(done))
}

// String is one line for a terminal.
func (p Progress) String() string {
	s := fmt.Sprintf("%d records", p.Records)
	if p.Total > 0 {
		s += fmt.Sprintf(", %d %%", min(100, 100*p.Reached/p.Total))
	}
	if rate := p.Rate(); rate > 0 {
		s += fmt.Sprintf(", %.0f per second", rate)
	}
	if left := p.Left(); left > 0 {
		s += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return s
}
