package visit

import (
	"context"
	"slices"
	"time"

	"shuting/app/library"
)

// Run moves time on until ctx ends. Tests call Tick themselves.
func (v *Visit) Run(ctx context.Context) {
	t := time.NewTicker(250 * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			if _, err := v.Tick(); err != nil {
				return
			}
		}
	}
}

// Tick looks at the clock: it warns, ends the visit, ends the farewell, and
// notices a change of health. It publishes only when something changed.
func (v *Visit) Tick() (Snapshot, error) {
	err := v.inTurn(func() {
		v.turn.cue = ""
		changed := false
		if err := caught(func() error { changed = v.tick(v.o.Clock()); return nil }); err != nil {
			v.o.Log.Error("tick failed", "error", err)
		} else if changed {
			v.publish()
		}
	})
	if err != nil {
		return Snapshot{}, err
	}
	return v.Snapshot(), nil
}

// limits of this visit: large text gives twice the time.
func (v *Visit) limits() (warn, end time.Duration) {
	warn, end = v.o.Times.Warn, v.o.Times.End
	if v.modes.LargeText {
		warn, end = 2*warn, 2*end
	}
	return warn, end
}

// goodbyeTime is how long the farewell stands for this reader.
func (v *Visit) goodbyeTime() time.Duration {
	if v.turn.stands > 0 {
		return v.turn.stands
	}
	if v.modes.LargeText {
		return 2 * v.o.Times.Goodbye
	}
	return v.o.Times.Goodbye
}

func (v *Visit) tick(now time.Time) (changed bool) {
	codes, lending := v.o.Health.Health()
	if lending != v.lending || !equal(codes, v.health) {
		v.health, v.lending, changed = codes, lending, true
	}
	if lending {
		v.askOutcome(now)
	}
	if v.before != nil && now.After(v.before.until) {
		v.before = nil
	}
	warn, end := v.limits()
	idle := now.Sub(v.touched)
	switch v.turn.screen {
	case ScreenRecovery:
		return changed
	case ScreenGoodbye:
		if !now.Before(v.turn.goodbye) {
			v.end()
			return true
		}
		return changed
	case ScreenIdle:
		if idle >= end && v.dirty() {
			v.end()
			return true
		}
		return !sameDay(v.today, v.opening(now)) || changed
	}
	if idle >= end {
		v.o.Log.Info("visit ended by itself", "screen", string(v.turn.screen))
		v.end()
		v.turn.cue = "ended"
		return true
	}
	if idle >= warn && !v.turn.warned {
		v.turn.warned = true
		v.turn.cue = "refused"
		return true
	}
	return changed
}

// dirty tells whether the idle screen shows something a reader left: a
// language, a mode, a notice.
func (v *Visit) dirty() bool {
	return v.language != v.o.Languages[0] || v.modes != Modes{} || v.turn.notice != nil
}

// opening is when the library is open today, as the idle screen shows it.
func (v *Visit) opening(now time.Time) *Today {
	if v.o.Opening == nil {
		return nil
	}
	return v.o.Opening(now)
}

func sameDay(a, b *Today) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Open == b.Open && a.Next == b.Next && slices.Equal(a.Spans, b.Spans)
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// seconds rounds up, so that a countdown shows 1 until it is over.
func seconds(d time.Duration) int { return int((max(0, d) + time.Second - 1) / time.Second) }

// publish makes the next snapshot and hands it out.
func (v *Visit) publish() {
	v.revision++
	now := v.o.Clock()
	t := &v.turn
	s := Snapshot{Revision: v.revision, Screen: t.screen, Language: v.language, Modes: v.modes, Cue: t.cue,
		Entries: []Entry{}, Carried: []Title{}, Borrowed: t.said(library.ReceiptBorrowed), Returned: t.said(library.ReceiptReturned), Notice: t.notice,
		Health: append([]string{}, v.health...), Lending: v.lending}
	for _, e := range t.askedFirst() {
		e.Entry.Reasons = append([]library.Reason{}, e.Entry.Reasons...)
		e.Entry.Also = append([]string{}, e.Entry.Also...)
		s.Entries = append(s.Entries, e.Entry)
	}
	if t.view != nil {
		p := *t.view
		p.Standing = append([]library.Reason{}, p.Standing...)
		s.Patron = &p
	}
	if t.pin != nil {
		s.PIN = &PIN{Length: v.o.PINLength, Wrong: t.pin.wrong, Wait: seconds(t.pin.until.Sub(now))}
	}
	for i := len(t.carried) - 1; i >= 0; i-- {
		s.Carried = append(s.Carried, t.carried[i].title)
	}
	if len(s.Carried) > 0 {
		s.Item = &s.Carried[0]
	}
	switch t.screen {
	case ScreenSignIn, ScreenPIN:
		s.Goal = t.goal
		if t.wish != nil {
			about := t.wish.title
			s.Wish = &about
		}
	case ScreenHeld:
		held := t.held.Held
		held.Reasons = append([]library.Reason{}, held.Reasons...)
		s.Held = &held
	case ScreenAccount:
		page := t.own.page
		s.Account = &page
	case ScreenIdle:
		v.today = v.opening(now)
		s.Today = v.today
	}
	if t.screen == ScreenSearch {
		find := t.find
		s.Find = &find
	}
	if t.screen == ScreenRecovery {
		s.Recovery = append([]string{}, v.o.Recovery...)
	}
	v.countdowns(&s, now)
	v.shown.Lock()
	defer v.shown.Unlock()
	if v.aborting > 0 {
		return // the page is gone; what it sees next is the idle screen
	}
	v.latest.Store(&s)
	v.o.Publish(s)
}

func (v *Visit) countdowns(s *Snapshot, now time.Time) {
	warn, end := v.limits()
	left := seconds(end - now.Sub(v.touched))
	switch s.Screen {
	case ScreenIdle, ScreenRecovery:
	case ScreenGoodbye:
		sums := *v.turn.sums
		sums.Left, sums.ToStaff, sums.Receipt = slices.Clone(sums.Left), slices.Clone(sums.ToStaff), slices.Clone(sums.Receipt)
		sums.Ends = Countdown{Seconds: seconds(v.turn.goodbye.Sub(now)), Of: seconds(v.goodbyeTime())}
		s.Goodbye = &sums
	default:
		s.Ends = &Countdown{Seconds: left, Of: seconds(end)}
		if v.turn.warned {
			s.Warning = &Countdown{Seconds: left, Of: seconds(end - warn)}
		}
	}
}
