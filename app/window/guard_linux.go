//go:build linux && cgo

package window

/*
#cgo pkg-config: gtk+-3.0
#cgo !webkit2_41 pkg-config: webkit2gtk-4.0
#cgo webkit2_41 pkg-config: webkit2gtk-4.1
#include <stdlib.h>
#include "guard_linux.h"
*/
import "C"

import (
	"sync"
	"sync/atomic"
	"time"
)

// guarded is the one guarded window of the process: the native signals carry no
// Go pointer, and a kiosk has one window.
var guarded atomic.Pointer[Guarded]

func (g *Guarded) attach() {
	guarded.Store(g)
	C.shuting_guard_attach()
}

func (g *Guarded) endPage() { C.shuting_guard_end_page() }

func (g *Guarded) loadStart() { C.shuting_guard_load() }

// ended is closed once the page's process was ended for good: on our wish, or
// because the window was destroyed.
var (
	ended     = make(chan struct{})
	endedOnce sync.Once
)

func (g *Guarded) detach(limit time.Duration) {
	C.shuting_guard_detach()
	select {
	case <-ended:
	case <-time.After(limit):
	}
}

//export shutingDetached
func shutingDetached() { endedOnce.Do(func() { close(ended) }) }

//export shutingKeyAllowed
func shutingKeyAllowed(symbol, modifiers C.uint) C.int {
	if keyAllowed(uint(symbol), uint(modifiers)) {
		return 1
	}
	return 0
}

//export shutingNavigationAllowed
func shutingNavigationAllowed(start, target *C.char) C.int {
	allowed := []string{C.GoString(start)}
	if g := guarded.Load(); g != nil {
		allowed = append(allowed, g.options.AllowedOrigins...)
	}
	if navigationAllowed(C.GoString(target), allowed) {
		return 1
	}
	return 0
}

//export shutingPageLost
func shutingPageLost(kind C.int) {
	g := guarded.Load()
	if g == nil {
		return
	}
	switch kind {
	case C.SHUTING_LOST_MEMORY:
		g.pageLost(OutOfMemory)
	case C.SHUTING_LOST_ASKED:
		g.pageLost(Asked)
	case C.SHUTING_LOST_LOAD:
		g.pageLost(LoadFailed)
	default:
		g.pageLost(Crashed)
	}
}

//export shutingPageLoaded
func shutingPageLoaded() {
	if g := guarded.Load(); g != nil {
		g.Beat()
	}
}

//export shutingNoView
func shutingNoView() {
	if g := guarded.Load(); g != nil {
		go g.problem(ErrNoView)
	}
}
