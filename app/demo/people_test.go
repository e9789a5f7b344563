package demo

import (
	"slices"
	"testing"

	"shuting/app/library"
	"shuting/app/patrons"
)

func TestAccept_L57_there_are_thirty_readers_of_all_categories_and_states(t *testing.T) {
	if len(people) != 30 {
		t.Errorf("%d readers, thirty are promised", len(people))
	}
	count := map[string]int{}
	for _, p := range people {
		count[string(p.category)]++
		count["card "+string(p.state)]++
		switch {
		case p.guardian != "":
			count["with a guardian"]++
		case p.category == library.Child:
			t.Errorf("%s: a child without a guardian", p.key)
		}
		if p.category == library.Provisional {
			count[map[bool]string{true: "provisional, ended", false: "provisional, good"}[p.provisional < 0]]++
		}
		for category, ages := range map[library.Category][2]int{library.Child: {0, 13}, library.Teen: {14, 17}, library.Adult: {18, 59}, library.Senior: {60, 130}} {
			if p.category == category && (p.age < ages[0] || p.age > ages[1]) {
				t.Errorf("%s: a %s of %d", p.key, category, p.age)
			}
		}
	}
	for what, least := range map[string]int{"adult": 10, "child": 3, "teen": 3, "senior": 4, "staff": 1, "provisional, ended": 1, "provisional, good": 1,
		"card ": 25, "card " + string(library.CardLost): 1, "card " + string(library.CardReplaced): 1, "with a guardian": 3} {
		if count[what] < least {
			t.Errorf("%d readers are %s, at least %d are promised", count[what], what, least)
		}
	}
	if n := len(Samples().Cards); n > 19 {
		t.Errorf("%d cards on the strip: too many to leaf through", n)
	}
}

func TestAccept_L57_readers_stand_as_told(t *testing.T) {
	type standing struct {
		loans, late, lost       int
		ready, waiting, onItWay int
		fen                     int64
		read                    int // past loans; -1 = the history is off
	}
	cases := map[string]standing{
		"adult":       {loans: 2, ready: 1, read: -1},
		"senior":      {loans: 1, ready: 1, read: -1},
		"teen":        {waiting: 1, read: -1},
		"overdue":     {loans: 2, late: 2, read: -1},
		"limit":       {loans: 10, read: -1},
		"neighbour":   {loans: 6, read: -1},
		"charges":     {loans: 1, lost: 1, fen: lostBookFen, read: -1},
		"damaged":     {loans: 1, fen: damagedFen, read: -1},
		"many":        {loans: 9, read: -1},
		"late":        {loans: 2, late: 1, read: -1},
		"periodicals": {loans: 5, read: -1},
		"holds":       {waiting: 5, read: -1},
		"first":       {loans: 1, waiting: 1, read: -1},
		"little":      {loans: 1, waiting: 1, read: -1},
		"onway":       {loans: 1, waiting: 1, onItWay: 1, read: -1},
		"gone":        {loans: 1, read: -1},
		"reading":     {loans: 1, read: 6},
		"nothing":     {read: -1},
		"noshow":      {read: -1},
		"newcomer":    {loans: 1, read: -1},
		"both":        {loans: 10, late: 1, read: -1},
	}
	h := newHouse(t, quietMorning)
	h.mustFill()
	for key, want := range cases {
		var got standing
		for _, l := range h.mustLoans(key) {
			got.loans++
			if l.DaysLeft < 0 {
				got.late++
			}
			if l.Lost {
				got.lost++
			}
		}
		waiting, err := h.circulation.Holds(ctx, patronOf(key), h.now)
		if err != nil {
			t.Fatal(err)
		}
		for _, hold := range waiting {
			switch {
			case hold.State == library.HoldReady:
				got.ready++
			case hold.OnItsWay:
				got.onItWay++
				fallthrough
			default:
				got.waiting++
			}
			if hold.PickUp != branch {
				t.Errorf("%s: a hold is picked up at %s", key, hold.PickUp)
			}
		}
		charges, err := h.circulation.Charges(ctx, patronOf(key))
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range charges {
			got.fen += c.Fen
		}
		history, err := h.circulation.History(ctx, patronOf(key), 100)
		if err != nil {
			t.Fatal(err)
		}
		if got.read = len(history.Loans); !history.On {
			got.read = -1
		}
		if got != want {
			t.Errorf("%s: %+v, want %+v", key, got, want)
		}
	}
}

