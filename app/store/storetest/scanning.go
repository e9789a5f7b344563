package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"shuting/app/store"
)

// number is a key whose order is that of n.
func number(n int) string { return fmt.Sprintf("n/%04d", n) }

// fillNumbers writes number(0)…number(n-1), each with itself as the value.
func fillNumbers(t *testing.T, s store.Store, n int) (all []string) {
	t.Helper()
	for from := 0; from < n; from += store.MaxWrites {
		mustUpdate(t, s, func(tx store.Tx) error {
			for i := from; i < min(n, from+store.MaxWrites); i++ {
				if err := tx.Set([]byte(number(i)), []byte(number(i))); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for i := range n {
		all = append(all, number(i))
	}
	return all
}

func reversed(s []string) []string {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %d keys %.200q, want %d keys %.200q", what, len(got), got, len(want), want)
	}
}

func scanOrder(t *testing.T, b Backend) {
	s := open(t, b)
	sorted := []string{"p", "p\x00", "p\x00\x00", "p\x01", "pa", "pa\x00", "pab", "pb", "p\xfe", "p\xff", "p\xff\x00", "p\xff\xff"}
	for _, i := range []int{5, 0, 11, 3, 8, 1, 10, 2, 9, 4, 7, 6} {
		mustSet(t, s, sorted[i], sorted[i])
	}
	mustSet(t, s, "o", "", "o\xff", "", "q", "")
	r := store.Range{Prefix: []byte("p")}
	same(t, "forwards", scan(t, s, r), sorted)
	r.Reverse = true
	same(t, "backwards", scan(t, s, r), reversed(sorted))
	all := fillNumbers(t, s, 1200)
	for _, back := range []bool{false, true} {
		var got []string
		err := s.View(ctx, func(tx store.Tx) error {
			return tx.Scan(store.Range{Prefix: []byte("n/"), Reverse: back}, func(k, v []byte) error {
				if string(k) != string(v) {
					return fmt.Errorf("key %q came with value %q", k, v)
				}
				got = append(got, string(k))
				return nil
			})
		})
		if err != nil {
			t.Error(err)
		}
		if back {
			got = reversed(got)
		}
		same(t, fmt.Sprintf("1,200 keys, reverse=%v", back), got, all)
	}
}

func scanPages(t *testing.T, b Backend) {
	s := open(t, b)
	all := fillNumbers(t, s, 250)
	for _, back := range []bool{false, true} {
		for _, limit := range []int{1, 7, 50, 249, 250, 251} {
			var got []string
			r := store.Range{Prefix: []byte("n/"), Limit: limit, Reverse: back}
			for {
				page := scan(t, s, r)
				if len(page) > limit {
					t.Fatalf("limit %d gave %d keys", limit, len(page))
				}
				if len(page) == 0 {
					break
				}
				got = append(got, page...)
				r.After = []byte(page[len(page)-1])
			}
			want := all
			if back {
				want = reversed(all)
			}
			same(t, fmt.Sprintf("limit %d, reverse %v", limit, back), got, want)
		}
	}
}

func scanBounds(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "a/1", "", "a/2", "", "a/3", "", "b/1", "", "\xff", "", "\xff\xff", "")
	three := []string{"a/1", "a/2", "a/3"}
	for _, c := range []struct {
		after   string
		reverse bool
		want    []string
	}{
		{"", false, three},
		{"a/", false, three},
		{"Z", false, three}, // before the prefix: no bound
		{"a/1", false, three[1:]},
		{"a/1\x00", false, three[1:]},
		{"a/3", false, nil},
		{"b", false, nil},
		{"", true, reversed(three)},
		{"b", true, reversed(three)}, // behind the prefix: no bound
		{"a/3", true, reversed(three[:2])},
		{"a/2\xff", true, reversed(three[:2])},
		{"a/1", true, nil},
		{"a/", true, nil},
		{"Z", true, nil},
	} {
		got := scan(t, s, store.Range{Prefix: []byte("a/"), After: []byte(c.after), Reverse: c.reverse})
		same(t, fmt.Sprintf("after %q, reverse %v", c.after, c.reverse), got, c.want)
	}
	same(t, "a missing prefix", scan(t, s, store.Range{Prefix: []byte("c/")}), nil)
	same(t, "the last prefix, backwards", scan(t, s, store.Range{Prefix: []byte("\xff"), Reverse: true}), []string{"\xff\xff", "\xff"})
	same(t, "a whole key as prefix", scan(t, s, store.Range{Prefix: []byte("a/2")}), []string{"a/2"})
}

func scanOwnWrites(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "k/1", "old", "k/2", "old", "k/3", "old")
	mine := errors.New("mine")
	err := s.Update(ctx, func(tx store.Tx) error {
		if err := errors.Join(tx.Set([]byte("k/0"), []byte("new")), tx.Set([]byte("k/2"), []byte("new")),
			tx.Delete([]byte("k/3")), tx.Set([]byte("k/4"), []byte("new"))); err != nil {
			return err
		}
		for _, back := range []bool{false, true} {
			var got []string
			if err := tx.Scan(store.Range{Prefix: []byte("k/"), Reverse: back}, func(k, v []byte) error {
				got = append(got, string(k)+"="+string(v))
				return nil
			}); err != nil {
				return err
			}
			if back {
				got = reversed(got)
			}
			same(t, fmt.Sprintf("reverse %v", back), got, []string{"k/0=new", "k/1=old", "k/2=new", "k/4=new"})
		}
		return mine
	})
	wantErr(t, "Update", err, mine)
	same(t, "after the discard", scan(t, s, store.Range{Prefix: []byte("k/")}), []string{"k/1", "k/2", "k/3"})
}

func scanStops(t *testing.T, b Backend) {
	s := open(t, b)
	fillNumbers(t, s, 100)
	mine := errors.New("mine")
	for _, c := range []struct{ give, want error }{{store.ErrStop, nil}, {fmt.Errorf("enough: %w", store.ErrStop), nil}, {mine, mine}} {
		for _, at := range []int{1, 16, 17, 60} {
			seen := 0
			err := s.View(ctx, func(tx store.Tx) error {
				return tx.Scan(store.Range{Prefix: []byte("n/")}, func(_, _ []byte) error {
					if seen++; seen == at {
						return c.give
					}
					return nil
				})
			})
			if !errors.Is(err, c.want) || seen != at {
				t.Errorf("stopping with %v at %d: got %v after %d keys", c.give, at, err, seen)
			}
		}
	}
}

func scanNested(t *testing.T, b Backend) {
	s := open(t, b)
	mustSet(t, s, "title/1", "a", "title/2", "b", "item/1/x", "", "item/1/y", "", "item/2/z", "")
	mustUpdate(t, s, func(tx store.Tx) error {
		return tx.Scan(store.Range{Prefix: []byte("title/")}, func(k, _ []byte) error {
			id := strings.TrimPrefix(string(k), "title/")
			items := keys(t, tx, store.Range{Prefix: []byte("item/" + id + "/")})
			if _, err := tx.Get(k); err != nil {
				return err
			}
			return tx.Set([]byte("count/"+id), fmt.Appendf(nil, "%d", len(items)))
		})
	})
	want(t, s, "count/1", "2")
	want(t, s, "count/2", "1")
	_ = s.View(ctx, func(tx store.Tx) error {
		return tx.Scan(store.Range{Prefix: []byte("title/")}, func(k, _ []byte) error {
			same(t, "nested in a view", keys(t, tx, store.Range{Prefix: []byte("title/")}), []string{"title/1", "title/2"})
			return nil
		})
	})
}
