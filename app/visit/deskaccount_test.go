package visit

import (
	"context"
	"fmt"
	"slices"

	"time"

	"shuting/app/library"
)

// account is what the desk keeps for the patron's own page.
type account struct {
	told        map[string]library.Told // by command
	dues        map[string]library.Date // barcode → after a renewal
	holds       []library.AccountHold
	history     bool
	category    library.Category
	ready       bool // a printer is there
	prints      []library.Receipt
	slips       []library.Slip
	jammed      error
	renewed     int // renewals done, not tried
	loseReturn  bool
	lostOutcome string // of the return that is lost; not_on_loan if not given
	full        bool
	last        library.LastVisit
	ends        []string      // visits that came to their end
	sent        string        // where returned items go, "" = to their place
	hung        chan struct{} // while open, check-outs do not answer; nil = they do
	begun       int           // check-outs
}

func (d *desk) AskPIN(_ context.Context, cmd library.Command, _ string) (library.SignInAnswer, error) {
	d.note(cmd)
	return library.SignInAnswer{NeedPIN: true}, nil
}

// tell keeps what a command did, as the ledger does.
func (d *desk) tell(cmd library.Command, what string, a library.LoanAnswer) {
	if d.told == nil {
		d.told = map[string]library.Told{}
	}
	if len(a.Reasons) > 0 {
		what = library.ToldRefused
	}
	d.told[cmd.ID] = library.Told{Command: cmd.ID, What: what, Title: a.Title, Item: a.Item, Due: a.Due, Reasons: a.Reasons}
}

func (d *desk) Outcome(_ context.Context, command string) (library.Told, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if t, ok := d.told[command]; ok {
		return t, nil
	}
	return library.Told{What: library.ToldNotDone}, nil
}

// failing takes the next failure; work is done before it when late.
func (d *desk) failing() (err error, skip bool) {
	if len(d.fail) > 0 {
		err, d.fail = d.fail[0], d.fail[1:]
	}
	return err, err != nil && !d.late
}

func (d *desk) Renew(_ context.Context, cmd library.Command, _, barcode string) (library.LoanAnswer, error) {
	d.note(cmd)
	d.mu.Lock()
	defer d.mu.Unlock()
	err, skip := d.failing()
	if skip {
		return library.LoanAnswer{}, err
	}
	return d.renew(cmd, barcode), err
}

func (d *desk) renew(cmd library.Command, barcode string) library.LoanAnswer {
	if a, ok := d.seen[cmd.ID]; ok {
		return a
	}
	a := d.thing(barcode)
	a.Loan, a.Due = "l"+barcode, library.Date{Year: 2027, Month: 1, Day: 21}
	if _, again := d.dues[barcode]; again {
		a.Due, a.Reasons = library.Date{}, []library.Reason{{Code: library.RenewLimit, Mark: library.Block, Params: map[string]string{"limit": "1"}}}
	} else {
		if d.dues == nil {
			d.dues = map[string]library.Date{}
		}
		d.dues[barcode] = a.Due
		d.renewed++
	}
	d.seen[cmd.ID] = a
	d.tell(cmd, library.ToldRenewed, a)
	return a
}

func (d *desk) RenewAll(_ context.Context, cmd library.Command, patron string) ([]library.RenewAnswer, error) {
	d.note(cmd)
	d.mu.Lock()
	defer d.mu.Unlock()
	err, skip := d.failing()
	if skip {
		return nil, err
	}
	var out []library.RenewAnswer
	var parts []library.Told
	for _, barcode := range d.of(patron) {
		part := cmd
		part.ID += "." + barcode
		out = append(out, library.RenewAnswer{Barcode: barcode, LoanAnswer: d.renew(part, barcode)})
		parts = append(parts, d.told[part.ID])
	}
	if d.told == nil {
		d.told = map[string]library.Told{}
	}
	d.told[cmd.ID] = library.Told{Command: cmd.ID, What: library.ToldRenewedAll, Parts: parts}
	return out, err
}

// of is what a patron has, in order.
func (d *desk) of(patron string) (barcodes []string) {
	for barcode, who := range d.lent {
		if who == patron {
			barcodes = append(barcodes, barcode)
		}
	}
	slices.Sort(barcodes)
	return barcodes
}

