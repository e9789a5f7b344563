package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"time"

	"shuting/app/bridge"
	"shuting/app/catalogue"
	"shuting/app/covers"
	"shuting/app/library"
	"shuting/app/patrons"
	"shuting/app/records"
	"shuting/app/store/badgerstore"
	"shuting/app/visit"
	"shuting/app/window"
)

// errClosed: the library is not open; nothing can be done at this kiosk.
var errClosed = errors.New("the library is not open")

// closedDesk stands in for the library that was not opened: it knows nobody
// and does nothing.
type closedDesk struct{ code string }

func (d closedDesk) Health() ([]string, bool) { return []string{d.code}, false }
func (closedDesk) SignIn(context.Context, library.Command, string) (library.SignInAnswer, error) {
	return library.SignInAnswer{}, errClosed
}
func (closedDesk) EnterPIN(context.Context, library.Command, string, string) (library.SignInAnswer, error) {
	return library.SignInAnswer{}, errClosed
}
func (closedDesk) Look(context.Context, string) (library.LoanAnswer, error) {
	return library.LoanAnswer{}, errClosed
}
func (closedDesk) AskPIN(context.Context, library.Command, string) (library.SignInAnswer, error) {
	return library.SignInAnswer{}, errClosed
}
func (closedDesk) CheckOut(context.Context, library.Command, string, string, []string) (library.LoanAnswer, error) {
	return library.LoanAnswer{}, errClosed
}
func (closedDesk) CheckIn(context.Context, library.Command, string) (library.ReturnAnswer, error) {
	return library.ReturnAnswer{}, errClosed
}
func (closedDesk) TitleOf(context.Context, string) (string, error) { return "", errClosed }
func (closedDesk) Find(context.Context, catalogue.Query) (catalogue.Page, error) {
	return catalogue.Page{}, errClosed
}
func (closedDesk) Title(context.Context, string) (catalogue.TitleView, error) {
	return catalogue.TitleView{}, errClosed
}
func (closedDesk) Shelves() catalogue.Shelves {
	return catalogue.Shelves{Classes: []catalogue.ClassCount{}, Languages: []catalogue.LanguageCount{}}
}
func (closedDesk) Called(context.Context, string) (library.Title, bool, error) {
	return library.Title{}, false, errClosed
}
func (closedDesk) RenewAll(context.Context, library.Command, string) ([]library.RenewAnswer, error) {
	return nil, errClosed
}
func (closedDesk) PlaceHold(context.Context, library.Command, string, string, library.ItemType, string) (library.HoldAnswer, error) {
	return library.HoldAnswer{}, errClosed
}
func (closedDesk) CancelHold(context.Context, library.Command, string, string) (bool, error) {
	return false, errClosed
}
func (closedDesk) SetHistory(context.Context, library.Command, string, bool) error { return errClosed }
func (closedDesk) Outcome(context.Context, string) (library.Told, error) {
	return library.Told{}, errClosed
}
func (closedDesk) Loans(context.Context, string, time.Time) ([]library.AccountLoan, error) {
	return nil, errClosed
}
func (closedDesk) Holds(context.Context, string, time.Time) ([]library.AccountHold, error) {
	return nil, errClosed
}
func (closedDesk) Charges(context.Context, string) ([]library.AccountCharge, error) {
	return nil, errClosed
}
func (closedDesk) History(context.Context, string, int) (library.ReadingHistory, error) {
	return library.ReadingHistory{}, errClosed
}
func (closedDesk) Renew(context.Context, library.Command, string, string) (library.LoanAnswer, error) {
	return library.LoanAnswer{}, errClosed
}

// showsClosed tells whether a failed start is one that the public should be
// told of on the glass: the library is damaged, its keys are gone, its disk is
// full. A mistake in the settings, a second instance or a demo folder are for
// the person who typed the command.
func showsClosed(err error) bool {
	var refused *badgerstore.OpenError
	return errors.Is(err, records.ErrNewer) || errors.Is(err, records.ErrBroken) ||
		errors.As(err, &refused) && !errors.Is(err, badgerstore.ErrInUse)
}

// newClosed makes a kiosk that only says that it cannot be used and where to
// go, instead of a black screen or the last picture. Nothing is opened.
func newClosed(o Options, why error) (*Kiosk, error) {
	cfg, err := settings(o)
	if err != nil {
		return nil, err
	}
	codes, err := newScanCodes(cfg.Scan)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(o.Out, "shuting: %v\nThe kiosk shows that it is closed.\n", why)
	log := slog.New(slog.NewTextHandler(o.Out, nil))
	ctx, stop := context.WithCancel(context.Background())
	opening := o
	o.Demo = false // nothing to tap: there is no library behind it
	k := &Kiosk{o: o, house: &house{cfg: cfg, log: log, covers: covers.New(filepath.Join(cfg.Data.Dir, coversFolder), time.Now)}, stop: stop, opened: make(chan struct{})}
	close(k.opened)
	k.rest = newRest(k.freshPage)
	k.stopping = window.NewStopping(k.overdue)
	desk := closedDesk{code: healthStore}
	var refused *badgerstore.OpenError
	if errors.As(why, &refused) && refused.Code == badgerstore.CodeNoSpace {
		desk.code = healthNoSpace
	}
	k.visit = visit.New(visit.Options{Account: desk, Lending: desk, Own: desk, Printer: noPaper{}, PickUp: cfg.Kiosk.Branch, Finding: desk, Codes: codes, Health: desk,
		Times: visit.Times{Warn: cfg.Visit.Warn, End: cfg.Visit.End, Goodbye: cfg.Visit.Goodbye},
		Clock: time.Now, NewID: func(at time.Time) string { return records.NewID(cfg.Kiosk.ID, at) },
		Publish: k.show, Languages: languages(cfg.Language), PINLength: patrons.PINLength,
		Patience: patience, Fault: func(error) string { return desk.code }, Log: slog.New(slog.DiscardHandler)})
	k.bridge = bridge.New(bridge.Options{Visit: k.visit, Hello: k.hello(), Finder: desk, Beat: k.beat, Log: log,
		Samples: bridge.Samples{Cards: []bridge.SampleCard{}, Books: []bridge.SampleBook{}}})
	k.behind.Go(func() { k.visit.Run(ctx) })
	k.behind.Go(func() { k.rest.run(ctx) })
	k.behind.Go(func() { k.tryAgain(ctx, opening) })
	return k, nil
}

// retryEvery is how often a closed kiosk looks whether its library opens again:
// space was freed, a disk came back, a backup was restored.
const retryEvery = time.Minute

// tryAgain ends this run when the library opens, so that the program starts
// anew with it; no person is needed.
func (k *Kiosk) tryAgain(ctx context.Context, o Options) {
	every := time.NewTicker(retryEvery)
	defer every.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
		o.Out = io.Discard
		h, err := open(ctx, o)
		if err != nil {
			continue
		}
		if err := h.Close(); err != nil {
			continue
		}
		k.again.Store(true)
		k.stopping.Now()
		return
	}
}
