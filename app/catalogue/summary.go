package catalogue

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
)

// mostListed is how many skipped records and refused items a summary names; the
// report file has them all.
const mostListed = 20

// Summary of one import. Read = New + Updated + Unchanged + Skipped + Before.
type Summary struct {
	File string
	Took time.Duration

	Read      int // records handled
	New       int // titles
	Updated   int // titles whose description changed
	Unchanged int // titles whose description stayed; they may have new items
	Skipped   int // records that are not in
	Before    int // records that an earlier run of the same import, broken off, had handled
	Joined    int // of those in, how many met by ISBN a title another source describes

	ItemsNew, ItemsUpdated, ItemsUnchanged, ItemsRefused int

	Reasons map[Reason]int // of everything listed
	Listed  []Listed       // the first skipped records and refused items
	More    int            // skipped records and refused items beyond those
}

func (s *Summary) count(c Change) {
	s.Read++
	switch c.Outcome {
	case Added:
		s.New++
	case Updated:
		s.Updated++
	case Refused:
		s.Skipped++
	default:
		s.Unchanged++
	}
	if c.Joined {
		s.Joined++
	}
	s.ItemsNew += c.ItemsNew
	s.ItemsUpdated += c.ItemsUpdated
	s.ItemsUnchanged += c.ItemsUnchanged
}

func (s *Summary) add(line Listed) {
	if s.Reasons == nil {
		s.Reasons = map[Reason]int{}
	}
	s.Reasons[line.Reason]++
	if line.What == WhatItem {
		s.ItemsRefused++
	}
	switch {
	case line.What == WhatValue:
	case len(s.Listed) < mostListed:
		s.Listed = append(s.Listed, line)
	default:
		s.More++
	}
}

// Write writes the summary for a person at the command line.
func (s Summary) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d records read in %s", s.File, s.Read, s.Took.Round(time.Millisecond))
	if s.Took > 0 {
		fmt.Fprintf(&b, " (%.0f per second)", float64(s.Read)/s.Took.Seconds())
	}
	fmt.Fprintf(&b, "\n  titles  %d new, %d updated, %d unchanged, %d skipped\n", s.New, s.Updated, s.Unchanged, s.Skipped)
	fmt.Fprintf(&b, "  items   %d new, %d updated, %d unchanged, %d refused\n", s.ItemsNew, s.ItemsUpdated, s.ItemsUnchanged, s.ItemsRefused)
	if s.Before > 0 {
		fmt.Fprintf(&b, "  %d were in from the run that was broken off\n", s.Before)
	}
	if s.Joined > 0 {
		fmt.Fprintf(&b, "  %d joined by ISBN a title that another source describes\n", s.Joined)
	}
	for _, reason := range s.byCount() {
		fmt.Fprintf(&b, "  %6d  %s\n", s.Reasons[reason], reason)
	}
	if len(s.Listed) > 0 {
		b.WriteString("  not imported:\n")
	}
	for _, line := range s.Listed {
		fmt.Fprintf(&b, "    record %d at byte %d: %s: %s", line.Number, line.Offset, line.Reason, line.Detail)
		if line.Title != "" {
			fmt.Fprintf(&b, " [%s]", printable(bound(line.Title, 120)))
		}
		b.WriteByte('\n')
	}
	if s.More > 0 {
		fmt.Fprintf(&b, "    and %d more\n", s.More)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// byCount is the reasons, the most frequent first.
func (s Summary) byCount() []Reason {
	reasons := slices.Collect(maps.Keys(s.Reasons))
	slices.SortFunc(reasons, func(a, b Reason) int {
		return cmp.Or(s.Reasons[b]-s.Reasons[a], strings.Compare(string(a), string(b)))
	})
	return reasons
}
