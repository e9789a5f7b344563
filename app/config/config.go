// Package config reads the one TOML file that belongs to this kiosk: where it
// stands, its screen, its folders, how long a visit may rest. What belongs to
// the library as a whole (policies, calendar, categories) lives in the store
// and is edited in staff mode, never here.
//
// Every key may be left out and then has its default; a key, type or value
// that is not known stops the start. Parse reports every problem of the file
// at once, each with its line and what is allowed (see Errors), because a
// technician at a kiosk without a keyboard wants to walk there once.
//
// The package checks the file by itself: it does not look whether a folder
// exists or may be written, and it never watches the file for changes.
package config

import (
	"fmt"
	"io"
	"os"
	"time"
)

// MaxFileBytes is the largest file that is read. A larger one is not a kiosk's
// settings but a mistake in the path.
const MaxFileBytes = 1 << 20

// Config is the checked settings of one kiosk. A Config from Default, Load or
// Parse obeys every range named below; the tags are the names in the file.
type Config struct {
	Kiosk    Kiosk     `toml:"kiosk"`
	Library  Library   `toml:"library"`
	Screen   Screen    `toml:"screen"`
	Language Languages `toml:"language"`
	Sound    Sound     `toml:"sound"`
	Data     Data      `toml:"data"`
	SignIn   SignIn    `toml:"sign_in"`
	Visit    Visit     `toml:"visit"`
	Scan     Scan      `toml:"scan"`
	Return   Return    `toml:"return"`
	Printer  Printer   `toml:"printer"`
	Scanner  Scanner   `toml:"scanner"`
	Log      Log       `toml:"log"`
}

// Kiosk says which kiosk this is and where it stands.
type Kiosk struct {
	// ID begins every id this kiosk makes, so two kiosks of one library must
	// not share it and it must not change while the kiosk lives. 1 to 16 of
	// a-z, 0-9 and "-".
	ID string `toml:"id"`
	// Place is where the kiosk stands, shown to the reader; all three names or
	// none.
	Place Names `toml:"place"`
	// Branch is the code of the branch it belongs to, as in the item records:
	// 1 to 32 of A-Z, a-z, 0-9, ".", "_" and "-".
	Branch string `toml:"branch"`
	// Mode is the face the kiosk shows.
	Mode Mode `toml:"mode"`
}

// Library is how the library presents itself.
type Library struct {
	Name Names `toml:"name"` // never empty in any language
	// Seal is the two characters of the drawn seal.
	Seal string `toml:"seal"`
	// TimeZone is the IANA zone in which civil days (due dates, opening days)
	// are counted. Location has it ready for use.
	TimeZone string `toml:"time_zone"`
}

// Screen is the glass: its size sets the scale of everything drawn, its height
// sets what a seated reader or a child can reach.
type Screen struct {
	Diagonal float64 `toml:"diagonal"`  // inches of the picture, 10 to 100
	BottomMM int     `toml:"bottom_mm"` // lower edge of the picture above the floor in mm, 0 to 1600
	Windowed bool    `toml:"windowed"`  // a window with a frame instead of the whole screen
}

// Languages is the choice of languages.
type Languages struct {
	// Default is the language at idle; one of Offered.
	Default Language `toml:"default"`
	// Offered are the languages a reader may choose, in the order of the
	// buttons; at least one, none twice.
	Offered []Language `toml:"offered"`
}

// Sound is the cues at a scan.
type Sound struct {
	Volume float64 `toml:"volume"` // 0 (silent) to 1 (full)
	Mute   bool    `toml:"mute"`
}

// Data is where the kiosk keeps what must last. Paths are absolute or empty;
// empty leaves the choice to the program.
type Data struct {
	Dir  string `toml:"dir"`  // "" = the platform's data folder
	Keys string `toml:"keys"` // "" = a folder beside Dir; never Dir itself nor inside it
	// MinFreeMiB is the free space in MiB under which lending stops, 100 to
	// 1,000,000.
	MinFreeMiB int `toml:"min_free_mib"`
}

// SignIn is how a reader proves to be the holder of the card.
type SignIn struct {
	PIN PINPolicy `toml:"pin"`
	// PINFreeTries is how many wrong PINs cost no wait, 0 to 10.
	PINFreeTries int `toml:"pin_free_tries"`
	// PINDelay is the wait after the first try beyond those; it doubles with
	// each further wrong PIN up to PINDelayMax. Whole seconds, 1 to 60.
	PINDelay time.Duration `toml:"pin_delay_seconds"`
	// PINDelayMax is the longest wait. Whole seconds, 1 to 86,400 and never
	// shorter than PINDelay.
	PINDelayMax time.Duration `toml:"pin_delay_max_seconds"`
}

// MinWarning is the least time between the idle warning and the end of a
// visit: WCAG 2.2, success criterion 2.2.1 (Timing Adjustable) wants 20 s to
// answer the warning.
const MinWarning = 20 * time.Second

