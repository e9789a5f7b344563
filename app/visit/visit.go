// Package visit is one reader's turn at the kiosk: who stands here, what a scan
// means now, what the glass shows, and when it all ends.
//
// Commands pass one at a time, in order of arrival. The page gets whole
// snapshots and decides nothing. When a visit ends, everything of the reader
// is dropped here; the page drops it with the next snapshot.
package visit

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"shuting/app/library"
)

// Account finds and checks the reader. Our own patrons are one implementation,
// an ILS can be another.
type Account interface {
	SignIn(ctx context.Context, cmd library.Command, card string) (library.SignInAnswer, error)
	// AskPIN is SignIn where a PIN is asked whatever the setting says: it tells
	// nothing of the card.
	AskPIN(ctx context.Context, cmd library.Command, card string) (library.SignInAnswer, error)
	EnterPIN(ctx context.Context, cmd library.Command, card, pin string) (library.SignInAnswer, error)
}

// Lending lends and takes back, exactly once per command id.
type Lending interface {
	Look(ctx context.Context, barcode string) (library.LoanAnswer, error)
	CheckOut(ctx context.Context, cmd library.Command, patron, barcode string, confirmed []string) (library.LoanAnswer, error)
	CheckIn(ctx context.Context, cmd library.Command, barcode string) (library.ReturnAnswer, error)
	Renew(ctx context.Context, cmd library.Command, patron, barcode string) (library.LoanAnswer, error)
	RenewAll(ctx context.Context, cmd library.Command, patron string) ([]library.RenewAnswer, error)
	PlaceHold(ctx context.Context, cmd library.Command, patron, title string, itemType library.ItemType, pickUp string) (library.HoldAnswer, error)
	CancelHold(ctx context.Context, cmd library.Command, patron, hold string) (bool, error)
	SetHistory(ctx context.Context, cmd library.Command, patron string, on bool) error
	// Outcome tells what became of a command whose answer was lost.
	Outcome(ctx context.Context, command string) (library.Told, error)
}

// Own reads what a patron has open.
type Own interface {
	Loans(ctx context.Context, patron string, now time.Time) ([]library.AccountLoan, error)
	Holds(ctx context.Context, patron string, now time.Time) ([]library.AccountHold, error)
	Charges(ctx context.Context, patron string) ([]library.AccountCharge, error)
	History(ctx context.Context, patron string, most int) (library.ReadingHistory, error)
}

// Finding knows titles: whose copy an item is ("" for none's), and what a
// title is called (false when there is none).
type Finding interface {
	TitleOf(ctx context.Context, barcode string) (string, error)
	Called(ctx context.Context, title string) (library.Title, bool, error)
}

// Printer puts on paper what was done, behind the visit: neither call waits.
// done is called once, from anywhere, also when nothing could be printed.
type Printer interface {
	Ready() bool // a receipt may be offered now
	Receipt(r library.Receipt, done func(error))
	Slip(s library.Slip) // for staff; a printer that prints none drops it
}

// Codes tell what a scanned text is. A text that is neither is unreadable.
type Codes interface {
	IsCard(text string) bool
	IsItem(text string) bool
	MaxLength() int // characters
}

// Health says what is out of order, as codes, and whether the
// kiosk can lend and take back now. It is asked often and must be quick.
type Health interface {
	Health() (codes []string, lending bool)
}

// Times of a visit. Large text doubles Warn and End.
type Times struct {
	Warn    time.Duration // without a touch or scan: ask
	End     time.Duration // then end; at least 20 s after Warn
	Goodbye time.Duration // how long the farewell stands
}

// Options of New. Opening, Interrupted, Ended, Recovery and Acknowledge may be left out.
type Options struct {
	Account Account
	Lending Lending
	Own     Own
	Printer Printer
	PickUp  string // the branch where a hold placed here waits
	// Opening tells the hours of the day; it must be quick. nil: not known.
	Opening func(now time.Time) *Today
	// Interrupted tells what was recorded of the newest visit since a moment,
	// asked after a restart and when the page was lost.
	Interrupted func(ctx context.Context, since time.Time) (library.LastVisit, error)
	// Ended records that the visit of a command came to its end, so that it is not
	// told as interrupted. It is called behind the visit: nobody waits for it.
	Ended        func(ctx context.Context, cmd library.Command) error
	Finding      Finding
	Codes        Codes
	Health       Health
	Times        Times
	Clock        func() time.Time
	NewID        func(at time.Time) string // kiosk's ids, for commands and visits
	Publish      func(Snapshot)            // called for each new snapshot, in order; must not call back
	Languages    []string                  // offered; the first is the default
	ReturnAtIdle bool                      // an item scanned at idle is returned at once
	PINLength    int
	Recovery     []string                  // groups of the recovery code still to be shown; nil = none
	Acknowledge  func() error              // the recovery code was written down
	Patience     time.Duration             // how long one call may take, its turn included; what is open then is unknown, what was not begun is not done
	Fault        func(error) (code string) // health code of an error that surely changed nothing; "" = outcome unknown
	Log          *slog.Logger
}

