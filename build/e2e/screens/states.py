"""The pictures of the production window that the README shows.

PICTURES maps a picture's name to a function that takes a running Kiosk (see
../window/kiosk.py) with the demo library on the idle screen, leads it there and
waits for something only that screen has.
"""

import re

ADULT = "LB202600029"
MANY, MANY_PIN = "LB202600185", "952047"  # nine loans, each with another answer
BORROWED = ["LQ000401", "LQ002601", "LQ003301"]
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


def account(kiosk):
    idle(kiosk)
    kiosk.tap("button", re.compile("^我的借阅"))
    kiosk.find("heading", "请刷读者证")
    kiosk.scan(MANY)
    kiosk.find("heading", "请输入密码")
    for digit in MANY_PIN:
        kiosk.tap("button", digit)
    kiosk.find("button", re.compile("^全部续借"))


def search(kiosk):
    idle(kiosk)
    kiosk.tap("button", re.compile("^找书"))
    for key in "hlm":
        kiosk.tap("button", key)
    kiosk.find("button", re.compile("^红楼梦"))


PICTURES = {"idle": idle, "borrow": borrow, "search": search, "account": account}
