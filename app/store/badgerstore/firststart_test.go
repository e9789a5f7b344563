package badgerstore

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
)

// childFirstStart opens a new library and kills itself after the given number
// of durable steps. arg is "<steps> <dir>".
func childFirstStart(arg string) error {
	count, dir, _ := strings.Cut(arg, " ")
	left, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	o := Options{Dir: dir, FreeSpace: plenty}
	o.step = func(name string) {
		if left--; left == 0 {
			say("killed after %q", name)
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			fmt.Println("error", err)
			select {} // the signal arrives any moment
		}
	}
	s, err := Open(o)
	if err != nil {
		return err
	}
	say("opened %s", s.FirstStart().RecoveryCode)
	return s.Close()
}

func TestAccept_L07_a_first_start_killed_at_any_step_is_completed_by_the_next(t *testing.T) {
	steps := 0
	for {
		o, err := newOptions(t).normalised()
		if err != nil {
			t.Fatal(err)
		}
		lines, killed := startChild(t, "firststart", fmt.Sprintf("%d %s", steps+1, o.Dir)).rest(t)
		if !killed {
			break // that many steps there are not
		}
		steps++
		// The second start is killed as well, at its third step.
		again, _ := startChild(t, "firststart", "3 "+o.Dir).rest(t)
		t.Log(lines, again)

		s, err := Open(o)
		if err != nil {
			t.Fatalf("after %v and %v: %v", lines, again, err)
		}
		first := s.FirstStart()
		if first == nil {
			t.Fatalf("after %v: the recovery code is lost", lines)
		}
		mustSet(t, s, "k", "v")
		mustClose(t, s)

		mustRemove(t, o.KeysDir)
		if err := RestoreKeys(o, first.RecoveryCode); err != nil {
			t.Fatalf("after %v: the recovery code does not fit: %v", lines, err)
		}
		s = mustOpen(t, o)
		mustHave(t, s, "k", "v")
		mustClose(t, s)
	}
	if steps < 12 {
		t.Errorf("only %d steps were interrupted", steps)
	}
}

// A folder of keys whose first start was never completed must not be taken for a
// licence to make a library over data that is there.
func TestAccept_L07_an_interrupted_first_start_elsewhere_touches_no_other_library(t *testing.T) {
	interrupted, err := newOptions(t).normalised()
	if err != nil {
		t.Fatal(err)
	}
	if _, killed := startChild(t, "firststart", "4 "+interrupted.Dir).rest(t); !killed {
		t.Fatal("the first start was not interrupted")
	}
	o := sample(t)
	mustRemove(t, o.KeysDir)
	if err := copyTree(interrupted.KeysDir, o.KeysDir); err != nil {
		t.Fatal(err)
	}
	before := fingerprints(t, o)
	_, err = Open(o)
	if !errors.Is(err, ErrKeys) {
		t.Errorf("got %v", err)
	}
	mustBeUnchanged(t, o, before)

	mustRemove(t, o.sentinelPath())
	before = fingerprints(t, o)
	if _, err = Open(o); !errors.Is(err, ErrKeys) {
		t.Errorf("without the sentinel: got %v", err)
	}
	mustBeUnchanged(t, o, before)
}
