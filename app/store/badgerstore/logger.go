package badgerstore

import (
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// engineLogger passes Badger's messages on without their text arguments: keys
// and paths come as strings, byte slices or errors, and a key may hold a card
// number. Numbers, sizes and durations stay.
type engineLogger struct{ log *slog.Logger }

func (l engineLogger) Errorf(format string, args ...any) {
	if len(args) == 0 {
		// Without arguments the format is a finished text that may quote anything.
		format = "error without a fixed text"
	}
	l.log.Error("storage engine", slog.String("says", redact(format, args)))
}

func (l engineLogger) Warningf(format string, args ...any) {
	l.log.Info("storage engine", slog.String("says", redact(format, args)))
}

// Infof and Debugf speak of every table and transaction; nobody reads that.
func (l engineLogger) Infof(string, ...any)  {}
func (l engineLogger) Debugf(string, ...any) {}

func redact(format string, args []any) string {
	safe := make([]any, len(args))
	for i, a := range args {
		switch a.(type) {
		case int, int8, int16, int32, int64, uint, uint8, uint16, uint32, uint64,
			float32, float64, bool, time.Duration:
			safe[i] = a
		default:
			safe[i] = "…"
		}
	}
	return strings.TrimSpace(fmt.Sprintf(format, safe...))
}
