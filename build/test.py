#!/usr/bin/python3
"""Everything a change must pass, with the time of each step.

  test.py          builds, checks and runs all suites
  test.py --lint   only the checks that need no running program

Ends with 'N passed, N failed', where each check counts as one and each test as
one. Skipped tests are named: a test that does not run proves nothing.
"""

import pathlib
import subprocess
import sys
import time

import suites
from suites import ROOT, TAGS, Broken

STATICCHECK = "honnef.co/go/tools/cmd/staticcheck@v0.8.2"
FRONT = ROOT / "frontend"


class Count:
    """What passed and failed so far."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.problems = []

    def add(self, name, passed, detail=""):
        if passed:
            self.passed += 1
        else:
            self.failed += 1
            self.problems.append(f"FAIL {name}\n{detail.strip()}")


def gofmt():
    """gofmt prints the files it would change, and succeeds."""
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.go"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    files = [f for f in files if (ROOT / f).exists()]
    code = suites.run("gofmt", ["gofmt", "-l", *files])
    return code == 0 and not suites.tail("gofmt").strip()


def command(name, words, cwd=ROOT, environment=None):
    """A check that is one command."""
    return lambda: suites.run(name, words, cwd, environment) == 0


BUILD = [
    ("page", command("build-page", ["build/build.sh", "page"])),
]
CHECKS = [
    ("gofmt", gofmt),
    ("vet", command("vet", ["go", "vet", "-tags", TAGS, "./..."])),
    ("vet-windows", command("vet-windows", ["go", "vet", "-tags", "desktop,production", "./..."],
                            environment={"GOOS": "windows", "CGO_ENABLED": "0"})),
    ("staticcheck", command("staticcheck", ["go", "run", STATICCHECK, "-tags", TAGS, "./..."])),
    ("types", command("types", ["node_modules/.bin/vue-tsc", "--noEmit"], FRONT)),
    ("browser-types", command("browser-types", ["node_modules/.bin/tsc", "--noEmit", "-p", "."], ROOT / "build/e2e/chromium")),
    ("bindings", command("bindings", ["build/bindings.py"])),
]
PROGRAMS = [
    ("program", command("program", ["build/build.sh", "program"])),
    ("dev", command("dev", ["build/build.sh", "dev"])),
]


def step(name, work):
    """Do one step and print what came of it and how long it took."""
    begun = time.monotonic()
    line = work()
    print(f"{name:<14} {line:<40} {time.monotonic() - begun:6.1f} s", flush=True)


def check(name, count, test):
    def work():
        passed = test()
        count.add(name, passed, "" if passed else suites.tail(name if name != "page" else "build-page"))
        return "ok" if passed else "FAILED"

    step(name, work)


def suite(name, count):
    def work():
        before = (count.passed, count.failed, count.skipped)
        try:
            results = suites.SUITES[name]()
        except Broken as broken:
            count.add(name, False, str(broken))
            return "BROKEN"
        if not results:
            count.add(name, False, "no test ran: that proves nothing")
        for r in results:
            if r.state == "skipped":
                count.skipped += 1
                count.problems.append(f"skipped {r.suite}: {r.name}")
            else:
                count.add(f"{r.suite}: {r.name}", r.state == "passed", r.detail)
        passed, failed = count.passed - before[0], count.failed - before[1]
        return f"{passed} passed, {failed} failed"

    step(name, work)


def main():
    begun = time.monotonic()
    count = Count()
    for old in [*suites.OUT.glob("*.log"), *suites.OUT.glob("*.json")]:
        old.unlink()  # a log that stays from last time would tell lies
    for name, test in BUILD + CHECKS:
        check(name, count, test)
    if "--lint" not in sys.argv[1:]:
        suite("go", count)
        suite("bench", count)
        suite("fuzz", count)
        suite("page", count)
        for name, test in PROGRAMS:
            check(name, count, test)
        suite("browser", count)
        suite("window", count)
    for problem in count.problems:
        print("\n" + problem)
    print(f"\n{time.monotonic() - begun:.0f} s in all; logs are in {suites.OUT.relative_to(pathlib.Path(ROOT))}")
    print(f"{count.passed} passed, {count.failed} failed" + (f", {count.skipped} skipped" if count.skipped else ""))
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main())
