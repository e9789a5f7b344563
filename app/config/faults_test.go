package config

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func mustFail(tb testing.TB, text string) *Errors {
	tb.Helper()
	_, err := Parse("kiosk.toml", []byte(text))
	var faults *Errors
	if !errors.As(err, &faults) || len(faults.Problems) == 0 {
		tb.Fatalf("error %v of\n%s", err, text)
	}
	return faults
}

func TestAccept_L03_a_wrong_key_type_or_value_is_reported_with_line_and_what_is_allowed(t *testing.T) {
	data := t.TempDir()
	keys := filepath.Join(data, "keys")
	const names = "1 to 60 characters on one line"
	for _, c := range []struct{ name, text, want string }{
		{"unknown key with its likely name", "[visit]\n\nwarn_second = 30",
			"3: visit.warn_second: unknown key, did you mean visit.warn_seconds?; allowed: warn_seconds, end_seconds, goodbye_seconds, second_scan_seconds"},
		{"unknown key in another case", "[kiosk]\nplace = {zh-hans = 'x'}",
			"2: kiosk.place.zh-hans: unknown key, did you mean kiosk.place.zh-Hans?; allowed: zh-Hans, zh-Hant, en"},
		{"key in the wrong table", "[sound]\ndiagonal = 32",
			"2: sound.diagonal: unknown key, did you mean screen.diagonal?; allowed: volume, mute"},
		{"key before any table", "# x\nbottom_mm = 1",
			"2: bottom_mm: unknown key, did you mean screen.bottom_mm?; allowed: [kiosk], [library], [screen], [language], [sound], [data], [sign_in], [visit], [scan], [return], [printer], [scanner], [log]"},
		{"unknown key like no other", "[log]\n'a b\\nc' = 1",
			`2: log."a b\\nc": unknown key; allowed: level, file, keep_days`},
		{"unknown table once, not its keys", "[vist]\nwarn_seconds = 1\nx = 2",
			"1: vist: unknown table, did you mean visit?; allowed: [kiosk], [library], [screen], [language], [sound], [data], [sign_in], [visit], [scan], [return], [printer], [scanner], [log]"},
		{"table that is a key", "[kiosk.id]\nx = 1", "1: kiosk.id: is one value, not a table; allowed: 1 to 16 of a-z, 0-9 and -"},
		{"key below a key", "[screen]\nwindowed.x = true", "2: screen.windowed: is one value, not a table; allowed: true or false"},
		{"value where a table belongs", "visit = 45", "1: visit: is a table, not a whole number; allowed: warn_seconds, end_seconds, goodbye_seconds, second_scan_seconds"},
		{"list of tables", "[[log]]\nkeep_days = 3", "1: log: is not a list of tables; allowed: [log]"},
		{"table as a value", "[kiosk]\nid = {}", "2: kiosk.id: must be text in quotes, not a table; allowed: 1 to 16 of a-z, 0-9 and -"},

		{"text for a whole number", "[visit]\nend_seconds = '65'", "2: visit.end_seconds: must be a whole number, not text; allowed: a whole number from 30 to 900 (seconds)"},
		{"fraction for a whole number", "[screen]\nbottom_mm = 700.5", "2: screen.bottom_mm: must be a whole number, not a number with a fraction; allowed: a whole number from 0 to 1600 (mm)"},
		{"text for a number", "[screen]\ndiagonal = '32'", "2: screen.diagonal: must be a number, not text; allowed: a number from 10 to 100 (inches)"},
		{"number for a flag", "[sound]\nmute = 1", "2: sound.mute: must be true or false, not a whole number; allowed: true or false"},
		{"flag for a choice", "[sign_in]\npin = false", `2: sign_in.pin: must be text in quotes, not true or false; allowed: "never" or "always"`},
		{"date for text", "[kiosk]\nbranch = 2026-01-01", "2: kiosk.branch: must be text in quotes, not a date or time; allowed: 1 to 32 of A-Z, a-z, 0-9, ., _ and -"},
		{"text for a list", "[language]\noffered = 'en'", `2: language.offered: must be a list in square brackets, not text; allowed: a list of one or more of "zh-Hans", "zh-Hant", "en", none twice`},
		{"number in a list of text", "[language]\noffered = [1]", `2: language.offered: the list must hold text in quotes, not a whole number; allowed: a list of one or more of "zh-Hans", "zh-Hant", "en", none twice`},

		{"under the range", "[screen]\nbottom_mm = -1", "2: screen.bottom_mm: -1 is out of range; allowed: a whole number from 0 to 1600 (mm)"},
		{"over the range", "[screen]\nbottom_mm = 1601", "2: screen.bottom_mm: 1601 is out of range; allowed: a whole number from 0 to 1600 (mm)"},
		{"not a number", "[sound]\nvolume = nan", "2: sound.volume: NaN is out of range; allowed: a number from 0 to 1"},
		{"endless", "[screen]\ndiagonal = inf", "2: screen.diagonal: +Inf is out of range; allowed: a number from 10 to 100 (inches)"},
		{"too small a fraction", "[screen]\ndiagonal = 9.99", "2: screen.diagonal: 9.99 is out of range; allowed: a number from 10 to 100 (inches)"},
		{"mode of a later time", "[kiosk]\nmode = 'children'", `2: kiosk.mode: "children" is not one of the values; allowed: "adult"`},
		{"id in capitals", "[kiosk]\nid = 'K1'", `2: kiosk.id: "K1" does not fit; allowed: 1 to 16 of a-z, 0-9 and -`},
		{"id of 17", "[kiosk]\nid = '12345678901234567'", `2: kiosk.id: "12345678901234567" does not fit; allowed: 1 to 16 of a-z, 0-9 and -`},
		{"id with a line break at its end", "[kiosk]\nid = \"k1\\n\"", `2: kiosk.id: "k1\n" does not fit; allowed: 1 to 16 of a-z, 0-9 and -`},
		{"no language", "[language]\noffered = []", `2: language.offered: the list is empty; allowed: a list of one or more of "zh-Hans", "zh-Hant", "en", none twice`},
		{"language twice", "[language]\noffered = ['en', 'zh-Hans', 'en']", `2: language.offered: "en" is in the list twice; allowed: a list of one or more of "zh-Hans", "zh-Hant", "en", none twice`},
		{"language not made", "[language]\noffered = ['fr']", `2: language.offered: "fr" is not one of the values; allowed: a list of one or more of "zh-Hans", "zh-Hant", "en", none twice`},
		{"one character as a seal", "[library]\nseal = '路'", `2: library.seal: "路" does not fit; allowed: exactly two characters (letters or Han characters)`},
		{"blank name", "[library.name]\nzh-Hans = ' '\nzh-Hant = 'x'\nen = 'x'", "2: library.name.zh-Hans: is blank; allowed: " + names},
		{"long name", "[library.name]\nen = '" + strings.Repeat("馆", 61) + "'", "2: library.name.en: has 61 characters; allowed: " + names},
		{"name of two lines", "[kiosk]\nplace = {zh-Hans = \"a\\nb\"}", `2: kiosk.place.zh-Hans: holds a line break or another control character; allowed: "" or ` + names},
		{"time zone", "[library]\ntime_zone = 'Asia/Tangshan'", `2: library.time_zone: "Asia/Tangshan" is not a known time zone; allowed: a name of the IANA time zone list, as "Asia/Shanghai"`},
		{"time zone of the machine", "[library]\ntime_zone = 'Local'", `2: library.time_zone: "Local" is not a known time zone; allowed: a name of the IANA time zone list, as "Asia/Shanghai"`},
		{"relative path", "[data]\ndir = 'data'", `2: data.dir: "data" is not a full path; allowed: "" or the full path of a folder`},
		{"path with an escape", "[log]\nfile = \"/a\\tb\"", `2: log.file: holds a control character (in double quotes a backslash begins one: use single quotes); allowed: "" or the full path of a file`},
		{"pattern", "[scan]\ncard_pattern = '^LB[0-9'", "2: scan.card_pattern: is not a regular expression: missing closing ]: `[0-9`; allowed: a regular expression (RE2) of 1 to 200 characters that no empty code fits"},
		{"pattern that takes anything", "[scan]\nitem_pattern = '[0-9]*'", `2: scan.item_pattern: "[0-9]*" fits an empty code; allowed: a regular expression (RE2) of 1 to 200 characters that no empty code fits`},
		{"pattern without end", "[scan]\nitem_pattern = '" + strings.Repeat("a", 201) + "'", "2: scan.item_pattern: has 201 characters; allowed: a regular expression (RE2) of 1 to 200 characters that no empty code fits"},

		{"speed that no line has", "[printer]\nbaud = 19201", "2: printer.baud: 19201 is not one of the values; allowed: one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600"},
		{"speed as text", "[scanner]\nbaud = '9600'", "2: scanner.baud: must be a whole number, not text; allowed: one of 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600"},
		{"paper of 40 columns", "[printer]\ncolumns = 40", "2: printer.columns: 40 is not one of the values; allowed: one of 32, 42, 48"},
		{"printer by USB", "[printer]\nkind = 'usb'", `2: printer.kind: "usb" is not one of the values; allowed: "none" or "network" or "file" or "serial"`},
		{"port with an escape", "[scanner]\nport = \"COM\\t3\"", `2: scanner.port: holds a control character (in double quotes a backslash begins one: use single quotes); allowed: "" or the name of a serial port`},
		{"port with a space", "[scanner]\nport = 'COM3 '", `2: scanner.port: "COM3 " begins or ends with a space; allowed: "" or the name of a serial port`},
		{"address without end", "[printer]\naddress = '" + strings.Repeat("x", 256) + "'", `2: printer.address: has 256 bytes, more than 255; allowed: "" or host:port, the full path of a device, or the name of a port`},
		{"network printer nowhere", "[printer]\nkind = 'network'", `2: printer.kind: "" is no address for a printer of kind "network"; allowed: host:port, as '192.0.2.7:9100'`},
		{"network printer without a port", "[printer]\nkind = 'network'\naddress = '192.0.2.7'", `3: printer.address: "192.0.2.7" is no address for a printer of kind "network"; allowed: host:port, as '192.0.2.7:9100'`},
		{"network printer at port 0", "[printer]\naddress = 'printer:0'\nkind = 'network'", `2: printer.address: "printer:0" is no address for a printer of kind "network"; allowed: host:port, as '192.0.2.7:9100'`},
		{"device by a short path", "[printer]\nkind = 'file'\naddress = 'lp0'", `3: printer.address: "lp0" is no address for a printer of kind "file"; allowed: the full path of a device, as '/dev/usb/lp0'`},
		{"serial printer nowhere", "[printer]\nkind = 'serial'\naddress = ''", `3: printer.address: "" is no address for a printer of kind "serial"; allowed: the name of a port, as '/dev/ttyS0' or 'COM3'`},

		{"warning too short", "[visit]\nwarn_seconds = 46\n", "2: visit.warn_seconds: the visit would end 19 s after it began to warn (warn_seconds 46, end_seconds 65); allowed: end_seconds at least 20 more than warn_seconds (WCAG 2.2.1)"},
		{"warning too short, both set", "[visit]\nwarn_seconds = 30\nend_seconds = 49\n", "3: visit.end_seconds: the visit would end 19 s after it began to warn (warn_seconds 30, end_seconds 49); allowed: end_seconds at least 20 more than warn_seconds (WCAG 2.2.1)"},
		{"longest wait under the first", "[sign_in]\npin_delay_max_seconds = 4", "2: sign_in.pin_delay_max_seconds: the longest wait is shorter than the first (pin_delay_seconds 5, pin_delay_max_seconds 4); allowed: pin_delay_max_seconds not less than pin_delay_seconds"},
		{"default not offered", "[language]\noffered = ['en']", `2: language.offered: the default "zh-Hans" is not offered; allowed: a default that is in the list of offered`},
		{"keys in the data", "[data]\ndir = '" + data + "'\nkeys = '" + keys + "'", "3: data.keys: the keys would lie in the data folder, and every copy of it would carry them; allowed: a folder for keys outside dir"},
		{"keys are the data", "[data]\ndir = '" + data + "'\nkeys = '" + data + "'", "3: data.keys: the keys would lie in the data folder, and every copy of it would carry them; allowed: a folder for keys outside dir"},
		{"name in one language", "[library]\nseal = '唐山'\nname = {zh-Hans = '唐山馆'}", "3: library.name: has no name for zh-Hant, en; allowed: a name in all of zh-Hans, zh-Hant, en"},
		{"place in two languages", "[kiosk]\nplace.zh-Hans = '一楼'\nplace.zh-Hant = ''\nplace.en = 'x'", "2: kiosk.place: has no name for zh-Hant; allowed: a name in all of zh-Hans, zh-Hant, en"},

		{"key twice", "[visit]\nwarn_seconds = 30\n\nwarn_seconds = 30", "4: visit.warn_seconds: was set in line 2 already; allowed: every key once"},
		{"key twice in two forms", "visit.warn_seconds = 30\n[kiosk]\nid = 'a'\n[visit]\nwarn_seconds = 30", "5: visit.warn_seconds: was set in line 1 already; allowed: every key once"},
		{"table twice", "[visit]\nwarn_seconds = 30\n[log]\n[visit]\n", "4: visit: this table was begun in line 1 already; allowed: every table once"},
		{"table of two forms", "visit.warn_seconds = 30\n[visit]\n", "2: "},
		{"inline table twice over", "[kiosk]\n\n  place = { en = 'a', en = 'b' }", "3: kiosk.place: "},

		{"text without quotes", "[sign_in]\n# x\npin = always", `3: sign_in.pin: syntax error: unexpected character U+0061 'a' at start of value; allowed: "never" or "always"`},
		{"number that is none", "[visit]\nwarn_seconds = 4__5", "2: visit.warn_seconds: "},
		{"no value", "[visit]\nwarn_seconds =\nend_seconds = 70", "2: visit.warn_seconds: syntax error: "},
		{"not closed, noticed below", "[language]\noffered = [\n 'en',\n[kiosk]\nid = 'x'", "2: language.offered: syntax error: "},
		{"quote not closed", "[kiosk]\nid = \"k1\nbranch = 'b'", "2: kiosk.id: syntax error: "},
		{"text not closed to the end", "[kiosk]\nid = '''k1", "2: kiosk.id: syntax error: "},
		{"header not closed", "[log]\n[visit\nwarn_seconds = 30", "2: syntax error: "},
		{"control character in a comment", "# a\x01\n[kiosk]\nid = 'x'", "1: syntax error: "},
		{"not UTF-8", "[kiosk]\nid = 'k1'\nbranch = '\xc2\xb7\xb1\xb1'", "3: is not UTF-8 text; allowed: text saved as UTF-8"},
		{"UTF-16", "\xff\xfe[\x00k\x00", "1: is not UTF-8 text; allowed: text saved as UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			faults := mustFail(t, c.text)
			got := faults.Error()
			want := "kiosk.toml:" + c.want
			// A want that ends in ": " leaves the words to the TOML parser.
			if strings.HasSuffix(want, ": ") && strings.HasPrefix(got, want) && len(got) > len(want) {
				got = want
			}
			if len(faults.Problems) != 1 || got != want {
				t.Errorf("got\n%s\nwant\n%s", faults, want)
			}
		})
	}
}

