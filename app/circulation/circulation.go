// Package circulation lends and takes back, keeps holds and charges, and says
// what the library's terms are: one use case a method, one transaction each. It
// gathers the facts, lets library decide, and records the decision with its
// ledger entry. Every method that changes something is exactly-once per command
// id and returns only when the change is durable.
package circulation

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// Options of New.
type Options struct {
	Records    *records.Records
	Zone       *time.Location
	Branch     string        // where the kiosk stands
	SecondScan time.Duration // a check-in scanned again within this is harmless
	Log        *slog.Logger  // told the kinds of records that cannot be read; nil = nobody
}

// Service lends and takes back. Safe for concurrent use.
type Service struct{ o Options }

// New prepares the service; it does not touch the store.
func New(o Options) *Service {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Service{o: o}
}

// errUnchanged ends a change that has nothing to write: nothing is recorded.
var errUnchanged = errors.New("circulation: nothing to change")

// thing is an item with its title, as one transaction saw them.
type thing struct {
	known bool
	item  library.Item
	title library.Title
}

func findThing(t *records.Tx, barcode string) (thing, error) {
	it, err := t.ItemByBarcode(barcode)
	if errors.Is(err, records.ErrNotFound) {
		return thing{}, nil
	}
	if err != nil {
		return thing{}, fmt.Errorf("item: %w", err)
	}
	title, err := t.Title(it.TitleID)
	if err != nil {
		return thing{}, fmt.Errorf("title of item: %w", err)
	}
	return thing{known: true, item: it, title: title}, nil
}

// Look finds what a barcode stands for and changes nothing.
func (s *Service) Look(ctx context.Context, barcode string) (library.LoanAnswer, error) {
	var th thing
	err := s.o.Records.View(ctx, func(t *records.Tx) (err error) { th, err = findThing(t, barcode); return err })
	return library.LoanAnswer{Known: th.known, Item: th.item, Title: th.title}, err
}

func (s *Service) today(cmd library.Command) library.Date { return library.DateOf(cmd.At, s.o.Zone) }

// patronFacts are those of a patron who was let in: the card was looked at then.
func (s *Service) patronFacts(t *records.Tx, patron string, today library.Date) (library.PatronFacts, error) {
	return t.PatronFacts(patron, library.Card{Patron: patron, State: library.CardActive}, today)
}

func openLoan(t *records.Tx, it library.Item) (*library.Loan, error) {
	if it.LoanID == "" {
		return nil, nil
	}
	l, err := t.Loan(it.LoanID)
	if err != nil {
		return nil, fmt.Errorf("loan of item: %w", err)
	}
	return &l, nil
}

// passOver drops the error of a record that is missing or cannot be read, where
// the rest is told without it. The log names the kind and nothing else: which one
// it is would say what somebody reads, and records.Check tells it.
func (s *Service) passOver(kind string, err error) error {
	if !records.Unusable(err) {
		return err
	}
	s.notReadable(kind)
	return nil
}

func (s *Service) notReadable(kind string) { s.o.Log.Warn("record not readable", "kind", kind) }

// describe reads an item and its title, to be told; title is the one to go by
// where the item cannot be read, "" for none. What cannot be read stays empty but
// for the item's id; whole is false then.
func (s *Service) describe(t *records.Tx, id, title string) (th thing, whole bool, err error) {
	th.item, err = t.Item(id)
	if whole = err == nil; whole {
		title = th.item.TitleID
	}
	if err = s.passOver("item", err); err != nil {
		return th, false, fmt.Errorf("item: %w", err)
	}
	th.item.ID = id
	if title == "" {
		return th, whole, nil
	}
	th.title, err = t.Title(title)
	whole = whole && err == nil
	if err = s.passOver("title", err); err != nil {
		return th, false, fmt.Errorf("title of item: %w", err)
	}
	return th, whole, nil
}

func subjects(ids ...string) []string {
	var out []string
	for _, id := range ids {
		if id != "" {
			out = append(out, id)
		}
	}
	return out
}

// born is a patron's sealed birth date; zero when there is none.
func born(t *records.Tx, patron string) (library.Date, error) {
	p, err := t.Personal(patron)
	if err != nil && !errors.Is(err, records.ErrNotFound) {
		return library.Date{}, fmt.Errorf("birth date: %w", err)
	}
	return p.Born, nil
}

// facets are what the statistics count by, as they were at this moment. p is nil
// when the act is nobody's.
func (s *Service) facets(t *records.Tx, p *library.Patron, th thing, at time.Time) (map[string]string, error) {
	f := map[string]string{"branch": s.o.Branch}
	if p != nil {
		f["category"] = string(p.Category)
		birth, err := born(t, p.ID)
		if err != nil {
			return nil, err
		}
		if !birth.IsZero() {
			f["age"] = ageBand(library.Age(birth, library.DateOf(at, s.o.Zone)))
		}
	}
	if th.known {
		f["type"] = string(th.item.Type)
	}
	if th.title.ID != "" {
		f["class"] = classLetter(th.title.Class)
	}
	return f, nil
}

func ageBand(age int) string {
	switch {
	case age < 7:
		return "0-6"
	case age < 14:
		return "7-13"
	case age < 18:
		return "14-17"
	case age < 60:
		return "18-59"
	}
	return "60+"
}

func classLetter(class string) string {
	for _, first := range class {
		return strings.ToUpper(string(first))
	}
	return "?"
}
