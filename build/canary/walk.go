package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"slices"

	"shuting/app/store"
)

// report is what a walk saw.
type report struct {
	Patrons int     `json:"patrons"` // whose sealed fields were looked for
	Keys    int     `json:"keys"`    // each has one value
	Bytes   int     `json:"bytes"`   // of keys and values
	Needles int     `json:"needles"` // looked for in each key and value
	Found   []found `json:"found"`
}

// found is a leak: where, and of what kind.
type found struct {
	Space string `json:"space"` // the kind of record, as "pa1:"
	In    string `json:"in"`    // key or value
	Kind  string `json:"kind"`
	Form  string `json:"form"`
	Times int    `json:"times"`
}

var errEmpty = errors.New("there is no record at all: the walk would prove nothing")

// walk looks at every key and value on one snapshot.
func walk(ctx context.Context, s store.Store, needles []needle) (report, error) {
	rep := report{Needles: len(needles), Found: []found{}}
	times := map[found]int{}
	err := s.View(ctx, func(t store.Tx) error {
		for first := 1; first <= 0xff; first++ { // keys that begin with 0 are the backend's own
			err := t.Scan(store.Range{Prefix: []byte{byte(first)}}, func(key, value []byte) error {
				rep.Keys++
				rep.Bytes += len(key) + len(value)
				look(key, value, needles, times)
				return ctx.Err()
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return rep, err
	}
	if rep.Keys == 0 {
		return rep, errEmpty
	}
	for f, n := range times {
		f.Times = n
		rep.Found = append(rep.Found, f)
	}
	slices.SortFunc(rep.Found, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.Space, b.Space), cmp.Compare(a.In, b.In), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Form, b.Form))
	})
	return rep, nil
}

// look counts what a key and its value hold.
func look(key, value []byte, needles []needle, times map[found]int) {
	for _, n := range needles {
		for in, text := range map[string][]byte{"key": key, "value": value} {
			if n.in(text) {
				times[found{Space: space(key), In: in, Kind: n.kind, Form: n.form}]++
			}
		}
	}
}

// in tells whether the text holds the needle.
func (n needle) in(text []byte) bool {
	for from := 0; ; {
		at := bytes.Index(text[from:], n.bytes)
		if at < 0 {
			return false
		}
		at += from
		end := at + len(n.bytes)
		if !n.alone || (at == 0 || !digit(text[at-1])) && (end == len(text) || !digit(text[end])) {
			return true
		}
		from = at + 1
	}
}

func digit(b byte) bool { return '0' <= b && b <= '9' }

// space is the head of a key up to its colon, which names no one.
func space(key []byte) string {
	if head, _, ok := bytes.Cut(key, []byte(":")); ok && len(head) <= 4 {
		return string(head) + ":"
	}
	return "?"
}
