package printer

import (
	"errors"
	"fmt"
)

// Code says what is wrong with the printer or with a job, in a stable word that
// the page and the staff's list of faults have texts for. A Code is an error:
// errors.Is(err, printer.PaperOut).
type Code string

// The codes. PaperLow is a warning: the job is printed all the same.
const (
	Offline   Code = "printer_offline"    // not there, switched off, or not ready for a reason of its own
	PaperOut  Code = "printer_paper_out"  // no paper
	CoverOpen Code = "printer_cover_open" // the cover is open
	Fault     Code = "printer_error"      // the cutter or the mechanism failed, or it is too hot
	Busy      Code = "printer_busy"       // it did not take the job in its time
	PaperLow  Code = "printer_paper_low"  // the roll is near its end
)

func (c Code) Error() string { return string(c) }

// Error is why a job failed.
type Error struct {
	Code Code
	// Sent is how many bytes of the job left the kiosk. When it is not 0 a part
	// of the job may be on paper, or all of it: whoever sends it again must say so.
	Sent  int
	cause error
}

func (e *Error) Error() string {
	text := string(e.Code)
	if e.Sent > 0 {
		text += fmt.Sprintf(" after %d bytes", e.Sent)
	}
	if e.cause != nil {
		text += ": " + e.cause.Error()
	}
	return text
}

// Unwrap gives the code and the system's error.
func (e *Error) Unwrap() []error {
	if e.cause == nil {
		return []error{e.Code}
	}
	return []error{e.Code, e.cause}
}

// CodeOf is the code of an error of this package; "" for no error, Fault for
// one that is of another kind.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if of, ok := errors.AsType[*Error](err); ok {
		return of.Code
	}
	return Fault
}
