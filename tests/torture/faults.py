"""R3: the disk fails at the n-th write, sync or truncation, for every n, once or for good, with an I/O error or full.

In: nothing. Out: at how many points an acknowledged article was lost, or the ledger could not
be read afterwards. A fresh copy of one small ledger for each point; two articles and a checkpoint are appended to it.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, product
from pathlib import Path

import apsw

from khabar.errors import KhabarError
from khabar.ledger.store import Writer, open_view
from khabar.ledger.verify import verify
from tests.ledger.making import append, ledger_with, make_article
from tests.torture.disk import Failing, FailingDisk, plugged
from tests.torture.outcome import Outcome
from tests.torture.power import SHARED, whole

ERRORS = (apsw.IOError, apsw.FullError)
KINDS = (frozenset({"write"}), frozenset({"sync"}), frozenset({"truncate"}))
ARTICLES = tuple(make_article(name, where=f"Village {name}") for name in ("first", "second"))


@dataclass(slots=True)
class Tally:
    """What the points left."""

    points: int = 0
    lost: int = 0
    unreadable: int = 0


def sweep(step: int = 1) -> Tally:
    """Every ``step``-th point of every scenario."""
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=SHARED if SHARED.is_dir() else None) as name:
        folder = Path(name)
        start = ledger_with(folder / "start.sqlite", make_article("there"))
        for error, sticky, kinds in product(ERRORS, (False, True), KINDS):
            for number in count(1, step):
                if not point(start, folder / "l.sqlite", Failing(kinds, number, sticky, error), tally):
                    break
    return tally


def point(start: Path, path: Path, failing: Failing, tally: Tally) -> bool:
    """One point. Out: whether the disk came to fail at all; past the last order there is nothing to see."""
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    shutil.copyfile(start, path)
    told: set[str] = set()
    with plugged(FailingDisk(failing)):
        try:
            writer = Writer(path)
        except KhabarError:
            failing.off = True  # what the failed start left is cleared away by a disk that works
        else:
            told = appended(writer)
            close(writer, failing)
    happened = failing.seen >= failing.number
    if happened:
        tally.points += 1
        afterwards(path, told, tally)
    return happened


def appended(writer: Writer) -> set[str]:
    """The ids of the articles that the Writer acknowledged; whatever it could not do, it must have said."""
    told = set()
    for article in ARTICLES:
        try:
            append(writer, article)
        except KhabarError:
            continue
        told.add(article.version.version_id)
    return told


def close(writer: Writer, failing: Failing) -> None:
    """A checkpoint and the end; what fails here is folded in by the next start."""
    with suppress(KhabarError):
        writer.connection.script("PRAGMA wal_checkpoint(TRUNCATE)")
        writer.close()
    failing.off = True
    with suppress(KhabarError):
        writer.close()


def afterwards(path: Path, told: set[str], tally: Tally) -> None:
    """The next start, the disk whole again."""
    try:
        with Writer(path) as writer:
            append(writer, make_article("afterwards"))
        with open_view(path) as view:
            there = {version_id for (version_id,) in view.rows("SELECT version_id FROM version")}
            tally.lost += not told <= there
            tally.unreadable += not whole(view) or bool(verify(view).faults)
    except (KhabarError, apsw.Error):
        tally.unreadable += 1


def trial(step: int = 1) -> Outcome:
    """R3."""
    tally = sweep(step)
    found = f"{tally.lost} lost, {tally.unreadable} ledgers unreadable"
    held = not (tally.lost or tally.unreadable) and tally.points > 0
    return Outcome(trial="R3 disk errors at the n-th order", number=f"{tally.points:,} points", found=found, held=held)
