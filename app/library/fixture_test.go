package library

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	_ "time/tzdata" // zones must not depend on the machine
)

// The day of most tests: Wednesday 10 June 2026, ten in the morning at home.
const (
	thisMorning = "2026-06-10T10:00:00+08:00"
	here        = "main"
	away        = "south"
	me          = "p1"
	other       = "p2"
	copyID      = "i1"
	titleID     = "t1"
)

func mustZone(tb testing.TB, name string) *time.Location {
	tb.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		tb.Fatal(err)
	}
	return z
}

func mustTime(tb testing.TB, s string) time.Time {
	tb.Helper()
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// day reads a date written in a table; a slip in the table must not pass.
func day(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// calmCheckOut is an adult with a good card and an ordinary book of the same
// branch that nobody waits for: nothing stands in the way.
func calmCheckOut(tb testing.TB) CheckOutFacts {
	return CheckOutFacts{
		Now: mustTime(tb, thisMorning), Zone: mustZone(tb, "Asia/Shanghai"), Branch: here, Policies: DefaultPolicies(),
		Who: PatronFacts{
			Card:     &Card{Patron: me, State: CardActive},
			Patron:   &Patron{ID: me, Category: Adult, Branch: here, ExpiresOn: day("2027-12-31")},
			Standing: Standing{ByType: map[ItemType]int{}},
		},
		Born: day("1990-05-01"),
		Item: &Item{ID: copyID, TitleID: titleID, Branch: here, At: here, Type: Book, State: ItemAvailable},
	}
}

// lentTo marks the item of the facts as lent, due in ten days.
func lentTo(f *CheckOutFacts, patron string) {
	f.Item.State, f.Item.LoanID = ItemOnLoan, "l1"
	f.Loan = &Loan{ID: "l1", Patron: patron, Item: copyID, Title: titleID, ItemType: f.Item.Type, Due: day("2026-06-20"), Branch: here}
	if patron == me {
		f.Who.Standing.Loans++
		f.Who.Standing.ByType[f.Item.Type]++
	}
}

// waiting is a queue for the title, first come first.
func waiting(patrons ...string) []Hold {
	var q []Hold
	for i, p := range patrons {
		q = append(q, Hold{ID: "h-" + p, Title: titleID, Patron: p, Seq: uint64(i + 1), State: HoldWaiting, PickUp: here})
	}
	return q
}

// onShelfFor puts the item on the hold shelf for a patron.
func onShelfFor(f *CheckOutFacts, patron string) {
	f.Item.State, f.Item.HoldID = ItemOnShelf, "h-"+patron
	f.Ready = &Hold{ID: "h-" + patron, Title: titleID, Patron: patron, State: HoldReady, Item: copyID, PickUp: here, Deadline: day("2026-06-12")}
}

// told writes reasons as a table reads them: "code mark name=value; …".
func told(reasons []Reason) string {
	var all []string
	for _, r := range reasons {
		words := []string{r.Code, string(r.Mark)}
		for _, k := range slices.Sorted(maps.Keys(r.Params)) {
			words = append(words, k+"="+r.Params[k])
		}
		all = append(all, strings.Join(words, " "))
	}
	return strings.Join(all, "; ")
}

func codes(reasons []Reason) []string {
	var out []string
	for _, r := range reasons {
		out = append(out, r.Code)
	}
	return out
}
