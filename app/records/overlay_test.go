package records

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"testing"
	"time"

	"shuting/app/store"
)

// letters of random keys: few, so that ranges and writes meet, and the edges of
// a byte among them.
var letters = []byte{'a', 'b', '/', 0x00, 0xff}

func randomKey(rnd *rand.Rand) []byte {
	k := []byte{[]byte{'a', 'b', 0xff}[rnd.IntN(3)]}
	for range rnd.IntN(4) {
		k = append(k, letters[rnd.IntN(len(letters))])
	}
	return k
}

// model is what a scan has to deliver, worked out the slow way.
func model(data map[string]string, r store.Range) []string {
	var keys []string
	for k := range data {
		if !bytes.HasPrefix([]byte(k), r.Prefix) {
			continue
		}
		if cmp := bytes.Compare([]byte(k), r.After); len(r.After) > 0 && ((!r.Reverse && cmp <= 0) || (r.Reverse && cmp >= 0)) {
			continue
		}
		keys = append(keys, k)
	}
	sort.Strings(keys)
	if r.Reverse {
		slices.Reverse(keys)
	}
	if r.Limit > 0 && len(keys) > r.Limit {
		keys = keys[:r.Limit]
	}
	out := []string{}
	for _, k := range keys {
		out = append(out, fmt.Sprintf("%q=%q", k, data[k]))
	}
	return out
}

func scanned(t *testing.T, tx store.Tx, r store.Range) []string {
	t.Helper()
	out := []string{}
	if err := tx.Scan(r, func(k, v []byte) error { out = append(out, fmt.Sprintf("%q=%q", k, v)); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func randomRange(rnd *rand.Rand) store.Range {
	r := store.Range{Prefix: randomKey(rnd)[:1], Limit: rnd.IntN(6), Reverse: rnd.IntN(2) == 0}
	if k := randomKey(rnd); rnd.IntN(2) == 0 {
		r.Prefix = k[:min(2, len(k))]
	}
	switch rnd.IntN(4) {
	case 0:
		r.After = []byte{} // empty is the same as none
	case 1, 2:
		r.After = randomKey(rnd)
	}
	return r
}

func TestAChangeSeesItsOwnWritesInEveryScan(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 1))
	s := mustOpenStore(t, t.TempDir())
	under := map[string]string{}
	mustUpdate(t, s, func(tx store.Tx) error {
		for range 60 {
			k, v := randomKey(rnd), fmt.Sprint("u", rnd.IntN(100))
			under[string(k)] = v
			if err := tx.Set(k, []byte(v)); err != nil {
				return err
			}
		}
		return nil
	})
	for range 150 {
		err := s.View(context.Background(), func(tx store.Tx) error {
			o, data := newOverlay(tx), map[string]string{}
			for k, v := range under {
				data[k] = v
			}
			for range rnd.IntN(30) {
				k := randomKey(rnd)
				if rnd.IntN(3) == 0 {
					delete(data, string(k))
					if err := o.Delete(k); err != nil {
						return err
					}
					continue
				}
				v := []string{"", "o1", "o2"}[rnd.IntN(3)]
				data[string(k)] = v
				if err := o.Set(k, []byte(v)); err != nil {
					return err
				}
			}
			for range 20 {
				r := randomRange(rnd)
				if got, want := scanned(t, o, r), model(data, r); !slices.Equal(got, want) {
					return fmt.Errorf("scan %+v: got %v, want %v", r, got, want)
				}
				k := randomKey(rnd)
				got, err := o.Get(k)
				if want, there := data[string(k)]; there != (err == nil) || string(got) != want || (err != nil && !errors.Is(err, store.ErrNotFound)) {
					return fmt.Errorf("get %q: %q, %v; want %q, %v", k, got, err, want, there)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

func TestOverlay(t *testing.T) {
	s := mustOpenStore(t, t.TempDir())
	mustUpdate(t, s, func(tx store.Tx) error {
		for _, k := range []string{"a1", "a3", "a5"} {
			if err := tx.Set([]byte(k), []byte("under")); err != nil {
				return err
			}
		}
		return nil
	})
	with := func(t *testing.T, fn func(o *overlay)) {
		t.Helper()
		err := s.View(context.Background(), func(tx store.Tx) error {
			o := newOverlay(tx)
			for _, k := range []string{"a2", "a3", "a6"} {
				if err := o.Set([]byte(k), []byte("own")); err != nil {
					return err
				}
			}
			fn(o)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	all := store.Range{Prefix: []byte("a")}
	t.Run("a scan ends where the callback says so", func(t *testing.T) {
		no := errors.New("no")
		for stop := range 5 {
			for _, cause := range []error{store.ErrStop, fmt.Errorf("enough: %w", store.ErrStop), no} {
				with(t, func(o *overlay) {
					n := 0
					err := o.Scan(all, func(_, _ []byte) error {
						if n++; n == stop+1 {
							return cause
						}
						return nil
					})
					if n != stop+1 || (cause == no) != errors.Is(err, no) || (cause != no && err != nil) {
						t.Errorf("stopped at %d with %v: %d calls and %v", stop+1, cause, n, err)
					}
				})
			}
		}
	})
	t.Run("slices given and handed out are independent", func(t *testing.T) {
		with(t, func(o *overlay) {
			v := []byte("mine")
			if err := o.Set([]byte("a9"), v); err != nil {
				t.Fatal(err)
			}
			v[0] = 'X'
			got, _ := o.Get([]byte("a9"))
			got[1] = 'X'
			err := o.Scan(store.Range{Prefix: []byte("a9")}, func(_, v []byte) error { v[2] = 'X'; return nil })
			if again, _ := o.Get([]byte("a9")); err != nil || string(again) != "mine" {
				t.Errorf("it is %q now (%v)", again, err)
			}
		})
	})
	t.Run("the size is the keys and values that will be written", func(t *testing.T) {
		with(t, func(o *overlay) {
			if want := 3 * len("a2own"); o.size != want {
				t.Errorf("size %d, want %d", o.size, want)
			}
			if err := errors.Join(o.Set([]byte("a2"), []byte("longer")), o.Delete([]byte("a3")), o.Set([]byte("a6"), nil)); err != nil {
				t.Fatal(err)
			}
			if want := len("a2longer") + len("a3") + len("a6"); o.size != want {
				t.Errorf("size %d, want %d", o.size, want)
			}
		})
	})
	t.Run("a callback may scan inside", func(t *testing.T) {
		with(t, func(o *overlay) {
			n := 0
			err := o.Scan(all, func(_, _ []byte) error {
				return o.Scan(all, func(_, _ []byte) error { n++; return nil })
			})
			if err != nil || n != 25 {
				t.Errorf("%d calls (%v), want 25", n, err)
			}
		})
	})
	t.Run("nothing reaches the store before flush", func(t *testing.T) {
		with(t, func(o *overlay) {
			if got := scanned(t, o.under, all); len(got) != 3 {
				t.Errorf("underneath: %v", got)
			}
		})
	})
}
