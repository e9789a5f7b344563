package patrons

import (
	"context"
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// short delays make the steps easy to read: 1 s, 2 s, 4 s, 8 s from the third
// wrong try on; the kiosk from the sixth.
var short = Delays{First: 3, KioskFirst: 6, Base: time.Second, Max: 8 * time.Second, KioskMax: 4 * time.Second, Forget: time.Hour, KioskForget: 10 * time.Minute}

func (h *house) wantWait(card string, want time.Duration) {
	h.Helper()
	if a := h.mustSignIn(card); a.Wait != want {
		h.Errorf("%s has to wait %v, want %v", card, a.Wait, want)
	}
}

func TestAccept_L13_delays_of_a_card_grow_and_survive_a_restart(t *testing.T) {
	d := short
	d.KioskFirst = 1000
	h := newHouse(t, true, d)
	h.mustEnrol(reader("p1", "LB1"))
	for i, want := range []time.Duration{0, 0, 1, 2, 4, 8, 8} {
		a := h.mustEnter("LB1", wrong)
		if !a.Wrong || a.Wait != want*time.Second {
			t.Errorf("wrong try %d: %+v, want a wait of %v", i+1, a, want*time.Second)
		}
		if i == 4 {
			h.reopen(true, d)
		}
		h.wantWait("LB1", want*time.Second)
		h.wantWait("LB2", 0) // another card is not concerned
		if want > 0 {
			h.now = h.now.Add(a.Wait - time.Millisecond)
			if a := h.mustEnter("LB1", pin); a.Visitor != nil || a.Wrong || a.Wait != time.Millisecond {
				t.Errorf("a moment before the end even the right PIN waits: %+v", a)
			}
			h.now = h.now.Add(time.Millisecond)
		}
	}
	// Never locked for good: after the wait the right PIN is taken.
	if a := h.mustEnter("LB1", pin); a.Visitor == nil {
		t.Errorf("after the delay: %+v", a)
	}
	// And the count starts anew.
	for i := range 2 {
		if a := h.mustEnter("LB1", wrong); !a.Wrong || a.Wait != 0 {
			t.Errorf("wrong try %d after the right PIN: %+v", i+1, a)
		}
	}
	if got := h.outcomes(); got != strings.Repeat("wrong_pin ", 7)+"done wrong_pin wrong_pin" {
		t.Errorf("the ledger says %q", got)
	}
	h.wantClean()
}

func TestAccept_L13_delays_of_the_kiosk_slow_down_trying_many_cards(t *testing.T) {
	h := newHouse(t, true, short)
	h.mustEnrol(reader("p1", "LB1"))
	for i, want := range []time.Duration{0, 0, 0, 0, 0, 1, 2, 4, 4} {
		a := h.mustEnter(fmt.Sprint("unknown", i), wrong)
		if !a.Wrong || a.Wait != want*time.Second {
			t.Errorf("wrong try %d: %+v, want a wait of %v", i+1, a, want*time.Second)
		}
		if i == 6 {
			h.reopen(true, short)
		}
		h.wantWait("LB1", want*time.Second) // every card waits
		h.now = h.now.Add(a.Wait)
	}
	if a := h.mustEnter("LB1", pin); a.Visitor == nil {
		t.Errorf("after the delay: %+v", a)
	}
	// Whoever owns one good card cannot clear the count of the kiosk with it.
	if a := h.mustEnter("unknown", wrong); a.Wait != short.KioskMax {
		t.Errorf("after a right PIN in between: %+v", a)
	}
	// Quiet time lets it sink, one for each KioskForget.
	before := h.failed(kioskOwner)
	h.now = h.now.Add(5 * short.KioskForget)
	if a := h.mustEnter("unknown9", wrong); a.Wait != 1*time.Second || h.failed(kioskOwner) != before-4 {
		t.Errorf("after quiet: %+v, count %d, want %d", a, h.failed(kioskOwner), before-4)
	}
}

func TestAQuietDayClearsTheCountOfACard(t *testing.T) {
	h := newHouse(t, true, short)
	for range 2 {
		h.mustEnter("LB1", wrong)
	}
	h.now = h.now.Add(short.Forget + time.Second)
	if a := h.mustEnter("LB1", wrong); a.Wait != 0 || h.failed(h.records.CardKey("LB1")) != 1 {
		t.Errorf("got %+v with %d counted", a, h.failed(h.records.CardKey("LB1")))
	}
}

func TestAClockSetBackLocksNobodyOut(t *testing.T) {
	for _, back := range []time.Duration{time.Second, short.Max, 24 * time.Hour, 10 * 365 * 24 * time.Hour} {
		t.Run(back.String(), func(t *testing.T) {
			h := newHouse(t, true, short)
			h.mustEnrol(reader("p1", "LB1"))
			for range 3 {
				h.mustEnter("LB1", wrong)
			}
			h.now = h.now.Add(-back)
			told := h.mustSignIn("LB1").Wait
			if told > short.Max {
				t.Errorf("it waits %v", told)
			}
			h.now = h.now.Add(told) // whoever waits as long as told is let try
			a := h.mustEnter("LB1", wrong)
			if !a.Wrong || a.Wait != 2*time.Second {
				t.Errorf("a fourth wrong try: %+v, want it counted and a wait of 2 s", a)
			}
			h.now = h.now.Add(a.Wait)
			if a := h.mustEnter("LB1", pin); a.Visitor == nil {
				t.Errorf("the right PIN: %+v", a)
			}
		})
	}
}

func TestDelaysNeverLockForGoodNorFallAway(t *testing.T) {
	for _, d := range []Delays{DefaultDelays(), short,
		{First: 1, KioskFirst: 1, Base: 20 * time.Second, Max: 30 * 24 * time.Hour, KioskMax: time.Hour, Forget: time.Hour, KioskForget: time.Hour},
		{First: 0, KioskFirst: 0, Base: time.Hour, Max: time.Minute, KioskMax: time.Minute},
		{Base: time.Nanosecond, Max: math.MaxInt64 / 4, KioskMax: time.Hour, Forget: math.MaxInt64},
	} {
		var card, atKiosk records.Attempts
		now, last := noon, time.Duration(0)
		for i := range 100 {
			card, atKiosk = d.nextOfCard(card, now), d.nextOfKiosk(atKiosk, now)
			wait := left(card, now, d.Max)
			if wait < 0 || wait > d.Max || wait < last || left(atKiosk, now, d.KioskMax) > d.KioskMax {
				t.Fatalf("%+v, try %d: waits %v after %v", d, i+1, wait, last)
			}
			if i+1 < d.First && wait != 0 {
				t.Fatalf("%+v, try %d: waits %v already", d, i+1, wait)
			}
			last = wait
		}
		if last == 0 && d.Base >= time.Millisecond {
			t.Errorf("%+v: no wait after 100 tries", d)
		}
	}
}

func TestManyTriesAtOnceGetNoFreeGuess(t *testing.T) {
	const tries = 10
	for _, rightOnes := range []int{0, 1, tries} {
		t.Run(fmt.Sprintf("%d right", rightOnes), func(t *testing.T) {
			d := short
			d.Base, d.Max, d.KioskMax = time.Hour, time.Hour, time.Hour
			h := newHouse(t, true, d)
			h.mustEnrol(reader("p1", "LB1"))
			answers := make([]library.SignInAnswer, tries)
			var all sync.WaitGroup
			for i := range tries {
				cmd := h.command()
				all.Go(func() {
					guess := fmt.Sprintf("%06d", i)
					if i >= tries-rightOnes {
						guess = pin
					}
					var err error
					if answers[i], err = h.EnterPIN(context.Background(), cmd, "LB1", guess); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			wrongs, in, delayed := 0, 0, 0
			for _, a := range answers {
				switch {
				case a.Visitor != nil:
					in++
				case a.Wrong:
					wrongs++
				case a.NeedPIN && a.Wait > 0:
					delayed++
				default:
					t.Errorf("an answer that is none of the three: %+v", a)
				}
			}
			switch {
			case rightOnes == tries && in != tries:
				t.Errorf("all were right, %d got in", in)
			case rightOnes < tries && wrongs > d.First+in*d.First:
				// A right PIN among them clears the count once.
				t.Errorf("%d guesses were judged wrong, at most %d may be", wrongs, d.First+in*d.First)
			case rightOnes == 0 && (wrongs != d.First || delayed != tries-d.First):
				t.Errorf("%d wrong and %d delayed, want %d and %d", wrongs, delayed, d.First, tries-d.First)
			}
			h.wantClean()
		})
	}
}

// A try that meets a delay behind its back is answered alike whether its PIN
// was right or wrong.
func TestDuringADelayRightAndWrongLookTheSame(t *testing.T) {
	d := short
	h := newHouse(t, true, d)
	h.mustEnrol(reader("p1", "LB1"))
	for range d.First {
		h.mustEnter("LB1", wrong)
	}
	cardKey := h.records.CardKey("LB1")
	var answers []library.SignInAnswer
	for _, right := range []bool{true, false} {
		// Behind the first look at the delay, as a try that ran at the same time.
		a, err := h.try(context.Background(), h.command(), cardKey, lookup{patron: "p1", card: library.Card{Patron: "p1", State: library.CardActive}}, right)
		if err != nil {
			t.Fatal(err)
		}
		answers = append(answers, a, h.mustEnter("LB1", map[bool]string{true: pin, false: wrong}[right]))
	}
	for _, a := range answers {
		if want := (library.SignInAnswer{NeedPIN: true, Wait: d.Base}); !reflect.DeepEqual(a, want) {
			t.Errorf("got %+v, want %+v", a, want)
		}
	}
	if got := h.failed(cardKey); got != d.First {
		t.Errorf("%d counted, want %d: a try that was not judged does not count", got, d.First)
	}
}

func TestARepeatedTryIsAnsweredByWhatWasRecorded(t *testing.T) {
	h := newHouse(t, true, patient)
	h.mustEnrol(reader("p1", "LB1"))
	cardKey := h.records.CardKey("LB1")
	first := h.command()
	for i, guess := range []string{wrong, wrong, "222222", pin} {
		if a := h.mustEnterAs(first, "LB1", guess); !a.Wrong || a.Visitor != nil {
			t.Errorf("repeat %d: %+v, want the wrong PIN of the first time", i, a)
		}
	}
	if got := h.failed(cardKey); got != 1 {
		t.Errorf("%d counted, want 1", got)
	}
	second := h.command()
	for i := range 3 {
		if a := h.mustEnterAs(second, "LB1", pin); a.Visitor == nil || a.Visitor.PatronID != "p1" || a.Visitor.MaskedName != "欧**" {
			t.Errorf("repeat %d: %+v, want the reader", i, a)
		}
	}
	if a := h.mustEnterAs(second, "LB1", wrong); a.Visitor != nil || !a.Wrong {
		t.Errorf("a repeat with another PIN: %+v", a)
	}
	h.reopen(true, patient)
	if a := h.mustEnterAs(second, "LB1", pin); a.Visitor == nil {
		t.Errorf("after a restart: %+v", a)
	}
	if got := h.outcomes(); got != "wrong_pin done" {
		t.Errorf("the ledger says %q", got)
	}
	h.wantClean()
}
