package marc

import (
	"bytes"
	"slices"
	"strconv"
)

// span is one field as found: its tag in the directory and its bytes in the data.
type span struct {
	tag        int // offset in the directory
	start, end int // in the data, without the end mark
}

// locate pairs the tags of the directory with the fields of the data. It trusts
// the directory only where it agrees with the field marks.
func locate(spans []span, directory, data []byte) ([]span, *fault) {
	if found, ok := byDirectory(spans, directory, data); ok {
		return found, nil
	}
	return byMarks(spans, directory, data)
}

// byDirectory follows the entries; ok is false as soon as one does not name
// exactly one whole field. Data no entry names was deleted and stays so.
func byDirectory(spans []span, directory, data []byte) (found []span, ok bool) {
	if len(directory)%12 != 0 {
		return spans, false
	}
	for i := 0; i < len(directory); i += 12 {
		length, ok1 := number(directory[i+3 : i+7])
		start, ok2 := number(directory[i+7 : i+12])
		if !ok1 || !ok2 || length == 0 || start+length > len(data) || !tagIsReadable(directory[i:i+3]) {
			return spans, false
		}
		if bytes.IndexByte(data[start:start+length], fieldEnd) != length-1 {
			return spans, false
		}
		if start > 0 && data[start-1] != fieldEnd {
			return spans, false
		}
		spans = append(spans, span{tag: i, start: start, end: start + length - 1})
	}
	return spans, true
}

// byMarks cuts the data at the field marks and gives the pieces the directory's
// tags in order.
func byMarks(spans []span, directory, data []byte) ([]span, *fault) {
	spans = spans[:0]
	for start := 0; start < len(data); {
		end := bytes.IndexByte(data[start:], fieldEnd)
		if end < 0 {
			end = len(data) - start // the last field lost its mark
		}
		spans = append(spans, span{start: start, end: start + end})
		start += end + 1
	}
	tags, ok := tagOffsets(directory, spans)
	if !ok {
		return nil, newFault(DirectoryBad,
			"entries", strconv.Itoa((len(directory)+11)/12), "fields", strconv.Itoa(len(spans)))
	}
	for i, at := range tags {
		if !tagIsReadable(directory[at : at+3]) {
			return nil, newFault(DirectoryBad, "entries", strconv.Itoa(len(tags)), "fields", strconv.Itoa(len(spans)))
		}
		spans[i].tag = at
	}
	return spans, nil
}

// tagOffsets finds where in the directory the tag of each field stands, or says
// that it cannot be known.
func tagOffsets(directory []byte, fields []span) ([]int, bool) {
	if len(directory) == 12*len(fields) {
		tags := make([]int, len(fields))
		for i := range tags {
			tags[i] = 12 * i
		}
		sortByStart(tags, directory, fields)
		return tags, true
	}
	if tags, ok := grownEntries(directory, fields); ok {
		return tags, true
	}
	return trailingJunk(directory, fields)
}

// sortByStart brings the entries into the order of their fields when the
// directory is sorted by tag but the data is not. Starts that do not rise from
// zero, one for each field, are worth nothing, and the order stays.
func sortByStart(tags []int, directory []byte, fields []span) {
	if n := len(fields); n > 0 && fields[n-1].end > 99_999 {
		return // starts have overflown
	}
	starts := make(map[int]int, len(tags))
	seen := make(map[int]bool, len(tags))
	for _, at := range tags {
		start, ok := number(directory[at+7 : at+12])
		if !ok || seen[start] {
			return
		}
		seen[start] = true
		starts[at] = start
	}
	if !seen[0] {
		return
	}
	slices.SortFunc(tags, func(a, b int) int { return starts[a] - starts[b] })
}

// grownEntries reads a directory whose writer did not cut numbers that have too
// many digits: the true length and start of each field tell where the next
// entry begins.
func grownEntries(directory []byte, fields []span) ([]int, bool) {
	tags := make([]int, 0, len(fields))
	at := 0
	var want []byte
	for _, f := range fields {
		if at+12 > len(directory) {
			return nil, false
		}
		tags = append(tags, at)
		want = appendPadded(want[:0], f.end-f.start+1, 4)
		want = appendPadded(want, f.start, 5)
		if bytes.HasPrefix(directory[at+3:], want) {
			at += 3 + len(want)
		} else {
			at += 12
		}
	}
	return tags, at == len(directory)
}

// trailingJunk accepts a directory with less than an entry too much at its end,
// if what stands before is without a gap.
func trailingJunk(directory []byte, fields []span) ([]int, bool) {
	if len(directory)/12 != len(fields) {
		return nil, false
	}
	tags := make([]int, len(fields))
	next := 0
	for i := range tags {
		at := 12 * i
		length, ok1 := number(directory[at+3 : at+7])
		start, ok2 := number(directory[at+7 : at+12])
		if !ok1 || !ok2 || start != next {
			return nil, false
		}
		tags[i], next = at, start+length
	}
	return tags, true
}

func appendPadded(dst []byte, n, width int) []byte {
	digits := strconv.Itoa(n)
	for range width - len(digits) {
		dst = append(dst, '0')
	}
	return append(dst, digits...)
}

// number reads decimal digits; ok is false if anything else is among them.
func number(digits []byte) (n int, ok bool) {
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

func tagIsReadable(tag []byte) bool {
	for _, c := range tag {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return true
}
