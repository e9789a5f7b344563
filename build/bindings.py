#!/usr/bin/python3
"""Proves that the page calls exactly the Go methods that are bound, with as many arguments.

Wails writes a TypeScript face of the bound methods when a program built with the
tag "bindings" runs; that needs no window. The page does not import that face: it
keeps its own door (frontend/src/api/kiosk.ts) with time-outs and coded errors.
This compares the two, so that neither can change alone.

  bindings.py          compares; ends with 1 and the differences
  bindings.py --print  prints the generated face
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
DOOR = ROOT / "frontend" / "src" / "api" / "kiosk.ts"


def generated():
    """The text of the generated face of all bound structs."""
    with tempfile.TemporaryDirectory(prefix="shuting-bindings-") as name:
        folder = pathlib.Path(name)
        program = folder / "bindings"
        subprocess.run(["go", "build", "-tags", "bindings,webkit2_41", "-o", program, "."], cwd=ROOT, check=True)
        shutil.copy(ROOT / "wails.json", folder)
        (folder / "frontend").mkdir()
        # It opens what the real program opens before the window: let that be nobody's.
        ran = subprocess.run([program, "--data", folder / "data"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
        if ran.returncode:
            sys.exit(f"bindings: the program ended with {ran.returncode}\n{ran.stdout}{ran.stderr}")
        return "".join(p.read_text(encoding="utf-8") for p in sorted((folder / "frontend/wailsjs/go").rglob("*.d.ts")))


def arguments(text):
    """How many arguments a list has, commas inside brackets not counted."""
    depth, count = 0, 1 if text.strip() else 0
    for letter in text:
        depth += letter in "([{<"
        depth -= letter in ")]}>"
        count += letter == "," and depth == 0
    return count


def main():
    face = generated()
    if "--print" in sys.argv[1:]:
        print(face)
        return 0
    bound = {n: arguments(a) for n, a in re.findall(r"export function (\w+)\((.*?)\):Promise", face)}
    door = DOOR.read_text(encoding="utf-8")
    called = {n: arguments(a or "") for n, a in re.findall(r"(?:\bcall(?:<.*?>)?|snapshotFrom)\('(\w+)'(?:,\s*([^)]*))?\)", door)}
    wrong = [f"the page calls {n}, which Go does not bind" for n in sorted(called.keys() - bound.keys())]
    wrong += [f"Go binds {n}, which the page never calls" for n in sorted(bound.keys() - called.keys())]
    wrong += [f"{n}: Go takes {bound[n]} arguments, the page gives {called[n]}"
              for n in sorted(called.keys() & bound.keys()) if called[n] != bound[n]]
    print("\n".join(wrong) or f"{len(bound)} bound methods, all called as they are bound")
    return 1 if wrong or not bound else 0


if __name__ == "__main__":
    sys.exit(main())
