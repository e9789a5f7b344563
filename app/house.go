// Package app is everything behind the glass: it opens the library, wires the
// packages together and runs the kiosk or one of its commands. It is the only
// place where they meet.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"shuting/app/catalogue"
	"shuting/app/circulation"
	"shuting/app/config"
	"shuting/app/covers"
	"shuting/app/patrons"
	"shuting/app/records"
	"shuting/app/store"
	"shuting/app/store/badgerstore"
)

// Options say which library to open and how. The zero value opens the
// platform's own data folder with the default settings.
type Options struct {
	DataDir    string    // "" = from the settings, else the platform's folder
	ConfigFile string    // "" = no file: defaults
	Demo       bool      // the demo library, in a data folder of its own
	Windowed   bool      // a window with a frame instead of the whole screen
	Existing   bool      // the library must be there already: none is made
	Version    string    // shown and logged
	Out        io.Writer // the console
}

// house is one open library with its services.
type house struct {
	cfg         config.Config
	zone        *time.Location
	log         *slog.Logger
	closeLog    func() error
	store       *badgerstore.Store
	records     *records.Records
	catalogue   *catalogue.Service
	finder      *catalogue.Finder
	covers      *covers.Covers
	patrons     *patrons.Service
	circulation *circulation.Service
}

// coversFolder lies in the data folder.
const coversFolder = "covers"

// settingDemo marks a store that holds the demo library.
const settingDemo = "demo"

