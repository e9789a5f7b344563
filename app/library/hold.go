package library

import (
	"strconv"
	"time"
)

// Codes of hold refusals (domain, holds).
const (
	HoldLimit       = "hold_limit"
	HoldExists      = "hold_exists"
	HoldYoursOnLoan = "hold_yours_on_loan"
	HoldNotAllowed  = "hold_not_allowed"
)

// Why a hold is not allowed: one of these, or the code of what is wrong with
// the card.
const (
	HoldNoneForCard = "no_holds"     // the patron's category places no holds
	HoldNotLendable = "not_lendable" // no copy of the title may be lent to the patron
)

// HoldFacts is everything the placing of a hold depends on.
type HoldFacts struct {
	Now      time.Time
	Zone     *time.Location
	Branch   string // where the kiosk stands
	Who      PatronFacts
	Policy   Policy // of the patron's category and the title's item type
	Open     *Hold  // the patron's open hold of the title, if any
	Position int    // its place in the queue, from 1; 0 when it is ready
	Loan     *Loan  // the patron's loan of a copy of the title, if any
	Lendable bool   // the title has at least one copy that may be lent to the patron
}

// DecideHold gives every reason why a hold cannot be placed. Overdue items,
// charges and full hands do not keep a patron from waiting: they are asked of
// again when the copy is picked up.
func DecideHold(f HoldFacts) []Reason {
	var rs reasons
	if limit, now := f.Policy.Holds, f.Who.Standing.Holds; limit > 0 && now >= limit {
		rs.add(HoldLimit, "limit", strconv.Itoa(limit), "now", strconv.Itoa(now))
	}
	if h := f.Open; h != nil {
		position := ""
		if f.Position > 0 {
			position = strconv.Itoa(f.Position)
		}
		rs.add(HoldExists, "state", string(h.State), "position", position, "until", h.Deadline.String())
	}
	if f.Loan != nil {
		rs.add(HoldYoursOnLoan, "due", f.Loan.Due.String())
	}
	if why := notAllowed(f); why != "" {
		rs.add(HoldNotAllowed, "why", why)
	}
	return rs.list
}

// notAllowed is the first reason why this patron may not hold this title at all.
func notAllowed(f HoldFacts) string {
	// The zero Policy leaves out the limits, which holds have of their own.
	card := without(DecideStanding(f.Now, f.Zone, f.Branch, f.Who, Policy{}), PatronOverdue, PatronWrongBranch)
	switch {
	case len(card) > 0:
		return card[0].Code
	case !f.Lendable: // also where the row of its type allows no holds: that is not the card's doing
		return HoldNotLendable
	case f.Policy.Holds == 0:
		return HoldNoneForCard
	}
	return ""
}

// CopyHoldable tells whether a copy may one day be lent to a patron with these
// terms, whoever has it now: what a hold is worth waiting for.
func CopyHoldable(it Item, terms Policy) bool {
	switch it.State {
	case ItemLost, ItemWithdrawn, ItemDamaged:
		return false
	}
	if it.Type == Reference && terms.ItemType != string(Reference) {
		return false
	}
	return terms.LoanDays > 0 && !terms.OnSite && !it.OnSite && !it.NotForLoan
}
