// Package search finds titles of the catalogue in memory as a reader types:
// by characters in any script, pinyin, initials or both mixed, by the beginning
// of English words, by ISBN and call number.
//
// A Builder makes an Index of all titles at once; Put and Remove keep it true
// while the kiosk runs. Search may be called by many at once and never waits
// for a change: it works on the state that was whole when it began.
//
// # How
//
// The titles lie in the order they are shown in (popularity, then id), cut into
// segments that never change; a change adds a small segment, marks what it
// replaces as dead and joins segments of like size. Of every title, and of
// every different author, subject, series and publisher, a segment lists the
// features: which characters it has, which syllables they are read as, which
// first letters follow each other (features.go). A query becomes features that
// whatever matches must have (needs.go); the few titles that have them all are
// then compared by hanzi.Pattern. Classes of hits are gone through from the best
// to the worst, and each from the front, so that a query that fits half of the
// catalogue is answered from its first pages.
//
// A query is divided at spaces and commas; every term must be somewhere in a
// title's record, and the worst of these places is the Tier of the hit.
//
// # Limits
//
// The index keeps folded text, not the text as catalogued: who shows a hit reads
// its title from the store and asks Result.Spans what to highlight. Nothing here
// is written to disk; an index is built anew at every start. A segment holds up
// to four billion bytes of titles, which is some fifty million of them.
package search
