"""kill -9 of a running watch, at any moment: every request that it had told of is in the ledger, and another ends the work.

Both stores. Three kills in every test run; KILLS_WANTED gives more.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from email.utils import format_datetime
from pathlib import Path

from khabar.ledger.store import open_view, open_writer
from khabar.ledger.verify import verify
from khabar.ledger.watching import append_watches, attempts, targets
from khabar.model.watching import TargetKind, Watch
from khabar.stores import Place
from tests.ledger.making import typed
from tests.run.fakes import RUN
from tests.watch.driver import now
from tests.watch.site import page, rss, serving

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS_WANTED", "3"))
PAGES = 40


def watching(ledger: Place, port: int, kill_after: int | None, chance: random.Random) -> list[str]:
    """Let the watch run, kill it after so many requests and a moment; the URLs that it had told of."""
    command = [sys.executable, "-m", "tests.watch.driver", typed(ledger), str(port), "60"]
    told: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            told.append(line.split()[0])
            if kill_after is not None and len(told) >= kill_after:
                time.sleep(chance.random() * 0.1)
                child.send_signal(signal.SIGKILL)
                told += [rest.split()[0] for rest in child.stdout if len(rest.split()) == 3]
                break
    return told


def test_nothing_that_was_told_is_lost(ledger: Place) -> None:
    chance = random.Random(5)
    told: list[str] = []
    with serving() as site:
        links = [site.put(f"/{n}", page(f"Bridge {n} at Sorrin to reopen")) for n in range(PAGES)]
        feed = site.put("/feed", rss(*links, stamp=format_datetime(now())), kind="application/rss+xml")
        with open_writer(ledger) as writer:
            append_watches(writer, [Watch(url=feed, kind=TargetKind.FEED)], stamp=RUN.stamp())
        for _ in range(KILLS):
            told += watching(ledger, site.port, chance.randint(1, PAGES // KILLS + 2), chance)
            with open_view(ledger) as view:
                kept = [a.url for a in attempts(view)]
                assert all(kept.count(url) >= told.count(url) for url in set(told))
                assert not verify(view).faults
        watching(ledger, site.port, None, chance)
        with open_view(ledger) as view:
            # killed between an article and its attempt, the page is there and the next attempt finds it unchanged
            assert sorted(url for (url,) in view.rows("SELECT url FROM version")) == sorted(links)
            assert view.rows("SELECT count(*) FROM version") == [(PAGES,)]
            assert {t.url for t in targets(view)} == {feed, *links}
            assert not verify(view).faults
