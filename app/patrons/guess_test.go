package patrons

import (
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// guesses of one PIN; SHUTING_GUESSES asks for another number in long runs.
func guesses(t *testing.T) int {
	text, ok := os.LookupEnv("SHUTING_GUESSES")
	if !ok {
		return 200
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 50 {
		t.Fatalf("SHUTING_GUESSES is %q, want a number from 50 on", text)
	}
	return n
}

const (
	allPINs = 1_000_000
	// restartEvery so many guesses the program is closed and opened again.
	restartEvery = 50
	year         = 365 * 24 * time.Hour
)

// doubling is what the policy promises, said once more: no wait before the
// first-th wrong try, then 5 s, doubled with each, up to most.
func doubling(n, first int, most time.Duration) time.Duration {
	if n < first {
		return 0
	}
	if over := n - first; over < 20 {
		return min(5*time.Second<<over, most)
	}
	return most
}

// guess is the n-th of different PINs, never the right one.
func guess(n int) string {
	if text := fmt.Sprintf("%06d", n*7919%allPINs); text != pin {
		return text
	}
	return wrong
}

// random is seeded anew each time, and says with what.
func random(t *testing.T) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 55))
}

// Who guesses at one card, as fast as the waits allow, gets three tries for
// nothing, eight within the next 21 minutes, and then one in 15 minutes: 96 a
// day, 28.5 years for all PINs there are. A restart takes nothing off a wait. It is a child's card, and whatever others
// tried, its own PIN opens it 15 minutes later.
func TestAccept_L55_guessing_the_PIN_of_one_card_takes_decades(t *testing.T) {
	tries, r := guesses(t), random(t)
	h := newHouse(t, true, DefaultDelays())
	h.mustEnrol(reader("p1", "LB1"))
	child := reader("p2", "LB2")
	child.Patron.Category, child.Patron.Guardian = library.Child, "p1"
	h.mustEnrol(child)
	cardKey, began := h.records.CardKey("LB2"), h.now
	var promised, last time.Duration
	early := 0
	for n := 1; n <= tries; n++ {
		wait := doubling(n, 4, 15*time.Minute)
		promised += wait
		a := h.mustEnter("LB2", guess(n))
		if !reflect.DeepEqual(a, library.SignInAnswer{NeedPIN: true, Wrong: true, Wait: wait}) {
			t.Fatalf("guess %d: %+v, want a wait of %v", n, a, wait)
		}
		last = a.Wait
		end := h.now.Add(last)
		restart := n%restartEvery == 0 || n == 5 // also while the waits still grow
		if wait > 0 && (restart || r.IntN(10) == 0) {
			h.now = h.now.Add(time.Duration(r.Int64N(wait.Milliseconds())) * time.Millisecond)
			if restart {
				h.reopen(true, DefaultDelays())
			}
			left := library.SignInAnswer{NeedPIN: true, Wait: end.Sub(h.now)}
			if a := h.mustSignIn("LB2"); !reflect.DeepEqual(a, left) {
				t.Fatalf("guess %d, %v before the end (restart: %v): %+v", n, left.Wait, restart, a)
			}
			if a := h.mustEnter("LB2", pin); !reflect.DeepEqual(a, left) {
				t.Fatalf("guess %d, %v before the end (restart: %v) the right PIN got %+v", n, left.Wait, restart, a)
			}
			early++
		}
		h.now = end
	}
	if early == 0 {
		t.Error("the right PIN was never tried during a wait")
	}
	if got := h.failed(cardKey); got != tries {
		t.Errorf("%d wrong tries are counted, want %d", got, tries)
	}
	took := h.now.Sub(began)
	all := took + (allPINs-time.Duration(tries))*last
	t.Logf("%d guesses take %.1f days, all PINs %.1f years", tries, took.Hours()/24, float64(all)/float64(year))
	if took != promised || took < time.Duration(tries-12)*15*time.Minute || all < 28*year {
		t.Errorf("%d guesses took %v, promised are %v; all PINs take %v", tries, took, promised, all)
	}
	if a := h.mustEnter("LB2", pin); a.Visitor == nil || a.Visitor.Category != library.Child || a.Wrong || a.Wait != 0 {
		t.Errorf("the child's own PIN after the wait: %+v", a)
	}
	if got, want := h.outcomes(), strings.Repeat("wrong_pin ", tries)+"done"; got != want {
		t.Errorf("the ledger holds %d words of outcomes, want %d wrong ones and one done", len(strings.Fields(got)), tries)
	}
	h.wantClean()
}

