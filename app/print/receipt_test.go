package print

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
)

func mustZone(tb testing.TB) *time.Location {
	tb.Helper()
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		tb.Fatal(err)
	}
	return zone
}

func layoutOf(tb testing.TB, columns int, c Chinese) Layout {
	tb.Helper()
	return Layout{Columns: columns, Chinese: c, Zone: mustZone(tb), Library: Names{"路北区图书馆", "路北區圖書館", "Lubei District Library"}}
}

func day(y int, m time.Month, d int) library.Date { return library.Date{Year: y, Month: m, Day: d} }

// sample is a visit with every kind of line: 16:30 UTC is half past midnight of
// the next day in Tangshan.
func sample(language string) library.Receipt {
	return library.Receipt{
		At: time.Date(2026, 9, 22, 16, 30, 0, 0, time.UTC), Language: language, Card: "*******0018",
		Lines: []library.ReceiptLine{
			{What: library.ReceiptRefused, Barcode: "TS20260004"},
			{What: library.ReceiptBorrowed, Title: "红楼梦：程乙本（上）", Barcode: "TS20260001", Due: day(2026, 10, 23)},
			{What: library.ReceiptRenewed, Title: "唐山开滦煤矿史料汇编，附录与索引全编（修订版）第三卷下册", Barcode: "TS20260002", Due: day(2026, 12, 1)},
			{What: library.ReceiptHeld, Title: "The Name of the Rose"},
			{What: library.ReceiptHeld, Title: "三体"},
			{What: library.ReceiptReturned, Title: "小王子", Barcode: "TS20260003"},
			{What: library.ReceiptBorrowed, Title: "Momo", Barcode: "TS20260005", Due: day(2026, 10, 23)},
		},
	}
}

func mustReceipt(tb testing.TB, r library.Receipt, l Layout) []byte {
	tb.Helper()
	job, err := Receipt(r, l)
	if err != nil {
		tb.Fatal(err)
	}
	return job
}

