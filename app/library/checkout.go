package library

import (
	"maps"
	"slices"
	"strconv"
	"time"
)

// Codes of check-out, in the order they are told (domain, check out).
const (
	CardUnknown        = "card_unknown"
	CardExpired        = "card_expired"
	CardIsLost         = "card_lost"
	CardIsReplaced     = "card_replaced"
	PatronSuspended    = "patron_suspended"
	PatronProvisional  = "patron_provisional"
	PatronOverdue      = "patron_overdue"
	PatronCharges      = "patron_charges"
	LoanLimit          = "loan_limit"
	LoanLimitType      = "loan_limit_type"
	PatronWrongBranch  = "patron_wrong_branch"
	GuardianBlocked    = "guardian_blocked"
	ItemUnknown        = "item_unknown"
	ItemOnLoanToOther  = "item_on_loan_to_other"
	ItemOnLoanToYou    = "item_on_loan_to_you"
	ItemNotForLoan     = "item_not_for_loan"
	ItemIsReference    = "item_reference"
	ItemOnSiteOnly     = "item_on_site_only"
	ItemIsWithdrawn    = "item_withdrawn"
	ItemIsDamaged      = "item_damaged"
	ItemReserved       = "item_reserved_for_other"
	ItemIsInTransit    = "item_in_transit"
	ItemWrongBranch    = "item_wrong_branch"
	ItemAge            = "item_age"
	ItemHasParts       = "item_has_parts"
	TitleAlreadyYours  = "title_already_yours"
	AlreadyBorrowedNow = "already_borrowed_now"
)

// marks: who may lift a refusal. What is not named is Block.
var marks = map[string]Mark{
	ItemHasParts: Ask, TitleAlreadyYours: Ask, ItemOnLoanToYou: Ask,
	PatronOverdue: Staff, PatronCharges: Staff, LoanLimit: Staff, LoanLimitType: Staff,
	ItemAge: Staff, ItemOnSiteOnly: Staff, PatronProvisional: Staff,
}

// MarkOf tells who may lift a refusal code.
func MarkOf(code string) Mark {
	if m, ok := marks[code]; ok {
		return m
	}
	return Block
}

// PatronFacts is what is known of the reader who wants to borrow. A nil Card
// or Patron means the card is unknown.
type PatronFacts struct {
	Card     *Card
	Patron   *Patron
	Guardian *Patron // of a child's card, when there is one
	Standing Standing
	Loans    []Loan // open loans, oldest first
	Overdue  int    // of those, past their due date
}

// CheckOutFacts is everything a check-out depends on.
type CheckOutFacts struct {
	Now       time.Time
	Zone      *time.Location
	Branch    string // where the kiosk stands
	Calendar  Calendar
	Policies  Policies
	Who       PatronFacts
	Born      Date     // of the patron; zero = unknown
	Item      *Item    // nil = unknown barcode
	TitleAge  int      // minimum age the title asks for
	Loan      *Loan    // open loan of this item, if any
	LoanTerms Policy   // of that loan's patron; used when a lost item is found
	LostFen   int64    // unpaid charge for the loss of that loan's item
	TitleLoan *Loan    // open loan of another copy of the title by this patron
	Queue     []Hold   // waiting holds of the title, first come first
	Ready     *Hold    // the hold the item waits for on the shelf
	Elsewhere *Hold    // the patron's ready hold of the title, for which another copy waits
	Confirmed []string // codes the reader has confirmed, as remembered in Go
}

// CheckOutDecision is every refusal in order, or what to record.
type CheckOutDecision struct {
	Reasons   []Reason
	Policy    Policy // the row that decided
	Due       Date
	Recovered bool    // a lost item was found
	Ended     LoanEnd // of the loan it was lost under, if any
	Fulfils   string  // hold id this loan fulfils
}

// Allowed tells whether the item may be lent now.
func (d CheckOutDecision) Allowed() bool { return len(d.Reasons) == 0 }

// OnlyAsks tells whether the reader alone can lift every refusal left.
func OnlyAsks(reasons []Reason) bool {
	for _, r := range reasons {
		if r.Mark != Ask {
			return false
		}
	}
	return len(reasons) > 0
}

type reasons struct{ list []Reason }

// add appends a coded reason with its parameters as name, value pairs.
func (r *reasons) add(code string, params ...string) {
	reason := Reason{Code: code, Mark: MarkOf(code)}
	for i := 0; i+1 < len(params); i += 2 {
		if params[i+1] == "" {
			continue
		}
		if reason.Params == nil {
			reason.Params = map[string]string{}
		}
		reason.Params[params[i]] = params[i+1]
	}
	r.list = append(r.list, reason)
}

