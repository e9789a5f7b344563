#!/usr/bin/python3
"""Sizes of the controls in millimetres, as the accessibility tree tells them.

  sizes.py [--bin FILE] [--print]

Leads the production window to each screen on the smallest and the largest glass
we serve, in standard and large text and in low position, and measures every
control. Renews the table of docs/accessibility.md between its two marker lines;
--print only prints it. Exit code 1 when a promise is broken. What the strip of
the demo library shows is left out: a live kiosk has none.
"""

import argparse
import math
import os
import pathlib
import re
import sys
import tempfile
from dataclasses import dataclass

import canary
import demolibrary
import screen as screens
import tree
from kiosk import Kiosk
from waiting import wait
from words import IDLE

DIAGONALS = (21.5, 43)  # inches
BOTTOM = 700  # mm from the floor to the lower edge of the picture: the default
REACH = 1120  # mm above the floor: the highest that a seated reader reaches
LEAST = {"standard": 16.0, "large": 20.0, "low": 16.0}  # mm, each way
MODES = {"large": "大字", "low": "低位操作"}
ROLES = {"push button", "button", "toggle button", "link", "check box", "radio button", "entry", "password text",
         "page tab", "slider", "combo box", "spin button", "menu item"}
PAGE = canary.ROOT / "docs" / "accessibility.md"
FROM, TO = "<!-- sizes: from here -->", "<!-- sizes: to here -->"
SETTINGS = """[screen]
diagonal = {diagonal}
bottom_mm = {bottom}
[sign_in]
pin = "always"
[visit]
warn_seconds = 600
end_seconds = 900
goodbye_seconds = 60
"""


@dataclass
class Measured:
    """The controls of one screen in one mode; all lengths in mm."""

    controls: int
    unnamed: int
    width: float
    height: float
    name: str  # of the smallest
    top: float  # the centre of the highest control above the floor

    @property
    def smallest(self):
        return min(self.width, self.height)


def per_mm(diagonal, size):
    """Pixels of a millimetre."""
    return math.hypot(*size) / (diagonal * 25.4)


def controls(pid):
    """(name, extents) of every control that shows, without the demo's strip."""
    found, inside = [], False
    for control in tree.walk(pid):
        role = control.role
        if role == "landmark":
            inside = control.name in canary.STRIPS
        if role in ROLES and not inside and "showing" in control.states():
            extents = tree.ask(lambda c=control: c.extents, (0, 0, 0, 0))
            if extents[2] > 0 and extents[3] > 0:
                found.append((control.name, extents))
    return found


def measure(kiosk, diagonal):
    """Measure what stands still on the screen."""
    last = [None]

    def rested():
        before, last[0] = last[0], controls(kiosk.pid)
        return last[0] if last[0] == before else None

    found = wait("controls at rest", rested)
    px, height = per_mm(diagonal, kiosk.screen.size), kiosk.screen.size[1]
    name, (_, _, w, h) = min(found, key=lambda c: (min(c[1][2:]), c[1][2] * c[1][3]))
    highest = min(y + h / 2 for _, (_, y, _, h) in found)
    return Measured(len(found), sum(not n for n, _ in found), w / px, h / px, name, BOTTOM + (height - highest) / px)


# ---- the screens, each led to from idle ----


class Way:
    """Leads to the screens with the demo library."""

    def __init__(self, kiosk):
        self.kiosk = kiosk
        self.books = demolibrary.books()
        self.readers = {}
        for reader in demolibrary.readers():
            self.readers.setdefault(reader.label, reader)

    def idle(self):
        self.kiosk.find(*IDLE, seconds=60)

    def this_book(self):
        self.kiosk.scan(self.books["available"])
        self.kiosk.find("heading", "这本书，您想怎么办？")

    def sign_in(self):
        self.kiosk.tap(*IDLE)
        self.kiosk.find("heading", "请刷读者证")

    def notice(self):
        self.kiosk.scan("NO CARD")
        self.kiosk.find("button", "知道了")

    def pin(self):
        self.kiosk.scan(self.readers["adult"].card)
        self.kiosk.find("heading", "请输入密码")

    def _signed_in(self, heading, label="adult"):
        if not self.kiosk.shows("heading", "请输入密码"):
            self.kiosk.scan(self.readers[label].card)
        self.kiosk.find("heading", "请输入密码")
        for digit in self.readers[label].pin:
            self.kiosk.tap("button", digit)
        self.kiosk.find("heading", heading)

    def borrow(self):
        self._signed_in(re.compile("扫书$"))

    def borrow_refusal(self):
        self.borrow()
        self.kiosk.scan(self.books["reference"])
        self.kiosk.reads("工具书不外借")

    def borrow_question(self):
        self.borrow()
        self.kiosk.scan(self.books["yours"])
        self.kiosk.find("button", "续借")

    def give_back(self):
        self.kiosk.tap("button", re.compile("^还书"))
        self.kiosk.scan("LQ001602")
        self.kiosk.reads("本次已还 1 本")

    def search(self):
        self.kiosk.tap("button", re.compile("^找书"))
        self.kiosk.find("heading", "找书")
        self.kiosk.find("button", "a")

    def found(self):
        self.search()
        self.kiosk.tap("button", "s")
        self.kiosk.reads("找到的书")

    def title(self):
        self.search()
        self.kiosk.scan(self.books["yours"])
        self.kiosk.find("heading", "围城")
        self.kiosk.find("button", re.compile("^预约"))

    def account(self):
        self._own("adult")

    def account_many(self):
        self._own("limit")

    def _own(self, label):
        self._signed_in(re.compile(rf"^{re.escape(self.readers[label].masked)}"), label)
        self.kiosk.tap("button", re.compile("^我的借阅"))
        self.kiosk.find("heading", "我的借阅")
        self.kiosk.find("button", "结束")

    def held(self):
        self.title()
        self.kiosk.tap("button", re.compile("^预约"))
        self.kiosk.find("heading", "请刷读者证")
        self._signed_in("预约好了", "child")

    def goodbye(self):
        self._signed_in(re.compile("扫书$"), "senior")
        self.kiosk.scan(self.books["available"])
        self.kiosk.reads("本次已借 1 本")
        self.kiosk.tap("button", "结束")
        self.kiosk.find("heading", "办好了，再见")


