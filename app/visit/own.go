package visit

import (
	"context"
	"slices"
	"time"

	"shuting/app/library"
)

// historyMost is how many past loans are shown.
const historyMost = 60

// ownState is the patron's own page as last read, with what only Go may know.
type ownState struct {
	page    OwnPage
	loans   map[string]ownLoan // by the page's id
	holds   map[string]string  // the page's id → hold
	ids     map[string]string  // loan or hold → the page's id, kept for the visit
	answers map[string]answer  // loan → what became of a wish to renew
	ended   []OwnHold          // cancelled in this visit
}

type ownLoan struct{ loan, barcode string }

// lines are the loans of the page as the farewell names them if they are not
// renewed: one of them, or all for "".
func (o *ownState) lines(loan string) []ReceiptLine {
	lines := []ReceiptLine{}
	for _, l := range o.page.Loans {
		if loan == "" || o.loans[l.ID].loan == loan {
			lines = append(lines, ReceiptLine{What: library.ReceiptNotRenewed, Item: l.Item, Due: l.Due})
		}
	}
	return lines
}

// answer to a wish to renew.
type answer struct {
	outcome Outcome
	reasons []library.Reason
}

// openOwn shows the patron's own page, which wants the PIN once a visit.
func (v *Visit) openOwn(now time.Time) {
	if !v.turn.proven {
		v.askPIN(now)
		return
	}
	if err := v.readOwn(now); err != nil {
		v.failed(err)
		return
	}
	v.turn.screen = ScreenAccount
}

// askPIN asks the patron who stands here for the PIN; what is on the list
// stays.
func (v *Visit) askPIN(now time.Time) {
	cmd, number := v.command(now), v.turn.card
	a, err := surely(v, func(ctx context.Context) (library.SignInAnswer, error) {
		return v.o.Account.AskPIN(ctx, cmd, number)
	})
	if err != nil {
		v.failed(err)
		return
	}
	if v.turn.screen != ScreenPIN {
		v.turn.home = v.turn.screen
	}
	v.turn.screen, v.turn.goal = ScreenPIN, GoalAccount
	v.turn.pin = &pinState{until: now.Add(a.Wait)}
}

// turnTo goes to another screen of the patron who stands here.
func (v *Visit) turnTo(now time.Time, s Screen) error {
	if v.turn.screen == s || v.turn.screen == ScreenPIN {
		return nil
	}
	switch s {
	case ScreenBorrow:
		v.turn.screen = ScreenBorrow
	case ScreenAccount:
		v.openOwn(now)
	case ScreenSearch:
		v.lookAround(Find{})
	default:
		return ErrBadRequest
	}
	return nil
}

// lookAround opens the search for the patron who stands here.
func (v *Visit) lookAround(at Find) {
	if v.turn.screen != ScreenSearch {
		v.turn.home = v.turn.screen
	}
	v.turn.screen, v.turn.find = ScreenSearch, at
}

// goHome leads back to the screen the patron came from.
func (v *Visit) goHome(now time.Time) error {
	home := v.turn.home
	v.turn.pin, v.turn.goal, v.turn.home = nil, "", ""
	switch {
	case home == ScreenSearch:
		v.turn.screen = ScreenSearch
	case home == ScreenHeld && v.turn.held != nil:
		v.turn.screen = ScreenHeld
	case home == ScreenAccount && v.turn.proven:
		v.openOwn(now)
	default:
		v.turn.screen = ScreenBorrow
	}
	return nil
}

// OpenTitle shows the page of a title that stands on the screen. The books of
// "this book" wait no longer: nothing was done with them.
func (v *Visit) OpenTitle(title string) (Snapshot, error) {
	return v.act("", func(time.Time) error {
		switch {
		case title == "" || v.turn.screen == ScreenPIN:
			return ErrBadRequest
		case v.turn.patron != "":
			v.lookAround(Find{Serial: v.turn.find.Serial + 1, Title: title})
		case v.turn.screen == ScreenItem:
			v.newTurn(ScreenSearch)
			v.lookFor(Find{Title: title})
		default:
			return ErrBadRequest
		}
		return nil
	})
}

// refreshOwn reads the page anew after an act. Where that fails the old one
// stands, with the answers on it: what was done is done.
func (v *Visit) refreshOwn(now time.Time) {
	err := v.readOwn(now)
	if err == nil {
		return
	}
	v.o.Log.Error("own page not read anew", "error", err)
	o := v.turn.own
	for i := range o.page.Loans {
		l := &o.page.Loans[i]
		if a := o.answers[o.loans[l.ID].loan]; a.outcome != "" {
			l.Answer, l.RenewTo, l.Why = a.outcome, "", a.reasons
		}
	}
}

