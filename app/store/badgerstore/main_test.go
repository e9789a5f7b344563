package badgerstore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"shuting/app/store"
	"shuting/app/store/storetest"
)

var ctx = context.Background()

// childEnv names what a child process of the tests is to do; see childModes.
const childEnv = "SHUTING_STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	if mode := os.Getenv(childEnv); mode != "" {
		name, arg, _ := strings.Cut(mode, " ")
		if err := childModes[name](arg); err != nil {
			fmt.Println("error", err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	code := m.Run()
	if sampleRoot != "" {
		_ = os.RemoveAll(filepath.Dir(sampleRoot))
	}
	os.Exit(code)
}

// plenty answers as a disk with much room, so that tests do not depend on the
// machine's.
func plenty(string) (uint64, error) { return 1 << 40, nil }

func newOptions(tb testing.TB) Options {
	tb.Helper()
	return Options{Dir: filepath.Join(tb.TempDir(), "data"), FreeSpace: plenty}
}

func mustOpen(tb testing.TB, o Options) *Store {
	tb.Helper()
	s, err := Open(o)
	if err != nil {
		tb.Fatalf("Open: %v", err)
	}
	return s
}

func mustClose(tb testing.TB, s *Store) {
	tb.Helper()
	if err := s.Close(); err != nil {
		tb.Fatalf("Close: %v", err)
	}
}

func mustSet(tb testing.TB, s *Store, key, value string) {
	tb.Helper()
	if err := set(s, key, value); err != nil {
		tb.Fatalf("Update: %v", err)
	}
}

func set(s *Store, key, value string) error {
	return s.Update(ctx, func(tx store.Tx) error { return tx.Set([]byte(key), []byte(value)) })
}

func get(s *Store, key string) (value string, err error) {
	err = s.View(ctx, func(tx store.Tx) error {
		v, err := tx.Get([]byte(key))
		value = string(v)
		return err
	})
	return value, err
}

func mustHave(tb testing.TB, s *Store, key, want string) {
	tb.Helper()
	if got, err := get(s, key); err != nil || got != want {
		tb.Fatalf("%q has %d bytes (%v), want %d", key, len(got), err, len(want))
	}
}

// refusedWith fails unless err is an *OpenError with one of the codes, names a
// remedy and tells no secret.
func refusedWith(tb testing.TB, err error, codes ...Code) *OpenError {
	tb.Helper()
	var refusal *OpenError
	if !errors.As(err, &refusal) {
		tb.Fatalf("got %v, want a refusal with %v", err, codes)
	}
	for _, c := range codes {
		if refusal.Code == c {
			if refusal.Todo == "" || refusal.What == "" || refusal.Path == "" {
				tb.Errorf("refusal is not clear: %+v", refusal)
			}
			return refusal
		}
	}
	tb.Fatalf("refused with %v, want one of %v", err, codes)
	return nil
}

func backend() storetest.Backend {
	dirs := map[store.Store]Options{}
	return storetest.Backend{
		Open: func(tb testing.TB) store.Store {
			o := newOptions(tb)
			s := mustOpen(tb, o)
			dirs[s] = o
			return s
		},
		Reopen: func(tb testing.TB, old store.Store) store.Store {
			if err := old.Close(); err != nil {
				tb.Fatalf("Close: %v", err)
			}
			s := mustOpen(tb, dirs[old])
			dirs[s] = dirs[old]
			return s
		},
	}
}

func TestAccept_L06_the_contract_suite_passes(t *testing.T) {
	storetest.Run(t, backend())
}

func TestAccept_L09_one_of_two_concurrent_check_outs_wins(t *testing.T) {
	storetest.Phantom(t, backend())
}

func TestAccept_L09_a_conflict_is_tried_again(t *testing.T) {
	storetest.ConflictRetry(t, backend())
}

func TestAccept_L09_too_large_a_transaction_is_refused_whole(t *testing.T) {
	storetest.TooLarge(t, backend())
}

func TestAccept_L09_a_closure_run_twice_does_nothing_twice(t *testing.T) {
	storetest.RunTwice(t, backend())
}
