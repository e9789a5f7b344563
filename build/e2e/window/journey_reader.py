"""The first way through, as a reader goes it: a catalogue file goes in, a card
and its books are scanned in the production window, and the loans are there
after the power went."""

import contextlib
import pathlib
import re
import tempfile

import marcfile
from waiting import measure
from words import IDLE

ADULT = "LB202600029"  # a card of the demo library, with three loans at the start
UNKNOWN = "LQ999901"  # a barcode on nothing of ours


@contextlib.contextmanager
def library():
    """A data folder whose keys beside it go with it."""
    with tempfile.TemporaryDirectory(prefix="shuting-library-") as around:
        yield pathlib.Path(around) / "data"


def shelf(stage, folder):
    """A demo library with an imported file; returns its books."""
    with stage.kiosk("--demo", data=folder) as kiosk:
        kiosk.find(*IDLE, seconds=20)
    books = marcfile.write(folder.parent / "books.mrc")
    done = kiosk.command("import", "--demo", folder.parent / "books.mrc")
    assert done.returncode == 0 and "4 new" in done.stdout, done.stdout + done.stderr
    return books


def checked(kiosk):
    """The store is consistent; the kiosk has stopped."""
    done = kiosk.command("check", "--demo")
    assert done.returncode == 0 and "clean" in done.stdout, done.stdout + done.stderr


def sign_in(kiosk):
    kiosk.scan(ADULT)
    kiosk.find("heading", re.compile("请(继续)?扫书$"))


def lent(kiosk, title, count):
    """The title stands in the list and the count says so many."""
    kiosk.find("heading", title)
    kiosk.reads(f"本次已借 {count} 本")


def test_Accept_L17_borrow_three_one_refused_return_two(stage):
    with library() as folder:
        books = shelf(stage, folder)
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            sign_in(kiosk)
            for n, (barcode, title, _, _) in enumerate(books[:3], 1):
                kiosk.scan(barcode)
                lent(kiosk, title, n)
            kiosk.scan(UNKNOWN)
            kiosk.reads("认不出这本书")
            kiosk.reads("数一数手里的书：应有 3 本")
            kiosk.tap("button", "结束")
            kiosk.find("heading", "办好了，再见")
            kiosk.find(*IDLE, seconds=25)  # it names the book that was not lent, and stands longer for it
            kiosk.tap("button", re.compile("^还书"))
            for n, (barcode, title, _, _) in enumerate(books[:2], 1):
                kiosk.scan(barcode)
                kiosk.find("heading", title)
                kiosk.reads(f"本次已还 {n} 本")
            kiosk.stop()
            checked(kiosk)


def test_Accept_L17_borrowing_needs_no_tap_and_is_quick(stage):
    with library() as folder:
        books = shelf(stage, folder)
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)

            def go():
                sign_in(kiosk)
                for n, (barcode, title, _, _) in enumerate(books, 1):
                    kiosk.scan(barcode)
                    lent(kiosk, title, n)
                return True

            took = measure("a card and four books", go)
            print(f"     a card and four books: {took:.1f} s, no tap")
            assert took < 15, f"took {took:.1f} s"


def test_Accept_L17_idle_time_out_wipes_the_reader(stage):
    with library() as folder:
        settings = folder.parent / "quick.toml"
        settings.write_text("[visit]\nwarn_seconds = 10\nend_seconds = 30\n", encoding="utf-8")
        with stage.kiosk("--demo", "--config", str(settings), data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            sign_in(kiosk)
            kiosk.scan("LQ000401")
            kiosk.reads("本次已借 1 本")
            kiosk.find("dialog", re.compile("."), seconds=15)
            kiosk.find(*IDLE, seconds=25)
            words = kiosk.words()
            for trace in ("林", "本已借", "应有"):
                assert trace not in words, f"{trace!r} is left on the screen:\n{words}"


def test_Accept_L05_a_killed_page_shows_nothing_of_the_reader(stage):
    with library() as folder:
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            sign_in(kiosk)
            kiosk.scan("LQ000401")
            kiosk.reads("本次已借 1 本")
            kiosk.kill_page()
            took = measure("the idle screen after the page was killed", lambda: kiosk.shows(*IDLE))
            assert took < 2, f"back after {took:.2f} s"
            assert "本已借" not in kiosk.words()
            # The loan is there all the same, and its reader is told so.
            sign_in(kiosk)
            kiosk.reads("本次已借 1 本")
            kiosk.scan("LQ000401")
            kiosk.reads("这本刚才已经借好了", 5)


def test_Accept_L17_power_cut_and_the_loans_are_there(stage):
    with library() as folder:
        books = shelf(stage, folder)
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            sign_in(kiosk)
            for n, (barcode, title, _, _) in enumerate(books[:3], 1):
                kiosk.scan(barcode)
                lent(kiosk, title, n)
            kiosk.cut_power()
            checked(kiosk)
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            sign_in(kiosk)
            kiosk.reads("本次已借 3 本")
            for barcode, title, _, _ in books[:3]:
                kiosk.scan(barcode)
                kiosk.find("heading", title)
                kiosk.reads("这本刚才已经借好了", 5)
            kiosk.reads("本次已借 3 本")


def test_Accept_L05_the_log_holds_no_card(stage):
    with library() as folder:
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            sign_in(kiosk)
            kiosk.scan("LQ000401")
            kiosk.reads("本次已借 1 本")
            kiosk.stop()
            log = "".join(p.read_text(encoding="utf-8") for p in (folder / "log").iterdir())
            said = kiosk.output()
        assert "kiosk starts" in log
        for trace in (ADULT, ADULT[2:], "林", "LQ000401"):
            assert trace not in log + said, f"{trace!r} is in the log"


def test_Accept_L07_a_damaged_library_is_told_on_the_glass_and_left_as_it_is(stage):
    with library() as folder:
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            kiosk.stop()
        (folder / "store" / "MANIFEST").rename(folder / "MANIFEST.away")
        before = sorted((p.name, p.read_bytes()) for p in (folder / "store").iterdir())
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.reads("请到服务台办理", 20)
            assert "store_manifest_missing" in kiosk.output(), kiosk.output()
            kiosk.scan(ADULT)
            kiosk.reads("请到服务台办理")
            assert not kiosk.shows(*IDLE), "the tiles invite to a closed kiosk"
            kiosk.stop()
            assert kiosk.process.returncode == 1
        assert before == sorted((p.name, p.read_bytes()) for p in (folder / "store").iterdir())
        (folder / "MANIFEST.away").rename(folder / "store" / "MANIFEST")
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