func TestAccept_L50_a_receipt_tells_each_item_its_fate_and_day_in_the_readers_language(t *testing.T) {
	const rule = "------------------------------------------------"
	for language, want := range map[string][]string{
		"zh-Hans": {
			"路北区图书馆", "借还记录", "2026年9月23日 00:30", "读者证 *******0018", rule,
			"借了 2 本",
			"1 红楼梦：程乙本（上）", "TS20260001        应还日期 2026年10月23日 周五",
			"2 Momo", "TS20260005        应还日期 2026年10月23日 周五", rule,
			"续借了 1 本",
			"1 唐山开滦煤矿史料汇编，附录与索引全编（修订版）", "第三卷下册", "TS20260002         应还日期 2026年12月1日 周二", rule,
			"预约了 2 种",
			"1 The Name of the Rose", "正在排队", "2 三体", "正在排队", rule,
			"还了 1 本", "1 小王子", "TS20260003", rule,
			"没有办成 1 本", "1 条码 TS20260004", "原因请问工作人员。", rule,
			"请在应还日期当天或之前归还。",
		},
		"zh-Hant": {
			"路北區圖書館", "借還紀錄", "2026年9月23日 00:30", "讀者證 *******0018", rule,
			"借了 2 本",
			"1 红楼梦：程乙本（上）", "TS20260001        應還日期 2026年10月23日 週五",
			"2 Momo", "TS20260005        應還日期 2026年10月23日 週五", rule,
			"續借了 1 本",
			"1 唐山开滦煤矿史料汇编，附录与索引全编（修订版）", "第三卷下册", "TS20260002         應還日期 2026年12月1日 週二", rule,
			"預約了 2 種",
			"1 The Name of the Rose", "正在排隊", "2 三体", "正在排隊", rule,
			"還了 1 本", "1 小王子", "TS20260003", rule,
			"沒有辦成 1 本", "1 條碼 TS20260004", "原因請問館員。", rule,
			"請在應還日期當天或之前歸還。",
		},
		"en": {
			"Lubei District Library", "Your visit", "23 Sep 2026, 00:30", "Card *******0018", rule,
			"Borrowed: 2",
			"1 红楼梦：程乙本（上）", "TS20260001                 Due Fri 23 Oct 2026",
			"2 Momo", "TS20260005                 Due Fri 23 Oct 2026", rule,
			"Renewed: 1",
			"1 唐山开滦煤矿史料汇编，附录与索引全编（修订版）", "第三卷下册", "TS20260002                  Due Tue 1 Dec 2026", rule,
			"Reserved: 2",
			"1 The Name of the Rose", "In the queue", "2 三体", "In the queue", rule,
			"Returned: 1", "1 小王子", "TS20260003", rule,
			"Not done: 1", "1 Barcode TS20260004", "Please ask our staff why.", rule,
			"Please return each item on or before its due", "date.",
		},
	} {
		job := printed(t, mustReceipt(t, sample(language), layoutOf(t, 48, ChineseGB18030)))
		if got := job.texts(); !slices.Equal(got, want) {
			t.Errorf("%s: the paper says\n%s\nwant\n%s", language, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if last := job.rows[len(job.rows)-1]; last.kind != "cut" {
			t.Errorf("%s: the paper ends with %+v", language, last)
		}
	}
}

func TestAccept_L50_no_line_is_wider_than_the_paper_and_no_word_of_a_title_is_lost(t *testing.T) {
	for _, columns := range []int{32, 42, 48} {
		for language := range tongues {
			for _, c := range []Chinese{ChineseGB18030, ChineseRaster} {
				raw := emulate(t, mustReceipt(t, sample(language), layoutOf(t, columns, c)))
				for _, r := range raw.rows {
					if r.kind == "text" && r.at+len(r.text) > columns {
						t.Errorf("%d columns: %q begins at %d", columns, r.text, r.at)
					}
					if r.kind == "picture" && r.pic.rowBytes*8 != columns*narrowDots {
						t.Errorf("%d columns: a picture of %d dots", columns, r.pic.rowBytes*8)
					}
				}
			}
			text := strings.Join(printed(t, mustReceipt(t, sample(language), layoutOf(t, columns, ChineseGB18030))).texts(), "")
			for _, line := range sample(language).Lines {
				if !strings.Contains(strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(line.Title, " ", "")) {
					t.Errorf("%d columns, %s: %q is not on the paper", columns, language, line.Title)
				}
			}
		}
	}
}

func TestAccept_L50_a_receipt_without_a_card_says_nothing_of_one(t *testing.T) {
	r := sample("en")
	r.Card = ""
	for _, line := range printed(t, mustReceipt(t, r, layoutOf(t, 48, ChineseGB18030))).texts() {
		if strings.Contains(line, "Card") || strings.Contains(line, "*") {
			t.Errorf("the paper says %q", line)
		}
	}
}

func TestAccept_L50_a_card_that_is_not_masked_is_not_printed(t *testing.T) {
	r := sample("en")
	r.Card = "LB000000018"
	if job, err := Receipt(r, layoutOf(t, 48, ChineseGB18030)); !errors.Is(err, ErrCardShown) || job != nil || strings.Contains(err.Error(), "LB0") {
		t.Errorf("receipt: %d bytes, error %v", len(job), err)
	}
	if job, err := Slip(library.Slip{Kind: library.SlipHoldShelf, Language: "en", Card: r.Card}, layoutOf(t, 48, ChineseGB18030)); !errors.Is(err, ErrCardShown) || job != nil {
		t.Errorf("slip: %d bytes, error %v", len(job), err)
	}
}

func TestAReceiptThatCannotBeMadeIsRefused(t *testing.T) {
	good, goodLayout := sample("en"), layoutOf(t, 48, ChineseGB18030)
	for name, change := range map[string]func(*library.Receipt, *Layout){
		"no line":         func(r *library.Receipt, _ *Layout) { r.Lines = nil },
		"unknown line":    func(r *library.Receipt, _ *Layout) { r.Lines[0].What = "eaten" },
		"language":        func(r *library.Receipt, _ *Layout) { r.Language = "fr" },
		"width of paper":  func(_ *library.Receipt, l *Layout) { l.Columns = 40 },
		"way of Chinese":  func(_ *library.Receipt, l *Layout) { l.Chinese = "big5" },
		"no zone of time": func(_ *library.Receipt, l *Layout) { l.Zone = nil },
	} {
		r, l := good, goodLayout
		r.Lines = slices.Clone(good.Lines)
		change(&r, &l)
		if job, err := Receipt(r, l); err == nil || job != nil {
			t.Errorf("%s: %d bytes, error %v", name, len(job), err)
		}
	}
	if _, err := Receipt(library.Receipt{Language: "en"}, goodLayout); !errors.Is(err, ErrNothing) {
		t.Errorf("an empty visit: %v", err)
	}
}

// ours are all the commands a job of ours may hold.
var ours = []string{"ESC @", "ESC R", "ESC E", "ESC a", "FS &", "GS !", "GS v", "GS k", "GS (", "GS h", "GS w", "GS H", "GS V"}

func TestAccept_L50_what_a_catalogue_holds_is_text_and_never_a_command(t *testing.T) {
	for name, hostile := range map[string]string{
		"drawer and cut":       "A\x1bp\x00\x19\xfaB\x1dV\x00C",
		"initialise":           "\x1b@\x1c&\x10\x04\x01\x10\x14\x01\x00\x01",
		"line breaks":          "one\ntwo\r\nthree\x0b\x0c\u2028four\u0085five",
		"half of a character":  "\xb4\xe4\xff\x80书",
		"direction of writing": "a\u202eb\u2066c\u200fd\ufeff",
		"markup":               "<img src=x onerror=alert(1)>{B}^^^|",
		"very long":            strings.Repeat("长", 5000) + strings.Repeat("x", 5000),
		"marks on marks":       "e" + strings.Repeat("\u0301", 500),
	} {
		r := library.Receipt{Language: "zh-Hans", Lines: []library.ReceiptLine{{What: library.ReceiptBorrowed, Title: hostile, Barcode: hostile}}}
		for _, c := range []Chinese{ChineseGB18030, ChineseRaster} {
			job := mustReceipt(t, r, layoutOf(t, 32, c))
			e := emulate(t, job)
			for command := range e.used {
				if !slices.Contains(ours, command) {
					t.Errorf("%s: the job holds %s", name, command)
				}
			}
			cuts := 0
			for _, row := range e.rows {
				if row.kind == "cut" {
					cuts++
				}
			}
			if cuts != 1 {
				t.Errorf("%s: the paper is cut %d times", name, cuts)
			}
			if len(e.rows) > 40 {
				t.Errorf("%s: %d lines of paper for one item", name, len(e.rows))
			}
			if at := realTimeAt(job); at >= 0 {
				t.Errorf("%s: a real-time command at byte %d", name, at)
			}
		}
	}
}

// realTimeAt finds a command that a printer obeys wherever it stands; -1 when
// there is none.
func realTimeAt(job []byte) int {
	for _, second := range []byte{eot, enq, dc4} {
		if at := bytes.Index(job, []byte{dle, second}); at >= 0 {
			return at
		}
	}
	return -1
}

func TestEveryLanguageHasEveryWord(t *testing.T) {
	for language, w := range tongues {
		for _, word := range []string{w.receipt, w.card, w.askStaff, w.due, w.until, w.waiting, w.barcode, w.bringBy, w.holdShelf, w.transit, w.to, w.callNumber, w.reader} {
			if strings.TrimSpace(word) == "" {
				t.Errorf("%s lacks a word: %+v", language, w)
			}
		}
		for _, what := range order {
			if !strings.Contains(w.sections[what], "%d") {
				t.Errorf("%s: %q says no number for %s", language, w.sections[what], what)
			}
		}
		if len(w.sections) != len(order) {
			t.Errorf("%s has %d kinds of lines, %d are printed", language, len(w.sections), len(order))
		}
		if slices.Contains(w.weekdays[:], "") || (language == "en" && slices.Contains(w.months[:], "")) {
			t.Errorf("%s lacks a day or a month", language)
		}
	}
}
