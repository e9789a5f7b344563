package app

import "shuting/app/store/badgerstore"

// Health codes the page has words for.
const (
	healthNoSpace = "lending_stopped_space"
	healthStore   = "store_failed"
)

// storeHealth answers visit.Health from the store.
type storeHealth struct{ store *badgerstore.Store }

func (h storeHealth) Health() (codes []string, lending bool) {
	s := h.store.Health()
	if s.NoSpace {
		codes = append(codes, healthNoSpace)
	}
	if s.Err != nil {
		codes = append(codes, healthStore)
	}
	return codes, len(codes) == 0
}
