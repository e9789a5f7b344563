package catalogue

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"shuting/app/catalogue/marc"
	"shuting/app/library"
	"shuting/app/records"
)

var (
	// ErrOtherTitle: the control number belongs to a title that shares neither
	// text nor ISBN nor author nor year with this one. Nothing was written.
	ErrOtherTitle = errors.New("catalogue: control number belongs to another title")
	// ErrHolding: a holding that cannot be put at all; the text says why.
	ErrHolding = errors.New("catalogue: holding not usable")
)

// Options of New.
type Options struct {
	Records *records.Records
	// Branch owns the items whose record names no branch, and is where they are.
	Branch string
	// ItemPattern is what a barcode of this library looks like; others are
	// refused. Nil takes any.
	ItemPattern *regexp.Regexp
	// Zone is where the day begins on which a title was added. Nil is UTC.
	Zone *time.Location
	// Clock tells the time of an import's changes and its rate. Nil is time.Now.
	Clock func() time.Time
}

// Service brings titles and items in. Safe for concurrent use.
type Service struct {
	o       Options
	crowded *crowded
}

// New prepares the service; it does not touch the store.
func New(o Options) *Service {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	return &Service{o: o, crowded: &crowded{}}
}

// Holding is a title with its items. Ids that are not set are made; ISBNs that
// are none are left out. Of a new
// item an unset branch is the service's, an unset type a book and an unset state
// available; it cannot come in on loan or waiting for a reader.
type Holding struct {
	Title library.Title
	Items []library.Item
}

// Outcome of one title.
type Outcome string

// The outcomes. Refused titles are left as they were, items included.
const (
	Added     Outcome = "new"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	Refused   Outcome = "refused"
)

// Refusal is an item that was not taken.
type Refusal struct {
	Barcode string
	Reason  Reason
	Title   string // id of the title that has the barcode, for BarcodeElsewhere
}

// Change is what became of one holding.
type Change struct {
	Title          string // id
	Outcome        Outcome
	Joined         bool   // met by ISBN a title that another source describes
	Apart          string // id of a title with the same ISBN it was kept apart from
	Held           bool   // an earlier record of the same file describes the title; this description was left out
	ItemsNew       int
	ItemsUpdated   int
	ItemsUnchanged int
	Refused        []Refusal
}

// follow adds what a later part of the same holding did.
func (c *Change) follow(part Change) {
	if c.Title == "" {
		*c = part
		return
	}
	c.ItemsNew += part.ItemsNew
	c.ItemsUpdated += part.ItemsUpdated
	c.ItemsUnchanged += part.ItemsUnchanged
	c.Refused = append(c.Refused, part.Refused...)
}

// Put brings in one title with its items, exactly once per cmd.ID; a repeat gets
// the recorded answer. source is the namespace of the title's control number
// (letters, digits, '.', '_' and '-'). A holding of more than about 35 items
// takes several changes, whose ids are cmd.ID with ".2", ".3" behind it. A
// holding that brings nothing new is not recorded and writes nothing.
//
// Errors: ErrHolding, ErrOtherTitle, those of the store.
func (s *Service) Put(ctx context.Context, cmd library.Command, source string, h Holding) (Change, error) {
	in, err := s.intake(cmd.At, source, h)
	if err != nil {
		return Change{}, err
	}
	var whole Change
	part, from := cmd, cursor{}
	for n := 2; ; n++ {
		st, err := s.change(ctx, part, []*intake{in}, from, nil)
		if err != nil {
			return whole, fmt.Errorf("put title: %w", err)
		}
		whole.follow(st.Changes[0])
		if st.Whole == 1 {
			break
		}
		from = st.next()
		part.ID = fmt.Sprintf("%s.%d", cmd.ID, n)
	}
	if whole.Outcome == Refused {
		return whole, ErrOtherTitle
	}
	return whole, nil
}

// intake is a holding made ready outside any transaction: cleaned, bounded, its
// ids drawn, its control number in its namespace.
type intake struct {
	source  string
	crowded *crowded
	title   library.Title // its id only if the caller gave one
	items   []library.Item
	today   library.Date
	ids     []string       // drawn for the title and then for each item, should they be new
	barred  map[int]Reason // items refused before looking into the store
	number  int            // in the file, for Import
	offset  int64          // of its first byte
	reached int64          // how far the file is read, in the unit of its progress
	remarks []Listed       // values left out, told when the title is in
	skipped *Listed        // a record that cannot come in; it only keeps its place in the order
}

func (s *Service) intake(at time.Time, source string, h Holding) (*intake, error) {
	if !validSource(source) {
		return nil, fmt.Errorf("%w: source %q: letters, digits, '.', '_' and '-', at most %d", ErrHolding, source, maxSource)
	}
	in := &intake{source: source, crowded: s.crowded, title: boundTitle(h.Title), items: make([]library.Item, len(h.Items))}
	if in.title.Title == "" {
		return nil, fmt.Errorf("%w: no title", ErrHolding)
	}
	in.today = library.DateOf(at, s.o.Zone)
	in.title.ISBNs = validISBNs(in.title.ISBNs)
	in.title.Control = controlNumber(source, in.title)
	kiosk := s.o.Records.Kiosk()
	in.ids = append(in.ids, records.NewID(kiosk, at))
	for i, it := range h.Items {
		switch it.State {
		case "":
		case library.ItemAvailable, library.ItemInTransit, library.ItemLost, library.ItemWithdrawn, library.ItemDamaged:
		default:
			return nil, fmt.Errorf("%w: an item cannot come in as %q", ErrHolding, it.State)
		}
		it = boundItem(it)
		in.ids = append(in.ids, records.NewID(kiosk, at))
		if reason := s.barcode(it.Barcode); reason != "" {
			in.bar(i, reason)
		}
		in.items[i] = it
	}
	return in, nil
}

func validISBNs(list []string) []string {
	var valid []string
	for _, s := range list {
		if isbn, ok := marc.ISBN13(s); ok && !slices.Contains(valid, isbn) {
			valid = append(valid, isbn)
		}
	}
	return valid
}

func (in *intake) bar(i int, reason Reason) {
	if in.barred == nil {
		in.barred = map[int]Reason{}
	}
	in.barred[i] = reason
}

func (s *Service) barcode(code string) Reason {
	switch {
	case code == "":
		return BarcodeMissing
	case len(code) > maxBarcode:
		return BarcodePattern
	case s.o.ItemPattern != nil && !s.o.ItemPattern.MatchString(code):
		return BarcodePattern
	}
	return ""
}

func validSource(source string) bool {
	if source == "" || len(source) > maxSource {
		return false
	}
	return strings.Trim(source, sourceLetters) == ""
}

const sourceLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
