package demo

import (
	"slices"
	"testing"

	"shuting/app/library"
)

// free is a copy nobody has or waits for, of a title nobody has.
const free = "LQ001101"

func TestAccept_L16_every_card_of_the_strip_shows_what_it_promises(t *testing.T) {
	// trouble keeps the card from signing in; standing is told after it.
	cases := map[string]struct {
		trouble, standing string
		category          library.Category
		loans             int
	}{
		"adult":        {category: library.Adult, loans: 2},
		"child":        {category: library.Child, loans: 1},
		"teen":         {category: library.Teen},
		"senior":       {category: library.Senior, loans: 1},
		"staff":        {category: library.StaffMember, loans: 1},
		"overdue":      {standing: library.PatronOverdue, category: library.Adult, loans: 2},
		"limit":        {standing: library.LoanLimit, category: library.Adult, loans: 10},
		"suspended":    {standing: library.PatronSuspended, category: library.Adult},
		"guardian":     {standing: library.GuardianBlocked, category: library.Child},
		"provisional":  {standing: library.PatronProvisional, category: library.Provisional},
		"wrong_branch": {standing: library.PatronWrongBranch, category: library.Adult},
		"charges":      {standing: library.PatronCharges, category: library.Adult, loans: 1},
		"many":         {category: library.Adult, loans: 9},
		"type_limit":   {category: library.Senior, loans: 5},
		"hold_limit":   {category: library.Adult},
		"expired":      {trouble: library.CardExpired},
		"lost":         {trouble: library.CardIsLost},
		"replaced":     {trouble: library.CardIsReplaced},
		"unknown":      {trouble: library.CardUnknown},
	}
	for _, now := range []string{quietMorning, "2028-02-29T23:50:00+08:00"} {
		h := newHouse(t, now)
		h.mustFill()
		offered := map[string]bool{}
		for _, card := range Samples().Cards {
			offered[card.Label] = true
			t.Run(now+"/"+card.Label, func(t *testing.T) {
				want, ok := cases[card.Label]
				if !ok {
					t.Fatal("no promise is known for this label")
				}
				a := h.mustSignIn(card.Number)
				if want.trouble != "" {
					if got := codes(a.Reasons); a.Visitor != nil || !slices.Equal(got, []string{want.trouble}) {
						t.Fatalf("refused with %v, want %s alone", got, want.trouble)
					}
					return
				}
				if a.Visitor == nil {
					t.Fatalf("not let in: %v", codes(a.Reasons))
				}
				if v := a.Visitor; v.Category != want.category || v.Loans != want.loans {
					t.Errorf("a %s with %d loans, want a %s with %d", v.Category, v.Loans, want.category, want.loans)
				}
				var standing []string
				if want.standing != "" {
					standing = []string{want.standing}
				}
				if got := codes(a.Visitor.Standing); !slices.Equal(got, standing) {
					t.Errorf("standing %v, want %v", got, standing)
				}
				if got := codes(h.mustCheckOut(a.Visitor.PatronID, free).Reasons); want.standing != "" && !slices.Equal(got, standing) {
					t.Errorf("a book is refused with %v, want %v", got, standing)
				} else if want.standing == "" {
					h.mustReturn(free)
				}
			})
		}
		for label := range cases {
			if !offered[label] {
				t.Errorf("no card is offered under %q", label)
			}
		}
		h.mustBeClean()
	}
}

