#!/usr/bin/python3
"""Pictures of every screen, in both orientations, every language and every mode.

  run.py [--screen NAME]… [--orientation portrait|landscape] [--language L] [--mode M]

Writes build/screens/<screen>/<orientation>-<language>-<mode>.png and, for each
screen, build/screens/<screen>.png with all of them side by side. What is to be
pictured, and how to get there, stands in states.py.
"""

import argparse
import os
import pathlib
import subprocess
import sys
import traceback

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [str(HERE), str(HERE.parent / "window")]

import states  # noqa: E402

ORIENTATIONS = ["portrait", "landscape"]


def picture(stage, options, orientation, language, mode, screen):
    """Start the program, lead it to the screen, take the picture."""
    from kiosk import Kiosk
    from waiting import wait

    path = pathlib.Path(options.out) / screen / f"{orientation}-{language}-{mode}.png"
    with Kiosk(stage, options.bin, args=states.arguments(stage.home, orientation, language, mode)) as kiosk:
        states.enter(kiosk, language, mode)
        states.SCREENS[screen](kiosk)
        # A transition is over when two looks at the screen show the same.
        last = [None]

        def settled():
            kiosk.screenshot(path)
            now = path.read_bytes()
            same, last[0] = now == last[0], now
            return same

        try:
            wait("a picture at rest", settled, 4)
        except AssertionError:
            pass  # a screen with a clock or a countdown never rests: the last picture stands
    return path


def one_orientation(options, orientation):
    """All pictures of one orientation, on one virtual screen, in this process."""
    import screen as screens

    failures = 0
    with screens.Screen(screens.PORTRAIT if orientation == "portrait" else screens.LANDSCAPE) as stage:
        for name in options.screen or states.SCREENS:
            for language in options.language or states.LANGUAGES:
                for mode in options.mode or states.MODES:
                    try:
                        print(picture(stage, options, orientation, language, mode, name).relative_to(options.out), flush=True)
                    except Exception:  # one screen that is not reached must not hide the others
                        failures += 1
                        print(f"FAIL {name} {orientation} {language} {mode}\n{traceback.format_exc()}", flush=True)
    return failures


def sheets(options):
    """One sheet a screen, with the name of each picture below it."""
    for name in options.screen or states.SCREENS:
        pictures = sorted((pathlib.Path(options.out) / name).glob("*.png"))
        if pictures:
            subprocess.run(
                ["montage", "-label", "%t", *map(str, pictures), "-tile", "6x", "-geometry", "360x360+8+8",
                 "-background", "#e8e4da", str(pathlib.Path(options.out) / f"{name}.png")], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "build" / "bin" / "shuting"))
    parser.add_argument("--out", default=str(ROOT / "build" / "screens"))
    parser.add_argument("--screen", action="append", choices=list(states.SCREENS))
    parser.add_argument("--orientation", action="append", choices=ORIENTATIONS)
    parser.add_argument("--language", action="append", choices=states.LANGUAGES)
    parser.add_argument("--mode", action="append", choices=states.MODES)
    options = parser.parse_args()
    if not os.access(options.bin, os.X_OK):
        sys.exit(f"screens: no program at {options.bin}: run 'make build' first")
    asked = options.orientation or ORIENTATIONS
    if len(asked) == 1:
        failures = one_orientation(options, asked[0])
    else:  # a process has one screen
        failures = sum(
            subprocess.run([sys.executable, __file__, *sys.argv[1:], "--orientation", o], check=False).returncode != 0
            for o in asked)
    sheets(options)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
