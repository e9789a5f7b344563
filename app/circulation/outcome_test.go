package circulation

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
)

// envAnswer holds the folder of the library of a child that does what it is told
// and never says what came of it.
const envAnswer = "SHUTING_ANSWER_CHILD"

// actWithoutAnswer reads one act a line (command, what, patron, item, Unix
// nanoseconds), does it, says only that it is back, and waits to be killed.
func actWithoutAnswer(dir string) error {
	s, err := openStore(dir)
	if err != nil {
		return err
	}
	r, err := records.Open(context.Background(), records.Options{Store: s, SealKey: sealKey, Kiosk: kiosk})
	if err != nil {
		return err
	}
	lending := service(r, "main")
	fmt.Println("open")
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		f := strings.Fields(in.Text())
		at, err := strconv.ParseInt(f[4], 10, 64)
		if err != nil {
			return err
		}
		cmd := library.Command{ID: f[0], Visit: "v", Actor: "patron", At: time.Unix(0, at)}
		switch f[1] {
		case "out":
			_, err = lending.CheckOut(context.Background(), cmd, f[2], f[3], nil)
		case "in":
			_, err = lending.CheckIn(context.Background(), cmd, f[3])
		default:
			_, err = lending.Renew(context.Background(), cmd, f[2], f[3])
		}
		if err != nil {
			return err
		}
		fmt.Println("back")
	}
	return errors.New("not killed")
}

// killActing gives a child acts to do, and kills it when so many are back: before
// the first (0), or while it may be at the next one.
func killActing(tb testing.TB, dir string, acts []string, backs int) {
	tb.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), envAnswer+"="+dir)
	child.Stderr = os.Stderr
	in, err1 := child.StdinPipe()
	out, err2 := child.StdoutPipe()
	if err := errors.Join(err1, err2, child.Start()); err != nil {
		tb.Fatal(err)
	}
	kill := func() { _ = child.Process.Kill() }
	hung := time.AfterFunc(time.Minute, kill)
	defer hung.Stop()
	lines := bufio.NewScanner(out)
	say := func(line string) {
		if !lines.Scan() || lines.Text() != line {
			tb.Fatalf("the child said %q, want %q", lines.Text(), line)
		}
	}
	say("open")
	if len(acts) > 0 {
		if _, err := fmt.Fprintln(in, strings.Join(acts, "\n")); err != nil {
			tb.Fatal(err)
		}
	}
	for range backs {
		say("back")
	}
	kill()
	_ = child.Wait() // killed: that is the point
}

func (h *house) told(command string) library.Told {
	h.Helper()
	told, err := h.Outcome(context.Background(), command)
	if err != nil {
		h.Fatalf("outcome of %s: %v", command, err)
	}
	return told
}

func TestAccept_L45_after_a_kill_between_commit_and_answer_the_outcome_is_known(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addPatrons("p1")
	seen := map[string]int{}
	for round := range 9 {
		cmd := library.Command{ID: fmt.Sprintf("%s-x%d", kiosk, round), Visit: "v", Actor: "patron", At: noon}
		h.records.Close()
		if err := h.store.Close(); err != nil {
			t.Fatal(err)
		}
		act := fmt.Sprintf("%s out p1 B1 %d", cmd.ID, noon.UnixNano())
		want := ""
		switch round % 3 {
		case 0: // before it was begun
			killActing(t, h.dir, nil, 0)
			want = library.ToldNotDone
		case 1: // after the commit, before any answer
			killActing(t, h.dir, []string{act}, 1)
			want = library.ToldLent
		default: // amid it: nobody knows
			killActing(t, h.dir, []string{act}, 0)
		}
		h.open()
		h.wantClean()
		before := len(h.ledger())
		told := h.told(cmd.ID)
		if it := h.item("B1"); (told.What == library.ToldLent) != (it.LoanID != "") || (want != "" && told.What != want) {
			t.Fatalf("round %d: told %+v, want %q, the item is %+v", round, told, want, it)
		}
		if told.What == library.ToldLent && (told.Due != library.DateOf(noon, zone).AddDays(30) || told.Item.Barcode != "B1" || told.Title.ID != "t1") {
			t.Errorf("told %+v", told)
		}
		if n := len(h.ledger()); n != before {
			t.Errorf("asking wrote %d entries", n-before)
		}
		seen[told.What]++
		// Whatever it was, the same command again ends with the item lent once.
		a, err := h.CheckOut(context.Background(), cmd, "p1", "B1", nil)
		if err != nil || !a.Done() || h.item("B1").LoanID != a.Loan || h.standing("p1").Loans != 1 {
			t.Fatalf("round %d: the repeat says %+v (%v)", round, a, err)
		}
		h.want("and back", h.in("B1"), library.Returned)
		h.pass(2 * time.Minute)
	}
	t.Logf("%v", seen)
}

