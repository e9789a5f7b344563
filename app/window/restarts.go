package window

import "time"

// restarts spaces the reloads of a page that keeps dying, so that a broken page
// does not take the whole machine with it. The first few come at once: a reader
// standing there must not wait.
type restarts struct {
	recent []time.Time
}

const (
	restartWindow = time.Minute     // losses older than this are forgotten
	restartsFree  = 5               // losses within the window answered at once
	restartPause  = 5 * time.Second // pause before each further reload
)

// next notes a loss at the time now and returns how long to wait before the
// page is loaded again.
func (r *restarts) next(now time.Time) time.Duration {
	kept := r.recent[:0]
	for _, at := range r.recent {
		if now.Sub(at) < restartWindow {
			kept = append(kept, at)
		}
	}
	r.recent = append(kept, now)
	if len(r.recent) <= restartsFree {
		return 0
	}
	return restartPause
}
