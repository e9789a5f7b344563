package printer

import (
	"io"
	"time"
)

// Status is what a printer says of itself.
type Status struct {
	// Answered: the printer answers questions. One that does not is taken to be
	// ready, because many lines carry data one way only.
	Answered  bool
	Offline   bool
	CoverOpen bool
	PaperOut  bool
	Fault     bool
	PaperLow  bool
}

// Code is what matters most of the status: why the printer cannot print, else
// PaperLow, else "".
func (s Status) Code() Code {
	switch {
	case s.CoverOpen:
		return CoverOpen
	case s.PaperOut:
		return PaperOut
	case s.Fault:
		return Fault
	case s.Offline:
		return Offline
	case s.PaperLow:
		return PaperLow
	}
	return ""
}

// stops is the code of a status in which nothing can be printed.
func (s Status) stops() (Code, bool) {
	c := s.Code()
	return c, c != "" && c != PaperLow
}

// questions is how many kinds of DLE EOT are asked: printer, cause of being off
// line, cause of an error, paper.
const questions = 4

// question is DLE EOT n, which a printer answers at once with one byte, even
// when it is off line.
func question(n byte) []byte { return []byte{0x10, 0x04, n} }

// answer tells the answer to a question from what else a printer may send:
// automatic status (bit 1 is 0, or bit 4 is) and XON and XOFF (bit 0 is 1).
func answer(b byte) bool { return b&0x93 == 0x12 }

// read takes the answer to question n.
func (s *Status) read(n, b byte) {
	on := func(bits byte) bool { return b&bits != 0 }
	switch n {
	case 1:
		s.Answered = true
		s.Offline = on(0x08)
	case 2:
		s.CoverOpen = on(0x04)
		s.PaperOut = s.PaperOut || on(0x20)
		s.Fault = s.Fault || on(0x40)
	case 3:
		s.Fault = s.Fault || on(0x08|0x20|0x40) // cutter, for good, until it cools
	case 4:
		s.PaperLow = on(0x0c)
		s.PaperOut = s.PaperOut || on(0x60)
	}
}

// ask puts the questions and waits for each answer. A printer that leaves the
// first one open is not asked the others; an error is one of writing only.
func ask(l link, wait time.Duration) (Status, error) {
	var s Status
	for n := byte(1); n <= questions; n++ {
		if _, err := l.Write(question(n)); err != nil {
			return s, err
		}
		b, ok := hear(l, wait)
		if !ok {
			break
		}
		s.read(n, b)
	}
	return s, nil
}

// hear waits for an answer.
func hear(l link, wait time.Duration) (b byte, ok bool) {
	end := time.Now().Add(wait)
	for {
		left := time.Until(end)
		if left <= 0 || l.SetReadWait(left) != nil {
			return 0, false
		}
		var buf [1]byte
		n, err := l.Read(buf[:])
		switch {
		case n == 1 && answer(buf[0]):
			return buf[0], true
		case err != nil, n == 0:
			return 0, false
		}
	}
}

// link is the line to a printer while one job is printed.
type link interface {
	io.ReadWriteCloser
	// SetReadWait bounds the reads that follow; an error says that nothing can
	// be read on this line. A read that waited in vain gives an error or nothing.
	SetReadWait(time.Duration) error
	// Abort makes a Read or Write under way come back where the system can do
	// that, and drops what the kernel still holds of the job. Close must follow.
	Abort()
}
