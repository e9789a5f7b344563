// Package catalogue brings titles and their items into the library: one at a
// time with Put, or a whole file with Import (MARC in ISO 2709 or XML, tables in
// CSV or XLSX; told by the content). Preview shows what a file would bring in.
// Which fields mean what is a mapping, which a file can replace (ParseMapping).
//
// # Which title a record belongs to
//
// A record meets an existing title by its control number, which counts only
// within its source ("cnmarc:012003"). Without such a title it joins one that
// has one of its ISBNs and the same title text, unless subtitle or edition
// contradict or the same source has both under different control numbers: then
// it becomes a title of its own and that is reported. An ISBN that more than 50
// titles carry is a filler and joins nothing. A record without a control number
// gets one made of its description, marked with "~", so that the same file can
// come again; one with a number of its own takes over from it.
//
// A title is described by the source whose control number it carries; a record
// of another source that joins it by ISBN adds items and leaves the description
// alone. Two sources can therefore be imported in any order, again and again,
// without rewriting each other. Of several records in one file that describe one
// title differently the first counts; the others add items and are reported. A
// control number that suddenly describes something wholly different is refused
// and reported.
//
// # What an import may touch
//
// An item is known by its barcode. Of an item that is there already only call
// number, place and type follow the record; state, loan, hold, branch and every
// flag of lending stay. A barcode that belongs to another title is reported and
// never moved. Nothing is deleted: what a new file no longer has stays.
//
// # Changes
//
// Each ledgered change holds several whole titles and stays under the limits of
// the store. A title with more items than fit is split: the title with its first
// items, then the rest; each of these changes is whole. A record that brings
// nothing new writes nothing at all, not even a ledger entry. With each change of
// an import from a file goes a bookmark; an import that was killed is simply run
// again and looks into the store only from there on, if the file is the same up
// to there and read in the same way.
//
// # Limits
//
// Text is cut to the lengths in bounds.go. Records are taken as they come;
// the rules of cataloguing are not checked.
package catalogue
