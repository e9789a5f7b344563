package visit

import (
	"errors"
	"testing"
	"time"

	"shuting/app/library"
)

// settled ticks until the screen no longer shows anything uncertain.
func (b *bench) settled(done func(Snapshot) bool) Snapshot {
	b.t.Helper()
	deadline := time.Now().Add(5 * time.Second)
	b.clock.advance(askEvery)
	for time.Now().Before(deadline) {
		if s := b.must(b.v.Tick()); done(s) {
			return s
		}
	}
	b.t.Fatal("nobody found out what became of it")
	return Snapshot{}
}

// lose makes the next answers get lost; kept tells whether the work is done.
func (b *bench) lose(kept bool) {
	b.desk.fail, b.desk.late = []error{errLost, errLost, errLost}, kept
}

func TestAccept_L45_a_lost_answer_is_found_and_told(t *testing.T) {
	for _, c := range []struct {
		name string
		kept bool
		want Outcome
		code string
	}{
		{"what was recorded is lent", true, OutcomeBorrowed, ""},
		{"what was not is said to be not recorded", false, OutcomeRefused, NotRecorded},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.scan(card)
			b.lose(c.kept)
			if s := b.scan("S1"); s.Entries[0].Outcome != OutcomeUnknown {
				t.Fatalf("outcome %s", s.Entries[0].Outcome)
			}
			s := b.settled(func(s Snapshot) bool { return s.Entries[0].Outcome != OutcomeUnknown })
			if got := s.Entries[0]; got.Outcome != c.want || c.code != "" && got.Reasons[0].Code != c.code {
				t.Errorf("entry %+v", got)
			}
			if len(b.desk.lent) > 1 || (len(b.desk.lent) == 1) != c.kept {
				t.Errorf("lent %v", b.desk.lent)
			}
		})
	}
}

func TestAccept_L45_a_lost_answer_is_found_on_the_farewell_too(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.lose(true)
	b.scan("S1")
	s := b.must(b.v.Finish())
	b.on(s, ScreenGoodbye)
	if s.Goodbye.Unknown != 1 || len(s.Goodbye.Left) != 1 {
		t.Fatalf("goodbye %+v", s.Goodbye)
	}
	s = b.settled(func(s Snapshot) bool { return s.Goodbye == nil || s.Goodbye.Unknown == 0 })
	if s.Goodbye == nil || s.Goodbye.Borrowed != 1 || len(s.Goodbye.Left) != 0 || len(s.Goodbye.Receipt) != 1 {
		t.Errorf("goodbye %+v", s.Goodbye)
	}
}

func TestAccept_L45_lost_answers_of_the_own_page_are_found(t *testing.T) {
	sure := func(s Snapshot) bool {
		for _, l := range s.Account.Loans {
			if l.Answer == OutcomeUnknown {
				return false
			}
		}
		return s.Notice == nil
	}
	for _, kept := range []bool{true, false} {
		b := newBench(t)
		s := b.account("S1", "S2")
		b.lose(kept)
		s = b.must(b.v.RenewAll(b.nonce()))
		if s.Account.Loans[0].Answer != OutcomeUnknown {
			t.Fatalf("kept %v: %+v", kept, s.Account.Loans[0])
		}
		want := 2
		if !kept {
			want = 0
			sure = func(s Snapshot) bool { return s.Notice != nil && s.Notice.Kind == "not_done" }
		}
		s = b.settled(sure)
		if b.desk.renewed != want || s.Account.Loans[0].Answer == OutcomeUnknown {
			t.Errorf("kept %v: %d renewed, %+v", kept, b.desk.renewed, s.Account.Loans[0])
		}
	}
}

