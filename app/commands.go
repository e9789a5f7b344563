package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"shuting/app/catalogue"
	"shuting/app/catalogue/marc"
	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store/badgerstore"
)

// system is a command of the kiosk itself.
func (h *house) system(at time.Time) library.Command {
	return library.Command{ID: records.NewID(h.cfg.Kiosk.ID, at), Actor: "system", At: at}
}

// How says how Import reads its files. The zero value finds everything out.
type How struct {
	Flavour string // auto, marc21, cnmarc
	Charset string // auto or a character set
	Kind    string // auto, iso2709, marcxml, csv, xlsx
	Mapping string // a mapping file; "" = what is built in
	DryRun  int    // show so many records of each file and write nothing
}

// importMemory is what the Go heap may grow to during an import, in bytes, before
// the collector works harder, and importGC how much of it may be waste. The
// store's flushes and compactions keep some 150 MB of buffers however large the
// file is; the import itself needs a few MiB.
const (
	importMemory = 256 << 20
	importGC     = 40 // percent
)

// options checks what was asked for.
func (how How) options() (o catalogue.ImportOptions, err error) {
	var ok bool
	if o.Marc.Flavour, ok = marc.ParseFlavour(how.Flavour); !ok {
		return o, usageError{fmt.Errorf("--flavour %s: allowed: auto, marc21, cnmarc", how.Flavour)}
	}
	if o.Marc.Charset, ok = marc.ParseCharset(how.Charset); !ok {
		return o, usageError{fmt.Errorf("--charset %s: allowed: auto, %s", how.Charset, charsets())}
	}
	if o.Kind, ok = catalogue.ParseKind(how.Kind); !ok {
		return o, usageError{fmt.Errorf("--kind %s: allowed: auto, iso2709, marcxml, csv, xlsx", how.Kind)}
	}
	if how.DryRun < 0 {
		return o, usageError{fmt.Errorf("--dry-run %d: a number of records", how.DryRun)}
	}
	if how.Mapping == "" {
		return o, nil
	}
	data, err := os.ReadFile(how.Mapping)
	if err != nil {
		return o, fmt.Errorf("mapping: %w", err)
	}
	m, err := catalogue.ParseMapping(how.Mapping, data)
	if err != nil {
		return o, err
	}
	o.Mappings, o.Headers, o.Branches = m.Mappings, m.Headers, m.Branches
	return o, nil
}

func charsets() string {
	var names []string
	for _, c := range marc.Charsets() {
		names = append(names, string(c))
	}
	return strings.Join(names, ", ")
}

// Import brings catalogue files in, one after another, and prints a summary of
// each. A cancelled or killed import is continued by running it again.
func Import(ctx context.Context, o Options, how How, files []string) (err error) {
	options, err := how.options()
	if err != nil {
		return err
	}
	if how.DryRun > 0 {
		return preview(ctx, o, options, how.DryRun, files)
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(importMemory))
	defer debug.SetGCPercent(debug.SetGCPercent(importGC))
	h, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	h.tellNew(o)
	for _, f := range files {
		if err := h.importFile(ctx, o, options, f); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
	}
	return nil
}

// tellNew says that a library was made, and its recovery code.
func (h *house) tellNew(o Options) {
	if h.store.FirstStart() != nil {
		fmt.Fprintf(o.Out, "A new library was made in %s.\n", h.cfg.Data.Dir)
	}
	h.tellRecoveryCode(o)
}

// preview shows what would come in. It does not open the library, so the kiosk
// may be running.
func preview(ctx context.Context, o Options, how catalogue.ImportOptions, most int, files []string) error {
	cfg, err := settings(o)
	if err != nil {
		return err
	}
	_, item, err := cfg.Scan.Compile()
	if err != nil {
		return err
	}
	service := catalogue.New(catalogue.Options{Branch: cfg.Kiosk.Branch, ItemPattern: item})
	for _, name := range files {
		fmt.Fprintf(o.Out, "%s\n", filepath.Base(name))
		if err := previewFile(ctx, o.Out, service, how, most, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func previewFile(ctx context.Context, out io.Writer, s *catalogue.Service, how catalogue.ImportOptions, most int, name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	var failed error
	err = s.Preview(ctx, f, how, most, func(sample catalogue.Sample) { failed = errors.Join(failed, sample.Write(out)) })
	return errors.Join(err, failed)
}

func (h *house) importFile(ctx context.Context, o Options, how catalogue.ImportOptions, name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	meter := newMeter(o.Out)
	path := filepath.Join(h.cfg.Data.Dir, "reports", fmt.Sprintf("import-%s-%s.csv", filepath.Base(name), time.Now().Format("20060102-150405")))
	report := catalogue.NewReportFile(path)
	how.Size, how.Listed = info.Size(), report.Add
	sum, err := h.catalogue.Import(ctx, f, filepath.Base(name), how, meter.show)
	meter.end()
	err = errors.Join(err, report.Close(), sum.Write(o.Out))
	if report.Lines() > 0 {
		fmt.Fprintf(o.Out, "  everything listed: %s\n", path)
	}
	return err
}

// ErrUnclean: Check found something; it is printed already.
var ErrUnclean = errors.New("the library is not consistent")

// Check walks the whole store, prints what it counted and found, and returns
// ErrUnclean when an invariant does not hold.
func Check(ctx context.Context, o Options) (err error) {
	o.Existing = true
	h, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	meter := newMeter(o.Out)
	err = h.store.Verify(ctx, func(done, total int) { meter.line("files %d/%d", done, total) })
	if err != nil {
		meter.end()
		fmt.Fprintf(o.Out, "a file of the store is damaged: %v\n", err)
		return ErrUnclean
	}
	rep, err := h.records.Check(ctx, func(kind string, n int) { meter.line("%s %d", kind, n) })
	meter.end()
	if err != nil {
		return err
	}
	for _, kind := range []string{"titles", "items", "patrons", "loans", "open loans", "holds", "ledgers", "commands"} {
		fmt.Fprintf(o.Out, "%-12s %d\n", kind, rep.Counts[kind])
	}
	for _, f := range rep.Findings {
		fmt.Fprintf(o.Out, "WRONG  %s\n", f)
	}
	if rep.More > 0 {
		fmt.Fprintf(o.Out, "WRONG  and %d more\n", rep.More)
	}
	if !rep.Clean() {
		return ErrUnclean
	}
	fmt.Fprintln(o.Out, "clean: every invariant holds")
	return nil
}

// RestoreKeys makes the folder of the keys anew from the recovery code.
func RestoreKeys(o Options, code string) error {
	cfg, err := settings(o)
	if err != nil {
		return err
	}
	if err := badgerstore.RestoreKeys(badgerstore.Options{Dir: cfg.Data.Dir, KeysDir: cfg.Data.Keys}, code); err != nil {
		return err
	}
	fmt.Fprintln(o.Out, "the keys are restored; the library can be opened again")
	return nil
}
