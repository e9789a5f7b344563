package records

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"shuting/app/library"
	"shuting/app/store"
)

func TestAccept_L08_personal_fields_are_nowhere_in_plain(t *testing.T) {
	canaries := [][]byte{[]byte(person.Name), []byte(person.CardNumber), []byte(person.Document), []byte(person.Phone), []byte(person.Address), []byte(person.Born.String())}
	dir := t.TempDir()
	s := mustOpenStore(t, dir)
	r := mustOpen(t, s)
	sealed, err := r.SealPersonal("p1", person)
	if err != nil {
		t.Fatal(err)
	}
	cardKey := r.CardKey(person.CardNumber)
	mustDo(t, r, "enrol", func(t *Tx) error {
		return errors.Join(t.PutPatron(library.Patron{ID: "p1"}), t.PutPersonal("p1", sealed), t.PutCard(cardKey, library.Card{Patron: "p1", State: library.CardActive}))
	})
	mustView(t, r, func(tx *Tx) error {
		p, err := tx.Personal("p1")
		if p != person {
			t.Errorf("unsealed %+v, want what was sealed", p)
		}
		return err
	})
	everything(t, s, func(k, v []byte) {
		for _, canary := range canaries {
			if bytes.Contains(k, canary) || bytes.Contains(v, canary) {
				t.Errorf("%q is in plain under %q", canary, k)
			}
		}
	})
	r.Close()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	files := 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files++
		for _, canary := range canaries {
			if bytes.Contains(b, canary) {
				t.Errorf("%q is in plain in the file %s", canary, d.Name())
			}
		}
		return err
	})
	if err != nil || files < 3 {
		t.Errorf("%d files read (%v)", files, err)
	}
}

func TestDestroyingThePatronsKeyMakesTheFieldsUnreadable(t *testing.T) {
	r, s := goodLibrary(t)
	var fields []byte
	mustUpdate(t, s, func(tx store.Tx) (err error) {
		if fields, err = tx.Get(key(spacePersonal, "p1")); err != nil {
			return err
		}
		return tx.Delete(key(spaceKey, "p1"))
	})
	read := func() error {
		return r.View(context.Background(), func(t *Tx) error { _, err := t.Personal("p1"); return err })
	}
	if err := read(); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
	// Not even with a fresh key of the same patron and the fields still there.
	fresh, err := r.SealPersonal("p1", library.Personal{})
	if err != nil {
		t.Fatal(err)
	}
	mustUpdate(t, s, func(tx store.Tx) error {
		return (&Tx{s: tx}).PutPersonal("p1", SealedPersonal{Key: fresh.Key, Fields: fields})
	})
	if err := read(); !errors.Is(err, ErrBroken) {
		t.Errorf("got %v, want ErrBroken", err)
	}
}

func TestSealing(t *testing.T) {
	r, s := mustNew(t)
	one, err1 := r.SealPersonal("p1", person)
	two, err2 := r.SealPersonal("p1", person)
	if err1 != nil || err2 != nil {
		t.Fatal(err1, err2)
	}
	if bytes.Equal(one.Fields, two.Fields) || bytes.Equal(one.Key, two.Key) {
		t.Error("the same fields sealed twice are the same bytes")
	}
	other, err := newSealer(bytes.Repeat([]byte{8}, 32))
	if err != nil {
		t.Fatal(err)
	}
	flip := func(b []byte, i int) []byte { b = bytes.Clone(b); b[i] ^= 1; return b }
	for _, c := range []struct {
		name   string
		sealer *sealer
		patron string
		sp     SealedPersonal
	}{
		{"another patron's id", r.sealer, "p2", one},
		{"another kiosk's sealing key", other, "p1", one},
		{"the key of another sealing", r.sealer, "p1", SealedPersonal{Key: two.Key, Fields: one.Fields}},
		{"a changed key", r.sealer, "p1", SealedPersonal{Key: flip(one.Key, 20), Fields: one.Fields}},
		{"changed fields", r.sealer, "p1", SealedPersonal{Key: one.Key, Fields: flip(one.Fields, 20)}},
		{"a changed nonce", r.sealer, "p1", SealedPersonal{Key: one.Key, Fields: flip(one.Fields, 0)}},
		{"fields cut short", r.sealer, "p1", SealedPersonal{Key: one.Key, Fields: one.Fields[:5]}},
		{"no key", r.sealer, "p1", SealedPersonal{Fields: one.Fields}},
	} {
		if p, err := c.sealer.open(c.patron, c.sp); !errors.Is(err, ErrBroken) || p != (library.Personal{}) {
			t.Errorf("%s: got %+v, %v; want ErrBroken", c.name, p, err)
		}
	}
	third, err := Open(context.Background(), Options{Store: s, SealKey: bytes.Repeat([]byte{8}, 32), Kiosk: "k2"})
	if err != nil {
		t.Fatal(err)
	}
	defer third.Close()
	if r.CardKey("1") == third.CardKey("1") || bytes.Equal(r.Pepper("p", "1"), third.Pepper("p", "1")) {
		t.Error("look-ups or PINs do not depend on the sealing key")
	}
	if one := r.CardKey("1"); one == r.CardKey("2") || one != r.CardKey("1") {
		t.Error("a card key is not a function of the number")
	}
	if bytes.Equal(r.Pepper("p1", "123456"), r.Pepper("p2", "123456")) {
		t.Error("two patrons with the same PIN have the same pepper")
	}
}
