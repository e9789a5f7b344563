"""Processes seen through /proc: trees, memory, and children that never outlive us."""

import ctypes
import os
import signal
import subprocess

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


def _die_with_parent():
    os.setsid()
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def start(command, **options):
    """Start a command in a session of its own that ends when this process ends."""
    return subprocess.Popen(command, preexec_fn=_die_with_parent, **options)


def stop(process, seconds=5.0):
    """End a process we started, politely, then not."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _stat(pid):
    """(name, state, parent) of a process, or None if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as f:
            text = f.read()
    except OSError:
        return None
    name = text[text.index("(") + 1 : text.rindex(")")]
    state, parent = text[text.rindex(")") + 2 :].split()[:2]
    return name, state, int(parent)


def alive(pid):
    """Whether a process runs (a zombie does not)."""
    stat = _stat(pid)
    return stat is not None and stat[1] not in "ZX"


def tree(root):
    """The living processes at and below root: {pid: name}."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            stat = _stat(int(entry))
            if stat and stat[1] not in "ZX":
                parents[int(entry)] = (stat[0], stat[2])
    found = {root: parents[root][0]} if root in parents else {}
    grown = True
    while grown:
        grown = False
        for pid, (name, parent) in parents.items():
            if pid not in found and parent in found:
                found[pid] = name
                grown = True
    return found


def kill(family):
    """SIGKILL to all of {pid: name} that still are what they were."""
    for pid, name in family.items():
        stat = _stat(pid)
        if stat is not None and stat[0] == name:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def memory(root):
    """Memory of a whole process tree in bytes, shared pages counted once (PSS)."""
    total = 0
    for pid in tree(root):
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
                for line in f:
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
        except OSError:
            continue  # it ended while we looked
    return total


def held(pid):
    """Bytes a process holds for itself: anonymous and shared memory. 0 when it is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as f:
            lines = [line.split() for line in f]
    except OSError:
        return 0
    return sum(int(words[1]) << 10 for words in lines if words[0] in ("RssAnon:", "RssShmem:"))
