package catalogue

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"time"

	"shuting/app/catalogue/marc"
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
	// Marc forces flavour or character set.
	Marc marc.Options
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

// Import reads MARC records from r and brings them in, several titles in each
// ledgered change. name is what the file is called in the summary. progress may
// be nil; it is called between changes and at the end.
//
// When ctx ends, r fails or the store refuses, it stops and returns the summary
// of what is in already together with the error: every change so far is whole
// and durable, and running it again continues, because what is there already is
// only compared. Memory does not grow with the file.
func (s *Service) Import(ctx context.Context, r io.Reader, name string, o ImportOptions, progress func(Progress)) (Summary, error) {
	began := s.o.Clock()
	one := &run{s: s, ctx: ctx, o: o, progress: progress, sum: Summary{File: name}, began: began, told: began}
	err := one.all(r)
	one.sum.Took = s.o.Clock().Sub(began)
	if progress != nil {
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

	mapper *marc.Mapper
	work   []*intake
	first  int64 // offset of the first of them
	bytes  int64 // of the file, handled
	sum    Summary
	began  time.Time
	told   time.Time
}

func (r *run) all(in io.Reader) error {
	if r.o.Source != "" && !validSource(r.o.Source) {
		return fmt.Errorf("%w: source %q", ErrHolding, r.o.Source)
	}
	var err error
	if r.mapper, err = marc.NewMapper(r.mappings()); err != nil {
		return err
	}
	counted := &counter{in: in, ctx: r.ctx}
	reader := marc.NewReader(counted, r.o.Marc)
	for {
		record, skipped, err := reader.Next()
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
	err = r.flush()
	if err == nil {
		r.bytes = counted.n
	}
	return err
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
	if skipped != nil {
		return unusable(skipped, "")
	}
	bib, problems := r.mapper.Map(record)
	var remarks []Listed
	for _, p := range problems {
		k := record.Skip(p)
		if p.Blocks() {
			return unusable(&k, bib.Title)
		}
		line := listedRecord(&k, bib.Title)
		line.What = WhatValue
		remarks = append(remarks, line)
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
	in.number, in.offset, in.remarks = record.Number, record.Offset, remarks
	return in
}

func unusable(k *marc.Skipped, title string) *intake {
	line := listedRecord(k, title)
	return &intake{number: k.Number, offset: k.Offset, skipped: &line}
}

// add puts an intake to the work, which is brought in when there is enough.
func (r *run) add(in *intake) error {
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
		cmd := library.Command{ID: records.NewID(r.s.o.Records.Kiosk(), at), Actor: r.o.Actor, At: at}
		if cmd.Actor == "" {
			cmd.Actor = "system"
		}
		st, err := r.s.change(r.ctx, cmd, r.work, from)
		if err != nil {
			return err
		}
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

func (r *run) handled(in *intake, c Change) {
	r.bytes = in.offset
	r.sum.count(c)
	for _, line := range in.listed(c) {
		r.list(line)
	}
}

func (r *run) now() Progress {
	return Progress{Records: r.sum.Read, Bytes: r.bytes, Total: r.o.Size, Elapsed: r.s.o.Clock().Sub(r.began)}
}

func (r *run) tell() {
	if r.progress == nil {
		return
	}
	p := r.now()
	if at := r.began.Add(p.Elapsed); at.Sub(r.told) >= progressEvery {
		r.told = at
		r.progress(p)
	}
}

// counter counts what was read and stops when ctx ends.
type counter struct {
	in  io.Reader
	ctx context.Context
	n   int64
}

func (c *counter) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.in.Read(p)
	c.n += int64(n)
	return n, err
}
