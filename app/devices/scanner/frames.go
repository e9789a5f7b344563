package scanner

import (
	"time"
	"unicode"
	"unicode/utf8"
)

// frames cuts what comes over the line into codes. A code ends with CR, LF or
// both, or where the caller says so; what is empty is no code. Of a code that
// is dropped no more than its kind is kept, so an endless one costs nothing.
type frames struct {
	most    int // bytes of the longest code
	code    func(text string)
	dropped func(kind string)

	endings bool // the scanner sends them: one was heard
	text    []byte
	spoilt  string // the kind this code is dropped for; "" = good so far
}

// take reads on. It may be given any piece of the line, however it was cut.
func (f *frames) take(piece []byte) {
	for _, b := range piece {
		switch {
		case b == '\r' || b == '\n':
			f.endings = true
			f.end()
		case f.spoilt != "":
			// the rest of a spoilt code goes with it
		case b < 0x20 || b == 0x7f:
			f.spoil(Control)
		case len(f.text) == f.most:
			f.spoil(TooLong)
		default:
			f.text = append(f.text, b)
		}
	}
}

// underWay tells whether a code has begun and not ended.
func (f *frames) underWay() bool { return len(f.text) > 0 || f.spoilt != "" }

// end hands the code on, or drops it.
func (f *frames) end() {
	if !f.underWay() {
		return // the LF of a CR LF, or no code at all
	}
	if f.spoilt == "" {
		f.spoilt = wrongWith(f.text)
	}
	if f.spoilt == "" {
		f.code(string(f.text))
	} else {
		f.dropped(f.spoilt)
	}
	f.text, f.spoilt = f.text[:0], ""
}

// cutOff drops a code whose end will not come.
func (f *frames) cutOff() {
	if !f.underWay() {
		return
	}
	if f.spoilt == "" {
		f.spoilt = CutOff
	}
	f.end()
}

// silence is how long nothing must come before silent is called.
func (f *frames) silence() time.Duration {
	if f.endings {
		return silenceCuts
	}
	return silenceEnds
}

// silent ends the code under way, or drops it where an ending was to come.
func (f *frames) silent() {
	switch {
	case !f.endings:
		f.end()
	case f.underWay():
		f.cutOff()
		f.endings = false
	}
}

func (f *frames) spoil(kind string) { f.text, f.spoilt = f.text[:0], kind }

// wrongWith is the kind a whole code is dropped for, or "". Beside controls no
// code has a use for what cannot be seen: marks that turn the reading direction
// around, joiners, breaks of lines. They could only make a text look like another.
func wrongWith(text []byte) string {
	if !utf8.Valid(text) {
		return Encoding
	}
	for _, r := range string(text) {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			return Control
		}
	}
	return ""
}
