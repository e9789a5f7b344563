package demo

import (
	"embed"
	"encoding/csv"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"shuting/app/library"
)

//go:embed titles.tsv items.tsv
var files embed.FS

const titleColumns = "key title alt author publisher year isbn class mark series language type age place children added subjects summary"

// titleRow is one line of titles.tsv.
type titleRow struct {
	library.Title
	key      string
	itemType library.ItemType // of all its copies
	place    string
	added    int // days before the demo is made; 0 = long ago
}

// itemRow is one line of items.tsv.
type itemRow struct {
	library.Item
	title     string // key
	label     string // "" = not on the strip
	elsewhere bool   // owned by the other branch
}

type data struct {
	titles []titleRow
	items  []itemRow
}

func (d *data) title(key string) (titleRow, bool) {
	for _, t := range d.titles {
		if t.key == key {
			return t, true
		}
	}
	return titleRow{}, false
}

// load reads the embedded files once. An error is a fault of the files, and the
// same each time.
var load = sync.OnceValues(func() (*data, error) {
	d := &data{}
	err := eachLine(files, "titles.tsv", titleColumns, func(f fields) error {
		t, err := f.titleRow()
		d.titles = append(d.titles, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachLine(files, "items.tsv", "barcode title label state branch rule parts", func(f fields) error {
		it, err := f.itemRow()
		if _, ok := d.title(it.title); err == nil && !ok {
			err = fmt.Errorf("no title %q", it.title)
		}
		d.items = append(d.items, it)
		return err
	})
	return d, err
})

// fields of one line by column; an empty field is "".
type fields map[string]string

func (f fields) list(column string) []string {
	if f[column] == "" {
		return nil
	}
	return strings.Split(f[column], ";")
}

// number is a column's whole number above zero; an empty field is 0.
func (f fields) number(column string) (int, error) {
	if f[column] == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(f[column])
	if err != nil || n <= 0 {
		return 0, fmt.Errorf("%s %q", column, f[column])
	}
	return n, nil
}

// eachLine calls fn for each line of a file whose first line must name the
// columns wanted.
func eachLine(from fs.FS, name, columns string, fn func(fields) error) error {
	file, err := from.Open(name)
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.Comment, r.LazyQuotes = '\t', '#', true
	rows, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("demo: %s: %w", name, err)
	}
	if len(rows) == 0 || strings.Join(rows[0], " ") != columns {
		return fmt.Errorf("demo: %s: the columns are not %q", name, columns)
	}
	for _, row := range rows[1:] {
		f := fields{}
		for i, v := range row {
			if v = strings.TrimSpace(v); v != "-" {
				f[rows[0][i]] = v
			}
		}
		if err := fn(f); err != nil {
			return fmt.Errorf("demo: %s: %s: %w", name, row[0], err)
		}
	}
	return nil
}

func (f fields) titleRow() (titleRow, error) {
	t := titleRow{key: f["key"], place: f["place"], itemType: library.ItemType(f["type"]), Title: library.Title{
		Control: f["key"], Title: f["title"], Publisher: f["publisher"], Year: f["year"], ISBNs: f.list("isbn"),
		Class: f["class"], CallNumber: f["class"] + "/" + f["mark"], Language: f["language"],
		Authors: f.list("author"), Subjects: f.list("subjects"), Summary: f["summary"],
		AltTitles: f.list("alt"), Series: f["series"], Children: f["children"] == "yes",
	}}
	t.Author = strings.Join(t.Authors, "; ")
	switch t.itemType {
	case library.Book, library.Periodical, library.Reference:
	default:
		return t, fmt.Errorf("type %q", t.itemType)
	}
	if c := f["children"]; c != "" && c != "yes" {
		return t, fmt.Errorf("children %q", c)
	}
	var err error
	if t.MinAge, err = f.number("age"); err != nil {
		return t, err
	}
	if t.added, err = f.number("added"); err != nil {
		return t, err
	}
	if t.key == "" || t.Title.Title == "" || t.Class == "" || f["mark"] == "" {
		return t, fmt.Errorf("key, title, class and mark are needed")
	}
	return t, nil
}

func (f fields) itemRow() (itemRow, error) {
	it := itemRow{title: f["title"], label: f["label"], elsewhere: f["branch"] == "other",
		Item: library.Item{Barcode: f["barcode"], State: library.ItemState(f["state"]), Parts: f["parts"]}}
	switch f["rule"] {
	case "":
	case "not_for_loan":
		it.NotForLoan = true
	case "on_site":
		it.OnSite = true
	case "only_at_branch":
		it.OnlyAtBranch = true
	default:
		return it, fmt.Errorf("rule %q", f["rule"])
	}
	switch it.State {
	case "", library.ItemLost, library.ItemWithdrawn, library.ItemDamaged:
	default:
		return it, fmt.Errorf("state %q", it.State)
	}
	if b := f["branch"]; b != "" && b != "other" {
		return it, fmt.Errorf("branch %q", b)
	}
	return it, nil
}
