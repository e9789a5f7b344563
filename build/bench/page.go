package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"shuting/app/bridge"
	"shuting/app/config"
	"shuting/app/demo"
	"shuting/app/patrons"
	"shuting/app/print"
	"shuting/app/visit"
)

// pageServer gives a browser the page that is built into the program, with
// answers from the same bridge over a kiosk where nobody stands: enough for the
// page to come to its idle screen.
type pageServer struct {
	URL    string
	server *http.Server
	visit  *visit.Visit
}

// bridgeScript is what Wails puts into the page: the bound methods.
const bridgeScript = `window.go = {bridge: {Kiosk: new Proxy({}, {get: (_, method) => async () => (await fetch("/call/" + String(method))).json()})}};
window.runtime = {EventsOn: () => () => undefined};
`

func servePage(ctx context.Context, dist string) (*pageServer, error) {
	index, err := os.ReadFile(filepath.Join(dist, "index.html"))
	if err != nil {
		return nil, fmt.Errorf("the page is not built: %w", err)
	}
	kiosk, turn, err := idleKiosk()
	if err != nil {
		return nil, err
	}
	withBridge := strings.Replace(string(index), "<head>", `<head><script src="/bridge.js"></script>`, 1)
	mux := http.NewServeMux()
	files := http.FileServer(http.Dir(dist))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = w.Write([]byte(withBridge))
			return
		}
		files.ServeHTTP(w, r)
	})
	mux.HandleFunc("/bridge.js", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/javascript")
		_, _ = w.Write([]byte(bridgeScript))
	})
	mux.HandleFunc("/call/", func(w http.ResponseWriter, r *http.Request) {
		answer := any(nil)
		switch strings.TrimPrefix(r.URL.Path, "/call/") {
		case "Hello":
			answer = kiosk.Hello()
		case "DemoSamples":
			answer = kiosk.DemoSamples()
		default: // every other method answers with the snapshot
			answer = turn.Snapshot()
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	})
	listen := net.ListenConfig{}
	l, err := listen.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &pageServer{URL: "http://" + l.Addr().String() + "/", server: &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}, visit: turn}
	go func() {
		if err := p.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintln(os.Stderr, "page server:", err)
		}
	}()
	return p, nil
}

func (p *pageServer) close() error {
	p.visit.Close()
	return p.server.Close()
}

// idleKiosk is the bridge of a kiosk with the default settings in demo mode.
func idleKiosk() (*bridge.Kiosk, *visit.Visit, error) {
	c := config.Default()
	names := func(n config.Names) bridge.Names {
		out := bridge.Names{}
		for _, l := range []config.Language{config.SimplifiedChinese, config.TraditionalChinese, config.English} {
			out[string(l)] = n.In(l)
		}
		return out
	}
	languages := []string{string(config.SimplifiedChinese), string(config.TraditionalChinese), string(config.English)}
	turn := visit.New(visit.Options{Account: nobody{}, Lending: nobody{}, Codes: nobody{}, Health: nobody{},
		Times: visit.Times{Warn: c.Visit.Warn, End: c.Visit.End, Goodbye: c.Visit.Goodbye},
		Clock: time.Now, NewID: func(time.Time) string { return kiosk + "-0" }, Publish: func(visit.Snapshot) {},
		Languages: languages, PINLength: patrons.PINLength, Fault: func(error) string { return "" }, Log: slog.New(slog.DiscardHandler)})
	samples, err := demoSamples()
	if err != nil {
		turn.Close()
		return nil, nil, err
	}
	return bridge.New(bridge.Options{Visit: turn, Samples: samples, Beat: func() {}, Log: slog.New(slog.DiscardHandler),
		Hello: bridge.Hello{Version: "bench", LibraryNames: names(c.Library.Name), Place: names(c.Kiosk.Place), Seal: c.Library.Seal,
			TimeZone: c.Library.TimeZone, DefaultLanguage: languages[0], Languages: languages,
			Screen: bridge.Screen{DiagonalInch: c.Screen.Diagonal, BottomMM: c.Screen.BottomMM},
			Sound:  bridge.Sound{Volume: c.Sound.Volume, Mute: c.Sound.Mute},
			Demo:   true, PINLength: patrons.PINLength, ScanLength: c.Scan.MaxLength}}), turn, nil
}

func demoSamples() (bridge.Samples, error) {
	var out bridge.Samples
	s := demo.Samples()
	for _, c := range s.Cards {
		bars, err := print.Code128(c.Number)
		if err != nil {
			return out, err
		}
		out.Cards = append(out.Cards, bridge.SampleCard{Number: c.Number, Label: c.Label, Bars: bars})
	}
	for _, b := range s.Books {
		bars, err := print.Code128(b.Barcode)
		if err != nil {
			return out, err
		}
		out.Books = append(out.Books, bridge.SampleBook{Barcode: b.Barcode, Title: b.Title, Author: b.Author, Label: b.Label, Bars: bars})
	}
	return out, nil
}

// nobody stands at the kiosk; nothing is ever scanned, so what a reader would
// ask for is not there.
type nobody struct {
	visit.Account
	visit.Lending
}

func (nobody) Health() ([]string, bool) { return nil, true }
func (nobody) IsCard(string) bool       { return false }
func (nobody) IsItem(string) bool       { return false }
func (nobody) MaxLength() int           { return config.Default().Scan.MaxLength }
