package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"shuting/app/library"
	"shuting/app/policyfile"
)

// ImportPolicies brings the lending rules of a file into force, all or nothing,
// and prints what that changes; dry shows it and writes nothing. A file that
// changes nothing writes nothing either.
func ImportPolicies(ctx context.Context, o Options, file string, dry bool) (err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("policies: %w", err)
	}
	want, err := policyfile.Parse(file, data)
	if err != nil {
		return err
	}
	if dry {
		now, err := policiesNow(ctx, o)
		if err != nil {
			return err
		}
		return writeChanges(o.Out, now.Changes(want), "would change; nothing was written")
	}
	h, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	h.tellNew(o)
	changes, err := h.circulation.SetTerms(ctx, h.system(time.Now()), want)
	if err != nil {
		return err
	}
	return writeChanges(o.Out, changes, "changed")
}

// PrintPolicies prints the rules in force as a file that ImportPolicies reads.
func PrintPolicies(ctx context.Context, o Options) error {
	now, err := policiesNow(ctx, o)
	if err != nil {
		return err
	}
	_, err = io.WriteString(o.Out, policyfile.Format(now))
	return err
}

// policiesNow are the rules in force; where there is no library yet, the
// published defaults, and none is made.
func policiesNow(ctx context.Context, o Options) (now library.Terms, err error) {
	cfg, err := settings(o)
	if err != nil {
		return now, err
	}
	if _, err := os.Stat(cfg.Data.Dir); errors.Is(err, fs.ErrNotExist) {
		return library.Terms{Policies: library.DefaultPolicies()}, nil
	}
	o.Existing = true
	h, err := open(ctx, o)
	if err != nil {
		return now, err
	}
	now, err = h.circulation.Terms(ctx)
	return now, errors.Join(err, h.Close())
}

// writeChanges prints the differences, one a line, and how many they are.
func writeChanges(out io.Writer, changes []library.TermsChange, done string) error {
	var b strings.Builder
	for _, c := range changes {
		var fields []string
		for _, f := range c.Fields {
			if c.Kind == library.ChangeNew {
				fields = append(fields, f.Name+" "+f.New)
			} else {
				fields = append(fields, f.Name+" "+f.Old+" → "+f.New)
			}
		}
		line := fmt.Sprintf("%-8s %s", c.Kind, c.What)
		if len(fields) > 0 {
			line += ": " + strings.Join(fields, ", ")
		}
		b.WriteString(line + "\n")
	}
	switch n := len(changes); n {
	case 0:
		b.WriteString("nothing differs from the rules in force\n")
	case 1:
		b.WriteString("1 rule " + done + "\n")
	default:
		fmt.Fprintf(&b, "%d rules %s\n", n, done)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// sampleCount is the value of --dry-run. With --policies the flag stands alone;
// with catalogue files the number of records follows it, after a space or a "=".
type sampleCount struct {
	n     int
	alone bool // no "=": the number, if any, is among the arguments
}

const countFollows = "follows"

func (c *sampleCount) String() string { return strconv.Itoa(c.n) }
func (c *sampleCount) Type() string   { return "N" }

// Set takes what stands behind the "=", or countFollows.
func (c *sampleCount) Set(text string) error {
	if c.alone = text == countFollows; c.alone {
		return nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return errors.New("want a number of records")
	}
	c.n = n
	return nil
}

// take finds the number that a lone --dry-run belongs to and returns the other
// arguments. A file whose name is a number is written with a path: ./5.
func (c *sampleCount) take(args []string) (files []string, err error) {
	if !c.alone {
		return args, nil
	}
	for i, a := range args {
		if n, err := strconv.Atoi(a); err == nil && n >= 0 {
			c.n = n
			return append(append(files, args[:i]...), args[i+1:]...), nil
		}
	}
	return nil, usageError{errors.New("--dry-run: how many records of each file? As in --dry-run 5")}
}