// ErrBadRequest: the page asked for something that cannot be.
var ErrBadRequest = errors.New("visit: bad request")

// Visit is the kiosk's one turn-taker. Start it with New, end it with Close.
type Visit struct {
	o        Options
	queue    chan func()
	stop     chan struct{}
	done     chan struct{}
	once     sync.Once
	latest   atomic.Pointer[Snapshot]
	revision uint64
	language string
	modes    Modes
	health   []string
	lending  bool
	touched  time.Time
	nonces   nonceMemory
	lastID   int
	turn     turn
	budget   context.Context // time of the running command, for all its acts together
	behind   sync.WaitGroup  // ends of visits being recorded
	before   *interrupted    // a visit that a stop cut short
	today    *Today
	shown    sync.Mutex // latest and aborting together
	aborting int        // the page is lost: nothing of a reader is published
}

// turn is all there is of one reader. It is replaced whole when a visit ends.
type turn struct {
	id       string
	screen   Screen
	warned   bool
	card     string // the last card scanned
	patron   string // patron id
	view     *Patron
	goal     Goal // of the sign-in and PIN screens
	proven   bool // the PIN was right in this visit
	category library.Category
	pin      *pinState
	wish     *wish
	held     *heldState
	own      *ownState
	home     Screen    // where "back" leads from the PIN, the search and the title page of a patron
	carried  []carried // books scanned before the card, in order
	entries  []entry
	find     Find
	words    []ReceiptLine   // the last word on each book or title, in order
	staff    []Title         // given back, but not into the box
	unsure   []unsure        // acts whose outcome is not known yet
	asking   bool            // one of them is asked about now
	asked    time.Time       // when that was last begun
	paper    library.Receipt // on the farewell: what would be printed
	sums     *Goodbye        // on the farewell
	notice   *Notice
	goodbye  time.Time     // when the farewell ends
	stands   time.Duration // how long it stands in all, when longer than usual
	cue      string
}

type pinState struct {
	wrong bool
	until time.Time
}

// entry is an Entry with what only Go may know of it.
type entry struct {
	Entry
	confirmed []string        // codes the reader has confirmed for this item
	asked     []string        // codes the reader is asked about now
	cmd       library.Command // of an unknown outcome: the act to ask for again
	renewing  bool            // that act is a renewal
}

// carried is a book that waits for a card or for "return".
type carried struct {
	barcode string
	title   Title
}

// New starts the visit on the idle screen, or on the recovery code.
func New(o Options) *Visit {
	v := &Visit{o: o, queue: make(chan func(), 64), stop: make(chan struct{}), done: make(chan struct{}),
		language: o.Languages[0], touched: o.Clock()}
	v.reset()
	v.health, v.lending = o.Health.Health()
	v.lookBack(v.touched)
	v.publish()
	go v.work()
	return v
}

// Close waits for the running command, and for the ends of visits that are being
// recorded. The visit that stands here now is cut off.
func (v *Visit) Close() {
	v.once.Do(func() { close(v.stop) })
	<-v.done
	v.behind.Wait()
}

func (v *Visit) work() {
	defer close(v.done)
	for {
		select {
		case <-v.stop:
			return
		case fn := <-v.queue:
			fn()
		}
	}
}

// Snapshot is the newest one; it never waits for a running command.
func (v *Visit) Snapshot() Snapshot { return *v.latest.Load() }

// ErrClosed: the visit was closed.
var ErrClosed = errors.New("visit: closed")

// inTurn passes a job through the queue and waits until it is done. Its time
// runs from now on, while it waits for its turn too.
func (v *Visit) inTurn(job func()) error {
	over := make(chan struct{})
	budget, spent := context.WithTimeout(context.Background(), v.o.Patience)
	defer spent()
	waiting := func() {
		defer close(over)
		v.budget = budget
		job()
	}
	select {
	case v.queue <- waiting:
	case <-v.stop:
		return ErrClosed
	}
	select {
	case <-over:
		return nil
	case <-v.done:
		return ErrClosed
	}
}

