"""Looks for readers where none may be: on the page, in files, in the library.

The readers of the demo library are the canaries: invented, so that each name,
card number and PIN of theirs can stand nowhere by chance.
"""

import json
import os
import pathlib
import re
import subprocess

import demolibrary
import tree

# A screen of our own changes the home folder; the compiler wants the one before.
ENVIRONMENT = dict(os.environ)
ROOT = demolibrary.ROOT
TOOL = ROOT / "build" / "bin" / "canary"
# What a web view would keep of a page. None of it may be there at all.
WEB_STORAGE = re.compile(r"localstorage|sessionstorage|indexeddb|databases|serviceworker|\.webdata", re.IGNORECASE)
# The strip of the demo library offers cards on purpose; a live kiosk has none.
STRIPS = {"演示", "Demo"}
WRONG_PIN = "909172"  # nobody's


def page(pid):
    """All words of the page with those told to ears only, without the demo's strip."""
    lines, inside = [], False
    for control in tree.walk(pid):
        if control.role == "landmark":
            inside = control.name in STRIPS
        if not inside:
            lines += [control.name, control.text()]
    return "\n".join(line for line in dict.fromkeys(lines) if line)


def build():
    """Build the program that walks the library."""
    subprocess.run(["go", "build", "-tags", "webkit2_41", "-o", str(TOOL), "./build/canary"], cwd=ROOT, env=ENVIRONMENT, check=True)


class Canaries:
    """What must be nowhere. used collects barcodes and titles of the visits."""

    def __init__(self):
        self.readers = demolibrary.readers()
        self.used = set()

    def on_page(self, words):
        """What stands on a page at which nobody stands: kinds, never the thing itself."""
        found = []
        for kind in ("name", "masked", "card", "pin"):
            if any(getattr(r, kind) and getattr(r, kind) in words for r in self.readers):
                found.append({"name": "a name", "masked": "a masked name", "card": "a card number", "pin": "a PIN"}[kind])
        return found + ["a book" for text in self.used if text in words]

    def needles(self):
        """(kind, compiled pattern over bytes) for files, as text and as a web view writes it."""
        texts = [("a name", r.name) for r in self.readers if r.name]
        texts += [("a card number", r.card[2:]) for r in self.readers]
        texts += [("a PIN", r.pin) for r in self.readers if r.pin] + [("a PIN", WRONG_PIN)]
        texts += [("a book", text) for text in sorted(self.used)]
        for kind, text in texts:
            plain = re.escape(text.encode())
            if text.isdigit():  # not as a part of another number
                plain = rb"(?<![0-9.])" + plain + rb"(?![0-9])"
            yield kind, re.compile(plain)
            yield kind, re.compile(re.escape(text.encode("utf-16-le")))
            if not text.isascii():
                yield kind, re.compile(re.escape(json.dumps(text).strip('"').encode()), re.IGNORECASE)

    def in_files(self, folders):
        """(leaks, files, bytes) of all files below the folders."""
        needles = list(self.needles())
        leaks, files, size = [], 0, 0
        for folder in folders:
            for path in sorted(p for p in pathlib.Path(folder).rglob("*") if p.is_file() and not p.is_symlink()):
                where = path.relative_to(folder)
                content = path.read_bytes()
                files, size = files + 1, size + len(content)
                if WEB_STORAGE.search(str(where)):
                    leaks.append(f"{where}: the page keeps something")
                leaks += sorted({f"{where}: {kind}" for kind, needle in needles if needle.search(content)})
        return leaks, files, size

    def in_words(self, said):
        """Leaks in what a program printed."""
        return sorted({f"printed: {kind}" for kind, needle in self.needles() if needle.search(said.encode())})

    def in_store(self, data):
        """The report on every key and value of the library, whose kiosk has stopped."""
        people = [r for r in self.readers if r.name]
        expected = {"cards": [r.card for r in people], "names": [r.name for r in people],
                    "pins": [r.pin for r in people] + [WRONG_PIN]}
        done = subprocess.run([str(TOOL), "-data", str(data)], input=json.dumps(expected),
                              capture_output=True, text=True, check=False)
        if not done.stdout:
            raise RuntimeError(f"the library could not be looked through: {done.stderr}")
        return json.loads(done.stdout)
