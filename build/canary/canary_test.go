package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
	"shuting/app/patrons"
	"shuting/app/records"
	"shuting/app/store"
	"shuting/app/store/badgerstore"
)

const (
	card = "LB202600029"
	pin  = "135790"
	name = "林知远"
)

var born = library.Date{Year: 1992, Month: time.July, Day: 24}

// mustLibrary makes a library with one reader, changed by leaks, and returns
// its data folder.
func mustLibrary(t *testing.T, leaks ...func(store.Tx) error) string {
	t.Helper()
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "data")
	engine, err := badgerstore.Open(badgerstore.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := engine.Close(); err != nil {
			t.Error(err)
		}
	}()
	rec, err := records.Open(ctx, records.Options{Store: engine, SealKey: engine.SealKey(), Kiosk: "k1"})
	if err != nil {
		t.Fatal(err)
	}
	defer rec.Close()
	desk := patrons.New(patrons.Options{Records: rec, Zone: time.UTC, Branch: "main", Delays: patrons.DefaultDelays()})
	err = desk.Enrol(ctx, library.Command{ID: "k1-enrol", Actor: "test", At: time.Date(2026, 9, 1, 9, 0, 0, 0, time.UTC)}, patrons.NewPatron{
		PIN: pin, Personal: library.Personal{Name: name, CardNumber: card, Born: born},
		Patron: library.Patron{ID: "k1-p1", Category: library.Adult, Branch: "main", ExpiresOn: library.Date{Year: 2028, Month: 1, Day: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, leak := range leaks {
		if err := engine.Update(ctx, leak); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func put(key, value string) func(store.Tx) error {
	return func(t store.Tx) error { return t.Set([]byte(key), []byte(value)) }
}

func mustRun(t *testing.T, dir string, outside expected) (clean bool, rep report) {
	t.Helper()
	in, err := json.Marshal(outside)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	clean, err = run(context.Background(), []string{"-data", dir}, bytes.NewReader(in), &out)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
		t.Fatalf("%v in %s", err, out.Bytes())
	}
	for _, secret := range []string{name, card, pin, born.String()} {
		if strings.Contains(out.String(), secret) {
			t.Error("the report itself says what must not be said")
		}
	}
	return clean, rep
}

var theReader = expected{Cards: []string{card}, Names: []string{name}, PINs: []string{pin}}

func TestAccept_L54_a_library_holds_its_readers_sealed_only(t *testing.T) {
	clean, rep := mustRun(t, mustLibrary(t), theReader)
	if !clean || len(rep.Found) > 0 {
		t.Errorf("found %+v", rep.Found)
	}
	if rep.Patrons != 1 || rep.Keys < 8 || rep.Bytes < 100*rep.Patrons || rep.Needles < 50 {
		t.Errorf("%d patrons, %d keys, %d bytes, %d needles: the walk saw too little", rep.Patrons, rep.Keys, rep.Bytes, rep.Needles)
	}
}

func TestAccept_L54_whatever_leaks_into_a_key_or_a_value_is_found(t *testing.T) {
	hash := func(kind, text, form string) string {
		for _, n := range forms(kind, text) {
			if n.form == form {
				return string(n.bytes)
			}
		}
		t.Fatalf("no form %s", form)
		return ""
	}
	for title, tt := range map[string]struct {
		key, value string
		want       found
	}{
		"a card in a key":                    {"pc1:" + card, "x", found{"pc1:", "key", "card", "text", 2}}, // whole, and its digits
		"a card's digits among letters":      {"zz1:x", "card=202600029;", found{"zz1:", "value", "card", "text", 1}},
		"a name in a value":                  {"le1:k1/9", "borrowed by " + name, found{"le1:", "value", "name", "text", 1}},
		"a birth date in a value":            {"pa1:k1-p9", "19920724", found{"pa1:", "value", "born", "text", 1}},
		"a PIN in a value":                   {"at1:x", "tried " + pin, found{"at1:", "value", "pin", "text", 1}},
		"a card under a hash without a key":  {"pc1:x", hash("card", card, "SHA-256"), found{"pc1:", "value", "card", "SHA-256", 1}},
		"a PIN under a hash, in hexadecimal": {"pp1:x", hash("pin", pin, "MD5 in hex"), found{"pp1:", "value", "pin", "MD5 in hex", 1}},
		"a name as a web view writes it":     {"zz1:x", hash("name", name, "UTF-16"), found{"zz1:", "value", "name", "UTF-16", 1}},
		"in a space nobody knows":            {"\xff\xfe", name, found{"?", "value", "name", "text", 1}},
	} {
		t.Run(title, func(t *testing.T) {
			clean, rep := mustRun(t, mustLibrary(t, put(tt.key, tt.value)), theReader)
			if clean || len(rep.Found) != 1 || rep.Found[0] != tt.want {
				t.Errorf("clean %v, found %+v, want %+v", clean, rep.Found, tt.want)
			}
		})
	}
}

func TestALongerNumberIsAnotherNumber(t *testing.T) {
	n := needle{bytes: []byte(pin), alone: true}
	for text, want := range map[string]bool{
		pin: true, "x" + pin + "y": true, "1" + pin: false, pin + "1": false, "1" + pin + " " + pin: true, "": false,
	} {
		if n.in([]byte(text)) != want {
			t.Errorf("in %q: %v", text, !want)
		}
	}
}

func TestAWalkThatCannotSeeSaysSo(t *testing.T) {
	dir := mustLibrary(t)
	for _, outside := range []string{`{"cards":["LB202600037"]}`, `{"names":["苏小满"]}`} {
		clean, err := run(context.Background(), []string{"-data", dir}, strings.NewReader(outside), &bytes.Buffer{})
		if clean || !errors.Is(err, errBlind) {
			t.Errorf("%s: clean %v, %v", outside, clean, err)
		}
	}
	if _, err := run(context.Background(), []string{"-data", filepath.Join(dir, "none")}, strings.NewReader("{}"), &bytes.Buffer{}); err == nil {
		t.Error("a library that is not there was looked through")
	}
}
