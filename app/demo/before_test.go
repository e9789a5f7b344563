package demo

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
)

// What the first version told, frozen: the demo libraries it filled are still
// there and must open.
var (
	readersBefore = []string{"neighbour", "adult", "child", "teen", "senior", "staff", "overdue", "limit", "suspended", "guardian",
		"provisional", "expired", "lost", "replaced", "elsewhere"}
	loansBefore = []string{"lq002001", "lq005502", "lq002801", "lq004902", "lq006901", "lq003002", "lq001602", "lq005002", "lq005901",
		"lq030901", "lq026401", "lq031001", "lq020401", "lq026001", "lq002701", "lq005601", "lq000602",
		"lq000103", "lq000202", "lq000302", "lq000402", "lq001202", "lq002302", "lq002402", "lq002602", "lq004702", "lq005302"}
	holdsBefore = []string{"senior.lq002701", "adult.lq005601", "teen.lq005901", "staff.lq005901"}
)

// before tells whether the first version had a step.
func before(s step) bool {
	kind, of, _ := strings.Cut(s.name, ".")
	switch kind {
	case "title":
		return true
	case "reader":
		return slices.Contains(readersBefore, of)
	case "loan", "return":
		return slices.Contains(loansBefore, of)
	case "hold":
		return slices.Contains(holdsBefore, of)
	}
	return false
}

// mustFillAsBefore brings in what the first version did.
func (h *house) mustFillAsBefore() {
	h.tb.Helper()
	f := &filler{o: h.options(), d: mustLoad(h.tb), today: library.DateOf(h.now, h.zone)}
	steps := slices.DeleteFunc(f.steps(), func(s step) bool { return !before(s) })
	if want := len(f.d.titles) + len(readersBefore) + len(loansBefore) + 4 + len(holdsBefore); len(steps) != want {
		h.tb.Fatalf("%d steps are of the first version, not %d: a name was changed, and its step would be done again", len(steps), want)
	}
	if err := f.runAll(ctx, steps); err != nil {
		h.tb.Fatalf("fill as before: %v", err)
	}
}

func TestSteps_end_with_the_one_that_tells_of_a_full_library(t *testing.T) {
	for _, used := range []bool{false, true} {
		f := &filler{o: Options{Kiosk: kiosk, Branch: branch}, d: mustLoad(t), used: used}
		steps := f.steps()
		if last := steps[len(steps)-1]; last.name != lastStep || before(last) {
			t.Errorf("the last step is %s, not %s, or is an old one", last.name, lastStep)
		}
		if second := steps[len(steps)-2]; second.ago == steps[len(steps)-1].ago {
			t.Errorf("%s may come behind the last step", second.name)
		}
	}
}

func TestAccept_L57_a_library_of_the_version_before_gets_what_it_lacks(t *testing.T) {
	whole := newHouse(t, quietMorning)
	whole.mustFill()
	want := whole.mustBeClean()

	h := newHouse(t, quietMorning)
	h.mustFillAsBefore()
	h.mustBeClean()
	h.now = h.now.AddDate(0, 0, 20)
	h.mustFill()
	if got := h.mustBeClean(); !maps.Equal(got, want) {
		t.Errorf("after all %v, a new one has %v", got, want)
	}
	loans := h.mustLoans("many")
	if len(loans) != 9 || loans[0].DaysLeft != 0 {
		t.Errorf("%d loans of the reader with nine, the first due in %d days", len(loans), loans[0].DaysLeft)
	}
	entries := h.entries()
	h.mustFill()
	if again := h.entries(); again != entries {
		t.Errorf("filled again: %d ledger entries, before %d", again, entries)
	}
}

func TestAccept_L57_what_readers_did_in_a_library_of_before_stays(t *testing.T) {
	h := newHouse(t, quietMorning)
	h.mustFillAsBefore()
	// Books that the new stories are about are in other hands, one of them a book
	// that the story returns; and the library has terms of its own.
	taken := []string{"LQ030602", "LQ025502", "LQ024901", "LQ000501", "LQ043901"}
	for _, barcode := range taken {
		if a := h.mustCheckOut(patronOf("senior"), barcode); !a.Done() {
			t.Fatalf("%s: %v", barcode, codes(a.Reasons))
		}
	}
	own := library.Terms{Policies: library.DefaultPolicies(), Calendar: library.Calendar{ClosedWeekdays: []time.Weekday{time.Friday}}}
	if _, err := h.circulation.SetTerms(ctx, h.command(), own); err != nil {
		t.Fatal(err)
	}

	h.now = h.now.AddDate(0, 0, 2)
	h.mustFill()
	h.mustBeClean()
	for _, barcode := range taken {
		if !slices.ContainsFunc(h.mustLoans("senior"), func(l library.AccountLoan) bool { return l.Item.Barcode == barcode && !l.Lost }) {
			t.Errorf("%s is not with the reader who borrowed it", barcode)
		}
	}
	if now, err := h.circulation.Terms(ctx); err != nil || len(own.Changes(now)) > 0 {
		t.Errorf("the terms became %v (%v)", own.Changes(now), err)
	}
	if a := h.mustSignIn("LB202600300"); a.Visitor == nil {
		t.Error("a reader of the new stories is not there")
	}
	if n := len(h.mustLoans("many")); n != 8 {
		t.Errorf("%d loans of the reader with nine, of which one was taken", n)
	}
	entries := h.entries()
	h.mustFill()
	if again := h.entries(); again != entries {
		t.Errorf("filled again: %d ledger entries, before %d", again, entries)
	}
}
