package visit

import "time"

// Begin opens a flow: ScreenBorrow asks for a card, ScreenReturn takes items,
// ScreenSearch finds titles, ScreenAccount asks for a card and its PIN. Where a
// patron stands already the last three keep them. A return ends their visit, and with
// it what the farewell would have said: whoever scans next may be somebody else.
func (v *Visit) Begin(s Screen) (Snapshot, error) {
	return v.act("", func(now time.Time) error {
		if v.turn.patron != "" && s != ScreenReturn {
			return v.turnTo(now, s)
		}
		switch v.turn.screen {
		case ScreenIdle, ScreenItem, ScreenGoodbye:
		case ScreenBorrow:
			if s != ScreenReturn { // told to return something first
				return nil
			}
		default:
			return nil // a late double tap
		}
		if !v.lending {
			v.newTurn(ScreenIdle) // which says that the kiosk is closed
			return nil
		}
		switch s {
		case ScreenBorrow:
			all := v.takeCarried()
			v.newTurn(ScreenSignIn)
			v.turn.carried, v.turn.goal = all, GoalBorrow
		case ScreenAccount:
			all := v.takeCarried()
			v.newTurn(ScreenSignIn)
			v.turn.carried, v.turn.goal = all, GoalAccount
		case ScreenReturn:
			all := v.takeCarried()
			v.newTurn(ScreenReturn)
			for _, c := range all {
				v.checkIn(c.barcode)
			}
		case ScreenSearch:
			v.newTurn(ScreenSearch)
		default:
			return ErrBadRequest
		}
		return nil
	})
}

// Back leaves a screen that has nothing to lose, to where it was come from.
func (v *Visit) Back() (Snapshot, error) {
	return v.act("", func(now time.Time) error {
		switch v.turn.screen {
		case ScreenAccount, ScreenHeld:
			v.turn.screen = ScreenBorrow
		case ScreenSignIn, ScreenPIN, ScreenSearch:
			switch {
			case v.turn.patron != "":
				return v.goHome(now)
			case v.turn.wish != nil:
				title := v.turn.wish.title.TitleID
				v.newTurn(ScreenSearch)
				v.lookFor(Find{Title: title})
			default:
				v.newTurn(ScreenIdle)
			}
		case ScreenItem:
			v.newTurn(ScreenIdle)
		}
		return nil
	})
}
