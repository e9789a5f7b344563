// Package hanzi is the one place for what search, input and sorting share
// about Chinese characters: readings, simplified and traditional forms, widths,
// sort keys.
//
// Fold brings a title and a query to one normal form. Readings, Syllables and
// Initials say how characters are read. A Pattern finds pinyin, initials and
// characters, mixed as a reader types them, in a title; Signature and
// AppendSounds are what a search keeps of every title to find those a Pattern
// matches without reading them all. SortKey orders titles and names by pinyin.
//
// # Limits
//
// Folding looks at one character at a time: 計畫 does not become 计划, because
// 畫 alone is 画; and a class of variants may join words that simplified text
// keeps apart (沈 and 沉, 著 and 着). Both are fit for finding, not for showing:
// show what was catalogued. Readings are Mandarin; which of several a title
// means is chosen from a list of words, without grammar. Japanese and Korean
// are folded, never read.
//
// The tables are derived from opencc-js and pinyin-pro (build/hanzi) and are
// embedded; they are read once, on first use, in a few milliseconds. Everything
// here is safe for concurrent use and accepts any bytes as text.
package hanzi
