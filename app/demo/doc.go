// Package demo is the demo library: real titles, invented readers and a few
// months of lending, so that whoever opens the program with --demo sees every
// kind of card, book and refusal without typing anything in. docs/demo.md says
// which card and which book shows what.
//
// Everything goes in through the services, exactly as real work would, so the
// demo library passes every check a real one passes. What the services cannot
// bring about is not in it: nobody is suspended by the kiosk, and no copy is
// withdrawn there, so such readers and copies come in as they are.
//
// The titles and copies are in titles.tsv and items.tsv, the readers in
// people.go, what they did in story.go, how that becomes commands in acts.go,
// and what the library decided for itself in terms.go. What readers would type
// to find the titles, with the first hit a test demands, is in queries.tsv.
//
// All days are counted from the day the library is filled: a book that is
// overdue in the story is overdue whenever the demo is made, and what came in
// the last month did so then. Days that pass afterwards pass for the demo, too.
package demo
