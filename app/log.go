package app

import (
	"log/slog"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"

	"shuting/app/config"
)

// openLog opens the technician's log: JSON lines, a new file every 5 MiB, old
// ones dropped after the days of the settings. Nothing of a reader goes in.
func openLog(cfg config.Config) (*slog.Logger, func() error, error) {
	file := cfg.Log.File
	if file == "" {
		file = filepath.Join(cfg.Data.Dir, "log", "shuting.log")
	}
	out := &lumberjack.Logger{Filename: file, MaxSize: 5, MaxAge: cfg.Log.KeepDays, MaxBackups: 50}
	log := slog.New(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: cfg.Log.Level.Slog()}))
	return log, out.Close, nil
}

// windowLog takes what Wails says. Its messages can carry the arguments of a
// call (card numbers, PINs), so only the fact and its level are kept.
type windowLog struct{ log *slog.Logger }

func (w windowLog) Print(string)   {}
func (w windowLog) Trace(string)   {}
func (w windowLog) Debug(string)   {}
func (w windowLog) Info(string)    {}
func (w windowLog) Warning(string) { w.log.Warn("window: warning") }
func (w windowLog) Error(string)   { w.log.Error("window: error") }
func (w windowLog) Fatal(string)   { w.log.Error("window: fatal") }
