"""The one door to SQLite: apsw connections with the settings that the promises need.

In: a path. Out: a Connection: ``open_for_writing`` (WAL, synchronous FULL, foreign keys, BEGIN IMMEDIATE) and
``open_for_reading`` (read-only). Why these: design/reliability.md; simulated power cuts lost nothing with FULL and
acknowledged rows with NORMAL. The library that apsw bundles must be 3.51.3 or newer (earlier ones can lose a WAL
reset). It cannot protect a file that another program opens with an older library at the same time.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from khabar.errors import KhabarError, StoreDamaged, UsageFault
from khabar.ledger import sqlite_check
from khabar.ledger.columns import Table, create, guard
from khabar.ledger.connection import Row, Value, check_version, insertion
from khabar.ledger.schema import APPLICATION_ID, MARKS, TABLES, VIEW_NAMES, VIEWS, schema
from khabar.stores import Place

OLDEST_SAFE = (3, 51, 3)
BUSY_MS = 30_000
BUSY_PAUSE = 0.01
STEPS = 20_000
"""SQLite's steps between two looks at the clock; about a millisecond"""


def check_library(version: str) -> None:
    """Refuse an SQLite library with the WAL-reset bug."""
    if tuple(int(part) for part in version.split(".")[:3]) < OLDEST_SAFE:
        wanted = ".".join(map(str, OLDEST_SAFE))
        raise KhabarError(
            f"SQLite {version} can lose committed rows; khabar needs {wanted} or newer: pip install -U apsw"
        )


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Turn the library's errors into ours, naming the file."""
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError, UnicodeDecodeError) as error:  # text is stored as UTF-8 only
        raise StoreDamaged(f"{path}: {error}") from error
    except apsw.Error as error:
        raise KhabarError(f"{path}: {error}") from error