func TestAccept_L57_stories_are_as_told(t *testing.T) {
	h := newHouse(t, quietMorning)
	h.mustFill()
	t.Run("every day has opening hours", h.everyDayHasOpeningHours)
	t.Run("three wait in a queue", h.threeWaitInAQueue)
	t.Run("nine loans answer differently when all are renewed", h.nineLoansAnswerDifferently)
	t.Run("a provisional card has one more book", h.aProvisionalCardHasOneMoreBook)
	t.Run("a lost book that is found costs nothing", h.aLostBookThatIsFoundCostsNothing)
	h.mustBeClean()
}

func (h *house) threeWaitInAQueue(t *testing.T) {
	for place, key := range []string{"first", "little", "holds"} {
		open, err := h.circulation.Holds(ctx, patronOf(key), h.now)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(open, func(a library.AccountHold) bool { return a.Title.Title == "夜观星空" })
		if at < 0 || open[at].Position != place+1 || open[at].Waiting != 3 {
			t.Errorf("%s: %+v, want place %d of 3", key, open, place+1)
		}
	}
}

func (h *house) nineLoansAnswerDifferently(t *testing.T) {
	var days []int
	for _, l := range h.mustLoans("many") {
		days = append(days, l.DaysLeft)
	}
	if want := []int{0, 1, 7, 10, 10, 10, 10, 22, 22}; !slices.Equal(days, want) {
		t.Errorf("days left %v, want %v", days, want)
	}
	answers, err := h.circulation.RenewAll(ctx, h.command(), patronOf("many"))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, a := range answers {
		for _, r := range a.Reasons {
			got[a.Barcode] += r.Code
		}
	}
	want := map[string]string{"LQ025602": library.RenewLimit, "LQ044402": library.RenewLimit, "LQ027901": library.RenewReserved}
	for barcode, code := range got {
		if want[barcode] != code {
			t.Errorf("%s: %s, want %q", barcode, code, want[barcode])
		}
	}
	if len(answers) != 9 || len(got) != len(want) {
		t.Errorf("%d answers, %d refusals", len(answers), len(got))
	}
}

func (h *house) aProvisionalCardHasOneMoreBook(t *testing.T) {
	if a := h.mustCheckOut(patronOf("newcomer"), free); !a.Done() {
		t.Errorf("the second book is refused: %v", codes(a.Reasons))
	}
	if got := codes(h.mustCheckOut(patronOf("newcomer"), "LQ000401").Reasons); !slices.Equal(got, []string{library.LoanLimit}) {
		t.Errorf("a third book: %v", got)
	}
}

func (h *house) aLostBookThatIsFoundCostsNothing(t *testing.T) {
	if a, err := h.circulation.CheckIn(ctx, h.command(), "LQ025502"); err != nil || a.Outcomes[0] != library.ReturnedWasLost {
		t.Fatalf("outcomes %v, error %v", a.Outcomes, err)
	}
	if a := h.mustCheckOut(patronOf("charges"), "LQ000401"); !a.Done() {
		t.Errorf("still refused: %v", codes(a.Reasons))
	}
}

func (h *house) everyDayHasOpeningHours(t *testing.T) {
	if wrong := terms().Check(); len(wrong) > 0 {
		t.Fatal(wrong)
	}
	now, err := h.circulation.Terms(ctx)
	if err != nil {
		t.Fatal(err)
	}
	today := library.DateOf(h.now, h.zone)
	for n := range 7 {
		want := "09:00-20:30"
		if today.AddDays(n).Weekday() == 1 {
			want = "13:00-20:30"
		}
		if spans := now.Calendar.HoursOn(today.AddDays(n)); len(spans) != 1 || spans[0].String() != want {
			t.Errorf("%s: open %v, want %s", today.AddDays(n).Weekday(), spans, want)
		}
	}
}

func TestAccept_L16_every_PIN_opens_its_card(t *testing.T) {
	h := newHouse(t, quietMorning)
	h.mustFill()
	asking := patrons.New(patrons.Options{Records: h.records, Zone: h.zone, Branch: branch, AskPIN: true, Delays: patrons.DefaultDelays()})
	for _, p := range people {
		a, err := asking.EnterPIN(ctx, h.command(), p.card, p.pin)
		if err != nil || a.Wrong || a.NeedPIN {
			t.Errorf("%s: the PIN is not taken (%v)", p.key, err)
		}
	}
}

func (h *house) mustLoans(key string) []library.AccountLoan {
	h.tb.Helper()
	loans, err := h.circulation.Loans(ctx, patronOf(key), h.now)
	if err != nil {
		h.tb.Fatal(err)
	}
	return loans
}
