package catalogue

import "sync"

const (
	// mostShared is how many titles may carry one ISBN before it is taken for a
	// filler ("9787000000000" on everything without one), which identifies
	// nothing. A set of volumes under one number stays below.
	mostShared = 50
	// mostCrowded such numbers are kept in mind; any more are looked up each time.
	mostCrowded = 1000
)

// crowded remembers ISBNs that too many titles carry, so that a file with
// thousands of them does not read all of these for each. Safe for concurrent use.
type crowded struct {
	mu    sync.Mutex
	known map[string]string // ISBN → id of a title that carries it
}

func (c *crowded) example(isbn string) (title string, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	title, ok = c.known[isbn]
	return title, ok
}

func (c *crowded) note(isbn, title string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil {
		c.known = make(map[string]string)
	}
	if len(c.known) < mostCrowded {
		c.known[isbn] = title
	}
}
