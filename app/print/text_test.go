package print

import (
	"slices"
	"strings"
	"testing"

	"shuting/app/library"
)

func TestTextIsWrappedBetweenWordsAndCharacters(t *testing.T) {
	for _, c := range []struct {
		text string
		room int
		want []string
	}{
		{"", 10, nil},
		{"红楼梦", 6, []string{"红楼梦"}},
		{"红楼梦", 5, []string{"红楼", "梦"}},
		{"红楼梦，石头记", 6, []string{"红楼", "梦，石", "头记"}},
		{"the name of the rose", 8, []string{"the name", "of the", "rose"}},
		{"读Go语言", 5, []string{"读Go", "语言"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"a bcdefghij", 4, []string{"a", "bcde", "fghi", "j"}},
		{"书。。。。。。", 6, []string{"书。。", "。。。", "。"}},
	} {
		if got := wrap(c.text, c.room); !slices.Equal(got, c.want) {
			t.Errorf("%q on %d columns: %q, want %q", c.text, c.room, got, c.want)
		}
	}
}

func TestALongTitleEndsWhereItsRoomEnds(t *testing.T) {
	r := library.Receipt{Language: "zh-Hans", Lines: []library.ReceiptLine{{What: library.ReceiptReturned, Title: strings.Repeat("长", 100)}}}
	texts := printed(t, mustReceipt(t, r, layoutOf(t, 32, ChineseGB18030))).texts()
	at := slices.IndexFunc(texts, func(s string) bool { return strings.HasPrefix(s, "1 ") })
	want := []string{"1 " + strings.Repeat("长", 15), strings.Repeat("长", 15), strings.Repeat("长", 13) + "..."}
	if at < 0 || !slices.Equal(texts[at:at+3], want) {
		t.Errorf("the paper says %q", texts)
	}
}

// FuzzDocument holds for any text: a job whose every byte a printer understands,
// with no command that we do not mean and no line wider than the paper.
func FuzzDocument(f *testing.F) {
	f.Add("红楼梦：程乙本（上）", "TS20260001", "I242.4", uint8(0))
	f.Add("A\x1bp\x00\x19\xfa\x10\x14\x01", "{B{{C\x00", "\u202e\xff", uint8(1))
	f.Add("Größe ḿ 𠮷 ☃ e\u0301\u0301", "16041605", strings.Repeat("。", 60), uint8(2))
	f.Fuzz(func(t *testing.T, title, barcode, place string, paper uint8) {
		l := layoutOf(t, columns[int(paper)%len(columns)], ChineseGB18030)
		if paper >= 128 {
			l.Chinese = ChineseRaster
		}
		r := library.Receipt{Language: "zh-Hans", Lines: []library.ReceiptLine{{What: library.ReceiptBorrowed, Title: title, Barcode: barcode, Due: day(2026, 10, 23)}}}
		jobs := [][]byte{mustReceipt(t, r, l)}
		s := library.Slip{Kind: library.SlipTransit, Language: "en", Title: title, Barcode: barcode, CallNumber: place, To: place}
		if job, err := Slip(s, l); err == nil {
			jobs = append(jobs, job)
		} else if clean(place) != "" {
			t.Fatal(err)
		}
		for _, job := range jobs {
			e := emulate(t, job)
			for command := range e.used {
				if !slices.Contains(ours, command) {
					t.Fatalf("the job holds %s", command)
				}
			}
			for _, row := range e.rows {
				wide := len(row.text)
				if row.look.large {
					wide *= 2
				}
				if row.kind == "text" && row.at+wide > l.Columns {
					t.Fatalf("%q begins at %d of %d columns", row.text, row.at, l.Columns)
				}
			}
			if at := realTimeAt(job); at >= 0 {
				t.Fatalf("a real-time command at byte %d", at)
			}
		}
	})
}
