// Package bridge is what the page can call and hear. Each bound method acts for
// the visit or not at all: none takes an identity from the page. A fault in
// one gives the page a coded error, never a message and never silence.
package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"sync/atomic"

	"shuting/app/catalogue"
	"shuting/app/visit"
)

// EventVisit carries a visit.Snapshot to the page.
const EventVisit = "visit"

// Error codes of the bridge itself.
const (
	CodeInternal   = "internal"    // a fault of ours, in the log
	CodeBadRequest = "bad_request" // the page asked for something that cannot be
	CodeClosed     = "closed"      // the kiosk is stopping

	CodeTitleUnknown = "title_unknown" // no such title, or no longer
)

// Names of a thing in the languages of the house.
type Names map[string]string

// Hello is what the page needs before it can draw anything.
type Hello struct {
	Version         string   `json:"version"`
	LibraryNames    Names    `json:"libraryNames"`
	Place           Names    `json:"place"`
	Seal            string   `json:"seal"`
	TimeZone        string   `json:"timeZone"`
	DefaultLanguage string   `json:"defaultLanguage"`
	Languages       []string `json:"languages"`
	Screen          Screen   `json:"screen"`
	Sound           Sound    `json:"sound"`
	Demo            bool     `json:"demo"`
	PINLength       int      `json:"pinLength"`
	ScanLength      int      `json:"scanLength"` // longest scan in characters
}

// Screen tells the page its real size.
type Screen struct {
	DiagonalInch float64 `json:"diagonalInch"`
	BottomMM     int     `json:"bottomMM"` // height of the picture's lower edge above the floor
}

// Sound of the cues.
type Sound struct {
	Volume float64 `json:"volume"` // 0 to 1
	Mute   bool    `json:"mute"`
}

// Samples are the cards and books of the demo library that can be tapped as if
// they were scanned.
type Samples struct {
	Cards []SampleCard `json:"cards"`
	Books []SampleBook `json:"books"`
}

// SampleCard of the demo library. Bars are Code 128 widths in modules.
type SampleCard struct {
	Number string `json:"number"`
	Label  string `json:"label"`
	Bars   string `json:"bars"`
}

// SampleBook of the demo library.
type SampleBook struct {
	Barcode string `json:"barcode"`
	Title   string `json:"title"`
	Author  string `json:"author"`
	Label   string `json:"label"`
	Bars    string `json:"bars"`
}

// Finder finds titles and tells about them.
type Finder interface {
	Find(ctx context.Context, q catalogue.Query) (catalogue.Page, error)
	Title(ctx context.Context, id string) (catalogue.TitleView, error)
	Shelves() catalogue.Shelves
}

// Options of New. Beat is called for each sign of life of the page.
type Options struct {
	Visit   *visit.Visit
	Hello   Hello
	Samples Samples
	Finder  Finder
	Beat    func()
	Log     *slog.Logger
}

// Kiosk is the one struct bound to the page.
type Kiosk struct {
	o       Options
	dropped atomic.Int64 // bursts of keys thrown away unread since the start
}

// New makes the struct to bind.
func New(o Options) *Kiosk { return &Kiosk{o: o} }

// codedError is what reaches the page: Wails sends its text, which is JSON.
type codedError struct {
	Code   string            `json:"code"`
	Params map[string]string `json:"params"`
}

func (e codedError) Error() string {
	b, _ := json.Marshal(e) // strings only: cannot fail
	return string(b)
}

// FormatError turns any error of a bound call into the coded form; it is given
// to Wails. Texts of errors stay inside.
func FormatError(err error) any {
	var coded codedError
	if errors.As(err, &coded) {
		return coded.Error()
	}
	// None of ours. (What the window refuses by itself, such as wrong arguments,
	// does not pass here; the page turns its words into a code of its own.)
	return codedError{Code: CodeBadRequest, Params: map[string]string{}}.Error()
}

func (k *Kiosk) coded(method string, err error) error {
	code := CodeInternal
	switch {
	case errors.Is(err, visit.ErrBadRequest):
		code = CodeBadRequest
	case errors.Is(err, visit.ErrClosed):
		code = CodeClosed
	case errors.Is(err, catalogue.ErrTitleUnknown):
		code = CodeTitleUnknown
	}
	if code == CodeInternal {
		k.o.Log.Error("bound call failed", "method", method, "error", err)
	}
	return codedError{Code: code, Params: map[string]string{}}
}

// call runs a bound method's work with a net under it: a panic is logged by
// its place, never by its text.
func call[T any](k *Kiosk, method string, fn func() (T, error)) (answer T, err error) {
	var none T
	defer func() {
		if p := recover(); p != nil {
			k.o.Log.Error("bound call stopped", "method", method, "error", visit.Recovered(p))
			answer, err = none, codedError{Code: CodeInternal, Params: map[string]string{}}
		}
	}()
	answer, err = fn()
	if err != nil {
		return none, k.coded(method, err)
	}
	return answer, nil
}

// Publisher sends snapshots to the page. Emit is Wails' EventsEmit.
func Publisher(ctx context.Context, emit func(ctx context.Context, event string, data ...any)) func(visit.Snapshot) {
	return func(s visit.Snapshot) { emit(ctx, EventVisit, s) }
}
