package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/policyfile"
	"shuting/app/records"
)

const everybody = "[[policy]]\ncategory = \"*\"\nitem_type = \"*\"\nbranch = \"*\"\n"

func rulesFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "rules.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// inForce opens a library and reads its terms and how long its ledger is.
func inForce(t *testing.T, dir string) (now library.Terms, entries int) {
	t.Helper()
	var out bytes.Buffer
	h, err := open(context.Background(), Options{DataDir: dir, Existing: true, Out: &out})
	if err != nil {
		t.Fatal(err)
	}
	now, err = h.circulation.Terms(context.Background())
	err = errors.Join(err, h.records.Ledger(context.Background(), 0, 0, func(records.Entry) error { entries++; return nil }))
	if err = errors.Join(err, h.Close()); err != nil {
		t.Fatal(err)
	}
	return now, entries
}

// same: a list that is not stored is read as an empty one, which is no difference.
func same(a, b library.Terms) bool {
	return reflect.DeepEqual(a.Policies, b.Policies) && len(a.Changes(b))+len(b.Changes(a)) == 0
}

func TestAccept_L41_policies_come_in_whole_once_and_are_printed_again(t *testing.T) {
	o, _ := fresh(t)
	file := rulesFile(t, "[calendar]\nclosed_weekdays = [\"monday\"]\nclosed_dates = [2026-10-01, \"2026-10-02\"]\n"+everybody+"loan_days = 28\nlost_fen = 3000\n"+
		"[[policy]]\ncategory = \"child\"\nitem_type = \"audiovisual\"\nbranch = \"bus\"\nloan_limit = 3\non_site = true\n")

	// A look makes no library, and says what would change against the defaults.
	out, err := run(t, "", "--data", o.DataDir, "import", "--policies", file, "--dry-run")
	if err != nil || !strings.Contains(out, "changed  category *, item_type *, branch *: loan_days 30 → 28, lost_fen 0 → 3000\n") ||
		!strings.Contains(out, "new      category child, item_type audiovisual, branch bus: loan_limit 3, ") ||
		!strings.Contains(out, "gone     category staff, item_type *, branch *\n") || !strings.Contains(out, "new      closed every monday\nnew      closed on 2026-10-01\n") ||
		!strings.Contains(out, "13 rules would change; nothing was written") {
		t.Fatalf("%v\n%s", err, out)
	}
	if _, err := os.Stat(o.DataDir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a look made a library: %v", err)
	}

	if out, err = run(t, "", "--data", o.DataDir, "import", "--policies", file); err != nil || !strings.Contains(out, "13 rules changed\n") {
		t.Fatalf("%v\n%s", err, out)
	}
	now, entries := inForce(t, o.DataDir)
	plain := library.DefaultPolicies()[0]
	plain.LoanDays, plain.LostFen = 28, 3000
	bus := library.DefaultPolicies()[0]
	bus.Category, bus.ItemType, bus.Branch, bus.LoanLimit, bus.OnSite = "child", "audiovisual", "bus", 3, true
	want := library.Terms{Policies: library.Policies{plain, bus}, Calendar: library.Calendar{ClosedWeekdays: []time.Weekday{time.Monday},
		ClosedDates: []library.Date{{Year: 2026, Month: 10, Day: 1}, {Year: 2026, Month: 10, Day: 2}}}}
	if !same(now, want) || entries != 1 {
		t.Errorf("%d entries, in force:\n%+v\nwant\n%+v", entries, now, want)
	}

	// The same again, and what is printed, change nothing and write nothing.
	printed, err := run(t, "", "--data", o.DataDir, "import", "--print-policies")
	if err != nil {
		t.Fatal(err)
	}
	for _, again := range []string{file, rulesFile(t, printed)} {
		if out, err = run(t, "", "--data", o.DataDir, "import", "--policies", again); err != nil || !strings.HasSuffix(out, "nothing differs from the rules in force\n") {
			t.Errorf("%v\n%s", err, out)
		}
	}
	if again, n := inForce(t, o.DataDir); n != entries || !same(again, want) {
		t.Errorf("%d entries, in force %+v", n, again)
	}

	// A wrong file changes nothing, wherever in it the mistake is.
	out, err = run(t, "", "--data", o.DataDir, "import", "--policies", rulesFile(t, everybody+"loan_days = 5\nholds = -1\n"))
	if err == nil || !strings.Contains(err.Error(), "rules.toml:6: holds: -1 is out of range; allowed: 0 to 1000") {
		t.Errorf("%v\n%s", err, out)
	}
	if again, n := inForce(t, o.DataDir); n != entries || !same(again, want) {
		t.Errorf("%d entries, in force %+v", n, again)
	}
}

