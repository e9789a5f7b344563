package catalogue

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"time"

	"shuting/app/catalogue/marc"
	"shuting/app/catalogue/sheet"
	"shuting/app/library"
	"shuting/app/records"
)

// How much is read before it is handed to the writer. The bytes bound what
// oversized records may hold in memory.
const (
	chunkRecords = 256
	chunkBytes   = 2 << 20
)

// ImportOptions of one file. The zero value is right for most.
type ImportOptions struct {
	// Source is the namespace of the file's control numbers; "" takes the
	// flavour of each record, in MARC21 with the agency of its 003.
	Source string
	// Size of the file in bytes, for progress; 0 = unknown.
	Size int64
	// Kind forces what sort of file it is.
	Kind Kind
	// Marc forces flavour or character set; the latter also that of CSV.
	Marc marc.Options
	// Headers are this library's own names for the columns of tables.
	Headers sheet.Headers
	// Mappings of the fields; nil is marc.Default. The barcode pattern in them
	// gives way to the service's ItemPattern where that is set.
	Mappings marc.Mappings
	// Branches turns branch codes of the records into the library's. An item
	// with a code that is not in it belongs to the service's branch.
	Branches map[string]string
	// Actor for the ledger; "" = "system".
	Actor string
	// Listed is called for everything not taken over as it came, in the order of
	// the file, as soon as it is known. May be nil.
	Listed func(Listed)
}

// progressEvery is how often progress is told at most.
const progressEvery = 200 * time.Millisecond

// Import reads the records of a file and brings them in, several titles in each
// ledgered change. name is what the file is called in the summary. progress may
// be nil; it is called between changes and at the end.
//
// When ctx ends, r fails or the store refuses, it stops and returns the summary
// of what is in already together with the error: every change so far is whole
// and durable. Where r can be read again from its start (a file), a bookmark goes
// with every change, and the same import of the same file, run again, only reads
// what is in already; otherwise it compares that with the store. Memory does not
// grow with the file but for 8 to 16 bytes a title (and but for workbooks).
//
// Errors, beside those of the store and of r: ErrHolding for the source name,
// ErrOldWorkbook, ErrNotFile, sheet.ErrWorkbook, and of Mappings and Headers that
// cannot be.
func (s *Service) Import(ctx context.Context, r io.Reader, name string, o ImportOptions, progress func(Progress)) (Summary, error) {
	began := s.o.Clock()
	one := &run{s: s, ctx: ctx, o: o, progress: progress, sum: Summary{File: name}, began: began, told: began,
		file: &importing{seen: newControls()}}
	err := one.all(r)
	one.sum.Took = s.o.Clock().Sub(began)
	if progress != nil && one.in != nil {
		progress(one.now())
	}
	if err != nil {
		return one.sum, fmt.Errorf("import %s: after %d records: %w", name, one.sum.Read, err)
	}
	return one.sum, nil
}

// run is one import under way.
type run struct {
	s        *Service
	ctx      context.Context
	o        ImportOptions
	progress func(Progress)

	in     *input
	mapper *marc.Mapper
	file   *importing
	before int  // records up to this number are in already
	kept   bool // a bookmark of this file is in the store

	work    []*intake
	first   int64 // offset of the first of them
	reached int64 // how far the file is handled, in the unit of in.total
	skipped int64 // how far it was in already
	over    int   // records that were
	sum     Summary
	began   time.Time // of the work, without what was in already
	told    time.Time
}

func (r *run) all(file io.Reader) (err error) {
	if r.o.Source != "" && !validSource(r.o.Source) {
		return fmt.Errorf("%w: source %q", ErrHolding, r.o.Source)
	}
	if r.mapper, err = marc.NewMapper(r.mappings()); err != nil {
		return err
	}
	if r.in, err = r.o.open(r.ctx, file); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.in.close()) }()
	if err := r.resume(file); err != nil {
		return err
	}
	for {
		record, skipped, err := r.in.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if err != nil {
			return errors.Join(err, r.flush()) // what was read is good
		}
		if err := r.add(r.intake(record, skipped)); err != nil {
			return err
		}
	}
	r.file.last = true
	if err := r.flush(); err != nil {
		return err
	}
	r.reached = max(r.reached, r.in.total)
	return r.forget()
}

// mappings are those of the options with this library's barcode pattern.
func (r *run) mappings() marc.Mappings {
	m := maps.Clone(r.o.Mappings)
	if m == nil {
		m = marc.Default()
	}
	if p := r.s.o.ItemPattern; p != nil {
		for flavour, mapping := range m {
			mapping.BarcodePattern = p.String()
			m[flavour] = mapping
		}
	}
	return m
}

