package print

import (
	"slices"
	"strings"
	"testing"
	"time"

	"shuting/app/library"
)

func sampleSlip(kind, language string) library.Slip {
	return library.Slip{
		Kind: kind, At: time.Date(2026, 9, 22, 16, 30, 0, 0, time.UTC), Language: language,
		Title: "小王子", Barcode: "TS20260001", CallNumber: "I565.88/12", Card: "*******0018", Until: day(2026, 10, 3), To: "南新道分館",
	}
}

func TestAccept_L50_a_slip_says_in_large_letters_where_the_item_goes(t *testing.T) {
	for _, c := range []struct {
		kind, language string
		want           []string
	}{
		{library.SlipHoldShelf, "zh-Hans", []string{"预约架", "小王子", "索书号 I565.88/12", "读者证 *******0018", "留到 2026年10月3日 周六", "2026年9月23日 00:30", "TS20260001"}},
		{library.SlipHoldShelf, "en", []string{"HOLD SHELF", "小王子", "Call number I565.88/12", "For card *******0018", "Kept until Sat 3 Oct 2026", "23 Sep 2026, 00:30", "TS20260001"}},
		{library.SlipTransit, "zh-Hant", []string{"調撥", "送往 南新道分館", "小王子", "索書號 I565.88/12", "讀者證 *******0018", "留到 2026年10月3日 週六", "2026年9月23日 00:30", "TS20260001"}},
	} {
		job, err := Slip(sampleSlip(c.kind, c.language), layoutOf(t, 48, ChineseGB18030))
		if err != nil {
			t.Fatal(err)
		}
		e := printed(t, job)
		if got := e.texts(); !slices.Equal(got, c.want) {
			t.Errorf("%s, %s: the paper says\n%s", c.kind, c.language, strings.Join(got, "\n"))
		}
		if first := e.rows[0]; !first.look.large {
			t.Errorf("%s: where to is not large: %+v", c.kind, first)
		}
	}
}

func TestASlipThatLeadsNowhereIsRefused(t *testing.T) {
	for name, s := range map[string]library.Slip{
		"no branch":    {Kind: library.SlipTransit, Language: "en", To: " \u200e"},
		"unknown kind": {Kind: "bin", Language: "en"},
	} {
		if job, err := Slip(s, layoutOf(t, 48, ChineseGB18030)); err == nil || job != nil {
			t.Errorf("%s: %d bytes, error %v", name, len(job), err)
		}
	}
}

func TestAccept_L50_codes_on_slips_are_read_by_a_scanner_program(t *testing.T) {
	for _, c := range []struct {
		columns       int
		barcode, kind string
	}{
		{32, "TS20260001", "code128"},
		{48, "ABC12345678901234", "code128"},
		{32, "20260001", "code128"},
		{48, "16041605", "code128"}, // its pairs would be real-time commands
		{48, "A{B}-7.$", "code128"},
		{32, "ABC12345678901234", "qr"}, // too long for this paper
		{48, "HTTPS://LIB.INVALID/ITEM/00000000000000000000000001", "qr"},
		{48, "馆藏0001", "qr"},
	} {
		s := sampleSlip(library.SlipHoldShelf, "zh-Hans")
		s.Barcode = c.barcode
		for _, chinese := range []Chinese{ChineseGB18030, ChineseRaster} {
			job, err := Slip(s, layoutOf(t, c.columns, chinese))
			if err != nil {
				t.Fatal(err)
			}
			e := printed(t, job)
			at := slices.IndexFunc(e.rows, func(r row) bool { return r.kind == c.kind })
			if at < 0 || !e.rows[at].mid {
				t.Errorf("%s on %d columns: no %s in the middle", c.barcode, c.columns, c.kind)
				continue
			}
			if got := scan(t, picture(t, e.rows, c.columns)); !slices.Equal(got, []string{c.barcode}) {
				t.Errorf("%s on %d columns is read as %q", c.barcode, c.columns, got)
			}
			if at := realTimeAt(job); at >= 0 {
				t.Errorf("%s: a real-time command at byte %d", c.barcode, at)
			}
		}
	}
}

func TestASlipWithoutABarcodeHasNoCode(t *testing.T) {
	s := sampleSlip(library.SlipHoldShelf, "zh-Hans")
	s.Barcode = "\x1b\x00"
	job, err := Slip(s, layoutOf(t, 48, ChineseGB18030))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range printed(t, job).rows {
		if r.kind == "code128" || r.kind == "qr" {
			t.Errorf("the slip carries %+v", r)
		}
	}
}
