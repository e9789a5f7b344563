package main

import (
	"errors"
	"time"
)

// A program counts as ready at the first moment the screen shows what it will
// go on showing. That is judged by the points that tell: those which differ
// from the empty screen and from the page's plain ground (so a coloured but
// still empty window is not ready) and which stay as they are once the page has
// settled (so a clock or an animation does not count).

// picture is the telling points of a settled screen.
type picture struct {
	points  []point
	ground  uint32
	colours int
}

type point struct {
	x, y   int
	colour uint32
}

const (
	grid     = 4 // every so many pixels a point
	mostTold = 4000
	showsAll = 0.9 // so many of the telling points must be right
)

// glance is one look at the grid.
func (d *display) glance() []uint32 {
	var seen []uint32
	for y := grid / 2; y < d.height; y += grid {
		for x := grid / 2; x < d.width; x += grid {
			seen = append(seen, d.at(x, y))
		}
	}
	return seen
}

// learn watches a settled screen for a while; empty is how it looked before.
func (d *display) learn(empty []uint32, watch time.Duration) (picture, error) {
	first := d.glance()
	moved := make([]bool, len(first))
	for until := time.Now().Add(watch); time.Now().Before(until); time.Sleep(100 * time.Millisecond) {
		for i, c := range d.glance() {
			moved[i] = moved[i] || c != first[i]
		}
	}
	count := map[uint32]int{}
	for _, c := range first {
		count[c]++
	}
	p := picture{colours: len(count)}
	for c, n := range count {
		if n > count[p.ground] {
			p.ground = c
		}
	}
	columns := (d.width - grid/2 + grid - 1) / grid
	for i, c := range first {
		if !moved[i] && c != empty[i] && c != p.ground {
			p.points = append(p.points, point{x: grid/2 + grid*(i%columns), y: grid/2 + grid*(i/columns), colour: c})
		}
	}
	if len(p.points) < 50 {
		return p, errors.New("the screen shows next to nothing to recognise the page by")
	}
	if skip := len(p.points) / mostTold; skip > 1 {
		var fewer []point
		for i := 0; i < len(p.points); i += skip {
			fewer = append(fewer, p.points[i])
		}
		p.points = fewer
	}
	return p, nil
}

// shows is the part of the telling points that are right now, 0 to 1.
func (d *display) shows(p picture) float64 {
	right := 0
	for _, at := range p.points {
		if d.at(at.x, at.y) == at.colour {
			right++
		}
	}
	return float64(right) / float64(len(p.points))
}

// await returns when the screen shows the picture (want true) or no longer does.
func (d *display) await(p picture, want bool, limit time.Duration) (time.Time, error) {
	for until := time.Now().Add(limit); time.Now().Before(until); time.Sleep(2 * time.Millisecond) {
		if part := d.shows(p); (part >= showsAll) == want && (want || part < 0.2) {
			return time.Now(), nil
		}
	}
	return time.Time{}, errors.New("the screen did not become what was expected in time")
}

// awaitStill returns when nothing but small things moved for a while.
func (d *display) awaitStill(still, limit time.Duration) error {
	last, since := d.glance(), time.Now()
	for until := time.Now().Add(limit); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		now := d.glance()
		moved := 0
		for i := range now {
			if now[i] != last[i] {
				moved++
			}
		}
		if moved > len(now)/100 {
			last, since = now, time.Now()
		}
		if time.Since(since) >= still {
			return nil
		}
	}
	return errors.New("the screen did not come to rest")
}
