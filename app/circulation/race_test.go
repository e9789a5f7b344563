package circulation

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"shuting/app/library"
	"shuting/app/records"
)

// twoKiosks is a house with a second kiosk on the same store. Their writers do
// not wait for each other.
func twoKiosks(t *testing.T) (one, two *house) {
	t.Helper()
	one = newHouse(t)
	other := *one
	two = &other
	two.serve("k2", "main")
	return one, two
}

func TestAccept_L09_the_phantom_of_two_check_outs_never_passes_a_limit(t *testing.T) {
	const limit, tries = 2, 12
	for _, c := range []struct {
		name   string
		kiosks int
	}{{"at one kiosk", 1}, {"at two kiosks of one store", 2}} {
		t.Run(c.name, func(t *testing.T) {
			one, two := twoKiosks(t)
			kiosks := []*house{one, two}[:c.kiosks]
			one.policy(func(p *library.Policy) { p.LoanLimit = limit })
			one.addPatrons("p1")
			for i := range tries {
				one.addTitle(fmt.Sprint("t", i), fmt.Sprint("B", i))
			}
			var all sync.WaitGroup
			answers := make([]library.LoanAnswer, tries)
			for i := range tries {
				h := kiosks[i%c.kiosks]
				cmd := h.command()
				all.Go(func() {
					var err error
					if answers[i], err = h.CheckOut(context.Background(), cmd, "p1", fmt.Sprint("B", i), nil); err != nil {
						t.Errorf("try %d: %v", i, err)
					}
				})
			}
			all.Wait()
			lent := 0
			for i, a := range answers {
				if a.Done() {
					lent++
				} else if codes(a.Reasons) != library.LoanLimit {
					t.Errorf("try %d was refused with %q", i, codes(a.Reasons))
				}
			}
			if s := one.standing("p1"); lent != limit || s.Loans != limit {
				t.Errorf("%d lent, counter %d, want exactly %d", lent, s.Loans, limit)
			}
			one.wantClean()
		})
	}
}

func TestAccept_L09_of_two_readers_who_want_the_last_copy_one_gets_it(t *testing.T) {
	const copies = 10
	one, two := twoKiosks(t)
	one.addPatrons("p1", "p2")
	for i := range copies {
		one.addTitle(fmt.Sprint("t", i), fmt.Sprint("B", i))
	}
	for _, kiosks := range [][]*house{{one, one}, {one, two}} {
		for i := range copies {
			barcode := fmt.Sprint("B", i)
			var all sync.WaitGroup
			answers := make([]library.LoanAnswer, 2)
			for who := range 2 {
				h := kiosks[who]
				cmd := h.command()
				all.Go(func() {
					var err error
					if answers[who], err = h.CheckOut(context.Background(), cmd, fmt.Sprint("p", who+1), barcode, nil); err != nil {
						t.Error(err)
					}
				})
			}
			all.Wait()
			if answers[0].Done() == answers[1].Done() {
				t.Fatalf("%s: got %q and %q, want one lent", barcode, codes(answers[0].Reasons), codes(answers[1].Reasons))
			}
			winner := map[bool]string{true: "p1", false: "p2"}[answers[0].Done()]
			if got := one.loanOf(barcode).Patron; got != winner {
				t.Errorf("%s is lent to %s, the answer says %s", barcode, got, winner)
			}
		}
		one.wantClean()
		for i := range copies {
			one.want("return", one.in(fmt.Sprint("B", i)), library.Returned)
		}
	}
}

func TestManyReadersBorrowAndReturnAtOnce(t *testing.T) {
	const readers, rounds = 8, 6
	h := newHouse(t)
	for i := range readers {
		h.addPatrons(fmt.Sprint("p", i))
		h.addTitle(fmt.Sprint("t", i), fmt.Sprint("B", i))
	}
	var all sync.WaitGroup
	for i := range readers {
		all.Go(func() {
			for n := range rounds {
				own := fmt.Sprint("B", i)
				cmd := h.command()
				a, err := h.CheckOut(context.Background(), cmd, fmt.Sprint("p", i), own, nil)
				if err != nil || !a.Done() {
					t.Errorf("reader %d, round %d: %q (%v)", i, n, codes(a.Reasons), err)
				}
				// A neighbour's retry of the same command changes nothing.
				if b, err := h.CheckOut(context.Background(), cmd, fmt.Sprint("p", i), own, nil); err != nil || b.Loan != a.Loan {
					t.Errorf("reader %d, round %d: the repeat says %q (%v)", i, n, b.Loan, err)
				}
				if r, err := h.CheckIn(context.Background(), h.command(), own); err != nil || r.Outcomes[0] != library.Returned {
					t.Errorf("reader %d, round %d: return %v (%v)", i, n, r.Outcomes, err)
				}
			}
		})
	}
	all.Wait()
	h.wantClean()
	lent := 0
	if err := h.records.Ledger(context.Background(), 0, 0, func(e records.Entry) error {
		if e.Operation == "check_out" {
			lent++
		}
		return nil
	}); err != nil || lent != readers*rounds {
		t.Errorf("the ledger counts %d loans (%v), want %d", lent, err, readers*rounds)
	}
}
