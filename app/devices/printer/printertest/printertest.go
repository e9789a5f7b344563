// Package printertest is a receipt printer for tests: it takes jobs over TCP or
// any other line, answers DLE EOT as an ESC/POS printer does, and has the faults
// that printers have. It draws nothing; what was sent is handed out as it came.
package printertest

import (
	"io"
	"net"
	"sync"
)

// State is how the printer is. The zero State is a printer that is well.
type State struct {
	Offline, CoverOpen, PaperOut, PaperLow, Fault bool

	Silent bool // takes jobs and answers nothing
	Deaf   bool // takes the connection and never reads
	Chatty bool // sends automatic status and flow control between its answers
	// Hangs and RunsOut are bytes of a job after which the printer stops reading,
	// and has no more paper; 0 for never.
	Hangs, RunsOut int
}

// Printer is one simulated printer.
type Printer struct {
	mu       sync.Mutex
	changed  *sync.Cond
	state    State
	jobs     [][]byte // one for each connection that has ended
	now      []byte   // of the connection that is open
	asked    int
	released chan struct{} // closed by Release
}

// New is a printer that is well.
func New() *Printer {
	p := &Printer{released: make(chan struct{})}
	p.changed = sync.NewCond(&p.mu)
	return p
}

// Set changes how the printer is, at once.
func (p *Printer) Set(s State) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.state = s
}

// Release lets connections go that hang or are not listened to.
func (p *Printer) Release() { close(p.released) }

// Asked is how many questions were put.
func (p *Printer) Asked() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

// WaitJobs waits until n connections have ended and gives what each sent,
// without the questions.
func (p *Printer) WaitJobs(n int) [][]byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.jobs) < n {
		p.changed.Wait()
	}
	return p.jobs[:len(p.jobs):len(p.jobs)]
}

// WaitBytes waits until the open connection has sent n bytes of a job.
func (p *Printer) WaitBytes(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.now) < n {
		p.changed.Wait()
	}
}

// Listen takes connections until the listener is closed, one at a time as such
// printers do.
func (p *Printer) Listen(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		p.Serve(conn)
	}
}

// Serve reads one connection to its end and closes it.
func (p *Printer) Serve(line io.ReadWriteCloser) {
	defer line.Close()
	if p.is().Deaf {
		<-p.released
	} else {
		p.read(line)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs = append(p.jobs, p.now)
	p.now = nil
	p.changed.Broadcast()
}

func (p *Printer) is() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.state
}

// read takes bytes one by one: questions are answered wherever they stand.
func (p *Printer) read(line io.ReadWriter) {
	var held []byte // the beginning of what may be a question
	buf := make([]byte, 1)
	for {
		if n, err := line.Read(buf); n == 0 || err != nil {
			return
		}
		held = append(held, buf[0])
		switch {
		case held[0] != 0x10:
		case len(held) == 1:
			continue
		case held[1] != 0x04:
		case len(held) == 2:
			continue
		default:
			if _, err := line.Write(p.answer(held[2])); err != nil {
				return
			}
			held = held[:0]
			continue
		}
		if !p.take(held) {
			<-p.released
			return
		}
		held = held[:0]
	}
}

// take keeps bytes of a job; false when the printer hangs from now on.
func (p *Printer) take(b []byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now = append(p.now, b...)
	p.changed.Broadcast()
	if p.state.RunsOut > 0 && len(p.now) >= p.state.RunsOut {
		p.state.PaperOut = true
	}
	return p.state.Hangs == 0 || len(p.now) < p.state.Hangs
}

// answer is what the printer says to DLE EOT n.
func (p *Printer) answer(n byte) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked++
	s := p.state
	if s.Silent {
		return nil
	}
	b := byte(0x12) // what is the same in every answer
	set := func(on bool, bits byte) {
		if on {
			b |= bits
		}
	}
	switch n {
	case 1:
		set(s.Offline || s.CoverOpen || s.PaperOut || s.Fault, 0x08)
	case 2:
		set(s.CoverOpen, 0x04)
		set(s.PaperOut, 0x20)
		set(s.Fault, 0x40)
	case 3:
		set(s.Fault, 0x08)
	case 4:
		set(s.PaperLow || s.PaperOut, 0x0c)
		set(s.PaperOut, 0x60)
	}
	if s.Chatty {
		return []byte{0x13, 0x10, 0x00, 0x00, 0x0f, 0x11, b}
	}
	return []byte{b}
}
