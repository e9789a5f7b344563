"""SIGTERM at any moment of a start: stopped in time, and the store is clean."""

import signal
import time

from words import IDLE

# Seconds after the start of the program; a start takes about half a second.
MOMENTS = [0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1.0, 2.0]


def test_Accept_L05_SIGTERM_at_any_moment_of_a_start_leaves_a_clean_store(stage):
    with stage.kiosk("--demo") as first:
        first.find(*IDLE, seconds=20)
        first.stop()
        slowest = 0.0
        for moment in MOMENTS:
            with stage.kiosk("--demo", data=first.data) as kiosk:
                time.sleep(moment)  # the moment is the subject here
                slowest = max(slowest, kiosk.stop())
                # Before the program's first line, the signal ends it by itself: nothing was open yet.
                assert kiosk.process.returncode in (0, -signal.SIGTERM), f"after {moment} s: {kiosk.output()}"
            check = first.command("check", "--demo")
            assert check.returncode == 0, f"after {moment} s:\n{check.stdout}{check.stderr}"
        print(f"     {len(MOMENTS)} stops, the slowest {slowest:.2f} s")
