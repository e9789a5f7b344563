package catalogue

import (
	"fmt"

	"shuting/app/catalogue/marc"
)

// Reason is the stable code of what was not taken over as it came. Those of
// package marc are used as they are.
type Reason string

// The reasons of this package.
const (
	ControlReused    Reason = "control_reused"    // the record's control number belongs to a title with nothing in common
	BarcodeMissing   Reason = "barcode_missing"   // an item without a barcode
	BarcodePattern   Reason = "barcode_pattern"   // not what a barcode of this library looks like
	BarcodeElsewhere Reason = "barcode_elsewhere" // another title has an item with this barcode
	ItemIDTaken      Reason = "item_id_taken"     // the id given for a new item belongs to another
	ISBNShared       Reason = "isbn_shared"       // another title has this ISBN; kept apart
	DescribedBefore  Reason = "described_before"  // an earlier record of the file describes the title otherwise
)

// What is listed.
type What string

// A record that was not imported; an item that was not taken; a value left out
// of an imported record or a remark on it.
const (
	WhatRecord What = "record"
	WhatItem   What = "item"
	WhatValue  What = "value"
)

// Listed is one line for a person to look at after an import.
type Listed struct {
	File   string
	Number int   // of the record in the file, from 1
	Offset int64 // of its first byte in the file
	What   What
	Reason Reason
	Detail string // one English line
	Title  string // of the record, where it is known
}

func listedRecord(k *marc.Skipped, title string) Listed {
	return Listed{Number: k.Number, Offset: k.Offset, What: WhatRecord, Reason: Reason(k.Reason), Detail: k.Detail, Title: title}
}

func (r Refusal) detail() string {
	switch r.Reason {
	case BarcodeMissing:
		return "an item has no barcode"
	case BarcodePattern:
		return fmt.Sprintf("%q is not a barcode of this library", r.Barcode)
	case BarcodeElsewhere:
		return fmt.Sprintf("barcode %s belongs to title %s and stays there", r.Barcode, r.Title)
	default:
		return fmt.Sprintf("the id given for barcode %s belongs to another item", r.Barcode)
	}
}

// listed is everything there is to say about a record that was handled.
func (in *intake) listed(c Change) []Listed {
	line := func(what What, reason Reason, detail string) Listed {
		return Listed{Number: in.number, Offset: in.offset, What: what, Reason: reason, Detail: detail, Title: in.title.Title}
	}
	if in.skipped != nil {
		return []Listed{*in.skipped}
	}
	if c.Outcome == Refused {
		return []Listed{line(WhatRecord, ControlReused,
			fmt.Sprintf("control number %s belongs to title %s, which has nothing in common with this one; import the file under a source name of its own", in.title.Control, c.Title))}
	}
	lines := in.remarks
	if c.Apart != "" {
		lines = append(lines, line(WhatValue, ISBNShared,
			fmt.Sprintf("title %s has the same ISBN but another title, edition or control number; kept apart", c.Apart)))
	}
	if c.Held {
		lines = append(lines, line(WhatValue, DescribedBefore,
			fmt.Sprintf("an earlier record of this file describes title %s otherwise; only the items of this one were taken", c.Title)))
	}
	for _, r := range c.Refused {
		lines = append(lines, line(WhatItem, r.Reason, r.detail()))
	}
	return lines
}
