package visit

import (
	"testing"
	"time"
)

func searching(t *testing.T) *bench {
	t.Helper()
	b := newBench(t)
	s := b.must(b.v.Begin(ScreenSearch))
	b.on(s, ScreenSearch)
	if s.Find == nil || *s.Find != (Find{}) {
		t.Fatalf("find %+v, want it there and empty", s.Find)
	}
	return b
}

func TestAccept_L33_a_scan_on_the_search_screen_looks_for_the_book(t *testing.T) {
	b := searching(t)
	for _, c := range []struct {
		scanned string
		want    Find
	}{
		{"S1", Find{Serial: 1, Title: "title of S1"}},
		{"9780000000002", Find{Serial: 2, Text: "9780000000002"}},
		{"S1", Find{Serial: 3, Title: "title of S1"}},
	} {
		s := b.scan(c.scanned)
		b.on(s, ScreenSearch)
		if s.Find == nil || *s.Find != c.want || s.Cue != "key" || s.Notice != nil {
			t.Errorf("%s: %+v, cue %q, notice %+v; want %+v", c.scanned, s.Find, s.Cue, s.Notice, c.want)
		}
	}
	s := b.scan("S9")
	if s.Notice == nil || s.Notice.Kind != "item_refused" || s.Find.Serial != 3 {
		t.Errorf("an item of no title: notice %+v, find %+v", s.Notice, s.Find)
	}
	if s := b.scan("?"); s.Notice == nil || s.Notice.Kind != "scan_unreadable" {
		t.Errorf("a code of nothing: %+v", s.Notice)
	}
	if len(b.desk.commands) != 0 {
		t.Errorf("looking for books lent or took back: %v", b.desk.commands)
	}
}

func TestAccept_L33_a_card_on_the_search_screen_signs_in_and_nothing_looked_for_stays(t *testing.T) {
	b := searching(t)
	b.scan("S1")
	s := b.scan(card)
	b.on(s, ScreenBorrow)
	if s.Find != nil {
		t.Errorf("find stays: %+v", s.Find)
	}
}

func TestAccept_L33_the_search_screen_is_left_and_ends_by_itself(t *testing.T) {
	for name, leave := range map[string]func(*bench) Snapshot{
		"back":   func(b *bench) Snapshot { return b.must(b.v.Back()) },
		"finish": func(b *bench) Snapshot { return b.must(b.v.Finish()) },
		"time":   func(b *bench) Snapshot { b.pass(45 * time.Second); return b.pass(20 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			b := searching(t)
			b.scan("S1")
			s := leave(b)
			b.on(s, ScreenIdle)
			if s.Find != nil {
				t.Errorf("find stays: %+v", s.Find)
			}
			if s := b.must(b.v.Begin(ScreenSearch)); *s.Find != (Find{}) {
				t.Errorf("the next reader finds %+v", s.Find)
			}
		})
	}
}

func TestAccept_L51_a_code_that_may_lack_its_head_is_asked_for_again(t *testing.T) {
	b := newBench(t)
	if s := b.must(b.v.Unread()); s.Screen != ScreenIdle || s.Notice == nil || s.Notice.Kind != "scan_unreadable" {
		t.Errorf("at idle: %+v", s)
	}
	b.scan(card)
	if s := b.must(b.v.Unread()); s.Screen != ScreenBorrow || s.Notice == nil || len(s.Entries) != 0 {
		t.Errorf("in a visit: %+v", s)
	}
}
