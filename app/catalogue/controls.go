package catalogue

import "hash/maphash"

// controls remembers which titles a file has described already, as hashes of
// their control numbers: 8 to 16 bytes for each title of the file. Two of a
// million titles share one with a chance of 1 in 30 million; then the later
// record's description would be left out, and that is reported.
type controls struct {
	seed  maphash.Seed
	slots []uint64 // a power of two of them; 0 is free
	n     int
}

func newControls() *controls { return &controls{seed: maphash.MakeSeed(), slots: make([]uint64, 1024)} }

func (c *controls) add(control string) {
	if control == "" {
		return
	}
	if 4*c.n >= 3*len(c.slots) {
		old := c.slots
		c.slots, c.n = make([]uint64, 2*len(old)), 0
		for _, h := range old {
			if h != 0 {
				c.put(h)
			}
		}
	}
	c.put(c.hash(control))
}

func (c *controls) put(h uint64) {
	if i, there := c.find(h); !there {
		c.slots[i] = h
		c.n++
	}
}

func (c *controls) has(control string) bool {
	_, there := c.find(c.hash(control))
	return there
}

func (c *controls) hash(control string) uint64 { return maphash.String(c.seed, control) | 1 }

// find returns where the hash is or belongs.
func (c *controls) find(h uint64) (slot int, there bool) {
	mask := uint64(len(c.slots) - 1)
	for i := h >> 1 & mask; ; i = (i + 1) & mask {
		switch c.slots[i] {
		case h:
			return int(i), true
		case 0:
			return int(i), false
		}
	}
}
