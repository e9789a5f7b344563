package visit

import (
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"shuting/app/library"
)

const (
	card      = "LB000000018"
	otherCard = "LB000000026"
	badCard   = "LB000000039"
)

func TestAccept_L14_what_a_scan_means(t *testing.T) {
	cases := []struct {
		name   string
		before func(b *bench)
		code   string
		screen Screen
		entry  Outcome
		notice string
	}{
		{"a card at idle opens the visit", func(*bench) {}, card, ScreenBorrow, "", ""},
		{"an item at idle opens this book", func(*bench) {}, "S1", ScreenItem, "", ""},
		{"an unknown item at idle says so", func(*bench) {}, "S0", ScreenIdle, "", "item_refused"},
		{"rubbish at idle cannot be read", func(*bench) {}, "???", ScreenIdle, "", "scan_unreadable"},
		{"a refused card stays at sign-in with its reason", func(*bench) {}, badCard, ScreenSignIn, "", "card_refused"},
		{"an item after the card is lent", func(b *bench) { b.scan(card) }, "S1", ScreenBorrow, OutcomeBorrowed, ""},
		{"an unknown item after the card is refused in the list", func(b *bench) { b.scan(card) }, "S0", ScreenBorrow, OutcomeRefused, ""},
		{"the same card once more changes nothing", func(b *bench) { b.scan(card) }, card, ScreenBorrow, "", ""},
		{"the same item once more is harmless", func(b *bench) { b.scan(card); b.scan("S1") }, "S1", ScreenBorrow, OutcomeAlreadyBorrowed, ""},
		{"another card takes over", func(b *bench) { b.scan(card); b.scan("S1") }, otherCard, ScreenBorrow, "", ""},
		{"a card on this book borrows it", func(b *bench) { b.scan("S1") }, card, ScreenBorrow, OutcomeBorrowed, ""},
		{"an item at sign-in waits for the card", func(b *bench) { b.must(b.v.Begin(ScreenBorrow)) }, "S1", ScreenSignIn, "", ""},
		{"an item at return is taken back", func(b *bench) { b.desk.lent["S1"] = "x"; b.must(b.v.Begin(ScreenReturn)) }, "S1", ScreenReturn, OutcomeReturned, ""},
		{"a card at return signs in", func(b *bench) { b.must(b.v.Begin(ScreenReturn)) }, card, ScreenBorrow, "", ""},
		{"a card at the farewell starts the next visit", func(b *bench) { b.scan(card); b.scan("S1"); b.must(b.v.Finish()) }, otherCard, ScreenBorrow, "", ""},
		{"an item while a PIN is asked waits", func(b *bench) { b.desk.askPIN = true; b.scan(card) }, "S1", ScreenPIN, "", "enter_pin_first"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			c.before(b)
			s := b.scan(c.code)
			b.on(s, c.screen)
			switch {
			case c.entry == "" && len(s.Entries) != 0:
				t.Fatalf("%d entries, want none", len(s.Entries))
			case c.entry != "" && (len(s.Entries) == 0 || s.Entries[0].Outcome != c.entry):
				t.Fatalf("entries %+v, want first %s", s.Entries, c.entry)
			}
			got := ""
			if s.Notice != nil {
				got = s.Notice.Kind
			}
			if got != c.notice {
				t.Fatalf("notice %q, want %q", got, c.notice)
			}
		})
	}
}

func TestAccept_L13_hostile_scans_are_dropped(t *testing.T) {
	for _, code := range []string{"", " ", strings.Repeat("S", 65), "S1\x1b[A", "S1\u202e", "S1\u0000", "书", strings.Repeat("9", 10_000)} {
		b := newBench(t)
		b.scan(card)
		s := b.scan(code)
		if len(s.Entries) != 0 || s.Notice == nil || s.Notice.Kind != "scan_unreadable" {
			t.Errorf("scan of %d bytes: entries %d, notice %+v", len(code), len(s.Entries), s.Notice)
		}
		if text, _ := json.Marshal(s); code != "" && code != " " && strings.Contains(string(text), code) {
			t.Errorf("the scanned text came back to the page")
		}
	}
}

