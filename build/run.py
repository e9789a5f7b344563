#!/usr/bin/python3
"""Starts the kiosk with the demo library, on a virtual screen where there is none.

Without a display the picture is written about once a second to
build/run/screen.png. Ctrl-C or SIGTERM stops everything that was started.
Arguments are passed on to the program; --landscape turns the virtual screen.
"""

import os
import pathlib
import signal
import subprocess
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "build" / "run"
BINARY = ROOT / "build" / "bin" / "shuting"
sys.path.insert(0, str(ROOT / "build" / "e2e" / "window"))

import processes  # noqa: E402
import screen  # noqa: E402

told = threading.Event()


def stop(*_):
    told.set()


def run(command, watch):
    """Run the program until it ends or we are told to stop; returns its exit code."""
    program = processes.start(command)
    while program.poll() is None and not told.wait(1.0):
        watch()
    if program.poll() is None:
        print("stopping", flush=True)
        processes.stop(program, 5)
    return 0 if told.is_set() else program.returncode


def picture(stage):
    """Replace the picture whole, so that a viewer never reads half of one."""
    fresh = FOLDER / ".screen.png"
    try:
        stage.screenshot(fresh)
        fresh.replace(FOLDER / "screen.png")
    except (OSError, subprocess.SubprocessError) as error:
        print(f"no picture this time: {error}", file=sys.stderr, flush=True)


def main():
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, stop)
    arguments = [a for a in sys.argv[1:] if a != "--landscape"]
    size = screen.LANDSCAPE if "--landscape" in sys.argv else screen.PORTRAIT
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = [str(BINARY), "--demo", "--data", str(FOLDER / "data"), *arguments]
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return run(command, lambda: None)
    with screen.Screen(size) as stage:
        print(f"no display here: the kiosk runs on a virtual screen {size[0]}x{size[1]}")
        print("picture: build/run/screen.png (renewed about every second)")
        print("stop: Ctrl-C", flush=True)
        return run(command, lambda: picture(stage))


if __name__ == "__main__":
    sys.exit(main())
