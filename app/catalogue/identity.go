package catalogue

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"shuting/app/library"
	"shuting/app/records"
)

// weakMark stands before a control number that we made of the description.
const weakMark = "~"

// controlNumber is the title's control number in its source's namespace, or one
// made of the description where the record has none: without it the same file
// would double its titles when it comes again, and a title whose ISBN hundreds
// share could not be found. A number too long for a key is hashed as well.
func controlNumber(source string, t library.Title) string {
	own := strings.TrimPrefix(strings.TrimSpace(strings.ToValidUTF8(t.Control, "")), source+":")
	switch {
	case own == "" && len(t.ISBNs) > 0:
		return source + ":" + weakMark + digest("isbn", t.ISBNs[0], textKey(t.Title), textKey(t.Subtitle), editionKey(t.Edition))
	case own == "":
		return source + ":" + weakMark + digest(t.Title, t.Subtitle, t.Author, t.Publisher, t.Year, t.Edition, t.ISSN, t.Extent)
	case len(own) > maxControl:
		return source + ":" + hashMark + digest(own)
	}
	return source + ":" + own
}

// hashMark stands before a control number that is too long for a key.
const hashMark = "#"

// weak tells that a title has no control number of a source.
func weak(control string) bool {
	_, own, _ := strings.Cut(control, ":")
	return own == "" || strings.HasPrefix(own, weakMark)
}

func digest(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
}

// meeting is how a record meets what is there.
type meeting struct {
	known  bool
	title  library.Title // as stored, when known
	joined bool          // by ISBN, and a control number of another source describes it
	apart  string        // a title with the same ISBN that is not the same
	clash  bool          // by control number, but it describes something else
}

// meet finds the title a record belongs to; see the package comment.
func (in *intake) meet(t *records.Tx) (meeting, error) {
	if in.title.Control != "" {
		old, err := t.TitleByControl(in.title.Control)
		if err == nil {
			return meeting{known: true, title: old, clash: unrelated(old, in.title)}, nil
		}
		if !errors.Is(err, records.ErrNotFound) {
			return meeting{}, err
		}
	}
	m, err := in.meetByISBN(t)
	if err != nil || m.known || in.title.ID == "" {
		return m, err
	}
	old, err := t.Title(in.title.ID)
	if errors.Is(err, records.ErrNotFound) {
		return m, nil
	}
	m.known, m.title = true, old
	return m, err
}

func (in *intake) meetByISBN(t *records.Tx) (meeting, error) {
	var m meeting
	for _, isbn := range in.title.ISBNs {
		if example, ok := in.crowded.example(isbn); ok {
			m.apart = example
			continue
		}
		candidates, err := t.TitlesByISBN(isbn)
		if err != nil {
			return m, err
		}
		if len(candidates) > mostShared {
			m.apart = candidates[0].ID
			in.crowded.note(isbn, m.apart)
			continue
		}
		for _, old := range candidates {
			if old.ID == in.title.ID {
				continue // the caller's own id settles it
			}
			if !in.same(old) {
				m.apart = old.ID
				continue
			}
			return meeting{known: true, title: old, joined: !weak(old.Control)}, nil
		}
	}
	return m, nil
}

// same tells whether a title with a common ISBN is the same edition of the same
// work. A wrong no costs a second title, which is reported; a wrong yes would
// mix two books for good. Years are not compared: a reprint keeps its ISBN.
func (in *intake) same(old library.Title) bool {
	if !weak(in.title.Control) && !weak(old.Control) && strings.HasPrefix(old.Control, in.source+":") {
		return false // its own source says these are two
	}
	return textKey(old.Title) == textKey(in.title.Title) &&
		agree(textKey(old.Subtitle), textKey(in.title.Subtitle)) &&
		editionKey(old.Edition) == editionKey(in.title.Edition)
}

func agree(a, b string) bool { return a == "" || b == "" || a == b }

// unrelated tells that two descriptions under one control number have nothing in
// common, as when two catalogues number their records from 1.
func unrelated(a, b library.Title) bool {
	ka, kb := textKey(a.Title), textKey(b.Title)
	if strings.Contains(ka, kb) || strings.Contains(kb, ka) {
		return false
	}
	if a.ISSN != "" && a.ISSN == b.ISSN || a.Year != "" && a.Year == b.Year {
		return false
	}
	if author := textKey(a.Author); author != "" && author == textKey(b.Author) {
		return false
	}
	return !slices.ContainsFunc(a.ISBNs, func(isbn string) bool { return slices.Contains(b.ISBNs, isbn) })
}

// textKey keeps letters and digits in one width and case, so that punctuation
// and spacing do not make two titles of one.
func textKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFKC.String(s))
}

// editionWords say "edition" and no more; what is left tells which one.
var editionWords = strings.NewReplacer("edition", "", "edn", "", "ed", "", "第", "", "版", "",
	"first", "1", "second", "2", "third", "3", "fourth", "4", "fifth", "5",
	"1st", "1", "2nd", "2", "3rd", "3", "4th", "4", "5th", "5", "6th", "6", "7th", "7", "8th", "8", "9th", "9", "0th", "0",
	"初", "1", "十", "10", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// editionKey makes "第2版", "2版", "第二版" and "2nd ed." one. The first edition is
// often not named, so it equals none.
func editionKey(s string) string {
	key := editionWords.Replace(textKey(s))
	if key == "1" {
		return ""
	}
	return key
}
