package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"shuting/app/bridge"
	"shuting/app/patrons"
	"shuting/app/records"
	"shuting/app/visit"
	"shuting/app/window"
)

// contentPolicy lets the page use what is built into the program and nothing
// else: no script or style of others, no frames, no way out.
const contentPolicy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; media-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'"

// patience is how long one call of the page may take, its wait for the turn and
// all its acts together: less than the page's own time-out, so that it hears what
// is not certain instead of nothing.
const patience = 6 * time.Second

// Kiosk is the running kiosk: one window over one library.
type Kiosk struct {
	o        Options
	house    *house
	visit    *visit.Visit
	bridge   *bridge.Kiosk
	paper    *paper      // nil without a printer
	scanner  atomic.Bool // the scanner on a serial line is there
	stopping *window.Stopping
	guarded  atomic.Pointer[window.Guarded]
	publish  atomic.Pointer[func(visit.Snapshot)]
	rest     *rest
	stop     context.CancelFunc
	behind   sync.WaitGroup // upkeep and the clock
	opened   chan struct{}  // closed when New is through, well or not
	closing  sync.Once
	closed   error
	again    atomic.Bool // start anew after this run
}

// New opens the library and prepares the kiosk; Run shows it. Whoever calls New
// calls Close.
func New(o Options) (*Kiosk, error) {
	ctx, stop := context.WithCancel(context.Background())
	k := &Kiosk{o: o, stop: stop, opened: make(chan struct{})}
	k.rest = newRest(k.freshPage)
	k.stopping = window.NewStopping(k.overdue)
	// Told to stop while opening or filling the demo: that ends early.
	go func() {
		select {
		case <-k.stopping.Told():
			stop()
		case <-k.opened:
		}
	}()
	err := k.open(ctx)
	close(k.opened)
	if err != nil {
		return nil, errors.Join(err, k.Close())
	}
	k.behind.Go(func() { k.upkeep(ctx) })
	k.behind.Go(func() { k.visit.Run(ctx) })
	k.behind.Go(func() { k.rest.run(ctx) })
	k.behind.Go(func() { k.house.finder.Run(ctx) })
	k.devices(ctx)
	return k, nil
}

func (k *Kiosk) open(ctx context.Context) error {
	h, err := open(ctx, k.o)
	if err != nil {
		return err
	}
	k.house = h
	return k.wire(ctx)
}

func (k *Kiosk) wire(ctx context.Context) error {
	h := k.house
	codes, err := newScanCodes(h.cfg.Scan)
	if err != nil {
		return err
	}
	recovery := h.tellRecoveryCode(k.o)
	samples, err := k.demo(ctx)
	if err != nil {
		return err
	}
	if k.paper, err = newPaper(h.cfg, h.zone, h.log); err != nil {
		return err
	}
	hours := &opening{house: h}
	k.visit = visit.New(visit.Options{
		Account: h.patrons, Lending: h.circulation, Own: h.circulation, Printer: k.paper.asVisit(), PickUp: h.cfg.Kiosk.Branch,
		Finding: h.finder, Codes: codes, Health: storeHealth{h.store}, Opening: hours.today, Interrupted: h.circulation.LastVisit, Ended: h.circulation.EndVisit,
		Times: visit.Times{Warn: h.cfg.Visit.Warn, End: h.cfg.Visit.End, Goodbye: h.cfg.Visit.Goodbye},
		Clock: time.Now, NewID: func(at time.Time) string { return records.NewID(h.cfg.Kiosk.ID, at) },
		Publish:   k.show,
		Languages: languages(h.cfg.Language), ReturnAtIdle: h.cfg.Return.AtIdle == "return", PINLength: patrons.PINLength,
		Patience: patience, Recovery: recovery, Acknowledge: h.store.AcknowledgeRecoveryCode, Fault: fault, Log: h.log,
	})
	k.bridge = bridge.New(bridge.Options{Visit: k.visit, Hello: k.hello(), Samples: samples, Finder: h.finder, Log: h.log, Beat: k.beat})
	return nil
}

// show sends a snapshot to the page, once there is one.
func (k *Kiosk) show(s visit.Snapshot) {
	k.rest.saw(s)
	if p := k.publish.Load(); p != nil {
		(*p)(s)
	}
}

// beat passes on a sign of life of the page.
func (k *Kiosk) beat() {
	if g := k.guarded.Load(); g != nil {
		g.Beat()
	}
}

