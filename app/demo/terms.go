package demo

import (
	"context"
	"time"

	"shuting/app/library"
)

// What the demo library decided for itself, invented like its readers: what a
// lost and a damaged book cost, and that staff renew near the due date only, so
// that charges and renew_too_soon can be seen. In fen and days.
const (
	lostBookFen       = 5000
	lostPeriodicalFen = 2000
	damagedFen        = 500
	staffRenewFrom    = 14
)

// terms are the published ones with what the demo library decided. No weekday is
// closed: a book that is due in two days is due in two days on every day that
// the demo is made.
func terms() library.Terms {
	t := library.Terms{Policies: library.DefaultPolicies()}
	for i := range t.Policies {
		p := &t.Policies[i]
		p.LostFen, p.DamagedFen = lostBookFen, damagedFen
		if p.ItemType == string(library.Periodical) {
			p.LostFen = lostPeriodicalFen
		}
		if p.Category == string(library.StaffMember) && p.Renewals > 0 {
			p.RenewFromDays = staffRenewFrom
		}
	}
	for w := time.Sunday; w <= time.Saturday; w++ {
		open := library.Span{From: 9 * 60, To: 20*60 + 30}
		if w == time.Monday {
			open.From = 13 * 60 // the morning is for putting books in order
		}
		t.Calendar.Hours = append(t.Calendar.Hours, library.WeekdayHours{Weekday: w, Spans: []library.Span{open}})
	}
	return t
}

// setTerms puts the demo's terms into force, where nobody has put others there.
func (f *filler) setTerms(ctx context.Context, cmd library.Command) error {
	now, err := f.o.Circulation.Terms(ctx)
	if err != nil {
		return err
	}
	if published := (library.Terms{Policies: library.DefaultPolicies()}); len(published.Changes(now)) > 0 {
		return nil
	}
	_, err = f.o.Circulation.SetTerms(ctx, cmd, terms())
	return err
}
