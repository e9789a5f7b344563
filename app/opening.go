package app

import (
	"context"
	"sync"
	"time"

	"shuting/app/library"
	"shuting/app/visit"
)

// openingKept is how long the calendar is used before it is read again.
const openingKept = time.Minute

// opening answers when the library is open, from the calendar in force.
type opening struct {
	house    *house
	mu       sync.Mutex
	calendar library.Calendar
	read     time.Time
}

// today is nil where the hours of the day are not known.
func (o *opening) today(now time.Time) *visit.Today {
	c := o.inForce(now)
	open, known := c.OpenAt(now, o.house.zone)
	if !known {
		return nil
	}
	t := &visit.Today{Open: open, Spans: []visit.Span{}}
	for _, s := range c.HoursOn(library.DateOf(now, o.house.zone)) {
		text := s.String()
		t.Spans = append(t.Spans, visit.Span{From: text[:len("09:00")], To: text[len("09:00-"):]})
	}
	if next, ok := c.NextOpening(now, o.house.zone); ok && !open {
		t.Next = next.In(o.house.zone).Format("2006-01-02T15:04")
	}
	return t
}

// inForce is the calendar, at most a minute old. Where it cannot be read the
// last one stands.
func (o *opening) inForce(now time.Time) library.Calendar {
	o.mu.Lock()
	defer o.mu.Unlock()
	if age := now.Sub(o.read); o.read.IsZero() || age < 0 || age >= openingKept {
		ctx, stop := context.WithTimeout(context.Background(), time.Second)
		defer stop()
		if terms, err := o.house.circulation.Terms(ctx); err == nil {
			o.calendar = terms.Calendar
		}
		o.read = now
	}
	return o.calendar
}
