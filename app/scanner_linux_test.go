package app

import (
	"fmt"
	"testing"

	"shuting/app/devices/scanner/scannertest"
	"shuting/app/visit"
)

func TestAccept_L51_a_scanner_on_a_serial_line_lends_and_is_found_again(t *testing.T) {
	line := scannertest.New(t)
	k := newDemoKiosk(t, fmt.Sprintf("[scanner]\nport = %q\n", line.Port()))
	there := func(visit.Snapshot) bool { return k.scanner.Load() }
	k.until(t, "the scanner is there", there)
	line.Send(demoAdult + "\r\n" + demoBook + "\r\n")
	k.until(t, "a loan by the serial line", func(s visit.Snapshot) bool { return s.Borrowed == 1 })
	line.Unplug()
	k.until(t, "the scanner is gone", func(visit.Snapshot) bool { return !k.scanner.Load() })
	line.Plug()
	k.until(t, "the scanner is there again", there)
	line.Send("LQ002301\r\n")
	k.until(t, "a loan after plugging it in again", func(s visit.Snapshot) bool { return s.Borrowed == 2 })
	line.Send("LQ00\x1b[A2601\r\n")
	line.Send("LQ002601\r\n")
	s := k.until(t, "a loan after a hostile code", func(s visit.Snapshot) bool { return s.Borrowed == 3 })
	if len(s.Entries) != 3 || s.Notice != nil {
		t.Errorf("%d entries, notice %+v: a hostile code did something", len(s.Entries), s.Notice)
	}
}