func (d *desk) Loans(_ context.Context, patron string, _ time.Time) ([]library.AccountLoan, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []library.AccountLoan
	for _, barcode := range d.of(patron) {
		a := d.thing(barcode)
		l := library.AccountLoan{Loan: "l" + barcode, Title: a.Title, Item: a.Item, Due: library.Date{Year: 2026, Month: 12, Day: 22}, DaysLeft: 30,
			RenewTo: library.Date{Year: 2027, Month: 1, Day: 21}}
		if due, renewed := d.dues[barcode]; renewed {
			l.Due, l.RenewTo, l.Why = due, library.Date{}, []library.Reason{{Code: library.RenewLimit, Mark: library.Block}}
		}
		out = append(out, l)
	}
	return out, nil
}

func (d *desk) Holds(context.Context, string, time.Time) ([]library.AccountHold, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.holds), nil
}

func (d *desk) Charges(context.Context, string) ([]library.AccountCharge, error) {
	return []library.AccountCharge{{Kind: "lost", Fen: 3000}, {Kind: "overdue", Fen: 250}}, nil
}

func (d *desk) History(context.Context, string, int) (library.ReadingHistory, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return library.ReadingHistory{On: d.history}, nil
}

func (d *desk) SetHistory(_ context.Context, cmd library.Command, _ string, on bool) error {
	d.note(cmd)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.history = on
	return nil
}

// Called: titles named "none" are of nobody.
func (d *desk) Called(_ context.Context, title string) (library.Title, bool, error) {
	return library.Title{ID: title, Title: "《" + title + "》"}, title != "none", nil
}

func (d *desk) PlaceHold(_ context.Context, cmd library.Command, _, title string, _ library.ItemType, pickUp string) (library.HoldAnswer, error) {
	d.note(cmd)
	d.mu.Lock()
	defer d.mu.Unlock()
	err, skip := d.failing()
	if skip {
		return library.HoldAnswer{}, err
	}
	if d.told == nil {
		d.told = map[string]library.Told{}
	}
	if d.full {
		rs := []library.Reason{{Code: library.HoldLimit, Mark: library.Block}}
		d.told[cmd.ID] = library.Told{What: library.ToldRefused, Reasons: rs}
		return library.HoldAnswer{Reasons: rs}, err
	}
	if _, again := d.told[cmd.ID]; !again {
		d.holds = append(d.holds, library.AccountHold{Hold: fmt.Sprint("h", len(d.holds)+1), Title: library.Title{ID: title, Title: title},
			State: library.HoldWaiting, Position: 2, Waiting: 3, PickUp: pickUp})
		d.told[cmd.ID] = library.Told{What: library.ToldHeld, Position: 2, Waiting: 3}
	}
	return library.HoldAnswer{Hold: "h1", Position: 2, Waiting: 3}, err
}

func (d *desk) CancelHold(_ context.Context, cmd library.Command, _, hold string) (bool, error) {
	d.note(cmd)
	d.mu.Lock()
	defer d.mu.Unlock()
	err, skip := d.failing()
	if skip {
		return false, err
	}
	if d.told == nil {
		d.told = map[string]library.Told{}
	}
	was := len(d.holds)
	d.holds = slices.DeleteFunc(d.holds, func(h library.AccountHold) bool { return h.Hold == hold })
	if len(d.holds) < was {
		d.told[cmd.ID] = library.Told{What: library.ToldCancelled}
	}
	return len(d.holds) < was, err
}

func (d *desk) Ready() bool { return d.ready }

func (d *desk) Receipt(r library.Receipt, done func(error)) {
	d.mu.Lock()
	d.prints = append(d.prints, r)
	err := d.jammed
	d.mu.Unlock()
	done(err)
}

func (d *desk) Slip(s library.Slip) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.slips = append(d.slips, s)
}

func (d *desk) Interrupted(context.Context, time.Time) (library.LastVisit, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last, nil
}

func (d *desk) Ended(_ context.Context, cmd library.Command) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ends = append(d.ends, cmd.Visit)
	return nil
}
