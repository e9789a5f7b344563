package printer

import (
	"context"
	"fmt"
	"net"
	"time"

	"go.bug.st/serial"
)

// open makes the line to the printer.
func (p *Printer) open(ctx context.Context) (link, error) {
	switch p.options.Kind {
	case Network:
		dialer := net.Dialer{Timeout: p.options.Connect}
		conn, err := dialer.DialContext(ctx, "tcp", p.options.Address)
		if err != nil {
			return nil, err
		}
		return netLink{conn}, nil
	case Serial:
		port, err := serial.Open(p.options.Address, &serial.Mode{BaudRate: p.options.Baud})
		if err != nil {
			return nil, fmt.Errorf("open serial port: %w", err)
		}
		return serialLink{port}, nil
	default:
		return openDevice(p.options.Address)
	}
}

// netLink is a TCP connection.
type netLink struct{ net.Conn }

func (l netLink) SetReadWait(d time.Duration) error { return l.SetReadDeadline(time.Now().Add(d)) }

func (l netLink) Abort() {
	if tcp, ok := l.Conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // otherwise the kernel keeps sending after Close
	}
	_ = l.SetDeadline(time.Unix(1, 0))
}

// serialLink is a serial line.
type serialLink struct{ serial.Port }

func (l serialLink) SetReadWait(d time.Duration) error { return l.SetReadTimeout(d) }

// Abort empties the line's buffer, which lets a Write that waits for room come
// back. It does not close the port: the library would then write to whatever
// got its number.
func (l serialLink) Abort() { _ = l.ResetOutputBuffer() }