func TestAccept_L41_before_there_is_a_library_the_defaults_are_printed_and_none_is_made(t *testing.T) {
	o, _ := fresh(t)
	out, err := run(t, "", "--data", o.DataDir, "import", "--print-policies")
	if err != nil || out != policyfile.Format(library.Terms{Policies: library.DefaultPolicies()}) {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := os.Stat(o.DataDir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a library was made: %v", err)
	}
}

func TestAccept_L41_a_dry_run_of_catalogue_files_still_takes_its_number(t *testing.T) {
	o, _ := fresh(t)
	list := listFile(t)
	for _, args := range [][]string{{"--dry-run", "1", list}, {"--dry-run=1", list}, {list, "--dry-run", "1"}} {
		out, err := run(t, "", append([]string{"--data", o.DataDir, "import"}, args...)...)
		if err != nil || !strings.Contains(out, "石榴河的早晨") {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
	rules := rulesFile(t, everybody)
	for _, args := range [][]string{{"--dry-run", list}, {"--policies", rules, list}, {"--policies", rules, "--dry-run", "5"}, {"--policies", rules, "--dry-run=5"}, {"--dry-run=x", list}} {
		_, err := run(t, "", append([]string{"--data", o.DataDir, "import"}, args...)...)
		if use := (usageError{}); !errors.As(err, &use) {
			t.Errorf("%v: %v", args, err)
		}
	}
	if _, err := run(t, "", "--data", o.DataDir, "import", "--policies", filepath.Join(t.TempDir(), "none.toml")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

func TestAccept_L41_rules_are_in_force_for_the_next_loan(t *testing.T) {
	o, _ := fresh(t)
	h := mustOpen(t, o)
	ctx := context.Background()
	write := func(fn func(*records.Tx) error) {
		t.Helper()
		_, err := h.records.Do(ctx, h.system(time.Now()), "test", func(tx *records.Tx) (records.Outcome, error) {
			return records.Outcome{Code: "done"}, fn(tx)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	write(func(tx *records.Tx) error {
		err := errors.Join(tx.PutTitle(library.Title{ID: "t1"}), tx.PutPatron(library.Patron{ID: "p1", Category: library.Adult}))
		for n := range 2 {
			id := fmt.Sprint("B", n)
			err = errors.Join(err, tx.PutItem(library.Item{ID: id, Barcode: id, TitleID: "t1", Branch: "main", At: "main", Type: library.Book, State: library.ItemAvailable}))
		}
		return err
	})
	lend := func(barcode string) library.LoanAnswer {
		t.Helper()
		a, err := h.circulation.CheckOut(ctx, h.system(time.Now()), "p1", barcode, []string{library.TitleAlreadyYours})
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	today := library.DateOf(time.Now(), h.zone)
	if a := lend("B0"); !a.Done() || a.Due != today.AddDays(30) {
		t.Errorf("by the defaults: %+v", a)
	}
	terms, err := policyfile.Parse("r.toml", []byte(everybody+"loan_limit = 1\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.circulation.SetTerms(ctx, h.system(time.Now()), terms); err != nil {
		t.Fatal(err)
	}
	if a := lend("B1"); len(a.Reasons) != 1 || a.Reasons[0].Code != library.LoanLimit {
		t.Errorf("by the new rules: %+v", a.Reasons)
	}
}

func TestAccept_L48_opening_hours_come_in_with_the_rules(t *testing.T) {
	o, _ := fresh(t)
	file := func(friday string) string {
		return rulesFile(t, "[calendar]\nclosed_weekdays = [\"monday\"]\nhours = { tuesday = [\"09:00-12:00\", \"13:00-20:30\"], friday = [\""+friday+"\"] }\n"+
			"special_hours = { \"2026-12-31\" = [\"09:00-16:00\"] }\n"+everybody)
	}
	first := file("09:00-24:00")
	for _, dry := range [][]string{{"--dry-run"}, nil} {
		out, err := run(t, "", append([]string{"--data", o.DataDir, "import", "--policies", first}, dry...)...)
		for _, want := range []string{"new      hours of every tuesday: open 09:00-12:00, 13:00-20:30\n", "new      hours of every friday: open 09:00-24:00\n", "new      hours on 2026-12-31: open 09:00-16:00\n"} {
			if err != nil || !strings.Contains(out, want) {
				t.Fatalf("%v: not told: %q (%v)\n%s", dry, want, err, out)
			}
		}
	}
	now, _ := inForce(t, o.DataDir)
	hours := func(day int) string {
		return strings.Trim(fmt.Sprint(now.Calendar.HoursOn(library.Date{Year: 2026, Month: 12, Day: day})), "[]")
	}
	for day, want := range map[int]string{28: "", 29: "09:00-12:00 13:00-20:30", 31: "09:00-16:00", 25: "09:00-24:00", 27: ""} {
		if got := hours(day); got != want {
			t.Errorf("2026-12-%d: %q, want %q", day, got, want)
		}
	}

	printed, err := run(t, "", "--data", o.DataDir, "import", "--print-policies")
	if err != nil {
		t.Fatal(err)
	}
	out, err := run(t, "", "--data", o.DataDir, "import", "--policies", rulesFile(t, printed))
	if err != nil || !strings.HasSuffix(out, "nothing differs from the rules in force\n") {
		t.Errorf("what was printed differs: %v\n%s", err, out)
	}
	out, err = run(t, "", "--data", o.DataDir, "import", "--policies", file("09:00-18:00"), "--dry-run")
	if err != nil || !strings.Contains(out, "changed  hours of every friday: open 09:00-24:00 → 09:00-18:00\n1 rule would change") {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err = run(t, "", "--data", o.DataDir, "import", "--policies", file("18:00-09:00")); err == nil || !strings.Contains(err.Error(), "rules.toml:3: hours.friday: 18:00-09:00 is no span; allowed: ") {
		t.Errorf("hours backwards: %v", err)
	}
}
