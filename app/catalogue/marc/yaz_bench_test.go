package marc

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"shuting/app/catalogue/marctest"
)

// BenchmarkAgainstYaz compares the processor time of reading a file once, whole
// and decoded, with that of yaz-marcdump printing it: metric ours/yaz.
func BenchmarkAgainstYaz(b *testing.B) {
	const records = 50_000
	for _, form := range []marctest.Form{marctest.UTF8, marctest.GB18030} {
		b.Run(string(form), func(b *testing.B) {
			var file bytes.Buffer
			if err := marctest.Write(&file, records, form); err != nil {
				b.Fatal(err)
			}
			path := filepath.Join(b.TempDir(), "records.mrc")
			if err := os.WriteFile(path, file.Bytes(), 0o600); err != nil {
				b.Fatal(err)
			}
			arguments := []string{path}
			if form != marctest.UTF8 {
				arguments = []string{"-f", string(form), "-t", "utf-8", path}
			}
			var ours, theirs time.Duration
			for b.Loop() {
				yaz := exec.Command("yaz-marcdump", arguments...)
				if err := yaz.Run(); err != nil {
					b.Fatal(err)
				}
				theirs += yaz.ProcessState.UserTime() + yaz.ProcessState.SystemTime()
				before := processorTime(b)
				if n := readFile(b, path); n != records {
					b.Fatalf("%d records", n)
				}
				ours += processorTime(b) - before
			}
			b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ours/yaz")
			b.ReportMetric(float64(records*b.N)/ours.Seconds(), "records/s")
		})
	}
}

func readFile(b *testing.B, path string) (n int) {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for r := NewReader(f, Options{}); ; n++ {
		record, skipped, err := r.Next()
		if errors.Is(err, io.EOF) {
			return n
		}
		if err != nil || record == nil {
			b.Fatal(skipped, err)
		}
	}
}
