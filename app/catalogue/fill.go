package catalogue

import (
	"context"
	"regexp"
	"strconv"
	"time"

	"shuting/app/catalogue/search"
	"shuting/app/library"
	"shuting/app/records"
)

// sums is what search has to know of the copies of a title.
type sums struct {
	all      int // copies, but for those that are gone for good
	withdraw int // those
	onShelf  int
	loans    int
	call     string // of the first copy that has one
	children bool   // one stands in the children's room
}

// gone: there were copies, and none is left.
func (s *sums) gone() bool { return s.all == 0 && s.withdraw > 0 }

func (s *sums) add(it library.Item, branch string) {
	if it.State == library.ItemWithdrawn {
		s.withdraw++
		return
	}
	s.all++
	s.loans += it.Loans
	if standing(it, branch) {
		s.onShelf++
	}
	if s.call == "" {
		s.call = it.CallNumber
	}
	s.children = s.children || childrensRoom.MatchString(it.Place)
}

// standing tells whether a copy is on its shelf in a branch.
func standing(it library.Item, branch string) bool {
	return it.State == library.ItemAvailable && (branch == "" || it.At == "" || it.At == branch)
}

func (f *Finder) tally(t *records.Tx, title string) (sums, error) {
	var s sums
	copies, err := t.Copies(title)
	for _, it := range copies {
		s.add(it, f.o.Branch)
	}
	return s, err
}

// childrensRoom is how libraries call the place of their children's books.
var childrensRoom = regexp.MustCompile(`(?i)少儿|少兒|儿童|兒童|绘本|繪本|亲子|親子|\bchild|\bjuv|\bkids`)

// childrensClass is children's literature in the Chinese Library Classification:
// I28, I18, and 8 behind the number of another country; with a 0 in that place it
// is what was written about it.
var childrensClass = regexp.MustCompile(`^I(?:[12]8|\d[1-9]\d\.?8)`)

// document is what can be found of a title.
func document(t library.Title, s sums) search.Doc {
	d := search.Doc{ID: t.ID, Title: t.Title, Subtitle: t.Subtitle, AltTitles: t.AltTitles, Authors: t.Authors, Subjects: t.Subjects,
		Series: t.Series, Publisher: t.Publisher, CallNumber: callNumber(t, s), Class: t.Class, ISBNs: t.ISBNs, Language: t.Language,
		Popularity: uint32(max(0, s.loans)), Children: forChildren(t, s), Added: dayNumber(t.Added)}
	if len(d.Authors) == 0 && t.Author != "" {
		d.Authors = []string{t.Author}
	}
	if year, err := strconv.Atoi(t.Year); err == nil && year >= 1000 && year <= 2999 {
		d.Year = year
	}
	return d
}

func callNumber(t library.Title, s sums) string {
	if s.call != "" {
		return s.call
	}
	return t.CallNumber
}

func forChildren(t library.Title, s sums) bool {
	return t.Children || s.children || childrensClass.MatchString(t.Class)
}

// dayNumber counts days from 1970-01-01; 0 for no day.
func dayNumber(d library.Date) int {
	if d.IsZero() {
		return 0
	}
	return library.Date{Year: 1970, Month: time.January, Day: 1}.DaysUntil(d)
}

// toldEvery is how many copies pass between two looks at ctx and the progress.
const toldEvery = 256

// ahead is how many titles are read before the copies are known.
const ahead = 8192

// fill makes the index of the records as they are; what changes meanwhile was
// noted and comes in with follow. Titles and copies are read at the same time,
// by a core each.
func (f *Finder) fill(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	titles := make(chan library.Title, ahead)
	go func() {
		defer close(titles)
		if err := f.readTitles(ctx, titles); err != nil {
			stop(err)
		}
	}()
	copies, sound, err := f.readCopies(ctx)
	if err != nil {
		stop(err)
	}
	var b search.Builder
	var none sums
	news := &calendar{}
	for title := range titles { // to its end, so that the reader is through
		if ctx.Err() != nil {
			continue
		}
		s := copies[title.ID]
		if s == nil {
			s = &none
		}
		f.put(title.ID, s.onShelf > 0)
		if !s.gone() {
			d := document(title, *s)
			b.Add(d)
			news.note(d.Added)
		}
		f.filled.Add(1)
	}
	if err := context.Cause(ctx); err != nil {
		f.filled.Store(0)
		return err
	}
	if !sound {
		if err := f.heal(ctx); err != nil {
			return err
		}
	}
	index := b.Index()
	f.news.Store(news)
	f.index.Store(index)
	return nil
}

func (f *Finder) readTitles(ctx context.Context, to chan<- library.Title) error {
	return f.o.Records.View(ctx, func(t *records.Tx) error {
		return t.EachTitle(func(title library.Title) error {
			select {
			case to <- title:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
}

// readCopies sums the copies of each title up, and tells whether their lists in
// the records are right.
func (f *Finder) readCopies(ctx context.Context) (copies map[string]*sums, sound bool, err error) {
	copies = map[string]*sums{}
	proof := records.NewCopyProof()
	n := 0
	err = f.o.Records.View(ctx, func(t *records.Tx) error {
		err := t.EachItem(func(it library.Item) error {
			s := copies[it.TitleID]
			if s == nil {
				s = &sums{}
				copies[it.TitleID] = s
			}
			s.add(it, f.o.Branch)
			proof.Item(it)
			if n++; n%toldEvery == 0 {
				f.filling.Store(int64(len(copies)))
				return ctx.Err()
			}
			return nil
		})
		if err != nil {
			return err
		}
		sound, err = proof.Sound(ctx, t)
		return err
	})
	return copies, sound, err
}

// heal has the lists of copies made anew, or finished.
func (f *Finder) heal(ctx context.Context) error {
	f.o.Log.Info("the lists of copies are made anew")
	complete := false
	err := f.o.Records.View(ctx, func(t *records.Tx) (err error) {
		complete, err = t.Derived()
		return err
	})
	if err != nil {
		return err
	}
	if complete { // and yet wrong
		if err := f.o.Records.Underive(ctx); err != nil {
			return err
		}
	}
	return f.o.Records.Derive(ctx, nil)
}
