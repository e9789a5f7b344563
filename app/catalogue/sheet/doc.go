// Package sheet reads catalogue lists kept as tables (CSV and XLSX with a
// header) and makes of their rows the same Records that package marc makes of
// MARC files, under tags of their own, so that mapping, merging and reporting
// are shared.
//
// # The table
//
// The header is the first row, of the first twenty, that names a title column;
// names are known in Chinese and English (columns.go) and can be given. Columns
// with other names are left alone. A row of which every cell is empty is passed
// over. Rows that follow each other and are the same edition (same control
// number, else ISBN, with the same title, subtitle and edition) are one record
// with several items; what stands apart in the file meets in the store.
//
// A record's number is that of its first row as a spreadsheet shows it. Every
// sheet of a workbook that has a header is read, and rows are numbered on from
// sheet to sheet; a sheet without one is listed.
//
// # Cells
//
// Cells are data: no formula is evaluated. Of a formula cell in XLSX the value
// that was last computed is taken, of the text ="0012" the quoted part, which is
// how exports keep leading zeros. Numbers come as stored, not as displayed, so
// that an ISBN is not 9.787E+12.
//
// # CSV
//
// Comma, semicolon or tab, whichever makes the best header. UTF-8 (also UTF-16
// with a byte-order mark), GB18030 and Big5 are told apart once per file, by the
// first bytes beyond ASCII. A quotation mark that is never closed must not
// swallow rows: a quoted cell over several lines is believed only if the row has
// as many cells as the header.
//
// # Limits
//
// A row of CSV has at most MaxRow bytes. A workbook is at most MaxWorkbook bytes
// and unpacks to at most MaxUnpacked; it is unpacked in memory up to a few MiB
// for each part and in temporary files beyond. Old .xls files are not read.
// Merged cells count for their first row only.
package sheet
