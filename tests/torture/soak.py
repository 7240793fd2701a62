"""R14: many feeds for a day of a clock of its own: no edit is missed, memory and open files stay level.

In: how many feeds, articles in each, hours. Out: how many requests were made, how many edits and new articles the ledger
does not have, by how many MB the watch grew in an hour (a straight line through the second half), by how many
descriptors. The site stands in this process on a loopback address, the watch is a process of its own: one run from
the first hour to the last, over real sockets. Only its clock is set forward, from one thing that is due to the next;
every hour it waits until the site has changed.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from khabar.capture.exchange import FetchPolicy
from khabar.capture.ladder import written
from khabar.capture.workers import Workers
from khabar.ledger.store import open_view, open_writer
from khabar.ledger.verify import verify
from khabar.ledger.watching import append_watches
from khabar.model.watching import TargetKind, Watch
from khabar.run.add import Run
from khabar.run.asking import Asker
from khabar.run.crew import Alone
from khabar.run.watch import Watch as Watching
from khabar.run.watch_pages import Pages
from tests.docs.drawing import ROOT
from tests.torture.outcome import Outcome
from tests.watch.site import BENCH, START, Site, Time, loopback, page, rss, serving

STEADY_MB = 1.0
"""a watch may grow by so much in an hour"""
STEP = 4
"""hours from one change of the site to the next: each page is asked again in less, while it is young"""
KIND = "application/rss+xml"
PATH_OF_FEED = "/feed"


@dataclass(frozen=True, slots=True)
class Hour:
    """What the watch said of itself at the end of an hour."""

    kib: int
    files: int
    requests: int


class Forgetful(list[tuple[str, str, dict[str, str]]]):
    """Requests that nobody will ask for."""

    def append(self, _: object) -> None:
        """Forget."""


@dataclass(slots=True)
class Press:
    """The papers: their pages, what each page was called since, and what changes next."""

    site: Site
    chance: random.Random
    titles: dict[str, list[str]] = field(default_factory=dict)
    listed: dict[str, list[str]] = field(default_factory=dict)

    def found(self, feeds: int, pages: int) -> None:
        """Begin with so many."""
        for number in range(feeds):
            host = host_of(number)
            self.listed[host] = []
            for _ in range(pages):
                self.add(host)

    def add(self, host: str) -> None:
        """One more article, listed in the feed."""
        number = len(self.listed[host])
        self.listed[host].append(self.site.url(f"/{number}", host))
        self.title(self.listed[host][-1], f"Bridge {number} of {host.partition('.')[0]} to reopen")
        self.site.put(PATH_OF_FEED, rss(*self.listed[host]), host=host, kind=KIND)

    def title(self, url: str, title: str) -> None:
        """A page has this title from here on."""
        host, _, path = url.partition("://")[2].partition("/")
        self.titles.setdefault(url, []).append(title)
        self.site.put(f"/{path}", page(title), host=host.partition(":")[0])

    def change(self, hour: int) -> None:
        """Edit one page in twenty, and publish something new in one feed of ten."""
        for url in self.chance.sample(sorted(self.titles), max(3, len(self.titles) // 20)):
            self.title(url, f"Bridge {url.rpartition('/')[2]} stays closed for {hour + 2} months")
        for host in self.chance.sample(sorted(self.listed), max(1, len(self.listed) // 10)):
            self.add(host)

    @property
    def edits(self) -> int:
        """How often a page was changed."""
        return sum(len(titles) - 1 for titles in self.titles.values())


def host_of(number: int) -> str:
    """The host of a paper."""
    return f"paper{number}.example"


def watch(ledger: Path, port: int, feeds: int, hours: int) -> None:
    """The process that watches; a line at the end of each hour, then it waits for one."""
    time, site, names = Time(), Site(port), [host_of(number) for number in range(feeds)]
    run = Run(run_id="run-1", code_version="khabar test", clock=lambda: written(time.now()))
    policy = FetchPolicy(allow=frozenset((name, port) for name in names), seconds=5)
    told = asked = 0

    def until(now: datetime, due: datetime | None) -> bool:
        nonlocal told
        while now >= START + timedelta(hours=told + 1) and told < hours:
            told += 1
            resident = int(Path("/proc/self/statm").read_text().split()[1]) * 4
            sys.stdout.write(f"{resident} {len(list(Path('/proc/self/fd').iterdir()))} {asked}\n")
            sys.stdout.flush()
            sys.stdin.readline()
        return told >= hours

    def count(*_: object) -> None:
        nonlocal asked
        asked += 1

    with Workers(1) as workers, open_writer(ledger) as writer:
        wanted = [Watch(url=site.url(PATH_OF_FEED, name), kind=TargetKind.FEED) for name in names]
        append_watches(writer, wanted, stamp=run.stamp())
        crew = Alone(Asker(workers, policy=policy, resolver=loopback, clock=time.now), time.sleep)
        Watching(Pages(writer, BENCH), crew, run=run, clock=time.now).run(until, count)


def soaked(ledger: Path, press: Press, feeds: int, hours: int) -> list[Hour]:
    """Let a watch run beside the site, which changes every few hours but the last."""
    command = [sys.executable, "-m", "tests.torture.soak", str(ledger), str(press.site.port), str(feeds), str(hours)]
    told: list[Hour] = []
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for line in child.stdout:
            told.append(Hour(*map(int, line.split())))
            if len(told) % STEP == 0 and len(told) <= hours - 2 * STEP:
                press.change(len(told))
            child.stdin.write("\n")
            child.stdin.flush()
    return told


def missing(ledger: Path, press: Press) -> tuple[int, int]:
    """How many titles of pages the ledger does not have in their order; how many faults it has."""
    with open_view(ledger) as view:
        found: dict[str, list[str]] = {}
        for url, headline in view.rows("SELECT url, headline FROM state_version ORDER BY article_id, ordinal"):
            found.setdefault(url, []).append(headline)
        faults = len(verify(view).faults)
    lost = sum(len(titles) for url, titles in press.titles.items() if found.get(url) != titles)
    return lost + len(found.keys() - press.titles.keys()), faults


def slope(hours: Sequence[Hour]) -> float:
    """MB an hour, in the second half."""
    late = list(enumerate(hours))[len(hours) // 2 :]
    return statistics.linear_regression([at for at, _ in late], [hour.kib / 1024 for _, hour in late]).slope


def trial(*, feeds: int, pages: int, hours: int = 24, seed: int = 1) -> Outcome:
    """R14."""
    with serving() as site, tempfile.TemporaryDirectory() as name:
        site.seen = Forgetful()
        press = Press(site, random.Random(seed))
        press.found(feeds, pages)
        told = soaked(Path(name) / "l.sqlite", press, feeds, hours)
        lost, faults = missing(Path(name) / "l.sqlite", press)
    grown = slope(told) if len(told) == hours else float("inf")
    late = [hour.files for hour in told[len(told) // 2 :]]
    files = max(late) - min(late) if late else -1
    asked = told[-1].requests if told else 0
    found = f"{asked:,} requests, {press.edits:,} edits, {lost} lost, {grown:+.2f} MB an hour, {files:+d} open files"
    return Outcome(
        trial="R14 soak",
        number=f"{feeds} feeds × {pages} articles, {hours} hours",
        found=f"{found}, {faults} faults",
        held=not lost and not faults and grown < STEADY_MB and files == 0 and press.edits > 0,
    )


if __name__ == "__main__":
    watch(Path(sys.argv[1]), *map(int, sys.argv[2:]))
