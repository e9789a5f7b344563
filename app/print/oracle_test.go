package print

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"unicode"

	"shuting/app/library"
)

// TestAccept_L50_our_jobs_print_what_another_program_prints holds our bytes, and
// the emulator that reads them in the other tests, against receiptline, which we
// did not write: the same document must come to the same paper.
func TestAccept_L50_our_jobs_print_what_another_program_prints(t *testing.T) {
	for _, columns := range []int{32, 42, 48} {
		file := fmt.Sprintf("testdata/receiptline/%d.bin", columns)
		job, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		theirs := printed(t, job)

		d := newDocument(layoutOf(t, columns, ChineseGB18030))
		d.centred("路北区图书馆", bold)
		d.centred("预约架", large)
		d.left("红楼梦：程乙本（上）", 0)
		d.left("Der Name der Rose, 3. Aufl.", 0)
		d.styled("读者证 *******0018", bold)
		d.code("TS20260001")
		d.code("16040099")
		d.code("https://lib.invalid/TS20260001")
		mine := printed(t, d.end())

		if got, want := looks(mine), looks(theirs); !slices.Equal(got, want) {
			t.Errorf("%d columns: ours\n%s\ntheirs\n%s", columns, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		want := []string{"https://lib.invalid/TS20260001", "16040099", "TS20260001"}
		for who, e := range map[string]*emulator{"ours": mine, "theirs": theirs} {
			got := scan(t, picture(t, e.rows, columns))
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%d columns, %s: codes %q", columns, who, got)
			}
		}
	}
}

// looks describes what is on the paper; a QR code may be a picture or not.
func looks(e *emulator) []string {
	var out []string
	for _, r := range e.rows {
		switch {
		case r.kind == "text" && r.text == "":
		case r.kind == "text":
			out = append(out, fmt.Sprintf("%s at %d, %+v", r.text, r.at, r.look))
		case r.kind == "qr", r.kind == "picture":
			out = append(out, fmt.Sprintf("a QR code, centred %t", r.mid))
		default:
			out = append(out, fmt.Sprintf("%s %s, centred %t", r.kind, r.text, r.mid))
		}
	}
	return out
}

func TestAccept_L50_a_printer_without_Chinese_gets_pictures_and_plain_ASCII(t *testing.T) {
	for language := range tongues {
		job := mustReceipt(t, sample(language), layoutOf(t, 48, ChineseRaster))
		e := printed(t, job)
		if e.used["FS &"] {
			t.Errorf("%s: it is told to print Chinese", language)
		}
		for _, text := range e.texts() {
			if strings.IndexFunc(text, func(r rune) bool { return r > '~' }) >= 0 {
				t.Errorf("%s: it is sent %q as text", language, text)
			}
		}
		if !slices.ContainsFunc(e.rows, func(r row) bool { return r.kind == "picture" }) {
			t.Errorf("%s: no picture", language)
		}
	}
}

// TestAccept_L50_Chinese_in_pictures_is_read_by_a_reading_program lets tesseract,
// which we did not write and which was not trained on these glyphs, read the
// paper. It errs now and then; what it must not do is miss a line.
func TestAccept_L50_Chinese_in_pictures_is_read_by_a_reading_program(t *testing.T) {
	const least = 0.9
	text := printed(t, mustReceipt(t, sample("zh-Hans"), layoutOf(t, 48, ChineseGB18030))).texts()
	e := emulate(t, mustReceipt(t, sample("zh-Hans"), layoutOf(t, 48, ChineseRaster)))
	out, err := exec.Command("tesseract", save(t, picture(t, e.rows, 48)), "-", "-l", "chi_sim", "--psm", "6").Output()
	if err != nil {
		t.Fatalf("tesseract: %v", err)
	}
	want, got := han(strings.Join(text, "")), han(string(out))
	if share := float64(common(want, got)) / float64(len(want)); share < least {
		t.Errorf("only %.0f %% of the characters are read:\n%s", 100*share, out)
	}
}

// han keeps the Chinese characters of a text.
func han(text string) []rune {
	var out []rune
	for _, r := range text {
		if unicode.Is(unicode.Han, r) {
			out = append(out, r)
		}
	}
	return out
}

// common is the length of the longest text both hold in this order.
func common(a, b []rune) int {
	row := make([]int, len(b)+1)
	for _, x := range a {
		corner := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = corner + 1
			} else {
				row[j+1] = max(row[j+1], row[j])
			}
			corner = above
		}
	}
	return row[len(b)]
}

func TestAccept_L50_a_line_with_a_rare_character_is_drawn_and_the_others_are_text(t *testing.T) {
	for name, rare := range map[string]string{
		"four bytes in GB 18030":  "𠮷",
		"a letter with an accent": "Größe",
		"the euro":                "€",
		"private use":             "\ue000",
		"no character at all":     "☃",
	} {
		r := sample("zh-Hans")
		r.Lines = []library.ReceiptLine{{What: library.ReceiptReturned, Title: "书" + rare}, {What: library.ReceiptReturned, Title: "小王子"}}
		e := printed(t, mustReceipt(t, r, layoutOf(t, 48, ChineseGB18030)))
		pictures := 0
		for _, row := range e.rows {
			if row.kind == "picture" {
				pictures++
				if drawn := drawLine(0, "1 书", 48, plain); slices.Equal(drawn.rows, row.pic.rows) {
					t.Errorf("%s: printed as nothing", name)
				}
			}
		}
		if pictures != 1 || !slices.Contains(e.texts(), "2 小王子") {
			t.Errorf("%s: %d pictures, texts %q", name, pictures, e.texts())
		}
	}
}
