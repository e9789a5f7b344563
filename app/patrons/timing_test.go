package patrons

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"shuting/app/records"
)

const (
	// timedRounds is how often each kind of card is timed.
	timedRounds = 60
	// trimmed share of the times left out at each end: a busy machine holds up a
	// few of them for long, whichever card they were for.
	trimmed = 0.2
	// suspicious is how far apart, in standard errors, two means must be to be
	// taken for different. By chance that happens less than once in 100,000 runs.
	suspicious = 5.0
)

// welch is Welch's t of two samples, a share of each left out at both ends; with
// a share left out the variance is that of the sample with its ends pulled in
// (Yuen 1974). 0 leaves nothing out: the plain t.
func welch(a, b []float64, share float64) float64 {
	meanA, errA := trimmedMean(a, share)
	meanB, errB := trimmedMean(b, share)
	return (meanA - meanB) / math.Sqrt(errA+errB)
}

// trimmedMean is a mean and the square of its standard error.
func trimmedMean(sample []float64, share float64) (mean, squaredError float64) {
	s := slices.Sorted(slices.Values(sample))
	n, cut := len(s), int(share*float64(len(s)))
	kept := n - 2*cut
	for _, x := range s[cut : n-cut] {
		mean += x / float64(kept)
	}
	pulledIn := 0.0 // mean of the sample with its ends pulled in
	for i := range s {
		s[i] = s[min(max(i, cut), n-1-cut)]
	}
	for _, x := range s {
		pulledIn += x / float64(n)
	}
	for _, x := range s {
		squaredError += (x - pulledIn) * (x - pulledIn)
	}
	return mean, squaredError / float64(kept*(kept-1))
}

func TestWelchTellsMeansApart(t *testing.T) {
	near := func(got, want float64) bool { return math.Abs(got-want) < 1e-4 }
	for _, c := range []struct {
		name  string
		a, b  []float64
		share float64
		want  float64
	}{
		{"by hand: 3-6 over the root of 2.5/5+10/5", []float64{1, 2, 3, 4, 5}, []float64{2, 4, 6, 8, 10}, 0, -3 / math.Sqrt(2.5)},
		{"the order does not matter", []float64{5, 1, 4, 2, 3}, []float64{10, 2, 8, 4, 6}, 0, -3 / math.Sqrt(2.5)},
		{"the same", []float64{1, 2, 3, 4, 5}, []float64{1, 2, 3, 4, 5}, 0.2, 0},
		// 2 2 3 4 4 and 4 4 6 8 8: squares 4 and 16 over 3×2.
		{"by hand, one left out at each end", []float64{1, 2, 3, 4, 500}, []float64{-700, 4, 6, 8, 10}, 0.2, -3 / math.Sqrt(4.0/6+16.0/6)},
	} {
		if got := welch(c.a, c.b, c.share); !near(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// timed gives the logarithms of the times that each act takes, the acts of a round
// right after each other in an order drawn for each round.
func timed(r *rand.Rand, acts ...func(n int)) [][]float64 {
	took := make([][]float64, len(acts))
	for n := range timedRounds {
		for _, i := range r.Perm(len(acts)) {
			began := time.Now()
			acts[i](n)
			took[i] = append(took[i], math.Log(float64(time.Since(began))))
		}
	}
	return took
}

const timedCards = 5

// timedHouse has cards with a PIN (K…) and without one (N…).
func timedHouse(t *testing.T) *house {
	h := newHouse(t, true, patient)
	for i := range timedCards {
		h.mustEnrol(reader(fmt.Sprint("k", i), fmt.Sprint("K", i)))
		n := reader(fmt.Sprint("n", i), fmt.Sprint("N", i))
		n.PIN = ""
		h.mustEnrol(n)
	}
	return h
}

// enterAt enters a wrong PIN for one of the timed cards.
func (h *house) enterAt(letter string) func(n int) {
	return func(n int) { h.mustEnter(fmt.Sprint(letter, n%timedCards), wrong) }
}

// Nobody learns from the time of the answer whether a card exists.
func TestAccept_L55_the_time_of_the_answer_does_not_tell_a_card_that_exists(t *testing.T) {
	h := timedHouse(t)
	took := timed(random(t),
		func(n int) { h.mustEnter(fmt.Sprint("unknown", n), wrong) }, h.enterAt("K"), h.enterAt("N"))
	for i, name := range []string{"a card with another PIN", "a card without a PIN"} {
		got := welch(took[0], took[1+i], trimmed)
		t.Logf("an unknown card and %s: t is %.2f", name, got)
		if math.Abs(got) > suspicious {
			t.Errorf("the time tells an unknown card from %s: t is %.1f", name, got)
		}
	}
}

// The same measurement sees what a service would give away that saved itself the
// hash for an unknown card.
func TestAccept_L55_the_time_would_tell_if_no_hash_were_made_for_an_unknown_card(t *testing.T) {
	h := timedHouse(t)
	took := timed(random(t), func(n int) { h.mustLeak(fmt.Sprint("unknown", n)) }, h.enterAt("K"))
	got := welch(took[0], took[1], trimmed)
	t.Logf("t is %.1f", got)
	if got > -suspicious {
		t.Errorf("t is %.1f, which would pass", got)
	}
}

// mustLeak enters a wrong PIN for an unknown card as EnterPIN does, but without
// the hash.
func (h *house) mustLeak(card string) {
	h.Helper()
	ctx, cmd, cardKey := context.Background(), h.command(), h.records.CardKey(card)
	if wait, err := h.waiting(ctx, cardKey, cmd.At); err != nil || wait > 0 {
		h.Fatalf("it waits %v (%v)", wait, err)
	}
	var l lookup
	if err := h.records.View(ctx, func(tx *records.Tx) (err error) { l, err = h.find(tx, cardKey); return err }); err != nil || l.patron != "" {
		h.Fatalf("the card is known, or cannot be looked for: %v", err)
	}
	if a, err := h.try(ctx, cmd, cardKey, l, false); err != nil || !a.Wrong {
		h.Fatalf("%+v, %v", a, err)
	}
}
