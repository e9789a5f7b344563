"""The suites of tests, each run by its own tool and reported alike.

A suite takes a pattern (None for all) that is matched against test names and
returns its results. What a tool prints goes to build/out/<suite>.log.
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[1]
OUT = ROOT / "build" / "out"
FUZZING = 2  # seconds for each fuzz target
HANGING = 60  # seconds after which one is taken to hang
TAGS = "webkit2_41"  # without it Wails looks for a web view that current systems no longer have


@dataclass
class Result:
    """One test that ran. state is 'passed', 'failed' or 'skipped'."""

    suite: str
    name: str
    state: str
    detail: str = ""


class Broken(Exception):
    """A suite that could not run, or whose tool failed though no test did."""


def run(name, command, cwd=ROOT, environment=None):
    """Run a command with its output in build/out/<name>.log; returns its exit code."""
    OUT.mkdir(parents=True, exist_ok=True)
    with open(OUT / f"{name}.log", "wb") as log:
        return subprocess.run(
            command, cwd=cwd, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})}, check=False).returncode


def tail(name, lines=60):
    """The end of a log."""
    text = (OUT / f"{name}.log").read_text(encoding="utf-8", errors="replace")
    return "\n".join(text.splitlines()[-lines:])


def _settle(suite, code, results):
    """A tool that failed without a failed test failed in itself: never hide that."""
    if code != 0 and not any(r.state == "failed" for r in results):
        raise Broken(f"{suite} ended with {code} (build/out/{suite}.log):\n{tail(suite)}")
    return results


def go(pattern=None):
    """Go tests of the program."""
    return _go("go", ["-tags", TAGS, "-race"], ROOT, pattern)


def bench(pattern=None):
    """Go tests of the measurements, a module of their own."""
    return _go("bench", ["-vet=all"], ROOT / "build" / "bench", pattern)


def _go(suite, options, folder, pattern):
    """Go tests of a module, subtests counted where a test has any."""
    code = run(suite, ["go", "test", "-json", *options, *(["-run", pattern] if pattern else []), "./..."], folder)
    states, prints, broken = {}, {}, []
    for line in (OUT / f"{suite}.log").read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            broken.append(line)  # a compiler's words
            continue
        key = (event.get("Package", ""), event.get("Test", ""))
        if event["Action"] == "output":
            prints.setdefault(key, []).append(event["Output"])
        elif event["Action"] in ("pass", "fail", "skip"):
            states[key] = {"pass": "passed", "fail": "failed", "skip": "skipped"}[event["Action"]]
    parents = {(package, test.rsplit("/", 1)[0]) for package, test in states if "/" in test}
    results = []
    for (package, test), state in states.items():
        detail = "".join(prints.get((package, test), []))
        if test and (package, test) not in parents:
            results.append(Result(suite, f"{package} {test}", state, detail))
        elif test and state == "failed" and not any(
                k[0] == package and k[1].startswith(test + "/") and s == "failed" for k, s in states.items()):
            results.append(Result(suite, f"{package} {test}", state, detail))  # failed outside its subtests
        elif not test and state == "failed" and not any(
                k[0] == package and k[1] and s == "failed" for k, s in states.items()):
            results.append(Result(suite, f"{package} (did not build, or crashed)", state, detail + "\n".join(broken)))
    return _settle(suite, code, results)


def fuzz_targets():
    """(folder, target) for each fuzz target of the Go tests."""
    return sorted({(file.parent, target) for file in ROOT.glob("app/**/*_test.go")
                   for target in re.findall(r"^func (Fuzz\w+)\(", file.read_text(encoding="utf-8"), re.M)})


def fuzz(pattern=None):
    """Each fuzz target for a bounded time, from its kept inputs (testdata/fuzz). An input that fails is kept
    there too, so that go test fails on it from then on. They prove L35, and are named so."""
    named = [(folder, target, f"{folder.relative_to(ROOT)} {target} TestAccept_L35_fuzzing") for folder, target in fuzz_targets()]
    chosen = [t for t in named if not pattern or re.search(pattern, t[2])]
    results = []
    with tempfile.TemporaryDirectory(prefix="shuting-fuzz-") as work:
        for number, (folder, target, name) in enumerate(chosen, 1):
            print(f"  fuzzing {number} of {len(chosen)}: {folder.relative_to(ROOT)} {target}", flush=True)
            program = pathlib.Path(work) / (str(folder.relative_to(ROOT)).replace("/", "-") + ".test")
            log = f"fuzz-{program.stem}-{target}"
            if not program.exists() and run(log, ["go", "test", "-c", "-fuzz", "Fuzz", "-tags", TAGS, "-o", str(program), "."], cwd=folder):
                raise Broken(f"{folder.relative_to(ROOT)} does not build for fuzzing:\n{tail(log)}")
            # Making an input that found something new smaller may take all of the time, so few tries are given to it.
            code = run(log, ["timeout", str(HANGING), str(program), "-test.run", "^$", "-test.fuzz", f"^{target}$",
                             "-test.fuzztime", f"{FUZZING}s", "-test.fuzzminimizetime", "20x", "-test.fuzzcachedir", f"{work}/found"], cwd=folder)
            detail = tail(log) if code != 124 else f"it hangs: not ended after {HANGING} s"
            results.append(Result("fuzz", name, "failed" if code else "passed", detail))
    return results


def page(pattern=None):
    """Component tests of the page, with vitest."""
    report = OUT / "page.json"
    report.unlink(missing_ok=True)
    OUT.mkdir(parents=True, exist_ok=True)
    code = run("page", [
        "node_modules/.bin/vitest", "run", "--reporter=json", f"--outputFile={report}",
        *(["-t", pattern, "--passWithNoTests"] if pattern else [])], cwd=ROOT / "frontend")
    results = []
    if report.exists():
        for file in json.loads(report.read_text(encoding="utf-8"))["testResults"]:
            for test in file["assertionResults"]:
                state = {"passed": "passed", "failed": "failed"}.get(test["status"], "skipped")
                results.append(Result("page", test["fullName"], state, "\n".join(test.get("failureMessages") or [])))
    if pattern:  # what the pattern left out counts as skipped there
        results = [r for r in results if r.state != "skipped"]
    return _settle("page", code, results)


def browser(pattern=None):
    """The page with the real bindings in Chromium, with Playwright."""
    report = OUT / "browser.json"
    report.unlink(missing_ok=True)
    code = run(
        "browser",
        ["node_modules/.bin/playwright", "test", "--reporter=json", *(["-g", pattern, "--pass-with-no-tests"] if pattern else [])],
        cwd=ROOT / "build" / "e2e" / "chromium", environment={"PLAYWRIGHT_JSON_OUTPUT_NAME": str(report)})
    results = []

    def gather(suite, names):
        for inner in suite.get("suites", []):
            gather(inner, [*names, inner["title"]])
        for spec in suite.get("specs", []):
            for test in spec["tests"]:
                state = {"expected": "passed", "skipped": "skipped"}.get(test["status"], "failed")
                errors = [e.get("message", "") for r in test["results"] for e in r.get("errors", [])]
                results.append(Result("browser", " ".join([*names, spec["title"]]), state, "\n".join(errors)))

    if report.exists():
        for suite in json.loads(report.read_text(encoding="utf-8"))["suites"]:
            gather(suite, [suite["title"]])
    return _settle("browser", code, results)


def window(pattern=None):
    """Journeys in the production window, through the accessibility tree."""
    report = OUT / "window.json"
    report.unlink(missing_ok=True)
    command = ["/usr/bin/python3", str(ROOT / "build/e2e/window/run.py"), "--results", str(report)]
    code = run("window", [*command, *(["--only", pattern] if pattern else [])])
    tests = json.loads(report.read_text(encoding="utf-8")) if report.exists() else []
    log = (OUT / "window.log").read_text(encoding="utf-8", errors="replace")
    results = []
    for test in tests:
        said = re.search(rf"^FAIL {re.escape(test['test'])} .*?(?=^(?:ok  |FAIL|window journeys:) )", log + "\nok   ", re.M | re.S)
        results.append(Result(
            "window", test["test"], "passed" if test["passed"] else "failed", said.group(0) if said else ""))
    if pattern and not results and code == 1 and report.exists():
        return []  # no journey of that name
    return _settle("window", code, results)


SUITES = {"go": go, "bench": bench, "fuzz": fuzz, "page": page, "browser": browser, "window": window}