// open reads the settings and opens the library; nothing is left open when it
// fails.
func open(ctx context.Context, o Options) (*house, error) {
	cfg, err := settings(o)
	if err != nil {
		return nil, err
	}
	h := &house{cfg: cfg}
	if err := h.open(ctx, o); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// settings are the file's, with what the command line says on top.
func settings(o Options) (config.Config, error) {
	cfg := config.Default()
	if o.ConfigFile != "" {
		var err error
		if cfg, err = config.Load(o.ConfigFile); err != nil {
			return cfg, err
		}
	}
	switch {
	case o.DataDir != "":
		dir, err := filepath.Abs(o.DataDir)
		if err != nil {
			return cfg, fmt.Errorf("data folder: %w", err)
		}
		cfg.Data.Keys = keysBeside(cfg, dir)
		cfg.Data.Dir = dir
	case cfg.Data.Dir == "":
		dir, err := platformDataDir()
		if err != nil {
			return cfg, err
		}
		cfg.Data.Dir = dir
	}
	if o.Demo && o.DataDir == "" {
		// Never beside the real thing: a folder and keys of its own.
		cfg.Data.Dir, cfg.Data.Keys = cfg.Data.Dir+"-demo", ""
	}
	if cfg.Data.Keys == "" {
		cfg.Data.Keys = cfg.Data.Dir + "-keys"
	}
	if o.Windowed {
		cfg.Screen.Windowed = true
	}
	return cfg, nil
}

// keysBeside keeps the keys of the settings for the settings' own folder; a
// data folder named on the command line has its keys beside it.
func keysBeside(cfg config.Config, dir string) string {
	if cfg.Data.Dir == dir {
		return cfg.Data.Keys
	}
	return ""
}

func (h *house) open(ctx context.Context, o Options) error {
	var err error
	if h.zone, err = h.cfg.Library.Location(); err != nil {
		return err
	}
	h.store, err = badgerstore.Open(badgerstore.Options{
		Dir: h.cfg.Data.Dir, KeysDir: h.cfg.Data.Keys, Existing: o.Existing, MinFreeBytes: uint64(h.cfg.Data.MinFreeMiB) << 20,
		Logger: slog.New(slog.NewTextHandler(o.Out, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return fmt.Errorf("the library was not opened: %w", err)
	}
	// The log lies in the data folder, so it opens after the store has looked
	// whether that folder is what it should be.
	if h.log, h.closeLog, err = openLog(h.cfg); err != nil {
		return err
	}
	h.records, err = records.Open(ctx, records.Options{Store: h.store, SealKey: h.store.SealKey(), Kiosk: h.cfg.Kiosk.ID})
	if err != nil {
		return fmt.Errorf("the library was not opened: %w", err)
	}
	if err := h.markDemo(ctx, o.Demo); err != nil {
		return err
	}
	return h.services()
}

func (h *house) services() error {
	_, item, err := h.cfg.Scan.Compile()
	if err != nil {
		return err
	}
	h.catalogue = catalogue.New(catalogue.Options{Records: h.records, Branch: h.cfg.Kiosk.Branch, ItemPattern: item, Zone: h.zone, Clock: time.Now})
	h.covers = covers.New(filepath.Join(h.cfg.Data.Dir, coversFolder), time.Now)
	h.finder = catalogue.NewFinder(catalogue.FinderOptions{Records: h.records, Branch: h.cfg.Kiosk.Branch, Zone: h.zone,
		Cover: h.covers.Of, Log: h.log})
	h.patrons = patrons.New(patrons.Options{Records: h.records, Zone: h.zone, Branch: h.cfg.Kiosk.Branch,
		AskPIN: h.cfg.SignIn.PIN == config.PINAlways, Delays: delays(h.cfg.SignIn)})
	h.circulation = circulation.New(circulation.Options{Records: h.records, Zone: h.zone, Branch: h.cfg.Kiosk.Branch,
		SecondScan: h.cfg.Visit.SecondScan, Log: h.log})
	return nil
}

func delays(s config.SignIn) patrons.Delays {
	d := patrons.DefaultDelays()
	d.First, d.Base, d.Max = s.PINFreeTries+1, s.PINDelay, s.PINDelayMax
	d.KioskMax = min(d.KioskMax, d.Max)
	return d
}

// markDemo keeps the demo library and a real one apart: neither is ever opened
// as the other.
func (h *house) markDemo(ctx context.Context, demo bool) error {
	var marked, used bool
	err := h.records.View(ctx, func(t *records.Tx) error {
		if err := t.Setting(settingDemo, &marked); err != nil && !errors.Is(err, records.ErrNotFound) {
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	if used, err = h.records.Used(ctx); err != nil {
		return err
	}
	switch {
	case marked == demo:
		return nil
	case marked:
		return fmt.Errorf("the data folder %s holds the demo library: start with --demo, or name another folder with --data", h.cfg.Data.Dir)
	case used:
		return fmt.Errorf("the data folder %s holds a real library: the demo library is not put into it; name another folder with --data", h.cfg.Data.Dir)
	}
	now := time.Now()
	_, err = h.records.Do(ctx, h.system(now), "mark_demo", func(t *records.Tx) (records.Outcome, error) {
		return records.Outcome{Code: "done"}, t.PutSetting(settingDemo, true)
	})
	return err
}

// Close closes everything that was opened, in reverse. It may be called twice.
func (h *house) Close() error {
	var err error
	if h.records != nil {
		h.records.Close()
		h.records = nil
	}
	if h.store != nil {
		if cerr := h.store.Close(); cerr != nil {
			err = fmt.Errorf("close the store: %w", cerr)
		}
		h.store = nil
	}
	if h.closeLog != nil {
		err = errors.Join(err, h.closeLog())
		h.closeLog = nil
	}
	return err
}

// fault tells the health code of an error that surely changed nothing; "" when
// the outcome is not known.
func fault(err error) string {
	switch {
	case !errors.Is(err, records.ErrNotDone):
		return ""
	case errors.Is(err, store.ErrNoSpace):
		return healthNoSpace
	}
	return healthStore
}

// platformDataDir is where the library lies when nothing else is said.
func platformDataDir() (string, error) {
	base := os.Getenv("XDG_DATA_HOME")
	if p := os.Getenv("ProgramData"); base == "" && p != "" {
		base = p
	}
	if base == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("no data folder: name one with --data (%w)", err)
		}
		base = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(base, "shuting"), nil
}
