package scanner

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var errPulled = errors.New("pulled out")

// cable is an open line in a bubble of test time.
type cable struct {
	pieces  chan string // "" pulls it out
	timeout time.Duration
	closed  int // times
}

func newCable() *cable { return &cable{pieces: make(chan string, 1000)} }

func (c *cable) Read(b []byte) (int, error) {
	select {
	case piece := <-c.pieces:
		if piece == "" {
			return 0, errPulled
		}
		return copy(b, piece), nil
	case <-time.After(c.timeout):
		return 0, nil
	}
}

func (c *cable) SetReadTimeout(d time.Duration) error { c.timeout = d; return nil }
func (c *cable) ResetInputBuffer() error              { return nil }
func (c *cable) Close() error                         { c.closed++; return nil }

// post is a Run under test: what it was told, and how it is stopped.
type post struct {
	mu     sync.Mutex
	got    heard
	states []bool
	log    bytes.Buffer
	stop   func() // ends the context and waits for Run
}

func start(t *testing.T, o Options, open opener) *post {
	t.Helper()
	p := &post{}
	locked := func(do func()) { p.mu.Lock(); defer p.mu.Unlock(); do() }
	scan := o.Scan
	o.Scan = func(text string) {
		if scan != nil {
			scan(text)
		}
		locked(func() { p.got.code(text) })
	}
	o.Dropped = func(kind string) { locked(func() { p.got.dropped(kind) }) }
	o.State = func(connected bool) { locked(func() { p.states = append(p.states, connected) }) }
	o.Log = slog.New(slog.NewTextHandler(&p.log, nil))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		run(ctx, o.filled(), open)
	}()
	p.stop = func() { cancel(); <-ended }
	t.Cleanup(p.stop)
	return p
}

func (p *post) heard() heard {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append(heard(nil), p.got...)
}

func (p *post) told() []bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]bool(nil), p.states...)
}

// always opens the same cable.
func always(c *cable) opener { return func(string, int) (port, error) { return c, nil } }

func TestAccept_L51_silence_ends_a_code_of_a_scanner_that_sends_no_ending(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCable()
		p := start(t, Options{}, always(c))
		c.pieces <- "LQ00"
		time.Sleep(silenceEnds - time.Millisecond)
		synctest.Wait()
		wantHeard(t, p.heard())
		c.pieces <- "0401" // in time: still the same code
		time.Sleep(silenceEnds - time.Millisecond)
		synctest.Wait()
		wantHeard(t, p.heard())
		time.Sleep(time.Millisecond)
		synctest.Wait()
		wantHeard(t, p.heard(), `"LQ000401"`)
		c.pieces <- "LQ\x00401"
		time.Sleep(silenceEnds)
		synctest.Wait()
		wantHeard(t, p.heard(), `"LQ000401"`, Control)
	})
}

func TestAccept_L51_half_a_code_of_a_scanner_that_sends_endings_is_dropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCable()
		p := start(t, Options{}, always(c))
		c.pieces <- "LQ000101\r" // it sends them
		time.Sleep(time.Minute)
		c.pieces <- "LQ00"
		time.Sleep(silenceCuts - time.Millisecond)
		c.pieces <- "0401\r" // the line stalled
		synctest.Wait()
		wantHeard(t, p.heard(), `"LQ000101"`, `"LQ000401"`)
		c.pieces <- "LQ00"
		time.Sleep(silenceCuts)
		synctest.Wait()
		wantHeard(t, p.heard(), `"LQ000101"`, `"LQ000401"`, CutOff)
		c.pieces <- "LQ002301" // set otherwise meanwhile: one code is lost, the next is not
		time.Sleep(silenceEnds)
		synctest.Wait()
		wantHeard(t, p.heard(), `"LQ000101"`, `"LQ000401"`, CutOff, `"LQ002301"`)
	})
}

func TestAccept_L51_codes_wait_in_order_for_a_slow_callee(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCable()
		let := make(chan struct{})
		under := 0
		p := start(t, Options{Scan: func(string) {
			if under++; under != 1 {
				t.Error("two calls of Scan at once")
			}
			<-let
			under--
		}}, always(c))
		var want []string
		pile := func(from, to byte) {
			for b := from; b < to; b++ {
				c.pieces <- string(b) + "\r"
			}
		}
		pile('A', 'A'+1)
		synctest.Wait() // A is being handled
		pile('B', 'B'+waitingMost)
		synctest.Wait() // as many as may wait
		wantHeard(t, p.heard())
		pile('a', 'c')
		synctest.Wait()
		wantHeard(t, p.heard(), QueueFull, QueueFull)
		want = append(want, QueueFull, QueueFull)
		for b := byte('A'); b < 'B'+waitingMost; b++ {
			time.Sleep(time.Minute)
			let <- struct{}{}
			want = append(want, `"`+string(b)+`"`)
		}
		synctest.Wait()
		wantHeard(t, p.heard(), want...)
		pile('z', 'z'+1)
		let <- struct{}{}
		synctest.Wait()
		wantHeard(t, p.heard(), append(want, `"z"`)...)
	})
}

