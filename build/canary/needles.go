package main

import (
	"context"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store"
)

// sealed are the personal fields of every patron.
type sealed []library.Personal

// personalSpace is where records keeps sealed fields: "pe1:", then the patron.
const personalSpace = "pe1:"

// sealedFields opens the seal of every patron.
func sealedFields(ctx context.Context, s store.Store, rec *records.Records) (sealed, error) {
	var patrons []string
	err := s.View(ctx, func(t store.Tx) error {
		return t.Scan(store.Range{Prefix: []byte(personalSpace)}, func(key, _ []byte) error {
			patrons = append(patrons, string(key[len(personalSpace):]))
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	var all sealed
	for _, patron := range patrons {
		err := rec.View(ctx, func(t *records.Tx) error {
			p, err := t.Personal(patron)
			all = append(all, p)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("personal fields: %w", err)
		}
	}
	return all, nil
}

var errBlind = errors.New("a reader who was expected is not among the sealed fields: the walk would prove nothing")

// mustHave wants every card and name that is expected under the seal.
func (s sealed) mustHave(o expected) error {
	cards, names := map[string]bool{}, map[string]bool{}
	for _, p := range s {
		cards[p.CardNumber], names[p.Name] = true, true
	}
	for _, c := range o.Cards {
		if !cards[c] {
			return errBlind
		}
	}
	for _, n := range o.Names {
		if !names[n] {
			return errBlind
		}
	}
	if len(s) == 0 {
		return errBlind
	}
	return nil
}

// needle is one thing that must be nowhere, in one of its forms.
type needle struct {
	kind  string // card, name, born, document, phone, address or pin
	form  string // how it is written
	bytes []byte
	// alone: not as a part of a longer number, which is another number.
	alone bool
}

// needlesOf lists everything that must be sealed, in each of its forms.
func needlesOf(people sealed, pins []string) []needle {
	var all []needle
	add := func(kind, text string) {
		if text != "" {
			all = append(all, forms(kind, text)...)
		}
	}
	for _, p := range people {
		add("name", p.Name)
		add("card", p.CardNumber)
		add("card", strings.TrimLeft(p.CardNumber, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
		add("document", p.Document)
		add("phone", p.Phone)
		add("address", p.Address)
		if !p.Born.IsZero() {
			add("born", p.Born.String())
			add("born", strings.ReplaceAll(p.Born.String(), "-", ""))
		}
	}
	for _, pin := range pins {
		add("pin", pin)
	}
	return all
}

// forms are the ways a text could lie in a record: as it is, as a web view
// writes it, coded, or hashed without a key. Who has all card numbers or PINs
// there are can undo such a hash.
func forms(kind, text string) []needle {
	digits := strings.Trim(text, "0123456789") == ""
	of := func(form string, b []byte) needle {
		return needle{kind: kind, form: form, bytes: b, alone: digits && form == "text"}
	}
	wide := []byte{}
	for _, u := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	all := []needle{
		of("text", []byte(text)), of("UTF-16", wide),
		of("base64", []byte(base64.RawStdEncoding.EncodeToString([]byte(text)))),
		of("hex", []byte(hex.EncodeToString([]byte(text)))),
	}
	two, one, five := sha256.Sum256([]byte(text)), sha1.Sum([]byte(text)), md5.Sum([]byte(text))
	for name, sum := range map[string][]byte{"SHA-256": two[:], "SHA-1": one[:], "MD5": five[:]} {
		all = append(all, of(name, sum), of(name+" in hex", []byte(hex.EncodeToString(sum))),
			of(name+" in base64", []byte(base64.RawStdEncoding.EncodeToString(sum))),
			of(name+" in base64", []byte(base64.RawURLEncoding.EncodeToString(sum))))
	}
	return all
}
