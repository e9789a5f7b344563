package visit

import (
	"slices"
	"testing"

	"shuting/app/library"
)

// whats are the kinds of a receipt's lines, in order.
func whats(lines []ReceiptLine) (out []string) {
	for _, l := range lines {
		out = append(out, l.What+" "+l.Item.Barcode)
	}
	return out
}

func TestAccept_L47_the_farewell_tells_what_was_not_renewed(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Lending.(*desk).ready = true })
	s := b.account("S1", "S2")
	b.must(b.v.Renew(s.Account.Loans[0].ID, b.nonce()))
	b.must(b.v.Finish())
	s = b.account() // another visit: S1 was renewed as often as may be
	b.must(b.v.RenewAll(b.nonce()))
	s = b.must(b.v.Finish())
	b.on(s, ScreenGoodbye)
	if g := s.Goodbye; g.Renewed != 1 || g.Unrenewed != 1 || g.KeptDue != "2027-01-21" ||
		!slices.Equal(whats(g.Receipt), []string{"renewed S2", "not_renewed S1"}) {
		t.Errorf("goodbye %+v", g)
	}
	b.must(b.v.PrintReceipt(b.nonce()))
	b.settled(func(s Snapshot) bool { return s.Goodbye.Print == PrintDone })
	paper := b.desk.prints[0].Lines
	if len(paper) != 2 || paper[1].What != library.ReceiptNotRenewed || paper[1].Due.IsZero() {
		t.Errorf("on paper %+v", paper)
	}
}

func TestAccept_L47_who_renewed_nothing_is_told_so_and_not_sent_away_in_silence(t *testing.T) {
	b := newBench(t)
	s := b.account("S1")
	b.must(b.v.Renew(s.Account.Loans[0].ID, b.nonce()))
	b.must(b.v.Finish())
	b.account()
	b.must(b.v.RenewAll(b.nonce()))
	s = b.must(b.v.Finish())
	b.on(s, ScreenGoodbye)
	if g := s.Goodbye; g.Unrenewed != 1 || g.Renewed != 0 || g.Print != PrintNone {
		t.Errorf("goodbye %+v", g)
	}
}

func TestAccept_L47_a_book_scanned_after_its_renewal_was_refused_is_told_once(t *testing.T) {
	b := newBench(t)
	s := b.account("S1")
	b.must(b.v.Renew(s.Account.Loans[0].ID, b.nonce()))
	b.must(b.v.Finish())
	b.account()
	b.must(b.v.RenewAll(b.nonce()))
	b.must(b.v.Back())
	s = b.scan("S1")
	if e := s.Entries[0]; e.Outcome != OutcomeAsk {
		t.Fatalf("entry %+v", e)
	}
	b.must(b.v.Answer(s.Entries[0].ID, true, b.nonce()))
	if g := b.must(b.v.Finish()).Goodbye; g.Unrenewed != 1 || g.KeptDue == "" || g.Refused != 0 || len(g.Left) != 0 || !slices.Equal(whats(g.Receipt), []string{"not_renewed S1"}) {
		t.Errorf("goodbye %+v", g)
	}
}

func TestAccept_L47_a_book_renewed_on_the_own_page_is_asked_about_no_more(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S1"] = "p" + card
	s := b.account("S1")
	b.must(b.v.Renew(s.Account.Loans[0].ID, b.nonce()))
	s = b.must(b.v.Back())
	if e := s.Entries[0]; e.Outcome != OutcomeRenewed || e.Due == "" {
		t.Fatalf("entry %+v", e)
	}
	if g := b.must(b.v.Finish()).Goodbye; g.Renewed != 1 || len(g.Left) != 0 || g.Due == "" || !slices.Equal(whats(g.Receipt), []string{"renewed S1"}) {
		t.Errorf("goodbye %+v", g)
	}
}

func TestAccept_L47_a_loan_that_is_not_renewed_is_not_called_not_borrowed(t *testing.T) {
	b := newBench(t)
	s := b.account("S1")
	b.must(b.v.Renew(s.Account.Loans[0].ID, b.nonce()))
	b.must(b.v.Finish())
	b.scan(card)
	s = b.scan("S1")
	s = b.must(b.v.Answer(s.Entries[0].ID, false, b.nonce()))
	b.must(b.v.Begin(ScreenAccount))
	b.must(b.v.EnterPIN(b.desk.pin, b.nonce()))
	b.must(b.v.RenewAll(b.nonce()))
	if g := b.must(b.v.Finish()).Goodbye; g.Unrenewed != 1 || g.KeptDue != "2027-01-21" || g.Refused != 0 || len(g.Left) != 0 {
		t.Errorf("goodbye %+v", g)
	}
}

