"""Which screens are pictured, and how each is reached.

SCREENS maps a screen's name to a function that takes a running Kiosk (see
../window/kiosk.py) standing on the idle screen, in the language and mode asked
for, and leads it there. It ends by waiting for something only that screen has.
"""

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
MODES = ["standard", "large", "contrast", "low"]


def arguments(orientation, language, mode):
    """Arguments that start the program in a language; modes are chosen by the reader."""
    del orientation, mode
    return ["--demo"] if language is None else ["--demo", "--language", language]


def enter(kiosk, language, mode):
    """Bring the idle screen into a mode."""
    del language, mode
    kiosk.find("button")


def idle(kiosk):
    kiosk.find("button")


SCREENS = {"idle": idle}
