package config

import (
	"bytes"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"
)

// FuzzParse holds for any bytes: no panic; either settings that keep every
// promise, or a report whose lines exist.
func FuzzParse(f *testing.F) {
	f.Add(Example())
	f.Add([]byte(uncommented()))
	f.Add([]byte("[kiosk]\nid = 'k1\nplace = {zh-Hans = 1, en = '''\n'''}\n[[visit]]\r\nwarn_seconds = 4_5 # x"))
	f.Add([]byte("\ufeffvisit.end_seconds = 0x41\n\"a\\u0000.b\".c = [ {x = 1979-05-27T07:32:00Z}, ]\n[language]\noffered = [\n"))
	f.Add([]byte("# \x01\n[a.b]\n[a]\nb.c = 'x' 'y'\n= 1\n\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		cfg, err := Parse("f", data)
		if !bytes.Equal(before, data) {
			t.Fatal("Parse changed its input")
		}
		if err == nil {
			keepsItsPromises(t, cfg)
			var any map[string]any
			if err := toml.Unmarshal(bytes.TrimPrefix(data, []byte("\ufeff")), &any); err != nil {
				t.Fatalf("accepted what is not TOML: %v", err)
			}
			return
		}
		var faults *Errors
		if !errors.As(err, &faults) || len(faults.Problems) == 0 || len(faults.Problems) > maxProblems+10 {
			t.Fatalf("error %#v", err)
		}
		if !reflect.DeepEqual(cfg, Config{}) {
			t.Fatalf("settings beside an error: %+v", cfg)
		}
		if n := strings.Count(err.Error(), "\n") + 1; n != len(faults.Problems) {
			t.Fatalf("%d lines for %d problems:\n%v", n, len(faults.Problems), err)
		}
		lines := bytes.Split(data, []byte("\n"))
		for _, p := range faults.Problems {
			if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > len(lines[p.Line-1])+1 {
				t.Fatalf("problem at %d:%d of %d lines: %v", p.Line, p.Column, len(lines), p)
			}
		}
	})
}

func keepsItsPromises(t *testing.T, c Config) {
	t.Helper()
	if c.Visit.End-c.Visit.Warn < MinWarning || c.SignIn.PINDelayMax < c.SignIn.PINDelay {
		t.Fatalf("times %+v %+v", c.Visit, c.SignIn)
	}
	if !slices.Contains(c.Language.Offered, c.Language.Default) {
		t.Fatalf("languages %+v", c.Language)
	}
	if _, err := c.Library.Location(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Scan.Compile(); err != nil {
		t.Fatal(err)
	}
	for _, l := range c.Language.Offered {
		if c.Library.Name.In(l) == "" || (c.Kiosk.Place.In(l) == "") != (c.Kiosk.Place.Hans == "") {
			t.Fatalf("names %+v %+v", c.Library.Name, c.Kiosk.Place)
		}
	}
	if !slices.Contains(Bauds, c.Printer.Baud) || !slices.Contains(Bauds, c.Scanner.Baud) || (c.Printer.Kind != PrinterNone && c.Printer.Address == "") {
		t.Fatalf("devices %+v %+v", c.Printer, c.Scanner)
	}
	if c.Kiosk.ID == "" || c.Kiosk.Mode != ModeAdult || c.Data.MinFreeMiB < 100 || c.Screen.Diagonal < 10 {
		t.Fatalf("out of range: %+v", c)
	}
}
