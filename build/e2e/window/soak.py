#!/usr/bin/python3
"""Many visits in the production window, one after the other.

  soak.py [--visits N] [--seed N] [--bin FILE] [--out FOLDER]

The visits are those of soak_visits.py, in an order that the seed decides. After
each one the page is searched for the reader before; after all of them the log,
what the program printed, every file of the run, and every key and value of the
library. Now and then the kiosk stands a while, as every kiosk does; a page that
has grown is replaced then, and at no other time. Memory is measured on the way
(soak_memory.py). Writes report.md and
memory.csv into build/out/soak. Ctrl-C ends the visits early; everything else is
still done and reported. Exit code 0: nothing found, memory flat; 1: not so;
130: ended early, and nothing found so far.
"""

import argparse
import os
import pathlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

import canary
import processes
import screen as screens
from kiosk import Kiosk
from soak_memory import LEAST, LEAST_TEETH, WARM_UP, Memory
from soak_visits import Desk
from waiting import wait
from words import IDLE

ROOT = canary.ROOT
SAY_EVERY = 50  # visits between two lines of progress
REST_EVERY = 50  # visits after which the kiosk may stand until a grown page is replaced
PAGE_LIMIT = 512 << 20  # bytes; from there on the program replaces the page (app/rest.go)
REPLACED = 340  # seconds it may take until a grown page of a resting kiosk is replaced: twice within five minutes it is not


def log_end(data, lines=6):
    """The last lines of the program's log; they name nobody."""
    newest = max((data / "log").glob("*"), key=lambda p: p.stat().st_mtime, default=None)
    return "\n".join(newest.read_text(encoding="utf-8").splitlines()[-lines:]) if newest else "(none)"