// readOwn reads the page anew.
func (v *Visit) readOwn(now time.Time) error {
	type read struct {
		loans   []library.AccountLoan
		holds   []library.AccountHold
		charges []library.AccountCharge
		history library.ReadingHistory
	}
	patron := v.turn.patron
	r, err := surely(v, func(ctx context.Context) (r read, err error) {
		if r.loans, err = v.o.Own.Loans(ctx, patron, now); err != nil {
			return r, err
		}
		if r.holds, err = v.o.Own.Holds(ctx, patron, now); err != nil {
			return r, err
		}
		if r.charges, err = v.o.Own.Charges(ctx, patron); err != nil {
			return r, err
		}
		r.history, err = v.o.Own.History(ctx, patron, historyMost)
		return r, err
	})
	if err != nil {
		return err
	}
	if v.turn.own == nil {
		v.turn.own = &ownState{ids: map[string]string{}, answers: map[string]answer{}}
	}
	o := v.turn.own
	page := OwnPage{Loans: []OwnLoan{}, Holds: []OwnHold{}, Charges: []OwnCharge{}, Asked: o.page.Asked, History: shownHistory(r.history)}
	page.History.Offered = page.History.On || library.MayKeepHistory(v.turn.category)
	o.loans, o.holds = map[string]ownLoan{}, map[string]string{}
	for _, l := range r.loans {
		shownLoan := v.shownLoan(o, l)
		if shownLoan.RenewTo != "" && shownLoan.Answer == "" {
			page.Renewable++
		}
		page.Loans = append(page.Loans, shownLoan)
	}
	for _, h := range r.holds {
		id := v.ownID(o, "h", h.Hold)
		o.holds[id] = h.Hold
		page.Holds = append(page.Holds, shownHold(id, h))
	}
	page.Holds = append(page.Holds, o.ended...)
	for _, c := range r.charges {
		page.OwedFen += c.Fen
		page.Charges = append(page.Charges, OwnCharge{Kind: c.Kind, Item: shownTitle(c.Title), Fen: c.Fen, On: c.On.String()})
	}
	o.page = page
	v.turn.view.Loans = len(page.Loans)
	return nil
}

// ownID is the page's id of a loan or hold, the same as long as the visit lasts.
func (v *Visit) ownID(o *ownState, kind, of string) string {
	if o.ids[of] == "" {
		o.ids[of] = v.nextID(kind)
	}
	return o.ids[of]
}

// ownAct runs an act of the account screen and reads the page anew.
func (v *Visit) ownAct(nonce string, fn func(now time.Time, o *ownState)) (Snapshot, error) {
	return v.act(nonce, func(now time.Time) error {
		if v.turn.screen != ScreenAccount || v.turn.own == nil {
			return nil // a late double tap
		}
		v.turn.notice = nil
		fn(now, v.turn.own)
		v.refreshOwn(now)
		return nil
	})
}

// Renew lengthens one loan of the account screen.
func (v *Visit) Renew(id, nonce string) (Snapshot, error) {
	return v.ownAct(nonce, func(now time.Time, o *ownState) {
		if l, ok := o.loans[id]; ok {
			v.renewOwn(now, o, l)
		}
	})
}

// renewOwn renews one loan, unless that was done or is under way.
func (v *Visit) renewOwn(now time.Time, o *ownState, l ownLoan) {
	if was := o.answers[l.loan].outcome; was == OutcomeUnknown || was == OutcomeRenewed {
		return
	}
	cmd, patron := v.command(now), v.turn.patron
	a, err := surely(v, func(ctx context.Context) (library.LoanAnswer, error) {
		return v.o.Lending.Renew(ctx, cmd, patron, l.barcode)
	})
	switch {
	case err == nil:
		v.ownRenewed(o, l, a)
	case v.fault(err) != "":
		v.failed(err)
	default:
		v.o.Log.Error("renewal not certain", "command", cmd.ID, "error", err)
		o.answers[l.loan] = answer{outcome: OutcomeUnknown}
		v.turn.cue = "refused"
		v.findOut(unsure{cmd: cmd, settle: func(told library.Told) { v.settleRenewal(l, told) }, loans: o.lines(l.loan)})
	}
}

// ownRenewed keeps the answer to one renewal.
func (v *Visit) ownRenewed(o *ownState, l ownLoan, a library.LoanAnswer) {
	if !a.Done() {
		o.answers[l.loan] = answer{outcome: OutcomeRefused, reasons: a.Reasons}
		v.turn.cue = "refused"
		for _, line := range o.lines(l.loan) {
			v.turn.say(line)
		}
		return
	}
	o.answers[l.loan] = answer{outcome: OutcomeRenewed}
	if v.find(l.barcode) != nil { // scanned before: its question is answered
		v.renewed(l.barcode, a)
		return
	}
	v.turn.cue = "accepted"
	v.turn.say(ReceiptLine{What: library.ReceiptRenewed, Item: shown(l.barcode, a.Item, a.Title), Due: a.Due.String()})
}

