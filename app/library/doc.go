// Package library holds the words of the field and the pure rules of lending:
// patrons, titles, items, loans, holds, charges, policies, the calendar.
//
// A rule takes facts and a time and returns a decision with every refusal that
// applies, in the order of the house list, each marked for who may lift it.
// Nothing here reads a clock, a file or the store; whoever calls gathers the
// facts and records the decision in one transaction.
package library
