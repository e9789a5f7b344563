package catalogue

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"shuting/app/catalogue/marc"
	"shuting/app/library"
)

// Sample is a record as it would come in, without a look at what is there
// already: whether it would be new, and which of its barcodes others have, only
// the import says.
type Sample struct {
	Number  int
	Offset  int64
	Kind    Kind
	Flavour marc.Flavour // "" of a record that cannot be read
	Charset marc.Charset
	Title   library.Title
	Items   []library.Item
	Listed  []Listed // what is wrong; a WhatRecord means that it would not come in
}

// Preview reads the first records of a file, at most most, and shows each as it
// would come in. It writes nothing and needs no Records in the service's Options.
//
// Errors: those of Import that come from the file and from o.
func (s *Service) Preview(ctx context.Context, r io.Reader, o ImportOptions, most int, show func(Sample)) (err error) {
	one := &run{s: s, ctx: ctx, o: o}
	if one.mapper, err = marc.NewMapper(one.mappings()); err != nil {
		return err
	}
	if one.in, err = o.open(ctx, r); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, one.in.close()) }()
	for range most {
		record, skipped, err := one.in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		show(one.sample(record, skipped))
	}
	return nil
}

func (r *run) sample(record *marc.Record, skipped *marc.Skipped) Sample {
	if skipped != nil {
		return Sample{Number: skipped.Number, Offset: skipped.Offset, Kind: r.in.kind, Listed: []Listed{listedRecord(skipped, "")}}
	}
	sample := Sample{Number: record.Number, Offset: record.Offset, Kind: r.in.kind, Flavour: record.Flavour, Charset: record.Charset}
	bib, problems := r.mapper.Map(record)
	h := holding(record, bib, r.o.Branches)
	sample.Title, sample.Items = boundTitle(h.Title), h.Items
	sample.Listed = remarks(record, bib, problems)
	for i := range sample.Items {
		sample.Items[i] = boundItem(sample.Items[i])
	}
	return sample
}

// Write writes the sample for a person at the command line.
func (s Sample) Write(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "record %d at byte %d", s.Number, s.Offset)
	if s.Flavour != "" {
		fmt.Fprintf(&b, " (%s, %s, %s)", s.Kind, s.Flavour, s.Charset)
	}
	b.WriteByte('\n')
	line := func(name string, values ...string) {
		if text := strings.Join(boundList(values, maxListed), "; "); text != "" {
			fmt.Fprintf(&b, "  %-12s %s\n", name, printable(bound(text, 400)))
		}
	}
	t := s.Title
	line("title", t.Title)
	line("subtitle", t.Subtitle)
	line("also", t.AltTitles...)
	line("author", t.Authors...)
	line("publisher", t.Publisher, t.Year)
	line("edition", t.Edition)
	line("isbn", t.ISBNs...)
	line("issn", t.ISSN)
	line("class", t.Class)
	line("call number", t.CallNumber)
	line("subject", t.Subjects...)
	for _, it := range s.Items {
		line("item", fmt.Sprintf("%s  %s", it.Barcode, it.Type), it.CallNumber, it.Place, it.Branch)
	}
	for _, l := range s.Listed {
		name := "left out"
		if l.What == WhatRecord {
			name = "NOT TAKEN"
		}
		line(name, string(l.Reason)+": "+l.Detail)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
