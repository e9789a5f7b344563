package visit

import (
	"context"
	"strconv"
	"strings"
	"time"

	"shuting/app/library"
)

// retries of a command whose outcome is not known. The command id stays the
// same, so a repeat finds what was committed instead of doing it twice.
const retries = 2

func (v *Visit) command(now time.Time) library.Command {
	return library.Command{ID: v.o.NewID(now), Visit: v.turn.id, Actor: "patron", At: now}
}

// Scan takes what a scanner read, decides what it is and what it means now.
func (v *Visit) Scan(text, nonce string) (Snapshot, error) {
	return v.act(nonce, func(now time.Time) error {
		text = strings.TrimSpace(text)
		v.turn.notice = nil
		switch {
		case v.turn.screen == ScreenRecovery:
			return nil
		case !v.lending && v.turn.screen == ScreenIdle:
			v.turn.cue = "refused" // the screen says already that it is closed
		case !readable(text, v.o.Codes.MaxLength()):
			v.unreadable()
		case v.o.Codes.IsCard(text):
			v.scanCard(now, text)
		case v.o.Codes.IsItem(text):
			v.scanItem(text)
		default:
			v.unreadable()
		}
		return nil
	})
}

// readable keeps control characters, marks that turn text around and endless
// codes out before anything looks at them.
func readable(text string, most int) bool {
	if text == "" || len(text) > most {
		return false
	}
	for _, c := range []byte(text) {
		if c < 0x20 || c > 0x7e {
			return false
		}
	}
	return true
}

func (v *Visit) unreadable() { v.notify("scan_unreadable", nil) }

func (v *Visit) notify(kind string, reasons []library.Reason) {
	v.turn.lastID++
	v.turn.notice = &Notice{ID: "n" + strconv.Itoa(v.turn.lastID), Kind: kind, Reasons: reasons}
	v.turn.cue = "refused"
}

func (v *Visit) scanCard(now time.Time, number string) {
	if v.turn.screen == ScreenBorrow && v.turn.card == number {
		return // the same card once more: already signed in
	}
	item, barcode := v.turn.item, v.turn.barcode
	if v.turn.screen == ScreenBorrow {
		item, barcode = nil, ""
	}
	// Whoever stood here before is gone with the first scan of the next card.
	v.keepSettings(ScreenSignIn)
	v.turn.item, v.turn.barcode = item, barcode
	answer, err := v.o.Account.SignIn(context.Background(), v.command(now), number)
	if err != nil {
		v.failed(err)
		return
	}
	v.signedIn(now, number, answer)
}

// EnterPIN takes the digits for the card that waits.
func (v *Visit) EnterPIN(pin, nonce string) (Snapshot, error) {
	return v.act(nonce, func(now time.Time) error {
		if v.turn.screen != ScreenPIN {
			return nil
		}
		v.turn.notice = nil
		answer, err := v.o.Account.EnterPIN(context.Background(), v.command(now), v.turn.card, pin)
		if err != nil {
			v.failed(err)
			return nil
		}
		v.signedIn(now, v.turn.card, answer)
		return nil
	})
}

func (v *Visit) signedIn(now time.Time, number string, a library.SignInAnswer) {
	switch {
	case a.NeedPIN:
		v.turn.screen, v.turn.card = ScreenPIN, number
		v.turn.pin = &pinState{wrong: a.Wrong, until: now.Add(a.Wait)}
		v.turn.cue = "accepted"
		if a.Wrong || a.Wait > 0 {
			v.turn.cue = "refused"
		}
	case a.Visitor == nil:
		v.turn.screen, v.turn.card, v.turn.pin = ScreenSignIn, "", nil
		v.notify("card_refused", a.Reasons)
	default:
		p := a.Visitor
		v.turn.screen, v.turn.card, v.turn.pin = ScreenBorrow, number, nil
		v.turn.patron = p.PatronID
		v.turn.view = &Patron{Name: p.MaskedName, Loans: p.Loans, LoanLimit: p.LoanLimit, LoanDays: p.LoanDays, Standing: p.Standing}
		v.turn.cue = "accepted"
		barcode := v.turn.barcode
		v.turn.item, v.turn.barcode = nil, ""
		if barcode != "" {
			v.checkOut(barcode, nil)
		}
	}
}

func (v *Visit) scanItem(barcode string) {
	switch v.turn.screen {
	case ScreenBorrow:
		v.checkOut(barcode, nil)
	case ScreenReturn:
		v.checkIn(barcode)
	case ScreenPIN:
		v.notify("enter_pin_first", nil)
	default: // idle, item, sign-in, goodbye
		v.scanItemFirst(barcode)
	}
}