// Run shows the window and returns when the program was told to stop.
func (k *Kiosk) Run(assets fs.FS) error {
	start := options.Fullscreen
	if k.house.cfg.Screen.Windowed {
		start = options.Normal
	}
	k.house.log.Info("kiosk starts", "version", k.o.Version, "kiosk", k.house.cfg.Kiosk.ID, "demo", k.o.Demo)
	err := wails.Run(&options.App{
		Title: "书亭", Width: 1080, Height: 1920, MinWidth: 480, MinHeight: 480,
		WindowStartState: start, Frameless: !k.house.cfg.Screen.Windowed,
		BackgroundColour: options.NewRGB(251, 250, 246),
		AssetServer:      &assetserver.Options{Assets: assets, Handler: k.house.covers, Middleware: strict},
		Bind:             []any{k.bridge},
		ErrorFormatter:   bridge.FormatError,
		Logger:           windowLog{k.house.log}, LogLevel: logger.ERROR, LogLevelProduction: logger.ERROR,
		OnStartup: k.startup, OnBeforeClose: k.stopping.BeforeClose,
		DragAndDrop:              &options.DragAndDrop{DisableWebViewDrop: true},
		EnableDefaultContextMenu: false,
		Linux:                    &linux.Options{WebviewGpuPolicy: linux.WebviewGpuPolicyNever, ProgramName: "shuting"},
		Windows:                  &windows.Options{DisablePinchZoom: true, IsZoomControlEnabled: false},
	})
	if err != nil {
		return fmt.Errorf("window: %w", err)
	}
	return nil
}

// strict puts the content policy on everything the page is given.
func strict(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", contentPolicy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}

func (k *Kiosk) startup(ctx context.Context) {
	publish := bridge.Publisher(ctx, runtime.EventsEmit)
	k.publish.Store(&publish)
	k.guarded.Store(window.Guard(window.Options{
		AllowedOrigins: devOrigins(),
		OnPageLost: func(r window.Reason) {
			level := slog.LevelWarn
			if r == window.Grown {
				level = slog.LevelInfo
			}
			k.house.log.Log(ctx, level, "page lost", "reason", string(r))
			if _, err := k.visit.Abort(); err != nil {
				k.house.log.Error("visit not ended", "error", err)
			}
		},
		OnProblem: func(err error) { k.house.log.Error("window not guarded", "error", err) },
		Reload:    func() { runtime.WindowReloadApp(ctx) },
	}))
	k.stopping.Ready(func() { runtime.Quit(ctx) })
}

// devOrigins is where the page may come from in a development build, which
// serves it over HTTP; a production build ignores the variable.
func devOrigins() []string {
	if addr := os.Getenv("devserver"); addr != "" && developmentBuild {
		return []string{"http://" + addr}
	}
	return nil
}

// Close ends the visit and closes the library. It may be called several times,
// also at once: every caller returns when it is done, with the same answer.
func (k *Kiosk) Close() error {
	k.closing.Do(func() { k.closed = k.close() })
	return k.closed
}

func (k *Kiosk) close() error {
	defer k.stopping.Done()
	k.stop()
	if g := k.guarded.Load(); g != nil {
		g.Stop()
	}
	if k.visit != nil {
		k.visit.Close()
	}
	if k.paper != nil {
		k.paper.close()
	}
	k.behind.Wait()
	if k.house == nil {
		return nil
	}
	k.house.log.Info("kiosk stops")
	return k.house.Close()
}

// overdueGrace is what is left of the five seconds of a stop when the window
// did not close in time.
const overdueGrace = 1800 * time.Millisecond

// overdue leaves although the window is still up, but closes the library
// first, or waits for whoever does.
func (k *Kiosk) overdue() {
	done := make(chan error, 1)
	go func() {
		<-k.opened
		done <- k.Close()
	}()
	select {
	case err := <-done:
		if err == nil {
			os.Exit(0)
		}
	case <-time.After(overdueGrace):
		// The store is written through: leaving now is like a power cut.
	}
	os.Exit(1)
}

// upkeep does what may wait, at the start and each hour: holds whose shelf time
// is over end, so that none is older than an hour past midnight; old command ids
// are forgotten, a few at a time.
func (k *Kiosk) upkeep(ctx context.Context) {
	every := time.NewTicker(time.Hour)
	defer every.Stop()
	for {
		k.house.expireHolds(ctx)
		for n := 1; n > 0 && ctx.Err() == nil; {
			var err error
			if n, err = k.house.records.Forget(ctx, time.Now()); err != nil && ctx.Err() == nil {
				k.house.log.Warn("old commands not forgotten", "error", err)
			}
			if err != nil {
				break
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-every.C:
		}
	}
}

// tellRecoveryCode prints the recovery code on the console and returns its
// groups for the screen, as long as nobody has said that it was written down.
// The demo library holds nothing to recover: its code is put away at once.
func (h *house) tellRecoveryCode(o Options) []string {
	first := h.store.FirstStart()
	if first == nil {
		return nil
	}
	if o.Demo {
		if err := h.store.AcknowledgeRecoveryCode(); err != nil {
			h.log.Warn("recovery code of the demo library not put away", "error", err)
		}
		return nil
	}
	if quiet(o.Out) {
		// A service's output ends in a journal: no place for a code.
		fmt.Fprintln(o.Out, "The recovery code of this library waits on the kiosk's screen: write it down there.")
	} else {
		fmt.Fprintf(o.Out, "\nRecovery code of this library. Write it down and keep it in a safe place. It is shown, here and on the kiosk's\n"+
			"screen, until somebody says there that it is written down:\n\n    %s\n\n"+
			"Without the keys in %s or this code nobody can read the library.\n\n", first.RecoveryCode, h.cfg.Data.Keys)
	}
	return strings.Split(first.RecoveryCode, "-")
}
