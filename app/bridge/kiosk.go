package bridge

import "shuting/app/visit"

// Hello is asked first.
func (k *Kiosk) Hello() Hello { return k.o.Hello }

// Snapshot is the newest state; it never waits.
func (k *Kiosk) Snapshot() (visit.Snapshot, error) {
	return k.call("Snapshot", func() (visit.Snapshot, error) { return k.o.Visit.Snapshot(), nil })
}

// Scan takes what a scanner typed. The nonce is the page's own for this scan:
// a retry carries the same one.
func (k *Kiosk) Scan(text, nonce string) (visit.Snapshot, error) {
	return k.call("Scan", func() (visit.Snapshot, error) { return k.o.Visit.Scan(text, nonce) })
}

// Dropped counts a burst of keys the page threw away unread: modifier, control
// or too_long.
func (k *Kiosk) Dropped(kind string) (visit.Snapshot, error) {
	return k.call("Dropped", func() (visit.Snapshot, error) {
		switch kind {
		case "modifier", "control", "too_long":
			k.o.Log.Warn("scan dropped unread", "kind", kind, "since_start", k.dropped.Add(1))
			return k.o.Visit.Touch()
		}
		return visit.Snapshot{}, visit.ErrBadRequest
	})
}

// EnterPIN takes the digits for the card that waits.
func (k *Kiosk) EnterPIN(pin, nonce string) (visit.Snapshot, error) {
	return k.call("EnterPIN", func() (visit.Snapshot, error) { return k.o.Visit.EnterPIN(pin, nonce) })
}

// Answer is the reader's yes or no to the question of an entry.
func (k *Kiosk) Answer(entry string, yes bool, nonce string) (visit.Snapshot, error) {
	return k.call("Answer", func() (visit.Snapshot, error) { return k.o.Visit.Answer(entry, yes, nonce) })
}

// Begin opens a flow: "borrow" or "return".
func (k *Kiosk) Begin(flow string) (visit.Snapshot, error) {
	return k.call("Begin", func() (visit.Snapshot, error) { return k.o.Visit.Begin(visit.Screen(flow)) })
}

// Back leaves a screen with nothing to lose.
func (k *Kiosk) Back() (visit.Snapshot, error) { return k.call("Back", k.o.Visit.Back) }

// Finish ends the flow.
func (k *Kiosk) Finish() (visit.Snapshot, error) { return k.call("Finish", k.o.Visit.Finish) }

// Dismiss puts away a notice or a refused entry that was read.
func (k *Kiosk) Dismiss(id string) (visit.Snapshot, error) {
	return k.call("Dismiss", func() (visit.Snapshot, error) { return k.o.Visit.Dismiss(id) })
}

// SetLanguage changes the language until the visit ends.
func (k *Kiosk) SetLanguage(lang string) (visit.Snapshot, error) {
	return k.call("SetLanguage", func() (visit.Snapshot, error) { return k.o.Visit.SetLanguage(lang) })
}

// SetModes changes the reader's modes until the visit ends.
func (k *Kiosk) SetModes(m visit.Modes) (visit.Snapshot, error) {
	return k.call("SetModes", func() (visit.Snapshot, error) { return k.o.Visit.SetModes(m) })
}

// Touch says that somebody is there.
func (k *Kiosk) Touch() (visit.Snapshot, error) { return k.call("Touch", k.o.Visit.Touch) }

// AcknowledgeRecovery says that the recovery code was written down.
func (k *Kiosk) AcknowledgeRecovery() (visit.Snapshot, error) {
	return k.call("AcknowledgeRecovery", k.o.Visit.AcknowledgeRecovery)
}

// Beat is the page's sign of life.
func (k *Kiosk) Beat() { k.o.Beat() }

// DemoSamples are empty outside demo mode.
func (k *Kiosk) DemoSamples() Samples { return k.o.Samples }
