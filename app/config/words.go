package config

import (
	"fmt"
	"log/slog"
	"regexp"
	"time"

	// A kiosk on Windows or a bare Linux has no zone files of its own.
	_ "time/tzdata"
)

// Language is a language of the screen.
type Language string

// The languages every screen is complete in.
const (
	SimplifiedChinese  Language = "zh-Hans"
	TraditionalChinese Language = "zh-Hant"
	English            Language = "en"
)

// Names is one name in the three languages.
type Names struct {
	Hans string `toml:"zh-Hans"`
	Hant string `toml:"zh-Hant"`
	En   string `toml:"en"`
}

// In returns the name in l; the simplified one for a language that is not known.
func (n Names) In(l Language) string {
	switch l {
	case TraditionalChinese:
		return n.Hant
	case English:
		return n.En
	default:
		return n.Hans
	}
}

// Mode is the face the kiosk shows.
type Mode string

// ModeAdult is the general face, for every reader.
const ModeAdult Mode = "adult"

// PINPolicy says when a card needs its PIN.
type PINPolicy string

// The PIN policies.
const (
	PINNever  PINPolicy = "never"  // the card alone signs in
	PINAlways PINPolicy = "always" // every sign-in asks the PIN
)

// AtIdle says what an item scanned on the idle screen does.
type AtIdle string

// The answers to an item scanned at idle.
const (
	AtIdleAsk    AtIdle = "ask"    // show the item: return it or borrow it
	AtIdleReturn AtIdle = "return" // take it back at once
)

// PrinterKind says how the receipt printer is reached.
type PrinterKind string

// The kinds of printers.
const (
	PrinterNone    PrinterKind = "none"    // there is none
	PrinterNetwork PrinterKind = "network" // by TCP
	PrinterFile    PrinterKind = "file"    // a device of the system, as /dev/usb/lp0
	PrinterSerial  PrinterKind = "serial"  // a serial line
)

// ChinesePrints says how the receipt printer prints Chinese.
type ChinesePrints string

// The ways of printing Chinese.
const (
	ChineseGB18030 ChinesePrints = "gb18030" // the printer has the characters
	ChineseRaster  ChinesePrints = "raster"  // it is sent pictures of them
)

// Bauds are the speeds of serial lines that are known, in bits a second.
var Bauds = []int{1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600}

// LogLevel is the least severe line that is kept.
type LogLevel string

// The log levels.
const (
	LogDebug LogLevel = "debug"
	LogInfo  LogLevel = "info"
	LogWarn  LogLevel = "warn"
	LogError LogLevel = "error"
)

// Slog returns the level for log/slog; Info for one that is not known.
func (l LogLevel) Slog() slog.Level {
	switch l {
	case LogDebug:
		return slog.LevelDebug
	case LogWarn:
		return slog.LevelWarn
	case LogError:
		return slog.LevelError
	default:
		return slog.LevelInfo
	}
}

// Location returns the time zone. It fails only for a Config that was put
// together by hand: Parse has loaded the zone once, and the zones are embedded.
func (l Library) Location() (*time.Location, error) {
	// time.LoadLocation reads these two as UTC and as the machine's own zone; a
	// kiosk's civil days must not hang on either.
	if l.TimeZone == "" || l.TimeZone == "Local" {
		return nil, fmt.Errorf("time zone %q is not a name of the IANA list", l.TimeZone)
	}
	return time.LoadLocation(l.TimeZone)
}

// Compile returns the patterns for cards and items; each matches whole codes
// only. It fails only for a Config that was put together by hand. Where a code
// fits both, card wins.
func (s Scan) Compile() (card, item *regexp.Regexp, err error) {
	if card, err = compileWhole(s.CardPattern); err != nil {
		return nil, nil, fmt.Errorf("card pattern: %w", err)
	}
	if item, err = compileWhole(s.ItemPattern); err != nil {
		return nil, nil, fmt.Errorf("item pattern: %w", err)
	}
	return card, item, nil
}

// compileWhole compiles a pattern so that it must match from the first to the
// last character. The bare pattern is compiled first: "a)(b" would be balanced
// by the brackets put around it.
func compileWhole(pattern string) (*regexp.Regexp, error) {
	if _, err := regexp.Compile(pattern); err != nil {
		return nil, err
	}
	return regexp.Compile(`\A(?:` + pattern + `)\z`)
}
