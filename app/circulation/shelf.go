package circulation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// ExpireHolds ends every ready hold whose last day on the shelf is over and gives
// its copy to the next in the queue, or back. Each is a change of its own with
// its ledger entry: an interrupted run is continued by the next one, and no hold
// expires twice, however often and from however many kiosks it is run. n is how
// many ended now.
func (s *Service) ExpireHolds(ctx context.Context, now time.Time) (n int, err error) {
	today := library.DateOf(now, s.o.Zone)
	var over []string
	err = s.o.Records.View(ctx, func(t *records.Tx) error {
		return t.EachOpenHold(func(h library.Hold) error {
			if shelfTimeOver(h, today) {
				over = append(over, h.ID)
			}
			return ctx.Err()
		})
	})
	if err != nil {
		return 0, fmt.Errorf("look for holds that expired: %w", err)
	}
	for _, id := range over {
		cmd := library.Command{ID: records.NewID(s.o.Records.Kiosk(), now), Actor: "system", At: now}
		switch err := s.expire(ctx, cmd, id, today); {
		case err == nil:
			n++
		case !errors.Is(err, errUnchanged):
			return n, fmt.Errorf("expire a hold: %w", err)
		}
	}
	return n, nil
}

// shelfTimeOver: on the last day itself the copy may still be picked up.
func shelfTimeOver(h library.Hold, today library.Date) bool {
	return h.State == library.HoldReady && !h.Deadline.IsZero() && today.After(h.Deadline)
}

func (s *Service) expire(ctx context.Context, cmd library.Command, hold string, today library.Date) error {
	_, err := s.o.Records.Do(ctx, cmd, opExpireHold, func(t *records.Tx) (records.Outcome, error) {
		h, err := t.Hold(hold)
		if err != nil {
			return records.Outcome{}, err
		}
		if !shelfTimeOver(h, today) {
			return records.Outcome{}, errUnchanged // picked up, cancelled or expired since
		}
		p, err := t.Patron(h.Patron)
		if err != nil {
			return records.Outcome{}, fmt.Errorf("patron: %w", err)
		}
		return s.endHold(t, cmd, p, h, library.HoldExpired)
	})
	return err
}
