// Package searchbench measures package search against a plain scan of the same
// text, on generated titles. It is for tests and build/bench; the program does
// not contain it.
//
// The titles are made by chance, always the same for one seed: characters and
// words as unevenly frequent as in a catalogue, one title in eight English,
// authors, subjects, publishers, numbers. The scan is a fair one: its text lies
// in the order results are shown in, has pinyin and initials written out, and is
// gone through with bytes.Index without looking anything up twice.
package searchbench
