// Package patrons answers who may use the kiosk: it finds a reader by card,
// checks the PIN where the setting asks for one, and keeps the delays that
// grow with wrong tries. Delays are in the store, so a restart does not wipe
// them; no card is ever locked for good.
//
// Where a PIN is asked, an unknown card and a wrong PIN get the same answer
// after the same work, and what is wrong with a card itself is told only after
// the right PIN.
package patrons

import (
	"context"
	"errors"
	"fmt"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// Options of New.
type Options struct {
	Records *records.Records
	Zone    *time.Location
	Branch  string // where the kiosk stands
	AskPIN  bool
	Delays  Delays
}

// Service finds and checks readers. Safe for concurrent use.
type Service struct{ o Options }

// New prepares the service; it does not touch the store.
func New(o Options) *Service { return &Service{o: o} }

// lookup is what a card number leads to.
type lookup struct {
	patron string // "" = unknown card
	card   library.Card
	hash   string
}

func (l lookup) subjects() []string {
	if l.patron == "" {
		return nil
	}
	return []string{l.patron}
}

func (s *Service) find(t *records.Tx, cardKey string) (lookup, error) {
	card, err := t.CardByKey(cardKey)
	if errors.Is(err, records.ErrNotFound) {
		return lookup{hash: nobodysHash}, nil
	}
	if err != nil {
		return lookup{}, fmt.Errorf("card: %w", err)
	}
	l := lookup{patron: card.Patron, card: card}
	l.hash, err = t.PINHash(card.Patron)
	if errors.Is(err, records.ErrNotFound) {
		l.hash, err = nobodysHash, nil
	}
	return l, err
}

// SignIn takes a scanned card. With PINs it only asks for the PIN (or says how
// long to wait) and tells nothing of the card.
func (s *Service) SignIn(ctx context.Context, cmd library.Command, number string) (library.SignInAnswer, error) {
	if s.o.AskPIN {
		return s.AskPIN(ctx, cmd, number)
	}
	var l lookup
	err := s.o.Records.View(ctx, func(t *records.Tx) (err error) {
		l, err = s.find(t, s.o.Records.CardKey(number))
		return err
	})
	if err != nil {
		return library.SignInAnswer{}, err
	}
	return s.admit(ctx, cmd, l)
}

// AskPIN is SignIn for what always wants the PIN, a reader's own page: it asks
// for it, or says how long to wait, and tells nothing of the card.
func (s *Service) AskPIN(ctx context.Context, cmd library.Command, number string) (library.SignInAnswer, error) {
	wait, err := s.waiting(ctx, s.o.Records.CardKey(number), cmd.At)
	return library.SignInAnswer{NeedPIN: true, Wait: wait}, err
}

// EnterPIN checks a card with its PIN.
func (s *Service) EnterPIN(ctx context.Context, cmd library.Command, number, pin string) (library.SignInAnswer, error) {
	cardKey := s.o.Records.CardKey(number)
	wait, err := s.waiting(ctx, cardKey, cmd.At)
	if err != nil || wait > 0 {
		return library.SignInAnswer{NeedPIN: true, Wait: wait}, err
	}
	var l lookup
	err = s.o.Records.View(ctx, func(t *records.Tx) (err error) { l, err = s.find(t, cardKey); return err })
	if err != nil {
		return library.SignInAnswer{}, err
	}
	right := checkPIN(l.hash, s.o.Records.Pepper(l.patron, pin)) && l.patron != ""
	return s.try(ctx, cmd, cardKey, l, right)
}

// cardTrouble are the reasons that keep a card from signing in at all; others
// are shown after sign-in, because the reader may still return or look.
var cardTrouble = map[string]bool{
	library.CardUnknown: true, library.CardExpired: true, library.CardIsLost: true, library.CardIsReplaced: true,
}

type signInResult struct{ Codes []string }

// admit records the sign-in and says what the visit may know.
func (s *Service) admit(ctx context.Context, cmd library.Command, l lookup) (library.SignInAnswer, error) {
	var answer library.SignInAnswer
	done, err := s.o.Records.Do(ctx, cmd, "sign_in", func(t *records.Tx) (records.Outcome, error) {
		var err error
		answer, err = s.judge(t, cmd.At, l)
		if err != nil {
			return records.Outcome{}, err
		}
		return signInOutcome(l, answer), nil
	})
	if err != nil {
		return library.SignInAnswer{}, err
	}
	return s.again(ctx, cmd, l, done, answer)
}

// again judges anew when the command was a repeat: the ledger keeps no answer
// with a reader's name in it.
func (s *Service) again(ctx context.Context, cmd library.Command, l lookup, done records.Done, answer library.SignInAnswer) (library.SignInAnswer, error) {
	var err error
	if done.Replayed {
		err = s.o.Records.View(ctx, func(t *records.Tx) (err error) { answer, err = s.judge(t, cmd.At, l); return err })
	}
	return answer, err
}

func signInOutcome(l lookup, a library.SignInAnswer) records.Outcome {
	out := records.Outcome{Code: "done", Subjects: l.subjects()}
	var res signInResult
	for _, r := range a.Reasons {
		out.Code = "refused"
		res.Codes = append(res.Codes, r.Code)
	}
	out.Result = res
	return out
}

func (s *Service) judge(t *records.Tx, now time.Time, l lookup) (library.SignInAnswer, error) {
	policies, _, err := t.Terms()
	if err != nil {
		return library.SignInAnswer{}, err
	}
	if l.patron == "" {
		return library.SignInAnswer{Reasons: library.DecideStanding(now, s.o.Zone, s.o.Branch, library.PatronFacts{}, library.Policy{})}, nil
	}
	who, err := t.PatronFacts(l.patron, l.card, library.DateOf(now, s.o.Zone))
	if err != nil {
		return library.SignInAnswer{}, err
	}
	pol, _ := policies.For(who.Patron.Category, library.Book, s.o.Branch)
	var trouble, standing []library.Reason
	for _, r := range library.DecideStanding(now, s.o.Zone, s.o.Branch, who, pol) {
		if cardTrouble[r.Code] {
			trouble = append(trouble, r)
		} else {
			standing = append(standing, r)
		}
	}
	if len(trouble) > 0 {
		return library.SignInAnswer{Reasons: trouble}, nil
	}
	p, err := t.Personal(l.patron)
	if err != nil && !errors.Is(err, records.ErrNotFound) {
		return library.SignInAnswer{}, err
	}
	return library.SignInAnswer{Visitor: &library.Visitor{
		PatronID: l.patron, MaskedName: library.MaskName(p.Name), Category: who.Patron.Category,
		Loans: who.Standing.Loans, LoanLimit: pol.LoanLimit, LoanDays: pol.LoanDays, Standing: standing,
	}}, nil
}