func TestAccept_L03_all_problems_of_a_file_are_reported_at_once(t *testing.T) {
	faults := mustFail(t, `# line 1
[kiosk]
id = "Kiosk One"
colour = "red"
branch = main
[screen]
diagonal = 3
  bottom_mm = "low"
[visit]
warn_seconds = 60
[scan]
card_pattern = '('
max_length = 40
max_length = 41
[library]
time_zone = 'Mars'
name = { zh-Hans = 'x', zh-Hant = 5, en = 'x' }
[lgo]
level = 'loud'
[log]
level = 'loud'
[sound
mute = 0
`)
	var got []string
	for _, p := range faults.Problems {
		got = append(got, fmt.Sprintf("%d:%d %s", p.Line, p.Column, p.Key))
		if p.File != "kiosk.toml" || p.Message == "" || p.Allowed == "" && p.Key != "" {
			t.Errorf("incomplete: %+v", p)
		}
	}
	want := []string{
		"3:1 kiosk.id", "4:1 kiosk.colour", "5:10 kiosk.branch", "7:1 screen.diagonal", "8:3 screen.bottom_mm",
		"10:1 visit.warn_seconds", "12:1 scan.card_pattern", "14:1 scan.max_length", "16:1 library.time_zone",
		"17:25 library.name.zh-Hant", "18:2 lgo", "21:1 log.level", "22:7 ", "23:1 sound.mute",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q\n%v", got, want, faults)
	}
	if lines := strings.Split(faults.Error(), "\n"); len(lines) != len(want) {
		t.Errorf("%d lines for %d problems", len(lines), len(want))
	}
}

