package records

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"shuting/app/store"
)

// findings checks what a change of raw keys makes of the store, without writing
// it.
func findings(t *testing.T, r *Records, s store.Store, change func(store.Tx) error) string {
	t.Helper()
	rep := Report{Counts: map[string]int{}}
	mustViewStore(t, s, func(tx store.Tx) error {
		o := newOverlay(tx)
		if err := change(o); err != nil {
			return err
		}
		return rep.walk(context.Background(), &Tx{s: o, sealer: r.sealer}, nil)
	})
	return strings.Join(rep.Findings, "\n")
}

func TestAccept_L08_no_line_of_the_ledger_can_be_changed_unnoticed(t *testing.T) {
	r, s := mustNew(t)
	for i := range 6 {
		mustDo(t, r, fmt.Sprint("c", i), addOne("n"))
	}
	other := mustOpenAs(t, s, "k2")
	mustDo(t, other, "other", addOne("n"))
	wantClean(t, r)
	line := func(seq uint64) []byte { return seqKey(spaceLedger, kiosk, seq) }
	headKey := key(spaceHead, kiosk)
	wantFound := func(t *testing.T, want string, change func(store.Tx) error) {
		t.Helper()
		if got := findings(t, r, s, change); !strings.Contains(got, want) {
			t.Errorf("it does not say %q but %q", want, got)
		}
	}

	t.Run("any byte of any line", func(t *testing.T) {
		for seq := uint64(1); seq <= 6; seq++ {
			var v []byte
			mustViewStore(t, s, func(tx store.Tx) (err error) { v, err = tx.Get(line(seq)); return err })
			for i := range v {
				got := findings(t, r, s, func(tx store.Tx) error {
					bad := append([]byte{}, v...)
					bad[i] ^= 1
					return tx.Set(line(seq), bad)
				})
				if got == "" {
					t.Errorf("byte %d of line %d was changed unnoticed", i, seq)
				}
			}
		}
	})
	for seq := uint64(1); seq <= 6; seq++ {
		t.Run(fmt.Sprintf("line %d taken out", seq), func(t *testing.T) {
			wantFound(t, "ledger k1", func(tx store.Tx) error { return tx.Delete(line(seq)) })
		})
	}
	t.Run("two lines swapped", func(t *testing.T) {
		wantFound(t, "chain broken", func(tx store.Tx) error {
			a, errA := tx.Get(line(3))
			b, errB := tx.Get(line(4))
			if errA != nil || errB != nil {
				return fmt.Errorf("%v %v", errA, errB)
			}
			if err := tx.Set(line(3), b); err != nil {
				return err
			}
			return tx.Set(line(4), a)
		})
	})
	t.Run("a line put in at the end", func(t *testing.T) {
		wantFound(t, "ledger k1: head says 6, the chain ends at 7", func(tx store.Tx) error {
			h, err := readHead(tx, kiosk)
			if err != nil {
				return err
			}
			e, err := newEntry(kiosk, h, command("forged"), "test", Outcome{Code: "done"})
			if err != nil {
				return err
			}
			_, err = appendEntry(tx, h, e)
			return err
		})
	})
	t.Run("the last line cut off and the head set back", func(t *testing.T) {
		wantFound(t, "command entry: ledger k1/6 is missing", func(tx store.Tx) error {
			v, err := tx.Get(line(6))
			if err != nil {
				return err
			}
			var last Entry
			if err := decode(v, &last); err != nil {
				return err
			}
			if err := writeHead(tx, kiosk, head{Seq: 5, Hash: last.Prev}); err != nil {
				return err
			}
			return tx.Delete(line(6))
		})
	})
	t.Run("the head taken away", func(t *testing.T) {
		wantFound(t, "ledger k1: its head is missing, the chain ends at 6", func(tx store.Tx) error { return tx.Delete(headKey) })
	})
	t.Run("the head set back", func(t *testing.T) {
		wantFound(t, "ledger k1: head says 2, the chain ends at 6", func(tx store.Tx) error {
			return writeHead(tx, kiosk, head{Seq: 2, Hash: make([]byte, 32)})
		})
	})
	t.Run("a head that cannot be read", func(t *testing.T) {
		wantFound(t, "ledger head k1: cannot be read", func(tx store.Tx) error { return tx.Set(headKey, []byte{1}) })
	})
	t.Run("a head without a chain", func(t *testing.T) {
		wantFound(t, "ledger k9: head says 3, the chain ends at 0", func(tx store.Tx) error { return writeHead(tx, "k9", head{Seq: 3}) })
	})
	t.Run("a key that is no sequence number", func(t *testing.T) {
		wantFound(t, "ledger k1: an entry without a sequence number", func(tx store.Tx) error { return tx.Set([]byte(spaceLedger+"k1/x"), nil) })
	})
	t.Run("lines of one kiosk put into another's chain", func(t *testing.T) {
		wantFound(t, "ledger k2/1: follows 0 and says k1/1 of itself", func(tx store.Tx) error {
			v, err := tx.Get(line(1))
			if err != nil {
				return err
			}
			return tx.Set(seqKey(spaceLedger, "k2", 1), v)
		})
	})
	t.Run("a command recorded twice", func(t *testing.T) {
		wantFound(t, "ledger k1/1: its command is also recorded as k1/7", func(tx store.Tx) error {
			h, err := readHead(tx, kiosk)
			if err != nil {
				return err
			}
			e, err := newEntry(kiosk, h, command("c0"), "test", Outcome{Code: "done"})
			if err != nil {
				return err
			}
			if h, err = appendEntry(tx, h, e); err != nil {
				return err
			}
			return writeHead(tx, kiosk, h)
		})
	})
	t.Run("a command entry of another line", func(t *testing.T) {
		wantFound(t, "command entry: ledger k1/2 belongs to another command", func(tx store.Tx) error {
			return tx.Set(key(spaceCommand, "k1-c0"), place{kiosk, 2}.bytes())
		})
	})
	t.Run("a command entry that cannot be read", func(t *testing.T) {
		wantFound(t, "command entry: cannot be read", func(tx store.Tx) error { return tx.Set(key(spaceCommand, "k1-c0"), []byte{1}) })
	})
}

func TestADamagedLedgerNeverAnswersARepeat(t *testing.T) {
	r, s := mustNew(t)
	mustDo(t, r, "a", addOne("n"))
	mustDo(t, r, "b", addOne("n"))
	for name, damage := range map[string]func(*Tx) error{
		"its line is gone":              drop(seqKey(spaceLedger, kiosk, 1)),
		"its line cannot be read":       set(seqKey(spaceLedger, kiosk, 1), "\x01"),
		"its entry leads to another":    set(key(spaceCommand, "k1-a"), string(place{kiosk, 2}.bytes())),
		"its entry cannot be read":      set(key(spaceCommand, "k1-a"), "x"),
		"the head of the chain is gone": set(key(spaceHead, kiosk), "\x01"),
	} {
		t.Run(name, func(t *testing.T) {
			damaged(t, s, damage)
			_, err := r.Do(context.Background(), command("a"), "test", func(*Tx) (Outcome, error) {
				t.Error("the command ran again")
				return Outcome{}, nil
			})
			if err == nil || !unreadable(err) {
				t.Errorf("got %v, want ErrBroken", err)
			}
		})
	}
	wantCount(t, r, "n", 2)
}
