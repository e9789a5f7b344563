//go:build !linux || !cgo

package window

import "time"

// attach has nothing to hold on to here.
func (g *Guarded) attach() {}

// endPage treats the page as lost: its process is not ours to end here.
func (g *Guarded) endPage() { g.pageLost(Asked) }

// loadStart asks the web view's owner for a fresh page.
func (g *Guarded) loadStart() {
	if g.options.Reload != nil {
		g.options.Reload()
	}
}

// detach has nothing to let go of here.
func (g *Guarded) detach(time.Duration) {}
