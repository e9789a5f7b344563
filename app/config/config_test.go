package config

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func mustParse(tb testing.TB, text string) Config {
	tb.Helper()
	c, err := Parse("kiosk.toml", []byte(text))
	if err != nil {
		tb.Fatalf("Parse: %v\nof\n%s", err, text)
	}
	return c
}

func TestAnEmptyFileMeansTheDefaults(t *testing.T) {
	for name, text := range map[string]string{
		"nothing": "", "blank lines": "\n\r\n \t\n", "comments": "# only\n# words", "empty tables": "[visit]\n[log]\n", "byte order mark": "\ufeff",
	} {
		if got := mustParse(t, text); !reflect.DeepEqual(got, Default()) {
			t.Errorf("%s: %+v is not the default", name, got)
		}
	}
}

func TestTheDefaultsAreTheOnesAgreed(t *testing.T) {
	d := Default()
	if d.Kiosk.ID != "k1" || d.Kiosk.Branch != "main" || d.Kiosk.Mode != "adult" {
		t.Errorf("kiosk: %+v", d.Kiosk)
	}
	if d.Library.Name != (Names{"路北区图书馆", "路北區圖書館", "Lubei District Library"}) || d.Library.TimeZone != "Asia/Shanghai" {
		t.Errorf("library: %+v", d.Library)
	}
	if d.Screen != (Screen{Diagonal: 32, BottomMM: 700}) || d.Data != (Data{MinFreeMiB: 200}) {
		t.Errorf("screen, data: %+v %+v", d.Screen, d.Data)
	}
	if d.SignIn != (SignIn{PIN: "never", PINFreeTries: 3, PINDelay: 5 * time.Second, PINDelayMax: 15 * time.Minute}) {
		t.Errorf("sign-in: %+v", d.SignIn)
	}
	if d.Visit != (Visit{Warn: 45 * time.Second, End: 65 * time.Second, Goodbye: 8 * time.Second, SecondScan: time.Minute}) {
		t.Errorf("visit: %+v", d.Visit)
	}
	if d.Printer != (Printer{Kind: "none", Baud: 19200, Columns: 48, Chinese: "gb18030"}) || d.Scanner != (Scanner{Baud: 9600}) {
		t.Errorf("printer, scanner: %+v %+v", d.Printer, d.Scanner)
	}
	if d.Return.AtIdle != "ask" || d.Log != (Log{Level: "info", KeepDays: 30}) {
		t.Errorf("return, log: %+v %+v", d.Return, d.Log)
	}
}

func TestTwoDefaultsShareNothing(t *testing.T) {
	a := Default()
	a.Language.Offered[0] = "xx"
	if Default().Language.Offered[0] != SimplifiedChinese {
		t.Error("changing one default changed the next")
	}
	Example()[0] = 'x'
	if Example()[0] != '#' {
		t.Error("changing the example changed the next")
	}
}