// intake makes a record ready, or keeps the place of one that cannot come in.
func (r *run) intake(record *marc.Record, skipped *marc.Skipped) *intake {
	in := r.draft(record, skipped)
	in.reached = r.in.reached(in.offset)
	return in
}

func (r *run) draft(record *marc.Record, skipped *marc.Skipped) *intake {
	if skipped != nil {
		return unusable(skipped, "")
	}
	bib, problems := r.mapper.Map(record)
	said := remarks(record, bib, problems)
	for i, p := range problems {
		if p.Blocks() {
			return &intake{number: record.Number, offset: record.Offset, skipped: &said[i]}
		}
	}
	source := r.o.Source
	if source == "" {
		source = sourceOf(record)
	}
	in, err := r.s.intake(r.s.o.Clock(), source, holding(record, bib, r.o.Branches))
	if err != nil {
		k := record.Skip(marc.Problem{Reason: marc.TitleMissing})
		return unusable(&k, "")
	}
	in.number, in.offset, in.remarks = record.Number, record.Offset, said
	return in
}

// remarks is what the mapper could not use, a line for each problem.
func remarks(record *marc.Record, bib marc.Bib, problems []marc.Problem) []Listed {
	var said []Listed
	for _, p := range problems {
		k := record.Skip(p)
		line := listedRecord(&k, bib.Title)
		if !p.Blocks() {
			line.What = WhatValue
		}
		said = append(said, line)
	}
	return said
}

func unusable(k *marc.Skipped, title string) *intake {
	line := listedRecord(k, title)
	return &intake{number: k.Number, offset: k.Offset, skipped: &line}
}

// add puts an intake to the work, which is brought in when there is enough.
func (r *run) add(in *intake) error {
	if in.number <= r.before {
		r.past(in)
		return nil
	}
	if n := len(r.work); n >= chunkRecords || n > 0 && in.offset-r.first > chunkBytes {
		if err := r.flush(); err != nil {
			return err
		}
	}
	if len(r.work) == 0 {
		r.first = in.offset
	}
	r.work = append(r.work, in)
	return nil
}

func (r *run) list(line Listed) {
	line.File = r.sum.File
	r.sum.add(line)
	if r.o.Listed != nil {
		r.o.Listed(line)
	}
}

// flush brings the work in, in as many changes as it takes.
func (r *run) flush() error {
	var part Change
	from := cursor{}
	for len(r.work) > 0 {
		at := r.s.o.Clock()
		cmd := library.Command{ID: records.NewID(r.s.o.Records.Kiosk(), at), Actor: r.actor(), At: at}
		if r.file.key != "" {
			r.file.read, r.file.hash = r.in.counted.n, r.in.counted.hash.Sum(nil)
		}
		st, err := r.s.change(r.ctx, cmd, r.work, from, r.file)
		if err != nil {
			return err
		}
		r.kept = r.file.key != "" && (r.kept || st.Wrote && st.Whole > 0) && !(r.file.last && st.Wrote && st.Whole == len(r.work))
		for i, c := range st.Changes {
			part.follow(c)
			if i < st.Whole {
				r.handled(r.work[i], part)
				part = Change{}
			}
		}
		r.work, from = r.work[st.Whole:], st.next()
		r.tell()
	}
	r.work = nil
	return nil
}

func (r *run) actor() string {
	if r.o.Actor == "" {
		return "system"
	}
	return r.o.Actor
}

func (r *run) handled(in *intake, c Change) {
	r.reached = in.reached
	r.file.seen.add(in.title.Control)
	r.sum.count(c)
	for _, line := range in.listed(c) {
		r.list(line)
	}
}

// past takes a record that an earlier run brought in, or could not.
func (r *run) past(in *intake) {
	r.reached = in.reached
	r.skipped = in.reached
	r.file.seen.add(in.title.Control)
	r.sum.Read++
	r.over = r.sum.Read
	if in.skipped != nil {
		r.sum.Skipped++
	} else {
		r.sum.Before++
	}
	for _, line := range in.listed(Change{}) {
		r.list(line)
	}
	r.began = r.s.o.Clock()
	r.tell()
}

func (r *run) now() Progress {
	return Progress{Records: r.sum.Read, Before: r.over, Reached: r.reached, Skipped: r.skipped, Total: r.in.total,
		Elapsed: r.s.o.Clock().Sub(r.began)}
}

func (r *run) tell() {
	if r.progress == nil {
		return
	}
	if at := r.s.o.Clock(); at.Sub(r.told) >= progressEvery {
		r.told = at
		r.progress(r.now())
	}
}
