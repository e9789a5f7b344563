package app

import (
	"context"
	"time"

	"shuting/app/store/badgerstore"
)

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

// expireHolds ends the holds that were not picked up in time. What could not be
// done now is done the next time.
func (h *house) expireHolds(ctx context.Context) {
	n, err := h.circulation.ExpireHolds(ctx, time.Now())
	if n > 0 {
		h.log.Info("holds expired", "number", n)
	}
	if err != nil && ctx.Err() == nil {
		h.log.Warn("holds not expired", "error", err)
	}
}
