package app

import (
	"testing"
	"time"

	"shuting/app/visit"
)

func TestAccept_L54_a_page_is_replaced_only_while_nobody_is_there(t *testing.T) {
	idle, borrow := visit.Snapshot{Screen: visit.ScreenIdle}, visit.Snapshot{Screen: visit.ScreenBorrow}
	over := pageLimit + 1
	tests := []struct {
		name   string
		seen   []visit.Snapshot
		waited time.Duration
		holds  int64
		want   int
	}{
		{"rested and grown", []visit.Snapshot{idle}, restFirst, over, 1},
		{"after a visit", []visit.Snapshot{idle, borrow, idle}, restFirst, over, 1},
		{"not rested", []visit.Snapshot{idle}, restFirst - 1, over, 0},
		{"not grown", []visit.Snapshot{idle}, restFirst, pageLimit, 0},
		{"in a visit", []visit.Snapshot{idle, borrow}, time.Hour, over, 0},
		{"memory unknown", []visit.Snapshot{idle}, time.Hour, 0, 0},
		{"nothing shown yet", nil, time.Hour, over, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			at, replaced := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), 0
			r := &rest{now: func() time.Time { return at }, memory: func() int64 { return tt.holds }, fresh: func() { replaced++ }}
			for _, s := range tt.seen {
				r.saw(s)
				at = at.Add(restFirst / 2)
			}
			at = at.Add(tt.waited - restFirst/2)
			r.look()
			if replaced != tt.want {
				t.Errorf("replaced %d times, want %d", replaced, tt.want)
			}
		})
	}
}

func TestA_page_that_is_large_from_the_start_is_not_replaced_again_and_again(t *testing.T) {
	at, replaced := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), 0
	r := &rest{now: func() time.Time { return at }, memory: func() int64 { return pageLimit + 1 }, fresh: func() { replaced++ }}
	r.saw(visit.Snapshot{Screen: visit.ScreenIdle})
	for end := at.Add(restFirst + restApart); !at.After(end); at = at.Add(restEvery) {
		r.look()
	}
	if replaced != 2 {
		t.Errorf("replaced %d times in a rest of %v, want 2", replaced, restFirst+restApart)
	}
}
