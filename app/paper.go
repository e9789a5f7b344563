package app

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"shuting/app/config"
	"shuting/app/devices/printer"
	"shuting/app/library"
	"shuting/app/print"
	"shuting/app/visit"
)

// errNoPrinter: the settings name no printer.
var errNoPrinter = errors.New("no printer is set up")

// noPaper is a kiosk without a printer.
type noPaper struct{}

func (noPaper) Ready() bool                                 { return false }
func (noPaper) Receipt(_ library.Receipt, done func(error)) { done(errNoPrinter) }
func (noPaper) Slip(library.Slip)                           {}

const (
	// askPrinterEvery is how often the printer is asked how it is.
	askPrinterEvery = 30 * time.Second
	// lastJobs is how long a stop waits for what is being printed.
	lastJobs = 500 * time.Millisecond
)

// paper prints what the visit hands it, behind the visit: no call waits for the
// printer, and a printer that fails is only not offered until it is well again.
type paper struct {
	device *printer.Printer
	spool  *printer.Spool
	layout print.Layout
	slips  bool
	staff  string // language of slips
	log    *slog.Logger

	trouble atomic.Pointer[printer.Code] // as last heard; nil: not asked yet
	mu      sync.Mutex
	next    int
	waiting map[string]func(error)
}

// newPaper opens the printer of the settings; nil where they name none. Nothing
// is sent yet.
func newPaper(cfg config.Config, zone *time.Location, log *slog.Logger) (*paper, error) {
	if cfg.Printer.Kind == config.PrinterNone {
		return nil, nil
	}
	device, err := printer.Open(printer.Options{Kind: printer.Kind(cfg.Printer.Kind), Address: cfg.Printer.Address, Baud: cfg.Printer.Baud})
	if err != nil {
		return nil, err
	}
	name := cfg.Library.Name
	p := &paper{device: device, slips: cfg.Printer.Slips, staff: string(cfg.Language.Default), log: log, waiting: map[string]func(error){},
		layout: print.Layout{Columns: cfg.Printer.Columns, Chinese: print.Chinese(cfg.Printer.Chinese), Zone: zone,
			Library: print.Names{Hans: name.Hans, Hant: name.Hant, En: name.En}}}
	p.spool = printer.NewSpool(device, printer.SpoolOptions{Done: p.printed})
	return p, nil
}

// asVisit is the printer as the visit knows it.
func (p *paper) asVisit() visit.Printer {
	if p == nil {
		return noPaper{}
	}
	return p
}

// Ready tells whether a receipt is worth offering.
func (p *paper) Ready() bool {
	code := p.trouble.Load()
	return code != nil && (*code == "" || *code == printer.PaperLow)
}

// Receipt prints one and tells when that is over.
func (p *paper) Receipt(r library.Receipt, done func(error)) {
	job, err := print.Receipt(r, p.layout)
	if err != nil {
		done(err)
		return
	}
	p.submit(job, done)
}

// Slip prints one for staff, where the settings ask for slips.
func (p *paper) Slip(s library.Slip) {
	if !p.slips {
		return
	}
	s.Language = p.staff
	job, err := print.Slip(s, p.layout)
	if err != nil {
		p.log.Error("slip not made", "kind", s.Kind, "error", err)
		return
	}
	p.submit(job, func(err error) {
		if err != nil {
			p.log.Warn("slip not printed", "kind", s.Kind, "code", string(printer.CodeOf(err)))
		}
	})
}

func (p *paper) submit(job []byte, done func(error)) {
	p.mu.Lock()
	p.next++
	id := strconv.Itoa(p.next)
	p.waiting[id] = done
	p.mu.Unlock()
	if err := p.spool.Submit(id, job); err != nil {
		p.printed(printer.Result{ID: id, Err: err})
	}
}

// printed hears of every job.
func (p *paper) printed(r printer.Result) {
	p.mu.Lock()
	done := p.waiting[r.ID]
	delete(p.waiting, r.ID)
	p.mu.Unlock()
	p.heard(r.Status, r.Err)
	if done != nil {
		done(r.Err)
	}
}

// heard keeps how the printer is and logs each change, for the technician.
func (p *paper) heard(s printer.Status, err error) {
	code := s.Code()
	if err != nil {
		code = printer.CodeOf(err)
	}
	if before := p.trouble.Swap(&code); before != nil && *before == code {
		return
	}
	switch code {
	case "":
		p.log.Info("printer ready")
	default:
		p.log.Warn("printer", "code", string(code))
	}
}

// watch asks the printer how it is until ctx ends, so that a receipt is offered
// only where it will come.
func (p *paper) watch(ctx context.Context) {
	every := time.NewTicker(askPrinterEvery)
	defer every.Stop()
	for {
		p.heard(p.device.Status(ctx))
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// close ends the printing, within a moment.
func (p *paper) close() {
	ctx, stop := context.WithTimeout(context.Background(), lastJobs)
	defer stop()
	if err := p.spool.Close(ctx); err != nil {
		p.log.Warn("the last jobs were not printed")
	}
}
