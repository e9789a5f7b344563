"""The production program in its window, driven as a reader drives it."""

import os
import pathlib
import signal
import subprocess
import tempfile
import time

import processes
import tree
from waiting import Missed, wait

WEB_PROCESS = "WebKitWebProces"  # the kernel keeps fifteen characters of a name


class Kiosk:
    """One run of the program on a Screen. Use it in a with statement.

    data is the folder given with --data; left out, a temporary one is made and
    removed. args are further arguments.
    """

    def __init__(self, screen, binary, data=None, args=(), environment=None):
        self.screen = screen
        self.binary = str(binary)
        self._folder = None
        if data is None:
            self._folder = tempfile.TemporaryDirectory(prefix="shuting-data-")
            # A folder inside, because the keys lie beside the data.
            data = pathlib.Path(self._folder.name) / "data"
        self.data = pathlib.Path(data)
        self.args = list(args)
        self.environment = environment or {}
        self.process = None
        self._family = {}

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process is not None:
            if self.process.poll() is None:
                try:
                    self.stop()
                except Missed:
                    pass  # the journey that tests stopping says so itself
            self._end_all()
        if self._folder:
            self._folder.cleanup()

    # ---- running ----

    def start(self):
        """Start the program; returns at once."""
        self._output = tempfile.TemporaryFile()
        self.process = processes.start(
            [self.binary, "--data", str(self.data), *self.args],
            stdin=subprocess.DEVNULL, stdout=self._output, stderr=subprocess.STDOUT,
            env={**os.environ, **self.environment},
        )

    def stop(self, seconds=5.0):
        """SIGTERM, and wait until the whole tree is gone; returns the seconds it took."""
        family = self._tree()
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Missed(f"not stopped {seconds:g} s after SIGTERM") from None
        took = time.monotonic() - begun
        wait("no process left over", lambda: not any(processes.alive(p) for p in family), 5)
        return took

    def cut_power(self):
        """SIGKILL to every process of the program at once."""
        processes.kill(self._tree())
        self.process.wait()

    def _tree(self):
        """The processes of the program, remembered so that none outlives a failed test."""
        found = processes.tree(self.pid)
        self._family.update(found)
        return found

    def _end_all(self):
        if self.process.poll() is None:
            self.cut_power()
        processes.kill(self._family)

    @property
    def pid(self):
        return self.process.pid

    @property
    def running(self):
        return self.process.poll() is None

    def output(self):
        """What the program printed so far."""
        self._output.seek(0)
        return self._output.read().decode(errors="replace")

    def command(self, *arguments, timeout=60):
        """Run another command of the same binary on the same data; returns the completed process."""
        return subprocess.run(
            [self.binary, *map(str, arguments), "--data", str(self.data)],
            capture_output=True, text=True, timeout=timeout, check=False)

    # ---- the page's process ----

    def web_process(self):
        """The id of the process that runs the page, or None."""
        return next((p for p, name in self._tree().items() if name == WEB_PROCESS), None)

    def kill_page(self):
        """Kill the page's process; returns its former id."""
        pid = wait("a page process", self.web_process)
        os.kill(pid, signal.SIGKILL)
        return pid

    def freeze_page(self):
        """Stop the page's process without ending it; returns its id."""
        pid = wait("a page process", self.web_process)
        os.kill(pid, signal.SIGSTOP)
        return pid

    def memory(self):
        """Bytes of memory of the whole process tree."""
        return processes.memory(self.pid)

    # ---- the screen as told to a screen reader ----

    def find(self, role=None, name=None, seconds=10.0):
        """The first control of that role and name (text or compiled pattern), waited for."""
        return self._wait(
            f"{role or 'element'} {name!r} on the screen", lambda: tree.look(self.pid, role, name), seconds)[0]

    def shows(self, role=None, name=None):
        """Whether such a control shows right now."""
        return bool(tree.look(self.pid, role, name))

    def gone(self, role=None, name=None, seconds=10.0):
        """Wait until no such control shows."""
        wait(f"{role} {name!r} gone", lambda: not self.shows(role, name), seconds)

    def names(self, role):
        """The names of all controls of that role that show, in reading order."""
        return [c.name for c in tree.look(self.pid, role)]

    def words(self):
        """All words on the screen, an element a line."""
        return tree.words(self.pid)

    def reads(self, text, seconds=10.0):
        """Wait until the text stands on the screen."""
        self._wait(f"the words {text!r} on the screen", lambda: text in self.words(), seconds)

    def _wait(self, what, condition, seconds):
        """Wait, but not for a program that ended; on failure say what the screen reads."""

        def looked():
            if not self.running:
                raise AssertionError(f"the program ended with {self.process.returncode}:\n{self.output()}")
            return condition()

        try:
            return wait(what, looked, seconds)
        except Missed as missed:
            raise Missed(f"{missed}\n--- the screen reads:\n{self.words()}\n--- the program said:\n{self.output()}") from None

    # ---- the hand ----

    def tap(self, role, name=None, seconds=10.0):
        """Find a control and press it."""
        self.screen.tap(self.find(role, name, seconds))

    def scan(self, code):
        """Scan a code with the scanner that types."""
        self.screen.scan(code)

    def keys(self, *chords):
        self.screen.keys(*chords)

    def screenshot(self, path):
        self.screen.screenshot(path)
