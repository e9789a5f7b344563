package visit

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
)

var errLost = errors.New("answer lost")

// nonce is a fresh one.
func (b *bench) nonce() string {
	b.n++
	return "own-" + time.Duration(b.n).String()
}

// account opens the patron's own page with a card and its PIN.
func (b *bench) account(before ...string) Snapshot {
	b.t.Helper()
	b.scan(card)
	for _, barcode := range before {
		b.scan(barcode)
	}
	b.on(b.must(b.v.Begin(ScreenAccount)), ScreenPIN)
	s := b.must(b.v.EnterPIN(b.desk.pin, b.nonce()))
	b.on(s, ScreenAccount)
	return s
}

func TestAccept_L47_the_own_page_wants_the_PIN_before_anything_is_shown(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S7"] = "p" + card
	s := b.must(b.v.Begin(ScreenAccount))
	b.on(s, ScreenSignIn)
	if s.Goal != GoalAccount {
		t.Errorf("goal %q", s.Goal)
	}
	s = b.scan(card)
	b.on(s, ScreenPIN)
	if s.Account != nil || s.Patron != nil {
		t.Error("something of the reader is shown before the PIN")
	}
	s = b.must(b.v.EnterPIN("000000", b.nonce()))
	b.on(s, ScreenPIN)
	if !s.PIN.Wrong || s.Account != nil {
		t.Errorf("after a wrong PIN: %+v", s)
	}
	s = b.must(b.v.EnterPIN(b.desk.pin, b.nonce()))
	b.on(s, ScreenAccount)
	if s.Account == nil || len(s.Account.Loans) != 1 || s.Account.OwedFen != 3250 || s.Account.Renewable != 1 {
		t.Fatalf("account %+v", s.Account)
	}
	if text, _ := json.Marshal(s); strings.Contains(string(text), `"lS7"`) {
		t.Error("the page got the loan's own id")
	}
	// Asked once a visit.
	b.on(b.must(b.v.Back()), ScreenBorrow)
	b.on(b.must(b.v.Begin(ScreenAccount)), ScreenAccount)
}

func TestAccept_L47_an_unknown_card_gets_the_same_question(t *testing.T) {
	b := newBench(t)
	b.must(b.v.Begin(ScreenAccount))
	b.on(b.scan(badCard), ScreenPIN)
}

func TestAccept_L47_leaving_the_PIN_keeps_the_books_lent(t *testing.T) {
	b := newBench(t)
	b.scan(card)
	b.scan("S1")
	b.on(b.must(b.v.Begin(ScreenAccount)), ScreenPIN)
	s := b.must(b.v.Back())
	b.on(s, ScreenBorrow)
	if s.Borrowed != 1 || s.Patron == nil {
		t.Errorf("borrowed %d, patron %v", s.Borrowed, s.Patron)
	}
}

func TestAccept_L47_renew_one_and_all_each_with_its_answer(t *testing.T) {
	b := newBench(t)
	s := b.account("S1", "S2", "S3")
	first := s.Account.Loans[0]
	n := b.nonce()
	s = b.must(b.v.Renew(first.ID, n))
	b.must(b.v.Renew(first.ID, n)) // a double tap
	if got := s.Account.Loans[0]; got.Answer != OutcomeRenewed || got.Due != "2027-01-21" || got.ID != first.ID {
		t.Errorf("after renewing: %+v", got)
	}
	if b.desk.renewed != 1 {
		t.Fatalf("renewed %d times", b.desk.renewed)
	}
	s = b.must(b.v.RenewAll(b.nonce()))
	if b.desk.renewed != 3 || !s.Account.Asked || s.Account.Renewable != 0 {
		t.Fatalf("renewed %d, account %+v", b.desk.renewed, s.Account)
	}
	answers := map[Outcome]int{}
	for _, l := range s.Account.Loans {
		answers[l.Answer]++
	}
	if answers[OutcomeRenewed] != 3 {
		t.Errorf("answers %v: the one renewed before keeps its answer, the others are renewed", answers)
	}
	s = b.must(b.v.Finish())
	b.on(s, ScreenGoodbye)
	if s.Goodbye.Renewed != 3 || len(s.Goodbye.Receipt) != 3 || s.Goodbye.Refused != 0 {
		t.Errorf("goodbye %+v", s.Goodbye)
	}
}

func TestAccept_L47_a_book_scanned_on_the_own_page_is_lent(t *testing.T) {
	b := newBench(t)
	b.account("S1")
	s := b.scan("S2")
	b.on(s, ScreenBorrow)
	if s.Borrowed != 2 {
		t.Errorf("borrowed %d", s.Borrowed)
	}
}

func TestAccept_L47_another_card_takes_the_page_away(t *testing.T) {
	b := newBench(t)
	b.account("S1")
	s := b.scan(otherCard)
	b.on(s, ScreenBorrow)
	if s.Account != nil || len(s.Entries) != 0 {
		t.Error("something of the reader before is left")
	}
	b.on(b.must(b.v.Begin(ScreenAccount)), ScreenPIN) // the PIN of the one before counts for nothing
}

func TestAccept_L47_the_page_ends_by_itself_and_leaves_nothing(t *testing.T) {
	b := newBench(t)
	b.account("S1")
	s := b.pass(65 * time.Second)
	b.on(s, ScreenIdle)
	if s.Account != nil || s.Patron != nil || len(s.Entries) != 0 {
		t.Errorf("left: %+v", s)
	}
}

