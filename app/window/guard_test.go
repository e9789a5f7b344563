package window

import (
	"testing"
	"time"
)

// A Guarded without a window: what it decides before anything native happens.
func newLossTaker() *Guarded { return &Guarded{now: time.Now} }

func TestLoss_is_taken_once_until_the_page_is_loaded_again(t *testing.T) {
	g := newLossTaker()
	if _, first := g.takeLoss(Crashed); !first {
		t.Fatal("the first loss was not taken")
	}
	if _, first := g.takeLoss(LoadFailed); first {
		t.Fatal("a second sign of the same loss was taken as a new one")
	}
}

func TestLoss_while_the_window_closes_is_not_answered(t *testing.T) {
	g := newLossTaker()
	g.stopped = true
	if _, first := g.takeLoss(Asked); first {
		t.Error("a page is replaced in a window that closes")
	}
	g = newLossTaker()
	g.takeLoss(Crashed)
	g.stopped = true
	if g.takeRestart() {
		t.Error("a page is loaded into a window that closes")
	}
}

func TestLoss_of_a_page_we_ended_carries_our_reason(t *testing.T) {
	tests := []struct {
		name          string
		asked, native Reason
		want          Reason
	}{
		{"frozen page ended by us", Frozen, Asked, Frozen},
		{"page ended by us without a reason", "", Asked, Asked},
		{"page that crashed while we were about to end it", Frozen, Crashed, Crashed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			g := newLossTaker()
			g.asked = test.asked
			if got, _ := g.takeLoss(test.native); got != test.want {
				t.Errorf("reason = %q, want %q", got, test.want)
			}
			if g.asked != "" {
				t.Error("the reason is kept for the next loss")
			}
		})
	}
}

func TestLoss_does_not_wait_for_ever_for_its_listener(t *testing.T) {
	release := make(chan struct{})
	heard := make(chan Reason, 1)
	g := newLossTaker()
	g.options.OnPageLost = func(r Reason) { heard <- r; <-release }
	returned := make(chan struct{})
	go func() {
		g.tell(Crashed)
		close(returned)
	}()
	if got := <-heard; got != Crashed {
		t.Errorf("listener heard %q, want %q", got, Crashed)
	}
	select {
	case <-returned:
	case <-time.After(10 * lostGrace):
		t.Error("a listener that hangs holds up the reload")
	}
	close(release)
}
