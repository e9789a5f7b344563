"""The visits of a soak: what many readers do one after the other, at random.

A Desk keeps what the readers have at home, so that the visits can go on for
ever. Every visit ends in one of two ways: the idle screen, on which nothing of
anybody may stand, or the next reader's card, after which nothing of the one
before may.
"""

import re
import time

import canary
import demolibrary
import tree
from waiting import wait
from words import IDLE

LENDING = ("adult", "child", "teen", "senior", "staff")  # labels of those who may borrow
REFUSED = ("lost", "replaced", "expired", "unknown")
BARRED = ("overdue", "suspended", "limit", "guardian")  # may come in, but not borrow
BOOKS = {"reference": "工具书不外借", "on_site": "只在馆里看", "unknown": "认不出这本书", "damaged": "破损"}
MOST = 3  # books that one reader has from here at a time
# The eleventh wrong PIN within hours makes every reader of the kiosk wait (app/patrons),
# which is the matter of another test.
WRONG_PINS_MOST = 9
SEARCHES = {"hlm": "红楼梦", "wc": "围城", "xyj": "西游记"}
SAYS = {  # what the visits hold on to, by the button of the language
    "简体": {"lent": "本次已借 {n} 本", "finish": "结束", "done": "好的", "modes": ("大字", "高对比", "低位操作")},
    "繁體": {"lent": "這次已借 {n} 本", "finish": "結束", "done": "好的", "modes": ("大字", "高對比", "低位操作")},
    "English": {"lent": "{n} books? borrowed now", "finish": "Finish", "done": "Done",
                "modes": ("Large text", "High contrast", "Low position")},
}


