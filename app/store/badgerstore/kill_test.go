package badgerstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"shuting/app/store"
)

// The child of the kill test has a few writers. Each commit of a writer adds a
// numbered record, its checksum under another key, raises the writer's counter
// and the total that all writers share. So after any kill: the records are
// numbered without a gap up to the counter, each fits its checksum, and the
// counters add up to the total.
const (
	killRounds  = 50
	killWriters = 3
)

func recordKey(w, n int) []byte    { return fmt.Appendf(nil, "record/%d/%06d", w, n) }
func sumKey(w, n int) []byte       { return fmt.Appendf(nil, "sum/%d/%06d", w, n) }
func counterKey(w int) []byte      { return fmt.Appendf(nil, "counter/%d", w) }
func checksum(v []byte) []byte     { return fmt.Appendf(nil, "%08x", crc32.Checksum(v, castagnoli)) }
func decimal(n int) []byte         { return strconv.AppendInt(nil, int64(n), 10) }
func killOptions(d string) Options { return Options{Dir: d, FreeSpace: plenty} }

func readNumber(tx store.Tx, key []byte) (int, error) {
	v, err := tx.Get(key)
	if errors.Is(err, store.ErrNotFound) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(v))
}

// checkInvariants reads the whole store and returns the counters.
func checkInvariants(s *Store) (counters [killWriters]int, err error) {
	err = s.View(ctx, func(tx store.Tx) error {
		sum := 0
		for w := range killWriters {
			n, err := readNumber(tx, counterKey(w))
			if err != nil {
				return err
			}
			counters[w], sum = n, sum+n
			next := 0
			err = tx.Scan(store.Range{Prefix: fmt.Appendf(nil, "record/%d/", w)}, func(key, value []byte) error {
				next++
				if !bytes.Equal(key, recordKey(w, next)) {
					return fmt.Errorf("record %d of writer %d is missing", next, w)
				}
				want, err := tx.Get(sumKey(w, next))
				if err != nil || !bytes.Equal(want, checksum(value)) {
					return fmt.Errorf("record %d of writer %d does not fit its checksum (%w)", next, w, err)
				}
				return nil
			})
			if err != nil {
				return err
			}
			if next != n {
				return fmt.Errorf("writer %d counts %d, but has %d records", w, n, next)
			}
		}
		total, err := readNumber(tx, []byte("total"))
		if err == nil && total != sum {
			return fmt.Errorf("total is %d, the writers add up to %d", total, sum)
		}
		return err
	})
	return counters, err
}

// childWrites opens the store, proves its invariants, says the counters it found
// and then writes until it is killed, saying each commit after Update returned.
func childWrites(dir string) error {
	s, err := Open(killOptions(dir))
	if err != nil {
		return err
	}
	counters, err := checkInvariants(s)
	if err != nil {
		return err
	}
	say("found %d %d %d", counters[0], counters[1], counters[2])
	errs := make(chan error)
	for w := range killWriters {
		go func() { errs <- writeForever(s, w, counters[w]) }()
	}
	return <-errs
}

func writeForever(s *Store, w, n int) error {
	for {
		n++
		size := 10 + rand.IntN(3000)
		if rand.IntN(20) == 0 {
			size = 100_000 + rand.IntN(200_000) // fills memtables, so that tables are written too
		}
		value := bytes.Repeat([]byte{byte(n), byte(w)}, size/2)
		err := s.Update(ctx, func(tx store.Tx) error {
			total, err := readNumber(tx, []byte("total"))
			if err != nil {
				return err
			}
			return errors.Join(tx.Set(recordKey(w, n), value), tx.Set(sumKey(w, n), checksum(value)),
				tx.Set(counterKey(w), decimal(n)), tx.Set([]byte("total"), decimal(total+1)))
		})
		if errors.Is(err, store.ErrConflict) {
			n--
			continue
		}
		if err != nil {
			return err
		}
		say("done %d %d", w, n)
	}
}

func TestAccept_L10_a_process_killed_fifty_times_loses_nothing_acknowledged(t *testing.T) {
	dir := newOptions(t).Dir
	var acknowledged [killWriters]int
	check := func(what string, found [killWriters]int) {
		t.Helper()
		for w := range killWriters {
			if found[w] < acknowledged[w] || found[w] > acknowledged[w]+1 {
				t.Fatalf("%s: writer %d had %d acknowledged, %d are there", what, w, acknowledged[w], found[w])
			}
		}
		acknowledged = found
	}
	commits, early := 0, 0
	for round := range killRounds {
		c := startChild(t, "write", dir)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		var once sync.Once
		kill := func() {
			once.Do(func() {
				if err := c.cmd.Process.Kill(); err != nil {
					t.Errorf("kill: %v", err)
				}
			})
		}
		// Every fifth child is killed at some moment of its start, the others while
		// they write.
		var timer *time.Timer
		if round%5 == 4 {
			timer = time.AfterFunc(rand.N(200*time.Millisecond), kill)
		}
		found := false
		for line := range c.lines {
			var a, b, d int
			if n, _ := fmt.Sscanf(line, "found %d %d %d", &a, &b, &d); n == 3 {
				found = true
				check(fmt.Sprintf("round %d", round), [killWriters]int{a, b, d})
				if timer == nil {
					timer = time.AfterFunc(rand.N(200*time.Millisecond), kill)
				}
			} else if n, _ := fmt.Sscanf(line, "done %d %d", &a, &b); n == 2 {
				acknowledged[a] = b
				commits++
			} else if strings.HasPrefix(line, "error") {
				t.Fatalf("round %d: %s", round, line)
			}
			if ctx.Err() != nil {
				t.Fatal("the child neither writes nor ends")
			}
		}
		cancel()
		if _, killed := c.rest(t); !killed {
			t.Fatalf("round %d: the child ended by itself", round)
		}
		if !found {
			early++
		}
	}
	s := mustOpen(t, killOptions(dir))
	found, err := checkInvariants(s)
	if err != nil {
		t.Fatal(err)
	}
	check("at the end", found)
	if err := s.Verify(t.Context(), nil); err != nil {
		t.Error(err)
	}
	mustClose(t, s)
	if commits < killRounds {
		t.Errorf("only %d commits were acknowledged in %d rounds: the test shows too little", commits, killRounds)
	}
	t.Logf("%d kills, %d of them during the start, %d commits acknowledged, none lost", killRounds, early, commits)
}
