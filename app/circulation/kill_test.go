package circulation

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/records"
)

// envChild holds the folder of the library a child process works on.
const envChild = "SHUTING_KILL_CHILD"

const killReaders, killItems = 4, 6 // items of each reader

func TestMain(m *testing.M) {
	if dir := os.Getenv(envChild); dir != "" {
		if err := lendUntilKilled(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	if dir := os.Getenv(envAnswer); dir != "" {
		if err := actWithoutAnswer(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// lendUntilKilled is the child: each reader borrows and returns its own items
// without end and tells each command when, and not before, it was acknowledged.
func lendUntilKilled(dir string) error {
	s, err := openStore(dir)
	if err != nil {
		return err
	}
	r, err := records.Open(context.Background(), records.Options{Store: s, SealKey: sealKey, Kiosk: kiosk})
	if err != nil {
		return err
	}
	lending := service(r, "main")
	failed := make(chan error, killReaders)
	for reader := range killReaders {
		go func() {
			for n := 0; ; n++ {
				item := fmt.Sprintf("B%d-%d", reader, n%killItems)
				cmd := library.Command{ID: records.NewID(kiosk, time.Now()), Visit: "v", Actor: "patron", At: time.Now()}
				look, err := lending.Look(context.Background(), item)
				if err != nil {
					failed <- err
					return
				}
				var line string
				if look.Item.LoanID == "" {
					var a library.LoanAnswer
					a, err = lending.CheckOut(context.Background(), cmd, fmt.Sprint("p", reader), item, nil)
					line = fmt.Sprintf("out %s %s %s %s\n", cmd.ID, item, map[bool]string{true: "done", false: "refused"}[a.Done()], a.Loan)
				} else {
					var a library.ReturnAnswer
					a, err = lending.CheckIn(context.Background(), cmd, item)
					line = fmt.Sprintf("in %s %s %s %s\n", cmd.ID, item, strings.Join(a.Outcomes, "+"), look.Item.LoanID)
				}
				if err == nil {
					_, err = os.Stdout.WriteString(line)
				}
				if err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// acknowledged is one line of a child.
type acknowledged struct{ op, command, item, outcome, loan string }

func readLine(text string) (a acknowledged, err error) {
	parts := strings.Fields(text)
	if len(parts) != 5 {
		return a, fmt.Errorf("the child said %q", text)
	}
	return acknowledged{parts[0], parts[1], parts[2], parts[3], parts[4]}, nil
}

// runChild lets a child work until it has acknowledged so many commands, kills
// it with SIGKILL amid its writes and returns all it had acknowledged.
func runChild(t *testing.T, dir string, enough int) (acks []acknowledged) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), envChild+"="+dir)
	var complaints strings.Builder
	child.Stderr = &complaints
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	kill := func() { once.Do(func() { _ = child.Process.Kill() }) }
	// A child that hangs is killed too and has then said too little.
	hung := time.AfterFunc(time.Minute, kill)
	defer hung.Stop()
	lines := bufio.NewReader(out)
	for {
		text, err := lines.ReadString('\n')
		if err == io.EOF {
			break // what was cut off was not said
		}
		if err != nil {
			t.Fatal(err)
		}
		a, err := readLine(text)
		if err != nil {
			t.Fatal(err)
		}
		if acks = append(acks, a); len(acks) == enough {
			kill()
		}
	}
	_ = child.Wait() // killed: that is the point
	if len(acks) < enough {
		t.Fatalf("the child acknowledged %d of %d before it ended: %s", len(acks), enough, complaints.String())
	}
	return acks
}

// kills asked for; SHUTING_KILLS asks for another number in long runs.
func kills(t *testing.T) int {
	text, ok := os.LookupEnv("SHUTING_KILLS")
	if !ok {
		return 15
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAccept_L10_a_killed_kiosk_has_lost_nothing_it_acknowledged(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 3))
	h := newHouse(t)
	for reader := range killReaders {
		h.addPatrons(fmt.Sprint("p", reader))
		for n := range killItems {
			h.addTitle(fmt.Sprintf("t%d-%d", reader, n), fmt.Sprintf("B%d-%d", reader, n))
		}
	}
	told := map[string]acknowledged{} // command → what every child said of it
	for round := range kills(t) {
		h.records.Close()
		if err := h.store.Close(); err != nil {
			t.Fatal(err)
		}
		acks := runChild(t, h.dir, 1+rnd.IntN(60))
		h.open()
		for _, a := range acks {
			told[a.command] = a
		}
		h.wantClean()
		wantTold(t, h, told)
		if t.Failed() {
			t.Fatalf("seed %d, kill %d", seed, round+1)
		}
		wantRepeats(t, h, acks)
	}
	t.Logf("%d commands were acknowledged", len(told))
}

// wantTold proves that the ledger has every acknowledged command with the
// outcome that was told, and that the items are as the ledger left them.
func wantTold(t *testing.T, h *house, told map[string]acknowledged) {
	t.Helper()
	missing := len(told)
	lent := map[string]string{} // item → loan, as the ledger tells it
	for _, e := range h.ledger() {
		if e.Operation == "check_out" && e.Outcome == "done" {
			lent[e.Subjects[1]] = e.Subjects[2]
		}
		if e.Operation == "check_in" && len(e.Subjects) == 3 {
			delete(lent, e.Subjects[1])
		}
		a, ok := told[e.Command]
		if !ok {
			continue
		}
		missing--
		if e.Outcome != a.outcome || e.Subjects[1] != a.item || e.Subjects[2] != a.loan {
			t.Errorf("acknowledged %+v, recorded %s %v", a, e.Outcome, e.Subjects)
		}
	}
	if missing != 0 {
		t.Errorf("%d acknowledged commands are not in the ledger", missing)
	}
	for reader := range killReaders {
		for n := range killItems {
			id := fmt.Sprintf("B%d-%d", reader, n)
			if got := h.item(id).LoanID; got != lent[id] {
				t.Errorf("item %s has loan %q, the ledger says %q", id, got, lent[id])
			}
		}
	}
}

// wantRepeats sends the last acknowledged commands again, as a page does that
// did not get the answer.
func wantRepeats(t *testing.T, h *house, acks []acknowledged) {
	t.Helper()
	before := len(h.ledger())
	for _, a := range acks[max(0, len(acks)-3):] {
		cmd := library.Command{ID: a.command, Visit: "v", Actor: "patron", At: *h.now}
		var got string
		if a.op == "out" {
			answer, err := h.CheckOut(context.Background(), cmd, "p"+a.item[1:2], a.item, nil)
			if err != nil {
				t.Fatal(err)
			}
			got = answer.Loan
		} else {
			answer, err := h.CheckIn(context.Background(), cmd, a.item)
			if err != nil {
				t.Fatal(err)
			}
			got = strings.Join(answer.Outcomes, "+")
		}
		if want := map[string]string{"out": a.loan, "in": a.outcome}[a.op]; got != want {
			t.Errorf("the repeat of %+v says %q", a, got)
		}
	}
	if n := len(h.ledger()); n != before {
		t.Errorf("repeats wrote %d entries", n-before)
	}
}
