"""A watch as a program of its own, over a site on this machine: ``python -m tests.watch.driver LEDGER PORT SECONDS``.

It tells the URL of every request on standard output once that is on the disk, and its resident memory in KiB with it.
"""

from __future__ import annotations

import resource
import sys
import time
from datetime import UTC, datetime

from khabar.capture.exchange import FetchPolicy
from khabar.capture.hosts import Hosts
from khabar.capture.ladder import written
from khabar.capture.workers import Workers
from khabar.ledger.store import open_writer
from khabar.model.watching import Attempt
from khabar.run.add import Run
from khabar.run.asking import Asker
from khabar.run.crew import Threads
from khabar.run.watch import Watch
from khabar.run.watch_pages import Pages
from khabar.stores import place
from tests.watch.site import BENCH, HOST, loopback


def now() -> datetime:
    return datetime.now(UTC)


def main(ledger: str, port: int, seconds: float) -> None:
    """Watch for so long at most, or until nothing is due within ten seconds."""
    run = Run(run_id="run-1", code_version="khabar test", clock=lambda: written(now()))
    policy = FetchPolicy(allow=frozenset({(HOST, port)}), seconds=5)
    end = time.monotonic() + seconds
    with Workers(1) as workers, open_writer(place(ledger)) as writer:
        crew = Threads(Asker(workers, policy=policy, resolver=loopback, clock=now), 8)
        watch = Watch(Pages(writer, BENCH), crew, run=run, clock=now, hosts=Hosts(pause=0.01))

        def told(attempt: Attempt, counts: object) -> None:
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            sys.stdout.write(f"{attempt.url} {attempt.result} {memory}\n")
            sys.stdout.flush()

        def until(at: datetime, due: datetime | None) -> bool:
            return time.monotonic() > end or due is None or (due - at).total_seconds() > 10

        watch.run(until, told)
        crew.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