// Who goes through many cards, and clears nothing with a good card of his own,
// gets one try a minute at this kiosk: 1,440 a day, and some 690 days of them to
// one hit on average. Meanwhile nobody waits longer than that minute.
func TestAccept_L55_going_through_many_cards_is_slow_too(t *testing.T) {
	tries, r := max(40, guesses(t)/10), random(t)
	h := newHouse(t, true, DefaultDelays())
	const own, innocent, victims = "LB1", "LB2", 4
	h.mustEnrol(reader("p1", own))
	h.mustEnrol(reader("p2", innocent))
	for i := range victims {
		h.mustEnrol(reader(fmt.Sprint("victim", i), fmt.Sprint("V", i)))
	}
	began := h.now
	for n := 1; n <= tries; n++ {
		card := fmt.Sprint("unknown", n)
		if n%10 == 0 && n/10 <= victims {
			card = fmt.Sprint("V", n/10-1)
		}
		wait := doubling(n, 11, time.Minute)
		a := h.mustEnter(card, guess(n))
		if !reflect.DeepEqual(a, library.SignInAnswer{NeedPIN: true, Wrong: true, Wait: wait}) {
			t.Fatalf("guess %d: %+v, want a wait of %v", n, a, wait)
		}
		end := h.now.Add(a.Wait)
		if wait > 0 && n%12 == 0 {
			h.now = h.now.Add(time.Duration(r.Int64N(wait.Milliseconds())) * time.Millisecond)
			h.reopen(true, DefaultDelays())
			if a := h.mustEnter(innocent, pin); !reflect.DeepEqual(a, library.SignInAnswer{NeedPIN: true, Wait: end.Sub(h.now)}) {
				t.Fatalf("after guess %d and a restart somebody else's right PIN got %+v, want a wait of %v", n, a, end.Sub(h.now))
			}
		}
		h.now = end
		if n%15 == 0 {
			if a := h.mustEnter(own, pin); a.Visitor == nil {
				t.Fatalf("after guess %d and its wait a right PIN got %+v", n, a)
			}
		}
	}
	if took, least := h.now.Sub(began), time.Duration(tries-15)*time.Minute; took < least {
		t.Errorf("%d guesses took %v, want at least %v", tries, took, least)
	}
	if a := h.mustEnter(innocent, pin); a.Visitor == nil {
		t.Errorf("somebody else after the wait: %+v", a)
	}
	h.wantClean()
}

// Counts are forgotten with quiet time. Who pauses for that between any number of
// tries is slower than who goes on.
func TestAccept_L55_waiting_until_a_count_is_forgotten_gains_no_guess(t *testing.T) {
	d := DefaultDelays()
	for _, c := range []struct {
		name  string
		next  func(records.Attempts, time.Time) records.Attempts
		least time.Duration // for each try in the long run
		free  int           // tries that the growing of the waits leaves at once
		quiet []time.Duration
	}{
		{"a card", d.nextOfCard, 15 * time.Minute, 12, []time.Duration{0, 15 * time.Minute, 12 * time.Hour, d.Forget + time.Millisecond}},
		{"the kiosk", d.nextOfKiosk, time.Minute, 15, []time.Duration{0, time.Minute, d.KioskForget, 4 * d.KioskForget, 20 * d.KioskForget}},
	} {
		for _, quiet := range c.quiet {
			for together := 1; together <= 40; together++ {
				const tries = 2_000
				a, now := records.Attempts{}, noon
				for n := 1; n <= tries; n++ {
					a = c.next(a, now)
					if until := time.UnixMilli(a.Until); until.After(now) {
						now = until
					}
					if n%together == 0 {
						now = now.Add(quiet)
					}
				}
				if took := now.Sub(noon); took < time.Duration(tries-c.free)*c.least {
					t.Errorf("%s, %v quiet after every %d tries: %d tries in %v, one in %v", c.name, quiet, together, tries, took, took/tries)
				}
			}
		}
	}
}