func TestAccept_L51_an_absent_scanner_is_tried_again_with_growing_pauses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCable()
		began := time.Now()
		var mu sync.Mutex
		var tries []time.Duration
		p := start(t, Options{Port: "COM3"}, func(name string, baud int) (port, error) {
			if name != "COM3" || baud != defaultBaud {
				t.Errorf("opens %s at %d", name, baud)
			}
			mu.Lock()
			defer mu.Unlock()
			tries = append(tries, time.Since(began))
			switch len(tries) {
			case 1, 2, 3, 5, 6:
				return nil, errors.New("no such device")
			case 4: // it opens and cannot be read: never connected
				broken := newCable()
				broken.pieces <- ""
				return broken, nil
			default:
				return c, nil
			}
		})
		wantTries := func(want ...float64) {
			t.Helper()
			mu.Lock()
			defer mu.Unlock()
			var got []float64
			for _, at := range tries {
				got = append(got, at.Seconds())
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("tried after %v s, want %v", got, want)
			}
		}
		time.Sleep(12 * time.Second)
		synctest.Wait()
		wantTries(0, 0.25, 0.75, 1.75, 3.75, 7.75)
		if got := p.told(); !reflect.DeepEqual(got, []bool{false}) {
			t.Errorf("told %v, want once that it is away", got)
		}
		time.Sleep(time.Second) // 5 s after the last try it is there, and quiet
		synctest.Wait()
		wantTries(0, 0.25, 0.75, 1.75, 3.75, 7.75, 12.75)
		c.pieces <- "LQ000401\rLQ00"
		synctest.Wait()
		c.pieces <- "" // pulled out in the middle of a code
		time.Sleep(pauseFirst)
		synctest.Wait()
		wantTries(0, 0.25, 0.75, 1.75, 3.75, 7.75, 12.75, 13.25) // the pauses begin anew
		c.pieces <- "2301\r"
		synctest.Wait()
		wantHeard(t, p.heard(), `"LQ000401"`, CutOff, `"2301"`)
		if got := p.told(); !reflect.DeepEqual(got, []bool{false, true, false, true}) {
			t.Errorf("told %v", got)
		}
		p.stop()
		if c.closed != 2 {
			t.Errorf("closed %d times, want when it was lost and at the end", c.closed)
		}
		log := p.log.String()
		if strings.Count(log, "\n") != 4 || !strings.Contains(log, "no such device") || !strings.Contains(log, "pulled out") {
			t.Errorf("the log does not tell the four changes with their causes:\n%s", log)
		}
		for _, code := range []string{"000401", "LQ00", "2301"} {
			if strings.Contains(log, code) {
				t.Errorf("the log holds a code:\n%s", log)
			}
		}
	})
}

func TestTheLongestPauseIsFiveSeconds(t *testing.T) {
	pause := pauseFirst
	for range 100 {
		if next := longer(pause); next < pause || next > pauseLongest {
			t.Fatalf("after %v comes %v", pause, next)
		} else {
			pause = next
		}
	}
	if pause != pauseLongest {
		t.Errorf("the pauses end at %v", pause)
	}
}

func TestAccept_L51_a_stop_is_prompt_whatever_goes_on(t *testing.T) {
	absent := func(string, int) (port, error) { return nil, errors.New("no such device") }
	for name, c := range map[string]struct {
		open func(*cable) opener
		line string
		want []string
	}{
		"while the line is quiet":            {always, "", nil},
		"in the middle of a code":            {always, "A\rLQ00", []string{CutOff, `"A"`}},
		"in the longest pause":               {func(*cable) opener { return absent }, "", nil},
		"while codes wait for a slow callee": {always, "A\rB\rC\r", []string{`"A"`, Stopped, Stopped}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cable := newCable()
				const slow = 300 * time.Millisecond
				p := start(t, Options{Scan: func(string) { time.Sleep(slow) }}, c.open(cable))
				time.Sleep(time.Minute)
				if c.line != "" {
					cable.pieces <- c.line
				}
				synctest.Wait()
				began := time.Now()
				p.stop()
				if took := time.Since(began); took > 500*time.Millisecond {
					t.Errorf("it took %v", took)
				}
				wantHeard(t, p.heard(), c.want...)
			})
		})
	}
}

func TestWhatIsNotSaidHasADefault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCable()
		c.pieces <- strings.Repeat("9", defaultMaxLength) + "\r\x00\r" + strings.Repeat("9", defaultMaxLength+1) + "\r"
		ctx, stop := context.WithCancel(context.Background())
		var got heard
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			run(ctx, Options{Scan: got.code}.filled(), always(c))
		}()
		synctest.Wait()
		stop()
		<-ended
		wantHeard(t, got, `"`+strings.Repeat("9", defaultMaxLength)+`"`)
	})
}
