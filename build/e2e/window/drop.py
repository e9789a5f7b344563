"""A file dragged from another program onto the kiosk's window."""

import pathlib
import subprocess
import sys

import processes
from waiting import wait

HERE = pathlib.Path(__file__).resolve().parent


class Source:
    """A small window above the kiosk's, from which a file can be dragged."""

    PLACE = (20, 20, 160, 90)  # x, y, width, height

    def __init__(self, screen):
        self.screen = screen
        self.file = screen.home / "dropped.html"
        self.file.write_text("<h1>dropped</h1>")
        self.log = screen.home / "drop.log"

    def __enter__(self):
        with open(self.log, "wb") as log:
            self.process = processes.start(
                [sys.executable, str(HERE / "drop.py"), self.file.as_uri(), *map(str, self.PLACE)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
        self._says("ready")
        return self

    def __exit__(self, *_):
        processes.stop(self.process)

    def _says(self, word):
        wait(f"the drag source says {word!r}", lambda: word in self._said())

    def _said(self):
        return self.log.read_text().split()

    def drag_onto(self, x, y):
        """Drag the file to (x, y) and let go; returns whether anyone took it."""
        left, top, width, height = self.PLACE
        hand = self.screen.hand
        hand("mousemove", left + width // 2, top + height // 2, "mousedown", 1)
        for step in range(1, 6):
            hand("mousemove", "--sync", left + width // 2 + 12 * step, top + height // 2 + 12 * step)
        self._says("begun")
        for step in range(10):  # the target hears of the drag from its movements
            hand("mousemove", "--sync", x + step, y + step)
        hand("mouseup", 1)
        self._says("end")
        return "refused" not in self._said()


def _window(uri, x, y, width, height):
    import gi

    gi.require_version("Gdk", "3.0")
    gi.require_version("Gtk", "3.0")
    from gi.repository import Gdk, Gtk

    def say(word):
        print(word, flush=True)

    window = Gtk.Window(type=Gtk.WindowType.POPUP)  # unmanaged: above a full-screen window
    area = Gtk.EventBox()
    window.add(area)
    area.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
    area.drag_source_add_uri_targets()
    area.connect("drag-data-get", lambda _w, _c, data, _i, _t: (data.set_uris([uri]), say("asked")))
    area.connect("drag-begin", lambda *_: say("begun"))
    area.connect("drag-failed", lambda *_: say("refused"))
    area.connect("drag-end", lambda *_: say("end"))
    window.move(x, y)
    window.set_default_size(width, height)
    window.connect("map-event", lambda *_: say("ready"))
    window.show_all()
    Gtk.main()


if __name__ == "__main__":
    _window(sys.argv[1], *map(int, sys.argv[2:6]))