// scanItemFirst: a book before any card.
func (v *Visit) scanItemFirst(barcode string) {
	if v.o.ReturnAtIdle && v.turn.screen != ScreenSignIn {
		v.keepSettings(ScreenReturn)
		v.checkIn(barcode)
		return
	}
	answer, err := v.o.Lending.Look(context.Background(), barcode)
	if err != nil {
		v.failed(err)
		return
	}
	signingIn := v.turn.screen == ScreenSignIn
	if !signingIn {
		v.keepSettings(ScreenItem)
	}
	if !answer.Known {
		v.keepSettings(v.turn.screen)
		if !signingIn {
			v.turn.screen = ScreenIdle
		}
		v.notify("item_refused", []library.Reason{unknownItem(barcode)})
		return
	}
	v.turn.item, v.turn.barcode = &answer, barcode
	v.turn.cue = "accepted"
}

// unknownItem says so, and when the reader scanned the publisher's code
// instead of the library's it says that.
func unknownItem(barcode string) library.Reason {
	r := library.Reason{Code: library.ItemUnknown, Mark: library.MarkOf(library.ItemUnknown)}
	if library.IsISBN13(barcode) {
		r.Params = map[string]string{"hint": "isbn"}
	}
	return r
}

// checkOut lends one item to the patron of this turn and lists the outcome.
func (v *Visit) checkOut(barcode string, confirmed []string) {
	if e := v.find(barcode); e != nil {
		switch e.Outcome {
		case OutcomeBorrowed, OutcomeRenewed, OutcomeAlreadyBorrowed:
			again := *e
			again.Outcome = OutcomeAlreadyBorrowed
			v.drop(barcode)
			v.list(again)
			v.turn.cue = "accepted"
			return
		case OutcomeAsk:
			if confirmed == nil {
				v.turn.cue = "refused"
				return // the question still stands
			}
		}
	}
	cmd := v.command(v.o.Clock())
	var a library.LoanAnswer
	err := v.surely(func(ctx context.Context) (err error) {
		a, err = v.o.Lending.CheckOut(ctx, cmd, v.turn.patron, barcode, confirmed)
		return err
	})
	if err != nil {
		v.itemFailed(barcode, err)
		return
	}
	e := entry{Entry: Entry{Item: shown(barcode, a.Item, a.Title), Parts: a.Item.Parts}, confirmed: confirmed}
	if a.Done() {
		e.Outcome, e.Due = OutcomeBorrowed, a.Due.String()
		v.counted(&v.turn.borrowed, a.Due)
		v.turn.view.Loans++
		v.turn.cue = "accepted"
	} else {
		e.Reasons = a.Reasons
		if !a.Known {
			e.Reasons = replaceUnknown(a.Reasons, barcode)
		}
		v.refuse(&e)
	}
	v.replace(barcode, e)
}

func replaceUnknown(reasons []library.Reason, barcode string) []library.Reason {
	out := append([]library.Reason{}, reasons...)
	for i, r := range out {
		if r.Code == library.ItemUnknown {
			out[i] = unknownItem(barcode)
		}
	}
	return out
}

// refuse marks an entry as refused, or as a question when the reader alone can
// lift every reason.
func (v *Visit) refuse(e *entry) {
	e.Outcome = OutcomeRefused
	v.turn.cue = "refused"
	if !library.OnlyAsks(e.Reasons) {
		return
	}
	e.Outcome = OutcomeAsk
	e.asked = nil
	for _, r := range e.Reasons {
		e.asked = append(e.asked, r.Code)
	}
}

// Answer is the reader's yes or no to a question of an entry.
func (v *Visit) Answer(id string, yes bool, nonce string) (Snapshot, error) {
	return v.act(nonce, func(time.Time) error {
		e := v.findID(id)
		if e == nil || e.Outcome != OutcomeAsk || v.turn.screen != ScreenBorrow {
			return nil // answered already, or gone
		}
		if !yes {
			e.Outcome = OutcomeDeclined
			return nil
		}
		for _, code := range e.asked {
			if code == library.ItemOnLoanToYou {
				v.renew(e.Item.Barcode)
				return nil
			}
		}
		v.checkOut(e.Item.Barcode, append(append([]string{}, e.confirmed...), e.asked...))
		return nil
	})
}

