"""Waiting for conditions: the only way the journeys let time go by."""

import time

STEP = 0.03  # seconds between two looks at a condition


class Missed(AssertionError):
    """A condition that did not come true in time."""


def wait(what, condition, seconds=10.0):
    """Look at condition until it returns something true, and return that.

    what says in words what is waited for; the failure message uses it.
    """
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= end:
            raise Missed(f"not within {seconds:g} s: {what}")
        time.sleep(STEP)


def measure(what, condition, seconds=30.0):
    """Like wait, but return the seconds it took."""
    start = time.monotonic()
    wait(what, condition, seconds)
    return time.monotonic() - start
