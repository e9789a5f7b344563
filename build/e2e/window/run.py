#!/usr/bin/python3
"""Runs the journeys in the production window and counts them.

A journey file is journey_*.py beside this one. Each function in it named test_*
is one test; it takes a Stage. SIZE = LANDSCAPE in the file turns its screen.
Every file runs in a process and on a display of its own.

  run.py [--bin FILE] [--only REGEX] [--list] [--results FILE.json] [--shots DIR] [FILE…]

Prints one line a test and, at the end, 'N passed, N failed'.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
FILE_LIMIT = 600  # seconds one journey file may take
sys.path.insert(0, str(HERE))


class Stage:
    """What a test gets: a screen, and the program to start on it."""

    def __init__(self, screen, binary):
        self.screen = screen
        self.binary = binary

    def kiosk(self, *args, data=None, **options):
        """A Kiosk on this screen; start it with a with statement."""
        from kiosk import Kiosk

        return Kiosk(self.screen, self.binary, data=data, args=args, **options)


def tests_in(path):
    """The names of the tests of a file, in their order, without running it."""
    return re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)


def wanted(files, only):
    for path in files:
        names = [n for n in tests_in(path) if only is None or re.search(only, f"{path.stem}.{n}")]
        if names:
            yield path, names


def play(path, names, binary, shots, results):
    """Run the tests of one file on one screen, in this process."""
    import screen as screens

    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with screens.Screen(getattr(module, "SIZE", screens.PORTRAIT)) as screen:
        for name in names:
            begun = time.monotonic()
            problem = ""
            try:
                getattr(module, name)(Stage(screen, binary))
            except Exception:  # a failed test must not hide the ones after it
                problem = traceback.format_exc()
                try:
                    screen.screenshot(shots / f"{path.stem}.{name}.png")
                except Exception as error:
                    problem += f"(no picture: {error})\n"
            took = time.monotonic() - begun
            print(f"{'FAIL' if problem else 'ok  '} {path.stem}.{name} {took:.1f} s", flush=True)
            if problem:
                print(problem, flush=True)
            with open(results, "a", encoding="utf-8") as f:
                f.write(json.dumps({"test": f"{path.stem}.{name}", "passed": not problem, "seconds": took}) + "\n")


def run_file(path, names, options):
    """Run one file in a child process; returns its results, failures for tests it never reached."""
    with tempfile.TemporaryDirectory(prefix="shuting-journey-") as folder:
        results = pathlib.Path(folder) / "results"
        child = subprocess.Popen(
            [sys.executable, __file__, "--bin", options.bin, "--shots", options.shots,
             "--play", str(results), "--only", "|".join(f"{path.stem}.{n}$" for n in names), str(path)])
        try:
            child.wait(FILE_LIMIT)
        except subprocess.TimeoutExpired:
            child.terminate()
            child.wait()
            print(f"     {path.stem}: stopped after {FILE_LIMIT} s", flush=True)
        except KeyboardInterrupt:
            child.terminate()
            child.wait()
            raise
        lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    done = [json.loads(line) for line in lines]
    reached = {d["test"] for d in done}
    for name in names:
        test = f"{path.stem}.{name}"
        if test not in reached:
            print(f"FAIL {test} (never finished)", flush=True)
            done.append({"test": test, "passed": False, "seconds": 0.0})
    return done


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "build" / "bin" / "shuting"), help="the production program")
    parser.add_argument("--only", help="run the tests whose file.name matches this pattern")
    parser.add_argument("--list", action="store_true", help="print the tests and stop")
    parser.add_argument("--results", help="write the results to this file as JSON")
    parser.add_argument("--shots", default=str(ROOT / "build" / "out" / "window"), help="pictures of failures go here")
    parser.add_argument("--play", help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    files = options.files or sorted(HERE.glob("journey_*.py"))
    plan = list(wanted(files, options.only))

    if options.list:
        for path, names in plan:
            for name in names:
                print(f"{path.stem}.{name}")
        return 0
    if not os.access(options.bin, os.X_OK):
        sys.exit(f"run.py: no program at {options.bin}: run 'make build' first")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that with statements clean up
    if options.play:
        for path, names in plan:
            play(path, names, options.bin, pathlib.Path(options.shots), options.play)
        return 0

    results = []
    for path, names in plan:
        results += run_file(path, names, options)
    passed = sum(r["passed"] for r in results)
    if options.results:
        pathlib.Path(options.results).write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(f"window journeys: {passed} passed, {len(results) - passed} failed", flush=True)
    return 0 if results and passed == len(results) else 1


if __name__ == "__main__":
    sys.exit(main())
