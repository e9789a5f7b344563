package visit

import (
	"fmt"
	"runtime"
	"strings"
)

// Fault is a panic caught at the edge of a command. It names the kind of the
// panic and the places it came through, never its text, which may hold what a
// reader typed.
type Fault struct {
	Kind string
	At   []string
}

func (f *Fault) Error() string {
	return "stopped by a fault in the code: " + f.Kind + " at " + strings.Join(f.At, " < ")
}

const placesKept = 8

// Recovered makes a Fault of what recover returned. Call it in the deferred
// function itself.
func Recovered(p any) *Fault {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	f := &Fault{Kind: fmt.Sprintf("%T", p)}
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			f.At = append(f.At, fmt.Sprintf("%s:%d", frame.Function, frame.Line))
		}
		if !more || len(f.At) == placesKept {
			return f
		}
	}
}

// caught runs fn and turns a panic into an error.
func caught(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = Recovered(p)
		}
	}()
	return fn()
}