// RenewAll lengthens every loan that may be; each has its own answer. What was
// renewed in this visit already is not renewed once more.
func (v *Visit) RenewAll(nonce string) (Snapshot, error) {
	return v.ownAct(nonce, func(now time.Time, o *ownState) {
		fresh := true
		for _, a := range o.answers {
			if a.outcome == OutcomeUnknown {
				return // first it must be known what became of that
			}
			fresh = fresh && a.outcome != OutcomeRenewed
		}
		if fresh {
			v.renewAllAs(v.command(now), o)
			return
		}
		done := v.turn.said(library.ReceiptRenewed)
		for _, l := range o.page.Loans {
			v.renewOwn(now, o, o.loans[l.ID])
		}
		o.page.Asked = true
		if v.turn.said(library.ReceiptRenewed) > done {
			v.turn.cue = "accepted"
		}
	})
}

// renewAllAs may be run again with the same command: it goes on where it was
// and does nothing twice.
func (v *Visit) renewAllAs(cmd library.Command, o *ownState) {
	patron := v.turn.patron
	all, err := surely(v, func(ctx context.Context) ([]library.RenewAnswer, error) {
		return v.o.Lending.RenewAll(ctx, cmd, patron)
	})
	switch {
	case err == nil:
		o.page.Asked = true
		done := false
		for _, a := range all {
			v.ownRenewed(o, ownLoan{loan: a.Loan, barcode: a.Barcode}, a.LoanAnswer)
			done = done || a.Done()
		}
		if done {
			v.turn.cue = "accepted"
		}
	case v.fault(err) != "":
		v.failed(err)
	default:
		v.o.Log.Error("renewals not certain", "command", cmd.ID, "error", err)
		for _, l := range o.loans {
			o.answers[l.loan] = answer{outcome: OutcomeUnknown}
		}
		v.turn.cue = "refused"
		v.findOut(unsure{cmd: cmd, settle: func(told library.Told) { v.settleRenewAll(cmd, told) }, loans: o.lines("")})
	}
}

// CancelHold ends a hold of the account screen.
func (v *Visit) CancelHold(id, nonce string) (Snapshot, error) {
	return v.ownAct(nonce, func(now time.Time, o *ownState) {
		hold, ok := o.holds[id]
		at := slices.IndexFunc(o.page.Holds, func(h OwnHold) bool { return h.ID == id })
		if !ok || at < 0 {
			return
		}
		h := o.page.Holds[at]
		cmd, patron := v.command(now), v.turn.patron
		cancelled, err := surely(v, func(ctx context.Context) (bool, error) {
			return v.o.Lending.CancelHold(ctx, cmd, patron, hold)
		})
		switch {
		case err == nil:
			if cancelled {
				v.ownCancelled(o, h)
			}
		case v.fault(err) != "":
			v.failed(err)
		default:
			v.o.Log.Error("end of a hold not certain", "command", cmd.ID, "error", err)
			v.turn.cue = "refused"
			v.notify("not_certain", nil)
			v.findOut(unsure{cmd: cmd, item: h.Item, settle: func(told library.Told) { v.settleCancelled(h, told) }})
		}
	})
}

// ownCancelled keeps a hold that was cancelled in sight until the visit ends.
func (v *Visit) ownCancelled(o *ownState, h OwnHold) {
	h.Cancelled = true
	o.ended = append(o.ended, h)
	v.turn.cue = "accepted"
	v.turn.say(ReceiptLine{What: wordCancelled, Item: h.Item})
}

// SetHistory switches the reading history on, or off and erases it.
func (v *Visit) SetHistory(on bool, nonce string) (Snapshot, error) {
	return v.ownAct(nonce, func(now time.Time, _ *ownState) {
		if on && !library.MayKeepHistory(v.turn.category) {
			return // not offered
		}
		cmd, patron := v.command(now), v.turn.patron
		_, err := surely(v, func(ctx context.Context) (struct{}, error) {
			return struct{}{}, v.o.Lending.SetHistory(ctx, cmd, patron, on)
		})
		switch {
		case err == nil:
			v.turn.cue = "accepted"
		case v.fault(err) != "":
			v.failed(err)
		default:
			v.o.Log.Error("reading history not certain", "command", cmd.ID, "error", err)
			v.turn.cue = "refused"
			v.notify("not_certain", nil)
			v.findOut(unsure{cmd: cmd, settle: v.settleHistory})
		}
	})
}
