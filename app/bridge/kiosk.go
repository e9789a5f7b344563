package bridge

import (
	"context"
	"time"

	"shuting/app/catalogue"
	"shuting/app/visit"
)

// Hello is asked first.
func (k *Kiosk) Hello() Hello { return k.o.Hello }

// Snapshot is the newest state; it never waits.
func (k *Kiosk) Snapshot() (visit.Snapshot, error) {
	return call(k, "Snapshot", func() (visit.Snapshot, error) { return k.o.Visit.Snapshot(), nil })
}

// Scan takes what a scanner typed. The nonce is the page's own for this scan:
// a retry carries the same one.
func (k *Kiosk) Scan(text, nonce string) (visit.Snapshot, error) {
	return call(k, "Scan", func() (visit.Snapshot, error) { return k.o.Visit.Scan(text, nonce) })
}

// Dropped counts a burst of keys the page threw away unread: modifier, control,
// too_long, or cut: its beginning may have come before the
// page listened. After that last one, from an honest scanner, the reader is asked
// to scan again.
func (k *Kiosk) Dropped(kind string) (visit.Snapshot, error) {
	return call(k, "Dropped", func() (visit.Snapshot, error) {
		switch kind {
		case "modifier", "control", "too_long", "cut":
			k.o.Log.Warn("scan dropped unread", "kind", kind, "since_start", k.dropped.Add(1))
			if kind == "cut" {
				return k.o.Visit.Unread()
			}
			return k.o.Visit.Touch()
		}
		return visit.Snapshot{}, visit.ErrBadRequest
	})
}

// EnterPIN takes the digits for the card that waits.
func (k *Kiosk) EnterPIN(pin, nonce string) (visit.Snapshot, error) {
	return call(k, "EnterPIN", func() (visit.Snapshot, error) { return k.o.Visit.EnterPIN(pin, nonce) })
}

// Answer is the reader's yes or no to the question of an entry.
func (k *Kiosk) Answer(entry string, yes bool, nonce string) (visit.Snapshot, error) {
	return call(k, "Answer", func() (visit.Snapshot, error) { return k.o.Visit.Answer(entry, yes, nonce) })
}

// Begin opens a flow: "borrow", "return", "search" or "account".
func (k *Kiosk) Begin(flow string) (visit.Snapshot, error) {
	return call(k, "Begin", func() (visit.Snapshot, error) { return k.o.Visit.Begin(visit.Screen(flow)) })
}

// Back leaves a screen with nothing to lose.
func (k *Kiosk) Back() (visit.Snapshot, error) { return call(k, "Back", k.o.Visit.Back) }

// Finish ends the flow.
func (k *Kiosk) Finish() (visit.Snapshot, error) { return call(k, "Finish", k.o.Visit.Finish) }

// Dismiss puts away a notice or a refused entry that was read.
func (k *Kiosk) Dismiss(id string) (visit.Snapshot, error) {
	return call(k, "Dismiss", func() (visit.Snapshot, error) { return k.o.Visit.Dismiss(id) })
}

// OpenTitle shows the page of a title that stands on the screen.
func (k *Kiosk) OpenTitle(title string) (visit.Snapshot, error) {
	return call(k, "OpenTitle", func() (visit.Snapshot, error) { return k.o.Visit.OpenTitle(title) })
}

// Hold puts the patron in the queue for a title, or asks for a card first.
func (k *Kiosk) Hold(title, nonce string) (visit.Snapshot, error) {
	return call(k, "Hold", func() (visit.Snapshot, error) { return k.o.Visit.Hold(title, nonce) })
}

// Renew lengthens one loan of the patron's own page.
func (k *Kiosk) Renew(loan, nonce string) (visit.Snapshot, error) {
	return call(k, "Renew", func() (visit.Snapshot, error) { return k.o.Visit.Renew(loan, nonce) })
}

// RenewAll lengthens every loan of the patron's that may be.
func (k *Kiosk) RenewAll(nonce string) (visit.Snapshot, error) {
	return call(k, "RenewAll", func() (visit.Snapshot, error) { return k.o.Visit.RenewAll(nonce) })
}

// CancelHold ends a hold of the patron's own page.
func (k *Kiosk) CancelHold(hold, nonce string) (visit.Snapshot, error) {
	return call(k, "CancelHold", func() (visit.Snapshot, error) { return k.o.Visit.CancelHold(hold, nonce) })
}

// SetHistory switches the reading history on, or off and erases it.
func (k *Kiosk) SetHistory(on bool, nonce string) (visit.Snapshot, error) {
	return call(k, "SetHistory", func() (visit.Snapshot, error) { return k.o.Visit.SetHistory(on, nonce) })
}

// ShowReceipt says that the list of the farewell is being read.
func (k *Kiosk) ShowReceipt() (visit.Snapshot, error) {
	return call(k, "ShowReceipt", k.o.Visit.ShowReceipt)
}

// PrintReceipt prints that list once.
func (k *Kiosk) PrintReceipt(nonce string) (visit.Snapshot, error) {
	return call(k, "PrintReceipt", func() (visit.Snapshot, error) { return k.o.Visit.PrintReceipt(nonce) })
}

// SetLanguage changes the language until the visit ends.
func (k *Kiosk) SetLanguage(lang string) (visit.Snapshot, error) {
	return call(k, "SetLanguage", func() (visit.Snapshot, error) { return k.o.Visit.SetLanguage(lang) })
}

// SetModes changes the reader's modes until the visit ends.
func (k *Kiosk) SetModes(m visit.Modes) (visit.Snapshot, error) {
	return call(k, "SetModes", func() (visit.Snapshot, error) { return k.o.Visit.SetModes(m) })
}

// Touch says that somebody is there.
func (k *Kiosk) Touch() (visit.Snapshot, error) { return call(k, "Touch", k.o.Visit.Touch) }

// AcknowledgeRecovery says that the recovery code was written down.
func (k *Kiosk) AcknowledgeRecovery() (visit.Snapshot, error) {
	return call(k, "AcknowledgeRecovery", k.o.Visit.AcknowledgeRecovery)
}

// searchTime is how long looking for titles may take before the page is told
// that it failed: less than the page's own patience.
const searchTime = 5 * time.Second

// Find looks for titles. Like the two after it, it only reads, tells nothing of
// any reader, and may be called again at any time.
func (k *Kiosk) Find(q catalogue.Query) (catalogue.Page, error) {
	return call(k, "Find", func() (catalogue.Page, error) {
		ctx, stop := context.WithTimeout(context.Background(), searchTime)
		defer stop()
		return k.o.Finder.Find(ctx, q)
	})
}

// TitleView tells everything about a title.
func (k *Kiosk) TitleView(id string) (catalogue.TitleView, error) {
	return call(k, "TitleView", func() (catalogue.TitleView, error) {
		ctx, stop := context.WithTimeout(context.Background(), searchTime)
		defer stop()
		return k.o.Finder.Title(ctx, id)
	})
}

// Shelves tells what can be browsed.
func (k *Kiosk) Shelves() (catalogue.Shelves, error) {
	return call(k, "Shelves", func() (catalogue.Shelves, error) { return k.o.Finder.Shelves(), nil })
}

// Beat is the page's sign of life.
func (k *Kiosk) Beat() { k.o.Beat() }

// DemoSamples are empty outside demo mode.
func (k *Kiosk) DemoSamples() Samples { return k.o.Samples }
