package visit

import (
	"context"
	"time"

	"shuting/app/library"
)

// wish is a title somebody wants held, until a card says for whom.
type wish struct{ title Title }

// heldState is what became of a wish.
type heldState struct {
	Held
	command string // while it is not certain
}

// Hold puts the patron in the queue for a title; where none stands here yet a
// card is asked for first.
func (v *Visit) Hold(title, nonce string) (Snapshot, error) {
	return v.act(nonce, func(now time.Time) error {
		switch v.turn.screen {
		case ScreenSearch, ScreenBorrow, ScreenHeld:
		default:
			return nil // a late double tap
		}
		about, known, err := v.called(title)
		if err != nil {
			v.failed(err)
			return nil
		}
		if !known {
			return ErrBadRequest
		}
		v.turn.notice = nil
		if v.turn.patron != "" {
			v.turn.wish = &wish{title: about}
			v.placeHold(now)
			return nil
		}
		if !v.lending {
			v.newTurn(ScreenIdle) // which says that the kiosk is closed
			return nil
		}
		v.newTurn(ScreenSignIn)
		v.turn.goal, v.turn.wish = GoalHold, &wish{title: about}
		return nil
	})
}

func (v *Visit) called(title string) (Title, bool, error) {
	type named struct {
		title library.Title
		known bool
	}
	n, err := surely(v, func(ctx context.Context) (n named, err error) {
		n.title, n.known, err = v.o.Finding.Called(ctx, title)
		return n, err
	})
	return shownTitle(n.title), n.known, err
}

// placeHold asks for the wished title and shows what became of it.
func (v *Visit) placeHold(now time.Time) {
	about := v.turn.wish.title
	v.turn.wish = nil
	cmd, patron := v.command(now), v.turn.patron
	a, err := surely(v, func(ctx context.Context) (library.HoldAnswer, error) {
		return v.o.Lending.PlaceHold(ctx, cmd, patron, about.TitleID, "", v.o.PickUp)
	})
	if err != nil && v.fault(err) != "" {
		v.failed(err)
		return
	}
	v.turn.screen = ScreenHeld
	if err != nil {
		v.o.Log.Error("hold not certain", "command", cmd.ID, "error", err)
		v.turn.held = &heldState{Held{Item: about, Outcome: OutcomeUnknown, Reasons: []library.Reason{}}, cmd.ID}
		v.turn.cue = "refused"
		v.findOut(unsure{cmd: cmd, item: about, settle: func(told library.Told) { v.settleHold(cmd, about, told) }})
		return
	}
	v.holdAnswered(about, a)
}

func (v *Visit) holdAnswered(about Title, a library.HoldAnswer) {
	h := Held{Item: about, Outcome: OutcomeHeld, Position: a.Position, Waiting: a.Waiting, Reasons: []library.Reason{}}
	v.turn.cue = "accepted"
	if len(a.Reasons) > 0 {
		h = Held{Item: about, Outcome: OutcomeRefused, Reasons: a.Reasons}
		v.turn.cue = "refused"
	} else {
		v.turn.say(ReceiptLine{What: library.ReceiptHeld, Item: about})
	}
	v.turn.held = &heldState{Held: h}
}
