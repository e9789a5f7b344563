package visit

import (
	"context"
	"errors"
	"testing"
	"time"

	"shuting/app/library"
)

func titles(s Snapshot) []string {
	var out []string
	for _, c := range s.Carried {
		out = append(out, c.Barcode)
	}
	return out
}

func TestAccept_L14_books_before_the_card_are_all_lent(t *testing.T) {
	b := newBench(t)
	for _, code := range []string{"S1", "S2", "S3", "S2"} {
		b.scan(code)
	}
	s := b.v.Snapshot()
	if got := titles(s); len(got) != 3 || got[0] != "S2" || s.Item.Barcode != "S2" {
		t.Fatalf("waiting: %v, item %+v", got, s.Item)
	}
	// An unknown one in between drops nothing.
	if s = b.scan("S0"); len(s.Carried) != 3 || s.Notice == nil {
		t.Fatalf("after an unknown one: %v, notice %+v", titles(s), s.Notice)
	}
	s = b.scan(card)
	if s.Borrowed != 3 || len(s.Entries) != 3 || len(s.Carried) != 0 {
		t.Fatalf("borrowed %d, entries %d, waiting %d", s.Borrowed, len(s.Entries), len(s.Carried))
	}
}

func TestAccept_L14_books_before_return_are_all_taken_back(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S1"], b.desk.lent["S2"] = "x", "y"
	b.scan("S1")
	b.scan("S2")
	if s := b.must(b.v.Begin(ScreenReturn)); s.Returned != 2 || len(s.Entries) != 2 {
		t.Fatalf("returned %d, entries %d", s.Returned, len(s.Entries))
	}
}

func TestBooks_that_wait_are_never_lent_to_another_card(t *testing.T) {
	t.Run("another card while the PIN is asked", func(t *testing.T) {
		b := newBench(t)
		b.desk.askPIN = true
		b.scan("S1")
		b.scan(card)
		b.scan(otherCard)
		s := b.must(b.v.EnterPIN("135790", "pin"))
		if s.Screen != ScreenBorrow || s.Borrowed != 0 || len(b.desk.lent) != 0 {
			t.Fatalf("lent %v", b.desk.lent)
		}
	})
	t.Run("another card after one was refused is the same hands", func(t *testing.T) {
		b := newBench(t)
		b.scan("S1")
		if s := b.scan(badCard); len(s.Carried) != 1 {
			t.Fatalf("waiting %v", titles(s))
		}
		b.scan("S2")
		if s := b.scan(card); s.Borrowed != 2 {
			t.Fatalf("borrowed %d: what waited was lost without a word", s.Borrowed)
		}
	})
	t.Run("the same card again keeps them", func(t *testing.T) {
		b := newBench(t)
		b.desk.askPIN = true
		b.scan("S1")
		b.scan(card)
		b.scan(card)
		if s := b.must(b.v.EnterPIN("135790", "pin")); s.Borrowed != 1 {
			t.Fatalf("borrowed %d", s.Borrowed)
		}
	})
}

func TestUnknown_outcome_is_told_at_the_farewell(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	broken := errors.New("broken")
	b.desk.fail = []error{broken, broken, broken}
	b.scan("S1")
	if s := b.must(b.v.Finish()); s.Screen != ScreenGoodbye || s.Goodbye.Unknown != 1 {
		t.Fatalf("%s, farewell %+v", s.Screen, s.Goodbye)
	}
}

func TestUnknown_outcome_scanned_again_is_the_same_act(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	broken := errors.New("broken")
	b.desk.fail, b.desk.late = []error{broken, broken, broken}, true // it is lent, but nobody hears of it
	before := len(b.desk.commands)
	s := b.scan("S1")
	if s.Entries[0].Outcome != OutcomeUnknown || b.desk.lent["S1"] == "" {
		t.Fatalf("entry %+v, lent %v", s.Entries[0], b.desk.lent)
	}
	s = b.scan("S1")
	if s.Entries[0].Outcome != OutcomeBorrowed || s.Borrowed != 1 || len(s.Entries) != 1 {
		t.Fatalf("scanned again: %+v", s.Entries)
	}
	for _, id := range b.desk.commands[before:] {
		if id != b.desk.commands[before] {
			t.Fatalf("a second command was made: %v", b.desk.commands[before:])
		}
	}
}

