// Package catalogue brings titles and their items into the library: one at a
// time with Put, or a whole file of MARC records with Import.
//
// # Which title a record belongs to
//
// A record meets an existing title by its control number, which counts only
// within its source ("cnmarc:012003"). Without such a title it joins one that
// has one of its ISBNs and the same title text, unless subtitle or edition
// contradict or the same source has both under different control numbers: then
// it becomes a title of its own and that is reported. A record with neither
// control number nor ISBN is known by a hash of its description, so that the
// same file can come again.
//
// A title is described by the source whose control number it carries; a record
// of another source that joins it by ISBN adds items and leaves the description
// alone. Two sources can therefore be imported in any order, again and again,
// without rewriting each other. A control number that suddenly describes
// something wholly different is refused and reported.
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
// nothing new writes nothing at all, not even a ledger entry, so an import that
// was killed is simply run again.
//
// # Limits
//
// Text is cut to the lengths in bounds.go. Records are taken as they come;
// the rules of cataloguing are not checked.
package catalogue
