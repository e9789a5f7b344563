package catalogue

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"shuting/app/library"
	"shuting/app/records"
)

// CopyState is where a copy is, as a reader needs to know it.
type CopyState string

// The states of a copy. What is lost or damaged is unavailable; what was
// withdrawn is not told of.
const (
	CopyOnShelf     CopyState = "on_shelf"
	CopyOnLoan      CopyState = "on_loan"
	CopyOnSite      CopyState = "on_site" // on the shelf, to be read here
	CopyReserved    CopyState = "reserved"
	CopyInTransit   CopyState = "in_transit"
	CopyUnavailable CopyState = "unavailable"
)

// Copy of a title.
type Copy struct {
	Place      string    `json:"place"`
	CallNumber string    `json:"callNumber"`
	Branch     string    `json:"branch"` // where it is, if not here
	State      CopyState `json:"state"`
	Due        string    `json:"due,omitempty"` // 2026-12-22, of one on loan
}

// TitleView is all of a title.
type TitleView struct {
	Found    Found    `json:"found"`
	Authors  []string `json:"authors"`
	Edition  string   `json:"edition"`
	Extent   string   `json:"extent"`
	Series   string   `json:"series"`
	Summary  string   `json:"summary"`
	Subjects []string `json:"subjects"`
	ISBNs    []string `json:"isbns"`
	Copies   []Copy   `json:"copies"`
	ByAuthor []Found  `json:"byAuthor"`
	Before   []Found  `json:"before"` // neighbours on the shelf, nearest first
	After    []Found  `json:"after"`
	Waiting  int      `json:"waiting"`  // readers in the queue for it
	Holdable bool     `json:"holdable"` // a copy of it may come into a reader's hands one day
}

const (
	mostByAuthor   = 12
	mostNeighbours = 6
)

// Title gives all of a title. Errors: ErrTitleUnknown, those of the store.
func (f *Finder) Title(ctx context.Context, id string) (TitleView, error) {
	var v TitleView
	since, _ := f.news.Load().since(f.today())
	err := f.o.Records.View(ctx, func(t *records.Tx) error {
		title, err := t.Title(id)
		if records.Unusable(err) {
			return ErrTitleUnknown
		}
		if err != nil {
			return err
		}
		copies, err := t.Copies(id)
		if err != nil {
			return err
		}
		var all sums
		for _, it := range copies {
			all.add(it, f.o.Branch)
		}
		if all.gone() {
			return ErrTitleUnknown
		}
		v = TitleView{Found: f.shown(title, copies, since), Authors: full(title.Authors), Edition: title.Edition, Extent: title.Extent,
			Series: title.Series, Summary: title.Summary, Subjects: full(title.Subjects), ISBNs: full(title.ISBNs), Copies: []Copy{}}
		for _, it := range copies {
			if it.State == library.ItemWithdrawn {
				continue
			}
			c, err := f.copyOf(t, it)
			if err != nil {
				return err
			}
			v.Copies = append(v.Copies, c)
			v.Holdable = v.Holdable || c.State != CopyOnSite && c.State != CopyUnavailable
		}
		queue, err := t.Queue(id)
		if err != nil {
			return err
		}
		v.Waiting = len(queue)
		slices.SortStableFunc(v.Copies, nearestFirst)
		return f.around(t, title, since, &v)
	})
	if err != nil {
		return TitleView{}, fmt.Errorf("title: %w", err)
	}
	return v, nil
}

// copyStates in the order a reader wants to know them.
var copyStates = []CopyState{CopyOnShelf, CopyOnSite, CopyOnLoan, CopyReserved, CopyInTransit, CopyUnavailable}

// nearestFirst puts what is of this branch first, then what can be had, then
// what comes back first.
func nearestFirst(a, b Copy) int {
	return cmp.Or(strings.Compare(a.Branch, b.Branch), slices.Index(copyStates, a.State)-slices.Index(copyStates, b.State), strings.Compare(a.Due, b.Due),
		strings.Compare(a.Place, b.Place))
}

// full makes a list that is there though empty.
func full(list []string) []string { return append([]string{}, list...) }

func (f *Finder) copyOf(t *records.Tx, it library.Item) (Copy, error) {
	c := Copy{Place: it.Place, CallNumber: it.CallNumber, Branch: cmp.Or(it.At, it.Branch), State: CopyUnavailable}
	if it.State == library.ItemOnLoan {
		c.Branch = it.Branch // where it was lent is not where it comes back to
	}
	if c.Branch == f.o.Branch {
		c.Branch = ""
	}
	switch it.State {
	case library.ItemAvailable:
		c.State = CopyOnShelf
		if it.OnSite || it.NotForLoan || it.Type == library.Reference {
			c.State = CopyOnSite
		}
	case library.ItemOnLoan:
		c.State = CopyOnLoan
		l, err := t.Loan(it.LoanID)
		if err != nil && !records.Unusable(err) {
			return c, err
		}
		c.Due = l.Due.String()
	case library.ItemOnShelf:
		c.State = CopyReserved
	case library.ItemInTransit:
		c.State = CopyInTransit
	}
	return c, nil
}

// around adds what the same author wrote and what stands beside it.
func (f *Finder) around(t *records.Tx, title library.Title, since int, v *TitleView) error {
	v.ByAuthor, v.Before, v.After = []Found{}, []Found{}, []Found{}
	index := f.index.Load()
	if index == nil {
		return nil
	}
	author := title.Author
	if len(title.Authors) > 0 {
		author = title.Authors[0]
	}
	var same []string
	if author != "" {
		same = slices.DeleteFunc(index.ByAuthor(author, mostByAuthor+1), func(id string) bool { return id == title.ID })
	}
	before, after := index.Neighbours(title.ID, mostNeighbours)
	for _, list := range []struct {
		ids  []string
		into *[]Found
	}{{same[:min(len(same), mostByAuthor)], &v.ByAuthor}, {before, &v.Before}, {after, &v.After}} {
		for _, id := range list.ids {
			found, err := f.found(t, id, since)
			if records.Unusable(err) {
				continue
			}
			if err != nil {
				return err
			}
			*list.into = append(*list.into, found)
		}
	}
	return nil
}
