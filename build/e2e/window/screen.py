"""A screen of our own: virtual display, session bus, window manager, a hand on it."""

import os
import pathlib
import subprocess
import tempfile

import processes
from waiting import wait

HERE = pathlib.Path(__file__).resolve().parent
PORTRAIT = (1080, 1920)
LANDSCAPE = (1920, 1080)


class Screen:
    """A fresh display with a bus and a window manager. Use it in a with statement.

    Its environment also becomes that of this process, because the accessibility
    library reads it once; so one process has one screen.
    """

    def __init__(self, size=PORTRAIT):
        self.size = size
        self._folder = tempfile.TemporaryDirectory(prefix="shuting-screen-")
        self.home = pathlib.Path(self._folder.name)
        self._started = []

    def __enter__(self):
        try:
            self._environment()
            self._display()
            self._bus()
            self._start(["openbox", "--sm-disable", "--config-file", str(HERE / "openbox.xml")])
            wait("a window manager", self._has_manager)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self._started):
            processes.stop(process)
        try:
            self._folder.cleanup()
        except OSError:
            pass  # a dying helper of the desktop still wrote there; the system's cleaner takes it

    def _environment(self):
        runtime = self.home / "run"
        runtime.mkdir(mode=0o700)
        # A silent sound device: a build machine has none, and the page wants one.
        (self.home / ".asoundrc").write_text("pcm.!default { type null }\nctl.!default { type null }\n")
        for name in ("NO_AT_BRIDGE", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE", "SESSION_MANAGER", "AT_SPI_BUS_ADDRESS"):
            os.environ.pop(name, None)
        os.environ.update(
            HOME=str(self.home), XDG_RUNTIME_DIR=str(runtime), XDG_CACHE_HOME=str(self.home / "cache"),
            XDG_CONFIG_HOME=str(self.home / "config"), XDG_DATA_HOME=str(self.home / "share"),
            GDK_BACKEND="x11", GSETTINGS_BACKEND="memory", LANG="C.UTF-8", LC_ALL="C.UTF-8",
        )

    def _start(self, command, **options):
        log = open(self.home / (os.path.basename(command[0]) + ".log"), "wb")
        options.setdefault("stdout", log)
        process = processes.start(command, stderr=log, stdin=subprocess.DEVNULL, **options)
        log.close()
        self._started.append(process)
        return process

    def _display(self):
        width, height = self.size
        read, write = os.pipe()
        self._start(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"],
            pass_fds=[write],
        )
        os.close(write)
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start: " + (self.home / "Xvfb.log").read_text())
        os.environ["DISPLAY"] = ":" + number

    def _bus(self):
        bus = self._start(["dbus-daemon", "--session", "--nofork", "--print-address"], stdout=subprocess.PIPE)
        address = bus.stdout.readline().decode().strip()
        if not address:
            raise RuntimeError("the session bus did not start")
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = address

    def _has_manager(self):
        answer = subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True, check=False)
        return "window id" in answer.stdout

    # ---- the hand ----

    def hand(self, *command):
        """One xdotool command."""
        subprocess.run(["xdotool", *map(str, command)], check=True, capture_output=True, timeout=20)

    def tap(self, where):
        """Press and release at a control or at (x, y)."""
        x, y = where if isinstance(where, tuple) else where.centre
        self.hand("mousemove", x, y, "click", 1)

    def keys(self, *chords):
        """Press key chords such as 'F5' or 'ctrl+r'."""
        for chord in chords:
            self.hand("key", chord)

    def scan(self, code):
        """Type as a scanner does: fast, and Return at the end."""
        # In one go: a busy machine must not make a pause before the Return.
        self.hand("type", "--delay", "4", "--args", "1", code, "key", "Return")

    def drag(self, start, end):
        """Press at start, move in steps, release at end."""
        self.hand("mousemove", *start, "mousedown", 1)
        for step in range(1, 9):
            x = start[0] + (end[0] - start[0]) * step // 8
            y = start[1] + (end[1] - start[1]) * step // 8
            self.hand("mousemove", "--sync", x, y) if (x, y) != start else None
        self.hand("mouseup", 1)

    # ---- the eye ----

    def screenshot(self, path):
        """Write what the screen shows as a PNG."""
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], check=True, timeout=30)

    def colours(self):
        """How many different colours the screen shows: one means it is blank."""
        answer = subprocess.run(
            ["import", "-window", "root", "-format", "%k", "info:"], check=True, capture_output=True, text=True, timeout=30)
        return int(answer.stdout)
