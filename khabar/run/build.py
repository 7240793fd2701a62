"""A new ledger from a folder: everything in it through all stages.

In: a path for the ledger. Out: a Writer on an empty ledger. A ledger that stands there already is never overwritten: it
is moved aside, to a name with the time (``khabar.20261123T120000Z.sqlite``), and the caller is told where to.
"""

from __future__ import annotations

from pathlib import Path

from khabar.errors import UsageFault
from khabar.ledger.store import open_writer


def set_aside(path: Path, at: str) -> Path | None:
    """Move a ledger aside. Out: where it is now; None if there was none. Raises UsageFault if it is in use."""
    if not path.exists():
        return None
    open_writer(path).close()  # proves that it is a ledger, and folds the write-ahead log into the file
    log = path.with_name(path.name + "-wal")
    if log.exists():
        raise UsageFault(f"{path}: another program has this ledger open; close it, or choose another --ledger")
    mark = at.replace("-", "").replace(":", "")
    aside = _free(path.with_name(f"{path.stem}.{mark}{path.suffix}"))
    return path.rename(aside)


def _free(path: Path) -> Path:
    """The path, or the first numbered one beside it that is free."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
