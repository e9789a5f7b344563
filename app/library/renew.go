package library

import (
	"slices"
	"strconv"
	"time"
)

// Codes of renewal refusals (domain, renew).
const (
	RenewLimit         = "renew_limit"
	RenewTooSoon       = "renew_too_soon"
	RenewReserved      = "renew_reserved"
	RenewOverdue       = "renew_overdue"
	RenewPatronBlocked = "renew_patron_blocked"
	RenewItemBlocked   = "renew_item_blocked"
)

// RenewFacts is everything one renewal depends on.
type RenewFacts struct {
	Now      time.Time
	Zone     *time.Location
	Branch   string
	Calendar Calendar
	Policies Policies
	Who      PatronFacts
	Item     *Item
	Loan     Loan
	Queue    []Hold // waiting holds of the title, first come first
}

// RenewDecision is every refusal in order, or the new due date.
type RenewDecision struct {
	Reasons []Reason
	Due     Date
}

// DecideRenew applies the rules of renewal. The new date counts from today or
// the old due date, whichever is later, and never brings the due date nearer.
func DecideRenew(f RenewFacts) RenewDecision {
	var rs reasons
	today := DateOf(f.Now, f.Zone)
	if f.Who.Card == nil || f.Who.Patron == nil {
		rs.add(RenewPatronBlocked, "why", CardUnknown)
		return RenewDecision{Reasons: rs.list}
	}
	pol, _ := f.Policies.For(f.Who.Patron.Category, f.Loan.ItemType, f.Branch)
	if f.Loan.Renewals >= pol.Renewals {
		rs.add(RenewLimit, "limit", strconv.Itoa(pol.Renewals))
	}
	if from := f.Loan.Due.AddDays(-pol.RenewFromDays); pol.RenewFromDays > 0 && today.Before(from) {
		rs.add(RenewTooSoon, "from", from.String())
	}
	if slices.ContainsFunc(f.Queue, func(h Hold) bool {
		return h.Patron != f.Loan.Patron && h.claims(f.Loan.Item)
	}) {
		rs.add(RenewReserved)
	}
	overdue := f.Loan.Overdue(today)
	if overdue {
		rs.add(RenewOverdue, "due", f.Loan.Due.String())
	}
	who := f.Who
	if overdue {
		// This very loan is told as renew_overdue; only others block the patron.
		who.Overdue--
	}
	// The first of them leads on: it is what must be put right first.
	if standing := without(DecideStanding(f.Now, f.Zone, f.Branch, who, pol), LoanLimit, LoanLimitType); len(standing) > 0 {
		rs.add(RenewPatronBlocked, "why", standing[0].Code)
	}
	if why := itemBlocked(f.Item); why != "" {
		rs.add(RenewItemBlocked, "why", why)
	}
	if len(rs.list) > 0 {
		return RenewDecision{Reasons: rs.list}
	}
	base := today
	if f.Loan.Due.After(base) {
		base = f.Loan.Due
	}
	return RenewDecision{Due: f.Calendar.NextOpen(base.AddDays(pol.RenewDays))}
}

// itemBlocked is the code of what keeps an item from being renewed, "" for
// nothing. A loan whose item is not with the patron any more is item_unknown.
func itemBlocked(it *Item) string {
	switch {
	case it == nil:
		return ItemUnknown
	case it.State == ItemLost:
		return "item_lost"
	case it.State == ItemWithdrawn:
		return ItemIsWithdrawn
	case it.State == ItemDamaged:
		return ItemIsDamaged
	case it.State != ItemOnLoan:
		return ItemUnknown
	case it.NotForLoan:
		return ItemNotForLoan
	}
	return ""
}
