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
	b.desk.fail = b.desk.fail[:3]
	s = b.must(b.v.CancelHold(s.Account.Holds[0].ID, b.nonce()))
	if s.Notice == nil || s.Notice.Kind != "not_certain" {
		t.Fatalf("notice %+v", s.Notice)
	}
	b.settled(func(s Snapshot) bool { return s.Notice == nil || s.Notice.Kind != "not_certain" })
	if len(b.desk.holds) != 0 {
		t.Error("the hold is still there")
	}
}

func TestAccept_L45_after_a_stop_the_reader_is_told_what_was_recorded(t *testing.T) {
	last := library.LastVisit{Visit: "v", Patron: "p" + card, Acts: []library.Told{
		{What: library.ToldLent, Item: library.Item{ID: "iS1", Barcode: "S1"}, Title: library.Title{Title: "书S1"}, Due: library.Date{Year: 2026, Month: 12, Day: 22}},
		{What: library.ToldRenewed, Item: library.Item{ID: "iS2", Barcode: "S2"}, Due: library.Date{Year: 2026, Month: 12, Day: 30}},
	}}
	stopped := func(o *Options) { o.Interrupted = o.Lending.(*desk).Interrupted; o.Lending.(*desk).last = last }
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
	late.clock.advance(interruptedFor + time.Second)
	if s := late.scan(card); s.Notice != nil {
		t.Error("told long after")
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
