"""Memory of the program's process tree over many visits, and whether it grows.

Judged is what the processes hold for themselves (anonymous and shared memory,
as PSS): it can be given back to nobody else, and what else runs on the machine
does not change it. PSS and RSS of everything, with mapped files, are reported
beside it: they move when other programs start or end, and when the library's
mapped files grow.

A page that has grown is replaced while nobody is there (app/rest.go), so its
memory goes up and down like the teeth of a saw. What counts is whether one tooth
stands higher than the one before: where the page was replaced, the line goes
through the mean of each whole tooth.
"""

import math
from dataclasses import dataclass, field
from statistics import fmean

import processes

KIB = 1024
WARM_UP = 200  # visits: caches, fonts and compiled scripts are filled by then
# More growth than a tenth of the level in 2,000 visits (some three busy days) would
# be a quarter of a gigabyte in a month; less than that is below what garbage
# collectors move the level by themselves.
BOUND = 0.10
OVER = 2000  # visits
LEAST = 30  # samples: fewer make no line
LEAST_TEETH = 3  # whole ones, where the page was replaced


@dataclass
class Sample:
    """Memory after so many visits, in bytes."""

    visits: int
    page: int  # process of the page
    own: int
    pss: int
    rss: int
    parts: dict = field(default_factory=dict)  # own, by name of process


def take(visits, root, page):
    """Look at the process tree below root, with the process of the page."""
    sample = Sample(visits, page, 0, 0, 0)
    for pid, name in processes.tree(root).items():
        sizes = {}
        try:
            with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as f:
                for line in f:
                    words = line.split()
                    if len(words) == 3 and words[2] == "kB":
                        sizes[words[0]] = int(words[1]) * KIB
        except OSError:
            continue  # it ended while we looked
        own = sizes.get("Pss_Anon:", 0) + sizes.get("Pss_Shmem:", 0)
        sample.own += own
        sample.pss += sizes.get("Pss:", 0)
        sample.rss += sizes.get("Rss:", 0)
        sample.parts[name] = sample.parts.get(name, 0) + own
    return sample


@dataclass
class Line:
    """A straight line through samples: bytes a visit, its standard error, the mean in bytes."""

    slope: float
    error: float
    level: float

    @property
    def growth(self):
        """What the slope comes to in OVER visits, as a share of the level."""
        return self.slope * OVER / self.level if self.level else 0.0


def fit(points):
    """Least squares through (visits, bytes); at least three points."""
    n = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    rest = sum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return Line(slope, math.sqrt(rest / (n - 2) / spread), mean_y)


class Memory:
    """The samples of one run."""

    def __init__(self, root, every=10):
        self.root, self.every, self.samples = root, every, []

    def after(self, visits, page):
        """Call it after each visit, with the process of the page."""
        if visits % self.every == 0:
            self.samples.append(take(visits, self.root, page))

    @property
    def settled(self):
        """The samples after the warm-up."""
        return [s for s in self.samples if s.visits > WARM_UP]

    @property
    def teeth(self):
        """The samples of each page that was there from its first visit to its last; [] where none was replaced."""
        pages = list(dict.fromkeys(s.page for s in self.samples))
        return [[s for s in self.samples if s.page == page] for page in pages[1:-1]]

    @property
    def replaced(self):
        """Whether a page was."""
        return len({s.page for s in self.samples}) > 1

    @property
    def judged(self):
        """Whether there is enough to judge by."""
        return len(self.teeth) >= LEAST_TEETH if self.replaced else len(self.settled) >= LEAST

    def _points(self, get):
        if not self.replaced:
            return [(s.visits, get(s)) for s in self.settled]
        return [(fmean(s.visits for s in tooth), fmean(get(s) for s in tooth)) for tooth in self.teeth]

    def lines(self):
        """{what: Line} after the warm-up, or through the whole teeth."""
        of = {"own memory": lambda s: s.own, "PSS": lambda s: s.pss, "RSS": lambda s: s.rss}
        for name in sorted({name for s in self.settled for name in s.parts}):
            of[f"own memory of {name}"] = lambda s, name=name: s.parts.get(name, 0)
        return {what: fit(self._points(get)) for what, get in of.items()}

    def grew(self):
        """Why the run failed, or None."""
        line = self.lines()["own memory"]
        if line.growth > BOUND:
            return f"memory grows by {line.growth:.1%} of its level in {OVER} visits; allowed are {BOUND:.0%}"
        return None

    def table(self):
        """The figures as lines of a table in Markdown."""
        rows = ["| memory of the process tree | level | slope, KiB a visit (standard error) | in 2,000 visits |", "|---|---|---|---|"]
        for what, line in self.lines().items():
            rows.append(f"| {what} | {line.level / 1e6:.1f} MB | {line.slope / KIB:+.2f} ({line.error / KIB:.2f}) | {line.growth:+.1%} |")
        return rows

    def csv(self):
        """All samples, for a plot."""
        names = sorted({name for s in self.samples for name in s.parts})
        rows = [",".join(["visits", "own", "pss", "rss", *names])]
        rows += [",".join(map(str, [s.visits, s.own, s.pss, s.rss, *(s.parts.get(n, 0) for n in names)])) for s in self.samples]
        return "\n".join(rows) + "\n"
