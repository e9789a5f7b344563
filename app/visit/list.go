package visit

import (
	"strconv"

	"shuting/app/library"
)

// tally is what an item counts as in the farewell: the last word on it, also
// when its entry was put away.
type tally string

const (
	tallyBorrowed tally = "borrowed"
	tallyRenewed  tally = "renewed"
	tallyReturned tally = "returned"
	tallyRefused  tally = "refused"
	tallyUnknown  tally = "unknown"
	tallyNothing  tally = ""
)

func tallyOf(e Entry) tally {
	switch e.Outcome {
	case OutcomeBorrowed, OutcomeAlreadyBorrowed:
		return tallyBorrowed
	case OutcomeRenewed:
		return tallyRenewed
	case OutcomeRefused, OutcomeAsk, OutcomeDeclined: // a question left open lends nothing
		return tallyRefused
	case OutcomeUnknown:
		return tallyUnknown
	case OutcomeReturned:
		switch e.Result {
		case library.ItemUnknown, library.NotOnLoan, library.AlreadyReturnedNow:
			return tallyNothing
		}
		return tallyReturned
	}
	return tallyNothing
}

func (t *turn) count(what tally) int {
	n := 0
	for _, x := range t.tally {
		if x == what {
			n++
		}
	}
	return n
}

// askedFirst is the list as it is shown: open questions stay on top, so that
// later scans do not bury them.
func (t *turn) askedFirst() []entry {
	out := make([]entry, 0, len(t.entries))
	for _, ask := range []bool{true, false} {
		for _, e := range t.entries {
			if (e.Outcome == OutcomeAsk) == ask {
				out = append(out, e)
			}
		}
	}
	return out
}

func shown(barcode string, it library.Item, t library.Title) Title {
	call := it.CallNumber
	if call == "" {
		call = t.CallNumber
	}
	return Title{Barcode: barcode, TitleID: t.ID, Title: t.Title, Author: t.Author, Class: t.Class, CallNumber: call}
}

func (v *Visit) find(barcode string) *entry {
	for i := range v.turn.entries {
		if v.turn.entries[i].Item.Barcode == barcode {
			return &v.turn.entries[i]
		}
	}
	return nil
}

func (v *Visit) findID(id string) *entry {
	for i := range v.turn.entries {
		if v.turn.entries[i].ID == id {
			return &v.turn.entries[i]
		}
	}
	return nil
}

// nextID names an entry or a notice. Ids never come again, so that a late
// answer of one reader cannot meet another's question.
func (v *Visit) nextID(kind string) string {
	v.lastID++
	return kind + strconv.Itoa(v.lastID)
}

// replace puts an entry on top in place of an older one of the same item.
func (v *Visit) replace(barcode string, e entry) {
	kept := make([]entry, 0, len(v.turn.entries)+1)
	e.ID = v.nextID("e")
	kept = append(kept, e)
	for _, old := range v.turn.entries {
		if old.Item.Barcode != barcode {
			kept = append(kept, old)
		}
	}
	v.turn.entries = kept
	was := v.turn.tally[barcode]
	now := tallyOf(e.Entry)
	if e.Outcome == OutcomeAlreadyBorrowed && was == tallyRenewed {
		now = was // renewed in this visit, scanned once more
	}
	v.turn.tally[barcode] = now
}
