package records

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"strings"
	"time"
)

var idEncoding = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// NewID makes an id that begins with the kiosk's id, sorts by time (to the
// millisecond) and cannot be guessed: kiosk-time-random. Draw ids before a
// transaction, never in it.
func NewID(kiosk string, at time.Time) string {
	var b [15]byte
	binary.BigEndian.PutUint64(b[:8], uint64(at.UnixMilli())<<16)
	_, _ = rand.Read(b[6:]) // crypto/rand never fails; it ends the program instead
	return kiosk + "-" + idEncoding.EncodeToString(b[:])
}

// idBound is the smallest id of a kiosk for a time: what sorts before it is older.
func idBound(kiosk string, at time.Time) string {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(at.UnixMilli())<<16)
	return kiosk + "-" + strings.TrimRight(idEncoding.EncodeToString(b[:6]), "0")
}
