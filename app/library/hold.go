package library

import "strconv"

// Codes of hold refusals (domain, holds).
const (
	HoldLimit       = "hold_limit"
	HoldExists      = "hold_exists"
	HoldYoursOnLoan = "hold_yours_on_loan"
	HoldNotAllowed  = "hold_not_allowed"
)

// HoldFacts is everything the placing of a hold depends on.
type HoldFacts struct {
	Patron   Patron
	Standing Standing
	Policy   Policy // of the patron's category and the title's item type
	Exists   bool   // the patron already has an open hold of the title
	OnLoan   bool   // the patron has a copy of the title
	Lendable bool   // the title has at least one copy that may be lent
}

// DecideHold gives every reason why a hold cannot be placed.
func DecideHold(f HoldFacts) []Reason {
	var rs reasons
	if f.Policy.Holds > 0 && f.Standing.Holds >= f.Policy.Holds {
		rs.add(HoldLimit, "limit", strconv.Itoa(f.Policy.Holds), "now", strconv.Itoa(f.Standing.Holds))
	}
	if f.Exists {
		rs.add(HoldExists)
	}
	if f.OnLoan {
		rs.add(HoldYoursOnLoan)
	}
	if f.Policy.Holds == 0 || !f.Lendable {
		rs.add(HoldNotAllowed)
	}
	return rs.list
}