class Soak:
    """One run: drive() makes the visits, search() looks for what they left."""

    def __init__(self, binary, seed):
        self.binary, self.seed = binary, seed
        self.canaries = canary.Canaries()
        self.told_to_stop = False
        self.faults = []
        self.visits = 0
        self.seconds = 0.0
        self.desk = self.memory = self.store = None
        self.files = self.bytes = 0
        self.clean_check = ""
        self.rest_due = False
        self.fresh_pages = 0

    def run(self, visits, stage, around):
        """Everything on one screen; around is a folder that is thrown away."""
        data = around / "data"
        with Kiosk(stage, self.binary, data=data, args=["--demo"]) as kiosk:
            kiosk.find(*IDLE, seconds=60)
            self.drive(kiosk, visits)
            page = kiosk.web_process()
            if kiosk.running:
                kiosk.stop()
            self.search(kiosk, stage, around, page)

    def drive(self, kiosk, visits):
        self.desk = Desk(kiosk, random.Random(self.seed), self.canaries)
        self.memory = Memory(kiosk.pid)
        page, begun = kiosk.web_process(), time.monotonic()
        while self.visits < visits and not self.told_to_stop:
            try:
                kind = self.desk.visit()
                if not kiosk.running or kiosk.web_process() != page:
                    self.faults.append(f"visit {self.visits + 1} ({kind}): a process of the program ended\n--- its log ends:\n{log_end(kiosk.data)}")
                    break
                self.visits += 1
                self.memory.after(self.visits, page)
                self.rest_due |= self.visits % REST_EVERY == 0
                if self.rest_due and self.desk.at_idle:
                    self.rest_due = False
                    page = self._rest(kiosk, page)
            except (AssertionError, subprocess.SubprocessError) as fault:
                if not self.told_to_stop:  # Ctrl-C reaches the hand too, in the middle of a visit
                    self.faults.append(f"visit {self.visits + 1}: {fault}\n--- the screen reads:\n{kiosk.words()}")
                break
            if self.visits % SAY_EVERY == 0:
                self._say(time.monotonic() - begun)
        self.seconds = time.monotonic() - begun
        self.faults += [f"{what}: {times} times" for what, times in self.desk.left.items()]

    def _rest(self, kiosk, page):
        """Nobody comes until a page that has grown is replaced, or has given its memory back
        by itself; returns the page's process."""
        # A page that is just ending holds nothing any more: that is not the one to go on with.
        fresh = wait("a page that holds little",
                     lambda: (now := kiosk.web_process()) and 0 < processes.held(now) <= PAGE_LIMIT and now, REPLACED)
        if fresh != page:
            kiosk.find(*IDLE, seconds=20)
            kiosk.tap("button", "English")  # it takes what is touched and typed
            kiosk.find("button", re.compile("^Borrow"))
            kiosk.tap("button", "简体")
            kiosk.find(*IDLE)
            self.fresh_pages += 1
        return fresh

    def _say(self, seconds):
        last = self.memory.samples[-1]
        print(f"soak: {self.visits} visits, {seconds / self.visits:.2f} s each; own memory {last.own / 1e6:.0f} MB, "
              f"PSS {last.pss / 1e6:.0f} MB", flush=True)

    def search(self, kiosk, stage, around, page):
        """Look for the readers in all that the run left. The kiosk has stopped."""
        if page is None or kiosk.process.returncode != 0:
            self.faults.append(f"the program ended with {kiosk.process.returncode}")
        log = list((around / "data" / "log").glob("*"))
        if not any("kiosk starts" in p.read_text(encoding="utf-8") for p in log):
            self.faults.append("there is no log to search")
        leaks, self.files, self.bytes = self.canaries.in_files([around, stage.home])
        leaks += self.canaries.in_words(kiosk.output())
        self.store = self.canaries.in_store(around / "data")
        leaks += [f"the library, {f['in']} of {f['space']}: {f['kind']} as {f['form']}, {f['times']} times" for f in self.store["found"]]
        self.faults += leaks
        check = kiosk.command("check", "--demo")
        self.clean_check = (check.stdout.strip().splitlines() or ["?"])[-1]
        if check.returncode != 0:
            self.faults.append(f"check: {check.stdout}{check.stderr}")

    def report(self):
        """What came of it, in Markdown."""
        kinds = ", ".join(f"{kind.replace('_', ' ')} {n}" for kind, n in sorted(self.desk.done.items(), key=lambda x: -x[1]))
        lines = [
            f"{self.visits} visits in {self.seconds / 60:.1f} minutes ({self.seconds / max(self.visits, 1):.2f} s each), seed {self.seed}: {kinds}.",
            f"{self.desk.books['lent']} books lent, {self.desk.books['returned']} returned. "
            f"The page had grown and was replaced {self.fresh_pages} times, while nobody was there.",
            f"Searched for {len(self.canaries.readers)} readers and {len(self.canaries.used)} titles and barcodes: "
            f"{self.desk.screens} pages after a visit; {self.files} files, {self.bytes / 1e6:.0f} MB, and what the program printed.",
        ]
        if self.store:
            lines.append(f"The library: {self.store['keys']} keys with their values, {self.store['bytes'] / 1e6:.1f} MB, for "
                         f"{self.store['needles']} forms of the fields of {self.store['patrons']} patrons, and PINs. "
                         f"Its own check: {self.clean_check}")
        lines.append("")
        if self.memory.judged:
            over = (f"Through the means of {len(self.memory.teeth)} pages that were there from their first visit to their last:"
                    if self.memory.replaced else f"After {WARM_UP} visits, {len(self.memory.settled)} samples:")
            lines += [over, "", *self.memory.table()]
            grew = self.memory.grew()
            if grew and grew not in self.faults:
                self.faults.append(grew)
        else:
            lines.append(f"Memory is not judged: that takes {LEAST_TEETH} whole pages, or {LEAST * self.memory.every + WARM_UP} visits without a new one.")
        lines += ["", *([f"FOUND: {f}" for f in self.faults] or ["Nothing was found."])]
        return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--bin", default=str(ROOT / "build" / "bin" / "shuting"))
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build" / "out" / "soak")
    options = parser.parse_args()
    if not os.access(options.bin, os.X_OK):
        sys.exit(f"soak: no program at {options.bin}: run 'make build' first")
    canary.build()
    options.out.mkdir(parents=True, exist_ok=True)
    soak = Soak(options.bin, options.seed)

    def stop(*_):
        soak.told_to_stop = True

    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, stop)
    print(f"soak: {options.visits} visits, seed {options.seed}", flush=True)
    with screens.Screen(screens.PORTRAIT) as stage, tempfile.TemporaryDirectory(prefix="shuting-soak-") as around:
        soak.run(options.visits, stage, pathlib.Path(around))
    report = soak.report()
    (options.out / "report.md").write_text(report + "\n", encoding="utf-8")
    (options.out / "memory.csv").write_text(soak.memory.csv(), encoding="utf-8")
    print(report)
    if soak.faults:
        return 1
    return 130 if soak.told_to_stop else 0


if __name__ == "__main__":
    sys.exit(main())