class SqliteConnection:
    """One connection to a file; questions from several threads wait for each other."""

    def __init__(self, path: Path, flags: int) -> None:
        check_library(apsw.sqlite_lib_version())
        self.path: Place = path
        self._file = path
        self._lock = threading.RLock()
        self._deadline = 0.0
        self._seconds = 0.0
        with faults(path):
            self._db = apsw.Connection(str(path), flags=flags)
            self._db.set_busy_timeout(BUSY_MS)
            self._db.pragma("trusted_schema", value=False)
            self._db.pragma("foreign_keys", value=True)
            self._db.pragma("recursive_triggers", value=True)

    def rows(self, sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> list[Row]:
        """All rows of a question. Raises UsageFault if it takes longer than the connection's limit."""
        with self._lock, faults(self._file):
            self._deadline = time.monotonic() + self._seconds
            try:
                return list(self._db.execute(sql, values))
            except apsw.InterruptError as error:
                raise UsageFault(f"this question takes longer than {self._seconds:g} s; ask for less") from error

    def limit(self, seconds: float) -> None:
        """Break off every question that takes longer than so many seconds of the machine's steady clock."""
        self._seconds = seconds
        self._db.set_progress_handler(lambda: time.monotonic() > self._deadline, STEPS)

    def row(self, sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> Row | None:
        """The first row of a question, or None."""
        return next(iter(self.rows(sql, values)), None)

    def value(self, sql: str, values: Sequence[Value] | Mapping[str, Value] = ()) -> Any:
        """The first value of the first row, or None."""
        row = self.row(sql, values)
        return row[0] if row else None

    def script(self, sql: str) -> None:
        """Run statements that answer nothing."""
        self.rows(sql)

    def insert(self, table: Table, row: Mapping[str, Value]) -> int:
        """Append one row. Out: its seq. The caller holds a transaction and has put the row's digest in."""
        with self._lock, faults(self._file):
            self._db.execute(insertion(table.name, tuple(row)), tuple(row.values()))
            return self._db.last_insert_rowid()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; on return it is on the disk."""
        with self._lock:
            self.script("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._roll_back()
                raise
            try:
                self.script("COMMIT")
            except KhabarError:
                self._roll_back()
                raise

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Every question in here sees the same state; a no-op where a transaction is open already."""
        with self._lock:
            if self._db.in_transaction:
                yield
                return
            self.script("BEGIN")
            try:
                yield
            finally:
                self._roll_back()

    def _roll_back(self) -> None:
        """Undo the open transaction, if SQLite has not already done so."""
        if self._db.in_transaction:
            self.script("ROLLBACK")

    def copy_into(self, other: apsw.Connection) -> None:
        """Copy the whole database, one moment of it, whoever writes meanwhile."""
        with self._lock, faults(self._file), other.backup("main", self._db, "main") as copying:
            copying.step(-1)

    def only_read(self) -> None:
        """From here on nothing can be written through this connection."""
        self.script("PRAGMA query_only = ON")

    @contextmanager
    def unguarded(self, tables: Iterable[Table]) -> Iterator[None]:
        """Inside a transaction: rows of these tables may be changed; the triggers stand again behind it."""
        named = tuple(tables)
        for table in named:
            self.script(f"DROP TRIGGER {table.name}_no_update")
        yield
        for table in named:
            self.script(guard(table, "UPDATE"))

    def schema_version(self) -> int:
        """The schema that the file is marked with."""
        return int(self.value("PRAGMA user_version"))

    def bring_up(self) -> None:
        """Inside a transaction: the tables that the file lacks, today's views and marks."""
        there = {name for (name,) in self.rows("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        made = [create(table) for table in TABLES if table.name not in there]
        dropped = [f"DROP VIEW IF EXISTS {name};" for name in VIEW_NAMES]
        self.script("\n".join((*made, *dropped, VIEWS, MARKS)))

    def wipe(self) -> bool:
        """Write the whole file anew: unused parts of its pages still hold bytes from before. Out: False if others kept it."""
        try:
            self.script("VACUUM")
            ((busy, _, _),) = self.rows("PRAGMA wal_checkpoint(TRUNCATE)")
        except KhabarError:
            return False
        return not busy

    def damage(self) -> Iterator[str]:
        """Integrity, foreign keys, and the schema text."""
        yield from sqlite_check.damage(self)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def open_for_writing(path: Path, *, older: bool = False) -> SqliteConnection:
    """Open a ledger to append to it, or, to upgrade it, an ``older`` one; make it if there is none.

    Raises UsageFault if its folder is not there, if it is no ledger, or one of another version.
    """
    if not path.parent.is_dir():
        raise UsageFault(f"{path}: there is no folder {path.parent}; make it, or choose another --ledger")
    connection = SqliteConnection(path, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    _write_ahead(connection)
    connection.script("PRAGMA synchronous = FULL")
    with connection.transaction():
        if not connection.value("SELECT count(*) FROM sqlite_schema"):
            connection.script(schema())
        check_file(connection, older=older)
    return connection


def _write_ahead(connection: SqliteConnection) -> None:
    """Switch a file to WAL. SQLite does not wait where several do that to a new file at once; so this does."""
    until = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.script("PRAGMA journal_mode = WAL")
        except KhabarError as error:
            if not isinstance(error.__cause__, apsw.BusyError) or time.monotonic() > until:
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


def open_for_reading(path: Path, *, older: bool = False) -> SqliteConnection:
    """Open a ledger to ask it; the file cannot be written through it. Raises UsageFault if there is none."""
    if not path.is_file():
        raise UsageFault(f"{path}: there is no ledger; 'khabar add FILE' or 'khabar build DIR' makes one")
    connection = SqliteConnection(path, apsw.SQLITE_OPEN_READONLY)
    check_file(connection, older=older)
    return connection


def check_file(connection: SqliteConnection, *, older: bool = False) -> None:
    """Refuse a database that is not a ledger, or that a newer khabar made, or, unless ``older`` is wanted, an older one."""
    if connection.value("PRAGMA application_id") != APPLICATION_ID:
        raise UsageFault(f"{connection.path}: an SQLite file, but not a khabar ledger")
    check_version(connection, older=older)
