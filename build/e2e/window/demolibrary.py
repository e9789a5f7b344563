"""The demo library as docs/demo.md and its tables promise it."""

import csv
import pathlib
import re
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Reader:
    """A card of the demo library. Its name and PIN are empty where nobody has it."""

    card: str
    label: str
    name: str
    pin: str

    @property
    def masked(self):
        """The name as the screens show it."""
        return self.name[:1] + "*" * min(len(self.name) - 1, 2)


def _rows(pattern):
    text = (ROOT / "docs" / "demo.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        if re.match(pattern, line):
            yield [cell.strip().strip("`") for cell in line.strip("|").split("|")]


def readers():
    """Everybody with a card, and the card that nobody has."""
    found = []
    for card, label, who, pin, *_ in _rows(r"\| LB\d{9} \|"):
        name = re.match(r"[\u3400-\u9fff·]*", who).group(0)
        found.append(Reader(card, label, name, pin if pin.isdigit() else ""))
    if sum(bool(r.name and r.pin) for r in found) < 10:
        raise ValueError("docs/demo.md names too few readers: it is not written as this expects")
    return found


def books():
    """{label: barcode}, the first of each label."""
    found = {}
    for barcode, label, *_ in _rows(r"\| (?:LQ\d{6}|\d{13}) \|"):
        found.setdefault(label, barcode)
    return found


def _table(name):
    lines = (ROOT / "app" / "demo" / name).read_text(encoding="utf-8").splitlines()
    return csv.DictReader((x for x in lines if x and not x.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)


def plain_copies():
    """{barcode: title} of one copy of each title with which nothing has happened yet."""
    told = {barcode for file in (ROOT / "app" / "demo").glob("*.go")
            for barcode in re.findall(r"LQ\d{6}", file.read_text(encoding="utf-8"))}
    titles = {row["key"]: row for row in _table("titles.tsv")}
    copies, marked = {}, set()
    for row in _table("items.tsv"):
        copies.setdefault(row["title"], row["barcode"])
        if row["barcode"] in told or any(row[column] != "-" for column in ("label", "state", "branch", "rule", "parts")):
            marked.add(row["title"])
    return {barcode: titles[key]["title"] for key, barcode in copies.items()
            if key not in marked and titles[key]["type"] == "book" and titles[key]["age"] == "-"}
