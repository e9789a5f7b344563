package records

import (
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
	if err := s.Set(key(spaceCommand, e.Command), place{e.Kiosk, e.Seq}.bytes()); err != nil {
		return h, err
	}
	sum := sha256.Sum256(v)
	return head{Seq: e.Seq, Hash: sum[:]}, nil
}

// place is where an entry stands. The kiosk is part of it, because a kiosk that
// gets another id goes on with a chain of its own.
type place struct {
	kiosk string
	seq   uint64
}

func (p place) bytes() []byte {
	return append(binary.BigEndian.AppendUint64(nil, p.seq), p.kiosk...)
}

func parsePlace(v []byte) (place, error) {
	if len(v) <= 8 {
		return place{}, fmt.Errorf("%w: command index", ErrBroken)
	}
	return place{seq: binary.BigEndian.Uint64(v), kiosk: string(v[8:])}, nil
}

// findCommand tells where a command was recorded, if it was.
func findCommand(s store.Tx, id string) (place, bool, error) {
	v, err := s.Get(key(spaceCommand, id))
	if errors.Is(err, store.ErrNotFound) {
		return place{}, false, nil
	}
	if err != nil {
		return place{}, false, err
	}
	at, err := parsePlace(v)
	return at, err == nil, err
}

func replay(s store.Tx, at place, id, op string) (Done, error) {
	v, err := s.Get(seqKey(spaceLedger, at.kiosk, at.seq))
	if errors.Is(err, store.ErrNotFound) {
		return Done{}, fmt.Errorf("%w: ledger %s/%d of a known command is missing", ErrBroken, at.kiosk, at.seq)
	}
	if err != nil {
		return Done{}, err
	}
	var e Entry
	if err := decode(v, &e); err != nil {
		return Done{}, err
	}
	switch {
	case e.Command != id:
		return Done{}, fmt.Errorf("%w: ledger %s/%d belongs to another command", ErrBroken, at.kiosk, at.seq)
	case e.Operation != op:
		return Done{}, fmt.Errorf("%s: %w", op, ErrReused)
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

// LastEntries calls fn for the newest entries of a kiosk, the newest first, at
// most so many; unread says that one cannot be read. fn ends it early with
// store.ErrStop.
func (t *Tx) LastEntries(kiosk string, most int, fn func(e Entry, unread error) error) error {
	rg := store.Range{Prefix: append(key(spaceLedger, kiosk), '/'), Reverse: true, Limit: most}
	return t.s.Scan(rg, func(_, v []byte) error {
		var e Entry
		unread := decode(v, &e)
		return fn(e, unread)
	})
}
