package marc

import "io"

const readSize = 128 << 10

// window is the part of an input that is held in memory: what was read and not
// yet used.
type window struct {
	in       io.Reader
	buf      []byte
	from, to int   // unread bytes are buf[from:to]
	offset   int64 // of buf[from] in the input
}

func (w *window) advance(n int) {
	w.from += n
	w.offset += int64(n)
}

// fill reads more, growing the buffer when it is full of unread bytes. It
// returns io.EOF only when nothing more can come.
func (w *window) fill() error {
	if w.from > 0 && (w.from == w.to || w.to == len(w.buf)) {
		copy(w.buf, w.buf[w.from:w.to])
		w.from, w.to = 0, w.to-w.from
	}
	if w.to == len(w.buf) {
		grown := make([]byte, max(readSize, 2*len(w.buf)))
		copy(grown, w.buf[:w.to])
		w.buf = grown
	}
	for range 100 {
		n, err := w.in.Read(w.buf[w.to:])
		w.to += n
		switch {
		case n > 0:
			return nil // an error that came along comes again
		case err != nil:
			return err
		}
	}
	return io.ErrNoProgress
}
