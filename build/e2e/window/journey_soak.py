"""A soak in short: some visits, and nothing of anybody is left. The long form is
`make soak`, which also judges the memory."""

import pathlib
import tempfile

import canary
from soak import Soak
from words import IDLE

VISITS, SEED = 25, 54


def test_Accept_L54_many_visits_leave_nothing_of_anybody(stage):
    canary.build()
    soak = Soak(stage.binary, SEED)
    with tempfile.TemporaryDirectory(prefix="shuting-soak-") as around:
        soak.run(VISITS, stage.screen, pathlib.Path(around))
    print(f"     {soak.report()}")
    assert not soak.faults, "\n".join(soak.faults)
    assert soak.visits == VISITS
    assert soak.desk.screens >= VISITS // 2 and soak.store["patrons"] >= 10, "too little was looked at"


def test_Accept_L54_a_reader_who_stands_there_would_be_found(stage):
    canaries = canary.Canaries()
    reader = next(r for r in canaries.readers if r.label == "adult")
    with stage.kiosk("--demo") as kiosk:
        kiosk.find(*IDLE, seconds=20)
        idle = canary.page(kiosk.pid)
        assert canaries.on_page(idle) == [], idle
        kiosk.scan(reader.card)
        kiosk.reads(reader.masked)
        kiosk.scan("LQ000401")
        kiosk.reads("本次已借 1 本")
        canaries.used.add("西游记")
        assert canaries.on_page(canary.page(kiosk.pid)) == ["a masked name", "a book"]


def test_Accept_L54_a_reader_in_a_file_would_be_found(stage):
    canaries = canary.Canaries()
    canaries.used.add("西游记")
    reader = canaries.readers[0]
    folder = stage.screen.home / "leaks"
    (folder / "LocalStorage").mkdir(parents=True)
    (folder / "LocalStorage" / "page.db").write_bytes(b"")
    (folder / "card.log").write_text(f"card={reader.card}\n", encoding="utf-8")
    (folder / "name.db").write_bytes(b"\x00" + reader.name.encode("utf-16-le"))
    (folder / "pin.json").write_text(f'{{"pin": "{reader.pin}"}}', encoding="utf-8")
    (folder / "book.json").write_text('"\\u897f\\u6e38\\u8bb0"', encoding="utf-8")
    (folder / "another_number.log").write_text(f"1{reader.pin} {reader.pin}7", encoding="utf-8")
    leaks, files, _ = canaries.in_files([folder])
    assert files == 6
    assert leaks == ["LocalStorage/page.db: the page keeps something", "book.json: a book", "card.log: a card number",
                     "name.db: a name", "pin.json: a PIN"], leaks
    assert canaries.in_words(f"hello {reader.name}") == ["printed: a name"]
