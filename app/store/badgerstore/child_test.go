package badgerstore

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// childModes is what a child process of the tests can do, by name.
var childModes = map[string]func(arg string) error{
	"write":      childWrites,
	"firststart": childFirstStart,
	"fulldisk":   childFillsDisk,
}

// child is a process of this very test program in one of childModes.
type child struct {
	cmd    *exec.Cmd
	lines  chan string // its standard output; closed when it has ended
	stderr bytes.Buffer
}

func startChild(tb testing.TB, mode, arg string) *child {
	tb.Helper()
	c := &child{lines: make(chan string, 1<<16)}
	c.cmd = exec.Command(os.Args[0])
	c.cmd.Env = append(os.Environ(), childEnv+"="+mode+" "+arg)
	c.cmd.Stderr = &c.stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	go func() {
		defer close(c.lines)
		for in := bufio.NewScanner(out); in.Scan(); {
			c.lines <- in.Text()
		}
	}()
	return c
}

// rest collects what the child still says until it ends, and waits for it.
// killed tells whether a signal ended it.
func (c *child) rest(tb testing.TB) (lines []string, killed bool) {
	tb.Helper()
	for line := range c.lines {
		lines = append(lines, line)
	}
	err := c.cmd.Wait()
	if err == nil {
		return lines, false
	}
	if c.cmd.ProcessState.ExitCode() >= 0 {
		tb.Fatalf("child ended with %v\n%s\n%s", err, strings.Join(lines, "\n"), c.stderr.String())
	}
	return lines, true
}

// say writes one whole line; the parent counts only whole lines.
func say(format string, args ...any) {
	fmt.Println(fmt.Sprintf(format, args...))
}