func TestAccept_L45_a_lost_hold_is_found(t *testing.T) {
	for _, kept := range []bool{true, false} {
		b := searching(t)
		b.must(b.v.Hold("t1", b.nonce()))
		b.lose(kept)
		if s := b.scan(card); s.Held == nil || s.Held.Outcome != OutcomeUnknown {
			t.Fatalf("held %+v", s.Held)
		}
		s := b.settled(func(s Snapshot) bool { return s.Held.Outcome != OutcomeUnknown })
		switch {
		case kept && (s.Held.Outcome != OutcomeHeld || s.Held.Position != 2):
			t.Errorf("held %+v", s.Held)
		case !kept && (s.Held.Outcome != OutcomeRefused || s.Held.Reasons[0].Code != NotRecorded):
			t.Errorf("held %+v", s.Held)
		}
		if (len(b.desk.holds) == 1) != kept {
			t.Errorf("%d holds", len(b.desk.holds))
		}
	}
}

func TestAccept_L45_a_lost_cancellation_is_found(t *testing.T) {
	b := newBench(t)
	b.desk.holds = []library.AccountHold{{Hold: "h1", State: library.HoldWaiting, Title: library.Title{ID: "t1"}}}
	s := b.account()
	b.lose(true)
	s = b.must(b.v.CancelHold(s.Account.Holds[0].ID, b.nonce()))
	if s.Notice == nil || s.Notice.Kind != "not_certain" {
		t.Fatalf("notice %+v", s.Notice)
	}
	s = b.settled(func(s Snapshot) bool { return s.Notice == nil || s.Notice.Kind != "not_certain" })
	if len(s.Account.Holds) != 1 || !s.Account.Holds[0].Cancelled {
		t.Errorf("holds %+v", s.Account.Holds)
	}
	if s = b.must(b.v.Finish()); s.Goodbye == nil || s.Goodbye.Cancelled != 1 {
		t.Errorf("goodbye %+v", s.Goodbye)
	}
}

func TestAccept_L45_leaving_before_it_is_known_is_no_silent_end(t *testing.T) {
	for name, lost := range map[string]func(b *bench){
		"a hold": func(b *bench) {
			b.must(b.v.Begin(ScreenSearch))
			b.must(b.v.Hold("t1", b.nonce()))
			b.lose(true)
			b.scan(card)
		},
		"a renewal": func(b *bench) {
			b.desk.lent["S1"] = "p" + card
			s := b.account()
			b.lose(true)
			b.must(b.v.Renew(s.Account.Loans[0].ID, b.nonce()))
		},
		"a cancellation": func(b *bench) {
			b.desk.holds = []library.AccountHold{{Hold: "h1", State: library.HoldWaiting, Title: library.Title{ID: "t1"}}}
			s := b.account()
			b.lose(true)
			b.must(b.v.CancelHold(s.Account.Holds[0].ID, b.nonce()))
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			lost(b)
			s := b.must(b.v.Finish())
			b.on(s, ScreenGoodbye)
			if s.Goodbye.Unknown != 1 {
				t.Fatalf("goodbye %+v", s.Goodbye)
			}
			s = b.settled(func(s Snapshot) bool { return s.Goodbye == nil || s.Goodbye.Unknown == 0 })
			if g := s.Goodbye; g == nil || g.Held+g.Renewed+g.Cancelled != 1 || len(g.Receipt) != 1 {
				t.Errorf("goodbye %+v", g)
			}
		})
	}
}

func TestAccept_L45_a_return_that_took_nothing_back_is_not_told_as_one(t *testing.T) {
	b := newBench(t)
	b.must(b.v.Begin(ScreenReturn))
	b.desk.told = map[string]library.Told{}
	b.desk.loseReturn = true
	b.scan("S1")
	s := b.must(b.v.Finish())
	b.on(s, ScreenGoodbye)
	s = b.settled(func(s Snapshot) bool { return s.Goodbye == nil || s.Goodbye.Unknown == 0 })
	if g := s.Goodbye; g == nil || g.Returned != 0 || len(g.Left) != 0 || len(g.Receipt) != 0 {
		t.Errorf("goodbye %+v", g)
	}
}

