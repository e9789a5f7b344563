package scanner

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"time"

	"go.bug.st/serial"
)

// port is what is used of an open line. Read gives 0 bytes and no error when
// the time-out passed.
type port interface {
	Read(b []byte) (int, error)
	SetReadTimeout(d time.Duration) error
	ResetInputBuffer() error
	Close() error
}

type opener func(name string, baud int) (port, error)

func openSerial(name string, baud int) (port, error) {
	p, err := serial.Open(name, &serial.Mode{BaudRate: baud, DataBits: 8, Parity: serial.NoParity, StopBits: serial.OneStopBit})
	if err != nil {
		return nil, err // not p: it is no nil once it is a port
	}
	return p, nil
}

const (
	// lookEvery is how long one read waits at most, so that the end of the context
	// and a device that went without an error are noticed. Closing the port under
	// a read would wake it sooner, but that read might then find the number of its
	// file given to another file.
	lookEvery = 250 * time.Millisecond
	// silenceEnds ends a code of a scanner that has sent no ending: at 1,200 baud,
	// the slowest in use, characters come 9 ms apart.
	silenceEnds = 80 * time.Millisecond
	// silenceCuts a code whose ending did not come; as long as for a scanner that
	// types like a keyboard.
	silenceCuts = time.Second
	// pieceMost is how much is read at once.
	pieceMost = 256
)

var errVanished = errors.New("the device of this name is gone or another")

// line keeps one serial line open.
type line struct {
	Options
	open    opener
	waiting chan<- string

	told      bool // State was called
	connected bool // what it was told
}

// keep opens the line, reads it until it is lost, and tries again.
func (l *line) keep(ctx context.Context) {
	for pause := pauseFirst; ctx.Err() == nil; pause = longer(pause) {
		err := l.once(ctx)
		if ctx.Err() != nil {
			return
		}
		if l.connected {
			pause = pauseFirst
		}
		l.tell(false, err)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// once opens the line and reads until it is lost or the context ends.
func (l *line) once(ctx context.Context) error {
	device := l.device()
	p, err := l.open(l.Port, l.Baud)
	if err != nil {
		return fmt.Errorf("open the scanner's line: %w", err)
	}
	err = l.read(ctx, p, device)
	return errors.Join(err, p.Close())
}

func (l *line) read(ctx context.Context, p port, device os.FileInfo) error {
	// What was scanned while nobody listened was meant for nobody who stands here now.
	if err := p.ResetInputBuffer(); err != nil {
		return fmt.Errorf("empty the scanner's line: %w", err)
	}
	f := frames{most: l.MaxLength, code: l.keepWaiting, dropped: l.Dropped}
	defer f.cutOff()
	piece := make([]byte, pieceMost)
	heard := time.Now()
	for ctx.Err() == nil {
		wait := lookEvery
		if f.underWay() {
			wait = min(wait, max(f.silence()-time.Since(heard), time.Millisecond))
		}
		if err := p.SetReadTimeout(wait); err != nil {
			return fmt.Errorf("set the scanner's line: %w", err)
		}
		n, err := p.Read(piece)
		if n == 0 && err != nil {
			return fmt.Errorf("read the scanner's line: %w", err)
		}
		l.tell(true, nil)
		f.take(piece[:n])
		switch {
		case err != nil:
			return fmt.Errorf("read the scanner's line: %w", err)
		case n > 0:
			heard = time.Now()
		case l.vanished(device):
			return errVanished
		case time.Since(heard) >= f.silence():
			f.silent()
		}
	}
	return nil
}

// keepWaiting lets a code wait for Scan. When too many do, the newest is dropped:
// it is the one still in the hand, so it is missed first.
func (l *line) keepWaiting(text string) {
	select {
	case l.waiting <- text:
	default:
		l.Dropped(QueueFull)
	}
}

// tell says once what changed. A line that can be opened and then not read was
// never connected.
func (l *line) tell(connected bool, why error) {
	if l.told && l.connected == connected {
		return
	}
	l.told, l.connected = true, connected
	if connected {
		l.Log.Info("scanner connected", "port", l.Port)
	} else {
		l.Log.Warn("scanner not there; trying again", "port", l.Port, "error", why)
	}
	l.State(connected)
}

// device is the file of the port, where ports are files; nil = not known.
func (l *line) device() os.FileInfo {
	if runtime.GOOS == "windows" {
		return nil
	}
	device, err := os.Stat(l.Port)
	if err != nil {
		return nil
	}
	return device
}

// vanished tells whether the name of the port leads to another device by now, or
// to none. Not every driver fails a read when its device is pulled out.
func (l *line) vanished(device os.FileInfo) bool {
	if device == nil {
		return false
	}
	now, err := os.Stat(l.Port)
	return errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(device, now)
}
