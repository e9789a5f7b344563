package config

import (
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// checkAcross holds the rules between keys. Each looks only at keys that were
// good by themselves, so that one mistake is not told twice, and blames a key
// that is in the file.
func (r *reader) checkAcross() {
	c := r.cfg
	r.across([]string{"visit.end_seconds", "visit.warn_seconds"},
		c.Visit.End-c.Visit.Warn >= MinWarning,
		fmt.Sprintf("the visit would end %d s after it began to warn (warn_seconds %d, end_seconds %d)",
			secs(c.Visit.End-c.Visit.Warn), secs(c.Visit.Warn), secs(c.Visit.End)),
		fmt.Sprintf("end_seconds at least %d more than warn_seconds (WCAG 2.2.1)", secs(MinWarning)))

	r.across([]string{"sign_in.pin_delay_max_seconds", "sign_in.pin_delay_seconds"},
		c.SignIn.PINDelayMax >= c.SignIn.PINDelay,
		fmt.Sprintf("the longest wait is shorter than the first (pin_delay_seconds %d, pin_delay_max_seconds %d)",
			secs(c.SignIn.PINDelay), secs(c.SignIn.PINDelayMax)),
		"pin_delay_max_seconds not less than pin_delay_seconds")

	r.across([]string{"language.default", "language.offered"},
		slices.Contains(c.Language.Offered, c.Language.Default),
		fmt.Sprintf("the default %q is not offered", c.Language.Default),
		"a default that is in the list of offered")

	r.across([]string{"data.keys", "data.dir"},
		c.Data.Dir == "" || c.Data.Keys == "" || !within(c.Data.Dir, c.Data.Keys),
		"the keys would lie in the data folder, and every copy of it would carry them",
		"a folder for keys outside dir")

	r.checkPrinter()

	r.checkNames("library.name")
	r.checkNames("kiosk.place")
}

// checkPrinter wants an address that fits the kind of printer. Where there is no
// printer the address may stay, to be used again.
func (r *reader) checkPrinter() {
	p := r.cfg.Printer
	keys := []string{"printer.address", "printer.kind"}
	shown := fmt.Sprintf("%q is no address for a printer of kind %q", clip(p.Address), p.Kind)
	switch p.Kind {
	case PrinterNetwork:
		host, port, err := net.SplitHostPort(p.Address)
		number, notNumber := strconv.ParseUint(port, 10, 16)
		r.across(keys, err == nil && host != "" && notNumber == nil && number != 0, shown, "host:port, as '192.0.2.7:9100'")
	case PrinterFile:
		r.across(keys, filepath.IsAbs(p.Address), shown, "the full path of a device, as '/dev/usb/lp0'")
	case PrinterSerial:
		r.across(keys, p.Address != "", shown, "the name of a port, as '/dev/ttyS0' or 'COM3'")
	}
}

// checkNames wants a name in every language or in none: half a name would mix
// this library's words with the default's, or leave a language blank.
func (r *reader) checkNames(table string) {
	languages := []string{"zh-Hans", "zh-Hant", "en"}
	var keys, missing []string
	for _, l := range languages {
		key := table + "." + l
		keys = append(keys, key)
		if at, inFile := r.seen[key]; !inFile || at.empty {
			missing = append(missing, l)
		}
	}
	if len(missing) == 0 || len(missing) == len(languages) {
		return
	}
	if blame, ok := r.blame(keys); ok {
		r.report(r.seen[blame].offset, table, "has no name for "+strings.Join(missing, ", "), "a name in all of "+strings.Join(languages, ", "))
	}
}

// across reports a rule between keys that does not hold.
func (r *reader) across(keys []string, holds bool, message, allowed string) {
	if holds {
		return
	}
	if blame, ok := r.blame(keys); ok {
		r.report(r.seen[blame].offset, blame, message, allowed)
	}
}

// blame picks the first of the keys that is in the file; none if one of them is
// faulty by itself.
func (r *reader) blame(keys []string) (key string, ok bool) {
	for _, k := range keys {
		at, inFile := r.seen[k]
		if inFile && at.faulty {
			return "", false
		}
		if inFile && key == "" {
			key = k
		}
	}
	return key, key != ""
}

// within reports whether folder inner is outer or lies below it.
func within(outer, inner string) bool {
	rel, err := filepath.Rel(outer, inner)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func secs(d time.Duration) int { return int(d / time.Second) }
