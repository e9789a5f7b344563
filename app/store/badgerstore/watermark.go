package badgerstore

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"sync"
	"time"
)

// The watermark is the number of the last acknowledged commit, in two slots
// written in turn: a torn write spoils one slot and leaves the number before.
// Each slot has a disk sector of its own.
const (
	slotSize       = 512
	watermarkMagic = "SHTGWM01"
	watermarkSync  = 2 * time.Second
)

var (
	castagnoli = crc32.MakeTable(crc32.Castagnoli)

	errWatermark = errors.New("neither slot is readable")
)

func encodeSlot(n uint64) []byte {
	slot := make([]byte, slotSize)
	copy(slot, watermarkMagic)
	binary.BigEndian.PutUint64(slot[8:], n)
	binary.BigEndian.PutUint32(slot[16:], crc32.Checksum(slot[:16], castagnoli))
	return slot
}

func decodeSlot(slot []byte) (uint64, bool) {
	ok := string(slot[:8]) == watermarkMagic &&
		binary.BigEndian.Uint32(slot[16:]) == crc32.Checksum(slot[:16], castagnoli)
	return binary.BigEndian.Uint64(slot[8:]), ok
}

// firstWatermark is the content of a new watermark file: n in both slots.
func firstWatermark(n uint64) []byte { return append(encodeSlot(n), encodeSlot(n)...) }

func parseWatermark(content []byte) (uint64, error) {
	if len(content) != 2*slotSize {
		return 0, errWatermark
	}
	a, okA := decodeSlot(content[:slotSize])
	b, okB := decodeSlot(content[slotSize:])
	switch {
	case okA && okB:
		return max(a, b), nil
	case okA:
		return a, nil
	case okB:
		return b, nil
	}
	return 0, errWatermark
}

// watermark is the open file. note is called with rising numbers by one
// goroutine at a time; a goroutine of its own brings it to the disk.
type watermark struct {
	file  *os.File
	dirty chan struct{}
	stop  chan struct{}
	done  sync.WaitGroup
}

func openWatermark(path string, n uint64) (*watermark, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	w := &watermark{file: f, dirty: make(chan struct{}, 1), stop: make(chan struct{})}
	if err := w.note(n); err != nil {
		_ = f.Close()
		return nil, err
	}
	w.done.Add(1)
	go w.syncNowAndThen()
	return w, nil
}

// note records commit n. Once it returns, the number survives the process.
func (w *watermark) note(n uint64) error {
	if _, err := w.file.WriteAt(encodeSlot(n), int64(n%2)*slotSize); err != nil {
		return err
	}
	select {
	case w.dirty <- struct{}{}:
	default:
	}
	return nil
}

func (w *watermark) syncNowAndThen() {
	defer w.done.Done()
	for {
		select {
		case <-w.stop:
			return
		case <-w.dirty:
		}
		select {
		case <-w.stop:
			return
		case <-time.After(watermarkSync):
		}
		// A failed sync weakens the check after a power cut and nothing else; the
		// next one tries again.
		_ = w.file.Sync()
	}
}

func (w *watermark) close() error {
	close(w.stop)
	w.done.Wait()
	return errors.Join(w.file.Sync(), w.file.Close())
}
