"""Disks for SQLite that keep a log of what they are told, or that fail at the n-th order.

In: nothing but what SQLite orders. Out: the log of writes, truncations and syncs, by file; or an error at one of them.
Both put themselves in front of the real disk as SQLite's default, so that the code under test is the real code,
unchanged.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import apsw

REAL = "unix"


@dataclass(frozen=True, slots=True)
class Order:
    """One order: ``write`` of data at an offset (bytes), ``truncate``, ``sync``, ``delete``, or ``told``: an id is out."""

    kind: str
    file: str
    offset: int = 0
    data: bytes = b""


class LoggedFile(apsw.VFSFile):
    """A file of which every order is noted once it is carried out."""

    def __init__(self, name: Any, flags: list[int], disk: LoggedDisk) -> None:
        self._name = PurePath(name.filename() if hasattr(name, "filename") else (name or "scratch")).name
        self._disk = disk
        super().__init__(REAL, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.before("write")
        super().xWrite(data, offset)
        self._disk.log.append(Order("write", self._name, offset, bytes(data)))

    def xSync(self, flags: int) -> None:  # noqa: N802 - as above
        self._disk.before("sync")
        super().xSync(flags)
        self._disk.log.append(Order("sync", self._name))

    def xTruncate(self, size: int) -> None:  # noqa: N802 - as above
        self._disk.before("truncate")
        super().xTruncate(size)
        self._disk.log.append(Order("truncate", self._name, size))


class LoggedDisk(apsw.VFS):
    """A disk that notes every order; the default one while it is plugged in."""

    def __init__(self) -> None:
        self.log: list[Order] = []
        super().__init__("logged", REAL, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:  # noqa: N802 - as above
        return LoggedFile(name, flags, self)

    def xDelete(self, name: str, synced: bool) -> None:  # noqa: N802 - as above
        super().xDelete(name, synced)
        self.log.append(Order("delete", PurePath(name).name))

    def before(self, kind: str) -> None:
        """Nothing stands in the way."""


@dataclass(slots=True)
class Failing:
    """When a disk fails: at the n-th order of some kinds (from 1), once or from then on, with which error."""

    kinds: frozenset[str]
    number: int
    sticky: bool
    error: type[Exception]
    seen: int = field(default=0)
    off: bool = field(default=False)
    """no failing any more"""

    def due(self, kind: str) -> bool:
        """Whether this order fails."""
        if self.off:
            return False
        self.seen += kind in self.kinds
        return kind in self.kinds and (self.seen >= self.number if self.sticky else self.seen == self.number)


class FailingDisk(LoggedDisk):
    """A disk that fails when it is told to."""

    def __init__(self, failing: Failing) -> None:
        self.failing = failing
        super().__init__()

    def before(self, kind: str) -> None:
        if self.failing.due(kind):
            raise self.failing.error(f"order {self.failing.number} fails")


@contextmanager
def plugged(disk: LoggedDisk) -> Iterator[LoggedDisk]:
    """The disk as SQLite's default, for a while."""
    try:
        yield disk
    finally:
        disk.unregister()