func TestAccept_L47_the_history_is_off_until_the_reader_wants_it(t *testing.T) {
	b := newBench(t)
	s := b.account()
	if s.Account.History.On {
		t.Fatal("on without being asked")
	}
	if s = b.must(b.v.SetHistory(true, b.nonce())); !s.Account.History.On {
		t.Error("not on")
	}
	if s = b.must(b.v.SetHistory(false, b.nonce())); s.Account.History.On {
		t.Error("not off")
	}
}

func TestAccept_L47_a_child_cannot_switch_the_history_on(t *testing.T) {
	b := newBench(t)
	b.desk.category = library.Child
	if s := b.account(); s.Account.History.Offered {
		t.Error("it is offered")
	}
	if s := b.must(b.v.SetHistory(true, b.nonce())); s.Account.History.On {
		t.Error("it is on")
	}
}

func TestAccept_L42_a_hold_from_the_title_page_asks_for_a_card_and_no_PIN(t *testing.T) {
	b := searching(t)
	s := b.must(b.v.Hold("t1", b.nonce()))
	b.on(s, ScreenSignIn)
	if s.Goal != GoalHold || s.Wish == nil || s.Wish.Title != "《t1》" {
		t.Fatalf("goal %q wish %+v", s.Goal, s.Wish)
	}
	s = b.scan(card)
	b.on(s, ScreenHeld)
	if s.Held.Outcome != OutcomeHeld || s.Held.Position != 2 || s.Held.Waiting != 3 || len(b.desk.holds) != 1 {
		t.Fatalf("held %+v", s.Held)
	}
	// Look for another, as the same reader; a double tap holds once.
	b.on(b.must(b.v.Begin(ScreenSearch)), ScreenSearch)
	n := b.nonce()
	b.must(b.v.Hold("t2", n))
	s = b.must(b.v.Hold("t2", n))
	b.on(s, ScreenHeld)
	if len(b.desk.holds) != 2 {
		t.Fatalf("%d holds", len(b.desk.holds))
	}
	s = b.must(b.v.Finish())
	b.on(s, ScreenGoodbye)
	if s.Goodbye.Held != 2 {
		t.Errorf("goodbye %+v", s.Goodbye)
	}
}

func TestAccept_L42_going_back_from_the_card_shows_the_title_again(t *testing.T) {
	b := searching(t)
	b.must(b.v.Hold("t1", b.nonce()))
	s := b.must(b.v.Back())
	b.on(s, ScreenSearch)
	if s.Find == nil || s.Find.Title != "t1" {
		t.Errorf("find %+v", s.Find)
	}
}

func TestAccept_L42_a_refused_hold_says_why_and_a_title_of_nobody_is_no_hold(t *testing.T) {
	b := searching(t)
	b.desk.full = true
	if _, err := b.v.Hold("none", b.nonce()); !errors.Is(err, ErrBadRequest) {
		t.Errorf("a title of nobody: %v", err)
	}
	b.must(b.v.Hold("t1", b.nonce()))
	s := b.scan(card)
	b.on(s, ScreenHeld)
	if s.Held.Outcome != OutcomeRefused || s.Held.Reasons[0].Code != library.HoldLimit {
		t.Errorf("held %+v", s.Held)
	}
}

func TestAccept_L42_a_hold_is_cancelled_once_and_stays_in_sight(t *testing.T) {
	b := newBench(t)
	b.desk.holds = []library.AccountHold{{Hold: "h1", State: library.HoldReady, Title: library.Title{ID: "t1", Title: "书"}}}
	s := b.account()
	id := s.Account.Holds[0].ID
	b.must(b.v.CancelHold(id, b.nonce()))
	s = b.must(b.v.CancelHold(id, b.nonce()))
	if len(b.desk.holds) != 0 || len(s.Account.Holds) != 1 || !s.Account.Holds[0].Cancelled {
		t.Errorf("holds %+v", s.Account.Holds)
	}
	if s = b.must(b.v.Finish()); s.Goodbye.Cancelled != 1 {
		t.Errorf("goodbye %+v", s.Goodbye)
	}
}

func TestAccept_L42_a_refused_book_can_be_held_or_looked_at(t *testing.T) {
	b := newBench(t)
	b.desk.lent["S5"] = "somebody"
	s := b.scan(card)
	s = b.scan("S5")
	title := s.Entries[0].Item.TitleID
	b.on(b.must(b.v.OpenTitle(title)), ScreenSearch)
	s = b.must(b.v.Back())
	b.on(s, ScreenBorrow)
	if len(s.Entries) != 1 {
		t.Error("the list was lost on the way")
	}
	b.on(b.must(b.v.Hold(title, b.nonce())), ScreenHeld)
	b.on(b.must(b.v.Back()), ScreenBorrow)
}

func TestAccept_L47_a_hold_that_cannot_be_read_stands_beside_the_others(t *testing.T) {
	b := newBench(t)
	b.desk.holds = []library.AccountHold{
		{Hold: "h1", State: library.HoldWaiting, Title: library.Title{ID: "t1", Title: "书"}, Position: 1, Waiting: 1},
		{Hold: "h2", State: library.HoldReady, Barcode: "S7"},
		{Hold: "h3"},
	}
	holds := b.account().Account.Holds
	if len(holds) != 3 || holds[0].Item.Title != "书" || holds[0].Item.Barcode != "" {
		t.Fatalf("holds %+v", holds)
	}
	if h := holds[1]; h.Item.Barcode != "S7" || h.Item.Title != "" || !h.Ready {
		t.Errorf("of an unreadable title: %+v", h)
	}
	if h := holds[2]; h.Item != (Title{}) || h.Ready || h.OnItsWay || h.Position != 0 {
		t.Errorf("unreadable: %+v", h)
	}
}