// Visit is how long a visit rests before it ends. All are whole seconds,
// counted from the last touch or scan.
type Visit struct {
	Warn       time.Duration `toml:"warn_seconds"`        // until "still there?", 10 to 600 s
	End        time.Duration `toml:"end_seconds"`         // until the visit ends, 30 to 900 s, at least MinWarning after Warn
	Goodbye    time.Duration `toml:"goodbye_seconds"`     // how long the goodbye stays, 3 to 60 s
	SecondScan time.Duration `toml:"second_scan_seconds"` // a returned item scanned again within this is harmless, 1 to 600 s
}

// Scan says what a scanned code may be. A code that fits both patterns is a
// card. Compile has the patterns ready for use.
type Scan struct {
	// CardPattern and ItemPattern are regular expressions in Go's syntax (RE2),
	// at most 200 characters; the whole code must match, anchors or not.
	CardPattern string `toml:"card_pattern"`
	ItemPattern string `toml:"item_pattern"`
	// MaxLength is the longest scan that is looked at, in characters, 8 to 512;
	// a longer one is dropped unread.
	MaxLength int `toml:"max_length"`
	// CardCheckDigit: the last digit of a card is the mod-10 check digit of the
	// digits before it, and a card that fails is refused.
	CardCheckDigit bool `toml:"card_check_digit"`
}

// Return is how items come back.
type Return struct {
	AtIdle AtIdle `toml:"at_idle"`
}

// Printer is the receipt printer, if the kiosk has one.
type Printer struct {
	Kind PrinterKind `toml:"kind"`
	// Address is where it is: "host:port" for PrinterNetwork, the full path of a
	// device for PrinterFile, the name of a port ("COM3", "/dev/ttyS0") for
	// PrinterSerial; looked at only when there is a printer.
	Address string `toml:"address"`
	// Baud is the speed of a serial line, one of Bauds.
	Baud int `toml:"baud"`
	// Columns is how many narrow characters a line takes: 32, 42 or 48.
	Columns int           `toml:"columns"`
	Chinese ChinesePrints `toml:"chinese"`
	// Slips: a returned item that goes to the hold shelf or to another branch
	// gets a slip for staff.
	Slips bool `toml:"slips"`
}

// Scanner is a scanner on a serial line, beside the one that types.
type Scanner struct {
	Port string `toml:"port"` // as "COM3" or "/dev/ttyACM0"; "" when there is none
	Baud int    `toml:"baud"` // one of Bauds
}

// Log is the technician's log. It never holds card numbers, names or PINs.
type Log struct {
	Level    LogLevel `toml:"level"`
	File     string   `toml:"file"`      // absolute path; "" = in the data folder
	KeepDays int      `toml:"keep_days"` // days a log file is kept, 1 to 3650
}

// Default returns the settings of an empty file. The caller owns the result.
func Default() Config {
	return Config{
		Kiosk:   Kiosk{ID: "k1", Branch: "main", Mode: ModeAdult},
		Library: Library{Name: Names{Hans: "路北区图书馆", Hant: "路北區圖書館", En: "Lubei District Library"}, Seal: "路北", TimeZone: "Asia/Shanghai"},
		Screen:  Screen{Diagonal: 32, BottomMM: 700},
		Language: Languages{
			Default: SimplifiedChinese,
			Offered: []Language{SimplifiedChinese, TraditionalChinese, English},
		},
		Sound:   Sound{Volume: 0.7},
		Data:    Data{MinFreeMiB: 200},
		SignIn:  SignIn{PIN: PINNever, PINFreeTries: 3, PINDelay: 5 * time.Second, PINDelayMax: 900 * time.Second},
		Visit:   Visit{Warn: 45 * time.Second, End: 65 * time.Second, Goodbye: 8 * time.Second, SecondScan: 60 * time.Second},
		Scan:    Scan{CardPattern: `^LB[0-9]{9}$`, ItemPattern: `^[A-Z]{0,3}[0-9]{6,14}$`, MaxLength: 64, CardCheckDigit: true},
		Return:  Return{AtIdle: AtIdleAsk},
		Printer: Printer{Kind: PrinterNone, Baud: 19200, Columns: 48, Chinese: ChineseGB18030},
		Scanner: Scanner{Baud: 9600},
		Log:     Log{Level: LogInfo, KeepDays: 30},
	}
}

// Load reads and checks the file at path. An unreadable file is reported as
// the system's error (errors.Is with fs.ErrNotExist works), a faulty one as
// *Errors. On an error the Config is empty and must not be used.
func Load(path string) (Config, error) {
	f, err := os.Open(path)
	if err != nil {
		return Config{}, fmt.Errorf("read settings: %w", err)
	}
	defer f.Close()
	// One byte more than allowed is enough for Parse to see that it is too large.
	data, err := io.ReadAll(io.LimitReader(f, MaxFileBytes+1))
	if err != nil {
		return Config{}, fmt.Errorf("read settings: %w", err)
	}
	return Parse(path, data)
}

// Parse checks the text of a settings file; name is used in the reports only.
// The error, if any, is *Errors with every problem found, and the Config is
// then empty. Any input is safe.
func Parse(name string, data []byte) (Config, error) {
	cfg := Default()
	r := newReader(name, data, &cfg)
	r.read()
	if err := r.result(); err != nil {
		return Config{}, err
	}
	return cfg, nil
}
