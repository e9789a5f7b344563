// Package circulation lends and takes back: one use case a method, one
// transaction each. It gathers the facts, lets library decide, and records the
// decision with its ledger entry. Every method is exactly-once per command id
// and returns only when the change is durable.
package circulation

import (
	"context"
	"errors"
	"fmt"
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
}

// Service lends and takes back. Safe for concurrent use.
type Service struct{ o Options }

// New prepares the service; it does not touch the store.
func New(o Options) *Service { return &Service{o: o} }

// loanResult is what the ledger keeps of a check-out or renewal.
type loanResult struct {
	Item      string
	Title     string
	Loan      string
	Due       library.Date
	Reasons   []library.Reason
	Confirmed []string
}

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

// CheckOut lends an item to a patron, or says every reason why not. confirmed
// are the codes the reader has confirmed for this item in this visit.
func (s *Service) CheckOut(ctx context.Context, cmd library.Command, patron, barcode string, confirmed []string) (library.LoanAnswer, error) {
	loanID := records.NewID(s.o.Records.Kiosk(), cmd.At)
	done, err := s.o.Records.Do(ctx, cmd, "check_out", func(t *records.Tx) (records.Outcome, error) {
		th, err := findThing(t, barcode)
		if err != nil {
			return records.Outcome{}, err
		}
		f, err := s.checkOutFacts(t, cmd, patron, th, confirmed)
		if err != nil {
			return records.Outcome{}, err
		}
		d := library.DecideCheckOut(f)
		res := loanResult{Item: th.item.ID, Title: th.item.TitleID, Due: d.Due, Reasons: d.Reasons, Confirmed: confirmed}
		out := records.Outcome{Code: "refused", Subjects: subjects(patron, th.item.ID), Facets: s.facets(f.Who.Patron, f.Born, th, cmd.At)}
		if d.Allowed() {
			out.Code, res.Loan = "done", loanID
			out.Subjects = append(out.Subjects, loanID)
			if err := s.lend(t, cmd, f, d, loanID); err != nil {
				return records.Outcome{}, err
			}
		}
		out.Result = res
		return out, nil
	})
	return s.loanAnswer(ctx, done, err)
}