func TestCounts_are_the_last_word_on_each_item(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	s := b.scan("SP1") // a question
	s = b.must(b.v.Answer(s.Entries[0].ID, true, "y"))
	b.scan("S0")
	b.scan("S0")
	if s = b.must(b.v.Finish()); s.Goodbye.Borrowed != 1 || s.Goodbye.Refused != 1 {
		t.Fatalf("farewell %+v", s.Goodbye)
	}
}

func TestCounts_of_an_open_question_say_not_lent(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.scan("SP1")
	if s := b.must(b.v.Finish()); s.Goodbye == nil || s.Goodbye.Refused != 1 {
		t.Fatalf("farewell %+v", s.Goodbye)
	}
}

func TestOpen_questions_stay_on_top(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.scan("SP1")
	b.scan("S1")
	s := b.scan("S2")
	if s.Entries[0].Outcome != OutcomeAsk || s.Entries[1].Item.Barcode != "S2" || s.Entries[2].Item.Barcode != "S1" {
		t.Fatalf("entries %+v", s.Entries)
	}
}

func TestBorrower_who_must_return_first_can_go_there(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S1"] = "p" + card
	b.scan(card)
	b.on(b.must(b.v.Begin(ScreenBorrow)), ScreenBorrow)
	s := b.must(b.v.Begin(ScreenReturn))
	b.on(s, ScreenReturn)
	if s.Patron != nil {
		t.Fatal("returning shows the reader")
	}
	if s = b.scan("S1"); s.Returned != 1 {
		t.Fatalf("returned %d", s.Returned)
	}
}

func TestFarewell_in_large_text_stands_twice_as_long(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.scan("S1")
	b.must(b.v.SetModes(Modes{LargeText: true}))
	b.must(b.v.Finish())
	b.on(b.pass(15*time.Second), ScreenGoodbye)
	b.on(b.pass(time.Second), ScreenIdle)
}

func TestReturned_item_scanned_again_later_stays_returned(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S1"] = "x"
	b.must(b.v.Begin(ScreenReturn))
	b.scan("S1")
	if s := b.scan("S1"); s.Returned != 1 || len(s.Entries) != 1 || s.Entries[0].Result != library.Returned {
		t.Fatalf("returned %d, %+v", s.Returned, s.Entries)
	}
}

func TestNext_reader_starts_in_the_default_language(t *testing.T) {
	for name, before := range map[string]func(b *bench){
		"while borrowing": func(*bench) {},
		"at the farewell": func(b *bench) { b.scan("S1"); b.must(b.v.Finish()) },
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t)
			b.scan(card)
			b.must(b.v.SetLanguage("en"))
			before(b)
			if s := b.scan(otherCard); s.Language != "zh-Hans" {
				t.Fatalf("language %s", s.Language)
			}
		})
	}
}

func TestLate_answer_of_one_reader_does_not_meet_anothers_question(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	old := b.scan("SP1").Entries[0].ID
	b.scan(otherCard)
	b.scan("SP2")
	if s := b.must(b.v.Answer(old, true, "late")); s.Borrowed != 0 || s.Entries[0].Outcome != OutcomeAsk {
		t.Fatalf("the late answer lent %+v", s.Entries[0])
	}
}

// hanging is a desk whose disk never answers.
type hanging struct {
	*desk
	entered, release chan struct{}
}

func (h hanging) CheckOut(context.Context, library.Command, string, string, []string) (library.LoanAnswer, error) {
	close(h.entered)
	<-h.release
	return library.LoanAnswer{}, errors.New("too late")
}

func TestAccept_L05_a_hung_disk_does_not_hold_the_screen_nor_the_reader(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	defer close(release)
	b := newBench(t, func(o *Options) {
		o.Patience = 300 * time.Millisecond
		o.Lending = hanging{desk: o.Lending.(*desk), entered: entered, release: release}
	})
	b.scan(card)
	scanned := make(chan Snapshot)
	go func() {
		s, err := b.v.Scan("S1", "hung")
		if err != nil {
			t.Error(err)
		}
		scanned <- s
	}()
	<-entered
	aborted := make(chan Snapshot)
	go func() {
		s, err := b.v.Abort()
		if err != nil {
			t.Error(err)
		}
		aborted <- s
	}()
	// From the moment of the abort nothing of the reader can be asked for.
	for b.v.Snapshot().Screen != ScreenIdle {
		if t.Failed() {
			return
		}
	}
	<-scanned
	s := <-aborted
	b.on(s, ScreenIdle)
	b.wiped(s)
}
