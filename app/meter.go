package app

import (
	"fmt"
	"io"
	"os"
	"time"

	"shuting/app/catalogue"
)

// meter shows progress on one line of a terminal and keeps quiet elsewhere, so
// that a log of the output stays readable.
type meter struct {
	out   io.Writer
	live  bool
	last  time.Time
	shown bool
}

func newMeter(out io.Writer) *meter {
	_, file := out.(*os.File)
	return &meter{out: out, live: file && !quiet(out)}
}

// quiet tells whether output goes to a file, a pipe or a journal rather than to
// a person at a terminal.
func quiet(out io.Writer) bool {
	f, ok := out.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err != nil || info.Mode()&os.ModeCharDevice == 0
}

func (m *meter) line(format string, args ...any) {
	if !m.live || time.Since(m.last) < 100*time.Millisecond {
		return
	}
	m.last, m.shown = time.Now(), true
	fmt.Fprintf(m.out, "\r\x1b[K"+format, args...)
}

func (m *meter) show(p catalogue.Progress) {
	m.line("%s", p.String())
}

func (m *meter) end() {
	if m.shown {
		fmt.Fprint(m.out, "\r\x1b[K")
		m.shown = false
	}
}
