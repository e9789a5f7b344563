// Package scanner listens to a barcode scanner on a serial line: RS-232, or USB
// that shows itself as a serial port. It hands on the text of each code, one at
// a time and in order, and opens the line again when it was unplugged.
//
// Whether a scanner sends CR or LF after each code is heard, not set. Until one
// came, 80 ms of silence end a code too. After that a code that stops for a
// second without its ending was cut off and is dropped, and silence counts again:
// the scanner may have been set otherwise.
//
// Limits: a code is text up to a length; what it means is not known here. A code
// that is no plain text is dropped whole, counted by its kind and never logged.
// The line is only read: the scanner is set up with its maker's codes, and must
// be set to 8 data bits, no parity and one stop bit. A scanner that types like a
// keyboard is the page's business.
package scanner

import (
	"context"
	"log/slog"
	"time"
)

// Kinds of dropped codes.
const (
	Control   = "control"    // a control character, or a mark that cannot be seen
	TooLong   = "too_long"   // more than MaxLength bytes
	Encoding  = "encoding"   // not UTF-8
	CutOff    = "cut_off"    // unplugged, or silent, in the middle
	QueueFull = "queue_full" // too many codes waited for Scan
	Stopped   = "stopped"    // still waited when Run was told to end
)

// Options of Run. Scan is needed, and Port; zero values of the others are said.
type Options struct {
	// Port is the device: /dev/ttyACM0, better a name below /dev/serial/by-id
	// that follows the device, or COM3.
	Port string
	// Baud is the speed in bits a second; 0 = 9600. USB does not mind it.
	Baud int
	// MaxLength of a code in bytes; 0 = 64.
	MaxLength int

	// Scan is called for each code, never for two at a time. It may take long:
	// meanwhile up to 16 codes wait, and what comes then is dropped.
	Scan func(text string)
	// Dropped is told the kind of each code that was not handed on; nil = nobody.
	// It holds up the reading, and may be called while Scan runs.
	Dropped func(kind string)
	// State is told whether the scanner can be heard: first after the first try
	// to open the line, then at each change; nil = nobody. It holds up the
	// reading, and may be called while Scan runs.
	State func(connected bool)
	// Log is told of a line lost and found again; nil = nobody.
	Log *slog.Logger
}

const (
	defaultBaud      = 9600
	defaultMaxLength = 64
	// waitingMost is how many codes wait for a slow Scan: more than anyone scans
	// who sees that nothing happens.
	waitingMost = 16
)

func (o Options) filled() Options {
	if o.Baud == 0 {
		o.Baud = defaultBaud
	}
	if o.MaxLength == 0 {
		o.MaxLength = defaultMaxLength
	}
	if o.Dropped == nil {
		o.Dropped = func(string) {}
	}
	if o.State == nil {
		o.State = func(bool) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// Run listens until ctx ends. It then returns within half a second, but not
// before a call of Scan that is under way: after it nothing is called any more.
// An absent scanner is no failure; it is waited for.
func Run(ctx context.Context, o Options) { run(ctx, o.filled(), openSerial) }

func run(ctx context.Context, o Options, open opener) {
	waiting := make(chan string, waitingMost)
	handedOn := make(chan struct{})
	go func() {
		defer close(handedOn)
		handOn(ctx, waiting, o.Scan)
	}()
	l := line{Options: o, open: open, waiting: waiting}
	l.keep(ctx)
	<-handedOn
	for range len(waiting) { // nobody sends or takes any more
		<-waiting
		o.Dropped(Stopped)
	}
}

func handOn(ctx context.Context, waiting <-chan string, scan func(string)) {
	for ctx.Err() == nil {
		select {
		case <-ctx.Done():
		case text := <-waiting:
			scan(text)
		}
	}
}

// Pauses between tries to open the line: the first, doubled up to the longest.
const (
	pauseFirst   = 250 * time.Millisecond
	pauseLongest = 5 * time.Second
)

func longer(pause time.Duration) time.Duration { return min(2*pause, pauseLongest) }
