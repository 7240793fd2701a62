"""What Writer and View ask of a store: SQL in one dialect, transactions, and the store's own checks.

Two stores keep it: ``sqlite.py`` (a file) and ``postgres.py`` (a server). The dialect is what both understand, or what
``postgres.py`` turns from SQLite's words into PostgreSQL's: ``?``, ``?1`` and ``:name`` for values, LIKE without regard
to case, ``LIMIT -1`` for no limit, ``main.`` for the ledger itself beside temporary views. Order is by code point.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any, Protocol

from khabar.errors import UsageFault
from khabar.ledger.codec import to_json
from khabar.ledger.columns import Table
from khabar.ledger.schema import SCHEMA_VERSION
from khabar.model.identity import digest
from khabar.stores import Place

Value = str | int | float | bytes | None
Row = tuple[Value, ...]
Values = Sequence[Value] | Mapping[str, Value]


class Connection(Protocol):
    """One connection to a ledger; questions from several threads wait for each other."""

    path: Place
    """where the ledger lies; safe to show"""

    def rows(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """All rows of a question. Raises UsageFault if it takes longer than the connection's limit."""
        ...

    def value(self, sql: str, values: Values = ()) -> Any:
        """The first value of the first row, or None."""
        ...

    def script(self, sql: str) -> None:
        """Run statements that answer nothing."""
        ...

    def insert(self, table: Table, row: Mapping[str, Value]) -> int:
        """Append one row inside a transaction. Out: its seq, one more than the last."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, one writer at a time; on return it is on the disk."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Every question in here sees the same state; a no-op where a transaction is open already."""
        ...

    def limit(self, seconds: float) -> None:
        """Break off every question that takes longer."""
        ...

    def only_read(self) -> None:
        """From here on nothing can be written through this connection."""
        ...

    def unguarded(self, tables: Iterable[Table]) -> AbstractContextManager[None]:
        """Inside a transaction: rows of these tables may be changed (a purge), the guards stand again behind it."""
        ...

    def schema_version(self) -> int:
        """The schema that the ledger has."""
        ...

    def bring_up(self) -> None:
        """Inside a transaction: the tables that an older schema lacks, today's views, guards and mark. No row is touched."""
        ...

    def wipe(self) -> bool:
        """Write everything anew, so that no part of a file holds what was blanked. Out: whether that is sure."""
        ...

    def damage(self) -> Iterator[str]:
        """The store's own checks, and whether tables, views and triggers are as this khabar makes them."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


def check_version(connection: Connection, *, older: bool) -> None:
    """Refuse a ledger that a newer khabar made, or, unless ``older`` is wanted, an older one."""
    version = connection.schema_version()
    if version > SCHEMA_VERSION:
        raise UsageFault(f"{connection.path}: made by a newer khabar (schema {version}, known up to {SCHEMA_VERSION})")
    if version < SCHEMA_VERSION and not older:
        here = f"schema {version}, now {SCHEMA_VERSION}"
        raise UsageFault(f"{connection.path}: made by an older khabar ({here}); 'khabar upgrade' brings it up")


@lru_cache(maxsize=256)
def insertion(table: str, columns: tuple[str, ...]) -> str:
    """The statement that appends one row."""
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names from tables.py


def row_digest(row: Mapping[str, Value]) -> str:
    """SHA-256 over a row's columns and values, sorted by column; bytes by their own digest."""
    flat = {name: digest(value) if isinstance(value, bytes) else value for name, value in row.items()}
    return digest(to_json(flat))
