package records

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// entries walks every chain, whether or not a head tells of it.
func (c *checker) entries() error {
	return c.each(spaceLedger, "ledger entries", func(id string, v []byte) error {
		kiosk, raw, _ := strings.Cut(id, "/")
		if len(raw) != 8 {
			c.report("ledger %s: an entry without a sequence number", kiosk)
			return nil
		}
		at := place{kiosk: kiosk, seq: binary.BigEndian.Uint64([]byte(raw))}
		before, begun := c.ends[kiosk]
		if !begun {
			before = head{Hash: make([]byte, sha256.Size)}
		}
		sum := sha256.Sum256(v)
		c.ends[kiosk] = head{Seq: at.seq, Hash: sum[:]}
		e, ok := read[Entry](c, "ledger", at.String(), v)
		if !ok {
			return nil
		}
		if at.seq != before.Seq+1 || e.Seq != at.seq || e.Kiosk != kiosk {
			c.report("ledger %s: follows %d and says %s/%d of itself: entries are missing or misplaced", at, before.Seq, e.Kiosk, e.Seq)
		}
		if !bytes.Equal(e.Prev, before.Hash) {
			c.report("ledger %s: chain broken: it does not carry the hash of the entry before", at)
		}
		return c.recordedOnce(e, at)
	})
}

// recordedOnce: no command has two entries, unless the first was so old that
// its id was forgotten.
func (c *checker) recordedOnce(e Entry, at place) error {
	indexed, known, err := findCommand(c.t.s, e.Command)
	if miss, err := c.missing(err, "ledger %s: the index entry of its command cannot be read", at); miss || err != nil {
		return err
	}
	if !known || indexed == at {
		return nil
	}
	other, err := get[Entry](c.t, seqKey(spaceLedger, indexed.kiosk, indexed.seq))
	if err != nil {
		if errors.Is(err, ErrNotFound) || unreadable(err) {
			return nil // told by the commands or the chain
		}
		return err
	}
	if other.Command == e.Command && other.Time.Sub(e.Time).Abs() < CommandsKept {
		c.report("ledger %s: its command is also recorded as %s", at, indexed)
	}
	return nil
}

// heads compares each head with the end of its chain, and tells of chains that
// have none.
func (c *checker) heads() error {
	err := c.each(spaceHead, "ledgers", func(kiosk string, v []byte) error {
		end := c.ends[kiosk]
		delete(c.ends, kiosk)
		h, ok := read[head](c, "ledger head", kiosk, v)
		if ok && (h.Seq != end.Seq || !bytes.Equal(h.Hash, end.Hash)) {
			c.report("ledger %s: head says %d, the chain ends at %d (or with another entry)", kiosk, h.Seq, end.Seq)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for kiosk, end := range c.ends {
		c.report("ledger %s: its head is missing, the chain ends at %d", kiosk, end.Seq)
	}
	return nil
}

func (c *checker) commands() error {
	return c.each(spaceCommand, "commands", func(id string, v []byte) error {
		at, err := parsePlace(v)
		if miss, err := c.missing(err, "command entry: cannot be read"); miss || err != nil {
			return err
		}
		raw, err := c.t.s.Get(seqKey(spaceLedger, at.kiosk, at.seq))
		if miss, err := c.missing(err, "command entry: ledger %s is missing", at); miss || err != nil {
			return err
		}
		var e Entry
		if err := decode(raw, &e); err != nil {
			return nil // told by the chain
		}
		if e.Command != id {
			c.report("command entry: ledger %s belongs to another command", at)
		}
		return nil
	})
}

func (p place) String() string { return fmt.Sprintf("%s/%d", p.kiosk, p.seq) }
