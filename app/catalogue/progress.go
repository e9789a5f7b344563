package catalogue

import (
	"fmt"
	"time"
)

// Progress of an import.
type Progress struct {
	Records int   // handled so far
	Bytes   int64 // of the file, handled so far
	Total   int64 // of the file; 0 = unknown
	Elapsed time.Duration
}

// Rate in records per second; 0 before there is one.
func (p Progress) Rate() float64 {
	if p.Elapsed <= 0 {
		return 0
	}
	return float64(p.Records) / p.Elapsed.Seconds()
}

// Left is how long the rest will take at the rate so far; 0 when unknown.
func (p Progress) Left() time.Duration {
	if p.Total <= 0 || p.Bytes <= 0 || p.Bytes >= p.Total {
		return 0
	}
	return time.Duration(float64(p.Elapsed) * float64(p.Total-p.Bytes) / float64(p.Bytes))
}

// String is one line for a terminal.
func (p Progress) String() string {
	s := fmt.Sprintf("%d records", p.Records)
	if p.Total > 0 {
		s += fmt.Sprintf(", %d %%", min(100, 100*p.Bytes/p.Total))
	}
	if rate := p.Rate(); rate > 0 {
		s += fmt.Sprintf(", %.0f per second", rate)
	}
	if left := p.Left(); left > 0 {
		s += fmt.Sprintf(", %s left", left.Round(time.Second))
	}
	return s
}
