"""R1: a process that appends is killed at any moment (SIGKILL).

In: how many kills. Out: whether all that it had acknowledged is there, nothing is half-written, and the log and every
digest hold. ``tests/ledger/appender.py`` is the process; it prints each id once it is committed.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from khabar.ledger.store import open_view, open_writer
from khabar.ledger.verify import verify
from tests.ledger.test_kill import acknowledged, stored
from tests.torture.outcome import Outcome
from tests.torture.power import whole


def trial(kills: int, *, seed: int = 1, longest: float = 0.5) -> Outcome:
    """R1."""
    chance = random.Random(seed)
    told: set[str] = set()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "l.sqlite"
        for number in range(kills):
            told.update(acknowledged(path, str(number), chance.uniform(0.0, longest)))
        open_writer(path).close()
        with open_view(path) as view:
            there = stored(view)
            lost, half = len(told - there), not whole(view)
            faults = verify(view).faults
    found = f"{len(told):,} commits, {lost} lost, {int(half)} half-written, {len(faults)} faults"
    return Outcome(
        trial="R1 kill -9", number=f"{kills:,}", found=found, held=not (lost or half or faults) and bool(told)
    )
