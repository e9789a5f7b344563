package library

// Policy is one row of the lending matrix: patron category × item type ×
// branch, "*" matching anything. Days are civil days, money whole fen.
type Policy struct {
	Category       string
	ItemType       string
	Branch         string
	LoanLimit      int   // items of all types a patron may have
	TypeLimit      int   // items of this type; 0 = only LoanLimit counts
	LoanDays       int   // 0 = not for loan
	Renewals       int   // how often one loan may be renewed
	RenewDays      int   // days of each renewal
	RenewFromDays  int   // earliest, in days before due; 0 = any time
	Holds          int   // holds a patron may have; 0 = none allowed
	ShelfDays      int   // days a ready hold waits
	OverdueFen     int64 // charge per day late
	LostFen        int64 // charge when staff mark an item lost
	DamagedFen     int64 // charge when staff mark an item damaged
	FoundDays      int   // days in which a lost item that is found takes its lost charge back; 0 = never
	ChargeBlockFen int64 // unpaid charges that block; 0 = never
	MinAge         int   // years
	OnSite         bool  // read here only
}

// Policies is the matrix. The most specific matching row wins: more named
// columns before fewer, then category before type before branch, then the
// earlier row.
type Policies []Policy

func (p Policy) weight() int {
	n := 0
	if p.Category != "*" {
		n += 8 + 4
	}
	if p.ItemType != "*" {
		n += 8 + 2
	}
	if p.Branch != "*" {
		n += 8 + 1
	}
	return n
}

func fits(pattern, value string) bool { return pattern == "*" || pattern == value }

// For finds the row for a patron, an item and a branch; ok is false when no
// row matches, and then nothing may be lent.
func (ps Policies) For(c Category, t ItemType, branch string) (best Policy, ok bool) {
	for _, p := range ps {
		if !fits(p.Category, string(c)) || !fits(p.ItemType, string(t)) || !fits(p.Branch, branch) {
			continue
		}
		if !ok || p.weight() > best.weight() {
			best, ok = p, true
		}
	}
	return best, ok
}

// DefaultPolicies are the published terms of the house: adult 10 items for 30
// days with one renewal of 30; child the same; staff 20 / 60 / 2; periodicals
// five of the limit for 15 days without renewal; reference not for loan;
// a provisional card 2 items for 15 days, no renewals, no holds. Nothing is
// charged; a charge for a lost item is taken back within half a year.
func DefaultPolicies() Policies {
	row := func(c Category, t string, limit, typeLimit, days, renewals, renewDays, holds int) Policy {
		return Policy{Category: string(c), ItemType: t, Branch: "*", LoanLimit: limit, TypeLimit: typeLimit, LoanDays: days,
			Renewals: renewals, RenewDays: renewDays, Holds: holds, ShelfDays: 3, FoundDays: 180, ChargeBlockFen: 1000}
	}
	ps := Policies{
		row("*", "*", 10, 0, 30, 1, 30, 5),
		row("*", string(Periodical), 10, 5, 15, 0, 0, 0),
		row("*", string(Reference), 10, 0, 0, 0, 0, 0),
		row(StaffMember, "*", 20, 0, 60, 2, 60, 10),
		row(StaffMember, string(Periodical), 20, 5, 15, 0, 0, 0),
		row(StaffMember, string(Reference), 20, 0, 0, 0, 0, 0),
		row(Provisional, "*", 2, 0, 15, 0, 0, 0),
		row(Provisional, string(Periodical), 2, 2, 15, 0, 0, 0),
		row(Provisional, string(Reference), 2, 0, 0, 0, 0, 0),
	}
	return ps
}