func TestAccept_L45_the_outcome_of_each_act_is_told(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1", "B2")
	h.addTitle("t2", "B3")
	h.addPatrons("p1", "p2")
	ctx := context.Background()
	acts := []struct {
		name string
		do   func(cmd library.Command) error
		want library.Told
	}{
		{"lent", func(c library.Command) error { _, err := h.CheckOut(ctx, c, "p1", "B1", nil); return err },
			library.Told{What: library.ToldLent, Due: h.today().AddDays(30)}},
		{"refused", func(c library.Command) error { _, err := h.CheckOut(ctx, c, "p2", "B1", nil); return err },
			library.Told{What: library.ToldRefused, Reasons: []library.Reason{{Code: library.ItemOnLoanToOther, Mark: library.Block}}}},
		{"renewed", func(c library.Command) error { _, err := h.Renew(ctx, c, "p1", "B1"); return err },
			library.Told{What: library.ToldRenewed, Due: h.today().AddDays(60)}},
		{"not renewed", func(c library.Command) error { _, err := h.Renew(ctx, c, "p1", "B1"); return err },
			library.Told{What: library.ToldRefused, Reasons: []library.Reason{{Code: library.RenewLimit, Mark: library.Block, Params: map[string]string{"limit": "1"}}}}},
		{"held", func(c library.Command) error {
			_, err := h.PlaceHold(ctx, c, "p2", "t1", library.Book, "main")
			return err
		}, library.Told{What: library.ToldHeld}},
		{"returned", func(c library.Command) error { _, err := h.CheckIn(ctx, c, "B1"); return err },
			library.Told{What: library.ToldReturned, Outcomes: []string{library.ReturnedReserved}}},
		{"cancelled", func(c library.Command) error { _, err := h.CancelHold(ctx, c, "p2", h.holdOf("p2").ID); return err },
			library.Told{What: library.ToldCancelled}},
		{"an unknown item", func(c library.Command) error { _, err := h.CheckIn(ctx, c, "B9"); return err },
			library.Told{What: library.ToldReturned, Outcomes: []string{library.ItemUnknown}}},
		{"lost", func(c library.Command) error { _, err := h.MarkLost(ctx, c, "B3"); return err }, library.Told{What: library.ToldOther}},
		{"nothing", func(library.Command) error { return nil }, library.Told{What: library.ToldNotDone}},
		{"an error", func(c library.Command) error {
			if _, err := h.CheckOut(ctx, c, "p9", "B1", nil); !errors.Is(err, records.ErrNotFound) {
				return fmt.Errorf("got %w", err)
			}
			return nil
		}, library.Told{What: library.ToldNotDone}},
	}
	commands := make([]library.Command, len(acts))
	for i, a := range acts {
		commands[i] = h.command()
		if err := a.do(commands[i]); err != nil {
			t.Fatalf("%s: %v", a.name, err)
		}
	}
	for range 2 { // now, and after a restart
		for i, a := range acts {
			got := h.told(commands[i].ID)
			if got.What != a.want.What || got.Due != a.want.Due || fmt.Sprint(got.Reasons, got.Outcomes) != fmt.Sprint(a.want.Reasons, a.want.Outcomes) {
				t.Errorf("%s: told %+v, want %+v", a.name, got, a.want)
			}
		}
		h.reopen()
	}
}

// slow is a store whose next Update waits until it is let go.
type slow struct {
	store.Store
	begun, letGo chan struct{}
}

func (s *slow) Update(ctx context.Context, fn func(store.Tx) error) error {
	if s.begun != nil {
		close(s.begun)
		s.begun = nil
		<-s.letGo
	}
	return s.Store.Update(ctx, fn)
}

func TestAccept_L45_an_outcome_waits_for_the_command_that_is_being_written(t *testing.T) {
	h := newHouse(t)
	h.addTitle("t1", "B1")
	h.addTitle("t2", "B2")
	h.addPatrons("p1")
	h.records.Close()
	begun, letGo := make(chan struct{}), make(chan struct{})
	h.store = &slow{h.store, begun, letGo}
	h.serve(kiosk, "main")
	ctx, giveUp := context.WithCancel(context.Background())
	first, second := h.command(), h.command()
	lent := make(chan error, 2)
	go func() { _, err := h.CheckOut(context.Background(), first, "p1", "B1", nil); lent <- err }()
	<-begun
	go func() { _, err := h.CheckOut(ctx, second, "p1", "B2", nil); lent <- err }()
	giveUp() // nobody waits for the second any more
	asked := make(chan library.Told, 1)
	go func() {
		told, err := h.Outcome(context.Background(), first.ID)
		if err != nil {
			t.Error(err)
		}
		asked <- told
	}()
	select {
	case told := <-asked:
		t.Fatalf("told %+v while it was still open", told)
	case <-time.After(20 * time.Millisecond):
	}
	close(letGo)
	if told := <-asked; told.What != library.ToldLent || h.item("B1").LoanID == "" {
		t.Errorf("told %+v, the item is %+v", told, h.item("B1"))
	}
	<-lent
	<-lent
	if told := h.told(second.ID); told.What != library.ToldNotDone || h.item("B2").LoanID != "" {
		t.Errorf("told %+v of one that was given up before it began; the item is %+v", told, h.item("B2"))
	}
	h.wantClean()
}