// DecideStanding gives every reason why a card cannot borrow anything now,
// item apart. pol is the row for an ordinary book.
func DecideStanding(now time.Time, zone *time.Location, branch string, who PatronFacts, pol Policy) []Reason {
	var rs reasons
	today := DateOf(now, zone)
	if who.Card == nil || who.Patron == nil {
		rs.add(CardUnknown)
		return rs.list
	}
	p := who.Patron
	if !p.ExpiresOn.IsZero() && today.After(p.ExpiresOn) {
		rs.add(CardExpired, "on", p.ExpiresOn.String())
	}
	switch who.Card.State {
	case CardLost:
		rs.add(CardIsLost)
	case CardReplaced:
		rs.add(CardIsReplaced)
	}
	if suspended(p, today) {
		rs.add(PatronSuspended, "until", p.SuspendedUntil.String(), "why", p.SuspendedWhy)
	}
	if p.Category == Provisional && !p.ProvisionalUntil.IsZero() && today.After(p.ProvisionalUntil) {
		rs.add(PatronProvisional, "until", p.ProvisionalUntil.String())
	}
	if who.Overdue > 0 {
		rs.add(PatronOverdue, "count", strconv.Itoa(who.Overdue))
	}
	if pol.ChargeBlockFen > 0 && who.Standing.ChargesFen >= pol.ChargeBlockFen {
		rs.add(PatronCharges, "amount", strconv.FormatInt(who.Standing.ChargesFen, 10), "threshold", strconv.FormatInt(pol.ChargeBlockFen, 10))
	}
	// A zero Policy means that no row matches: that is told of the item, not as
	// a limit of none.
	if pol != (Policy{}) && who.Standing.Loans >= pol.LoanLimit {
		rs.add(LoanLimit, "limit", strconv.Itoa(pol.LoanLimit), "now", strconv.Itoa(who.Standing.Loans))
	}
	return append(rs.list, branchAndGuardian(today, branch, who)...)
}

func branchAndGuardian(today Date, branch string, who PatronFacts) []Reason {
	var rs reasons
	if p := who.Patron; p.OnlyHomeBranch && p.Branch != branch {
		rs.add(PatronWrongBranch, "branch", p.Branch)
	}
	if g := who.Guardian; g != nil && (suspended(g, today) || (!g.ExpiresOn.IsZero() && today.After(g.ExpiresOn))) {
		rs.add(GuardianBlocked)
	}
	return rs.list
}

func suspended(p *Patron, today Date) bool {
	return !p.SuspendedUntil.IsZero() && !today.After(p.SuspendedUntil)
}

// DecideCheckOut applies every rule of check-out and returns all reasons at
// once. A reason the reader has confirmed is left out; item_on_loan_to_you is
// never lifted here, because confirming it asks for a renewal instead.
func DecideCheckOut(f CheckOutFacts) CheckOutDecision {
	var d CheckOutDecision
	today := DateOf(f.Now, f.Zone)
	if f.Who.Card == nil || f.Who.Patron == nil {
		f.Who.Patron, f.TitleLoan = nil, nil // nobody is known without a card
	}
	category, itemType := Adult, Book
	if f.Who.Patron != nil {
		category = f.Who.Patron.Category
	}
	if f.Item != nil {
		itemType = f.Item.Type
	}
	d.Policy, _ = f.Policies.For(category, itemType, f.Branch)

	own := f.Item != nil && f.Loan != nil && f.Who.Patron != nil && f.Loan.Patron == f.Who.Patron.ID
	renewing := own && f.Item.State != ItemLost
	if own && f.Item.State == ItemLost {
		f.Who = withoutLoan(f, today)
	}
	all := DecideStanding(f.Now, f.Zone, f.Branch, f.Who, d.Policy)
	all = insertTypeLimit(all, f, d.Policy, itemType)
	if renewing {
		// The book is already theirs: it does not count once more.
		all = without(all, LoanLimit, LoanLimitType)
	}
	all = append(all, decideItem(f, d.Policy, today, renewing)...)
	for _, r := range all {
		if r.Mark == Ask && r.Code != ItemOnLoanToYou && slices.Contains(f.Confirmed, r.Code) {
			continue
		}
		d.Reasons = append(d.Reasons, r)
	}
	if d.Allowed() {
		d.Due = f.Calendar.NextOpen(today.AddDays(d.Policy.LoanDays))
		d.Recovered = f.Item.State == ItemLost
		if f.Loan != nil {
			d.Ended = EndLoan(*f.Loan, f.LoanTerms, today)
		}
		d.Fulfils = ownHold(f)
	}
	return d
}

// withoutLoan is the reader's standing once the loan of the item is closed:
// finding a lost item ends its old loan, which must not stand in the way of the
// new one; nor must the charge that the finding takes back.
func withoutLoan(f CheckOutFacts, today Date) PatronFacts {
	who, l := f.Who, *f.Loan
	who.Standing.Loans--
	who.Standing.ByType = maps.Clone(who.Standing.ByType)
	if who.Standing.ByType[l.ItemType] > 0 {
		who.Standing.ByType[l.ItemType]--
	}
	if l.Overdue(today) {
		who.Overdue--
	}
	if EndLoan(l, f.LoanTerms, today).CancelLost {
		who.Standing.ChargesFen -= f.LostFen
	}
	return who
}

