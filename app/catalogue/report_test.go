package catalogue_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"shuting/app/catalogue"
)

func TestReport_opens_in_a_spreadsheet_and_runs_nothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "reports", "a.csv")
	r := catalogue.NewReportFile(path)
	for _, title := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "＝1＋1", "\t=1", "“引号”, \"quoted\"", "换\n行", "红楼梦", "\u202egnip"} {
		r.Add(catalogue.Listed{File: "=a.mrc", Number: 7, Offset: 4096, What: catalogue.WhatRecord, Reason: "title_missing", Detail: "-x", Title: title})
	}
	if err := r.Close(); err != nil || r.Lines() != 10 {
		t.Fatalf("%d lines, %v", r.Lines(), err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(string(raw), "\uFEFF")
	if !marked || strings.Contains(text, "\uFEFF") || strings.Count(text, "\r\n") != 11 {
		t.Errorf("not what Excel wants: %q", raw)
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"'=a.mrc", "7", "4096", "record", "title_missing", "'-x", "'=1+1"}; !reflect.DeepEqual(rows[1], want) {
		t.Errorf("row %q, want %q", rows[1], want)
	}
	var titles []string
	for _, row := range rows[1:] {
		titles = append(titles, row[6])
	}
	if want := []string{"'=1+1", "'+1", "'-1", "'@SUM(A1)", "'＝1＋1", "' =1", "“引号”, \"quoted\"", "换 行", "红楼梦", "' gnip"}; !reflect.DeepEqual(titles, want) {
		t.Errorf("titles %q, want %q", titles, want)
	}
}

func TestReport_without_a_line_makes_no_file_and_never_overwrites_one(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	empty := catalogue.NewReportFile(path)
	if err := empty.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty report was made: %v", err)
	}
	if err := os.WriteFile(path, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	second := catalogue.NewReportFile(path)
	second.Add(catalogue.Listed{})
	second.Add(catalogue.Listed{})
	if err := second.Close(); !errors.Is(err, fs.ErrExist) {
		t.Errorf("close: %v", err)
	}
	if raw, err := os.ReadFile(path); err != nil || string(raw) != "kept" {
		t.Errorf("the file holds %q, %v", raw, err)
	}
}

func TestSummary_is_text_for_the_command_line(t *testing.T) {
	sum := catalogue.Summary{File: "a.mrc", Took: 2 * time.Second, Read: 100, New: 90, Updated: 3, Unchanged: 5, Skipped: 2, Joined: 1,
		ItemsNew: 120, ItemsRefused: 1, Reasons: map[catalogue.Reason]int{"title_missing": 2, "isbn_invalid": 7, catalogue.BarcodeElsewhere: 1},
		Listed: []catalogue.Listed{{Number: 4, Offset: 812, Reason: "title_missing", Detail: "the record has no title"},
			{Number: 9, Offset: 2048, Reason: catalogue.BarcodeElsewhere, Detail: "barcode 1 is taken", Title: "样\x1b[31m本"}}, More: 1}
	var out bytes.Buffer
	if err := sum.Write(&out); err != nil {
		t.Fatal(err)
	}
	want := `a.mrc: 100 records read in 2s (50 per second)
  titles  90 new, 3 updated, 5 unchanged, 2 skipped
  items   120 new, 0 updated, 0 unchanged, 1 refused
  1 joined by ISBN a title that another source describes
       7  isbn_invalid
       2  title_missing
       1  barcode_elsewhere
  not imported:
    record 4 at byte 812: title_missing: the record has no title
    record 9 at byte 2048: barcode_elsewhere: barcode 1 is taken [样 [31m本]
    and 1 more
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
