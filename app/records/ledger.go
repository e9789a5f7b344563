package records

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"shuting/app/library"
	"shuting/app/store"
)

// Entry is one line of the ledger. Prev is the SHA-256 of the stored bytes of
// the entry before it in the same kiosk's chain (32 zero bytes for the first),
// so that no line can be changed, dropped or put in between unnoticed.
type Entry struct {
	Seq       uint64
	Time      time.Time
	Kiosk     string
	Actor     string
	Visit     string
	Operation string
	Command   string
	Subjects  []string
	Outcome   string
	Facets    map[string]string
	Result    []byte
	Prev      []byte
}

// head is the end of a kiosk's chain.
type head struct {
	Seq  uint64
	Hash []byte
}

func readHead(s store.Tx, kiosk string) (head, error) {
	v, err := s.Get(key(spaceHead, kiosk))
	if errors.Is(err, store.ErrNotFound) {
		return head{Hash: make([]byte, sha256.Size)}, nil
	}
	if err != nil {
		return head{}, err
	}
	var h head
	return h, decode(v, &h)
}

func writeHead(s store.Tx, kiosk string, h head) error {
	v, err := encode(h)
	if err != nil {
		return err
	}
	return s.Set(key(spaceHead, kiosk), v)
}

func newEntry(kiosk string, h head, cmd library.Command, op string, out Outcome) (Entry, error) {
	res, err := encode(out.Result)
	if err != nil {
		return Entry{}, err
	}
	return Entry{Seq: h.Seq + 1, Time: cmd.At.UTC(), Kiosk: kiosk, Actor: cmd.Actor, Visit: cmd.Visit,
		Operation: op, Command: cmd.ID, Subjects: out.Subjects, Outcome: out.Code, Facets: out.Facets,
		Result: res, Prev: h.Hash}, nil
}

func appendEntry(s store.Tx, h head, e Entry) (head, error) {
	v, err := encode(e)
	if err != nil {
		return h, err
	}
	if err := s.Set(seqKey(spaceLedger, e.Kiosk, e.Seq), v); err != nil {
		return h, err
	}
	if err := s.Set(key(spaceCommand, e.Command), binary.BigEndian.AppendUint64(nil, e.Seq)); err != nil {
		return h, err
	}
	sum := sha256.Sum256(v)
	return head{Seq: e.Seq, Hash: sum[:]}, nil
}

func commandSeq(s store.Tx, id string) (uint64, bool, error) {
	v, err := s.Get(key(spaceCommand, id))
	if errors.Is(err, store.ErrNotFound) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, err
	}
	if len(v) != 8 {
		return 0, false, fmt.Errorf("%w: command index", ErrBroken)
	}
	return binary.BigEndian.Uint64(v), true, nil
}

func replay(s store.Tx, kiosk string, seq uint64) (Done, error) {
	v, err := s.Get(seqKey(spaceLedger, kiosk, seq))
	if err != nil {
		return Done{}, fmt.Errorf("ledger entry %d of a known command: %w", seq, err)
	}
	var e Entry
	if err := decode(v, &e); err != nil {
		return Done{}, err
	}
	return Done{Seq: e.Seq, Outcome: e.Outcome, Replayed: true, result: e.Result}, nil
}

// Ledger calls fn for the entries of this kiosk after a sequence number, in
// order, at most limit of them (0 = all).
func (r *Records) Ledger(ctx context.Context, after uint64, limit int, fn func(Entry) error) error {
	return r.store.View(ctx, func(s store.Tx) error {
		rg := store.Range{Prefix: append(key(spaceLedger, r.kiosk), '/'), After: seqKey(spaceLedger, r.kiosk, after), Limit: limit}
		return s.Scan(rg, func(_, v []byte) error {
			var e Entry
			if err := decode(v, &e); err != nil {
				return err
			}
			return fn(e)
		})
	})
}

// checkChain walks one kiosk's chain and reports each break.
func checkChain(s store.Tx, kiosk string, report func(format string, args ...any)) error {
	want := head{Hash: make([]byte, sha256.Size)}
	prefix := append(key(spaceLedger, kiosk), '/')
	err := s.Scan(store.Range{Prefix: prefix}, func(k, v []byte) error {
		seq := binary.BigEndian.Uint64(k[len(prefix):])
		var e Entry
		if err := decode(v, &e); err != nil {
			report("ledger %s/%d: cannot be read: %v", kiosk, seq, err)
			want.Seq = seq
			return nil
		}
		if seq != want.Seq+1 || e.Seq != seq {
			report("ledger %s/%d: follows %d, entries are missing", kiosk, seq, want.Seq)
		}
		if !bytes.Equal(e.Prev, want.Hash) {
			report("ledger %s/%d: chain broken: it does not carry the hash of the entry before", kiosk, seq)
		}
		sum := sha256.Sum256(v)
		want = head{Seq: seq, Hash: sum[:]}
		return nil
	})
	if err != nil {
		return err
	}
	h, err := readHead(s, kiosk)
	if err != nil {
		return err
	}
	if h.Seq != want.Seq || !bytes.Equal(h.Hash, want.Hash) {
		report("ledger %s: head says %d, the chain ends at %d", kiosk, h.Seq, want.Seq)
	}
	return nil
}
