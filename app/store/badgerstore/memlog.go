package badgerstore

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"strconv"

	"github.com/dgraph-io/badger/v4"
)

// A memtable log is a head (data key id, 12 bytes of IV) and entries one behind
// the other: two meta bytes, three varints (key length, value length, expiry),
// key and value encrypted, a CRC over all of it. The keys of one transaction
// carry its timestamp, a last entry marks it complete. Behind the entries the
// file is zero, except that the one transaction that was being written when the
// process or the power went may have left a part of itself.
const (
	logHead   = 20
	metaTxn   = 1 << 6 // the entry belongs to a transaction
	metaFin   = 1 << 7 // the entry completes it
	maxLogKey = 1 << 16
)

var (
	finKey = []byte("!badger!txn")

	errLog = errors.New("damaged")
)

// logScan is what a whole memtable log holds; the numbers are 0 for none.
type logScan struct {
	first, last uint64 // commit numbers, without a gap between them
	lastStamp   uint64 // Badger's timestamp of the last complete transaction
}

type logEntry struct {
	meta       byte
	key, value []byte // decrypted; the key without its timestamp
	stamp      uint64
	next       int // where the next entry begins
}

type logReader struct {
	data []byte
	key  cipher.Block
}

// scanLog walks a log the way Badger's replay does, but where Badger cuts the
// file it asks whether that can be the trace of an interrupted write.
func scanLog(data []byte, registry *badger.KeyRegistry) (logScan, error) {
	var scan logScan
	if len(bytes.Trim(data, "\x00")) == 0 || len(data) < logHead {
		return scan, nil // created and not yet used
	}
	dataKey, err := registry.DataKey(binary.BigEndian.Uint64(data))
	if err != nil || dataKey == nil {
		return scan, errLog
	}
	block, err := aes.NewCipher(dataKey.Data)
	if err != nil {
		return scan, errLog
	}
	r := &logReader{data: data, key: block}
	at, end, stamp, commit := logHead, logHead, uint64(0), uint64(0)
	for {
		e, ok := r.entry(at)
		if !ok {
			break
		}
		at = e.next
		// From here on the bytes are as they were written, so what makes no sense
		// is damage of the head (the IV) or not ours.
		switch {
		case e.meta&metaFin != 0:
			if !e.completes(stamp) || commit == 0 || (scan.last != 0 && commit != scan.last+1) {
				return scan, errLog
			}
			if scan.first == 0 {
				scan.first = commit
			}
			scan.last, scan.lastStamp, end = commit, stamp, at
			stamp, commit = 0, 0
		case e.meta&metaTxn == 0 || (stamp != 0 && stamp != e.stamp):
			return scan, errLog
		default:
			stamp = e.stamp
			if bytes.Equal(e.key, commitKey) {
				if commit, ok = decodeCommit(e.value); !ok {
					return scan, errLog
				}
			}
		}
	}
	if r.laterCommits(end, scan.lastStamp) {
		return scan, errLog
	}
	return scan, nil
}

// entry reads the entry at offset at; ok is false when there is none whose
// checksum fits.
func (r *logReader) entry(at int) (e logEntry, ok bool) {
	rest := r.data[min(at, len(r.data)):]
	if len(rest) < 2 {
		return e, false
	}
	head := 2
	var lengths [3]uint64
	for i := range lengths {
		v, n := binary.Uvarint(rest[head:])
		if n <= 0 {
			return e, false
		}
		lengths[i], head = v, head+n
	}
	keyLen, valueLen := lengths[0], lengths[1]
	if keyLen < 8 || keyLen > maxLogKey || valueLen > uint64(len(rest)) {
		return e, false
	}
	sumAt := head + int(keyLen+valueLen)
	if sumAt+crc32.Size > len(rest) ||
		crc32.Checksum(rest[:sumAt], castagnoli) != binary.BigEndian.Uint32(rest[sumAt:]) {
		return e, false
	}
	var iv [aes.BlockSize]byte
	copy(iv[:12], r.data[8:logHead])
	binary.BigEndian.PutUint32(iv[12:], uint32(at))
	plain := make([]byte, keyLen+valueLen)
	cipher.NewCTR(r.key, iv[:]).XORKeyStream(plain, rest[head:sumAt])
	return logEntry{
		meta:  rest[0],
		key:   plain[:keyLen-8],
		stamp: ^binary.BigEndian.Uint64(plain[keyLen-8 : keyLen]),
		value: plain[keyLen:],
		next:  at + sumAt + crc32.Size,
	}, true
}

// completes reports whether e is the mark that ends transaction stamp.
func (e logEntry) completes(stamp uint64) bool {
	n, err := strconv.ParseUint(string(e.value), 10, 64)
	return err == nil && bytes.Equal(e.key, finKey) && n == stamp && e.stamp == stamp
}

// laterCommits looks behind the last complete transaction for marks of others.
// An interrupted write leaves at most its own mark; anything beyond that was
// acknowledged once and sits behind a damaged place.
func (r *logReader) laterCommits(from int, lastStamp uint64) bool {
	begin := []byte{metaFin, 0, byte(len(finKey) + 8)}
	own := lastStamp + 1
	for at := from; ; at++ {
		i := bytes.Index(r.data[min(at, len(r.data)):], begin)
		if i < 0 {
			return false
		}
		at += i
		e, ok := r.entry(at)
		if !ok || !e.completes(e.stamp) {
			continue
		}
		if lastStamp == 0 && own == 1 {
			own = e.stamp // the first transaction of this log is the broken one
		}
		if e.stamp != own {
			return true
		}
	}
}
