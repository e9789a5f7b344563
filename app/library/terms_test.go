package library

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAccept_L41_every_number_of_a_policy_has_a_column(t *testing.T) {
	found := []string{"Category", "ItemType", "Branch"}
	for _, f := range PolicyFields {
		var p Policy
		f.Set(&p, 1)
		if f.Get(p) != 1 {
			t.Errorf("%s: what is set is not read", f.Name)
		}
		v := reflect.ValueOf(p)
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				found = append(found, v.Type().Field(i).Name)
			}
		}
		if f.About == "" || f.Allowed() == "" || f.Max < f.Min {
			t.Errorf("%s: %+v", f.Name, f)
		}
	}
	typ := reflect.TypeFor[Policy]()
	for i := range typ.NumField() {
		if n := typ.Field(i).Name; !slices.Contains(found, n) {
			t.Errorf("no column sets Policy.%s", n)
		}
	}
	if len(found) != typ.NumField() {
		t.Errorf("%d columns for %d fields: %v", len(found), typ.NumField(), found)
	}
}

func TestAccept_L41_the_defaults_are_the_published_terms(t *testing.T) {
	ps := DefaultPolicies()
	if wrong := (Terms{Policies: ps}).Check(); len(wrong) > 0 {
		t.Fatalf("%+v", wrong)
	}
	for _, c := range []struct {
		category             Category
		item                 ItemType
		limit, kind, days    int
		renewals, renew, hld int
	}{
		{Adult, Book, 10, 0, 30, 1, 30, 5},
		{Child, Book, 10, 0, 30, 1, 30, 5},
		{Teen, Book, 10, 0, 30, 1, 30, 5},
		{Senior, Audiovisual, 10, 0, 30, 1, 30, 5},
		{StaffMember, Book, 20, 0, 60, 2, 60, 10},
		{Adult, Periodical, 10, 5, 15, 0, 0, 0},
		{StaffMember, Periodical, 20, 5, 15, 0, 0, 0},
		{Child, Reference, 10, 0, 0, 0, 0, 0},
		{Provisional, Book, 2, 0, 15, 0, 0, 0},
		{Provisional, Periodical, 2, 2, 15, 0, 0, 0},
	} {
		p, ok := ps.For(c.category, c.item, here)
		if !ok || p.LoanLimit != c.limit || p.TypeLimit != c.kind || p.LoanDays != c.days || p.Renewals != c.renewals || p.RenewDays != c.renew ||
			p.Holds != c.hld || p.OverdueFen != 0 || p.LostFen != 0 || p.DamagedFen != 0 || p.FoundDays == 0 {
			t.Errorf("%s, %s: %+v", c.category, c.item, p)
		}
	}
}

func TestAccept_L41_terms_that_mean_nothing_are_found(t *testing.T) {
	row := func(change func(*Policy)) Policy {
		p := DefaultPolicies()[0]
		p.Category = "adult"
		change(&p)
		return p
	}
	all := DefaultPolicies()[0]
	for _, c := range []struct {
		name string
		row  Policy
		want string
	}{
		{"a strange category", row(func(p *Policy) { p.Category = "adults" }), "category"},
		{"no category", row(func(p *Policy) { p.Category = "" }), "category"},
		{"a strange item type", row(func(p *Policy) { p.ItemType = "magazine" }), "item_type"},
		{"no branch", row(func(p *Policy) { p.Branch = "" }), "branch"},
		{"a branch of other letters", row(func(p *Policy) { p.Branch = "路北" }), "branch"},
		{"a branch that is too long", row(func(p *Policy) { p.Branch = strings.Repeat("a", 33) }), "branch"},
		{"a negative number", row(func(p *Policy) { p.LoanDays = -1 }), "loan_days"},
		{"a number beyond all sense", row(func(p *Policy) { p.LoanDays = 3651 }), "loan_days"},
		{"money that is owed to the reader", row(func(p *Policy) { p.OverdueFen = -1 }), "overdue_fen"},
		{"a shelf time of nothing", row(func(p *Policy) { p.ShelfDays = 0 }), "shelf_days"},
		{"renewals of no days", row(func(p *Policy) { p.RenewDays = 0 }), "renew_days"},
		{"a row twice", all, ""},
	} {
		wrong := Terms{Policies: Policies{all, c.row}}.Check()
		if len(wrong) != 1 || wrong[0].Row != 1 || wrong[0].Field != c.want || wrong[0].Message == "" || wrong[0].Allowed == "" {
			t.Errorf("%s: %+v", c.name, wrong)
		}
	}
	if wrong := (Terms{Policies: Policies{row(func(*Policy) {})}}).Check(); len(wrong) != 1 || wrong[0].Row != -1 {
		t.Errorf("no row for everybody: %+v", wrong)
	}
	if wrong := (Terms{Policies: Policies{all, row(func(p *Policy) { p.Branch = "Bus.2_a-b" })}}).Check(); len(wrong) != 0 {
		t.Errorf("a good branch: %+v", wrong)
	}
}

func TestAccept_L41_changes_name_each_row_and_day_that_differs(t *testing.T) {
	base := Terms{Policies: DefaultPolicies(), Calendar: Calendar{ClosedWeekdays: []time.Weekday{time.Monday}, ClosedDates: []Date{day("2026-10-01")}}}
	edit := func(change func(*Terms)) Terms {
		t := Terms{Policies: slices.Clone(base.Policies), Calendar: Calendar{ClosedWeekdays: slices.Clone(base.Calendar.ClosedWeekdays),
			ClosedDates: slices.Clone(base.Calendar.ClosedDates)}}
		change(&t)
		return t
	}
	for _, c := range []struct {
		name string
		now  Terms
		want string
	}{
		{"nothing", edit(func(*Terms) {}), ""},
		{"the order of rows and days says nothing", edit(func(t *Terms) {
			slices.Reverse(t.Policies)
			t.Calendar.ClosedDates = append(t.Calendar.ClosedDates, day("2026-10-01"))
		}), ""},
		{"a number and a yes", edit(func(t *Terms) { t.Policies[0].LoanDays, t.Policies[0].OnSite = 28, true }),
			"changed category *, item_type *, branch * loan_days 30→28 on_site false→true"},
		{"a row that is gone", edit(func(t *Terms) { t.Policies = slices.Delete(t.Policies, 1, 2) }), "gone category *, item_type periodical, branch *"},
		{"days", edit(func(t *Terms) {
			t.Calendar = Calendar{ClosedWeekdays: []time.Weekday{time.Sunday, time.Tuesday}, ClosedDates: []Date{day("2027-01-01")}}
		}), "new closed every tuesday; new closed every sunday; new closed on 2027-01-01; gone closed every monday; gone closed on 2026-10-01"},
	} {
		var got []string
		for _, ch := range base.Changes(c.now) {
			words := []string{ch.Kind, ch.What}
			for _, f := range ch.Fields {
				words = append(words, fmt.Sprintf("%s %s→%s", f.Name, f.Old, f.New))
			}
			got = append(got, strings.Join(words, " "))
		}
		if all := strings.Join(got, "; "); all != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, all, c.want)
		}
	}
	added := base.Changes(edit(func(t *Terms) {
		p := t.Policies[0]
		p.Branch = "bus"
		t.Policies = append(t.Policies, p)
	}))
	if len(added) != 1 || added[0].Kind != ChangeNew || len(added[0].Fields) != len(PolicyFields) || added[0].Fields[0] != (FieldChange{"loan_limit", "", "10"}) {
		t.Errorf("a new row: %+v", added)
	}
}
