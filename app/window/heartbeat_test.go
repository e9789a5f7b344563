package window

import (
	"testing"
	"time"
)

// handClock is a clock that only moves when told to.
type handClock struct{ at time.Time }

func (c *handClock) now() time.Time { return c.at }

// bench is a heartbeat under a hand-advanced clock, counting frozen calls.
type bench struct {
	clock  *handClock
	beats  *Heartbeat
	frozen int
}

func newBench() *bench {
	b := &bench{clock: &handClock{time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}}
	b.beats = NewHeartbeat(b.clock.now, func() { b.frozen++ })
	return b
}

// pass lets d go by with a tick each second.
func (b *bench) pass(d time.Duration) {
	for ; d > 0; d -= beatTick {
		b.clock.at = b.clock.at.Add(beatTick)
		b.beats.Tick()
	}
}

func TestAccept_L05_a_frozen_page_is_noticed(t *testing.T) {
	tests := []struct {
		name   string
		do     func(*bench)
		frozen int
	}{
		{"a page that beats every three seconds lives", func(b *bench) {
			for range 200 {
				b.beats.Beat()
				b.pass(3 * time.Second)
			}
		}, 0},
		{"seven seconds of silence are forgiven", func(b *bench) {
			b.beats.Beat()
			b.pass(7 * time.Second)
			b.beats.Beat()
			b.pass(7 * time.Second)
		}, 0},
		{"eight seconds of silence after a beat count as frozen", func(b *bench) {
			b.beats.Beat()
			b.pass(8 * time.Second)
		}, 1},
		{"a loading page has eleven seconds", func(b *bench) {
			b.pass(11 * time.Second)
		}, 0},
		{"twelve seconds after a load without a beat count as frozen", func(b *bench) {
			b.pass(12 * time.Second)
		}, 1},
		{"a new load starts the twelve seconds anew", func(b *bench) {
			b.beats.Beat()
			b.pass(7 * time.Second)
			b.beats.Expect()
			b.pass(11 * time.Second)
		}, 0},
		{"a page that never comes up is tried again and again", func(b *bench) {
			b.pass(36 * time.Second)
		}, 3},
		{"a machine that slept for an hour does not blame the page", func(b *bench) {
			b.beats.Beat()
			b.clock.at = b.clock.at.Add(time.Hour)
			b.beats.Tick()
			b.pass(5 * time.Second)
			b.beats.Beat()
		}, 0},
		{"a clock set back does not blame or save the page", func(b *bench) {
			b.beats.Beat()
			b.pass(4 * time.Second)
			b.clock.at = b.clock.at.Add(-time.Hour)
			b.beats.Tick()
			b.pass(4 * time.Second)
		}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := newBench()
			test.do(b)
			if b.frozen != test.frozen {
				t.Errorf("found frozen %d times, want %d", b.frozen, test.frozen)
			}
		})
	}
}

func TestRestarts_answer_a_few_losses_at_once_and_space_out_the_rest(t *testing.T) {
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	var r restarts
	for i := range restartsFree {
		if got := r.next(now); got != 0 {
			t.Fatalf("loss %d waits %v, want none", i+1, got)
		}
		now = now.Add(time.Second)
	}
	if got := r.next(now); got != restartPause {
		t.Fatalf("loss %d waits %v, want %v", restartsFree+1, got, restartPause)
	}
	if got := r.next(now.Add(2 * restartWindow)); got != 0 {
		t.Fatalf("a loss long after the others waits %v, want none", got)
	}
}
