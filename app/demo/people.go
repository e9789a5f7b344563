package demo

import (
	"context"

	"shuting/app/library"
	"shuting/app/patrons"
)

// person is an invented reader. Days count from the day the demo is made: a
// negative one is past. None has a document, a phone or an address, so that
// nothing here can belong to anybody.
type person struct {
	key      string
	label    string // on the strip; "" = not there
	card     string
	pin      string
	name     string
	age      int // years
	category library.Category
	state    library.CardState // "" = active

	expires     int    // day; 0 = two years from now
	suspended   int    // last day of a suspension; 0 = none
	provisional int    // last day a provisional card lends
	guardian    string // key
	homeOnly    bool   // good at the other branch only, and at home there
}

// The readers. Whoever somebody else's line names comes first.
var people = []person{
	{key: "neighbour", card: "LB202600011", pin: "482913", name: "苏问渠", age: 41, category: library.Adult},
	{key: "adult", label: "adult", card: "LB202600029", pin: "135790", name: "林知远", age: 34, category: library.Adult},
	{key: "child", label: "child", card: "LB202600037", pin: "207518", name: "苏小满", age: 8, category: library.Child, guardian: "neighbour"},
	{key: "teen", label: "teen", card: "LB202600045", pin: "364092", name: "方舟", age: 15, category: library.Teen},
	{key: "senior", label: "senior", card: "LB202600052", pin: "519374", name: "纪守拙", age: 68, category: library.Senior},
	{key: "staff", label: "staff", card: "LB202600060", pin: "640285", name: "温如璧", age: 45, category: library.StaffMember},
	{key: "overdue", label: "overdue", card: "LB202600078", pin: "758031", name: "程一苇", age: 29, category: library.Adult},
	{key: "limit", label: "limit", card: "LB202600086", pin: "826407", name: "陆博文", age: 52, category: library.Adult},
	{key: "suspended", label: "suspended", card: "LB202600094", pin: "931562", name: "高止戈", age: 38, category: library.Adult, suspended: 60},
	{key: "guardian", label: "guardian", card: "LB202600102", pin: "148620", name: "高小舟", age: 10, category: library.Child, guardian: "suspended"},
	{key: "provisional", label: "provisional", card: "LB202600110", pin: "275839", name: "白露", age: 26, category: library.Provisional, provisional: -10},
	{key: "expired", label: "expired", card: "LB202600128", pin: "390471", name: "何逾期", age: 47, category: library.Adult, expires: -20},
	{key: "lost", label: "lost", card: "LB202600136", pin: "416928", name: "钟离失", age: 31, category: library.Adult, state: library.CardLost},
	{key: "replaced", label: "replaced", card: "LB202600144", pin: "583046", name: "易新", age: 58, category: library.Adult, state: library.CardReplaced},
	{key: "elsewhere", label: "wrong_branch", card: "LB202600151", pin: "697150", name: "车行远", age: 22, category: library.Adult, homeOnly: true},
}

// strangerCard is a well-formed number that nobody has.
const strangerCard = "LB202699997"

func (f *filler) patron(key string) string { return f.id("patron." + key) }

func (f *filler) enrol(p person) func(context.Context, library.Command) error {
	in := func(days int) library.Date {
		if days == 0 {
			return library.Date{}
		}
		return f.today.AddDays(days)
	}
	if p.expires == 0 {
		p.expires = 2 * 365
	}
	n := patrons.NewPatron{PIN: p.pin, State: p.state, Personal: library.Personal{
		Name: p.name, CardNumber: p.card,
		// A hundred days past the last birthday, so that nobody changes age soon.
		Born: library.Date{Year: f.today.Year - p.age, Month: f.today.Month, Day: 1}.AddDays(-100),
	}, Patron: library.Patron{
		ID: f.patron(p.key), Category: p.category, Branch: f.o.Branch, OnlyHomeBranch: p.homeOnly,
		ExpiresOn: in(p.expires), SuspendedUntil: in(p.suspended), ProvisionalUntil: in(p.provisional),
		Joined: f.today.AddDays(-80),
	}}
	if p.suspended != 0 {
		n.Patron.SuspendedWhy = "behaviour"
	}
	if p.homeOnly {
		n.Patron.Branch = f.otherBranch()
	}
	if p.guardian != "" {
		n.Patron.Guardian = f.patron(p.guardian)
	}
	return func(ctx context.Context, cmd library.Command) error { return f.o.Patrons.Enrol(ctx, cmd, n) }
}
