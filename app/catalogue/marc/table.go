package marc

// Tags of the records package sheet makes of the rows of a table. Each has its
// text in subfield a, but TableItem has a copy: b barcode, c call number, l
// place, m branch.
const (
	TableControl   = "CTL"
	TableTitle     = "TIT"
	TableSubtitle  = "SUB"
	TableAuthor    = "AUT" // one author
	TableNames     = "NAM" // several in one text, as a statement of responsibility
	TableEdition   = "EDI"
	TablePlace     = "PLA"
	TablePublisher = "PUB"
	TableYear      = "YEA"
	TableExtent    = "EXT"
	TablePrice     = "PRI"
	TableSeries    = "SER"
	TableISBN      = "ISB"
	TableISSN      = "ISS"
	TableLanguage  = "LAN"
	TableClass     = "CLA"
	TableCall      = "CAL"
	TableSubject   = "SBJ"
	TableSummary   = "SUM"
	TableItem      = "ITM"
)

func defaultTable() Mapping {
	one := func(tag string) []Rule { return []Rule{{Tag: tag, Codes: "a"}} }
	return Mapping{
		ControlNumber: one(TableControl), Title: one(TableTitle), Subtitle: one(TableSubtitle), Author: one(TableAuthor),
		Responsibility: one(TableNames), Edition: one(TableEdition), Place: one(TablePlace), Publisher: one(TablePublisher),
		Year: one(TableYear), Extent: one(TableExtent), Price: one(TablePrice), Series: one(TableSeries),
		ISBN: one(TableISBN), ISSN: one(TableISSN), Language: one(TableLanguage),
		Class:      []Rule{{Tag: TableClass, Codes: "a", Scheme: "clc"}},
		CallNumber: one(TableCall), Subject: one(TableSubject), Summary: one(TableSummary),
		Items:          []ItemRule{{Tag: TableItem, Barcode: "b", CallNumber: "c", Branch: "m", Location: "l"}},
		BarcodePattern: DefaultBarcodePattern,
	}
}
