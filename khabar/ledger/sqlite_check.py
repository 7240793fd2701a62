"""SQLite's own checks of a ledger file, and that its tables, views and triggers are what they should be, no more and no less.

In: something that answers SQL. Out: a line for every fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import apsw

from khabar.ledger.log import Asked
from khabar.ledger.schema import schema


def damage(asked: Asked) -> Iterator[str]:
    """Integrity, foreign keys, and the schema text."""
    for (answer,) in asked.rows("PRAGMA integrity_check"):
        if answer != "ok":
            yield f"file: {answer}"
    for table, row, parent, _ in asked.rows("PRAGMA foreign_key_check"):
        yield f"{table} row {row}: points at a {parent} that is not there"
    there = {name: _bare(sql) for name, sql in asked.rows("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")}
    for name, sql in made().items():
        if name not in there:
            yield f"{missing(name)} is gone"
        elif there[name] != sql:
            yield f"{name}: is not made as this khabar makes it"
    for name in there.keys() - made().keys():
        yield f"{name}: is no part of a ledger"


def missing(name: str) -> str:
    """A table, view, index or trigger that should be there, in words."""
    table, _, verb = name.rpartition("_no_")
    return f"{table}: the trigger against {verb}" if table else name


@lru_cache(maxsize=1)
def made() -> dict[str, str]:
    """Name to SQL of everything that a new ledger is made of."""
    fresh = apsw.Connection(":memory:")
    try:
        fresh.execute(schema())
        return {name: _bare(sql) for name, sql in fresh.execute("SELECT name, sql FROM sqlite_schema") if sql}
    finally:
        fresh.close()


def _bare(sql: str) -> str:
    """SQL without differences of space and line."""
    return " ".join(sql.split())
