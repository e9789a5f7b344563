package demo

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"shuting/app/library"
)

// promise is one line of the tables of docs/demo.md that say what shows which
// refusal.
type promise struct {
	act, card, barcode string
	codes              []string
	why                string // parameter of the first code; "" = not told here
}

func (p promise) String() string {
	return p.act + " " + strings.Join(p.codes, "+") + " " + p.card + " " + p.barcode
}

// mustPromises reads docs/demo.md: lines with an act, the codes in backticks, for
// all but returns why and the card, and the barcode; "–" is none.
func mustPromises(tb testing.TB) []promise {
	tb.Helper()
	text, err := os.ReadFile("../../docs/demo.md")
	if err != nil {
		tb.Fatal(err)
	}
	inBackticks := regexp.MustCompile("`([a-z_]+)`")
	var all []promise
	for line := range strings.Lines(string(text)) {
		var cells []string
		for cell := range strings.SplitSeq(strings.Trim(line, "|\n"), "|") {
			cells = append(cells, strings.TrimPrefix(strings.TrimSpace(cell), "–"))
		}
		if !slices.Contains([]string{"borrow", "renew", "hold", "return"}, cells[0]) {
			continue
		}
		p := promise{act: cells[0]}
		for _, found := range inBackticks.FindAllStringSubmatch(cells[1], -1) {
			p.codes = append(p.codes, found[1])
		}
		switch {
		case p.act == "return" && len(cells) == 4:
			p.barcode = cells[2]
		case p.act != "return" && len(cells) == 6:
			p.why, p.card, p.barcode = strings.Trim(cells[2], "`"), cells[3], cells[4]
		default:
			tb.Fatalf("docs/demo.md: %d columns in %q", len(cells), line)
		}
		if len(p.codes) == 0 {
			tb.Fatalf("docs/demo.md: no code in %q", line)
		}
		all = append(all, p)
	}
	return all
}

// everyCode is what the rules can answer to each act that is not simply done.
var everyCode = map[string][]string{
	"borrow": {
		library.CardUnknown, library.CardExpired, library.CardIsLost, library.CardIsReplaced, library.PatronSuspended,
		library.PatronProvisional, library.PatronOverdue, library.PatronCharges, library.LoanLimit, library.LoanLimitType,
		library.PatronWrongBranch, library.GuardianBlocked, library.ItemUnknown, library.ItemOnLoanToOther, library.ItemOnLoanToYou,
		library.ItemNotForLoan, library.ItemIsReference, library.ItemOnSiteOnly, library.ItemIsWithdrawn, library.ItemIsDamaged,
		library.ItemReserved, library.ItemIsInTransit, library.ItemWrongBranch, library.ItemAge, library.ItemHasParts, library.TitleAlreadyYours,
	},
	"renew": {library.RenewLimit, library.RenewTooSoon, library.RenewReserved, library.RenewOverdue, library.RenewPatronBlocked, library.RenewItemBlocked},
	"hold":  {library.HoldLimit, library.HoldExists, library.HoldYoursOnLoan, library.HoldNotAllowed},
	"return": {library.Returned, library.NotOnLoan, library.ItemUnknown, library.ReturnedReserved, library.ReturnedOtherBranch,
		library.ReturnedWasLost, library.ReturnedHasParts, library.AlreadyReturnedNow},
}

func TestAccept_L57_every_refusal_can_be_seen(t *testing.T) {
	promises := mustPromises(t)
	t.Run("docs/demo.md has every code", func(t *testing.T) {
		told := map[string]bool{}
		for _, p := range promises {
			if len(p.codes) == 1 {
				told[p.act+" "+p.codes[0]] = true
			}
		}
		for act, codes := range everyCode {
			for _, code := range codes {
				if !told[act+" "+code] {
					t.Errorf("nothing shows %s alone when somebody wants to %s", code, act)
				}
				delete(told, act+" "+code)
			}
		}
		for left := range told {
			t.Errorf("%s: no rule gives this", left)
		}
	})
	for _, now := range []string{quietMorning, "2028-02-29T23:50:00+08:00"} {
		h := newHouse(t, now)
		h.mustFill()
		for _, p := range promises {
			t.Run(now+"/"+p.String(), func(t *testing.T) {
				got, why := h.mustTry(t, p)
				if !slices.Equal(got, p.codes) {
					t.Errorf("got %v", got)
				} else if p.why != "" && why != p.why {
					t.Errorf("why: %s, not %s", why, p.why)
				}
			})
		}
		h.mustBeClean()
	}
}

// mustTry does what a line says, as a reader would at the kiosk, and returns the
// codes of the answer with the first one's why.
func (h *house) mustTry(t *testing.T, p promise) (got []string, why string) {
	t.Helper()
	if p.act == "return" {
		a, err := h.circulation.CheckIn(ctx, h.command(), p.barcode)
		if err != nil {
			t.Fatal(err)
		}
		return a.Outcomes, ""
	}
	signedIn := h.mustSignIn(p.card)
	reasons := signedIn.Reasons
	if p.barcode != "" {
		if signedIn.Visitor == nil {
			t.Fatalf("not let in: %v", codes(reasons))
		}
		var err error
		reasons, err = h.try(p.act, signedIn.Visitor.PatronID, p.barcode)
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(reasons) > 0 {
		why = reasons[0].Params["why"]
	}
	return codes(reasons), why
}

func (h *house) try(act, patron, barcode string) ([]library.Reason, error) {
	switch act {
	case "renew":
		a, err := h.circulation.Renew(ctx, h.command(), patron, barcode)
		return a.Reasons, err
	case "hold":
		found, err := h.circulation.Look(ctx, barcode)
		if err != nil {
			return nil, err
		}
		a, err := h.circulation.PlaceHold(ctx, h.command(), patron, found.Title.ID, "", branch)
		return a.Reasons, err
	}
	a, err := h.circulation.CheckOut(ctx, h.command(), patron, barcode, nil)
	return a.Reasons, err
}
