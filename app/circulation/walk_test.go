package circulation

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"shuting/app/library"
)

// With the seed that a failure names, the same walk is done again.
var walkSeed = flag.Uint64("circulation.seed", 0, "seed of the random walk; 0 draws one")

// walkCorners walk at the same time, each among readers and books of its own, so
// that their changes share commits as they do at a busy kiosk; walkRound is how
// many steps each does before all stop and everything is compared.
const walkCorners, walkRound = 8, 20

// walkSteps of all corners together; SHUTING_WALK asks for another number in long
// runs.
func walkSteps(t *testing.T) int {
	text, ok := os.LookupEnv("SHUTING_WALK")
	if !ok {
		return 10_000
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAccept_L46_a_random_walk_agrees_with_a_plain_model(t *testing.T) {
	steps, seed := walkSteps(t), *walkSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("%d steps, seed %d (go test -circulation.seed=%d)", steps, seed, seed)
	w := newWalk(t, seed)
	rounds := (steps + walkCorners*walkRound - 1) / (walkCorners * walkRound)
	checkEvery := max(8, rounds/10) // a whole check takes the longer, the longer the ledger is
	for round := 1; round <= rounds; round++ {
		w.round()
		w.between()
		if round%10 == 0 {
			w.crash()
		}
		if round%5 == 0 {
			w.set(allRules[round/5%len(allRules)])
		}
		if round%checkEvery == 0 || round == rounds {
			w.h.wantClean()
		}
		if t.Failed() {
			t.Fatalf("seed %d, round %d of %d", seed, round, rounds)
		}
	}
	said := map[string]int{}
	for _, c := range w.corners {
		if err := c.sameHistories(); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		for what, n := range c.said {
			said[what] += n
		}
	}
	t.Logf("%v; between the rounds %v", said, w.said)
	if rounds >= 50 { // a shorter walk need not come everywhere
		wantMet(t, seed, said, w.said)
	}
}

// wantMet keeps the walk from growing so tame that it shows nothing.
func wantMet(t *testing.T, seed uint64, said, between map[string]int) {
	t.Helper()
	for _, met := range []string{"out ", "out " + library.LoanLimit, "out " + library.ItemOnLoanToYou, "out " + library.ItemOnLoanToOther, "out " + library.ItemReserved,
		"out " + library.TitleAlreadyYours, "out " + library.PatronOverdue, "out " + library.PatronCharges,
		"in " + library.Returned, "in " + library.ReturnedReserved, "in " + library.AlreadyReturnedNow, "in " + library.NotOnLoan,
		"in " + library.ReturnedWasLost, "in " + library.ReturnedReserved + " " + library.ReturnedWasLost,
		"renew ", "renew " + library.RenewLimit, "renew " + library.RenewTooSoon, "renew " + library.RenewReserved,
		"hold ", "hold " + library.HoldLimit, "hold " + library.HoldExists, "hold " + library.HoldYoursOnLoan, "hold " + library.HoldNotAllowed,
		"cancel true", "cancel false", "lose 0", "lose 300", "lose 80", "renew all "} {
		if said[met] == 0 {
			t.Errorf("seed %d: the walk never came to %q", seed, met)
		}
	}
	paid := 0
	for what, n := range said {
		if strings.HasPrefix(what, "pay ") && what != "pay nothing " {
			paid += n
		}
	}
	if paid == 0 || between["expired"] == 0 || between["rules"] == 0 || between["crash"] == 0 || between["crash found done"] == 0 {
		t.Errorf("seed %d: %d paid, between the rounds %v", seed, paid, between)
	}
}

// walk is all corners over one house.
type walk struct {
	h       *house
	rnd     *rand.Rand
	corners []*corner
	said    map[string]int
}

func newWalk(t *testing.T, seed uint64) *walk {
	w := &walk{h: newHouse(t), rnd: rand.New(rand.NewPCG(seed, 2)), said: map[string]int{}}
	w.set(allRules[0])
	for i := range walkCorners {
		w.corners = append(w.corners, newCorner(w.h, i, seed))
	}
	return w
}

// round lets every corner walk for a while, all at once.
func (w *walk) round() {
	var all sync.WaitGroup
	failed := make([]error, len(w.corners))
	for i, c := range w.corners {
		c.now = *w.h.now
		all.Go(func() {
			for n := 0; n < walkRound && failed[i] == nil; n++ {
				failed[i] = c.step()
			}
		})
	}
	all.Wait()
	if err := errors.Join(failed...); err != nil {
		w.h.Error(err)
	}
}

// between the rounds the clock moves, now and then backwards or far, shelf times
// end, and everything is compared.
func (w *walk) between() {
	switch n := w.rnd.IntN(20); {
	case n == 0:
		w.h.pass(-time.Duration(w.rnd.IntN(3600)) * time.Second)
	case n == 1:
		w.h.days(10 + w.rnd.IntN(20))
	default:
		w.h.pass(time.Duration(w.rnd.IntN(3*24*3600)) * time.Second)
	}
	n, err := w.h.ExpireHolds(context.Background(), *w.h.now)
	want := 0
	for _, c := range w.corners {
		want += c.expire(w.h.today())
	}
	if err != nil || n != want {
		w.h.Errorf("%d holds expired (%v), the model says %d", n, err, want)
	}
	w.said["expired"] += n
	for _, c := range w.corners {
		if err := c.sameAll(); err != nil {
			w.h.Error(err)
		}
	}
}

// set puts rules into force; the same again writes nothing.
func (w *walk) set(r rules) {
	for range 2 {
		changes, err := w.h.SetTerms(context.Background(), w.h.command(), r.terms())
		if err != nil {
			w.h.Fatal(err)
		}
		if len(changes) > 0 {
			w.said["rules"]++
		}
	}
	for _, c := range w.corners {
		c.rules = r
	}
}

// crash hands some steps to a child that is killed amid them, before it has told
// of all it did. What became of each is asked for, and only that is done in the
// model; then the same command is tried once more and finishes it.
func (w *walk) crash() {
	c := pick(w.rnd, w.corners)
	c.now = *w.h.now
	type planned struct {
		cmd library.Command
		act
	}
	var plan []planned
	var lines []string
	for range 1 + w.rnd.IntN(6) {
		cmd := c.command()
		a := c.lending(pick(c.rnd, []string{"out", "out", "in", "renew"}), pick(c.rnd, c.patrons), pick(c.rnd, c.barcodes), cmd)
		plan = append(plan, planned{cmd, a})
		lines = append(lines, fmt.Sprintf("%s %s %s %s %d", cmd.ID, a.what, a.patron, a.item, cmd.At.UnixNano()))
	}
	w.h.records.Close()
	if err := w.h.store.Close(); err != nil {
		w.h.Fatal(err)
	}
	backs := w.rnd.IntN(len(plan) + 1)
	killActing(w.h.TB, w.h.dir, lines, backs)
	w.h.open()
	for _, c := range w.corners {
		c.h = w.h
	}
	w.said["crash"]++
	open := false
	for i, p := range plan {
		done := w.h.told(p.cmd.ID).What != library.ToldNotDone
		if done && open || !done && i < backs {
			w.h.Errorf("command %d of %d: done %v, though %d were back and one before it was not done", i+1, len(plan), done, backs)
		}
		open = open || !done
		w.said[map[bool]string{true: "crash found done", false: "crash found open"}[done]]++
		want := p.model()
		if got, err := p.do(p.cmd); err != nil || got != want {
			w.h.Errorf("after a crash, %s of %s by %s: %q (%v), the model says %q", p.what, p.item, p.patron, got, err, want)
		}
	}
	if err := c.sameAll(); err != nil {
		w.h.Error(err)
	}
	*w.h.now = c.now
}
