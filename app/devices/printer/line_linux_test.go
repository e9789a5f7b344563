package printer

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"shuting/app/devices/printer/printertest"
)

// terminal is a serial line within the machine: what is written to the path
// comes out of the file, and the other way.
func terminal(tb testing.TB) (master *os.File, path string) {
	tb.Helper()
	fd, err := unix.Open("/dev/ptmx", unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC|unix.O_NONBLOCK, 0)
	if err != nil {
		tb.Fatal(err)
	}
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		tb.Fatal(err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		tb.Fatal(err)
	}
	path = "/dev/pts/" + strconv.Itoa(number)
	// Raw from the beginning: nothing is echoed before the printer's own settings.
	line, err := unix.Open(path, unix.O_RDWR|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = unix.Close(line) }) // without it the line would end with each job
	settings, err := unix.IoctlGetTermios(line, unix.TCGETS)
	if err != nil {
		tb.Fatal(err)
	}
	settings.Lflag, settings.Oflag, settings.Iflag = 0, 0, 0
	if err := unix.IoctlSetTermios(line, unix.TCSETS, settings); err != nil {
		tb.Fatal(err)
	}
	master = os.NewFile(uintptr(fd), "ptmx")
	tb.Cleanup(func() { _ = master.Close() })
	return master, path
}

func TestAccept_L50_a_serial_printer_prints_and_tells_its_status(t *testing.T) {
	master, path := terminal(t)
	sim := printertest.New()
	go sim.Serve(master)
	p := mustOpen(t, Options{Kind: Serial, Address: path, Baud: 115200})
	sim.Set(printertest.State{PaperOut: true})
	if _, err := p.Print(t.Context(), job); CodeOf(err) != PaperOut {
		t.Errorf("without paper: %v", err)
	}
	sim.Set(printertest.State{PaperLow: true})
	status, err := p.Print(t.Context(), job)
	if err != nil || status.Code() != PaperLow {
		t.Errorf("status %+v, error %v", status, err)
	}
	_ = master.Close()
	if got := sim.WaitJobs(1)[0]; !bytes.Equal(got, job) {
		t.Errorf("the printer got %q", got)
	}
}

func TestAccept_L50_a_serial_printer_that_never_reads_costs_its_deadline_and_no_more(t *testing.T) {
	master, path := terminal(t)
	const limit = 200 * time.Millisecond
	big := bytes.Repeat([]byte{'x'}, 64<<10)
	p := mustOpen(t, Options{Kind: Serial, Address: path, Baud: 921600, Deadline: limit, Answer: 20 * time.Millisecond})
	for _, name := range []string{"the job", "the one after it"} {
		begun := time.Now()
		_, err := p.Print(t.Context(), big)
		allowed := limit + p.onTheLine(len(big))
		if took := time.Since(begun); CodeOf(err) != Busy || took > allowed+2*time.Second {
			t.Errorf("%s: error %v after %v of %v", name, err, took, allowed)
		}
	}
	// A line within the machine keeps a writer until it is unplugged.
	if err := master.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case p.line <- struct{}{}:
	case <-time.After(5 * time.Second):
		t.Error("the line is still held after it was unplugged")
	}
}

func TestAccept_L50_a_device_file_prints_and_tells_its_status(t *testing.T) {
	master, path := terminal(t)
	sim := printertest.New()
	go sim.Serve(master)
	p := mustOpen(t, Options{Kind: File, Address: path})
	sim.Set(printertest.State{CoverOpen: true})
	if _, err := p.Print(t.Context(), job); CodeOf(err) != CoverOpen {
		t.Errorf("with an open cover: %v", err)
	}
	sim.Set(printertest.State{})
	if status, err := p.Print(t.Context(), job); err != nil || !status.Answered {
		t.Errorf("status %+v, error %v", status, err)
	}
	_ = master.Close()
	if got := sim.WaitJobs(1)[0]; !bytes.Equal(got, job) {
		t.Errorf("the printer got %q", got)
	}
}

func TestAccept_L50_a_pipe_to_a_printer_takes_jobs_and_is_not_asked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "printer")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	p := mustOpen(t, Options{Kind: File, Address: path, Deadline: 300 * time.Millisecond})
	if _, err := p.Print(t.Context(), job); CodeOf(err) != Offline {
		t.Fatalf("nobody reads the pipe: %v", err)
	}
	reader, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := p.Print(t.Context(), job); err != nil {
		t.Fatal(err)
	}
	got := make([]byte, 64)
	n, err := reader.Read(got)
	if err != nil || !bytes.Equal(got[:n], append(question(1), job...)) {
		t.Errorf("through the pipe came %q, %v", got[:n], err)
	}
	// One that is not read further is left at the deadline.
	_, err = p.Print(t.Context(), bytes.Repeat([]byte{'x'}, 1<<20))
	if of, ok := errors.AsType[*Error](err); !ok || of.Code != Busy || of.Sent == 0 {
		t.Errorf("error %v", err)
	}
}

func TestAccept_L50_an_ordinary_file_does_not_gather_receipts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "receipts")
	p := mustOpen(t, Options{Kind: File, Address: path})
	if _, err := p.Print(t.Context(), job); CodeOf(err) != Offline {
		t.Errorf("a device that is not there: %v", err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Print(t.Context(), job); CodeOf(err) != Fault {
		t.Errorf("an ordinary file: %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || len(data) != 0 {
		t.Errorf("it holds %q, %v", data, err)
	}
	p = mustOpen(t, Options{Kind: Serial, Address: path + "-none", Baud: 9600})
	if _, err := p.Print(t.Context(), job); CodeOf(err) != Offline {
		t.Errorf("a serial port that is not there: %v", err)
	}
}