func TestAccept_L45_two_lost_holds_are_told_apart(t *testing.T) {
	b := searching(t)
	b.must(b.v.Hold("t1", b.nonce()))
	b.lose(true)
	b.scan(card)
	b.must(b.v.Begin(ScreenSearch))
	b.lose(true)
	b.must(b.v.Hold("t2", b.nonce()))
	for range 2 {
		b.settled(func(Snapshot) bool {
			var left int
			_ = b.v.inTurn(func() { left = len(b.v.turn.unsure) })
			return left < 2
		})
	}
	s := b.settled(func(s Snapshot) bool { return s.Held.Outcome != OutcomeUnknown })
	if s.Held.Item.TitleID != "t2" {
		t.Errorf("shown: %+v", s.Held)
	}
	b.settled(func(Snapshot) bool {
		var left int
		_ = b.v.inTurn(func() { left = len(b.v.turn.unsure) })
		return left == 0
	})
	if s = b.must(b.v.Finish()); s.Goodbye.Held != 2 {
		t.Errorf("goodbye %+v", s.Goodbye)
	}
}

func TestAccept_L42_a_wish_waits_for_no_other_card(t *testing.T) {
	b := searching(t)
	b.desk.askPIN = true
	b.must(b.v.Hold("t1", b.nonce()))
	b.on(b.scan(card), ScreenPIN)
	s := b.scan(otherCard)
	if s.Wish != nil || s.Goal == GoalHold {
		t.Fatalf("goal %q, wish %+v", s.Goal, s.Wish)
	}
	b.must(b.v.EnterPIN(b.desk.pin, b.nonce()))
	if len(b.desk.holds) != 0 {
		t.Error("held for somebody who never asked")
	}
}

func TestAccept_L50_a_hold_given_up_again_is_not_on_the_paper(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Lending.(*desk).ready = true })
	b.account("S1")
	b.must(b.v.Begin(ScreenSearch))
	b.must(b.v.Hold("t1", b.nonce()))
	s := b.must(b.v.Begin(ScreenAccount))
	b.must(b.v.CancelHold(s.Account.Holds[0].ID, b.nonce()))
	s = b.must(b.v.Finish())
	if s.Goodbye.Held != 0 || s.Goodbye.Cancelled != 1 {
		t.Errorf("goodbye %+v", s.Goodbye)
	}
}

func TestAccept_L45_after_a_stop_the_reader_is_told_what_was_recorded(t *testing.T) {
	last := library.LastVisit{Visit: "v", Patron: "p" + card, Acts: []library.Told{
		{What: library.ToldLent, Item: library.Item{ID: "iS1", Barcode: "S1"}, Title: library.Title{Title: "书S1"}, Due: library.Date{Year: 2026, Month: 12, Day: 22}},
		{What: library.ToldRenewed, Item: library.Item{ID: "iS2", Barcode: "S2"}, Due: library.Date{Year: 2026, Month: 12, Day: 30}},
	}}
	stopped := func(o *Options) {
		d := o.Lending.(*desk)
		o.Interrupted, d.last = d.Interrupted, last
		d.lent["S1"], d.lent["S2"] = "p"+card, "p"+card
	}
	b := newBench(t, stopped)
	if s := b.must(b.v.Tick()); len(s.Entries) != 0 || s.Notice != nil {
		t.Fatal("shown to whoever stands there")
	}
	if s := b.scan(otherCard); len(s.Entries) != 0 || s.Notice != nil {
		t.Fatal("shown to another reader")
	}
	s := b.scan(card)
	if s.Notice == nil || s.Notice.Kind != "interrupted" || len(s.Entries) != 2 || s.Borrowed != 1 {
		t.Fatalf("notice %+v, %d entries, %d borrowed", s.Notice, len(s.Entries), s.Borrowed)
	}
	if s = b.scan("S1"); s.Entries[0].Outcome != OutcomeAlreadyBorrowed {
		t.Errorf("the same book again: %s", s.Entries[0].Outcome)
	}
	// Told once.
	b.must(b.v.Finish())
	if s = b.scan(card); s.Notice != nil {
		t.Error("told twice")
	}
	late := newBench(t, stopped)
	late.pass(interruptedFor + time.Second)
	_ = late.v.inTurn(func() {
		if late.v.before != nil {
			t.Error("kept in memory long after")
		}
	})
	if s := late.scan(card); s.Notice != nil {
		t.Error("told long after")
	}
}