# The last ones change the library.
SCREENS = {
    "idle": Way.idle, "idle, a notice": Way.notice, "this book": Way.this_book, "sign-in": Way.sign_in, "PIN": Way.pin,
    "borrow": Way.borrow, "borrow, a refusal": Way.borrow_refusal, "borrow, a question": Way.borrow_question,
    "search": Way.search, "search, results": Way.found, "title": Way.title,
    "my page": Way.account, "my page, many loans": Way.account_many,
    "return": Way.give_back, "hold placed": Way.held, "goodbye": Way.goodbye,
}


def modes(kiosk, diagonal):
    """Measured in each mode, switched where the reader stands."""
    measured = {"standard": measure(kiosk, diagonal)}
    for mode, button in MODES.items():
        kiosk.tap("button", button)
        _pressed(kiosk, button, True)
        measured[mode] = measure(kiosk, diagonal)
        kiosk.tap("button", button)
        _pressed(kiosk, button, False)
    return measured


def _pressed(kiosk, button, wanted):
    wait(f"{button} {'on' if wanted else 'off'}", lambda: wanted == bool(
        {"pressed", "checked"} & kiosk.find("button", button).states()))


def all_screens(stage, binary, diagonal, chosen=None):
    """{screen: {mode: Measured}} on one glass."""
    results = {}
    with tempfile.TemporaryDirectory(prefix="shuting-sizes-") as around:
        around = pathlib.Path(around)
        settings = around / "kiosk.toml"
        settings.write_text(SETTINGS.format(diagonal=diagonal, bottom=BOTTOM), encoding="utf-8")
        for name in chosen or SCREENS:
            with Kiosk(stage, binary, data=around / "data", args=["--demo", "--config", str(settings)]) as kiosk:
                way = Way(kiosk)
                way.idle()
                SCREENS[name](way)
                results[name] = modes(kiosk, diagonal)
    return results


def broken(results):
    """The promises that do not hold, in words. results is {diagonal: {screen: {mode: Measured}}}."""
    said = []
    for diagonal, of_screens in results.items():
        rounding = 0.5 / per_mm(diagonal, screens.PORTRAIT)  # the tree tells whole pixels
        for screen, of_modes in of_screens.items():
            for mode, m in of_modes.items():
                where = f"{screen}, {diagonal}″, {mode}"
                if m.smallest + rounding < LEAST[mode]:
                    said.append(f"{where}: {m.name!r} is {m.width:.1f} × {m.height:.1f} mm, less than {LEAST[mode]:.0f}")
                if m.unnamed:
                    said.append(f"{where}: {m.unnamed} controls without a name")
                if mode == "low" and m.top - rounding > REACH:
                    said.append(f"{where}: a control {m.top:.0f} mm above the floor")
    return said


def table(results):
    """The table of the page, as lines."""
    head = [f"{d:g}″ {mode}" for d in results for mode in ("standard", "large")]
    top = [f"{d:g}″" for d in results]
    lines = [f"| screen | {' | '.join(head)} | controls | without a name | highest in low position, {' / '.join(top)} |",
             "|" + "---|" * (len(head) + 4)]
    for screen in next(iter(results.values())):
        cells, unnamed, counts, tops = [], 0, set(), []
        for of_screens in results.values():
            of_modes = of_screens[screen]
            for mode in ("standard", "large"):
                m = of_modes[mode]
                cells.append(f"{m.width:.1f} × {m.height:.1f} {m.name}")
            unnamed += sum(m.unnamed for m in of_modes.values())
            counts |= {m.controls for m in of_modes.values()}
            tops.append(f"{of_modes['low'].top:.0f}")
        count = f"{min(counts)}–{max(counts)}" if len(counts) > 1 else str(*counts)
        lines.append(f"| {screen} | {' | '.join(cells)} | {count} | {unnamed} | {' / '.join(tops)} |")
    return lines


def renew(lines):
    """Put the table between the marker lines of the page."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(FROM)
    _, after = rest.split(TO)
    PAGE.write_text(before + FROM + "\n\n" + "\n".join(lines) + "\n\n" + TO + after, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(canary.ROOT / "build" / "bin" / "shuting"))
    parser.add_argument("--print", action="store_true")
    options = parser.parse_args()
    if not os.access(options.bin, os.X_OK):
        sys.exit(f"sizes: no program at {options.bin}: run 'make build' first")
    results = {}
    with screens.Screen(screens.PORTRAIT) as stage:
        for diagonal in DIAGONALS:
            print(f"sizes: {len(SCREENS)} screens at {diagonal}″", flush=True)
            results[diagonal] = all_screens(stage, options.bin, diagonal)
    lines = table(results)
    print("\n".join(lines))
    if not options.print:
        renew(lines)
    faults = broken(results)
    print("\n".join(faults) or "every promise holds")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
