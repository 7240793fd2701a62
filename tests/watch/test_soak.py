"""Beside R14 (``tests/torture/soak.py``), in one process: feeds for days; no edit is missed, what is held does not grow.

Four feeds of five articles over two days here; SOAK_FEEDS, SOAK_PAGES and SOAK_DAYS give more.
"""

from __future__ import annotations

import gc
import os
import random
from datetime import timedelta
from pathlib import Path

from khabar.capture.workers import Workers
from khabar.ledger.verify import verify
from khabar.model.watching import TargetKind
from tests.watch.site import Desk, Time, page, rss, serving, versions

FEEDS = int(os.environ.get("SOAK_FEEDS", "4"))
PAGES = int(os.environ.get("SOAK_PAGES", "5"))
DAYS = int(os.environ.get("SOAK_DAYS", "2"))


def test_no_edit_is_missed(tmp_path: Path) -> None:
    chance = random.Random(11)
    with serving() as site, Workers(1) as workers:
        desk = Desk(tmp_path / "l.sqlite", site, workers, Time())
        titles: dict[str, list[str]] = {}
        for f in range(FEEDS):
            host = f"paper{f}.example"
            links = []
            for p in range(PAGES):
                title = f"Bridge {p} of paper {f} to reopen"
                links.append(site.put(f"/{p}", page(title), host=host))
                titles[links[-1]] = [title]
            desk.watch(site.put("/feed", rss(*links), host=host, kind="application/rss+xml"), kind=TargetKind.FEED)
        desk.go()
        objects: list[int] = []
        for step in range(DAYS * 4):
            for url in chance.sample(sorted(titles), 3):
                host, _, path = url.partition("://")[2].partition("/")
                titles[url].append(f"Bridge {path} stays closed for {step + 2} months")
                site.put(f"/{path}", page(titles[url][-1]), host=host.partition(":")[0])
            desk.go(6 * 3600)
            site.seen.clear()  # what the site remembers of requests is not held by the watch
            gc.collect()
            objects.append(len(gc.get_objects()))
        desk.go(6 * 3600)
        found: dict[str | None, list[str | None]] = {}
        for version in versions(desk.writer):
            found.setdefault(version.url, []).append(version.headline)
        assert found == titles
        assert max(objects[-2:]) < min(objects[:2]) + 200  # whatever else this process holds
        assert not verify(desk.writer.view).faults
        assert desk.time.at > Time().at + timedelta(days=DAYS)
        desk.writer.close()
