package visit

import (
	"context"
	"strings"
	"time"

	"shuting/app/library"
)

func (v *Visit) command(now time.Time) library.Command {
	return library.Command{ID: v.o.NewID(now), Visit: v.turn.id, Actor: "patron", At: now}
}

// Scan takes what a scanner read, decides what it is and what it means now.
func (v *Visit) Scan(text, nonce string) (Snapshot, error) {
	return v.act(nonce, func(now time.Time) error {
		text = strings.Trim(text, " ")
		v.turn.notice = nil
		switch {
		case v.turn.screen == ScreenRecovery:
			return nil
		case !v.lending && v.turn.screen == ScreenIdle:
			v.turn.cue = "refused" // the screen says already that it is closed
		case !readable(text, v.o.Codes.MaxLength()):
			v.unreadable()
		case v.turn.screen == ScreenSearch && library.IsISBN13(text):
			v.lookFor(Find{Text: text})
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

// Unread says that a code came whose beginning may be missing.
func (v *Visit) Unread() (Snapshot, error) {
	return v.act("", func(time.Time) error {
		if v.turn.screen != ScreenRecovery && v.lending {
			v.unreadable()
		}
		return nil
	})
}

func (v *Visit) unreadable() { v.notify("scan_unreadable", nil) }

func (v *Visit) notify(kind string, reasons []library.Reason) {
	v.turn.notice = &Notice{ID: v.nextID("n"), Kind: kind, Reasons: reasons}
	v.turn.cue = "refused"
}

// carriedMost bounds how many books may wait for a card; more than anyone may
// borrow.
const carriedMost = 40

// scanCard signs in. Books scanned before the card wait for it, also for the
// next card when one was refused: the same hands try another. But once a card
// waits for its PIN they are that reader's and go to nobody else.
func (v *Visit) scanCard(now time.Time, number string) {
	var waiting []carried
	goal, wanted := GoalBorrow, (*wish)(nil)
	switch {
	case v.turn.patron != "":
		if v.turn.card == number {
			return // the same card once more: already signed in
		}
		v.end()
	case v.turn.screen == ScreenGoodbye:
		v.end()
	case v.turn.screen == ScreenItem:
		waiting = v.turn.carried
	case v.turn.screen == ScreenSignIn:
		waiting, goal, wanted = v.turn.carried, v.turn.goal, v.turn.wish
	case v.turn.screen == ScreenPIN:
		if v.turn.goal != GoalHold {
			goal = v.turn.goal
		}
		// What waits for the PIN of one card is for no other.
		if v.turn.card == number {
			waiting, goal, wanted = v.turn.carried, v.turn.goal, v.turn.wish
		}
	}
	v.newTurn(ScreenSignIn)
	v.turn.carried, v.turn.card, v.turn.goal, v.turn.wish = waiting, number, goal, wanted
	cmd := v.command(now)
	answer, err := surely(v, func(ctx context.Context) (library.SignInAnswer, error) {
		if goal == GoalAccount {
			return v.o.Account.AskPIN(ctx, cmd, number)
		}
		return v.o.Account.SignIn(ctx, cmd, number)
	})
	if err != nil {
		v.failed(err)
		return
	}
	v.signedIn(now, number, answer, false)
}

// EnterPIN takes the digits for the card that waits.
func (v *Visit) EnterPIN(pin, nonce string) (Snapshot, error) {
	return v.act(nonce, func(now time.Time) error {
		if v.turn.screen != ScreenPIN {
			return nil
		}
		v.turn.notice = nil
		cmd, number := v.command(now), v.turn.card
		answer, err := surely(v, func(ctx context.Context) (library.SignInAnswer, error) {
			return v.o.Account.EnterPIN(ctx, cmd, number, pin)
		})
		if err != nil {
			v.failed(err)
			return nil
		}
		v.signedIn(now, number, answer, true)
		return nil
	})
}

// signedIn shows what a card, or a card with its PIN, led to.
func (v *Visit) signedIn(now time.Time, number string, a library.SignInAnswer, byPIN bool) {
	switch {
	case a.NeedPIN:
		v.turn.screen, v.turn.card = ScreenPIN, number
		v.turn.pin = &pinState{wrong: a.Wrong, until: now.Add(a.Wait)}
		v.turn.cue = "accepted"
		if a.Wrong || a.Wait > 0 {
			v.turn.cue = "refused"
		}
	case a.Visitor == nil:
		if v.turn.patron != "" { // became void while its reader stood here
			v.newTurn(ScreenSignIn)
			v.turn.goal = GoalBorrow
		}
		v.turn.screen, v.turn.pin = ScreenSignIn, nil
		v.notify("card_refused", a.Reasons)
	default:
		p := a.Visitor
		v.turn.screen, v.turn.card, v.turn.pin = ScreenBorrow, number, nil
		v.turn.patron, v.turn.category, v.turn.proven = p.PatronID, p.Category, byPIN
		v.turn.view = &Patron{Name: p.MaskedName, Loans: p.Loans, LoanLimit: p.LoanLimit, LoanDays: p.LoanDays, Standing: p.Standing}
		v.turn.cue = "accepted"
		v.tellInterrupted(now)
		v.reachGoal(now)
	}
}

// reachGoal does what the card was asked for, after the books that waited for
// it.
func (v *Visit) reachGoal(now time.Time) {
	goal, waiting := v.turn.goal, v.takeCarried()
	v.turn.goal = ""
	for _, c := range waiting {
		v.checkOut(c.barcode, nil)
	}
	switch {
	case goal == GoalHold && v.turn.wish != nil:
		v.placeHold(now)
	case goal == GoalAccount && len(waiting) == 0:
		v.openOwn(now)
	}
}

// takeCarried hands over what waited, in the order it was scanned.
func (v *Visit) takeCarried() []carried {
	all := v.turn.carried
	v.turn.carried = nil
	return all
}

func (v *Visit) scanItem(barcode string) {
	if v.turn.patron != "" && v.turn.screen != ScreenPIN {
		// Whatever they look at: a book held to the scanner is to be lent.
		v.turn.screen = ScreenBorrow
		v.checkOut(barcode, nil)
		return
	}
	switch v.turn.screen {
	case ScreenReturn:
		v.checkIn(barcode)
	case ScreenPIN:
		v.notify("enter_pin_first", nil)
	case ScreenSearch:
		v.scanToFind(barcode)
	default: // idle, item, sign-in, goodbye
		v.scanItemFirst(barcode)
	}
}

// scanToFind shows the title of a copy somebody holds to the scanner while
// looking for books; it is neither lent nor taken back.
func (v *Visit) scanToFind(barcode string) {
	title, err := surely(v, func(ctx context.Context) (string, error) { return v.o.Finding.TitleOf(ctx, barcode) })
	switch {
	case err != nil:
		v.failed(err)
	case title == "":
		v.notify("item_refused", []library.Reason{unknownItem(barcode)})
	default:
		v.lookFor(Find{Title: title})
	}
}

func (v *Visit) lookFor(what Find) {
	what.Serial = v.turn.find.Serial + 1
	v.turn.find = what
	v.turn.cue = "key"
}

// scanItemFirst: books before any card. Each is kept and shown until a card or
// "return" says what is meant; none is dropped for the next.
func (v *Visit) scanItemFirst(barcode string) {
	if v.turn.screen == ScreenGoodbye {
		v.end() // the one before is gone
	}
	if v.o.ReturnAtIdle && v.turn.screen == ScreenIdle {
		v.newTurn(ScreenReturn)
		v.checkIn(barcode)
		return
	}
	answer, err := surely(v, func(ctx context.Context) (library.LoanAnswer, error) {
		return v.o.Lending.Look(ctx, barcode)
	})
	if err != nil {
		v.failed(err)
		return
	}
	if !answer.Known {
		v.notify("item_refused", []library.Reason{unknownItem(barcode)})
		return
	}
	v.turn.cue = "key" // seen, but nothing is lent yet
	if v.turn.screen == ScreenIdle {
		v.newTurn(ScreenItem)
		v.turn.cue = "key"
	}
	for i, c := range v.turn.carried {
		if c.barcode == barcode { // once more: it comes to the front
			v.turn.carried = append(v.turn.carried[:i:i], v.turn.carried[i+1:]...)
			break
		}
	}
	if len(v.turn.carried) >= carriedMost {
		v.turn.cue = "refused"
		return
	}
	v.turn.carried = append(v.turn.carried, carried{barcode: barcode, title: shown(barcode, answer.Item, answer.Title)})
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
