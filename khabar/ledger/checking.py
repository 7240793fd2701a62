"""What the checks of a ledger share: counts, faults, and a walk over a table that need not fit into memory.

In: a View. Out: a Tally that fills up, and rows in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from khabar.ledger.log import Asked

Progress = Callable[[str], None]
"""told now and then how far the work is, in words"""
PULSE = 256
"""checks between two words on how far they are"""
PAGE = 256
"""rows fetched at a time"""
COUNTED = ("rows", "bodies", "versions", "readings", "claims", "spans", "purged", "entries", "signed", "anchors")
TOLD = ("rows", "bodies", "versions", "spans", "entries")
"""counts that tell how far a check is"""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What was checked and what was wrong; an empty ``faults`` is a clean ledger."""

    rows: int
    bodies: int
    versions: int
    readings: int
    claims: int
    spans: int
    purged: int
    """rows whose contents are gone, with a tombstone"""
    entries: int
    """transactions in the log"""
    signed: int
    """of these, signed"""
    anchors: int
    """heads found outside of the ledger that agree with it"""
    size: int
    """leaves of the log"""
    root_sha256: str
    """root of the log"""
    keys: tuple[str, ...]
    """ids of the keys that signed"""
    notes: tuple[str, ...]
    """what could not be checked, and why"""
    faults: tuple[str, ...]


class Tally:
    """Counts and faults while a ledger is walked through."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._progress, self._checks = progress, 0
        self.counts = dict.fromkeys(COUNTED, 0)
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.keys: set[str] = set()
        self.size = 0
        self.root_sha256 = ""

    def expect(self, holds: object, fault: str) -> bool:
        """Note a fault unless something holds. Out: whether it does."""
        self._checks += 1
        if self._progress is not None and self._checks % PULSE == 0:
            told = (f"{self.counts[name]:,} {name}" for name in TOLD if self.counts[name])
            self._progress(f"checked {', '.join(told)}")
        if not holds:
            self.faults.append(fault)
        return bool(holds)

    def report(self) -> VerifyReport:
        """All of it."""
        log = {"size": self.size, "root_sha256": self.root_sha256, "keys": tuple(sorted(self.keys))}
        return VerifyReport(**self.counts, **log, notes=tuple(self.notes), faults=tuple(self.faults))  # type: ignore[arg-type]  # counts are ints


def walk(asked: Asked, table: str, names: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """seq and some columns of every row, a page at a time."""
    listed = ", ".join(f'"{name}"' for name in ("seq", *names))
    sql = f"SELECT {listed} FROM {table} WHERE seq > ? ORDER BY seq LIMIT {PAGE}"  # noqa: S608 - own names
    last = 0
    while rows := asked.rows(sql, (last,)):
        yield from rows
        last = rows[-1][0]


def tombstones(asked: Asked) -> dict[tuple[str, int], str]:
    """(table, seq) of every purged row to the digest that it has now."""
    return {(table, seq): sha for table, seq, sha in asked.rows("SELECT table_name, row_seq, kept_sha256 FROM purge")}
