package demo

import (
	"context"
	"fmt"
	"sync"
)

// together is how many free steps are under way at a time. What waits for the
// store together shares its durable commits, which is most of what a first
// start with an empty data folder waits for.
const together = 8

// runAll does the steps in their order. Free ones of the same time, one after
// the other in the list, are done some at a time. It ends at the first error,
// when all that was begun is over.
func (f *filler) runAll(ctx context.Context, steps []step) error {
	for len(steps) > 0 {
		n := 1
		for steps[0].free && n < len(steps) && steps[n].free && steps[n].ago == steps[0].ago {
			n++
		}
		if err := f.runTogether(ctx, steps[:n]); err != nil {
			return err
		}
		steps = steps[n:]
	}
	return nil
}

func (f *filler) runTogether(ctx context.Context, steps []step) error {
	var (
		workers sync.WaitGroup
		mu      sync.Mutex
		next    int
		failed  error
	)
	take := func() (s step, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if failed != nil || next == len(steps) {
			return step{}, false
		}
		next++
		return steps[next-1], true
	}
	for range min(together, len(steps)) {
		workers.Go(func() {
			for s, ok := take(); ok; s, ok = take() {
				if err := s.run(ctx, f.command(s)); err != nil {
					mu.Lock()
					if failed == nil {
						failed = fmt.Errorf("demo: %s: %w", s.name, err)
					}
					mu.Unlock()
				}
			}
		})
	}
	workers.Wait()
	return failed
}
