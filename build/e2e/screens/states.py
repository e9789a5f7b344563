"""The pictures of the production window that the README shows.

PICTURES maps a picture's name to a function that takes a running Kiosk (see
../window/kiosk.py) with the demo library on the idle screen, leads it there and
waits for something only that screen has.
"""

import re

ADULT = "LB202600029"
BORROWED = ["LQ000401", "LQ002601", "LQ003301"]
RETURNED = ["LQ001602", "LQ005901", "LQ005502"]
REFERENCE = "LQ007101"


def idle(kiosk):
    kiosk.find("button", re.compile("^借书"))


def borrow(kiosk):
    idle(kiosk)
    kiosk.scan(ADULT)
    kiosk.reads("请扫书")
    for i, code in enumerate(BORROWED, 1):
        kiosk.scan(code)
        kiosk.reads(f"本次已借 {i} 本")
    kiosk.scan(REFERENCE)
    kiosk.reads("工具书不外借")


def give_back(kiosk):
    idle(kiosk)
    kiosk.tap("button", re.compile("^还书"))
    kiosk.reads("请逐本扫要还的书")
    for i, code in enumerate(RETURNED, 1):
        kiosk.scan(code)
        kiosk.reads(f"本次已还 {i} 本")


def goodbye(kiosk):
    borrow(kiosk)
    kiosk.tap("button", "结束")
    kiosk.reads("办好了")


def search(kiosk):
    idle(kiosk)
    kiosk.tap("button", re.compile("^找书"))
    for key in "hlm":
        kiosk.tap("button", key)
    kiosk.find("button", re.compile("^红楼梦"))


PICTURES = {"idle": idle, "borrow": borrow, "search": search, "return": give_back, "goodbye": goodbye}
