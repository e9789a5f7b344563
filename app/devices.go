package app

import (
	"context"

	"shuting/app/devices/scanner"
)

// devices begins to listen to what is plugged in, until ctx ends. What is absent
// is waited for.
func (k *Kiosk) devices(ctx context.Context) {
	cfg, log := k.house.cfg, k.house.log
	if k.paper != nil {
		k.behind.Go(func() { k.paper.watch(ctx) })
	}
	if cfg.Scanner.Port == "" {
		return
	}
	k.behind.Go(func() {
		scanner.Run(ctx, scanner.Options{
			Port: cfg.Scanner.Port, Baud: cfg.Scanner.Baud, MaxLength: cfg.Scan.MaxLength, Log: log,
			Scan: func(text string) {
				// Each code is an act of its own: a serial line does not repeat itself.
				if _, err := k.visit.Scan(text, ""); err != nil && ctx.Err() == nil {
					log.Error("scan not taken", "error", err)
				}
			},
			Dropped: func(kind string) { log.Warn("scan dropped unread", "kind", kind, "from", "scanner") },
			State:   func(connected bool) { k.scanner.Store(connected); log.Info("scanner", "connected", connected) },
		})
	})
}