func TestAccept_L47_an_own_loan_that_was_only_scanned_is_left_to_its_reader(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S1"] = "p" + card
	b.scan(card)
	b.scan("S1") // asks whether to renew
	b.on(b.must(b.v.Finish()), ScreenIdle)
}

func TestAccept_L42_a_refused_book_that_was_put_away_is_named_all_the_same(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	s := b.scan("S0")
	b.must(b.v.Dismiss(s.Entries[0].ID))
	if g := b.must(b.v.Finish()).Goodbye; g.Refused != 1 || len(g.Left) != 1 || !slices.Equal(whats(g.Receipt), []string{"refused S0"}) || g.Back {
		t.Errorf("goodbye %+v", g)
	}
}

func TestAccept_L43_a_lost_return_for_our_staff_is_told_on_the_farewell(t *testing.T) {
	b := newBench(t)
	b.must(b.v.Begin(ScreenReturn))
	b.desk.told = map[string]library.Told{}
	b.desk.loseReturn, b.desk.lostOutcome = true, library.ReturnedReserved
	b.scan("S1")
	if g := b.must(b.v.Finish()).Goodbye; g.Unknown != 1 || len(g.Left) != 1 || !g.Back {
		t.Fatalf("goodbye %+v", g)
	}
	s := b.settled(func(s Snapshot) bool { return s.Goodbye == nil || s.Goodbye.Unknown == 0 })
	if g := s.Goodbye; g == nil || g.Returned != 1 || len(g.Left) != 0 || len(g.ToStaff) != 1 {
		t.Errorf("goodbye %+v", g)
	}
}

func TestAccept_L43_the_farewell_names_the_books_for_our_staff(t *testing.T) {
	b := newBench(t)
	b.must(b.v.Begin(ScreenReturn))
	s := b.scan("S0") // the desk knows no such item
	if !s.Entries[0].ToStaff {
		t.Fatalf("entry %+v", s.Entries[0])
	}
	s = b.must(b.v.Finish())
	b.on(s, ScreenGoodbye)
	if g := s.Goodbye; len(g.ToStaff) != 1 || g.ToStaff[0].Barcode != "S0" || g.Refused != 0 || g.Returned != 0 {
		t.Errorf("goodbye %+v", g)
	}
}

func TestAccept_L45_lost_renewals_are_told_on_the_farewell(t *testing.T) {
	for name, c := range map[string]struct {
		kept, all bool
		want      []string
	}{
		"one, recorded": {true, false, []string{"renewed S1"}},
		"one, not":      {false, false, []string{"not_renewed S1"}},
		"all, recorded": {true, true, []string{"renewed S1", "renewed S2"}},
		"all, not":      {false, true, []string{"not_renewed S1", "not_renewed S2"}},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.desk.lent["S1"], b.desk.lent["S2"] = "p"+card, "p"+card
			s := b.account()
			b.lose(c.kept)
			if c.all {
				b.must(b.v.RenewAll(b.nonce()))
			} else {
				b.must(b.v.Renew(s.Account.Loans[0].ID, b.nonce()))
			}
			b.on(b.must(b.v.Finish()), ScreenGoodbye)
			s = b.settled(func(s Snapshot) bool { return s.Goodbye == nil || s.Goodbye.Unknown == 0 })
			if g := s.Goodbye; g == nil || !slices.Equal(whats(g.Receipt), c.want) || g.Renewed+g.Unrenewed != len(c.want) || (g.Unrenewed > 0) == c.kept {
				t.Errorf("goodbye %+v", g)
			}
		})
	}
}

func TestAccept_L42_a_book_lent_after_all_is_not_listed_as_refused(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.lose(true)
	b.scan("S1")
	if s := b.must(b.v.Finish()); len(s.Goodbye.Receipt) != 0 {
		t.Fatalf("while it is not known: %+v", s.Goodbye)
	}
	s := b.settled(func(s Snapshot) bool { return s.Goodbye == nil || s.Goodbye.Unknown == 0 })
	if !slices.Equal(whats(s.Goodbye.Receipt), []string{"borrowed S1"}) {
		t.Errorf("receipt %v", whats(s.Goodbye.Receipt))
	}
}
