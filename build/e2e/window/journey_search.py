"""Finding a book in the production window, by keys on the glass and by scans."""

import re
import time

from words import IDLE

BOOK = "LQ000401"  # a copy of 西游记
CARD = "LB202600029"


def searching(kiosk):
    kiosk.find(*IDLE, seconds=20)
    kiosk.tap("button", re.compile("^找书"))
    kiosk.find("heading", "找书")


def type_(kiosk, text):
    for key in text:
        kiosk.tap("button", key)


def found(kiosk, title):
    """The entry of a title in the list of results."""
    return kiosk.find("button", re.compile(f"^{title}"))


def test_Accept_L35_by_initials_through_a_filter_to_the_title_and_back(stage):
    with stage.kiosk("--demo") as kiosk:
        searching(kiosk)
        begun = time.monotonic()
        type_(kiosk, "hlm")
        stage.screen.tap(found(kiosk, "红楼梦"))
        kiosk.find("heading", "红楼梦")
        kiosk.reads("I242.4/CXQ")
        print(f"     from the first key to the title's page {time.monotonic() - begun:.1f} s, 4 touches")
        kiosk.tap("button", "返回")
        found(kiosk, "红楼梦")
        kiosk.tap("button", re.compile("^少儿"))
        kiosk.gone("button", re.compile("^红楼梦"))


def test_Accept_L35_by_traditional_script_and_by_scans(stage):
    with stage.kiosk("--demo") as kiosk:
        searching(kiosk)
        kiosk.tap("button", "繁體")
        type_(kiosk, "chengnanjiushi")
        found(kiosk, "城南舊事")
        kiosk.scan(BOOK)
        kiosk.find("heading", "西游记")
        kiosk.scan("9787020002207")
        found(kiosk, "红楼梦")
        kiosk.scan(CARD)
        kiosk.gone("heading", "找書")
        assert "hlm" not in kiosk.words() and "城南" not in kiosk.words(), kiosk.words()


def test_Accept_L33_what_was_typed_does_not_outlive_the_visit(stage):
    with stage.kiosk("--demo") as kiosk:
        searching(kiosk)
        type_(kiosk, "hlm")
        found(kiosk, "红楼梦")
        kiosk.tap("button", "返回首页")
        searching(kiosk)
        assert "hlm" not in kiosk.words(), kiosk.words()
        assert not kiosk.shows("button", re.compile("^红楼梦"))
