package storetest

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"shuting/app/store"
)

// add reads the number at key and writes it back n higher.
func add(tx store.Tx, key string, n int) error {
	v, err := tx.Get([]byte(key))
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	old, _ := strconv.Atoi(string(v))
	return tx.Set([]byte(key), strconv.AppendInt(nil, int64(old+n), 10))
}

// ConflictRetry: of two concurrent transactions that read and write one key, the
// later really runs again and sees what the earlier wrote.
func ConflictRetry(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "balance", "100")
	both := newMeeting(2)
	var runs [2]int
	var group sync.WaitGroup
	for i := range 2 {
		group.Go(func() {
			err := s.Update(ctx, func(tx store.Tx) error {
				runs[i]++
				if err := add(tx, "balance", 1); err != nil {
					return err
				}
				if runs[i] == 1 {
					return both.wait() // both have read before either commits
				}
				return nil
			})
			if err != nil {
				t.Errorf("Update: %v", err)
			}
		})
	}
	group.Wait()
	if runs[0]+runs[1] < 3 {
		t.Errorf("runs of the two closures: %v, one of them must have run again", runs)
	}
	want(t, s, "balance", "102")
}

func conflictGivesUp(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "k", "0")
	runs := 0
	err := s.Update(ctx, func(tx store.Tx) error {
		runs++
		if err := add(tx, "k", 1000); err != nil {
			return err
		}
		if err := tx.Set([]byte("other"), []byte("x")); err != nil {
			return err
		}
		mustUpdate(t, s, func(tx store.Tx) error { return add(tx, "k", 1) }) // always first
		return nil
	})
	wantErr(t, "an Update that always loses", err, store.ErrConflict)
	if runs < 10 {
		t.Errorf("gave up after %d runs, want at least 10", runs)
	}
	want(t, s, "k", strconv.Itoa(runs))
	wantMissing(t, s, "other")
}

func scanConflict(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "seat/1", "free", "seat/2", "free")
	runs := 0
	mustUpdate(t, s, func(tx store.Tx) error {
		runs++
		free := 0
		if err := tx.Scan(store.Range{Prefix: []byte("seat/")}, func(_, v []byte) error {
			if string(v) == "free" {
				free++
			}
			return nil
		}); err != nil {
			return err
		}
		if runs == 1 {
			mustSet(t, s, "seat/2", "taken")
		}
		return tx.Set([]byte("free"), strconv.AppendInt(nil, int64(free), 10))
	})
	if runs < 2 {
		t.Error("a change to a scanned key went unnoticed")
	}
	want(t, s, "free", "1")
}

func blindWrites(t *testing.T, b Backend) {
	s := open(t, b)
	runs := 0
	mustUpdate(t, s, func(tx store.Tx) error {
		runs++
		if err := tx.Set([]byte("k"), []byte("outer")); err != nil {
			return err
		}
		mustSet(t, s, "k", "inner")
		return nil
	})
	if runs != 1 {
		t.Errorf("ran %d times", runs)
	}
	want(t, s, "k", "outer")
}

