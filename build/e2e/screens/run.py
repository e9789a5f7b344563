#!/usr/bin/python3
"""Pictures of every screen, in both shapes, every language and every mode.

  run.py [--screen NAME]… [--shape portrait|landscape] [--language L] [--mode M]
  run.py --readme     only the pictures of the production window

Writes build/screens/<screen>/<state>-<shape>-<language>-<mode>.png and, for each
screen, build/screens/<screen>.png with all of them side by side: a line for each
state and shape. They are taken from the running program in Chromium; how each
state is reached stands in ../chromium/states.ts.

Without a choice it also renews docs/pictures/ from the production window (see
states.py here).
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CHROMIUM = HERE.parent / "chromium"
sys.path[:0] = [str(HERE), str(HERE.parent / "window")]

import states  # noqa: E402

SHAPES = ["portrait", "landscape"]
THUMBS = {"portrait": "270x480>+6+6", "landscape": "480x270>+6+6"}
LANGUAGES = ["zh-Hans", "zh-Hant", "en"]
MODES = ["standard", "large", "contrast", "low"]
README_WIDTH = 540  # px
README_LIMIT = 120_000  # bytes a picture of the README may have


def matrix(options):
    """All states in all that is asked for; returns the exit code."""
    wanted = {"SCREENS": options.screen, "SHAPES": options.shape, "LANGUAGES": options.language, "MODES": options.mode}
    environment = {name: ",".join(values) for name, values in wanted.items() if values}
    return subprocess.run(
        ["node_modules/.bin/playwright", "test", "--config", "pictures.config.ts", "--reporter=list"],
        cwd=CHROMIUM, env={**os.environ, **environment, "PICTURES": str(options.out)}, check=False).returncode


def line_of(out, screen, name, shape):
    """One state in one shape: languages and modes side by side; None when there is no such picture."""
    row = [out / screen / f"{name}-{shape}-{language}-{mode}.png" for language in LANGUAGES for mode in MODES]
    row = [str(p) for p in row if p.exists()]
    if not row:
        return None
    line = out / f".{screen}-{name}-{shape}.png"
    subprocess.run(
        ["montage", "-label", "%t", *row, "-tile", "x1", "-geometry", THUMBS[shape], "-depth", "8",
         "-background", "#e8e4da", str(line)], check=True)
    return line


def sheets(out):
    """One sheet a screen: a line for each state and shape."""
    with concurrent.futures.ThreadPoolExecutor(2) as workers:
        for folder in sorted(p for p in out.iterdir() if p.is_dir()):
            names = sorted({re.split("-(?:portrait|landscape)-", p.name)[0] for p in folder.glob("*.png")})
            made = workers.map(lambda of, screen=folder.name: line_of(out, screen, *of), [(n, s) for n in names for s in SHAPES])
            lines = [line for line in made if line]
            subprocess.run(
                ["convert", *map(str, lines), "-background", "#e8e4da", "-append", str(out / f"{folder.name}.png")], check=True)
            for line in lines:
                line.unlink()


def readme(binary):
    """The pictures of the production window, small enough to keep in the repository."""
    import screen as screens
    from kiosk import Kiosk
    from waiting import Missed, wait

    folder = ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with screens.Screen(screens.PORTRAIT) as stage:
        shot = stage.home / "shot.png"
        for name, lead in states.PICTURES.items():
            with Kiosk(stage, binary, args=["--demo"]) as kiosk:
                lead(kiosk)
                last = [None]

                def rested():
                    kiosk.screenshot(shot)
                    same, last[0] = shot.read_bytes() == last[0], shot.read_bytes()
                    return same

                try:
                    wait("a picture at rest", rested, 3)
                except Missed:
                    pass  # a screen with a countdown never rests: the last picture stands
            path = folder / f"{name}.png"
            subprocess.run(
                ["convert", str(shot), "-strip", "-resize", f"{README_WIDTH}x", "-colors", "128",
                 "-define", "png:compression-level=9", f"PNG8:{path}"], check=True)
            size = path.stat().st_size
            print(f"docs/pictures/{name}.png {size} bytes", flush=True)
            if size > README_LIMIT:
                sys.exit(f"screens: {path} is larger than {README_LIMIT} bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "build" / "bin" / "shuting"))
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build" / "screens")
    parser.add_argument("--screen", action="append")
    parser.add_argument("--shape", action="append", choices=SHAPES)
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--mode", action="append", choices=MODES)
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    options.out = options.out.resolve()
    if not os.access(options.bin, os.X_OK):
        sys.exit(f"screens: no program at {options.bin}: run 'make build' first")
    chosen = options.screen or options.shape or options.language or options.mode
    failed = 0
    if not options.readme:
        if "SHUTING_DEV" not in os.environ:
            subprocess.run(["build/build.sh", "page", "dev"], cwd=ROOT, check=True)
        if not chosen:
            shutil.rmtree(options.out, ignore_errors=True)
        options.out.mkdir(parents=True, exist_ok=True)
        failed = matrix(options)
        sheets(options.out)
    if options.readme or not chosen:
        readme(options.bin)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
