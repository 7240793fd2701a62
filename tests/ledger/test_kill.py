"""kill -9 at any moment loses nothing that was acknowledged and leaves nothing half-written."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from khabar.ledger.store import View, open_view, open_writer
from khabar.ledger.verify import verify

KILLS = 50
ROOT = Path(__file__).parents[2]


def acknowledged(path: Path, name: str, seconds: float) -> list[str]:
    """Let a child append and kill it some seconds after its first commit; the ids that it had printed whole."""
    command = [sys.executable, "-m", "tests.ledger.appender", str(path), name]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(seconds)
    child.kill()
    rest = child.stdout.read()
    child.stdout.close()
    child.wait()
    return [line.decode() for line in (first + rest).split(b"\n")[:-1]]


def stored(view: View) -> set[str]:
    return {version_id for (version_id,) in view.rows("SELECT version_id FROM version")}


def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    path, chance = tmp_path / "l.sqlite", random.Random(7)
    told: set[str] = set()
    for number in range(KILLS):
        told.update(acknowledged(path, str(number), chance.uniform(0.0, 0.1)))
    open_writer(path).close()
    with open_view(path) as view:
        assert len(told) >= KILLS
        assert told <= stored(view)
        assert len(stored(view)) <= len(told) + KILLS  # at most one a kill was committed but not yet told
        assert verify(view).faults == ()
