package visit

import (
	"slices"
	"strconv"

	"shuting/app/library"
)

// wordOn is what the farewell will say of an entry; "" is nothing. A loan of the
// reader's own is theirs to carry, whatever became of the wish to renew it.
func wordOn(e entry) string {
	theirs := e.renewing || slices.ContainsFunc(e.Reasons, func(r library.Reason) bool { return r.Code == library.ItemOnLoanToYou })
	switch e.Outcome {
	case OutcomeBorrowed:
		return library.ReceiptBorrowed
	case OutcomeRenewed:
		return library.ReceiptRenewed
	case OutcomeUnknown:
		return unknownYet
	case OutcomeRefused, OutcomeAsk, OutcomeDeclined: // a question left open lends nothing
		switch {
		case !theirs:
			return library.ReceiptRefused
		case e.renewing && e.Outcome == OutcomeRefused:
			return library.ReceiptNotRenewed
		}
	case OutcomeReturned:
		if tookBack(append([]string{e.Result}, e.Also...)) {
			return library.ReceiptReturned
		}
	}
	return ""
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
	if word := wordOn(e); word != "" {
		v.turn.say(ReceiptLine{What: word, Item: e.Item, Due: e.Due})
	} else {
		v.turn.unsay(e.Item)
	}
	if e.ToStaff {
		v.turn.handOver(e.Item)
	}
}