// run passes fn through the queue and publishes what it changed.
func (v *Visit) run(fn func() error) (Snapshot, error) {
	var err error
	closed := v.inTurn(func() {
		before := v.revision
		err = caught(fn)
		var fault *Fault
		if errors.As(err, &fault) {
			// Nobody knows what the visit is now: it starts anew.
			v.cutOff()
			v.publish()
		} else if err == nil && v.revision == before {
			v.publish()
		}
	})
	if closed != nil {
		return Snapshot{}, closed
	}
	return v.Snapshot(), err
}

// act runs a reader's act: it counts as activity, and an act with a nonce seen
// before is a retry of the page and does nothing.
func (v *Visit) act(nonce string, fn func(now time.Time) error) (Snapshot, error) {
	return v.run(func() error {
		if nonce != "" && !v.nonces.first(nonce) {
			return nil
		}
		now := v.o.Clock()
		v.touched, v.turn.warned, v.turn.cue = now, false, ""
		return fn(now)
	})
}

// reset drops everything of the reader and shows the idle screen.
func (v *Visit) reset() {
	v.turn = turn{screen: ScreenIdle, id: v.o.NewID(v.o.Clock())}
	if len(v.o.Recovery) > 0 {
		v.turn.screen = ScreenRecovery
	}
}

// end ends the visit: everything of the reader goes, also what they set.
func (v *Visit) end() {
	v.recordEnd()
	v.cutOff()
}

// cutOff is the end of a visit that did not come to one.
func (v *Visit) cutOff() {
	v.reset()
	v.language, v.modes = v.o.Languages[0], Modes{}
}

// newTurn ends the visit but for the language and the modes, which belong to
// whoever stands here and has not ended yet.
func (v *Visit) newTurn(s Screen) {
	v.recordEnd()
	v.reset()
	v.turn.screen = s
}

// Abort ends the visit at once, without a farewell: the page was lost, or
// staff take over. Nothing of the reader is shown from the moment of the call,
// even while a command still runs.
func (v *Visit) Abort() (Snapshot, error) {
	v.shown.Lock()
	v.aborting++
	s := v.Snapshot()
	v.latest.Store(&Snapshot{Revision: s.Revision, Screen: ScreenIdle, Language: v.o.Languages[0], Entries: []Entry{}, Carried: []Title{}, Health: s.Health, Lending: s.Lending})
	v.shown.Unlock()
	return v.run(func() error {
		v.shown.Lock()
		v.aborting--
		v.shown.Unlock()
		cut := v.turn.screen != ScreenIdle && v.turn.screen != ScreenGoodbye
		v.cutOff()
		if cut {
			v.lookBack(v.o.Clock())
		}
		return nil
	})
}

// Touch says that somebody is there.
func (v *Visit) Touch() (Snapshot, error) {
	return v.act("", func(time.Time) error { return nil })
}

// SetLanguage changes the language until the visit ends.
func (v *Visit) SetLanguage(lang string) (Snapshot, error) {
	return v.act("", func(time.Time) error {
		for _, l := range v.o.Languages {
			if l == lang {
				v.language = lang
				return nil
			}
		}
		return ErrBadRequest
	})
}

// SetModes changes the reader's modes until the visit ends.
func (v *Visit) SetModes(m Modes) (Snapshot, error) {
	return v.act("", func(time.Time) error { v.modes = m; return nil })
}

// AcknowledgeRecovery says that the recovery code was written down.
func (v *Visit) AcknowledgeRecovery() (Snapshot, error) {
	return v.act("", func(time.Time) error {
		if len(v.o.Recovery) == 0 {
			return nil
		}
		if err := v.o.Acknowledge(); err != nil {
			return err
		}
		v.o.Recovery = nil
		v.end()
		return nil
	})
}

// Dismiss puts away a notice or a refused entry the reader has read. The
// farewell still counts it.
func (v *Visit) Dismiss(id string) (Snapshot, error) {
	return v.act("", func(time.Time) error {
		if v.turn.notice != nil && v.turn.notice.ID == id {
			v.turn.notice = nil
		}
		for i, e := range v.turn.entries {
			if e.ID == id && (e.Outcome == OutcomeRefused || e.Outcome == OutcomeDeclined) {
				v.turn.entries = append(v.turn.entries[:i:i], v.turn.entries[i+1:]...)
				break
			}
		}
		return nil
	})
}