func (v *Visit) renew(barcode string) {
	cmd := v.command(v.o.Clock())
	var a library.LoanAnswer
	err := v.surely(func(ctx context.Context) (err error) {
		a, err = v.o.Lending.Renew(ctx, cmd, v.turn.patron, barcode)
		return err
	})
	if err != nil {
		v.itemFailed(barcode, err)
		return
	}
	e := entry{Entry: Entry{Item: shown(barcode, a.Item, a.Title), Parts: a.Item.Parts, Outcome: OutcomeRenewed, Due: a.Due.String()}}
	if a.Done() {
		v.counted(&v.turn.renewed, a.Due)
		v.turn.cue = "accepted"
	} else {
		e.Outcome, e.Due, e.Reasons = OutcomeRefused, "", a.Reasons
		v.turn.cue = "refused"
	}
	v.replace(barcode, e)
}

// checkIn takes one item back and lists the outcome.
func (v *Visit) checkIn(barcode string) {
	cmd := v.command(v.o.Clock())
	var a library.ReturnAnswer
	err := v.surely(func(ctx context.Context) (err error) {
		a, err = v.o.Lending.CheckIn(ctx, cmd, barcode)
		return err
	})
	if err != nil {
		v.itemFailed(barcode, err)
		return
	}
	e := entry{Entry: Entry{Item: shown(barcode, a.Item, a.Title), Outcome: OutcomeReturned, Result: a.Outcomes[0], Also: a.Outcomes[1:], Late: a.DaysLate, Parts: a.Item.Parts}}
	switch a.Outcomes[0] {
	case library.AlreadyReturnedNow:
		if v.find(barcode) != nil {
			v.turn.cue = "accepted"
			return // it is in the list already
		}
	case library.ItemUnknown:
		e.Reasons = []library.Reason{unknownItem(barcode)}
		v.turn.refused++
		v.turn.cue = "refused"
		v.replace(barcode, e)
		return
	case library.NotOnLoan:
		v.turn.cue = "refused"
		v.replace(barcode, e)
		return
	default:
		v.turn.returned++
	}
	v.turn.cue = "accepted"
	v.replace(barcode, e)
}

func (v *Visit) counted(n *int, due library.Date) {
	*n++
	if v.turn.due.IsZero() || due.Before(v.turn.due) {
		v.turn.due = due
	}
}

// surely runs a command until its outcome is known, or gives up.
func (v *Visit) surely(fn func(context.Context) error) error {
	var err error
	for range 1 + retries {
		err = caught(func() error { return fn(context.Background()) })
		if err == nil || v.o.Fault(err) != "" {
			return err
		}
		v.o.Log.Error("command failed, outcome not known", "error", err)
	}
	return err
}

// failed tells that nothing was done.
func (v *Visit) failed(err error) {
	code := v.o.Fault(err)
	if code == "" {
		code = "store_failed"
	}
	v.o.Log.Error("command failed", "code", code, "error", err)
	v.notify("not_done", []library.Reason{{Code: code, Mark: library.Block}})
}

// itemFailed lists an item whose outcome is refused for a fault, or unknown:
// then staff must look, and the reader is told so.
func (v *Visit) itemFailed(barcode string, err error) {
	if v.o.Fault(err) != "" {
		v.failed(err)
		return
	}
	v.replace(barcode, entry{Entry: Entry{Outcome: OutcomeUnknown, Item: Title{Barcode: barcode}}})
	v.turn.cue = "refused"
}

func shown(barcode string, it library.Item, t library.Title) Title {
	call := it.CallNumber
	if call == "" {
		call = t.CallNumber
	}
	return Title{Barcode: barcode, Title: t.Title, Author: t.Author, Class: t.Class, CallNumber: call}
}

func (v *Visit) find(barcode string) *entry {
	for i := range v.turn.entries {
		if v.turn.entries[i].Item.Barcode == barcode {
			return &v.turn.entries[i]
		}
	}
	return nil
}

func (v *Visit) findID(id string) *entry {
	for i := range v.turn.entries {
		if v.turn.entries[i].ID == id {
			return &v.turn.entries[i]
		}
	}
	return nil
}

func (v *Visit) drop(barcode string) {
	kept := make([]entry, 0, len(v.turn.entries))
	for _, e := range v.turn.entries {
		if e.Item.Barcode != barcode {
			kept = append(kept, e)
		}
	}
	v.turn.entries = kept
}

// list puts an entry on top.
func (v *Visit) list(e entry) {
	v.turn.lastID++
	e.ID = "e" + strconv.Itoa(v.turn.lastID)
	v.turn.entries = append([]entry{e}, v.turn.entries...)
}

// replace puts an entry on top in place of an older one of the same item, and
// keeps the count of items that ended as refused.
func (v *Visit) replace(barcode string, e entry) {
	if old := v.find(barcode); old != nil && old.Outcome == OutcomeRefused {
		v.turn.refused--
	}
	if e.Outcome == OutcomeRefused {
		v.turn.refused++
	}
	v.drop(barcode)
	v.list(e)
}
