package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// display is a virtual screen with a session bus and a window manager, all our
// own. What it shows lies in a file that is mapped here, so looking at it costs
// the programs that are measured next to nothing.
type display struct {
	dir     string
	env     []string
	started []*exec.Cmd
	screen  []byte // the mapped file
	pixels  []byte // 4 bytes each, line by line
	stride  int    // bytes of a line
	width   int
	height  int
}

// The kiosk stands upright.
const (
	screenWidth  = 1080
	screenHeight = 1920
)

// openDisplay starts everything; dir becomes HOME of what runs on it.
func openDisplay(ctx context.Context, dir, windowManagerConfig string) (*display, error) {
	d := &display{dir: dir}
	if err := d.start(ctx, windowManagerConfig); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

func (d *display) start(ctx context.Context, windowManagerConfig string) error {
	runtime := filepath.Join(d.dir, "run")
	if err := os.Mkdir(runtime, 0o700); err != nil {
		return err
	}
	// A machine without sound still plays: into nothing.
	if err := os.WriteFile(filepath.Join(d.dir, ".asoundrc"), []byte("pcm.!default { type null }\nctl.!default { type null }\n"), 0o600); err != nil {
		return err
	}
	d.env = environment(map[string]string{"HOME": d.dir, "XDG_RUNTIME_DIR": runtime,
		"XDG_CACHE_HOME": filepath.Join(d.dir, "cache"), "XDG_CONFIG_HOME": filepath.Join(d.dir, "config"),
		"XDG_DATA_HOME": filepath.Join(d.dir, "share"), "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "memory",
		"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"})
	number, err := d.ask(ctx, "Xvfb", "-displayfd", "1", "-screen", "0", fmt.Sprintf("%dx%dx24", screenWidth, screenHeight),
		"-fbdir", d.dir, "-nolisten", "tcp", "-noreset")
	if err != nil {
		return err
	}
	d.env = append(d.env, "DISPLAY=:"+number)
	if err := d.lookAtScreen(); err != nil {
		return err
	}
	bus, err := d.ask(ctx, "dbus-daemon", "--session", "--nofork", "--print-address")
	if err != nil {
		return err
	}
	d.env = append(d.env, "DBUS_SESSION_BUS_ADDRESS="+bus)
	if _, err := d.run(ctx, "openbox", "--sm-disable", "--config-file", windowManagerConfig); err != nil {
		return err
	}
	return d.awaitManager(ctx)
}

// environment is ours without what would lead to another screen or bus, and
// with the given names set.
func environment(set map[string]string) []string {
	drop := []string{"NO_AT_BRIDGE", "WAYLAND_DISPLAY", "DISPLAY", "XDG_SESSION_TYPE", "SESSION_MANAGER", "AT_SPI_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"}
	var env []string
next:
	for _, e := range os.Environ() {
		name, _, _ := strings.Cut(e, "=")
		if _, ours := set[name]; ours {
			continue
		}
		for _, d := range drop {
			if name == d {
				continue next
			}
		}
		env = append(env, e)
	}
	for name, value := range set {
		env = append(env, name+"="+value)
	}
	return env
}

// run starts a program on the display, in a process group of its own that ends
// with us.
func (d *display) run(ctx context.Context, line ...string) (*exec.Cmd, error) {
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	cmd.Env = d.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	d.started = append(d.started, cmd)
	return cmd, nil
}

// ask starts a program that stays and says one line first.
func (d *display) ask(ctx context.Context, line ...string) (string, error) {
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	cmd.Env = d.env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	d.started = append(d.started, cmd)
	answer, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("%s said nothing: %w", line[0], err)
	}
	return strings.TrimSpace(answer), nil
}

func (d *display) awaitManager(ctx context.Context) error {
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(50 * time.Millisecond) {
		ask := exec.CommandContext(ctx, "xprop", "-root", "_NET_SUPPORTING_WM_CHECK")
		ask.Env = d.env
		if said, err := ask.Output(); err == nil && strings.Contains(string(said), "window id") {
			return nil
		}
	}
	return errors.New("no window manager on the display")
}

// lookAtScreen maps the picture: an X window dump with a header of 32-bit words.
func (d *display) lookAtScreen() error {
	f, err := os.Open(filepath.Join(d.dir, "Xvfb_screen0"))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if d.screen, err = unix.Mmap(int(f.Fd()), 0, int(info.Size()), unix.PROT_READ, unix.MAP_SHARED); err != nil {
		return err
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(d.screen[4*i:])) }
	const headerSize, width, height, bitsPerPixel, bytesPerLine, colours = 0, 4, 5, 11, 12, 19
	d.width, d.height, d.stride = word(width), word(height), word(bytesPerLine)
	from := word(headerSize) + 12*word(colours)
	if word(bitsPerPixel) != 32 || from+d.height*d.stride > len(d.screen) {
		return fmt.Errorf("the screen's file is not what was expected: %d bits, %d×%d", word(bitsPerPixel), d.width, d.height)
	}
	d.pixels = d.screen[from:]
	return nil
}

// at is the colour of a pixel.
func (d *display) at(x, y int) uint32 {
	return binary.LittleEndian.Uint32(d.pixels[y*d.stride+4*x:]) & 0xffffff
}

// close ends what was started, the last first.
func (d *display) close() error {
	var err error
	for i := len(d.started) - 1; i >= 0; i-- {
		end(d.started[i])
	}
	if d.screen != nil {
		err = unix.Munmap(d.screen)
	}
	return err
}

// end stops a program and everything in its group, politely, then not.
func end(cmd *exec.Cmd) {
	if cmd.ProcessState != nil {
		return
	}
	_ = cmd.Process.Signal(syscall.SIGTERM)
	gone := make(chan struct{})
	go func() { _ = cmd.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(6 * time.Second):
	}
	// What the program left behind in its group goes with it.
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	<-gone
}