func TestOneMistakeIsNotToldTwice(t *testing.T) {
	for _, text := range []string{
		"[visit]\nwarn_seconds = 46\nend_seconds = x\n",                    // how long the visit is cannot be known
		"[visit]\nwarn_seconds = 46\nend_seconds = 1\n",                    // nor here
		"[library]\nname.zh-Hans = 馆\nname.zh-Hant = 'x'\nname.en = 'x'\n", // unreadable is not missing
		"[language]\ndefault = 'en'\noffered = ['zh-Hans', 'xx']\n",        // the list is wrong already
		"[visit]\nwarn_seconds = 46\nend_seconds = [\n",                    // open to the end
	} {
		if faults := mustFail(t, text); len(faults.Problems) != 1 {
			t.Errorf("%d problems\n%v\nof\n%s", len(faults.Problems), faults, text)
		}
	}
}

func TestAFileThatIsNoSettingsFileEndsSoon(t *testing.T) {
	for name, text := range map[string]string{
		"broken entries": strings.Repeat("key = = 1\n", 100_000),
		"unknown keys":   strings.Repeat("x.y = 1\n", 100_000),
		"open lists":     strings.Repeat("a = [\n", 100_000),
		"prose":          strings.Repeat("Dear kiosk, please open at nine.\n", 20_000),
		"deep":           "x = " + strings.Repeat("[", 500_000),
	} {
		if faults := mustFail(t, text); len(faults.Problems) > maxProblems || len(faults.Error()) > 100_000 {
			t.Errorf("%s: %d problems, %d bytes of report", name, len(faults.Problems), len(faults.Error()))
		}
	}
}