// Phantom: a patron with limit 2 has one loan; two kiosks lend at the same time.
// Counting the loans and then adding one is not enough, since the other's new
// key was not there to be read: both may commit. With one guard key that both
// read and write, exactly one wins.
func Phantom(t *testing.T, b Backend) {
	const limit = 2
	errLimit := errors.New("loan limit reached")
	lend := func(t *testing.T, guarded bool) (loans int, refused int) {
		s := open(t, b)
		mustSet(t, s, "loan/p1/item0", "lent")
		both := newMeeting(2)
		var outcomes [2]error
		var group sync.WaitGroup
		for i := range 2 {
			group.Go(func() {
				first := true
				outcomes[i] = s.Update(ctx, func(tx store.Tx) error {
					if guarded {
						if err := add(tx, "guard/p1", 1); err != nil {
							return err
						}
					}
					count := len(keys(t, tx, store.Range{Prefix: []byte("loan/p1/")}))
					if first {
						first = false
						if err := both.wait(); err != nil {
							return err
						}
					}
					if count >= limit {
						return errLimit
					}
					return tx.Set(fmt.Appendf(nil, "loan/p1/item%d", i+1), []byte("lent"))
				})
			})
		}
		group.Wait()
		for _, err := range outcomes {
			if errors.Is(err, errLimit) {
				refused++
			} else if err != nil {
				t.Errorf("Update: %v", err)
			}
		}
		return len(scan(t, s, store.Range{Prefix: []byte("loan/p1/")})), refused
	}
	t.Run("without a guard key the limit may break", func(t *testing.T) {
		loans, refused := lend(t, false)
		t.Logf("limit %d, two at the same time: %d loans, %d refused", limit, loans, refused)
		if loans+refused != 3 {
			t.Errorf("%d loans and %d refusals do not add up", loans, refused)
		}
	})
	t.Run("with a guard key one wins", func(t *testing.T) {
		if loans, refused := lend(t, true); loans != limit || refused != 1 {
			t.Errorf("limit %d: %d loans, %d refused", limit, loans, refused)
		}
	})
}

// RunTwice: the same command carried out again finds its own result and changes
// nothing, whether fn is repeated by a conflict or by the caller.
func RunTwice(t *testing.T, b Backend) {
	s := open(t, b)
	runs := 0
	checkOut := func(tx store.Tx) error {
		runs++
		if _, err := tx.Get([]byte("command/c1")); err == nil {
			return nil // carried out before
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err := add(tx, "loans/p1", 1); err != nil {
			return err
		}
		if runs == 1 {
			mustUpdate(t, s, func(tx store.Tx) error { return add(tx, "loans/p1", 10) }) // forces a second run
		}
		return tx.Set([]byte("command/c1"), []byte("lent"))
	}
	mustUpdate(t, s, checkOut)
	if runs != 2 {
		t.Errorf("the conflict made fn run %d times, want 2", runs)
	}
	want(t, s, "loans/p1", "11")
	mustUpdate(t, s, checkOut)
	want(t, s, "loans/p1", "11")
	s = b.Reopen(t, s)
	defer s.Close()
	mustUpdate(t, s, checkOut)
	want(t, s, "loans/p1", "11")
	want(t, s, "command/c1", "lent")
}

func contextDone(t *testing.T, b Backend) {
	s := open(t, b)
	done, cancel := context.WithCancel(ctx)
	cancel()
	never := func(store.Tx) error { t.Error("fn ran under a done context"); return nil }
	wantErr(t, "Update", s.Update(done, never), context.Canceled)
	wantErr(t, "View", s.View(done, never), context.Canceled)

	during, cancel := context.WithCancel(ctx)
	err := s.Update(during, func(tx store.Tx) error {
		err := tx.Set([]byte("k"), []byte("v"))
		cancel()
		return err
	})
	wantErr(t, "cancelled before the commit", err, context.Canceled)
	wantMissing(t, s, "k")
	mustSet(t, s, "k", "v")
	want(t, s, "k", "v")
}

func manyWriters(t *testing.T, b Backend) {
	s := open(t, b)
	const writers, each = 8, 15
	var tooMany atomic.Int64
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			for range each {
				err := s.Update(ctx, func(tx store.Tx) error {
					return errors.Join(add(tx, "total", 1), add(tx, fmt.Sprintf("writer/%d", w), 1))
				})
				if errors.Is(err, store.ErrConflict) {
					tooMany.Add(1)
				} else if err != nil {
					t.Errorf("Update: %v", err)
				}
			}
		})
	}
	group.Wait()
	sum := 0
	for w := range writers {
		v, err := get(s, fmt.Sprintf("writer/%d", w))
		if err != nil {
			t.Fatal(err)
		}
		n, _ := strconv.Atoi(v)
		sum += n
	}
	if sum+int(tooMany.Load()) != writers*each {
		t.Errorf("%d counted and %d given up of %d", sum, tooMany.Load(), writers*each)
	}
	want(t, s, "total", strconv.Itoa(sum))
}
