package badgerstore

import "errors"

// Health is what staff and the kiosk's own watch want to know.
type Health struct {
	FreeBytes    uint64 // free space of the file system, 0 when unknown
	MinFreeBytes uint64 // the floor
	NoSpace      bool   // Update is refused now
	Commits      uint64 // number of the last commit
	Unverified   int64  // tables whose background check is not done yet
	Err          error  // set when the store has stopped for good, or free space cannot be told
}

// Health looks at the store without touching data. It never waits for a
// transaction.
func (s *Store) Health() Health {
	free, err := s.opts.FreeSpace(s.opts.Dir)
	return Health{
		FreeBytes:    free,
		MinFreeBytes: s.opts.MinFreeBytes,
		NoSpace:      err != nil || free < s.opts.MinFreeBytes,
		Commits:      s.commits.Load(),
		Unverified:   s.unchecked.Load(),
		Err:          errors.Join(s.failure(), err),
	}
}