func TestScan_of_an_isbn_says_which_code_to_scan(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	s := b.scan("9780000000002")
	if len(s.Entries) != 1 || s.Entries[0].Reasons[0].Params["hint"] != "isbn" {
		t.Fatalf("entries %+v, want item_unknown with the hint isbn", s.Entries)
	}
}

func TestAccept_L14_idle_warns_then_ends_and_wipes(t *testing.T) {
	for _, c := range []struct {
		name      string
		large     bool
		warn, end time.Duration
	}{{"standard", false, 45 * time.Second, 65 * time.Second}, {"large text has twice the time", true, 90 * time.Second, 130 * time.Second}} {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t)
			b.scan(card)
			if c.large {
				b.must(b.v.SetModes(Modes{LargeText: true}))
			}
			b.scan("S1")
			if s := b.pass(c.warn - time.Second); s.Warning != nil {
				t.Fatal("warned too early")
			}
			s := b.pass(time.Second)
			if s.Warning == nil || s.Warning.Of < 20 || s.Screen != ScreenBorrow {
				t.Fatalf("at %v: warning %+v on %s", c.warn, s.Warning, s.Screen)
			}
			if s := b.pass(c.end - c.warn - time.Second); s.Screen != ScreenBorrow {
				t.Fatal("ended too early")
			}
			s = b.pass(time.Second)
			b.on(s, ScreenIdle)
			b.wiped(s)
		})
	}
}

func TestAccept_L14_a_touch_or_scan_starts_the_time_anew(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	if s := b.pass(50 * time.Second); s.Warning == nil {
		t.Fatal("no warning")
	}
	if s := b.must(b.v.Touch()); s.Warning != nil {
		t.Fatal("a touch must take the warning away")
	}
	b.pass(40 * time.Second)
	b.scan("S1")
	if s := b.pass(44 * time.Second); s.Screen != ScreenBorrow || s.Warning != nil {
		t.Fatalf("the scan did not start the time anew: %s %+v", s.Screen, s.Warning)
	}
}

// wiped proves that neither the snapshot nor Go holds anything of the reader.
func (b *bench) wiped(s Snapshot) {
	b.t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, trace := range []string{card, "张", "书S1", "S1\""} {
		if strings.Contains(string(text), trace) {
			b.t.Errorf("the page still shows %q", trace)
		}
	}
	if t := b.v.turn; t.card != "" || t.patron != "" || t.view != nil || len(t.entries) != 0 || len(t.carried) != 0 || len(t.words) != 0 || t.pin != nil ||
		t.own != nil || t.held != nil || t.wish != nil || t.proven || t.goal != "" || len(t.staff) != 0 || len(t.unsure) != 0 || len(t.paper.Card) != 0 {
		b.t.Errorf("Go still holds the reader")
	}
}

func TestAccept_L05_a_lost_page_ends_the_visit(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.scan("S1")
	b.must(b.v.SetLanguage("en"))
	s := b.must(b.v.Abort())
	b.on(s, ScreenIdle)
	b.wiped(s)
	if s.Language != "zh-Hans" {
		t.Errorf("language %s is left for the next reader", s.Language)
	}
}

func TestVisit_ends_with_sums_and_no_person(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S7"] = "somebody"
	b.scan(card)
	for _, code := range []string{"S1", "S2", "S1", "S7", "S0"} {
		b.scan(code)
	}
	s := b.must(b.v.Finish())
	b.on(s, ScreenGoodbye)
	if g := s.Goodbye; g == nil || g.Borrowed != 2 || g.Refused != 2 || g.Due != "2026-12-22" || len(g.Left) != 2 {
		t.Fatalf("farewell %+v, want two lent and the other two named", s.Goodbye)
	}
	// The books may be read there once more; of the person nothing is left.
	if text, _ := json.Marshal(s); strings.Contains(string(text), card) || strings.Contains(string(text), "张*") || s.Patron != nil {
		t.Error("the farewell shows the person")
	}
	s = b.pass(16 * time.Second) // twice as long: two books are named
	b.on(s, ScreenIdle)
	b.wiped(s)
}

func TestFinish_with_nothing_done_goes_straight_to_idle(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.on(b.must(b.v.Finish()), ScreenIdle)
}