class Desk:
    """Leads readers to a kiosk on its idle screen. chance is a random.Random."""

    def __init__(self, kiosk, chance, canaries):
        self.kiosk, self.chance, self.canaries = kiosk, chance, canaries
        self.readers = {}
        for reader in canaries.readers:
            self.readers.setdefault(reader.label, reader)
        self.marked = demolibrary.books()
        idle = canary.page(kiosk.pid)
        # A word of the idle screen would be no trace of anybody.
        self.shelf = [(b, t) for b, t in demolibrary.plain_copies().items() if len(t) > 2 and t not in idle]
        self.home = {label: [] for label in LENDING}
        self.at_idle = True
        self.before = None  # reader whose visit the next card ends
        self.traces = set()
        self.mistaken = set()  # who was last wrong about their PIN
        self.wrong_pins = 0
        self.done = {}  # kind of visit → how many
        self.screens = 0  # pages that were searched for traces
        self.books = {"lent": 0, "returned": 0}
        self.left = {}  # what was left of a reader → how many times

    # ---- one visit ----

    def visit(self):
        """One visit of any kind; returns its kind."""
        kinds = {self.borrow: 38, self.refused_card: 8, self.barred: 6, self.refused_books: 10, self.own_page: 8}
        if self.at_idle:
            kinds |= {self.search: 10, self.other_face: 12}
            if sum(map(len, self.home.values())) >= 4:
                kinds[self.give_back] = 60
        elif self._full():
            del kinds[self.borrow]
        play = self.chance.choices(list(kinds), list(kinds.values()))[0]
        play()
        self.done[play.__name__] = self.done.get(play.__name__, 0) + 1
        return play.__name__

    def _full(self):
        return all(len(books) >= MOST for books in self.home.values())

    def borrow(self):
        reader = self._somebody(LENDING)
        self._come(reader)
        self._take(reader, self.chance.randint(1, 2))
        self._go(reader)

    def refused_books(self):
        reader = self._somebody(LENDING)
        self._come(reader)
        for label in self.chance.sample(sorted(BOOKS), 2):
            self.kiosk.scan(self.marked[label])
            self._reads(BOOKS[label])
        self._go(reader)

    def barred(self):
        reader = self._somebody(BARRED)
        self._come(reader)
        self.kiosk.scan(self.chance.choice(self.shelf)[0])
        self.kiosk.find("article")
        self._go(reader)

    def refused_card(self):
        reader = self._somebody(REFUSED)
        self._scan_card(reader)
        self.kiosk.find("button", "知道了")
        self._nothing_of_the_one_before()
        if self._stays():
            self.at_idle, self.before = False, reader
            return
        self._until_idle("知道了", "返回")  # the notice lies over the way back

    def own_page(self):
        """The own page, behind the PIN; sometimes with a wrong one first."""
        reader = self._somebody(LENDING)
        self._come(reader)
        self._tap(re.compile("^我的借阅"))
        self.kiosk.find("heading", "请输入密码")
        if reader.label not in self.mistaken and self.wrong_pins < WRONG_PINS_MOST and self.chance.random() < 0.1:
            self.mistaken.add(reader.label)
            self.wrong_pins += 1
            self._pin(canary.WRONG_PIN)
            self._reads("密码不对")
            self._tap("返回")
            self.kiosk.find("heading", re.compile("扫书$"))
        else:
            self.mistaken.discard(reader.label)
            self._pin(reader.pin)
            self.kiosk.find("heading", "我的借阅")
            if self.kiosk.shows("button", re.compile("^全部续借")) and self.chance.random() < 0.5:
                self._tap(re.compile("^全部续借"))
        self._go(reader)

    def give_back(self):
        books = [(label, book) for label, mine in self.home.items() for book in mine]
        books = self.chance.sample(books, min(len(books), 6))
        first, rest = books[0][1], books[1:]
        if self.chance.random() < 0.5:
            self._tap(re.compile("^还书"))
            self.kiosk.find("heading", "请逐本扫要还的书")
            rest = books
        else:
            self.kiosk.scan(first[0])
            self.kiosk.find("heading", "这本书，您想怎么办？")
            self._tap(re.compile("^还这本书"))
            self._reads("本次已还 1 本")
        for _, book in rest:
            self.kiosk.scan(book[0])
        self._reads(f"本次已还 {len(books)} 本")
        for label, book in books:
            self.home[label].remove(book)
            self._traced(*book)
        self.books["returned"] += len(books)
        self._finish("简体")

    def search(self):
        typed, title = self.chance.choice(sorted(SEARCHES.items()))
        self._tap(re.compile("^找书"))
        self.kiosk.find("heading", "找书")
        for key in typed:
            self._tap(key)
        self.kiosk.screen.tap(self.kiosk.find("button", re.compile(f"^{title}")))
        self.kiosk.find("heading", title)
        self.traces.update({typed, title})
        self._tap("返回")
        self.kiosk.find("heading", "找书")
        self._until_idle("返回首页")

    def other_face(self):
        """Another language and another mode, which the next one must not meet."""
        language = self.chance.choice(sorted(SAYS))
        if language != "简体":
            self._tap(language)
        mode = self.chance.choice(SAYS[language]["modes"])
        self._tap(mode)
        reader = self._somebody(LENDING)
        self._scan_card(reader)
        self._reads(reader.masked)
        self._take(reader, 1, language)
        self._finish(language)

    # ---- what they have in common ----

    def _somebody(self, labels):
        """A reader whose masked name is not that of the one before."""
        others = [self.readers[x] for x in labels]
        return self.chance.choice([r for r in others if self.before is None or r.masked != self.before.masked])

    def _scan_card(self, reader):
        self.at_idle = False
        self.kiosk.scan(reader.card)

    def _come(self, reader):
        self._scan_card(reader)
        # In the first language, whatever the one before had chosen.
        self.kiosk.find("heading", re.compile(rf"^{re.escape(reader.masked)}，"))
        self._nothing_of_the_one_before()
        self.traces.add(reader.masked)

    def _take(self, reader, count, language="简体"):
        mine = self.home[reader.label]
        count = max(0, min(count, MOST - len(mine)))
        out = {book for books in self.home.values() for book in books}
        books = self.chance.sample([b for b in self.shelf if b not in out], count)
        for book in books:
            self.kiosk.scan(book[0])
        if books:
            said = re.compile(SAYS[language]["lent"].format(n=count))
            wait(f"{count} lent", lambda: said.search(self.kiosk.words()), 20)
        for book in books:
            mine.append(book)
            self._traced(*book)
        self.books["lent"] += len(books)

    def _traced(self, barcode, title):
        self.traces.update({barcode, title})
        self.canaries.used.update({barcode, title})

    def _stays(self):
        """Whether the visit is left for the next card to end."""
        return self.chance.random() < 0.5 and not self._full()

    def _go(self, reader):
        if self._stays():
            self.at_idle, self.before = False, reader
            return
        self._finish("简体")

    def _finish(self, language):
        says = SAYS[language]
        self._tap(says["finish"])
        self._until_idle(says["done"], says["finish"])

    def _until_idle(self, *buttons):
        """Press what leads home until it did: a touch that comes too soon after another is taken for one."""
        pressed = [0.0]

        def home():
            if self.kiosk.shows(*IDLE):
                return True
            if time.monotonic() - pressed[0] > 0.45:
                for name in buttons:
                    self._press(name)
                pressed[0] = time.monotonic()
            return False

        wait("the idle screen", home, 15)
        self.at_idle, self.before = True, None
        words = canary.page(self.kiosk.pid)
        self.screens += 1
        self._note("the idle screen", self.canaries.on_page(words))
        self._note("the idle screen", [self._kind(t) for t in self.traces if t in words])
        pressed_modes = [c.name for c in tree.look(self.kiosk.pid, "button")
                         if {"pressed", "checked"} & c.states() and c.name in SAYS["简体"]["modes"]]
        self._note("the idle screen", [f"the mode {name}" for name in pressed_modes])
        self.traces.clear()

    def _press(self, name):
        """Press a button, if it is still there when the hand comes."""
        for control in tree.look(self.kiosk.pid, "button", name)[:1]:
            where = tree.ask(lambda c=control: c.centre, None)
            if where:
                self.kiosk.screen.tap(where)

    def _tap(self, name):
        self.kiosk.tap("button", name)

    def _nothing_of_the_one_before(self):
        if self.traces:
            words = canary.page(self.kiosk.pid)
            self.screens += 1
            self._note("the page of the next one", [self._kind(t) for t in self.traces if t in words])
        self.traces.clear()

    def _kind(self, trace):
        """What a trace is, in a word: a report that quotes it would be one more place where it stands."""
        if trace.endswith("*"):
            return "a masked name"
        return "what was typed" if trace in SEARCHES else "a book"

    def _note(self, where, found):
        """Keep on: one leak must not hide another."""
        for what in {f"{what} of the reader before, on {where}" for what in found}:
            self.left[what] = self.left.get(what, 0) + 1

    def _pin(self, pin):
        """All digits at once: nobody types faster."""
        keys = {c.name: c.centre for c in tree.look(self.kiosk.pid, "button") if c.name in set(pin)}
        self.kiosk.screen.hand(*(word for digit in pin for word in ("mousemove", *keys[digit], "click", 1)))

    def _reads(self, text):
        self.kiosk.reads(text, 20)