// insertTypeLimit puts loan_limit_type right behind loan_limit in the list.
func insertTypeLimit(all []Reason, f CheckOutFacts, pol Policy, t ItemType) []Reason {
	if f.Who.Patron == nil || f.Item == nil || pol.TypeLimit == 0 || f.Who.Standing.ByType[t] < pol.TypeLimit {
		return all
	}
	var rs reasons
	rs.add(LoanLimitType, "limit", strconv.Itoa(pol.TypeLimit), "now", strconv.Itoa(f.Who.Standing.ByType[t]), "type", string(t))
	at := len(all)
	for i, r := range all {
		if r.Code == PatronWrongBranch || r.Code == GuardianBlocked {
			at = i
			break
		}
	}
	out := append([]Reason{}, all[:at]...)
	return append(append(out, rs.list...), all[at:]...)
}

func decideItem(f CheckOutFacts, pol Policy, today Date, renewing bool) []Reason {
	var rs reasons
	it := f.Item
	if it == nil {
		rs.add(ItemUnknown)
		return rs.list
	}
	if renewing {
		rs.add(ItemOnLoanToYou, "due", f.Loan.Due.String())
		return rs.list
	}
	// An open loan counts whatever state the item is said to be in, so that
	// nothing is lent twice; only a lost item is found instead.
	if f.Loan != nil && it.State != ItemLost {
		rs.add(ItemOnLoanToOther)
	}
	// A reference work is lent only by a row that names its type.
	reference := it.Type == Reference && (pol.LoanDays == 0 || pol.ItemType != string(Reference))
	if it.NotForLoan || (pol.LoanDays == 0 && !reference) {
		rs.add(ItemNotForLoan)
	}
	if reference {
		rs.add(ItemIsReference)
	}
	if it.OnSite || pol.OnSite {
		rs.add(ItemOnSiteOnly)
	}
	switch it.State {
	case ItemWithdrawn:
		rs.add(ItemIsWithdrawn)
	case ItemDamaged:
		rs.add(ItemIsDamaged)
	}
	if reservedForOther(f) {
		rs.add(ItemReserved)
	}
	if it.State == ItemInTransit {
		rs.add(ItemIsInTransit)
	}
	if it.OnlyAtBranch && it.Branch != f.Branch {
		rs.add(ItemWrongBranch, "branch", it.Branch)
	}
	if minimum := max(pol.MinAge, it.MinAge, f.TitleAge); tooYoung(f, today, minimum) {
		rs.add(ItemAge, "minimum", strconv.Itoa(minimum))
	}
	if it.Parts != "" {
		rs.add(ItemHasParts, "parts", it.Parts)
	}
	if f.TitleLoan != nil {
		rs.add(TitleAlreadyYours, "due", f.TitleLoan.Due.String())
	}
	return rs.list
}

// tooYoung errs on the child's side: without a birth date a child's card
// passes no age limit, a provisional one (nobody has seen a document) neither,
// and a teen's only what fourteen years pass.
func tooYoung(f CheckOutFacts, today Date, minimum int) bool {
	if minimum == 0 || f.Who.Patron == nil {
		return false
	}
	if f.Born.IsZero() {
		switch f.Who.Patron.Category {
		case Child, Provisional:
			return true
		case Teen:
			return minimum > 14
		}
		return false
	}
	return Age(f.Born, today) < minimum
}

// reservedForOther: the copy waits on the shelf for another patron, or another
// patron is ahead in the queue for the title.
func reservedForOther(f CheckOutFacts) bool {
	me := ""
	if f.Who.Patron != nil {
		me = f.Who.Patron.ID
	}
	if f.Item.State == ItemOnShelf && f.Ready != nil && f.Ready.Open() {
		return f.Ready.Patron != me
	}
	first, waits := nextHold(f.Queue, f.Item.ID)
	return waits && f.Item.State != ItemOnLoan && first.Patron != me
}

// claims tells whether a waiting hold is after this copy: once another copy is
// on its way to it, it needs no second.
func (h Hold) claims(item string) bool { return h.Item == "" || h.Item == item }

// nextHold is the first hold of the queue that claims a copy.
func nextHold(queue []Hold, item string) (first Hold, ok bool) {
	for _, h := range queue {
		if h.claims(item) {
			return h, true
		}
	}
	return Hold{}, false
}

// ownHold is the hold of the title that this loan fulfils: whoever takes any copy
// has what they waited for.
func ownHold(f CheckOutFacts) string {
	if f.Ready != nil && f.Ready.Open() && f.Ready.Patron == f.Who.Patron.ID {
		return f.Ready.ID
	}
	for _, h := range f.Queue {
		if h.Patron == f.Who.Patron.ID {
			return h.ID
		}
	}
	if f.Elsewhere != nil {
		return f.Elsewhere.ID
	}
	return ""
}

func without(all []Reason, codes ...string) []Reason {
	var out []Reason
	for _, r := range all {
		if !slices.Contains(codes, r.Code) {
			out = append(out, r)
		}
	}
	return out
}
