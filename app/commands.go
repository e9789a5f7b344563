package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"shuting/app/catalogue"
	"shuting/app/library"
	"shuting/app/records"
	"shuting/app/store/badgerstore"
)

// system is a command of the kiosk itself.
func (h *house) system(at time.Time) library.Command {
	return library.Command{ID: records.NewID(h.cfg.Kiosk.ID, at), Actor: "system", At: at}
}

// Import brings catalogue files in, one after another, and prints a summary of
// each. A cancelled or killed import is continued by running it again.
func Import(ctx context.Context, o Options, files []string) (err error) {
	h, err := open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	h.tellRecoveryCode(o)
	for _, f := range files {
		if err := h.importFile(ctx, o, f); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
	}
	return nil
}

func (h *house) importFile(ctx context.Context, o Options, name string) (err error) {
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
	sum, err := h.catalogue.Import(ctx, f, filepath.Base(name), catalogue.ImportOptions{Size: info.Size(), Listed: report.Add}, meter.show)
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