func TestEveryKeyReachesItsPlace(t *testing.T) {
	dir := t.TempDir()
	data, keys, log := filepath.Join(dir, "data"), filepath.Join(dir, "keys"), filepath.Join(dir, "kiosk.log")
	got := mustParse(t, `
[kiosk]
id = "north-2"
place = { zh-Hans = "一楼", zh-Hant = "一樓", en = "Ground floor" }
branch = "LB.01"
mode = "adult"
[library]
name.zh-Hans = "某馆"
name.zh-Hant = "某館"
name.en = "Some Library"
seal = "某馆"
time_zone = "Asia/Urumqi"
[screen]
diagonal = 21.5
bottom_mm = 650
windowed = true
[language]
default = "en"
offered = ["en", "zh-Hans"]
[sound]
volume = 1
mute = true
[data]
dir = '`+data+`'
keys = '`+keys+`'
min_free_mib = 1_000
[sign_in]
pin = "always"
pin_free_tries = 0
pin_delay_seconds = 10
pin_delay_max_seconds = 10
[visit]
warn_seconds = 60
end_seconds = 80
goodbye_seconds = 5
second_scan_seconds = 30
[scan]
card_pattern = 'R\d{8}'
item_pattern = '[0-9]{8}'
max_length = 32
card_check_digit = false
[return]
at_idle = "return"
[printer]
kind = "network"
address = "192.0.2.7:9100"
baud = 115200
columns = 32
chinese = "raster"
slips = true
[scanner]
port = "COM3"
baud = 115200
[log]
level = "debug"
file = '`+log+`'
keep_days = 7
`)
	want := Config{
		Kiosk:    Kiosk{ID: "north-2", Place: Names{"一楼", "一樓", "Ground floor"}, Branch: "LB.01", Mode: ModeAdult},
		Library:  Library{Name: Names{"某馆", "某館", "Some Library"}, Seal: "某馆", TimeZone: "Asia/Urumqi"},
		Screen:   Screen{Diagonal: 21.5, BottomMM: 650, Windowed: true},
		Language: Languages{Default: English, Offered: []Language{English, SimplifiedChinese}},
		Sound:    Sound{Volume: 1, Mute: true},
		Data:     Data{Dir: data, Keys: keys, MinFreeMiB: 1000},
		SignIn:   SignIn{PIN: PINAlways, PINDelay: 10 * time.Second, PINDelayMax: 10 * time.Second},
		Visit:    Visit{Warn: time.Minute, End: 80 * time.Second, Goodbye: 5 * time.Second, SecondScan: 30 * time.Second},
		Scan:     Scan{CardPattern: `R\d{8}`, ItemPattern: `[0-9]{8}`, MaxLength: 32},
		Return:   Return{AtIdle: AtIdleReturn},
		Printer:  Printer{Kind: PrinterNetwork, Address: "192.0.2.7:9100", Baud: 115200, Columns: 32, Chinese: ChineseRaster, Slips: true},
		Scanner:  Scanner{Port: "COM3", Baud: 115200},
		Log:      Log{Level: LogDebug, File: log, KeepDays: 7},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

func TestTheSameKeysMayBeWrittenInEveryFormOfTOML(t *testing.T) {
	want := Default()
	want.Kiosk.ID, want.Visit.Warn, want.Visit.End = "k7", 30*time.Second, 50*time.Second
	for form, text := range map[string]string{
		"tables":        "[visit]\nwarn_seconds = 30\nend_seconds = 50\n[kiosk]\nid = 'k7'\n",
		"dotted":        "kiosk.id = \"k7\"\nvisit.end_seconds = 0x32\nvisit.warn_seconds = 30\n",
		"inline tables": "kiosk = { id = 'k7' }\nvisit = { warn_seconds = 30, end_seconds = 50 }\n",
		"quoted keys":   "[\"kiosk\"]\n'id' = 'k7'\n[visit]\n\"warn_seconds\" = 30\nend_seconds = 50",
		"line ends":     "\ufeff[kiosk]\r\nid = 'k7'\r\n[visit]\r\nwarn_seconds = 30 # s\r\nend_seconds = 50\r\n",
	} {
		if got := mustParse(t, text); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v", form, got)
		}
	}
}

func TestParseKeepsNothingOfTheCallersBytes(t *testing.T) {
	text := []byte("[kiosk]\nid = 'k7'\n[scan]\ncard_pattern = 'A[0-9]+'\n")
	c := mustParse(t, string(text))
	got, err := Parse("kiosk.toml", text)
	if err != nil {
		t.Fatal(err)
	}
	for i := range text {
		text[i] = 'x'
	}
	if !reflect.DeepEqual(got, c) {
		t.Errorf("changed with the caller's bytes: %+v", got)
	}
}

func TestLoadReadsAFileAndNamesItInItsReports(t *testing.T) {
	file := filepath.Join(t.TempDir(), "shuting.toml")
	if err := os.WriteFile(file, []byte("[kiosk]\nid = 'k7'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(file)
	if err != nil || c.Kiosk.ID != "k7" {
		t.Fatalf("Load = %+v, %v", c.Kiosk, err)
	}
	if err := os.WriteFile(file, []byte("[kiosk]\nid = 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err = Load(file)
	if want := file + ":2: kiosk.id: must be text in quotes, not a whole number; allowed: 1 to 16 of a-z, 0-9 and -"; err == nil || err.Error() != want {
		t.Errorf("error %q, want %q", err, want)
	}
	if !reflect.DeepEqual(c, Config{}) {
		t.Errorf("a faulty file gave settings: %+v", c)
	}
	var faults *Errors
	if !errors.As(err, &faults) || faults.Problems[0].File != file {
		t.Errorf("not *Errors of the file: %#v", err)
	}
}

func TestLoadOfAMissingFileSaysSo(t *testing.T) {
	_, err := Load(filepath.Join(t.TempDir(), "none.toml"))
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "none.toml") {
		t.Errorf("error %v", err)
	}
}

func TestLoadRefusesAFileThatIsTooLarge(t *testing.T) {
	file := filepath.Join(t.TempDir(), "large.toml")
	if err := os.WriteFile(file, []byte(strings.Repeat("# x\n", MaxFileBytes/4)+"#"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Load(file)
	if err == nil || !strings.Contains(err.Error(), "larger than 1 MiB") {
		t.Errorf("error %v", err)
	}
}

func TestPatternsMatchWholeCodesOnly(t *testing.T) {
	card, item, err := Default().Scan.Compile()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string][2]bool{ // card, item
		"LB000000018": {true, true}, "LB00000001": {false, true}, "xLB000000018": {false, false},
		"LB000000018\n": {false, false}, "TS0012345": {false, true}, "9787020002207": {false, true}, "12345": {false, false}, "": {false, false},
	} {
		if got := [2]bool{card.MatchString(code), item.MatchString(code)}; got != want {
			t.Errorf("%q: card, item = %v, want %v", code, got, want)
		}
	}
	// Neither a missing anchor nor an alternative lets half a code through.
	card, _, err = Scan{CardPattern: `A[0-9]|^B$`, ItemPattern: `.+`}.Compile()
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]bool{"A1": true, "B": true, "A12": false, "xA1": false, "BB": false} {
		if card.MatchString(code) != want {
			t.Errorf("%q: %v, want %v", code, !want, want)
		}
	}
	for _, bad := range []Scan{{CardPattern: "(", ItemPattern: "x"}, {CardPattern: "x", ItemPattern: "a)(b"}} {
		if _, _, err := bad.Compile(); err == nil {
			t.Errorf("%+v compiled", bad)
		}
	}
}

func TestTheTimeZoneIsReadyForUse(t *testing.T) {
	loc, err := Default().Library.Location()
	if err != nil {
		t.Fatal(err)
	}
	if got := time.Date(2026, 9, 22, 16, 30, 0, 0, time.UTC).In(loc).Format("2006-01-02 15:04"); got != "2026-09-23 00:30" {
		t.Errorf("in Tangshan it is %s", got)
	}
	for _, zone := range []string{"", "Local"} {
		if _, err := (Library{TimeZone: zone}).Location(); err == nil {
			t.Errorf("zone %q was taken", zone)
		}
	}
}

func TestNamesAndLevelsAnswerForEveryValue(t *testing.T) {
	n := Names{"一", "二", "three"}
	for l, want := range map[Language]string{SimplifiedChinese: "一", TraditionalChinese: "二", English: "three", "fr": "一"} {
		if got := n.In(l); got != want {
			t.Errorf("In(%s) = %q, want %q", l, got, want)
		}
	}
	for l, want := range map[LogLevel]slog.Level{LogDebug: slog.LevelDebug, LogInfo: slog.LevelInfo, LogWarn: slog.LevelWarn, LogError: slog.LevelError, "": slog.LevelInfo} {
		if got := l.Slog(); got != want {
			t.Errorf("%q.Slog() = %v, want %v", l, got, want)
		}
	}
}

func TestAPrinterThatIsSwitchedOffKeepsItsAddress(t *testing.T) {
	c := mustParse(t, "[printer]\nkind = 'none'\naddress = '192.0.2.7:9100'\n")
	if c.Printer.Kind != PrinterNone || c.Printer.Address != "192.0.2.7:9100" {
		t.Errorf("printer: %+v", c.Printer)
	}
}

func TestEveryKindOfPrinterTakesItsKindOfAddress(t *testing.T) {
	device := filepath.Join(t.TempDir(), "lp0")
	for kind, addresses := range map[PrinterKind][]string{
		PrinterNetwork: {"192.0.2.7:9100", "printer.lan:9100", "[2001:db8::7]:65535"},
		PrinterFile:    {device},
		PrinterSerial:  {"/dev/ttyS0", "COM3", `\\.\COM12`},
	} {
		for _, address := range addresses {
			c := mustParse(t, "[printer]\nkind = '"+string(kind)+"'\naddress = '"+address+"'\n")
			if c.Printer.Kind != kind || c.Printer.Address != address {
				t.Errorf("%s at %s: %+v", kind, address, c.Printer)
			}
		}
	}
}
