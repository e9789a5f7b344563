package catalogue

import (
	"sync"

	"shuting/app/catalogue/search"
	"shuting/app/library"
)

const (
	// newDays is how long a title is new.
	newDays = 30
	// A day on which more than movedIn titles came, and more than one in
	// movedPart of all, was the day a collection moved in: none of it is news.
	movedIn   = 500
	movedPart = 10
)

// calendar counts how many titles came on which day.
type calendar struct {
	mu   sync.Mutex
	days map[int]int
	all  int
}

func (c *calendar) note(day int) {
	c.all++
	if day == 0 {
		return
	}
	if c.days == nil {
		c.days = map[int]int{}
	}
	c.days[day]++
}

// add notes the titles that were not known yet.
func (c *calendar) add(docs []search.Doc, known func(id string) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, d := range docs {
		if !known(d.ID) {
			c.note(d.Added)
		}
	}
}

// since is the first day whose titles are new on a day: 29 days before, or the
// day after the last on which a collection moved in. And how many there are.
func (c *calendar) since(today int) (day, titles int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	day = today + 1
	for d := today; d > today-newDays; d-- {
		n := c.days[d]
		if n > movedIn && n > c.all/movedPart {
			break
		}
		day, titles = d, titles+n
	}
	return day, titles
}

func (f *Finder) today() int { return dayNumber(library.DateOf(f.o.Clock(), f.o.Zone)) }
