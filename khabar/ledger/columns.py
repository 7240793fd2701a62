"""A table as data: its columns, each with its SQL type and its meaning.

In: lines of "name | SQL type | meaning". Out: ``Column`` and ``Table`` values, and the SQL that makes a table. Every
table is STRICT, has a running number ``seq`` from 1 without gaps and the envelope (``recorded_at`` UTC second,
``run_id``, ``code_version``, ``row_sha256`` over all other columns), and two triggers that refuse UPDATE and DELETE.
What it cannot do: keep somebody with the file and a hex editor from changing it; ``verify`` finds that out afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

ENVELOPE = ("recorded_at", "run_id", "code_version", "row_sha256")
GUARDED = ("UPDATE", "DELETE")
"""what the triggers refuse"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: SQL type with its constraints, and what it holds, with the unit."""

    name: str
    sql: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its own columns (seq and envelope are added to all), constraints and indexed columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all columns behind ``seq``, the envelope last."""
        return (*(column.name for column in self.columns), *ENVELOPE)


def columns(text: str) -> tuple[Column, ...]:
    """Columns from lines of "name | SQL type | meaning"."""
    parts = (line.split("|") for line in text.strip().splitlines())
    return tuple(Column(name.strip(), sql.strip(), meaning.strip()) for name, sql, meaning in parts)


def create(table: Table) -> str:
    """The SQL that makes one table, its indexes and the two triggers that keep it append-only."""
    name = table.name
    lines = ["seq INTEGER PRIMARY KEY"]
    lines += [f'"{column.name}" {column.sql}' for column in table.columns]
    lines += [f"{column} TEXT NOT NULL" for column in ENVELOPE]
    lines += [f"UNIQUE ({columns})" for columns in table.unique]
    body = ",\n    ".join(lines)
    sql = [f"CREATE TABLE {name} (\n    {body}\n) STRICT;"]
    sql += [f"CREATE INDEX {name}_by_{columns.split()[0]} ON {name} ({columns});" for columns in table.indexes]
    return "\n".join((*sql, *(guard(table, verb) for verb in GUARDED)))


def guard(table: Table, verb: str) -> str:
    """The trigger that refuses UPDATE or DELETE on a table."""
    name = table.name
    return (
        f"CREATE TRIGGER {name}_no_{verb.lower()} BEFORE {verb} ON {name}\n"
        f"    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no {verb} on {name}'); END;"
    )