func TestAccept_L13_pin_is_asked_and_waits_are_shown(t *testing.T) {
	b := newBench(t)
	b.desk.askPIN = true
	s := b.scan(card)
	b.on(s, ScreenPIN)
	if s.Patron != nil || s.PIN == nil || s.PIN.Wrong {
		t.Fatalf("before the PIN: patron %+v, pin %+v", s.Patron, s.PIN)
	}
	s = b.must(b.v.EnterPIN("000000", "n1"))
	if s.PIN == nil || !s.PIN.Wrong || s.PIN.Wait != 5 {
		t.Fatalf("after a wrong PIN: %+v", s.PIN)
	}
	// A retry of the page is no second try.
	if s = b.must(b.v.EnterPIN("000000", "n1")); b.desk.wrong != 1 {
		t.Fatalf("the retry counted as a try: %d", b.desk.wrong)
	}
	b.on(b.must(b.v.EnterPIN("135790", "n2")), ScreenBorrow)
}

func TestQuestion_is_answered_in_go_not_by_the_page(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	s := b.scan("SP1")
	e := s.Entries[0]
	if e.Outcome != OutcomeAsk || e.Reasons[0].Code != library.ItemHasParts {
		t.Fatalf("entry %+v, want the question about parts", e)
	}
	if s = b.scan("SP1"); len(s.Entries) != 1 || s.Entries[0].ID != e.ID {
		t.Fatalf("a second scan must leave the question as it is: %+v", s.Entries)
	}
	s = b.must(b.v.Answer(e.ID, true, "yes"))
	if s.Entries[0].Outcome != OutcomeBorrowed || s.Borrowed != 1 {
		t.Fatalf("after yes: %+v", s.Entries[0])
	}
	s = b.must(b.v.Answer(e.ID, true, "yes again"))
	if s.Borrowed != 1 || len(s.Entries) != 1 {
		t.Fatalf("a second yes did something: %+v", s.Entries)
	}
}

func TestQuestion_declined_lends_nothing(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	s := b.scan("SP1")
	s = b.must(b.v.Answer(s.Entries[0].ID, false, "no"))
	if s.Entries[0].Outcome != OutcomeDeclined || s.Borrowed != 0 || len(b.desk.lent) != 0 {
		t.Fatalf("after no: %+v, lent %v", s.Entries[0], b.desk.lent)
	}
	// Scanned again it is asked again.
	if s = b.scan("SP1"); s.Entries[0].Outcome != OutcomeAsk {
		t.Fatalf("scanned again: %+v", s.Entries[0])
	}
}

func TestItem_on_loan_to_you_is_renewed_on_yes(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S1"] = "p" + card
	b.scan(card)
	s := b.scan("S1")
	if s.Entries[0].Outcome != OutcomeAsk {
		t.Fatalf("entry %+v, want the offer to renew", s.Entries[0])
	}
	s = b.must(b.v.Answer(s.Entries[0].ID, true, "yes"))
	if s.Entries[0].Outcome != OutcomeRenewed || s.Entries[0].Due != "2027-01-21" || s.Borrowed != 0 {
		t.Fatalf("after yes: %+v", s.Entries[0])
	}
}

