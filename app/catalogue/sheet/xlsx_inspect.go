package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// inspect reads every part of a workbook once and counts its rows. The package
// that unpacks it takes the damaged beginning of a part for the whole of it, and
// so would lose rows without a word.
func inspect(in io.ReaderAt, size int64) (rows int64, err error) {
	packed, err := zip.NewReader(in, size)
	if err != nil {
		return 0, fmt.Errorf("%w: %v", ErrWorkbook, err)
	}
	var unpacked uint64
	for _, part := range packed.File {
		// archive/zip gives no more than the part says it has.
		if unpacked += part.UncompressedSize64; part.UncompressedSize64 > MaxUnpacked || unpacked > MaxUnpacked {
			return 0, fmt.Errorf("%w: it unpacks to more than %d bytes", ErrWorkbook, MaxUnpacked)
		}
		n, err := inspectPart(part)
		if err != nil {
			return 0, fmt.Errorf("%w: part %q is damaged: %v", ErrWorkbook, part.Name, err)
		}
		rows += n
	}
	return rows, nil
}

func inspectPart(part *zip.File) (rows int64, err error) {
	content, err := part.Open()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, content.Close()) }()
	name := strings.ToLower(strings.ReplaceAll(part.Name, `\`, "/"))
	if strings.HasPrefix(name, "xl/worksheets/sheet") || name == "xl/sharedstrings.xml" {
		if rows, err = countRows(content); err != nil {
			return 0, err
		}
	}
	// To the end, where the checksum is.
	_, err = io.Copy(io.Discard, content)
	return rows, err
}

// countRows reads XML to its end and counts the elements called row.
func countRows(in io.Reader) (rows int64, err error) {
	depth := 0
	for d := xml.NewDecoder(in); ; {
		token, err := d.RawToken()
		if err == io.EOF {
			if depth != 0 {
				return rows, io.ErrUnexpectedEOF
			}
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
			if t.Name.Local == "row" {
				rows++
			}
		case xml.EndElement:
			depth--
		}
	}
}
