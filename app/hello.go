package app

import (
	"context"
	"fmt"
	"time"

	"shuting/app/bridge"
	"shuting/app/circulation"
	"shuting/app/config"
	"shuting/app/demo"
	"shuting/app/patrons"
	"shuting/app/print"
)

func (k *Kiosk) hello() bridge.Hello {
	c := k.house.cfg
	return bridge.Hello{
		Version: k.o.Version, LibraryNames: names(c.Library.Name), Place: names(c.Kiosk.Place), Seal: c.Library.Seal,
		TimeZone: c.Library.TimeZone, DefaultLanguage: string(c.Language.Default), Languages: languages(c.Language),
		Screen: bridge.Screen{DiagonalInch: c.Screen.Diagonal, BottomMM: c.Screen.BottomMM},
		Sound:  bridge.Sound{Volume: c.Sound.Volume, Mute: c.Sound.Mute},
		Demo:   k.o.Demo, PINLength: patrons.PINLength, ScanLength: c.Scan.MaxLength,
	}
}

func names(n config.Names) bridge.Names {
	out := bridge.Names{}
	for _, l := range []config.Language{config.SimplifiedChinese, config.TraditionalChinese, config.English} {
		out[string(l)] = n.In(l)
	}
	return out
}

// languages offered, the default first.
func languages(c config.Languages) []string {
	out := []string{string(c.Default)}
	for _, l := range c.Offered {
		if l != c.Default {
			out = append(out, string(l))
		}
	}
	return out
}

// demo fills the demo library and makes its samples; outside demo mode there
// are none.
func (k *Kiosk) demo(ctx context.Context) (bridge.Samples, error) {
	out := bridge.Samples{Cards: []bridge.SampleCard{}, Books: []bridge.SampleBook{}}
	if !k.o.Demo {
		return out, nil
	}
	if err := k.house.fillDemo(ctx); err != nil {
		return out, err
	}
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

func (h *house) fillDemo(ctx context.Context) error {
	err := demo.Fill(ctx, demo.Options{
		Catalogue: h.catalogue, Patrons: h.patrons, Circulation: h.circulation,
		At: func(branch string) demo.Returns {
			return circulation.New(circulation.Options{Records: h.records, Zone: h.zone, Branch: branch, SecondScan: h.cfg.Visit.SecondScan})
		},
		Now: time.Now(), Zone: h.zone, Kiosk: h.cfg.Kiosk.ID, Branch: h.cfg.Kiosk.Branch,
	})
	if err != nil {
		return fmt.Errorf("fill the demo library: %w", err)
	}
	return nil
}
