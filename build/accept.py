#!/usr/bin/python3
"""The numbered lines of docs/status.md and the tests that prove them.

A test proves line L07 when its name has Accept_L07 in it, in whatever suite.
Prints a table line -> tests -> passed or failed; lines without a test are listed.
Ends with 1 if a test failed.
"""

import re
import subprocess
import sys

import suites
from suites import ROOT, Broken

LINE = re.compile(r"\bL\d{2,3}\b")


def numbered():
    """The numbered lines that docs/status.md names, in its order."""
    status = ROOT / "docs" / "status.md"
    if not status.exists():
        sys.exit("accept: docs/status.md is missing")
    return list(dict.fromkeys(LINE.findall(status.read_text(encoding="utf-8"))))


def top(result):
    """A test's own name without that of its case: 'package TestX/case' -> 'package TestX'."""
    if result.suite not in ("go", "bench") or " " not in result.name:
        return result.name
    package, test = result.name.split(" ", 1)
    return f"{package} {test.split('/', 1)[0]}"


def grouped(results):
    """(suite, test, state, cases) for each test, its subtests taken together."""
    tests = {}
    for r in results:
        tests.setdefault((r.suite, top(r)), []).append(r.state)
    for (suite, name), states in tests.items():
        state = next((s for s in ("failed", "skipped") if s in states), "passed")
        yield suite, name, state, len(states)


def build():
    """The programs that the browser and the window run."""
    if subprocess.run(["build/build.sh", "page", "program", "dev"], cwd=ROOT, check=False).returncode:
        sys.exit("accept: the program does not build")


def main():
    build()
    proofs, broken = {}, []
    for name, suite in suites.SUITES.items():
        print(f"running: {name}", flush=True)
        try:
            results = suite("Accept_L")
        except Broken as problem:
            broken.append(str(problem))
            continue
        for r in results:
            for number in re.findall(r"Accept_(L\d{2,3})", r.name):
                proofs.setdefault(number, []).append(r)

    print()
    lines = numbered()
    failed = len(broken)
    for number in [*lines, *sorted(set(proofs) - set(lines))]:
        failed += sum(r.state == "failed" for r in proofs.get(number, []))
        for suite, name, state, cases in grouped(proofs.get(number, [])):
            print(f"{number}  {state:<7}  {suite:<7}  {name}" + (f" ({cases} cases)" if cases > 1 else ""))
    bare = [n for n in lines if n not in proofs]
    strange = sorted(set(proofs) - set(lines))
    print()
    for problem in broken:
        print(problem + "\n")
    print(f"lines with proof: {len(lines) - len(bare)} of {len(lines)}")
    print("lines without a test: " + (", ".join(bare) or "none"))
    if strange:
        print("tests for lines that docs/status.md does not name: " + ", ".join(strange))
    tests = [r for found in proofs.values() for r in found]
    print(f"{sum(r.state == 'passed' for r in tests)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
