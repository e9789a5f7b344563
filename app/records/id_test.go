package records

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/store"
)

func TestNewIDsSortByTimeAndAreUnique(t *testing.T) {
	seen := map[string]bool{}
	var ids []string
	at := noon
	for range 300 {
		at = at.Add(time.Millisecond)
		for range 10 {
			id := NewID(kiosk, at)
			if seen[id] {
				t.Fatalf("%s came twice", id)
			}
			if !strings.HasPrefix(id, "k1-") || len(id) != len("k1-")+24 || strings.ContainsAny(id, "/ ") {
				t.Fatalf("%q has another form", id)
			}
			seen[id] = true
		}
		ids = append(ids, NewID(kiosk, at))
	}
	for _, far := range []time.Duration{time.Second, time.Hour, 90 * 24 * time.Hour, 100 * 365 * 24 * time.Hour} {
		at = at.Add(far)
		ids = append(ids, NewID(kiosk, at))
	}
	if !slices.IsSorted(ids) {
		t.Error("they do not sort by time")
	}
}

func TestForget(t *testing.T) {
	now := noon
	do := func(t *testing.T, r *Records, id string, at time.Time) Done {
		t.Helper()
		d, err := r.Do(context.Background(), library.Command{ID: id, At: at}, "test", func(*Tx) (Outcome, error) { return Outcome{Code: "done"}, nil })
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	r, s := mustNew(t)
	times := map[string]time.Time{}
	newID := func(kiosk string, age time.Duration) string {
		id := NewID(kiosk, now.Add(-age))
		times[id] = now.Add(-age)
		return id
	}
	var old, young []string
	for i := range 70 {
		old = append(old, newID(kiosk, CommandsKept+time.Millisecond+time.Duration(i*i)*time.Hour))
	}
	for _, age := range []time.Duration{CommandsKept, CommandsKept - time.Millisecond, 24 * time.Hour, 0, -time.Hour} {
		young = append(young, newID(kiosk, age))
	}
	other := mustOpenAs(t, s, kiosk+"-0") // its ids begin like ours
	foreign := newID(kiosk+"-0", 2*CommandsKept)
	do(t, other, foreign, times[foreign])
	for _, id := range slices.Concat(old, young) {
		do(t, r, id, times[id])
	}

	total := 0
	for n, rounds := 1, 0; n > 0; rounds++ {
		var err error
		if n, err = r.Forget(context.Background(), now); err != nil {
			t.Fatal(err)
		}
		if n > store.MaxWrites/2 {
			t.Errorf("%d at once", n)
		}
		if total += n; rounds > 5 {
			t.Fatal("it does not come to an end")
		}
	}
	if total != len(old) {
		t.Errorf("it forgot %d, want %d", total, len(old))
	}
	for i, id := range young {
		if d := do(t, r, id, times[id]); !d.Replayed {
			t.Errorf("young command %d is not recognised", i)
		}
	}
	if d := do(t, other, foreign, times[foreign]); !d.Replayed {
		t.Error("a command of another kiosk was forgotten")
	}
	if n := len(entries(t, r)); n != len(old)+len(young) {
		t.Errorf("the ledger has %d entries, want all %d", n, len(old)+len(young))
	}
	wantClean(t, r)
	if d := do(t, r, old[0], now); d.Replayed {
		t.Error("an old command is still recognised")
	}
	if got := fmt.Sprint(wantClean(t, r).Counts["ledgers"]); got != "2" {
		t.Errorf("%s chains, want 2", got)
	}
}
