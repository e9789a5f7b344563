// Package marc reads bibliographic records as libraries exchange them
// (MARC21 and CNMARC/UNIMARC, in ISO 2709 and XML) and maps them to plain titles
// and items.
//
// The way of a record: a Reader (an XMLReader for XML) splits the stream, finds
// the fields, decides flavour and character set and decodes; a Mapper turns the
// Record into a Bib. Both are pure: no store, no clock, no other package of the
// program. A reader for another format only has to produce Records to share the
// mapping, as package sheet does for tables.
//
// # What a file of ISO 2709 is taken to be
//
//   - A record ends at byte 0x1D, whatever length its leader claims. CR, LF,
//     NUL, SUB and a byte-order mark between records are not part of any record.
//   - The directory ends at the first 0x1E after the leader; fields end at 0x1E.
//     The directory is used when it agrees with these marks. When it does not
//     (lengths counted in characters, overflown over 9,999 or 99,999 bytes,
//     entries grown by a digit) the data is cut at 0x1E and the tags are taken
//     from the directory in order. If there are not as many tags as fields,
//     nothing says which is which and the record is listed.
//   - At most MaxRecord bytes are held for one record; anything longer is
//     passed over up to its 0x1D and listed. Memory does not grow with the file.
//
// # What a file of XML is taken to be
//
//   - A record is what stands between the tags called record, whatever their
//     namespace; a record that holds records instead of fields, as in an answer
//     of an SRU server, is only their envelope. Each is parsed by itself, so one
//     that is no XML is listed and costs no other.
//   - Fields whose tag is not three characters are left out.
//   - The bytes decide on the character set before the declaration does.
//
// # Character sets
//
// UTF-8, GB18030 (so GBK and GB 2312), Big5 and MARC-8 are read; KOI8-R,
// Windows-1251 and -1252, ISO 8859-1 and -5 and CP866 where they are forced or an
// XML declaration names them. Of MARC-8 we
// have ASCII, ANSEL Latin, Greek symbols, sub- and superscripts, basic Hebrew
// and basic Cyrillic. A record that uses another set (EACC, Arabic, the 8-bit sets
// of UNIMARC that are not forced) or has bytes its own set does not know is listed and
// never half read. Text comes out as NFC.
//
// Per record, unless forced: pure ASCII and valid UTF-8 are UTF-8; a record
// with ISO 2022 escapes is MARC-8; Chinese double bytes are recognised by the
// language codes of the record together with the distribution of lead and trail
// bytes (see detect.go); what is left of MARC21 is MARC-8, of CNMARC unknown.
// UTF-8 claimed in the leader but not valid is listed, unless the bytes are
// clearly Chinese double bytes.
//
// # Limits
//
// Records are not checked against the cataloguing rules, linked records in
// subfield $1 of UNIMARC are not followed, barcode ranges ("1683011-3") are not
// expanded, and EACC is not decoded. Latin-1 that claims to be nothing can only be
// told from MARC-8 where an accented letter ends a word or MARC-8 has no such byte;
// force the character set or convert such files first. A record whose directory
// and fields differ in number is not repaired. Holdings and authority records are
// read, but Map says that they describe no title.
package marc
