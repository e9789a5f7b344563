"""Six people who come to the kiosk, each with what they want: how many touches
and seconds it takes them. A touch is a finger on the glass; a scan is none."""

import re
import time

from words import IDLE


class Person:
    """Counts what a reader does."""

    def __init__(self, kiosk, who):
        self.kiosk, self.who, self.touches, self.scans = kiosk, who, 0, 0
        kiosk.find(*IDLE, seconds=20)
        self.begun = time.monotonic()

    def tap(self, name, role="button"):
        self.kiosk.tap(role, name)
        self.touches += 1

    def type(self, text):
        for key in text:
            self.tap(key)

    def scan(self, code):
        self.kiosk.scan(code)
        self.scans += 1

    def done(self, touches, seconds):
        took = time.monotonic() - self.begun
        print(f"     {self.who}: {self.touches} touches, {self.scans} scans, {took:.1f} s")
        assert self.touches <= touches, f"{self.who}: {self.touches} touches, at most {touches} were promised"
        assert took < seconds, f"{self.who}: {took:.1f} s"


def test_Accept_L53_an_adult_borrows_five_and_leaves_without_a_touch(stage):
    with stage.kiosk("--demo") as kiosk:
        person = Person(kiosk, "an adult borrows five")
        person.scan("LB202600029")
        for n, barcode in enumerate(("LQ000401", "LQ002301", "LQ002601", "LQ004801", "LQ006201"), 1):
            person.scan(barcode)
            kiosk.reads(f"本次已借 {n} 本")
        person.done(0, 30)


def test_Accept_L53_an_elderly_reader_in_large_text_renews_all(stage):
    with stage.kiosk("--demo") as kiosk:
        person = Person(kiosk, "an elderly reader renews all in large text")
        person.tap("大字")
        person.tap(re.compile("^我的借阅"))
        person.scan("LB202600052")
        kiosk.find("heading", "请输入密码")
        person.type("519374")
        person.tap(re.compile("^全部续借"))
        kiosk.reads("续借好了")
        person.done(9, 40)


def test_Accept_L53_a_wheelchair_user_in_low_position_places_a_hold(stage):
    with stage.kiosk("--demo") as kiosk:
        person = Person(kiosk, "a wheelchair user places a hold in low position")
        person.tap("低位操作")
        person.tap(re.compile("^找书"))
        person.type("bngd")
        person.tap(re.compile("百年孤独$"))
        kiosk.find("heading", "百年孤独")
        person.tap(re.compile("^预约这本书"))
        person.scan("LB202600029")
        kiosk.reads("预约好了")
        person.done(8, 40)


def test_Accept_L53_a_visitor_in_traditional_script_returns_and_searches(stage):
    with stage.kiosk("--demo") as kiosk:
        person = Person(kiosk, "a visitor returns and searches in traditional script")
        person.tap("繁體")
        person.tap(re.compile("^還書"))
        person.scan("LQ001602")
        kiosk.reads("這次已還 1 本")
        person.tap("結束")
        kiosk.find("heading", re.compile("辦好了"))
        person.tap("找書")  # on the farewell, in the same language
        person.type("cnjs")
        person.tap(re.compile("^城南舊事"))
        kiosk.find("heading", "城南舊事")
        person.done(9, 30)


def test_Accept_L53_a_childs_card_meets_an_age_limit(stage):
    with stage.kiosk("--demo") as kiosk:
        person = Person(kiosk, "a child's card meets an age limit")
        person.scan("LB202600037")
        person.scan("LQ002501")
        kiosk.reads("岁")
        kiosk.reads("工作人员")
        person.done(0, 20)


def test_Accept_L53_a_reader_at_the_limit_with_an_overdue_book_understands_why(stage):
    with stage.kiosk("--demo") as kiosk:
        person = Person(kiosk, "a reader at the limit with an overdue book")
        person.scan("LB202600300")
        person.scan("LQ001101")
        kiosk.reads("已经借满")
        kiosk.reads("到期没还")
        person.tap(re.compile("^还书"))
        kiosk.find("heading", re.compile("扫"))
        person.done(1, 20)
