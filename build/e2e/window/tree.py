"""The accessibility tree: what a screen reader is told is what the journeys see."""

import re

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# Milliseconds a single question may take: a frozen page must not freeze us.
Atspi.set_timeout(1500, 1500)

# The names for roles the journeys use, and what the web view calls them.
ROLES = {
    "button": {"push button", "button", "toggle button"},
    "text": {"static", "paragraph", "text", "label", "section"},
    "field": {"entry", "password text", "text"},
    "status": {"status bar", "statusbar", "notification", "alert"},
}


class Control:
    """One element of the screen, with its role, name and place in pixels."""

    def __init__(self, accessible):
        self.accessible = accessible

    @property
    def role(self):
        return ask(self.accessible.get_role_name, "")

    @property
    def name(self):
        return ask(self.accessible.get_name, "") or ""

    @property
    def extents(self):
        """(x, y, width, height) on the screen."""
        e = self.accessible.get_extents(Atspi.CoordType.SCREEN)
        return e.x, e.y, e.width, e.height

    @property
    def centre(self):
        x, y, width, height = self.extents
        return x + width // 2, y + height // 2

    def states(self):
        """The states that hold: 'showing', 'focused', 'enabled', 'checked', …"""
        held = ask(self.accessible.get_state_set, None)
        return {s.value_nick for s in held.get_states()} if held else {"defunct"}

    def is_same_page(self):
        """Whether the page this control stood on is still the page shown: after a
        reload, the old page's elements are defunct."""
        return "defunct" not in self.states() and bool(self.role)

    def text(self):
        """Its own words, or its name where it has none."""
        return _text(self.accessible) or self.name

    def __repr__(self):
        return f"<{self.role} {self.name!r}>"


def ask(question, otherwise):
    """The answer to a question about an element, or otherwise where it is gone."""
    try:
        return question()
    except GLib.Error:
        return otherwise


def _text(accessible):
    def read():
        if accessible.get_text_iface() is None:
            return ""
        return Atspi.Text.get_text(accessible, 0, Atspi.Text.get_character_count(accessible))

    # U+FFFC stands for an embedded element, which speaks for itself.
    return (ask(read, "") or "").replace("\ufffc", "").strip()


def _roots(pid):
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for i in range(ask(desktop.get_child_count, 0)):
        application = ask(lambda i=i: desktop.get_child_at_index(i), None)
        if application is not None and ask(application.get_process_id, 0) == pid:
            application.clear_cache()  # what was answered before a reload is not asked again
            yield application


def walk(pid):
    """Every element of the program's window, in reading order."""
    stack = list(_roots(pid))
    while stack:
        node = stack.pop()
        yield Control(node)
        count = ask(node.get_child_count, 0)
        children = [ask(lambda i=i, n=node: n.get_child_at_index(i), None) for i in range(count)]
        stack.extend(child for child in reversed(children) if child is not None)


def _matches(control, role, name):
    if role is not None and control.role not in ROLES.get(role, {role}):
        return False
    if name is None:
        return True
    if isinstance(name, re.Pattern):
        return name.search(control.name) is not None
    return control.name == name


def look(pid, role=None, name=None):
    """All elements of that role and name (text or compiled pattern) that show now."""
    return [c for c in walk(pid) if _matches(c, role, name) and _visible(c)]


def _visible(control):
    if "showing" not in control.states():
        return False
    _, _, width, height = ask(lambda: control.extents, (0, 0, 0, 0))
    return width > 0 and height > 0


def words(pid):
    """All words on the screen, one element a line, in reading order."""
    lines = []
    for control in walk(pid):
        text = control.text()
        if text and (not lines or lines[-1] != text) and "showing" in control.states():
            lines.append(text)
    return "\n".join(lines)
