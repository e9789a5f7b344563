package library

import (
	"slices"
	"testing"
)

// The eight ways a row can name its columns, the most specific first.
var bySpecificity = []Policy{
	{Category: "child", ItemType: "book", Branch: here},
	{Category: "child", ItemType: "book", Branch: "*"},
	{Category: "child", ItemType: "*", Branch: here},
	{Category: "*", ItemType: "book", Branch: here},
	{Category: "child", ItemType: "*", Branch: "*"},
	{Category: "*", ItemType: "book", Branch: "*"},
	{Category: "*", ItemType: "*", Branch: here},
	{Category: "*", ItemType: "*", Branch: "*"},
}

func TestTheMostSpecificPolicyWins(t *testing.T) {
	for a := range bySpecificity {
		for b := a + 1; b < len(bySpecificity); b++ {
			for _, rows := range []Policies{{bySpecificity[a], bySpecificity[b]}, {bySpecificity[b], bySpecificity[a]}} {
				got, ok := rows.For(Child, Book, here)
				if !ok || got != bySpecificity[a] {
					t.Errorf("of %+v and %+v the second won", bySpecificity[a], bySpecificity[b])
				}
			}
		}
	}
	t.Run("in the whole matrix as well", func(t *testing.T) {
		rows := Policies(slices.Clone(bySpecificity))
		slices.Reverse(rows)
		for _, c := range []struct {
			category Category
			itemType ItemType
			branch   string
			want     int // place in bySpecificity
		}{
			{Child, Book, here, 0}, {Child, Book, away, 1}, {Child, Audiovisual, here, 2}, {Adult, Book, here, 3},
			{Child, Audiovisual, away, 4}, {Adult, Book, away, 5}, {Adult, Audiovisual, here, 6}, {Adult, Audiovisual, away, 7},
		} {
			if got, ok := rows.For(c.category, c.itemType, c.branch); !ok || got != bySpecificity[c.want] {
				t.Errorf("%s, %s, %s: got %+v", c.category, c.itemType, c.branch, got)
			}
		}
	})
	t.Run("and of two alike the earlier", func(t *testing.T) {
		rows := Policies{{Category: "*", ItemType: "*", Branch: "*", LoanDays: 1}, {Category: "*", ItemType: "*", Branch: "*", LoanDays: 2}}
		if got, _ := rows.For(Adult, Book, here); got.LoanDays != 1 {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("and a row that does not fit never, however specific", func(t *testing.T) {
		rows := Policies{{Category: "child", ItemType: "book", Branch: away}, {Category: "staff", ItemType: "*", Branch: here}}
		if got, ok := rows.For(Child, Book, here); ok {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("and an empty matrix has none", func(t *testing.T) {
		if got, ok := (Policies{}).For(Adult, Book, here); ok || got != (Policy{}) {
			t.Errorf("got %+v", got)
		}
	})
}

func TestDefaultPolicies(t *testing.T) {
	type terms struct{ limit, typeLimit, days, renewals, renewDays int }
	general, periodical, reference := terms{10, 0, 30, 1, 30}, terms{10, 5, 15, 0, 0}, terms{10, 0, 0, 0, 0}
	want := map[Category][3]terms{
		Adult:       {general, periodical, reference},
		Child:       {general, periodical, reference},
		Teen:        {general, periodical, reference},
		Senior:      {general, periodical, reference},
		StaffMember: {{20, 0, 60, 2, 60}, {20, 5, 15, 0, 0}, {20, 0, 0, 0, 0}},
		Provisional: {{2, 0, 15, 0, 0}, {2, 2, 15, 0, 0}, {2, 0, 0, 0, 0}},
	}
	for category, rows := range want {
		for i, itemType := range []ItemType{Book, Periodical, Reference} {
			p, ok := DefaultPolicies().For(category, itemType, here)
			got := terms{p.LoanLimit, p.TypeLimit, p.LoanDays, p.Renewals, p.RenewDays}
			if !ok || got != rows[i] {
				t.Errorf("%s, %s: %+v, want %+v", category, itemType, got, rows[i])
			}
			if p.OverdueFen != 0 {
				t.Errorf("%s, %s: the house lends free of charge, not for %d fen", category, itemType, p.OverdueFen)
			}
			if category == Provisional && p.Holds != 0 {
				t.Errorf("a provisional card has no holds, not %d", p.Holds)
			}
		}
	}
	a, b := DefaultPolicies(), DefaultPolicies()
	if a[0].LoanDays = 1; b[0].LoanDays == 1 {
		t.Error("changing one copy of the defaults changes the next")
	}
}
