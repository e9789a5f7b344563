package scanner

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"shuting/app/devices/scanner/scannertest"
)

// patience is how long a busy machine may need for what takes milliseconds.
const patience = 20 * time.Second

func (p *post) await(t *testing.T, what string, there func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !there(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s did not come; heard %v, told %v, log:\n%s", what, p.heard(), p.told(), p.log.String())
		}
	}
}

func (p *post) awaitTold(t *testing.T, want ...bool) {
	t.Helper()
	p.await(t, "the state", func() bool { return len(p.told()) >= len(want) })
	if got := p.told(); !reflect.DeepEqual(got, want) {
		t.Fatalf("told %v, want %v", got, want)
	}
}

func (p *post) awaitHeard(t *testing.T, want ...string) {
	t.Helper()
	p.await(t, want[len(want)-1], func() bool { return len(p.heard()) >= len(want) })
	wantHeard(t, p.heard(), want...)
}

// listen runs over the real driver.
func listen(t *testing.T, port string) *post {
	t.Helper()
	return start(t, Options{Port: port, MaxLength: most}, openSerial)
}

func TestAccept_L51_hostile_codes_over_a_real_line(t *testing.T) {
	device := scannertest.New(t)
	p := listen(t, device.Port())
	p.awaitTold(t, true)
	for _, c := range hostile {
		if len(c.want) > waitingMost {
			continue // faster than any scanner, it may fill the queue
		}
		p.mu.Lock()
		p.got = nil
		p.mu.Unlock()
		device.Send(c.line)
		device.Send("LQ000401\r\n") // the scanner works on
		t.Run(c.name, func(t *testing.T) { p.awaitHeard(t, append(c.want[:len(c.want):len(c.want)], `"LQ000401"`)...) })
	}
	p.awaitTold(t, true)
}

func TestAccept_L51_unplugged_and_plugged_in_again(t *testing.T) {
	device := scannertest.New(t)
	p := listen(t, device.Port())
	p.awaitTold(t, true)
	told, want := []bool{true}, []string{}
	for range 3 {
		device.Send("LQ000401\rLQ00")
		want = append(want, `"LQ000401"`)
		p.awaitHeard(t, want...)
		device.Unplug()
		told = append(told, false)
		p.awaitTold(t, told...)
		device.Plug()
		told = append(told, true)
		p.awaitTold(t, told...)
		want = append(want, CutOff)
		device.Send("2301\r") // what was cut off does not join it
		want = append(want, `"2301"`)
		p.awaitHeard(t, want...)
	}
	p.stop()
	if log := p.log.String(); strings.Contains(log, "LQ00") || strings.Contains(log, "2301") {
		t.Errorf("the log holds a code:\n%s", log)
	}
}

func TestAccept_L51_a_scanner_plugged_in_later_is_found(t *testing.T) {
	device := scannertest.New(t)
	device.Unplug()
	p := listen(t, device.Port())
	p.awaitTold(t, false)
	device.Plug()
	p.awaitTold(t, false, true)
	device.Send("LQ000401\r")
	p.awaitHeard(t, `"LQ000401"`)
}

func TestAccept_L51_a_device_replaced_without_an_error_is_noticed(t *testing.T) {
	device := scannertest.New(t)
	p := listen(t, device.Port())
	p.awaitTold(t, true)
	device.Plug() // the old one stays open and silent
	p.awaitTold(t, true, false, true)
	device.Send("LQ000401\r")
	p.awaitHeard(t, `"LQ000401"`)
}

func TestWhatWasScannedBeforeAnybodyListenedIsNotTaken(t *testing.T) {
	device := scannertest.New(t)
	device.Send("LQ000401\rLQ0")
	p := listen(t, device.Port())
	p.awaitTold(t, true)
	device.Send("LQ002301\r")
	p.awaitHeard(t, `"LQ002301"`)
}

func TestAccept_L51_a_stop_ends_a_read_of_the_real_line_within_a_second(t *testing.T) {
	device := scannertest.New(t)
	p := listen(t, device.Port())
	p.awaitTold(t, true)
	began := time.Now()
	p.stop()
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestAPortThatIsNoSerialLineIsNotConnected(t *testing.T) {
	for _, port := range []string{t.TempDir(), "/dev/null", "/no/such/device", ""} {
		p := listen(t, port)
		p.awaitTold(t, false)
		p.stop()
		p.awaitTold(t, false)
		if log := p.log.String(); !strings.Contains(log, "open the scanner's line") {
			t.Errorf("%q: the log says\n%s", port, log)
		}
	}
}