// checkOutFacts gathers what DecideCheckOut asks for.
func (s *Service) checkOutFacts(t *records.Tx, cmd library.Command, patron string, th thing, confirmed []string) (library.CheckOutFacts, error) {
	policies, calendar, err := t.Terms()
	if err != nil {
		return library.CheckOutFacts{}, err
	}
	today := library.DateOf(cmd.At, s.o.Zone)
	who, err := t.PatronFacts(patron, library.Card{Patron: patron, State: library.CardActive}, today)
	if err != nil {
		return library.CheckOutFacts{}, err
	}
	f := library.CheckOutFacts{Now: cmd.At, Zone: s.o.Zone, Branch: s.o.Branch, Calendar: calendar, Policies: policies, Who: who, Confirmed: confirmed}
	p, err := t.Personal(patron)
	if err != nil && !errors.Is(err, records.ErrNotFound) {
		return f, err
	}
	f.Born = p.Born
	if !th.known {
		return f, nil
	}
	f.Item, f.TitleAge = &th.item, th.title.MinAge
	if f.Loan, err = openLoan(t, th.item); err != nil {
		return f, err
	}
	for _, l := range who.Loans {
		if l.Title == th.item.TitleID && l.Item != th.item.ID {
			f.TitleLoan = &l
			break
		}
	}
	if f.Queue, err = t.Queue(th.item.TitleID); err != nil {
		return f, err
	}
	if th.item.HoldID != "" {
		h, err := t.Hold(th.item.HoldID)
		if err != nil {
			return f, fmt.Errorf("hold the item waits for: %w", err)
		}
		f.Ready = &h
	}
	return f, nil
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

// lend writes the loan and everything that must agree with it.
func (s *Service) lend(t *records.Tx, cmd library.Command, f library.CheckOutFacts, d library.CheckOutDecision, loanID string) error {
	if f.Loan != nil {
		// A lost item came back in somebody's hand: its old loan ends here.
		if err := closeLoan(t, *f.Loan, cmd.At); err != nil {
			return err
		}
	}
	patron := f.Who.Patron.ID
	// Read again: closing the old loan may have changed this very record.
	standing, err := t.Standing(patron)
	if err != nil {
		return err
	}
	standing.Loans++
	standing.ByType[f.Item.Type]++
	if d.Fulfils != "" {
		h, err := t.Hold(d.Fulfils)
		if err != nil {
			return fmt.Errorf("hold to fulfil: %w", err)
		}
		h.State, h.Item = library.HoldFulfilled, f.Item.ID
		if err := t.PutHold(h); err != nil {
			return err
		}
		standing.Holds--
	}
	if err := t.PutStanding(patron, standing); err != nil {
		return err
	}
	it := *f.Item
	it.State, it.LoanID, it.HoldID, it.At = library.ItemOnLoan, loanID, "", s.o.Branch
	it.Loans++
	if err := t.PutItem(it); err != nil {
		return err
	}
	return t.PutLoan(library.Loan{ID: loanID, Patron: patron, Item: it.ID, Title: it.TitleID, ItemType: it.Type,
		Out: cmd.At.UTC(), Due: d.Due, Branch: s.o.Branch, Origin: "own"})
}

// closeLoan ends a loan and counts it off its patron.
func closeLoan(t *records.Tx, l library.Loan, at time.Time) error {
	l.ReturnedAt = at.UTC()
	if err := t.PutLoan(l); err != nil {
		return err
	}
	standing, err := t.Standing(l.Patron)
	if err != nil {
		return err
	}
	standing.Loans--
	if standing.ByType[l.ItemType]--; standing.ByType[l.ItemType] == 0 {
		delete(standing.ByType, l.ItemType)
	}
	return t.PutStanding(l.Patron, standing)
}

// Renew lengthens the patron's own loan of an item, or says why not.
func (s *Service) Renew(ctx context.Context, cmd library.Command, patron, barcode string) (library.LoanAnswer, error) {
	done, err := s.o.Records.Do(ctx, cmd, "renew", func(t *records.Tx) (records.Outcome, error) {
		th, err := findThing(t, barcode)
		if err != nil {
			return records.Outcome{}, err
		}
		loan, err := openLoan(t, th.item)
		if err != nil {
			return records.Outcome{}, err
		}
		res := loanResult{Item: th.item.ID, Title: th.item.TitleID}
		out := records.Outcome{Code: "refused", Subjects: subjects(patron, th.item.ID)}
		if loan == nil || loan.Patron != patron {
			// Returned or found in the meantime: there is nothing to renew.
			res.Reasons = []library.Reason{{Code: library.RenewItemBlocked, Mark: library.Block}}
			out.Result = res
			return out, nil
		}
		d, who, err := s.decideRenew(t, cmd, th, *loan)
		if err != nil {
			return records.Outcome{}, err
		}
		res.Reasons, res.Due, res.Loan = d.Reasons, d.Due, loan.ID
		if len(d.Reasons) == 0 {
			out.Code = "done"
			loan.Due = d.Due
			loan.Renewals++
			if err := t.PutLoan(*loan); err != nil {
				return records.Outcome{}, err
			}
			// The guard is written too: a renewal and a hold or check-out that
			// look at the same patron cannot both go by stale counts.
			if err := t.PutStanding(patron, who.Standing); err != nil {
				return records.Outcome{}, err
			}
		}
		out.Subjects = append(out.Subjects, loan.ID)
		out.Facets = s.facets(who.Patron, library.Date{}, th, cmd.At)
		out.Result = res
		return out, nil
	})
	return s.loanAnswer(ctx, done, err)
}

func (s *Service) decideRenew(t *records.Tx, cmd library.Command, th thing, loan library.Loan) (library.RenewDecision, library.PatronFacts, error) {
	policies, calendar, err := t.Terms()
	if err != nil {
		return library.RenewDecision{}, library.PatronFacts{}, err
	}
	today := library.DateOf(cmd.At, s.o.Zone)
	who, err := t.PatronFacts(loan.Patron, library.Card{Patron: loan.Patron, State: library.CardActive}, today)
	if err != nil {
		return library.RenewDecision{}, who, err
	}
	queue, err := t.Queue(loan.Title)
	if err != nil {
		return library.RenewDecision{}, who, err
	}
	return library.DecideRenew(library.RenewFacts{Now: cmd.At, Zone: s.o.Zone, Branch: s.o.Branch, Calendar: calendar,
		Policies: policies, Who: who, Item: &th.item, Loan: loan, Queue: queue}), who, nil
}

func (s *Service) loanAnswer(ctx context.Context, done records.Done, err error) (library.LoanAnswer, error) {
	if err != nil {
		return library.LoanAnswer{}, err
	}
	var res loanResult
	if err := done.Result(&res); err != nil {
		return library.LoanAnswer{}, err
	}
	a := library.LoanAnswer{Known: res.Item != "", Loan: res.Loan, Due: res.Due, Reasons: res.Reasons}
	if a.Known {
		err = s.o.Records.View(ctx, func(t *records.Tx) error { return describe(t, res.Item, &a.Item, &a.Title) })
	}
	return a, err
}

func describe(t *records.Tx, id string, item *library.Item, title *library.Title) (err error) {
	if *item, err = t.Item(id); err != nil {
		return fmt.Errorf("item: %w", err)
	}
	if *title, err = t.Title(item.TitleID); err != nil {
		return fmt.Errorf("title of item: %w", err)
	}
	return nil
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

// facets are what the statistics count by, as they were at this moment.
func (s *Service) facets(p *library.Patron, born library.Date, th thing, at time.Time) map[string]string {
	f := map[string]string{"branch": s.o.Branch}
	if p != nil {
		f["category"] = string(p.Category)
	}
	if !born.IsZero() {
		f["age"] = ageBand(library.Age(born, library.DateOf(at, s.o.Zone)))
	}
	if th.known {
		f["type"] = string(th.item.Type)
		f["class"] = classLetter(th.title.Class)
	}
	return f
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
