package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
)

// aim of a ratio; the zero value is no aim: the row is for information.
type aim struct {
	limit float64
	least bool
}

func atMost(x float64) aim  { return aim{limit: x} }
func atLeast(x float64) aim { return aim{limit: x, least: true} }

func (a aim) none() bool { return a.limit == 0 }

func (a aim) met(x float64) bool {
	if a.least {
		return x >= a.limit
	}
	return x <= a.limit
}

func (a aim) String() string {
	switch {
	case a.none():
		return "–"
	case a.least:
		return fmt.Sprintf("≥ %g", a.limit)
	}
	return fmt.Sprintf("≤ %g", a.limit)
}

// row is one comparison.
type row struct {
	What      string
	Yardstick string
	Seen      string // medians, ours first
	Ratio     spread
	Aim       aim
	AimText   string // in place of the aim's own words
	Why       string // told when the aim is missed: the reason and what would close it
}

func (r row) aim() string {
	if r.AimText != "" {
		return r.AimText
	}
	return r.Aim.String()
}

func (r row) verdict() string {
	switch {
	case r.Aim.none():
		return ""
	case r.Aim.met(r.Ratio.Value):
		return "met"
	}
	return "missed"
}

func (s spread) String() string {
	if s.Low == s.High {
		return fmt.Sprintf("%.2f", s.Value)
	}
	return fmt.Sprintf("%.2f (%.2f–%.2f)", s.Value, s.Low, s.High)
}

// report is what a run found.
type report struct {
	machine machine
	rows    []row
	quick   bool
}

func (r report) terminal() string {
	var out bytes.Buffer
	fmt.Fprintln(&out, strings.Join(r.machine.lines(), "\n"))
	t := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for _, x := range r.rows {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", x.What, x.Yardstick, x.Seen, x.Ratio, x.aim(), x.verdict())
	}
	_ = t.Flush() // into memory
	return out.String()
}

// The generated part of the page lies between these lines.
const (
	pageBegin = "<!-- make bench writes from here -->"
	pageEnd   = "<!-- to here -->"
)

func (r report) markdown() string {
	var out strings.Builder
	out.WriteString("## This run\n\n")
	if r.quick {
		out.WriteString("A quick run: the numbers are rough.\n\n")
	}
	for _, l := range r.machine.lines() {
		out.WriteString("- " + l + "\n")
	}
	out.WriteString("\n| what | against | medians | ratio (range) | aim | |\n|---|---|---|---|---|---|\n")
	for _, x := range r.rows {
		verdict := x.verdict()
		if verdict == "missed" {
			verdict = "**missed**"
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s | %s |\n", x.What, x.Yardstick, x.Seen, x.Ratio, x.aim(), verdict)
	}
	if misses := r.misses(); len(misses) > 0 {
		out.WriteString("\n## Missed, why, and what would close it\n")
		for _, m := range misses {
			out.WriteString("\n" + m + "\n")
		}
	}
	return out.String()
}

// misses explains each missed aim; rows with the same reason share it.
func (r report) misses() []string {
	var order []string
	rows := map[string][]string{}
	for _, x := range r.rows {
		if x.verdict() != "missed" {
			continue
		}
		if rows[x.Why] == nil {
			order = append(order, x.Why)
		}
		rows[x.Why] = append(rows[x.Why], fmt.Sprintf("%s (against %s)", x.What, x.Yardstick))
	}
	var out []string
	for _, why := range order {
		out = append(out, "**"+strings.Join(rows[why], "; ")+".** "+why)
	}
	return out
}

// writeInto replaces the generated part of the page.
func (r report) writeInto(path string) error {
	old, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	head, rest, begins := strings.Cut(string(old), pageBegin)
	_, tail, ends := strings.Cut(rest, pageEnd)
	if !begins || !ends {
		return errors.New("the page lacks the lines between which the numbers go")
	}
	page := head + pageBegin + "\n" + r.markdown() + pageEnd + tail
	return os.WriteFile(path, []byte(page), 0o644)
}
