"""What came of one trial: a row of the table in docs/reliability.md; and where trials work that prove nothing of disks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``number`` says how often, ``found`` what was seen; ``held`` is whether the mark was reached."""

    trial: str
    number: str
    found: str
    held: bool


def in_memory() -> str | None:
    """A folder in memory, else the usual one: what R1 to R4 prove of a disk, the trials of contents need not wait for."""
    return str(MEMORY) if MEMORY.is_dir() else None
