"""My page, holds and what a stop leaves behind, in the production window."""

import re

from journey_reader import library
from words import IDLE

CARD, PIN = "LB202600029", "135790"  # a reader of the demo library with loans
CHILD = "LB202600037"
BOOK, TITLE = "LQ003301", "旧中国开滦煤矿的工资制度和包工制度"
OUT = "LQ002001"  # a copy that is on loan; another of its title is not


def to_own_page(kiosk, card=CARD, pin=PIN):
    kiosk.find(*IDLE, seconds=20)
    kiosk.tap("button", re.compile("^我的借阅"))
    kiosk.find("heading", "请刷读者证")
    kiosk.scan(card)
    kiosk.find("heading", "请输入密码")
    for digit in pin:
        kiosk.tap("button", digit)
    kiosk.find("button", re.compile("^(找书|全部续借|结束)"))


def test_Accept_L47_renew_all_on_the_own_page(stage):
    with stage.kiosk("--demo") as kiosk:
        to_own_page(kiosk)
        kiosk.tap("button", re.compile("^全部续借"))
        kiosk.reads("续借好了")
        kiosk.tap("button", "结束")
        kiosk.find("heading", "办好了，再见")
        kiosk.find(*IDLE, seconds=15)
        words = kiosk.words()
        for trace in ("林", "围城", "续借好了"):
            assert trace not in words, f"{trace!r} is left on the screen"


def test_Accept_L42_hold_a_title_with_the_card_alone(stage):
    with stage.kiosk("--demo") as kiosk:
        kiosk.find(*IDLE, seconds=20)
        kiosk.tap("button", re.compile("^找书"))
        kiosk.find("heading", "找书")
        kiosk.scan(OUT)
        kiosk.find("heading", "围城")
        kiosk.tap("button", re.compile("^预约这本书"))
        kiosk.find("heading", re.compile("请刷读者证|刷好证就预约"))
        kiosk.scan(CHILD)
        kiosk.reads("预约好了")


def test_Accept_L45_after_a_power_cut_the_reader_is_told_what_was_recorded(stage):
    with library() as folder:
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            kiosk.scan(CARD)
            kiosk.find("heading", re.compile("请(继续)?扫书$"))
            kiosk.scan(BOOK)
            kiosk.reads("本次已借 1 本")
            kiosk.cut_power()
        with stage.kiosk("--demo", data=folder) as kiosk:
            kiosk.find(*IDLE, seconds=20)
            assert TITLE not in kiosk.words(), "told to whoever stands there"
            kiosk.scan(CHILD)
            kiosk.find("heading", re.compile("请(继续)?扫书$"))
            assert TITLE not in kiosk.words(), "told to another reader"
            kiosk.scan(CARD)
            kiosk.find("heading", TITLE)
            kiosk.reads("本次已借 1 本")
            kiosk.scan(BOOK)
            kiosk.reads("这本刚才已经借好了")