func TestAccept_L16_every_book_of_the_strip_shows_what_it_promises(t *testing.T) {
	// What a reader is told who scans the book; nothing means that it is lent.
	type meets struct{ reader, code string }
	cases := map[string][]meets{
		"on_loan":      {{"adult", library.ItemOnLoanToOther}, {"neighbour", library.ItemOnLoanToYou}},
		"reserved":     {{"adult", library.ItemReserved}, {"senior", ""}},
		"ready":        {{"teen", library.ItemReserved}, {"adult", ""}},
		"reference":    {{"adult", library.ItemIsReference}},
		"not_for_loan": {{"adult", library.ItemNotForLoan}},
		"on_site":      {{"adult", library.ItemOnSiteOnly}},
		"parts":        {{"adult", library.ItemHasParts}},
		"withdrawn":    {{"adult", library.ItemIsWithdrawn}},
		"damaged":      {{"adult", library.ItemIsDamaged}},
		"transit":      {{"adult", library.ItemIsInTransit}},
		"branch":       {{"adult", library.ItemWrongBranch}},
		"age":          {{"child", library.ItemAge}, {"teen", library.ItemAge}, {"adult", ""}},
		"yours":        {{"adult", library.ItemOnLoanToYou}, {"teen", library.ItemOnLoanToOther}},
		"copy":         {{"adult", library.TitleAlreadyYours}, {"teen", ""}},
		"isbn":         {{"adult", library.ItemUnknown}},
		"unknown":      {{"adult", library.ItemUnknown}},
		"lost":         {{"adult", ""}},
		"available":    {{"adult", ""}},
		"periodical":   {{"adult", ""}},
	}
	for _, now := range []string{quietMorning, "2028-02-29T23:50:00+08:00"} {
		h := newHouse(t, now)
		h.mustFill()
		offered := map[string]bool{}
		for _, book := range Samples().Books {
			offered[book.Label] = true
			t.Run(now+"/"+book.Label+"/"+book.Barcode, func(t *testing.T) {
				promised := cases[book.Label]
				if len(promised) == 0 {
					t.Fatal("no promise is known for this label")
				}
				for _, m := range promised {
					a := h.mustCheckOut(patronOf(m.reader), book.Barcode)
					var want []string
					if m.code != "" {
						want = []string{m.code}
					}
					if got := codes(a.Reasons); !slices.Equal(got, want) {
						t.Errorf("the reader %s is told %v, want %v", m.reader, got, want)
					}
					if a.Done() {
						h.mustReturn(book.Barcode) // or the adult's pile would reach its limit
					}
					if a.Known && (a.Title.Title != book.Title || a.Title.Author != book.Author) {
						t.Errorf("the strip says %s, the book is %s", book.Title, a.Title.Title)
					}
				}
			})
		}
		for label := range cases {
			if !offered[label] {
				t.Errorf("no book is offered under %q", label)
			}
		}
		h.mustBeClean()
	}
}

func TestAccept_L16_books_in_the_story_stand_as_told(t *testing.T) {
	h := newHouse(t, quietMorning)
	h.mustFill()
	today := library.DateOf(h.now, h.zone)

	t.Run("a periodical is lent for fifteen days", func(t *testing.T) {
		if a := h.mustCheckOut(patronOf("teen"), "LQ007301"); a.Due != today.AddDays(15) {
			t.Errorf("due %s, want %s", a.Due, today.AddDays(15))
		}
	})
	t.Run("a book others wait for cannot be renewed", func(t *testing.T) {
		a, err := h.circulation.Renew(ctx, h.command(), patronOf("neighbour"), "LQ005901")
		if err != nil {
			t.Fatal(err)
		}
		if got := codes(a.Reasons); !slices.Equal(got, []string{library.RenewReserved}) {
			t.Errorf("refused with %v", got)
		}
	})
	t.Run("a book of one's own can be renewed", func(t *testing.T) {
		a, err := h.circulation.Renew(ctx, h.command(), patronOf("adult"), "LQ005502")
		if err != nil || !a.Done() || a.Due != today.AddDays(32) {
			t.Errorf("due %s, reasons %v, error %v", a.Due, codes(a.Reasons), err)
		}
	})
	t.Run("a late book says how late it is", func(t *testing.T) {
		a, err := h.circulation.CheckIn(ctx, h.command(), "LQ001602")
		if err != nil || a.DaysLate != 20 || a.Outcomes[0] != library.Returned {
			t.Errorf("%d days late, outcomes %v, error %v", a.DaysLate, a.Outcomes, err)
		}
	})
	t.Run("a returned book that others wait for goes to the hold shelf", func(t *testing.T) {
		a, err := h.circulation.CheckIn(ctx, h.command(), "LQ005901")
		if err != nil || a.Outcomes[0] != library.ReturnedReserved {
			t.Errorf("outcomes %v, error %v", a.Outcomes, err)
		}
	})
	t.Run("a missing book is welcome back", func(t *testing.T) {
		a, err := h.circulation.CheckIn(ctx, h.command(), "LQ006001")
		if err != nil || a.Outcomes[0] != library.ReturnedWasLost {
			t.Errorf("outcomes %v, error %v", a.Outcomes, err)
		}
	})
	h.mustBeClean()
}

func (h *house) mustReturn(barcode string) {
	h.tb.Helper()
	a, err := h.circulation.CheckIn(ctx, h.command(), barcode)
	if err != nil || a.Outcomes[0] != library.Returned {
		h.tb.Fatalf("return: %v, %v", a.Outcomes, err)
	}
}
