"""Which screens are pictured, and how each is reached.

SCREENS maps a screen's name to a function that takes a running Kiosk (see
../window/kiosk.py) standing on the idle screen, in the language and mode asked
for, and leads it there. It ends by waiting for something only that screen has.
"""

LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
MODES = ["standard", "large", "contrast", "low"]


def arguments(folder, orientation, language, mode):
    """Arguments that start the demo library in a language; folder is for what they name.

    Modes belong to the reader and are chosen on the screen (see enter).
    """
    del orientation, mode
    settings = folder / "kiosk.toml"
    settings.write_text(f'[language]\ndefault = "{language}"\n', encoding="utf-8")
    return ["--demo", "--config", str(settings)]


def enter(kiosk, language, mode):
    """Bring the idle screen into a mode."""
    del language, mode
    kiosk.find("button")


def idle(kiosk):
    kiosk.find("button")


SCREENS = {"idle": idle}