func TestAccept_L14_one_queue_and_retries_do_nothing_twice(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := b.v.Scan("S1", "same nonce"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	s := b.v.Snapshot()
	if s.Borrowed != 1 || len(s.Entries) != 1 || s.Entries[0].Outcome != OutcomeBorrowed {
		t.Fatalf("20 retries of one scan: borrowed %d, %+v", s.Borrowed, s.Entries)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for i := 1; i < len(b.published); i++ {
		if b.published[i].Revision <= b.published[i-1].Revision {
			t.Fatalf("revision went from %d to %d", b.published[i-1].Revision, b.published[i].Revision)
		}
	}
}

func TestUnknown_outcome_is_tried_again_with_the_same_command(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.desk.fail, b.desk.late = []error{errors.New("cut off")}, true
	before := len(b.desk.commands)
	s := b.scan("S1")
	if s.Entries[0].Outcome != OutcomeBorrowed || s.Borrowed != 1 {
		t.Fatalf("entry %+v", s.Entries[0])
	}
	if got := b.desk.commands[before:]; len(got) != 2 || got[0] != got[1] {
		t.Fatalf("commands %v, want the same one twice", got)
	}
}

func TestUnknown_outcome_that_stays_unknown_is_shown(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	broken := errors.New("broken")
	b.desk.fail = []error{broken, broken, broken}
	s := b.scan("S1")
	if len(s.Entries) != 1 || s.Entries[0].Outcome != OutcomeUnknown {
		t.Fatalf("entries %+v, want one of unknown outcome", s.Entries)
	}
}

func TestAccept_L11_no_space_is_told_and_nothing_is_listed_as_lent(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.desk.fail = []error{errNoSpace}
	s := b.scan("S1")
	if s.Borrowed != 0 || len(s.Entries) != 1 || s.Entries[0].Outcome != OutcomeRefused || s.Entries[0].Reasons[0].Code != "lending_stopped_space" {
		t.Fatalf("borrowed %d, entries %+v: the item must stay in the list as not lent", s.Borrowed, s.Entries)
	}
	b.desk.mu.Lock()
	b.desk.codes, b.desk.lending = []string{"lending_stopped_space"}, false
	b.desk.mu.Unlock()
	if s = b.must(b.v.Tick()); s.Lending || len(s.Health) != 1 {
		t.Fatalf("health %v, lending %v", s.Health, s.Lending)
	}
	if s = b.must(b.v.Finish()); s.Goodbye == nil || s.Goodbye.Refused != 1 {
		t.Fatalf("farewell %+v", s.Goodbye)
	}
	b.on(b.pass(16*time.Second), ScreenIdle)
	b.on(b.scan(card), ScreenIdle)
	b.on(b.must(b.v.Begin(ScreenBorrow)), ScreenIdle)
	b.desk.mu.Lock()
	b.desk.codes, b.desk.lending = nil, true
	b.desk.mu.Unlock()
	b.must(b.v.Tick())
	b.on(b.scan(card), ScreenBorrow)
}

func TestLanguage_and_modes_go_back_when_nobody_is_there(t *testing.T) {
	b := newBench(t)
	b.must(b.v.SetLanguage("en"))
	b.must(b.v.SetModes(Modes{HighContrast: true}))
	s := b.pass(64 * time.Second)
	if s.Language != "en" {
		t.Fatal("went back too early")
	}
	if s = b.pass(time.Second); s.Language != "zh-Hans" || s.Modes != (Modes{}) {
		t.Fatalf("left for the next reader: %s %+v", s.Language, s.Modes)
	}
	if _, err := b.v.SetLanguage("xx"); !errors.Is(err, ErrBadRequest) {
		t.Fatalf("unknown language: %v", err)
	}
}

func TestRecovery_code_is_shown_until_acknowledged(t *testing.T) {
	b := newBench(t, func(o *Options) { o.Recovery = []string{"ABCD", "EFGH"} })
	s := b.v.Snapshot()
	b.on(s, ScreenRecovery)
	b.on(b.scan(card), ScreenRecovery)
	b.on(b.pass(time.Hour), ScreenRecovery)
	b.on(b.must(b.v.Finish()), ScreenRecovery)
	s = b.must(b.v.AcknowledgeRecovery())
	b.on(s, ScreenIdle)
	if b.acked != 1 || s.Recovery != nil {
		t.Fatalf("acknowledged %d times, code %v", b.acked, s.Recovery)
	}
	b.must(b.v.AcknowledgeRecovery())
	if b.acked != 1 {
		t.Fatal("acknowledged twice")
	}
}

func TestReturn_station_returns_at_idle(t *testing.T) {
	b := newBench(t, func(o *Options) { o.ReturnAtIdle = true })
	b.desk.lent["S1"] = "somebody"
	s := b.scan("S1")
	b.on(s, ScreenReturn)
	if s.Returned != 1 {
		t.Fatalf("returned %d", s.Returned)
	}
}

func TestDismiss_puts_a_read_refusal_away_but_the_farewell_counts_it(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	s := b.scan("S0")
	s = b.must(b.v.Dismiss(s.Entries[0].ID))
	if len(s.Entries) != 0 {
		t.Fatalf("entries %+v", s.Entries)
	}
	if s = b.must(b.v.Finish()); s.Goodbye == nil || s.Goodbye.Refused != 1 {
		t.Fatalf("farewell %+v", s.Goodbye)
	}
}
