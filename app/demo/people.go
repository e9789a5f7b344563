package demo

import (
	"cmp"
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
	why         string // of a suspension; "" = behaviour
	days        int    // for how long the card has been there; 0 = since joining
	history     int    // for how many days the reading history has been on; 0 = it is off
}

// joined is how many days ago the card was made.
func (p person) joined() int { return cmp.Or(p.days, int(joining/day)) }

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

	{key: "charges", label: "charges", card: "LB202600169", pin: "704158", name: "欧阳拾", age: 36, category: library.Adult},
	{key: "damaged", card: "LB202600177", pin: "861393", name: "梅影疏", age: 55, category: library.Adult},
	{key: "many", label: "many", card: "LB202600185", pin: "952047", name: "沈书眉", age: 39, category: library.Adult},
	{key: "late", card: "LB202600193", pin: "163805", name: "迟重阳", age: 72, category: library.Senior},
	{key: "periodicals", label: "type_limit", card: "LB202600201", pin: "294716", name: "季刊云", age: 64, category: library.Senior},
	{key: "holds", label: "hold_limit", card: "LB202600219", pin: "375081", name: "候听雨", age: 27, category: library.Adult},
	{key: "first", card: "LB202600227", pin: "430692", name: "牧星河", age: 16, category: library.Teen},
	{key: "little", card: "LB202600235", pin: "548219", name: "沈豆豆", age: 5, category: library.Child, guardian: "many"},
	{key: "onway", card: "LB202600243", pin: "617430", name: "路遥知", age: 43, category: library.Adult},
	{key: "gone", card: "LB202600250", pin: "785264", name: "莫相候", age: 33, category: library.Adult},
	{key: "reading", card: "LB202600268", pin: "809537", name: "文若川", age: 50, category: library.Adult, history: 70},
	{key: "nothing", card: "LB202600276", pin: "926184", name: "白纸", age: 24, category: library.Adult},
	{key: "noshow", card: "LB202600284", pin: "157946", name: "游未至", age: 17, category: library.Teen, suspended: 20, why: "no_show"},
	{key: "newcomer", card: "LB202600292", pin: "268051", name: "初见山", age: 30, category: library.Provisional, provisional: 20, days: 10},
	{key: "both", card: "LB202600300", pin: "394870", name: "满庭芳", age: 61, category: library.Senior},
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
		Joined: f.today.AddDays(-p.joined()),
	}}
	if p.suspended != 0 {
		n.Patron.SuspendedWhy = cmp.Or(p.why, "behaviour")
	}
	if p.homeOnly {
		n.Patron.Branch = f.otherBranch()
	}
	if p.guardian != "" {
		n.Patron.Guardian = f.patron(p.guardian)
	}
	return func(ctx context.Context, cmd library.Command) error { return f.o.Patrons.Enrol(ctx, cmd, n) }
}
