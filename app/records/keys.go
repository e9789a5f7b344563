package records

import "encoding/binary"

// Key spaces. The digit is the version of the key's own layout: a new layout
// takes the next digit and a migration moves the records over. Ids contain no
// '/' (see NewID), so it separates the parts of a key.
const (
	spaceMeta     = "me1:" // schema, library, migration marker
	spaceSetting  = "se1:" // name → policies, calendar
	spaceTitle    = "ti1:" // title id
	spaceControl  = "tc1:" // source/control number → title id
	spaceISBN     = "tb1:" // isbn/title id
	spaceItem     = "it1:" // item id
	spaceBarcode  = "ib1:" // barcode → item id
	spaceCopies   = "ic1:" // title id/item id; derived, see derived.go
	spacePatron   = "pa1:" // patron id
	spaceCard     = "pc1:" // HMAC of the card number → card
	spacePersonal = "pe1:" // patron id → sealed personal fields
	spaceKey      = "pk1:" // patron id → wrapped key of those fields
	spacePIN      = "pp1:" // patron id → argon2id hash
	spaceGuard    = "pg1:" // patron id → counted limits, read and written by each that counts
	spaceLoan     = "lo1:" // loan id
	spaceOpenLoan = "lp1:" // patron id/loan id, open loans only
	spaceHold     = "ho1:" // hold id
	spaceHoldBy   = "hp1:" // patron id/hold id, waiting or ready holds only
	spaceQueue    = "hq1:" // title id/sequence → hold id, waiting holds only
	spaceCharge   = "ch1:" // patron id/charge id
	spaceHistory  = "rh1:" // patron id → their reading history; only of those who keep one
	spacePast     = "rl1:" // patron id/list/return time, loan id: ended loans of a reading history
	spaceErase    = "re1:" // patron id/list: a list of spacePast that is to be erased
	spaceLedger   = "le1:" // kiosk/sequence
	spaceHead     = "lh1:" // kiosk → head of its chain
	spaceCommand  = "cm1:" // command id → ledger sequence and kiosk, kept 90 days
	spaceAttempt  = "at1:" // card HMAC or kiosk → failed PIN tries
)

func key(space string, parts ...string) []byte {
	n := len(space)
	for _, p := range parts {
		n += len(p) + 1
	}
	k := make([]byte, 0, n)
	k = append(k, space...)
	for i, p := range parts {
		if i > 0 {
			k = append(k, '/')
		}
		k = append(k, p...)
	}
	return k
}

func seqKey(space, owner string, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(append(key(space, owner), '/'), seq)
}

func tail(k []byte, prefixLen int) string { return string(k[prefixLen:]) }
