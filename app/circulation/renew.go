package circulation

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"

	"shuting/app/library"
	"shuting/app/records"
)

// Renew lengthens the patron's own loan of an item, or says why not.
func (s *Service) Renew(ctx context.Context, cmd library.Command, patron, barcode string) (library.LoanAnswer, error) {
	done, err := s.o.Records.Do(ctx, cmd, opRenew, func(t *records.Tx) (records.Outcome, error) {
		th, err := findThing(t, barcode)
		if err != nil {
			return records.Outcome{}, err
		}
		loan, err := openLoan(t, th.item)
		if err != nil {
			return records.Outcome{}, err
		}
		if loan == nil || loan.Patron != patron {
			return s.nothingToRenew(t, cmd, patron, th)
		}
		d, who, err := s.decideRenew(t, cmd, th.item, *loan)
		if err != nil {
			return records.Outcome{}, err
		}
		out := records.Outcome{Code: "refused", Subjects: subjects(patron, th.item.ID, loan.ID),
			Result: loanResult{Item: th.item.ID, Title: th.item.TitleID, Loan: loan.ID, Due: d.Due, Reasons: d.Reasons}}
		if out.Facets, err = s.facets(t, who.Patron, th, cmd.At); err != nil || len(d.Reasons) > 0 {
			return out, err
		}
		out.Code = "done"
		loan.Due = d.Due
		loan.Renewals++
		if err := t.PutLoan(*loan); err != nil {
			return out, err
		}
		// The guard is written too: a renewal and a hold or check-out that
		// look at the same patron cannot both go by stale counts.
		return out, t.PutStanding(patron, who.Standing)
	})
	return s.loanAnswer(ctx, done, err)
}

// nothingToRenew answers for an item that was returned or found in the meantime,
// or never was the patron's.
func (s *Service) nothingToRenew(t *records.Tx, cmd library.Command, patron string, th thing) (records.Outcome, error) {
	p, err := t.Patron(patron)
	if err != nil {
		return records.Outcome{}, err
	}
	why := map[string]string{"why": library.ItemUnknown}
	out := records.Outcome{Code: "refused", Subjects: subjects(patron, th.item.ID), Result: loanResult{Item: th.item.ID, Title: th.item.TitleID,
		Reasons: []library.Reason{{Code: library.RenewItemBlocked, Mark: library.Block, Params: why}}}}
	out.Facets, err = s.facets(t, &p, th, cmd.At)
	return out, err
}

func (s *Service) decideRenew(t *records.Tx, cmd library.Command, it library.Item, loan library.Loan) (library.RenewDecision, library.PatronFacts, error) {
	policies, calendar, err := t.Terms()
	if err != nil {
		return library.RenewDecision{}, library.PatronFacts{}, err
	}
	who, err := s.patronFacts(t, loan.Patron, s.today(cmd))
	if err != nil {
		return library.RenewDecision{}, who, err
	}
	queue, err := t.Queue(loan.Title)
	if err != nil {
		return library.RenewDecision{}, who, err
	}
	return library.DecideRenew(library.RenewFacts{Now: cmd.At, Zone: s.o.Zone, Branch: s.o.Branch, Calendar: calendar,
		Policies: policies, Who: who, Item: &it, Loan: loan, Queue: queue}), who, nil
}

// renewAllResult is what the ledger keeps of a renewal of all: which loans it was
// about. What became of each stands under a command of its own.
type renewAllResult struct{ Loans []string }

// RenewAll renews every loan the patron has, each with its own answer, the one
// due first first. What it is about is recorded under cmd, each renewal under an
// id derived from it: a repeat after a crash goes on where it was, and does
// nothing twice. A loan that cannot be renewed because a record of it cannot be
// read is refused and does not hinder the others. After an error some loans may be
// renewed; the same command again tells.
func (s *Service) RenewAll(ctx context.Context, cmd library.Command, patron string) ([]library.RenewAnswer, error) {
	done, err := s.o.Records.Do(ctx, cmd, opRenewAll, func(t *records.Tx) (records.Outcome, error) {
		p, err := t.Patron(patron)
		if err != nil {
			return records.Outcome{}, err
		}
		loans, err := t.OpenLoans(patron)
		if err != nil {
			return records.Outcome{}, err
		}
		slices.SortStableFunc(loans, byDue)
		var res renewAllResult
		for _, l := range loans {
			res.Loans = append(res.Loans, l.ID)
		}
		out := records.Outcome{Code: "done", Subjects: subjects(patron), Result: res}
		out.Facets, err = s.facets(t, &p, thing{}, cmd.At)
		return out, err
	})
	if err != nil {
		return nil, err
	}
	var res renewAllResult
	if err := done.Result(&res); err != nil {
		return nil, err
	}
	answers := make([]library.RenewAnswer, len(res.Loans))
	failed := make([]error, len(res.Loans))
	// All at once: what waits together shares one durable commit.
	var all sync.WaitGroup
	for i, loan := range res.Loans {
		all.Go(func() { answers[i], failed[i] = s.renewLoan(ctx, cmd, patron, loan) })
	}
	all.Wait()
	if err := errors.Join(failed...); err != nil {
		// Some may be renewed: whatever the parts say of themselves, it cannot be
		// said of all that nothing was done.
		return nil, fmt.Errorf("renewal of all, begun: %v", err)
	}
	return answers, nil
}

func (s *Service) renewLoan(ctx context.Context, cmd library.Command, patron, loan string) (a library.RenewAnswer, err error) {
	refused := library.LoanAnswer{Loan: loan, Reasons: unreadable()}
	err = s.o.Records.View(ctx, func(t *records.Tx) error {
		l, err := t.Loan(loan)
		if err != nil {
			return err
		}
		it, err := t.Item(l.Item)
		a.Barcode = it.Barcode
		return err
	})
	if err != nil {
		a.LoanAnswer = refused
		return a, s.passOver("loan", err)
	}
	part := cmd
	part.ID = partOf(cmd.ID, loan)
	a.LoanAnswer, err = s.Renew(ctx, part, patron, a.Barcode)
	if errors.Is(err, records.ErrNotDone) && records.Unusable(err) {
		a.LoanAnswer = refused
		err = s.passOver("loan", err)
	}
	return a, err
}

// unreadable is why a loan is not renewed when a record it takes cannot be read.
func unreadable() []library.Reason {
	return []library.Reason{{Code: library.RenewItemBlocked, Mark: library.Block}}
}

// partOf is the id of the part of a command that is about one record. It keeps
// the form of the command's id, so that both are forgotten together.
func partOf(command, record string) string {
	sum := sha256.Sum256([]byte(record))
	return command + "." + hex.EncodeToString(sum[:8])
}

func byDue(a, b library.Loan) int { return cmp.Compare(a.Due.String(), b.Due.String()) }