func TestAccept_L45_a_book_returned_since_is_not_told_as_lent(t *testing.T) {
	b := newBench(t, func(o *Options) {
		d := o.Lending.(*desk)
		o.Interrupted = d.Interrupted
		d.last = library.LastVisit{Visit: "v", Patron: "p" + card, Acts: []library.Told{{What: library.ToldLent, Item: library.Item{ID: "iS1", Barcode: "S1"}}}}
	})
	if s := b.scan(card); len(s.Entries) != 0 || s.Notice != nil {
		t.Fatalf("entries %+v", s.Entries)
	}
	if s := b.scan("S1"); s.Entries[0].Outcome != OutcomeBorrowed {
		t.Errorf("scanned anew: %s", s.Entries[0].Outcome)
	}
}

func TestAccept_L45_a_book_returned_before_a_stop_is_no_stranger(t *testing.T) {
	b := newBench(t, func(o *Options) {
		o.Interrupted = o.Lending.(*desk).Interrupted
		o.Lending.(*desk).last = library.LastVisit{Visit: "v", Acts: []library.Told{{What: library.ToldReturned, Item: library.Item{ID: "iS1", Barcode: "S1"}}}}
	})
	b.must(b.v.Begin(ScreenReturn))
	if s := b.scan("S1"); s.Entries[0].Result != library.AlreadyReturnedNow {
		t.Errorf("result %s", s.Entries[0].Result)
	}
	if s := b.scan("S2"); s.Entries[0].Result != library.NotOnLoan {
		t.Errorf("result %s", s.Entries[0].Result)
	}
}

func TestAccept_L50_the_receipt_is_offered_and_holds_nothing_up(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Lending.(*desk).ready = true })
	b.scan(card)
	b.scan("S1")
	b.scan("S2")
	s := b.must(b.v.Finish())
	if s.Goodbye.Print != PrintOffered || len(s.Goodbye.Receipt) != 2 || len(b.desk.prints) != 0 {
		t.Fatalf("print %s, %d lines, %d printed", s.Goodbye.Print, len(s.Goodbye.Receipt), len(b.desk.prints))
	}
	if s = b.must(b.v.ShowReceipt()); s.Goodbye.Ends.Seconds != 45 || s.Goodbye.Ends.Of != 45 {
		t.Errorf("while it is read: %+v", s.Goodbye.Ends)
	}
	b.must(b.v.PrintReceipt(b.nonce()))
	b.must(b.v.PrintReceipt(b.nonce())) // once
	s = b.settled(func(s Snapshot) bool { return s.Goodbye.Print == PrintDone })
	if len(b.desk.prints) != 1 {
		t.Fatalf("%d printed", len(b.desk.prints))
	}
	r := b.desk.prints[0]
	if len(r.Lines) != 2 || strings9(r.Card) || r.Lines[0].Due.IsZero() || r.Language != "zh-Hans" {
		t.Errorf("receipt %+v", r)
	}
	b.on(b.pass(time.Minute), ScreenIdle)
}

// strings9 tells whether more than the tail of the card is there.
func strings9(masked string) bool { return masked == card || !library.CardMasked(masked) }

func TestAccept_L50_a_failing_printer_is_said_and_nothing_is_lost(t *testing.T) {
	b := newBench(t, func(o *Options) {
		o.Lending.(*desk).ready = true
		o.Lending.(*desk).jammed = errors.New("paper out")
	})
	b.scan(card)
	b.scan("S1")
	b.must(b.v.Finish())
	b.must(b.v.PrintReceipt(b.nonce()))
	s := b.settled(func(s Snapshot) bool { return s.Goodbye.Print == PrintFailed })
	if len(s.Goodbye.Receipt) != 1 {
		t.Error("the list is gone")
	}
}

func TestAccept_L50_without_a_printer_nothing_is_offered(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.scan("S1")
	if s := b.must(b.v.Finish()); s.Goodbye.Print != PrintNone || len(s.Goodbye.Receipt) != 1 {
		t.Errorf("goodbye %+v", s.Goodbye)
	}
	b.must(b.v.PrintReceipt(b.nonce()))
	if len(b.desk.prints) != 0 {
		t.Error("printed all the same")
	}
}
