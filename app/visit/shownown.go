package visit

import "shuting/app/library"

func (v *Visit) shownLoan(o *ownState, l library.AccountLoan) OwnLoan {
	id := v.ownID(o, "l", l.Loan)
	o.loans[id] = ownLoan{loan: l.Loan, barcode: l.Item.Barcode}
	out := OwnLoan{ID: id, Item: shown(l.Item.Barcode, l.Item, l.Title), Due: l.Due.String(), DaysLeft: l.DaysLeft, Lost: l.Lost,
		RenewTo: l.RenewTo.String(), Why: l.Why}
	a := o.answers[l.Loan]
	out.Answer = a.outcome
	if a.outcome == OutcomeRefused {
		out.Why = a.reasons
	}
	if len(out.Why) > 0 {
		out.RenewTo = ""
	}
	return out
}

func shownHold(id string, h library.AccountHold) OwnHold {
	item := shownTitle(h.Title)
	item.Barcode = h.Barcode
	return OwnHold{ID: id, Item: item, Ready: h.State == library.HoldReady, Position: h.Position, Waiting: h.Waiting,
		OnItsWay: h.OnItsWay, Until: h.Deadline.String(), DaysLeft: h.DaysLeft}
}

func shownHistory(h library.ReadingHistory) History {
	out := History{On: h.On, Since: h.Since.String(), More: h.More, Loans: []PastLoan{}}
	for _, l := range h.Loans {
		out.Loans = append(out.Loans, PastLoan{Item: shownTitle(l.Title), Out: l.Out.String(), Back: l.Back.String()})
	}
	return out
}

// shownTitle is a title as a whole.
func shownTitle(t library.Title) Title { return shown("", library.Item{}, t) }
