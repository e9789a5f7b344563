package visit

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"shuting/app/library"
)

func recordsEnds(o *Options) { o.Ended = o.Lending.(*desk).Ended }

// ended are the visits whose end is recorded once all is written.
func (b *bench) ended() []string {
	b.v.behind.Wait()
	b.desk.mu.Lock()
	defer b.desk.mu.Unlock()
	return slices.Clone(b.desk.ends)
}

// visitNow is the visit that stands here.
func (b *bench) visitNow() (id string) {
	_ = b.v.inTurn(func() { id = b.v.turn.id })
	return id
}

func TestAccept_L45_a_visit_that_ended_is_recorded_as_ended(t *testing.T) {
	for name, leave := range map[string]func(b *bench){
		"with a farewell":        func(b *bench) { b.on(b.must(b.v.Finish()), ScreenGoodbye) },
		"by going away":          func(b *bench) { b.on(b.pass(65*time.Second), ScreenIdle) },
		"by the next card":       func(b *bench) { b.scan(otherCard) },
		"by beginning something": func(b *bench) { b.must(b.v.Begin(ScreenReturn)) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, recordsEnds)
			b.scan(card)
			b.scan("S1")
			visit := b.visitNow()
			leave(b)
			b.pass(time.Minute) // past the farewell
			b.pass(time.Minute)
			if got := b.ended(); !slices.Equal(got, []string{visit}) {
				t.Errorf("ended %v, want %s once", got, visit)
			}
		})
	}
}

func TestAccept_L45_a_visit_cut_off_or_not_yet_told_is_not_recorded_as_ended(t *testing.T) {
	for name, cut := range map[string]func(b *bench){
		"nothing was done":   func(b *bench) { b.scan(card); b.must(b.v.Finish()) },
		"all was refused":    func(b *bench) { b.scan(card); b.scan("S0"); b.must(b.v.Finish()) },
		"the page was lost":  func(b *bench) { b.scan(card); b.scan("S1"); b.must(b.v.Abort()) },
		"the program stops":  func(b *bench) { b.scan(card); b.scan("S1"); b.v.Close() },
		"not certain of one": func(b *bench) { b.scan(card); b.scan("S1"); b.lose(true); b.scan("S2"); b.must(b.v.Finish()) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, recordsEnds)
			cut(b)
			if got := b.ended(); len(got) != 0 {
				t.Errorf("ended %v", got)
			}
		})
	}
}

func TestAccept_L45_an_end_that_cannot_be_recorded_disturbs_nobody(t *testing.T) {
	b := newBench(t, recordsEnds, func(o *Options) { o.Ended = nil })
	b.scan(card)
	b.scan("S1")
	b.on(b.must(b.v.Finish()), ScreenGoodbye)
	hung := make(chan struct{})
	broken := newBench(t, func(o *Options) {
		o.Ended = func(context.Context, library.Command) error { <-hung; return errors.New("disk full") }
	})
	broken.scan(card)
	broken.scan("S1")
	broken.on(broken.must(broken.v.Finish()), ScreenGoodbye) // while it hangs
	if s := broken.scan(otherCard); s.Patron == nil {
		t.Error("the next reader waits for it")
	}
	close(hung)
	broken.v.behind.Wait()
}

func TestAccept_L05_the_acts_of_one_command_share_its_time(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Patience = 300 * time.Millisecond })
	for _, barcode := range []string{"S1", "S2", "S3"} {
		b.scan(barcode)
	}
	hung := make(chan struct{})
	b.desk.hung = hung
	s := b.scan(card) // lends all three
	if len(s.Entries) != 3 {
		t.Fatalf("entries %+v", s.Entries)
	}
	for _, e := range s.Entries {
		switch {
		case e.Item.Barcode == "S1" && e.Outcome != OutcomeUnknown:
			t.Errorf("begun and not answered: %+v", e)
		case e.Item.Barcode != "S1" && (e.Outcome != OutcomeRefused || e.Reasons[0].Code != NotRecorded):
			t.Errorf("never begun: %+v", e)
		}
	}
	b.desk.mu.Lock()
	begun := b.desk.begun
	b.desk.hung = nil
	b.desk.mu.Unlock()
	if begun != 1 {
		t.Errorf("%d were begun: each took its own time", begun)
	}
	close(hung)
	b.desk.lendsOne() // before anybody asks what became of it
	s = b.settled(func(s Snapshot) bool { return s.Borrowed == 1 })
	if e := s.Entries[0]; e.Item.Barcode != "S1" || e.Outcome != OutcomeBorrowed {
		t.Errorf("entries %+v", s.Entries)
	}
	if s = b.scan("S2"); s.Borrowed != 2 {
		t.Errorf("tried again: %+v", s.Entries)
	}
}

func TestAccept_L45_a_try_that_did_nothing_says_nothing_of_the_first(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.desk.fail, b.desk.late = []error{errLost, errNoSpace}, true
	if s := b.scan("S1"); s.Entries[0].Outcome != OutcomeUnknown {
		t.Fatalf("within one command: %+v", s.Entries[0])
	}
	b.desk.fail = []error{errNoSpace}
	if s := b.scan("S1"); s.Entries[0].Outcome != OutcomeUnknown {
		t.Fatalf("scanned again: %+v", s.Entries[0])
	}
	b.settled(func(s Snapshot) bool { return s.Borrowed == 1 })
}

func TestAccept_L43_an_item_of_another_branch_gets_a_slip_for_transit(t *testing.T) {
	b := newBench(t)
	b.desk.sent = "north"
	b.desk.lent["S1"] = "somebody"
	b.must(b.v.Begin(ScreenReturn))
	b.scan("S1")
	want := library.Slip{Kind: library.SlipTransit, At: b.clock.Now(), Title: "书S1", Barcode: "S1", CallNumber: "I247.5/1", To: "north"}
	if len(b.desk.slips) != 1 || b.desk.slips[0] != want {
		t.Errorf("slips %+v", b.desk.slips)
	}
}

func TestAccept_L50_the_paper_tells_what_was_not_done(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Lending.(*desk).ready = true })
	b.scan(card)
	b.scan("S1")
	b.scan("S0")
	b.lose(true)
	b.scan("S2") // not certain: neither done nor not done
	b.must(b.v.Finish())
	b.must(b.v.PrintReceipt(b.nonce()))
	b.settled(func(s Snapshot) bool { return s.Goodbye.Print == PrintDone })
	var got []string
	for _, l := range b.desk.prints[0].Lines {
		got = append(got, l.What+" "+l.Barcode)
	}
	if !slices.Equal(got, []string{"borrowed S1", "refused S0"}) {
		t.Errorf("on the paper: %v", got)
	}
}
