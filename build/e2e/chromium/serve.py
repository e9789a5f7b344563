#!/usr/bin/python3
"""Starts the program built for a browser on a hidden screen and serves its page.

  serve.py --bin FILE --assets DIR --data DIR [-- ARGUMENTS…]

Prints 'serving http://127.0.0.1:PORT' once the page answers. Ends when its
standard input closes or on SIGTERM, and takes everything it started with it.
"""

import argparse
import os
import pathlib
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "window"))

import processes  # noqa: E402
import screen  # noqa: E402
from waiting import wait  # noqa: E402


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(url, program):
    if program.poll() is not None:
        sys.exit(f"serve: the program ended with {program.returncode}")
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", required=True)
    parser.add_argument("--assets", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("rest", nargs="*")
    options = parser.parse_args()

    over = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: over.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C reaches us through our input
    threading.Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()

    with screen.Screen() as _:
        address = f"127.0.0.1:{free_port()}"
        program = processes.start(
            [options.bin, "--data", options.data, *options.rest],
            stdin=subprocess.DEVNULL, stdout=sys.stderr,
            # The names are Wails' own: where a development build finds its page, and where it serves it.
            env={**os.environ, "assetdir": options.assets, "devserver": address},
        )
        url = f"http://{address}"
        wait("the page", lambda: over.is_set() or answers(url, program), 30)
        print(f"serving {url}", flush=True)
        while not over.wait(0.2):
            if program.poll() is not None:
                sys.exit(f"serve: the program ended with {program.returncode}")
        processes.stop(program)


if __name__ == "__main__":
    main()
